//! Days counted from the day on which a lesson is played.

use jiff::ToSpan;
use jiff::civil::Date;

/// The furthest day that a lesson speaks of, in days from today.
const FURTHEST: i32 = 3650;

/// Reads `+30` or `-400`, or a date, which stays what it is.
pub(super) fn read(text: &str, today: Date) -> Option<Date> {
    match text.strip_prefix(['+', '-']) {
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            let days: i32 = digits.parse().ok().filter(|days| *days <= FURTHEST)?;
            today.checked_add((if text.starts_with('-') { -days } else { days }).days()).ok()
        }
        _ => text.parse().ok(),
    }
}

/// The day counted from that one, such as `+30`; far days stay dates. [`read`] reads the same day from it.
pub(super) fn write(day: Date, today: Date) -> String {
    match today.until(day).map(|span| span.get_days()) {
        Ok(days) if days.abs() <= FURTHEST => format!("{days:+}"),
        _ => day.to_string(),
    }
}

/// The text with each `{+30}` as a Danish date.
pub(super) fn fill_in(text: &str, today: Date) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let day = after.split_once('}').and_then(|(inside, after)| Some((read(inside, today)?, after)));
        if let Some((day, after)) = day {
            filled.push_str(&day.strftime("%d-%m-%Y").to_string());
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled + rest
}
