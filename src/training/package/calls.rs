//! What becomes of the journal's times, sizes and durations.

use std::time::Duration;

use jiff::civil::{Date, Time};

use super::contents::TrainingCall;
use super::stand_ins::Dice;
use crate::clock;
use crate::store::{JournalEntry, RecordedCall};

const SECONDS_IN_AN_HOUR: i64 = 3_600;
/// By how many seconds a time is moved at most, either way.
const JITTER: i64 = 90;

/// The days and times at which calls come in training, in their order: on the same weekday in the same hour, but on no date, and
/// moved by a minute or so.
pub(super) fn jittered_times(calls: &[&RecordedCall], dice: &mut Dice) -> Vec<(u16, Time)> {
    let shown: Vec<_> = calls.iter().map(|call| clock::in_denmark(call.entry.received_at)).collect();
    let Some(first) = shown.first().map(|first| monday_of(first.date())) else { return Vec::new() };
    let mut times = Vec::with_capacity(calls.len());
    for hour in shown.chunk_by(|one, other| (one.date(), one.hour()) == (other.date(), other.hour())) {
        let mut seconds: Vec<i64> = hour
            .iter()
            .map(|at| {
                let moved = i64::try_from(dice.below(2 * JITTER.unsigned_abs() + 1)).unwrap_or_default() - JITTER;
                let second = i64::from(at.minute()) * 60 + i64::from(at.second());
                (second + moved).clamp(0, SECONDS_IN_AN_HOUR - 1)
            })
            .collect();
        // The first is still the first, and each stays about where it was.
        seconds.sort_unstable();
        times.extend(hour.iter().zip(seconds).map(|(at, second)| {
            let days = at.date().since(first).map_or(0, |span| span.get_days());
            let part = |number: i64| i8::try_from(number).unwrap_or_default();
            let time = Time::new(at.hour(), part(second / 60), part(second % 60), 0).unwrap_or_default();
            (u16::try_from(days).unwrap_or_default(), time)
        }));
    }
    times
}

/// The Monday of that day's week.
pub(super) fn monday_of(day: Date) -> Date {
    day.saturating_sub(jiff::Span::new().days(day.weekday().to_monday_zero_offset()))
}

/// What is left of a call without what could identify it.
pub(super) fn coarse_call(entry: &JournalEntry) -> TrainingCall {
    TrainingCall {
        day: 0,
        time: Time::midnight(),
        message: None,
        bytes: coarse(entry.bytes),
        facts: None,
        was_routed: entry.routed.is_some() && entry.facts.is_some(),
        outcome: entry.outcome,
        reason: entry.reason,
        status: entry.answer.0,
        code: None,
        answer_ms: entry.timing.answer.map(coarse_ms),
        total_ms: coarse_ms(entry.timing.total),
        repeats: None,
        follows: None,
        differs_from: None,
    }
}

fn coarse_ms(duration: Duration) -> u32 {
    let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    u32::try_from(coarse(ms)).unwrap_or(u32::MAX)
}

/// The next lower of 1, 2, 5, 10, 20, 50, 100 and so on.
fn coarse(number: u64) -> u64 {
    let Some(digits) = number.checked_ilog10() else { return 0 };
    let unit = 10_u64.pow(digits);
    let first = number / unit;
    let step = if first >= 5 {
        5
    } else if first >= 2 {
        2
    } else {
        1
    };
    step * unit
}
