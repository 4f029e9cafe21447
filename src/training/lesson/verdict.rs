//! What is still wrong in a lesson.

use jiff::civil::Date;

use crate::rules::{Facts, FagsystemId, Priority};
use crate::training::MadeMessage;

/// Whether a lesson is solved, and what is still wrong.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What is wrong, in the order of the goals; at most one of each.
    pub faults: Vec<Fault>,
    /// How many rules are switched on.
    pub rules: usize,
    /// How many would do.
    pub par: usize,
}

impl Verdict {
    /// Whether every goal is reached.
    #[must_use]
    pub fn is_solved(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether it is solved with as few rules as possible.
    #[must_use]
    pub fn is_within_par(&self) -> bool {
        self.is_solved() && self.rules <= self.par
    }

    /// Whether that goal, counted from 0, is reached.
    #[must_use]
    pub fn reaches(&self, goal: usize) -> bool {
        self.faults.iter().all(|fault| fault.goal() != goal)
    }
}

/// Why a goal, counted from 0, is not reached.
#[derive(Debug, Clone)]
pub enum Fault {
    /// A message goes elsewhere.
    Misrouted(Box<WrongMessage>),
    /// A message stays with Digital Post, since its fagsystem is paused.
    Held(Box<WrongMessage>),
    /// No guard says that a message must reach that fagsystem.
    Unguarded(usize, FagsystemId),
    /// The fagsystem has not accepted enough messages.
    NotReceived {
        /// The goal.
        goal: usize,
        /// The fagsystem.
        fagsystem: FagsystemId,
        /// How many it has accepted.
        accepted: u64,
        /// How many it should have.
        wanted: u64,
    },
    /// A question is not answered.
    Unanswered(usize),
    /// A question is answered otherwise.
    WrongAnswer(usize),
}

/// The first message that goes wrong.
#[derive(Debug, Clone)]
pub struct WrongMessage {
    /// The goal.
    pub goal: usize,
    /// The message.
    pub message: MadeMessage,
    /// What rules see of it.
    pub facts: Facts,
    /// The day on which it comes.
    pub day: Date,
    /// Where it goes.
    pub goes_to: FagsystemId,
    /// The rule that sends it there; `None`: the default recipient gets it.
    pub by: Option<Priority>,
    /// Where it belongs.
    pub belongs_to: FagsystemId,
    /// How many messages of the goal go wrong.
    pub wrong: usize,
    /// How many messages the goal has.
    pub of: usize,
}

impl Fault {
    /// The goal that is not reached, counted from 0.
    #[must_use]
    pub fn goal(&self) -> usize {
        match self {
            Self::Misrouted(wrong) | Self::Held(wrong) => wrong.goal,
            Self::Unguarded(goal, _)
            | Self::NotReceived { goal, .. }
            | Self::Unanswered(goal)
            | Self::WrongAnswer(goal) => *goal,
        }
    }

    /// The message that shows it, where there is one.
    #[must_use]
    pub fn message(&self) -> Option<&WrongMessage> {
        match self {
            Self::Misrouted(wrong) | Self::Held(wrong) => Some(wrong),
            _ => None,
        }
    }
}
