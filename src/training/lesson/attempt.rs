//! What somebody does to solve a lesson, as its file tells it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::LessonError;
use super::format::AttemptFile;
use super::start::Configuration;
use crate::rules::{FagsystemId, RuleBook};

/// Changes of the rules, answers to questions, and messages that get through meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    pub(super) file: AttemptFile,
    /// Where it stands in the lesson's file.
    pub(super) place: String,
}

impl Attempt {
    /// The rules after it.
    ///
    /// # Errors
    ///
    /// The rules have faults.
    pub fn apply(&self, book: &RuleBook, today: Date) -> Result<RuleBook, LessonError> {
        let mut changed = Configuration::of(book, &self.place)?;
        changed.apply(&self.file, today)?;
        changed.read()
    }

    /// The answers to the lesson's goals, each a number of a choice counted from 0; `None` where a goal is no question or is
    /// not answered.
    #[must_use]
    pub fn answers(&self, goals: usize) -> Vec<Option<usize>> {
        let answer =
            |goal: usize| self.file.answers.get(&(goal + 1).to_string()).and_then(|answer| answer.checked_sub(1));
        (0..goals).map(answer).collect()
    }

    /// How many messages fagsystems accept meanwhile.
    #[must_use]
    pub fn accepted(&self) -> BTreeMap<FagsystemId, u64> {
        self.file.received.iter().filter_map(|(id, count)| Some((FagsystemId::new(id)?, *count))).collect()
    }
}
