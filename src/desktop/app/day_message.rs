//! The messages about the day whose rules are shown.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desktop::model::day_review::DayReview;
use crate::desktop::screen::command::Shortcut;
use crate::desktop::widget::CalendarMessage;
use crate::rules::RuleBook;

/// Shows the rules of today again.
pub(super) const BACK_TO_TODAY: Shortcut = Shortcut::ctrl('t');

/// What people do about the day whose rules are shown.
#[derive(Debug, Clone)]
pub enum DayMessage {
    /// Open the choice of a day, or close it.
    Choose,
    /// Close the choice of a day.
    Close,
    /// Show the rules of that day; `None` for today.
    Look(Option<Date>),
    /// Something was done to the calendar.
    Calendar(CalendarMessage),
    /// The written day was changed.
    Write(String),
    /// Show the rules of the written day.
    Submit,
    /// The analysis of that day is worked out for this book; `None`: it could not be.
    Reviewed(Arc<RuleBook>, Date, Option<Arc<DayReview>>),
}
