//! Finds CPR numbers in text, in whatever way they are written.

use super::harmless::{case_number, group_number, point_in_time};

/// The number of digits of a CPR number.
pub(super) const DIGITS: usize = 10;
/// The number of digits of its date and of its serial number.
const DATE_DIGITS: usize = 6;
const SERIAL_DIGITS: usize = DIGITS - DATE_DIGITS;
/// The number of further digits of a date with its century.
const CENTURY_DIGITS: usize = 2;
/// The most letters of a word that may interrupt a number anywhere, as in `010170 nr 1234`.
const MAX_LETTERS: usize = 3;
/// The most characters between a date and a serial number, as in `født 010170, CPR-nummerets sidste fire cifre er 1234`.
const MAX_BETWEEN: usize = 60;
/// A word of at least that many hexadecimal digits, of which at least that many are letters, is a trace id or a hash.
const MIN_HEXADECIMAL: usize = 16;
const MIN_LETTERS: usize = 3;

/// The most digits of a reference to a character, with room for leading zeros.
const LONGEST_REFERENCE: usize = 10;

/// The value of a digit; `None` for one of another script, which is treated as any digit.
type Digit = Option<u8>;

/// Consecutive digits, and what comes before them.
#[derive(Debug)]
struct Group {
    gap: Gap,
    digits: Vec<Digit>,
}

/// What is between digits and the ones before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// One character that is not a letter.
    Sign,
    /// Characters with few letters among them.
    Short,
    /// Words.
    Words,
    /// The beginning of the text, or more than can be within one number.
    Apart,
}

/// Whether the text holds something that may be a CPR number, also where its characters are escaped as in addresses, XML or
/// JSON.
pub(super) fn holds_cpr(text: &str) -> bool {
    let has_number = |text: &str| {
        let groups = groups(text);
        (0..groups.len()).any(|first| begins_with_cpr(&groups[first..]) || is_padded(&groups[first..]))
    };
    // A quick check: a text with fewer numerals holds none. Escapes have at least two numerals for a digit.
    let numerals = || text.chars().filter(|character| is_numeral(*character)).count();
    if text.len() < DIGITS || numerals() < DIGITS {
        return false;
    }
    has_number(text) || unescaped(text).is_some_and(|text| has_number(&text))
}

/// Whether the character is a numeral of any script or kind: full-width, superscript, circled.
pub(super) fn is_numeral(character: char) -> bool {
    const IDEOGRAPHS: &str = "零一二三四五六七八九";
    character.is_numeric() || IDEOGRAPHS.contains(character)
}

/// The groups of digits in the text. What is known not to be a CPR number separates them.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut characters, mut letters) = (0, 0);
    let mut is_apart = true;
    let mut rest = text;
    let mut last = None;
    while let Some(character) = rest.chars().next() {
        let begins_word = character.is_ascii_alphanumeric() && !last.is_some_and(char::is_alphanumeric);
        // What follows digits after one sign may be a part of their number.
        let is_tied = characters == 1 && letters == 0 && last != Some(' ');
        let group = || group_number(rest).filter(|_| letters > MAX_LETTERS);
        if begins_word && let Some(length) = harmless(rest, is_tied).or_else(group) {
            (is_apart, last) = (true, Some('x'));
            rest = &rest[length..];
            continue;
        }
        if is_numeral(character) {
            let digit = character.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
            match groups.last_mut() {
                Some(group) if characters == 0 && !is_apart => group.digits.push(digit),
                _ => {
                    let gap = gap(characters, letters, is_apart);
                    groups.push(Group { gap, digits: vec![digit] });
                }
            }
            (characters, letters, is_apart) = (0, 0, false);
        } else {
            characters += 1;
            letters += usize::from(character.is_alphabetic());
        }
        last = Some(character);
        rest = &rest[character.len_utf8()..];
    }
    groups
}

fn gap(characters: usize, letters: usize, is_apart: bool) -> Gap {
    match (characters, letters) {
        _ if is_apart => Gap::Apart,
        (1, 0) => Gap::Sign,
        (_, ..=MAX_LETTERS) => Gap::Short,
        (..=MAX_BETWEEN, _) => Gap::Words,
        _ => Gap::Apart,
    }
}

/// The length of the beginning of the text that is known not to be a CPR number nor, if it is tied to digits before it, a part
/// of one.
fn harmless(text: &str, is_tied: bool) -> Option<usize> {
    const UUID: usize = uuid::fmt::Hyphenated::LENGTH;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if text.get(..UUID).is_some_and(is_uuid) && !text.as_bytes().get(UUID).is_some_and(is_part) {
        return Some(UUID);
    }
    let word = &text[..text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len())];
    if is_long_hexadecimal(word) {
        return Some(word.len());
    }
    case_number(text).or_else(|| point_in_time(text)).filter(|_| !is_tied)
}

