//! Dates, times and names as they are written in both languages.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock;
use crate::service_level::Span;

/// A date as it is written in Denmark: 25-10-2020.
pub fn date_text(day: Date) -> String {
    day.strftime("%d-%m-%Y").to_string()
}

/// "07-07-2026 22:00–23:30", "07-07-2026 22:00 – 08-07-2026 02:00".
pub fn span_text(span: Span) -> String {
    let [begin, end] = [span.begin, span.end].map(clock::in_denmark);
    if begin.date() == end.date() {
        format!("{}–{}", moment_text(span.begin), end.strftime("%H:%M"))
    } else {
        format!("{} – {}", moment_text(span.begin), moment_text(span.end))
    }
}

/// A day and time of day in Denmark: 25-10-2020 13:05.
pub fn moment_text(moment: Timestamp) -> String {
    clock::in_denmark(moment).strftime("%d-%m-%Y %H:%M").to_string()
}

/// A duration as people read it, to the millisecond.
pub fn duration_text(duration: Duration) -> String {
    match duration.as_millis() {
        0 => "< 1 ms".to_owned(),
        10_000.. => format!("{} s", duration.as_secs()),
        milliseconds => format!("{milliseconds} ms"),
    }
}

/// The beginning of a message's id, by which people distinguish it from others.
pub fn short_uuid(uuid: &str) -> String {
    shortened(uuid, 9)
}

/// A name that a drop-down list has room for: at most that many characters, the last one "…" where some are left out.
pub fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let beginning: String = name.chars().take(most - 1).collect();
    format!("{}…", beginning.trim_end())
}
