//! Dates as people write them, in Danish and English.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Where a day lies that is written without its year or by its weekday alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The next such day, as where something is to begin or end.
    Ahead,
    /// The last such day, as where one looks back.
    Back,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It is not written as one.
    Unreadable,
    /// No such day exists.
    NoSuchDay,
}

const MONTHS: [[&str; 2]; 12] = [
    ["januar", "january"],
    ["februar", "february"],
    ["marts", "march"],
    ["april", "april"],
    ["maj", "may"],
    ["juni", "june"],
    ["juli", "july"],
    ["august", "august"],
    ["september", "september"],
    ["oktober", "october"],
    ["november", "november"],
    ["december", "december"],
];

const WEEKDAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["mandag", "monday"]),
    (Weekday::Tuesday, ["tirsdag", "tuesday"]),
    (Weekday::Wednesday, ["onsdag", "wednesday"]),
    (Weekday::Thursday, ["torsdag", "thursday"]),
    (Weekday::Friday, ["fredag", "friday"]),
    (Weekday::Saturday, ["lørdag", "saturday"]),
    (Weekday::Sunday, ["søndag", "sunday"]),
];

const NUMBERS: [(&str, i64); 16] = [
    ("en", 1),
    ("et", 1),
    ("én", 1),
    ("ét", 1),
    ("a", 1),
    ("one", 1),
    ("to", 2),
    ("two", 2),
    ("tre", 3),
    ("three", 3),
    ("fire", 4),
    ("four", 4),
    ("seks", 6),
    ("six", 6),
    ("fjorten", 14),
    ("fourteen", 14),
];

/// The day that a text means; `None` for an empty text.
///
/// A day is written before its month, as in Denmark, unless the year comes first or the month is written as a word. A
/// year of two digits is the one nearest to today.
pub fn read(text: &str, today: Date, lean: Lean) -> Result<Option<Date>, NotADate> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(days) = named_day(&text) {
        return shifted(today, days.days()).map(Some);
    }
    if let Some(span) = distance(&text)? {
        return shifted(today, span).map(Some);
    }
    let pieces = pieces(&text).ok_or(NotADate::Unreadable)?;
    let (weekday, pieces) = match pieces.split_first() {
        Some((DateToken::Word(word), rest)) if weekday(word).is_some() => (weekday(word), rest),
        _ => (None, pieces.as_slice()),
    };
    if let (Some(weekday), []) = (weekday, pieces) {
        return nearest_weekday(weekday, today, lean).map(Some);
    }
    let day = written_day(pieces, today, lean)?;
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return Err(NotADate::NoSuchDay);
    }
    Ok(Some(day))
}

fn shifted(day: Date, span: Span) -> Result<Date, NotADate> {
    day.checked_add(span).map_err(|_| NotADate::NoSuchDay)
}

/// How many days on from today a day lies that has a name of its own.
fn named_day(text: &str) -> Option<i64> {
    let words: Vec<_> = text.split_whitespace().collect();
    Some(match words.join(" ").as_str() {
        "i dag" | "idag" | "today" => 0,
        "i morgen" | "imorgen" | "tomorrow" => 1,
        "i overmorgen" | "overmorgen" | "day after tomorrow" | "the day after tomorrow" => 2,
        "i går" | "igår" | "yesterday" => -1,
        "i forgårs" | "forgårs" | "day before yesterday" | "the day before yesterday" => -2,
        _ => return None,
    })
}

/// "om 14 dage", "in 2 weeks", "for 3 dage siden", "3 days ago".
fn distance(text: &str) -> Result<Option<Span>, NotADate> {
    let words: Vec<_> = text.split_whitespace().collect();
    let (count, unit, is_back) = match words.as_slice() {
        ["om" | "in", count, unit] => (count, unit, false),
        ["for", count, unit, "siden"] | [count, unit, "ago" | "siden"] => (count, unit, true),
        _ => return Ok(None),
    };
    let named = NUMBERS.iter().find(|(name, _)| name == count).map(|(_, number)| *number);
    let count: i64 = named.or_else(|| count.parse().ok().filter(|_| is_number(count))).ok_or(NotADate::Unreadable)?;
    let count = if is_back { -count } else { count };
    let span = match *unit {
        "dag" | "dage" | "day" | "days" => Span::new().try_days(count),
        "uge" | "uger" | "week" | "weeks" => Span::new().try_weeks(count),
        "måned" | "måneder" | "month" | "months" => Span::new().try_months(count),
        "år" | "year" | "years" => Span::new().try_years(count),
        _ => return Err(NotADate::Unreadable),
    };
    span.map(Some).map_err(|_| NotADate::NoSuchDay)
}

/// A part of a written date.
#[derive(Debug, Clone, PartialEq, Eq)]
enum DateToken {
    Digits(String),
    Word(String),
}

