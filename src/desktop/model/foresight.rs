//! What other rules would do: to past messages, and to all that there can be.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::civil::Date;

use super::proof_line::ProofLine;
use crate::rules::{Effects, Expiry, RuleBook};

/// A comparison of two rule books by what past messages would have met under each.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub before: Arc<RuleBook>,
    pub after: Arc<RuleBook>,
    /// The first day whose rules decide.
    pub day: Date,
    /// The version of the [`JournalSummary`](super::journal_summary::JournalSummary) with the messages.
    pub record: u64,
    /// Rules begin and end, so later days may differ: the rules of at most this many days decide.
    pub most_days: usize,
}

impl Comparison {
    /// Whether it compares those books on that day, by whichever messages. Books are compared by pointer.
    pub fn is_about(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>, day: Date) -> bool {
        Arc::ptr_eq(&self.before, before) && Arc::ptr_eq(&self.after, after) && self.day == day
    }

    /// Whether it compares the same, by the same messages.
    pub fn is(&self, other: &Self) -> bool {
        self.is_about(&other.before, &other.after, other.day) && self.record == other.record
    }
}

/// So many finished comparisons are kept, so that going back and forth between days is quick.
const MOST_KEPT: usize = 8;

/// The comparison that was begun last, and those that were finished last.
#[derive(Debug, Default)]
pub struct Foresight {
    pub begun: Option<Comparison>,
    finished: VecDeque<(Comparison, Foreseen)>,
}

/// What would change; `None` when it is unknown, because one of the two books contradicts itself.
pub type Foreseen = Option<Outlook>;

/// What would change if one book replaced another.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// For past messages.
    pub effects: Effects,
    /// For all messages that there can be, from the first day on.
    pub proof: Vec<ProofLine>,
    /// Where the messages of rules go that end in the days to come.
    pub expiries: Vec<Expiry>,
    /// Whether there is more than the proof could list.
    pub is_cut_off: bool,
}

impl Foresight {
    /// What would change if the second book replaced the first, once it is known. When more messages have come since, the
    /// earlier result is returned until they are counted in.
    pub fn of(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>, day: Date) -> Option<&Foreseen> {
        let known = self.finished.iter().find(|(known, _)| known.is_about(before, after, day));
        known.map(|(_, foreseen)| foreseen)
    }

    /// Whether the result is known.
    pub fn knows(&self, question: &Comparison) -> bool {
        self.finished.iter().any(|(known, _)| known.is(question))
    }

    /// Keeps the result of the comparison that was begun last.
    pub fn finish(&mut self, foreseen: Foreseen) {
        let Some(question) = self.begun.take() else { return };
        self.finished.retain(|(known, _)| !known.is_about(&question.before, &question.after, question.day));
        self.finished.truncate(MOST_KEPT - 1);
        self.finished.push_front((question, foreseen));
    }
}
