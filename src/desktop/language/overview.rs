use std::time::Duration;

use jiff::Timestamp;

use crate::desktop::model::health::{Health, Warning};
use crate::store::{DeliveryFailure, DeliveryRecord, OutcomeGroup, OverviewPeriod, Slot};

/// *Overblik*.
#[derive(Debug)]
pub(in crate::desktop) struct OverviewTexts {
    pub title: &'static str,
    pub period: fn(OverviewPeriod) -> &'static str,
    /// The period as a part of a sentence.
    pub within: fn(OverviewPeriod) -> &'static str,
    pub none: &'static str,
    pub to_router: &'static str,
    pub received: &'static str,
    pub under_way: fn(u64) -> String,
    pub accepted: &'static str,
    /// So many of so many.
    pub share_of_all: fn(u64, u64) -> String,
    pub not_accepted: &'static str,
    pub by_default: &'static str,
    pub by_default_of: fn(u64, u64) -> String,
    pub answers: &'static str,
    pub answered_within: fn(Duration) -> String,
    pub slowest: fn(Duration) -> String,
    pub percent: fn(u64, u64) -> String,
    pub duration: fn(Duration) -> String,
    pub more_than: fn(Duration) -> String,
    pub messages: &'static str,
    pub group: fn(OutcomeGroup) -> &'static str,
    pub slot: fn(OverviewPeriod, &Slot) -> String,
    /// What stands below a slot of a chart, when anything does.
    pub slot_label: fn(OverviewPeriod, &Slot) -> Option<String>,
    pub count: fn(u64) -> String,
    pub attention: &'static str,
    pub no_attention: &'static str,
    /// Buttons.
    pub clock_is_right: &'static str,
    pub start_router: &'static str,
    pub probe: &'static str,
    pub resume: &'static str,
    pub open_fagsystem: &'static str,
    pub show_rule: &'static str,
    pub show_messages: &'static str,
    /// What has been done to a paused fagsystem.
    pub resumed: fn(name: &str) -> String,
    pub warning: fn(&Warning, now: Timestamp) -> WarningWords,
    pub fagsystems: &'static str,
    pub columns: FagsystemColumns,
    pub health: fn(Health) -> &'static str,
    pub last_accepted: fn(&DeliveryRecord, now: Timestamp) -> String,
    pub last_failure: fn(&DeliveryFailure, now: Timestamp) -> String,
}

/// What needs a person, and what to do.
#[derive(Debug)]
pub(in crate::desktop) struct WarningWords {
    pub what: String,
    pub advice: String,
}

#[derive(Debug)]
pub(in crate::desktop) struct FagsystemColumns {
    pub name: &'static str,
    pub health: &'static str,
    pub last_accepted: &'static str,
    pub messages: &'static str,
    pub failed: &'static str,
    pub under_way: &'static str,
    pub answer: &'static str,
}

/// A share in tenths of a percent. One that is not everything never looks so, and one that is something never looks like
/// nothing.
pub(super) fn tenths(part: u64, whole: u64) -> u64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let exact = u128::from(part) * 1000;
    let rounded = (exact + u128::from(whole) / 2) / u128::from(whole);
    let most = if part < whole { 999 } else { 1000 };
    u64::try_from(rounded).unwrap_or(u64::MAX).clamp(1, most)
}

/// "12,5", with the language's own sign between; "12" where there is nothing behind it.
pub(super) fn decimal(tenths: u64, sign: char) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}{sign}{tenth}", tenths / 10),
    }
}

/// "52 ms", "1,5 s", with the language's own sign between.
pub(super) fn short_duration(duration: Duration, sign: char) -> String {
    match u64::try_from(duration.as_millis()).unwrap_or(u64::MAX) {
        0 if !duration.is_zero() => "< 1 ms".to_owned(),
        milliseconds @ ..1_000 => format!("{milliseconds} ms"),
        milliseconds @ ..60_000 => format!("{} s", decimal((milliseconds + 50) / 100, sign)),
        milliseconds => format!("{} min", decimal((milliseconds + 3_000) / 6_000, sign)),
    }
}

/// How long something is, in the largest unit of which there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Moment,
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Length {
    /// How long ago something was.
    pub fn since(then: Timestamp, now: Timestamp) -> Self {
        let seconds = now.duration_since(then).as_secs();
        match seconds {
            ..60 => Self::Moment,
            60..3_600 => Self::Minutes(seconds / 60),
            3_600..86_400 => Self::Hours(seconds / 3_600),
            _ => Self::Days(seconds / 86_400),
        }
    }

    /// How long it is until then: never less than what is left.
    pub fn until(then: Timestamp, now: Timestamp) -> Self {
        let seconds = then.duration_since(now).as_secs();
        match seconds {
            ..=0 => Self::Moment,
            1..86_400 => Self::Hours((seconds + 3_599) / 3_600),
            _ => Self::Days((seconds + 86_399) / 86_400),
        }
    }
}
