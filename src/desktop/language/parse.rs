//! What people write in fields, as they write it.

use jiff::civil::{Date, Time};

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

/// A time of day such as 22:00, 22.00, 2200 or 22; `None` for nothing.
pub fn read_time(text: &str) -> Result<Option<Time>, ()> {
    let text = as_seen(text);
    let text = text.trim().trim_start_matches("kl.").trim_start_matches("kl").trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = |digits: &str| match digits.len() {
        1..=2 if digits.bytes().all(|digit| digit.is_ascii_digit()) => digits.parse::<i8>().map_err(|_| ()),
        _ => Err(()),
    };
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
        Some(_) => return Err(()),
        None if text.len() == 4 && text.is_ascii() => (number(&text[..2])?, number(&text[2..])?),
        None => (number(text)?, 0),
    };
    Time::new(hour, minute, 0, 0).map(Some).map_err(|_| ())
}

/// How a written date was understood; `None` where it is written as the program itself writes dates.
pub fn understood(text: &str, day: Option<Date>, t: &Texts) -> Option<String> {
    let day = day.filter(|day| text.trim() != date_text(*day))?;
    Some(t.long_date(day))
}
