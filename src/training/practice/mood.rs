//! How a fagsystem of a practice room is disposed.

/// How a fagsystem of a practice room takes its messages, until it is told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PracticeMood {
    /// Accepts them.
    #[default]
    Accepts,
    /// Rejects them: for good, as a fagsystem does that has looked at them.
    Rejects,
    /// Accepts them late: after [`PracticeRoom::SLOW_ANSWER`](super::PracticeRoom::SLOW_ANSWER), which is longer than the
    /// service agreement allows and shorter than the router's usual limit of 30 seconds.
    Slow,
    /// Answers with success, and with something that is no receipt: nobody can know what became of the message.
    Unclear,
    /// Is away: calls are turned away with status 503 and nothing is kept of them, as by the gateway before a dead system. One port for several
    /// fagsystems cannot refuse the connections to one of them; what the router makes of it is the same.
    Down,
    /// Reads the beginning, and hangs up without an answer. It may have had all of a small message by then.
    HangsUp,
}

impl PracticeMood {
    /// Every mood.
    pub const ALL: [Self; 6] = [Self::Accepts, Self::Rejects, Self::Slow, Self::Unclear, Self::Down, Self::HangsUp];

    /// Its word in the files of lessons.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepts => "accepterer",
            Self::Rejects => "afviser",
            Self::Slow => "langsom",
            Self::Unclear => "uklar",
            Self::Down => "nede",
            Self::HangsUp => "falderUd",
        }
    }

    /// The mood with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mood| mood.word() == word)
    }
}
