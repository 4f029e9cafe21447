//! What lessons are held to: each can be solved, with as few rules as it says, and not by doing nothing.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use jiff::civil::Date;

use super::{Attempt, Evidence, Fault, Lesson, Verdict};
use crate::rules::{FagsystemId, RuleBook};

/// Why a lesson cannot be given to anybody, although it can be read.
#[derive(Debug, Clone)]
pub enum LessonFlaw {
    /// Its own solution does not reach a goal.
    Unsolved(Fault),
    /// Its own solution has another number of rules than it says.
    Par {
        /// How many rules the solution has.
        rules: usize,
        /// How many the lesson says.
        par: usize,
    },
    /// It is solved before anybody has done anything.
    SolvedFromStart,
    /// The typical mistake with that number, counted from 1, solves it, or spoils another goal first than it says.
    Mistake(usize),
}

impl Lesson {
    /// Everything that keeps it from being a lesson on that day; nothing for those that come with the program.
    #[must_use]
    pub fn flaws(&self, today: Date) -> Vec<LessonFlaw> {
        let Ok(start) = self.begin((Ipv4Addr::LOCALHOST, 1).into(), today) else { return Vec::new() };
        let mut flaws = Vec::new();
        if let Some(verdict) = self.after(&self.solution, &start, today) {
            if verdict.is_solved() && verdict.rules != verdict.par {
                flaws.push(LessonFlaw::Par { rules: verdict.rules, par: verdict.par });
            }
            flaws.extend(verdict.faults.into_iter().map(LessonFlaw::Unsolved));
        }
        let nothing_done = self.verdict(&start, &[], &BTreeMap::new(), today);
        if nothing_done.is_some_and(|verdict| verdict.is_solved()) {
            flaws.push(LessonFlaw::SolvedFromStart);
        }
        for (number, mistake) in (1..).zip(&self.mistakes) {
            let verdict = self.after(&mistake.attempt, &start, today);
            let spoilt = verdict.and_then(|verdict| verdict.faults.first().map(Fault::goal));
            if spoilt != Some(mistake.goal) {
                flaws.push(LessonFlaw::Mistake(number));
            }
        }
        flaws
    }

    fn after(&self, attempt: &Attempt, start: &RuleBook, today: Date) -> Option<Verdict> {
        let book = attempt.apply(start, today).ok()?;
        self.verdict(&book, &attempt.answers(self.goals.len()), &attempt.accepted(), today)
    }

    fn verdict(
        &self,
        book: &RuleBook,
        answers: &[Option<usize>],
        accepted: &BTreeMap<FagsystemId, u64>,
        today: Date,
    ) -> Option<Verdict> {
        let rules = book.compile().ok()?;
        Some(self.check(&Evidence { rules: &rules, today, accepted, answers }))
    }
}