/// Whether the text is a UUID. One without a single letter, which hardly any UUID is, may hide a number.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == uuid::fmt::Hyphenated::LENGTH
        && text.is_ascii()
        && uuid::Uuid::try_parse(text).is_ok()
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_long_hexadecimal(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let most_digits = word.split(|character: char| !character.is_ascii_digit()).map(str::len).max();
    word.len() >= MIN_HEXADECIMAL
        && letters >= MIN_LETTERS
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && most_digits < Some(DIGITS)
}

/// Whether the groups begin with a CPR number that ends where a group ends. Words may come before its serial number alone.
fn begins_with_cpr(groups: &[Group]) -> bool {
    let mut digits: Vec<Digit> = Vec::new();
    let mut had_words = false;
    for (at, group) in groups.iter().enumerate() {
        match group.gap {
            _ if at == 0 => {}
            Gap::Sign | Gap::Short => {}
            Gap::Words if !had_words && is_date(&digits) => had_words = true,
            Gap::Words | Gap::Apart => return false,
        }
        digits.extend(&group.digits);
        match digits.len() {
            DIGITS if begins_with_day_and_month(&digits) => return true,
            // With the century in its date.
            length if length == DIGITS + CENTURY_DIGITS => return is_date(&digits[..DATE_DIGITS + CENTURY_DIGITS]),
            length if length > DIGITS + CENTURY_DIGITS => return false,
            _ => {}
        }
    }
    false
}

/// Whether the digits are a complete date, with or without its century.
fn is_date(digits: &[Digit]) -> bool {
    let is_century = |two: &[Digit]| matches!(two, [Some(1), Some(8 | 9)] | [Some(2), Some(0)] | [None, _] | [_, None]);
    let is_whole = match digits.len() {
        DATE_DIGITS => true,
        length if length == DATE_DIGITS + CENTURY_DIGITS => is_century(&digits[4..6]),
        _ => false,
    };
    is_whole && begins_with_day_and_month(digits)
}

/// Whether the first group, alone or with the next one after a sign, is a CPR number with further digits before or after it.
fn is_padded(groups: &[Group]) -> bool {
    let holds = |digits: &[Digit]| {
        let ends = [&digits[..DIGITS], &digits[digits.len() - DIGITS..]];
        ends.into_iter().any(begins_with_day_and_month)
    };
    let [first, rest @ ..] = groups else { return false };
    if first.digits.len() > DIGITS && holds(&first.digits) {
        return true;
    }
    let Some(second) = rest.first().filter(|second| second.gap == Gap::Sign) else { return false };
    let both = [first.digits.as_slice(), &second.digits].concat();
    (DIGITS + 1..=DIGITS + CENTURY_DIGITS).contains(&both.len()) && second.digits.len() >= SERIAL_DIGITS && holds(&both)
}

/// Whether they begin with a day and a month. Replacement numbers, which hospitals and authorities assign, add 60 to the day.
fn begins_with_day_and_month(digits: &[Digit]) -> bool {
    let [Some(a), Some(b), Some(c), Some(d)] = digits[..4] else { return true };
    let (day, month) = (a * 10 + b, c * 10 + d);
    let day = if day > 60 { day - 60 } else { day };
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

/// The text with its escapes `%2D`, `&#45;`, `&#x2d;` and `\u002d` decoded; `None` when it has none.
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_escaped = false;
    while let Some(at) = rest.find(['%', '&', '\\']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_here = escaped(rest);
        let (character, length) = is_here.unwrap_or((char::from(rest.as_bytes()[0]), 1));
        is_escaped |= is_here.is_some();
        plain.push(character);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    is_escaped.then_some(plain)
}

/// The character whose escape the text begins with, and the escape's length.
fn escaped(text: &str) -> Option<(char, usize)> {
    let number = |prefix: &str, radix, digits: Option<usize>| {
        let after = text.strip_prefix(prefix)?;
        let end = match digits {
            Some(digits) => digits,
            None => after.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?,
        };
        let value = after.get(..end).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let character = char::from_u32(u32::from_str_radix(value, radix).ok()?)?;
        Some((character, prefix.len() + end + usize::from(digits.is_none())))
    };
    number("%", 16, Some(2))
        .or_else(|| number("\\u", 16, Some(4)))
        .or_else(|| number("&#x", 16, None))
        .or_else(|| number("&#", 10, None))
}
