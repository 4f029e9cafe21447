use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::civil::Date;

use super::effects::Receiver;
use crate::rules::book::Priority;
use crate::rules::deciding::Distributor;
use crate::rules::facts::Facts;

/// From which receiver to which a message goes. `None` is no receiver: the message is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Way {
    /// Where it went.
    pub from: Option<Receiver>,
    /// Where it would go.
    pub to: Option<Receiver>,
}

impl Way {
    /// Whether the message would change receiver.
    #[must_use]
    pub fn is_move(&self) -> bool {
        self.from != self.to
    }
}

/// The messages that one rule would send one way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// How many there are.
    pub count: u64,
    /// The last ones that were counted, by the numbers that they were given, the very last first. Empty where the receiver stays
    /// the same.
    pub listed: Vec<i64>,
}

/// The messages that would go one way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    /// By the priority of the rule that would send them; `None` for the default recipient, and for a refusal.
    pub rules: BTreeMap<Option<Priority>, Share>,
}

impl Flow {
    /// The number of messages.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.rules.values().map(|share| share.count).sum()
    }

    /// The rules with their shares, the largest first.
    #[must_use]
    pub fn by_size(&self) -> Vec<(Option<Priority>, &Share)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(priority, share)| (*priority, share)).collect();
        rules.sort_by_key(|(_, share)| Reverse(share.count));
        rules
    }
}

/// Where past messages would go by given rules on a given day, beside where they went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// The messages by their way, also those whose receiver would stay the same.
    pub flows: BTreeMap<Way, Flow>,
}

impl Replay {
    /// The number of messages.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.flows.values().map(Flow::count).sum()
    }

    /// The number of messages that would go where they went, or be refused as they were.
    #[must_use]
    pub fn unchanged(&self) -> u64 {
        self.flows.iter().filter(|(way, _)| !way.is_move()).map(|(_, flow)| flow.count()).sum()
    }

    /// The flows between different receivers, the largest first.
    #[must_use]
    pub fn moved(&self) -> Vec<(&Way, &Flow)> {
        let mut moved: Vec<_> = self.flows.iter().filter(|(way, _)| way.is_move()).collect();
        moved.sort_by_key(|(_, flow)| Reverse(flow.count()));
        moved
    }
}

/// Which share of a [`Replay`] a message is in, as a [`Replaying`] says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(usize);

/// A replay while messages are counted into it. Messages that went to the same receiver and say the same have the same
/// [`Place`], so that it need be found only once.
///
/// ```
/// use jiff::civil::date;
/// use postfordeler::rules::{Facts, Receiver, Replaying, Sender};
/// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId, RuleBook};
/// # let cvr: Cvr = "66137112".parse().unwrap();
/// # let endpoint = "https://intern.eksempel.dk/postmodtag".parse().unwrap();
/// # let esdh = Fagsystem::new(FagsystemId::new("esdh").unwrap(), "ESDH", endpoint);
/// # let book = RuleBook { authorities: vec![Authority::new(cvr, "Eksempel Kommune", esdh)], ..RuleBook::default() };
/// let rules = book.compile().unwrap();
/// let mut replaying = Replaying::new(&rules, date(2027, 1, 1), 10);
/// let refused = replaying.place(&Facts::new(Sender::Person, cvr), None);
/// let esdh = Receiver { authority: cvr, fagsystem: FagsystemId::new("esdh").unwrap() };
/// let delivered = replaying.place(&Facts::new(Sender::Person, cvr), Some(esdh));
/// for (number, place) in [(1, delivered), (2, refused), (3, delivered)] {
///     replaying.count(place, number);
/// }
/// let replay = replaying.finish();
/// assert_eq!((replay.messages(), replay.unchanged()), (3, 2));
/// ```
#[derive(Debug)]
pub struct Replaying<'a> {
    rules: &'a Distributor,
    day: Date,
    most_listed: usize,
    places: HashMap<(Way, Option<Priority>), Place>,
    tallies: Vec<Tally>,
}

/// A share while it is counted.
#[derive(Debug, Default)]
struct Tally {
    count: u64,
    most_listed: usize,
    listed: VecDeque<i64>,
}

impl<'a> Replaying<'a> {
    /// Nothing counted yet. Each message will be decided by those rules as if it came on that day; of each share, the numbers
    /// of at most `most_listed` messages that change receiver are kept.
    #[must_use]
    pub fn new(rules: &'a Distributor, day: Date, most_listed: usize) -> Self {
        Self { rules, day, most_listed, places: HashMap::new(), tallies: Vec::new() }
    }

    /// Decides a message that went to that receiver, and says where it is counted.
    ///
    /// An authority that has a new main number is still the same one as long as the old number is among its own.
    pub fn place(&mut self, facts: &Facts, from: Option<Receiver>) -> Place {
        let decision = self.rules.decide(facts, self.day).ok();
        let from = from.map(|it| Receiver { authority: self.rules.main_number(it.authority), ..it });
        let way = Way { from, to: decision.as_ref().map(Receiver::of) };
        let most_listed = if way.is_move() { self.most_listed } else { 0 };
        let next = Place(self.tallies.len());
        let place = *self.places.entry((way, decision.and_then(|it| it.ground.priority()))).or_insert(next);
        if place == next {
            self.tallies.push(Tally { most_listed, ..Tally::default() });
        }
        place
    }

    /// Counts a message.
    pub fn count(&mut self, place: Place, number: i64) {
        let tally = &mut self.tallies[place.0];
        tally.count += 1;
        if tally.most_listed > 0 {
            if tally.listed.len() == tally.most_listed {
                tally.listed.pop_back();
            }
            tally.listed.push_front(number);
        }
    }

    /// All that was counted.
    #[must_use]
    pub fn finish(mut self) -> Replay {
        let mut replay = Replay::default();
        for ((way, priority), place) in self.places {
            let Tally { count, listed, .. } = std::mem::take(&mut self.tallies[place.0]);
            let share = Share { count, listed: listed.into() };
            replay.flows.entry(way).or_default().rules.insert(priority, share);
        }
        replay
    }
}
