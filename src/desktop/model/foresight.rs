//! What past messages would notice if other rules decided.

use std::sync::Arc;

use jiff::civil::Date;

use crate::rules::{Effects, RuleBook};

/// Two books, and what is asked of them.
#[derive(Debug, Clone)]
pub struct Question {
    pub before: Arc<RuleBook>,
    pub after: Arc<RuleBook>,
    pub day: Date,
    /// The version of the messages.
    pub record: u64,
    pub most_days: usize,
}

impl Question {
    pub fn is_about(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>, day: Date) -> bool {
        Arc::ptr_eq(&self.before, before) && Arc::ptr_eq(&self.after, after) && self.day == day
    }

    pub fn is(&self, other: &Self) -> bool {
        self.is_about(&other.before, &other.after, other.day) && self.record == other.record
    }
}

/// What was asked last, and what is known.
#[derive(Debug, Default)]
pub struct Foresight {
    pub asked: Option<Question>,
    pub known: Option<(Question, Foreseen)>,
}

/// What would come of other rules; `None`: one of the two books contradicts itself, so that nobody can say.
pub type Foreseen = Option<Effects>;

impl Foresight {
    /// What would come of the one book in place of the other, once it is known. When more messages have come since, it
    /// still stands until that is worked out.
    pub fn of(&self, before: &Arc<RuleBook>, after: &Arc<RuleBook>, day: Date) -> Option<&Foreseen> {
        let (question, foreseen) = self.known.as_ref()?;
        question.is_about(before, after, day).then_some(foreseen)
    }
}
