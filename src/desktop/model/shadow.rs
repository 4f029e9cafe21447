//! What a draft would have done with the mail that came while it was followed, without delivering anything.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use crate::clock;
use crate::rules::{Cvr, Distributor, FagsystemId, Ground, Priority};
use crate::store::RoutedMessage;

/// At most this many of the newest messages that differ are kept.
const MOST_LATEST: usize = 50;

/// Where mail went, and where the draft would have sent it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShadowWay {
    pub authority: Cvr,
    pub from: FagsystemId,
    pub to: Option<ShadowReceiver>,
}

/// Where the draft sends a message, and by which rule; by none to the default recipient.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShadowReceiver {
    pub fagsystem: FagsystemId,
    pub rule: Option<Priority>,
}

/// A message that the draft would have sent elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowMessage {
    pub number: i64,
    pub received_at: Timestamp,
    pub way: ShadowWay,
}

/// What came, and what of it differs.
#[derive(Debug, Clone, Default)]
pub struct ShadowReport {
    pub messages: u64,
    ways: HashMap<ShadowWay, u64>,
    latest: VecDeque<ShadowMessage>,
    /// The last row of the journal that was looked at.
    pub newest: i64,
}

impl ShadowReport {
    /// Looks where the draft would have sent a message on the day on which it came.
    pub fn follow(&mut self, message: RoutedMessage, draft: &Distributor) {
        self.messages += 1;
        let decided = draft.decide(&message.facts, clock::day_of(message.received_at)).ok();
        let to = decided.map(|decision| ShadowReceiver {
            fagsystem: decision.fagsystem.id.clone(),
            rule: match decision.ground {
                Ground::Rule(rule) => Some(rule.priority),
                Ground::Default => None,
            },
        });
        if to.as_ref().is_some_and(|to| to.fagsystem == message.fagsystem) {
            return;
        }
        let way = ShadowWay { authority: message.authority, from: message.fagsystem, to };
        *self.ways.entry(way.clone()).or_default() += 1;
        self.latest.push_front(ShadowMessage { number: message.number, received_at: message.received_at, way });
        self.latest.truncate(MOST_LATEST);
    }

    /// Takes in what came later.
    pub fn add(&mut self, later: Self) {
        self.messages += later.messages;
        for (way, count) in later.ways {
            *self.ways.entry(way).or_default() += count;
        }
        for message in later.latest.into_iter().rev() {
            self.latest.push_front(message);
        }
        self.latest.truncate(MOST_LATEST);
        self.newest = later.newest;
    }

    /// How many messages the draft would have sent elsewhere.
    pub fn differing(&self) -> u64 {
        self.ways.values().sum()
    }

    /// From where to where, the most messages first.
    pub fn ways(&self) -> Vec<(&ShadowWay, u64)> {
        let mut ways: Vec<_> = self.ways.iter().map(|(way, count)| (way, *count)).collect();
        ways.sort_by_cached_key(|(way, count)| {
            let to = way.to.as_ref().map(|to| (to.fagsystem.to_string(), to.rule));
            (Reverse(*count), way.authority, way.from.to_string(), to)
        });
        ways
    }

    /// The newest messages that differ, the last one first.
    pub fn latest(&self) -> impl Iterator<Item = &ShadowMessage> {
        self.latest.iter()
    }
}
