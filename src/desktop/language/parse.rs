//! What people write in fields, as they write it.

use jiff::civil::Date;

use super::dates;
use super::dates::{Lean, NotADate};
use super::format::date_text;
use crate::desktop::screen::scene::Scene;
use crate::rules::Cvr;
use crate::visible::{as_seen, is_dash};

/// A CVR number as people write it, perhaps with spaces or the country before it.
pub fn read_cvr(text: &str) -> Option<Cvr> {
    let text = as_seen(text);
    let digits: String = text.trim().trim_start_matches("DK").split_whitespace().collect();
    digits.parse().ok()
}

/// A day from which or until which something holds; `None` for nothing.
pub fn read_date(text: &str, scene: Scene<'_>) -> Result<Option<Date>, Option<String>> {
    read(text, scene, Lean::Ahead)
}

/// A day that one looks back to; `None` for nothing.
pub fn read_past_date(text: &str, scene: Scene<'_>) -> Result<Option<Date>, Option<String>> {
    read(text, scene, Lean::Back)
}

fn read(text: &str, scene: Scene<'_>, lean: Lean) -> Result<Option<Date>, Option<String>> {
    let words = &scene.t.fields;
    let text: String = as_seen(text).chars().map(|sign| if is_dash(sign) { '-' } else { sign }).collect();
    dates::read(&text, scene.today, lean).map_err(|error| {
        Some(match error {
            NotADate::Unreadable => words.not_a_date.to_owned(),
            NotADate::NoSuchDay => words.no_such_date.to_owned(),
        })
    })
}

/// How a written date was understood, unless it stands there just as the program writes dates.
pub fn understood(text: &str, day: Option<Date>, scene: Scene<'_>) -> Option<String> {
    let day = day.filter(|day| text.trim() != date_text(*day))?;
    Some((scene.t.input.day)(day))
}