/// The parts of a written date without the signs between them; `None` where there is any other sign.
fn pieces(text: &str) -> Option<Vec<DateToken>> {
    let mut pieces: Vec<DateToken> = Vec::new();
    let mut is_new = true;
    if !text.starts_with(char::is_alphanumeric) {
        return None;
    }
    for letter in text.chars() {
        match (letter, pieces.last_mut()) {
            ('0'..='9', Some(DateToken::Digits(digits))) if !is_new => digits.push(letter),
            ('0'..='9', _) => pieces.push(DateToken::Digits(letter.to_string())),
            (letter, Some(DateToken::Word(word))) if letter.is_alphabetic() && !is_new => word.push(letter),
            (letter, _) if letter.is_alphabetic() => pieces.push(DateToken::Word(letter.to_string())),
            (' ' | '\u{a0}' | '-' | '.' | '/' | ',' | '\u{2010}'..='\u{2015}' | '\u{2212}', _) => {
                is_new = true;
                continue;
            }
            _ => return None,
        }
        is_new = false;
    }
    let is_filling = |piece: &DateToken| match piece {
        DateToken::Word(word) => {
            matches!(word.as_str(), "d" | "den" | "på" | "the" | "of" | "on" | "st" | "nd" | "rd" | "th")
        }
        DateToken::Digits(_) => false,
    };
    pieces.retain(|piece| !is_filling(piece));
    Some(pieces)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The month or weekday that a word means, as a whole or by its first three letters or more.
fn means(word: &str, names: [&str; 2]) -> bool {
    word.chars().count() >= 3 && names.iter().any(|name| name.starts_with(word))
}

fn month(word: &str) -> Option<i8> {
    let short = |names: [&str; 2]| means(word, names);
    (1..).zip(MONTHS).find(|(_, names)| short(*names)).map(|(number, _)| number)
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, names)| means(word, *names)).map(|(weekday, _)| *weekday)
}

fn nearest_weekday(weekday: Weekday, today: Date, lean: Lean) -> Result<Date, NotADate> {
    let nth = if lean == Lean::Ahead { 1 } else { -1 };
    today.nth_weekday(nth, weekday).map_err(|_| NotADate::NoSuchDay)
}

fn written_day(pieces: &[DateToken], today: Date, lean: Lean) -> Result<Date, NotADate> {
    use DateToken::{Digits, Word};
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2).ok_or(NotADate::Unreadable);
    let named = |word: &str| month(word).ok_or(NotADate::Unreadable);
    let (year, month, day) = match pieces {
        [Digits(all)] => return compact(all, today),
        [Digits(year), Digits(month), Digits(day)] if year.len() == 4 => (Some(year), number(month)?, number(day)?),
        [Digits(year), Word(month), Digits(day)] if year.len() == 4 => (Some(year), named(month)?, number(day)?),
        [Digits(day), Digits(month), Digits(year)] => (Some(year), number(month)?, number(day)?),
        [Digits(day), Word(month), Digits(year)] | [Word(month), Digits(day), Digits(year)] => {
            (Some(year), named(month)?, number(day)?)
        }
        [Digits(day), Digits(month)] => (None, number(month)?, number(day)?),
        [Digits(day), Word(month)] | [Word(month), Digits(day)] => (None, named(month)?, number(day)?),
        _ => return Err(NotADate::Unreadable),
    };
    match year {
        Some(year) => Date::new(full_year(year, today)?, month, day).map_err(|_| NotADate::NoSuchDay),
        None => without_year(month, day, today, lean),
    }
}

/// A day without its year: the next such day, or the last.
fn without_year(month: i8, day: i8, today: Date, lean: Lean) -> Result<Date, NotADate> {
    // A leap day may be eight years away.
    let years = 0..=8_i16;
    let mut days = years.filter_map(|away| {
        let year = if lean == Lean::Ahead { today.year().checked_add(away) } else { today.year().checked_sub(away) };
        Date::new(year?, month, day).ok()
    });
    let is_meant = |day: &Date| if lean == Lean::Ahead { *day >= today } else { *day <= today };
    days.find(is_meant).ok_or(NotADate::NoSuchDay)
}

/// A year of two digits is the one nearest to today.
fn full_year(text: &str, today: Date) -> Result<i16, NotADate> {
    let year: i16 = text.parse().map_err(|_| NotADate::Unreadable)?;
    match text.len() {
        4 => Ok(year),
        2 => {
            let century = today.year() - today.year().rem_euclid(100);
            let near = [century - 100, century, century + 100].map(|century| century + year);
            near.into_iter().min_by_key(|near| (near - today.year()).abs()).ok_or(NotADate::Unreadable)
        }
        _ => Err(NotADate::Unreadable),
    }
}

/// 01012027, 20270101 or 010127.
fn compact(digits: &str, today: Date) -> Result<Date, NotADate> {
    let number = |range: std::ops::Range<usize>| digits[range].parse::<i8>().map_err(|_| NotADate::Unreadable);
    let day = |year: i16, month, day| Date::new(year, month, day).ok().filter(|_| (1900..2200).contains(&year));
    match digits.len() {
        6 => {
            let year = full_year(&digits[4..], today)?;
            Date::new(year, number(2..4)?, number(0..2)?).map_err(|_| NotADate::NoSuchDay)
        }
        8 => {
            let danish = day(full_year(&digits[4..], today)?, number(2..4)?, number(0..2)?);
            let iso = day(full_year(&digits[..4], today)?, number(4..6)?, number(6..8)?);
            // Only one of the two can lie within these centuries.
            danish.or(iso).ok_or(NotADate::NoSuchDay)
        }
        _ => Err(NotADate::Unreadable),
    }
}
