//! Messages of the rule form.

use super::form::{FROM_FIELD, TO_FIELD};
use super::suggestions::Suggestion;
use crate::desktop::widget::{CalendarMessage, Scroll};
use crate::rules::{CriterionKind, FagsystemId, Kle, PostType, Priority, Segment};

/// A change to a field of the form, or to the calendar or the KLE tree that helps to fill it in.
#[derive(Debug, Clone)]
pub enum FormMessage {
    Priority(String),
    Segment(Segment),
    Element(CriterionKind),
    Value(String),
    /// Use a suggestion.
    Pick(Suggestion),
    /// Focus the next field to fill in.
    NextField,
    ValueEnd(String),
    PostType(PostType),
    Fagsystem(FagsystemId),
    From(String),
    To(String),
    Active(bool),
    Note(String),
    /// Number the rule to come directly before this one.
    Above(Priority),
    /// Open the calendar for this field, or close it.
    ShowCalendar(End),
    CloseCalendar,
    Calendar(CalendarMessage),
    /// Show or hide the KLE tree.
    ShowTree(bool),
    TreeScrolled(Scroll),
    /// Fold or unfold a number in the tree.
    Unfold(Kle),
}

/// The first or last day of validity.
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
