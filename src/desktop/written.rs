//! What people write in fields, as they write it.

use jiff::civil::Date;

use super::language::Texts;
use crate::rules::Cvr;

/// A CVR number as people write it, perhaps with spaces or the country before it.
pub fn read_cvr(text: &str) -> Option<Cvr> {
    let digits: String = text.trim().trim_start_matches("DK").split_whitespace().collect();
    digits.parse().ok()
}

/// A date written as 25-10-2020 or 1-5-2021; `None` for nothing.
pub fn read_date(text: &str, t: &Texts) -> Result<Option<Date>, Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(['-', '.', '/']).map(str::trim).collect();
    let is_written_out = parts.len() == 3
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && (parts[0].len() == 4 || parts[2].len() == 4);
    if !is_written_out {
        return Err(Some(t.fields.not_a_date.to_owned()));
    }
    // The year first is how files and the command line write it.
    let (year, month, day) =
        if parts[0].len() == 4 { (parts[0], parts[1], parts[2]) } else { (parts[2], parts[1], parts[0]) };
    let date = (|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())();
    date.map(Some).ok_or_else(|| Some(t.fields.no_such_date.to_owned()))
}
