//! Points in time and case numbers, as programs and people write them. Many have ten digits and are not CPR numbers.

/// The years that a date may have.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;
/// The number of characters after a date without a time in which a digit may make it a part of a CPR number.
const FURTHER: usize = 8;

/// The most digits of a case's serial number.
const MAX_CASE_DIGITS: usize = 6;

/// The length of the case number that the text begins with: a KLE number, a facet, a number and a year, as in
/// `27.36.04-G01-1234-26`.
pub(super) fn case_number(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (_, rest) = number(bytes, 2)?;
    let (_, rest) = number(rest.strip_prefix(b".")?, 2)?;
    let (_, rest) = number(rest.strip_prefix(b".")?, 2)?;
    let (facet, rest) = rest.strip_prefix(b"-")?.split_first()?;
    let (_, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(b"-")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (_, rest) = number(rest[digits..].strip_prefix(b"-")?, 2)?;
    let is_whole = facet.is_ascii_uppercase() && (1..=MAX_CASE_DIGITS).contains(&digits);
    let ends = rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (is_whole && ends).then(|| bytes.len() - rest.len())
}

/// The length of the KLE number of a group that the text begins with, as in `27.36`, when nothing follows that would make it
/// longer. Nobody writes the last digits of a CPR number like that after a word.
pub(super) fn group_number(text: &str) -> Option<usize> {
    let (_, rest) = number(text.as_bytes(), 2)?;
    let (_, rest) = number(rest.strip_prefix(b".")?, 2)?;
    let goes_on = matches!(rest, [first, ..] if first.is_ascii_alphanumeric())
        || matches!(rest, [_, second, ..] if second.is_ascii_digit())
        || !rest.first().is_none_or(u8::is_ascii);
    (!goes_on).then(|| text.len() - rest.len())
}

/// The length of the point in time that the text begins with: `2026-11-26T10:00:00.123Z`, `2026-11-26`,
/// `26-11-2026 kl. 10.00`, `20261126100000`. A date alone counts only where it cannot be a part of a CPR number.
pub(super) fn point_in_time(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let whole = |length: usize| !bytes.get(length).is_some_and(u8::is_ascii_digit) && text.is_char_boundary(length);
    if let Some(length) = compact(bytes).filter(|length| whole(*length)) {
        return Some(length);
    }
    let date = year_first(bytes).or_else(|| day_first(bytes))?;
    if let Some(time) = time(&bytes[date.length..]).filter(|time| whole(date.length + time)) {
        return Some(date.length + time);
    }
    (whole(date.length) && (date.is_alone || has_no_digits_near(&text[date.length..]))).then_some(date.length)
}

struct DateFound {
    length: usize,
    /// Whether a CPR number can begin neither with it nor within it.
    is_alone: bool,
}

fn has_no_digits_near(text: &str) -> bool {
    !text.chars().take(FURTHER).any(char::is_numeric)
}

/// The number that the first `digits` digits make, and the rest, which may begin with further ones.
fn number(bytes: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(digits)?;
    let is_number = digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| (digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')), rest))
}

fn number_of_day_or_month(bytes: &[u8]) -> Option<(u32, &[u8])> {
    number(bytes, 2).or_else(|| number(bytes, 1))
}

fn separator(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (separator, rest) = bytes.split_first()?;
    matches!(separator, b'-' | b'/' | b'.').then_some((*separator, rest))
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// `2026-11-26`
fn year_first(bytes: &[u8]) -> Option<DateFound> {
    let (year, rest) = number(bytes, 4)?;
    let (first, rest) = separator(rest)?;
    let (month, rest) = number(rest, 2)?;
    let (second, rest) = separator(rest)?;
    let (day, rest) = number(rest, 2)?;
    // The 2012 of a date can be read as a day and a month, 2026 cannot.
    let is_alone = !(1..=12).contains(&(year % 100));
    (first == second && is_date(year, month, day)).then(|| DateFound { length: bytes.len() - rest.len(), is_alone })
}

/// `26-11-2026`, `1.2.2026`
fn day_first(bytes: &[u8]) -> Option<DateFound> {
    let (day, rest) = number_of_day_or_month(bytes)?;
    let (first, rest) = separator(rest)?;
    let (month, rest) = number_of_day_or_month(rest)?;
    let (second, rest) = separator(rest)?;
    let (year, rest) = number(rest, 4)?;
    (first == second && is_date(year, month, day))
        .then(|| DateFound { length: bytes.len() - rest.len(), is_alone: false })
}

/// `20261126100000`, `20261126T100000`
fn compact(bytes: &[u8]) -> Option<usize> {
    let (year, rest) = number(bytes, 4)?;
    let (month, rest) = number(rest, 2)?;
    let (day, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(b"T").unwrap_or(rest);
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest, 2)?;
    let (second, rest) = number(rest, 2)?;
    (is_date(year, month, day) && hour < 24 && minute < 60 && second <= 60).then(|| bytes.len() - rest.len())
}

/// `T10:00:00.123Z`, ` 10:00`, ` kl. 10.00`: the length of a time, with what is between it and a date.
fn time(bytes: &[u8]) -> Option<usize> {
    let between: [&[u8]; 6] = [b"T", b" kl. ", b" kl ", b", kl. ", b", ", b" "];
    let rest = between.iter().find_map(|between| bytes.strip_prefix(*between))?;
    let (hour, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"."))?;
    let (minute, rest) = number(rest, 2)?;
    if hour >= 24 || minute >= 60 {
        return None;
    }
    let seconds = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b".")).and_then(|rest| number(rest, 2));
    let rest = match seconds {
        Some((second, rest)) if second <= 60 => fraction(rest),
        _ => rest,
    };
    let rest = rest.strip_prefix(b"Z").or_else(|| offset(rest)).unwrap_or(rest);
    Some(bytes.len() - rest.len())
}

/// What follows the fraction of a second, if there is one.
fn fraction(bytes: &[u8]) -> &[u8] {
    let Some(digits) = bytes.strip_prefix(b".").or_else(|| bytes.strip_prefix(b",")) else { return bytes };
    match digits.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        count @ 1..=9 => &digits[count..],
        _ => bytes,
    }
}

/// What follows `+01:00` or `-0100`.
fn offset(bytes: &[u8]) -> Option<&[u8]> {
    let (hours, rest) = number(bytes.strip_prefix(b"+").or_else(|| bytes.strip_prefix(b"-"))?, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(b":").unwrap_or(rest), 2)?;
    (hours < 15 && minutes < 60).then_some(rest)
}
