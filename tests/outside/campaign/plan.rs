//! What goes wrong, and when: each fault is a function of the seed, the message and how often it has been tried.

use std::time::Duration;

use super::dice::Dice;
use super::letter::Reuse;

/// How many fagsystems there are.
pub const FAGSYSTEMS: usize = 6;

/// What kind of server a fagsystem is, whatever it does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Takes whatever HTTP/1.1 allows.
    Modern,
    /// Speaks HTTP/1.0: reads as many bytes as `Content-Length` states, none without it, and says yes. Behind the same
    /// address is one that is modern.
    Old,
    /// The same, and says that it speaks HTTP/1.1, as some servers of WSGI and CGI applications do.
    TakesNoChunks,
    /// Answers 411 to what has no length.
    RefusesChunks,
}

impl Nature {
    pub fn of(fagsystem: usize) -> Self {
        match fagsystem {
            3 => Self::Old,
            4 => Self::TakesNoChunks,
            5 => Self::RefusesChunks,
            _ => Self::Modern,
        }
    }

    /// What kind of server takes the `connection`th connection to that fagsystem.
    pub fn behind(seed: u64, fagsystem: usize, connection: usize) -> Self {
        let nature = Self::of(fagsystem);
        let is_other = nature == Self::Old && Dice::new(seed, "balancer", &[connection]).one_in(2);
        if is_other { Self::Modern } else { nature }
    }
}

/// After this many tries nothing goes wrong any more, so that the campaign ends.
const MAX_FAULTS: usize = 8;

/// What a fagsystem does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conduct {
    /// Keeps it and says so.
    Accepts,
    /// Keeps it and says so after a while, but in time.
    AcceptsLate,
    /// Says that it has it before it does, reads on and keeps it.
    AcceptsEarly,
    /// Says that it has it, and leaves. Only a message that is so large that its sender can tell is treated so; any other
    /// it accepts.
    SaysYesAndLeaves,
    /// Keeps it, says so, and closes the connection without a word.
    AcceptsAndCloses,
    /// Does not keep it, and says that it cannot now.
    NotNow(u16),
    /// Does not store it, and rejects it.
    Rejects,
    /// Does not keep it, and complains of the call rather than of the message.
    RefusesTheCall(u16),
    /// Hangs up within the message.
    ClosesWithin,
    /// Resets the connection within the message.
    ResetsWithin,
    /// Leaves the message lying for longer than the router waits, then takes what there is.
    StallsWithin,
    /// Takes it all and resets the connection instead of an answer.
    ResetsInstead { keeps: bool },
    /// Takes it all and says nothing until the router hangs up; what it keeps, it keeps then.
    SaysNothing { keeps: bool },
    /// Keeps it and begins to answer.
    AnswersInPart,
    /// Keeps it and answers 2xx with what is no receipt.
    AnswersNonsense,
    /// Answers as a gateway does that has not heard from the system behind it.
    Gateway { status: u16, keeps: bool },
}

impl Conduct {
    const ALL: [(usize, Self); 27] = [
        (300, Self::Accepts),
        (40, Self::AcceptsLate),
        (40, Self::AcceptsEarly),
        (60, Self::AcceptsAndCloses),
        (60, Self::SaysYesAndLeaves),
        (60, Self::NotNow(503)),
        (30, Self::NotNow(500)),
        (30, Self::NotNow(429)),
        (30, Self::NotNow(408)),
        (40, Self::Rejects),
        (10, Self::RefusesTheCall(401)),
        (10, Self::RefusesTheCall(403)),
        (10, Self::RefusesTheCall(404)),
        (5, Self::RefusesTheCall(415)),
        (5, Self::RefusesTheCall(421)),
        (40, Self::ClosesWithin),
        (40, Self::ResetsWithin),
        (10, Self::StallsWithin),
        (30, Self::ResetsInstead { keeps: true }),
        (30, Self::ResetsInstead { keeps: false }),
        (12, Self::SaysNothing { keeps: true }),
        (12, Self::SaysNothing { keeps: false }),
        (40, Self::AnswersInPart),
        (40, Self::AnswersNonsense),
        (20, Self::Gateway { status: 502, keeps: true }),
        (20, Self::Gateway { status: 504, keeps: false }),
        (20, Self::Gateway { status: 502, keeps: false }),
    ];

    /// What happens to a message on its `arrival`th delivery to a fagsystem, counted from 0.
    pub fn of(seed: u64, message: usize, arrival: usize) -> Self {
        if arrival >= MAX_FAULTS {
            return Self::Accepts;
        }
        Dice::new(seed, "conduct", &[message, arrival]).weighed(&Self::ALL)
    }

    /// Whether it keeps a message that has come whole.
    pub fn keeps(self) -> bool {
        match self {
            Self::Accepts
            | Self::AcceptsLate
            | Self::AcceptsEarly
            | Self::AcceptsAndCloses
            | Self::AnswersInPart
            | Self::AnswersNonsense
            | Self::StallsWithin => true,
            Self::SaysYesAndLeaves
            | Self::NotNow(_)
            | Self::Rejects
            | Self::RefusesTheCall(_)
            | Self::ClosesWithin
            | Self::ResetsWithin => false,
            Self::ResetsInstead { keeps } | Self::SaysNothing { keeps } | Self::Gateway { keeps, .. } => keeps,
        }
    }
}

