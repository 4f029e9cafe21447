//! Parts of a rule that are written in its editor.

use super::form::{FROM_FIELD, TO_FIELD};
use super::suggestions::Suggestion;
use crate::desktop::widget::{CalendarMessage, Scroll};
use crate::rules::{CriterionKind, FagsystemId, Kle, PostType, Priority, Segment};

/// A part of the rule that is written or chosen.
#[derive(Debug, Clone)]
pub enum Part {
    Priority(String),
    Segment(Segment),
    Element(CriterionKind),
    Value(String),
    /// What may be meant was chosen.
    Pick(Suggestion),
    /// The value is written: on to what is missing.
    GoOn,
    ValueEnd(String),
    PostType(PostType),
    Fagsystem(FagsystemId),
    From(String),
    To(String),
    Active(bool),
    Note(String),
    /// It is to stand directly above that rule.
    Above(Priority),
    /// The calendar of that end is opened, or closed.
    ShowCalendar(End),
    CloseCalendar,
    Calendar(CalendarMessage),
    /// The tree of numbers is opened or closed.
    ShowTree(bool),
    TreeScrolled(Scroll),
    /// A number of the tree is unfolded or folded.
    Unfold(Kle),
}

/// An end of the validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    First,
    Last,
}

impl End {
    pub fn field(self) -> &'static str {
        match self {
            Self::First => FROM_FIELD,
            Self::Last => TO_FIELD,
        }
    }
}
