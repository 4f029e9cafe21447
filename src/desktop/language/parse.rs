//! What people write in fields, as they write it.

use jiff::civil::Date;

use super::dates;
use super::dates::{Lean, NotADate};
use super::format::date_text;
use super::texts::Texts;
use crate::rules::Cvr;
use crate::visible::{as_seen, is_dash};

/// A CVR number as people write it, perhaps with spaces or the country before it.
pub fn read_cvr(text: &str) -> Option<Cvr> {
    let text = as_seen(text);
    let digits: String = text.trim().trim_start_matches("DK").split_whitespace().collect();
    digits.parse().ok()
}

/// A day from which or until which something holds; `None` for nothing.
pub fn read_date(text: &str, t: &Texts, today: Date) -> Result<Option<Date>, Option<String>> {
    read(text, t, today, Lean::Ahead)
}

/// A day that one looks back to; `None` for nothing.
pub fn read_past_date(text: &str, t: &Texts, today: Date) -> Result<Option<Date>, Option<String>> {
    read(text, t, today, Lean::Back)
}

fn read(text: &str, t: &Texts, today: Date, lean: Lean) -> Result<Option<Date>, Option<String>> {
    let text: String = as_seen(text).chars().map(|sign| if is_dash(sign) { '-' } else { sign }).collect();
    dates::read(&text, today, lean).map_err(|error| {
        Some(match error {
            NotADate::Unreadable => t.fields.not_a_date.to_owned(),
            NotADate::NoSuchDay => t.fields.no_such_date.to_owned(),
        })
    })
}

/// How a written date was understood; `None` where it is written as the program itself writes dates.
pub fn understood(text: &str, day: Option<Date>, t: &Texts) -> Option<String> {
    let day = day.filter(|day| text.trim() != date_text(*day))?;
    Some(t.long_date(day))
}