/// What a fagsystem does with a connection before it knows which message it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Welcome {
    /// Listens to it.
    Listens,
    /// Resets it at once.
    Resets,
    /// Resets it when the first request's head has come.
    ResetsAfterTheHead,
}

impl Welcome {
    /// How the fagsystem's `connection`th connection is welcomed.
    pub fn of(seed: u64, fagsystem: usize, connection: usize) -> Self {
        let ways = [(60, Self::Listens), (1, Self::Resets), (1, Self::ResetsAfterTheHead)];
        Dice::new(seed, "welcome", &[fagsystem, connection]).weighed(&ways)
    }
}

/// The ways in which a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    WithLength,
    Chunked,
    Form,
}

/// How the sender bears itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Sends the message and waits for the answer.
    Patient,
    /// Hangs up within the message.
    HangsUpWithin,
    /// Sends it all and hangs up before the answer.
    HangsUpAfter,
    /// Sends the same message twice at once.
    Twice,
}

/// One try of the sender's to deliver a message.
#[derive(Debug, Clone, Copy)]
pub struct Try {
    pub way: Way,
    pub manner: Manner,
    /// Where the sender hangs up, in parts of a hundred.
    pub percent: usize,
}

impl Try {
    /// The same, by one who waits for the answer.
    pub fn patiently(self) -> Self {
        Self { manner: Manner::Patient, ..self }
    }

    /// How the message is sent for the `attempt`th time, counted from 0.
    pub fn of(seed: u64, message: usize, attempt: usize) -> Self {
        let mut dice = Dice::new(seed, "try", &[message, attempt]);
        let manners =
            [(80, Manner::Patient), (7, Manner::HangsUpWithin), (7, Manner::HangsUpAfter), (6, Manner::Twice)];
        let manner = dice.weighed(&manners);
        Self {
            way: dice.weighed(&[(2, Way::WithLength), (1, Way::Chunked), (2, Way::Form)]),
            manner: if attempt < MAX_FAULTS { manner } else { Manner::Patient },
            percent: dice.below(100),
        }
    }
}

/// When the router is killed, once enough messages have been accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A sender has sent half of a message.
    HalfSent,
    /// A fagsystem has a whole message and has not answered.
    Taken,
    /// A fagsystem has answered that it has a message.
    Answered,
    /// A sender has read that its message was accepted.
    Told,
    /// Some rows have been moved from the arrivals into the journal, and others are being moved.
    Moving,
}

impl Moment {
    /// When the router is killed for the `kill`th time, counted from 0.
    pub fn of(kill: usize) -> Self {
        [Self::Taken, Self::Moving, Self::HalfSent, Self::Answered, Self::Moving, Self::Told][kill % 6]
    }
}

/// The other messages that are sent with the UUID of that one.
pub fn reuses_of(seed: u64, message: usize) -> Vec<Reuse> {
    let mut dice = Dice::new(seed, "reuses", &[message]);
    if !dice.one_in(8) {
        return Vec::new();
    }
    let one = dice.one_of(&Reuse::ALL);
    let other = dice.one_of(&Reuse::ALL);
    if one == other { vec![one] } else { vec![one, other] }
}

/// The clock of a router that is started for the `start`th time, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clockwork {
    Right,
    Ahead(Duration),
    Behind(Duration),
}

impl Clockwork {
    pub fn of(start: usize) -> Self {
        const DAY: Duration = Duration::from_hours(24);
        if start.is_multiple_of(2) {
            return Self::Right;
        }
        let wrong = [
            Self::Ahead(DAY * 365 * 20),
            Self::Behind(DAY * 400),
            Self::Ahead(DAY * 400),
            // Before 1970.
            Self::Behind(DAY * 365 * 60),
            Self::Ahead(DAY * 2),
        ];
        wrong[start / 2 % wrong.len()]
    }
}

/// What callers without a key do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intrusion {
    /// Sends a whole message without a key.
    WithoutKey,
    /// Sends a whole message with another key.
    WrongKey,
    /// Sends a whole message with the key, but asks for another host, as a web page does whose name was pointed here.
    OtherHost,
    /// Begins a message without a key, and says no more.
    Unfinished,
    /// Says nothing at all.
    Silent,
    /// Says something that is not HTTP.
    Junk,
    /// Sends a header that does not end.
    EndlessHeader,
}

impl Intrusion {
    pub fn of(seed: u64, intruder: usize, number: usize) -> Self {
        Dice::new(seed, "intruder", &[intruder, number]).one_of(&[
            Self::WithoutKey,
            Self::WrongKey,
            Self::OtherHost,
            Self::Unfinished,
            Self::Silent,
            Self::Junk,
            Self::EndlessHeader,
        ])
    }
}
