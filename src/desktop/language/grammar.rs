//! How a language writes numbers, counts and lists: what all texts of a language are made with.

use std::time::Duration;

use crate::rules::{Megabytes, Priority};

/// More rules than this are counted instead of listed.
const MAX_LISTED: usize = 6;

/// How a language writes numbers and lists.
#[derive(Debug)]
pub(in crate::desktop) struct Grammar {
    /// Between the thousands of a number.
    pub thousands: char,
    /// Before the decimals.
    pub decimal: char,
    /// After the number of a share.
    pub percent: &'static str,
    /// Before the last item of a list.
    pub and: &'static str,
}

impl Grammar {
    /// A number with its thousands apart.
    pub fn number(&self, number: impl TryInto<u64>) -> String {
        let digits = number.try_into().unwrap_or(u64::MAX).to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        text
    }

    /// "10, 20 and 30".
    pub fn joined<T: ToString>(&self, parts: &[T]) -> String {
        let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
        match parts.as_slice() {
            [others @ .., last] if !others.is_empty() => format!("{} {} {last}", others.join(", "), self.and),
            parts => parts.concat(),
        }
    }

    /// "12.5%"; a dash where the whole is nothing.
    pub fn share(&self, part: u64, whole: u64) -> String {
        if whole == 0 { "–".to_owned() } else { format!("{}{}", self.tenths(tenths(part, whole)), self.percent) }
    }

    /// "87%"; a dash where the whole is nothing. Only everything is 100%, and only nothing is 0%.
    pub fn percent(&self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let rounded = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
        let (least, most) = (u128::from(part > 0), if part < whole { 99 } else { 100 });
        format!("{}{}", rounded.clamp(least, most), self.percent)
    }

    /// "52 ms", "1.5 s", "2 min".
    pub fn duration(&self, duration: Duration) -> String {
        match u64::try_from(duration.as_millis()).unwrap_or(u64::MAX) {
            0 if !duration.is_zero() => "< 1 ms".to_owned(),
            milliseconds @ ..1_000 => format!("{milliseconds} ms"),
            milliseconds @ ..60_000 => format!("{} s", self.tenths((milliseconds + 50) / 100)),
            milliseconds => format!("{} min", self.tenths((milliseconds + 3_000) / 6_000)),
        }
    }

    /// "2.5 MB".
    pub fn megabytes(&self, size: Megabytes) -> String {
        format!("{} MB", size.get().to_string().replace('.', &self.decimal.to_string()))
    }

    /// "12.5"; "12" for a whole number.
    fn tenths(&self, tenths: u64) -> String {
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            tenth => format!("{}{}{tenth}", tenths / 10, self.decimal),
        }
    }
}

/// A share in tenths of a percent. One that is not everything never looks so, and one that is something never looks like
/// nothing.
fn tenths(part: u64, whole: u64) -> u64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let exact = u128::from(part) * 1000;
    let rounded = (exact + u128::from(whole) / 2) / u128::from(whole);
    let most = if part < whole { 999 } else { 1000 };
    u64::try_from(rounded).unwrap_or(u64::MAX).clamp(1, most)
}

/// The words for a number of things: "no rules", "1 rule", "1,204 rules".
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Counted {
    grammar: &'static Grammar,
    none: Option<&'static str>,
    one: &'static str,
    many: fn(&str) -> String,
}

impl Counted {
    pub const fn new(grammar: &'static Grammar, one: &'static str, many: fn(&str) -> String) -> Self {
        Self { grammar, none: None, one, many }
    }

    /// With words of its own for none.
    pub const fn or_none(self, none: &'static str) -> Self {
        Self { none: Some(none), ..self }
    }

    pub fn of(&self, count: impl TryInto<u64>) -> String {
        match (count.try_into().unwrap_or(u64::MAX), self.none) {
            (0, Some(none)) => none.to_owned(),
            (1, _) => self.one.to_owned(),
            (count, _) => (self.many)(&self.grammar.number(count)),
        }
    }
}

/// The words for rules by their numbers: "Rule 10", "Rules 10, 20 and 30", "12 rules".
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct RuleList {
    pub grammar: &'static Grammar,
    pub one: fn(Priority) -> String,
    pub several: fn(&str) -> String,
    pub many: Counted,
}

impl RuleList {
    pub fn of(&self, rules: &[Priority]) -> String {
        match rules {
            [] => String::new(),
            [one] => (self.one)(*one),
            many if many.len() > MAX_LISTED => self.many.of(many.len()),
            several => (self.several)(&self.grammar.joined(several)),
        }
    }
}

/// A sentence of its own from the words of an error: they begin with a small letter, and have no full stop.
pub(in crate::desktop) fn sentence_of(error: &impl ToString) -> String {
    format!("{}.", capitalised(&error.to_string()))
}

/// With a capital letter first.
pub(in crate::desktop) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// With a small letter first, as within a sentence.
pub(in crate::desktop) fn within_sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
