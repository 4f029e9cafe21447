//! What error messages quote of a cell.

use std::fmt;

use crate::rules::{looks_like_interval, short_without_cpr};

/// A cell's text as messages may quote it: at most 80 characters, and without anything that looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    pub(in crate::exchange::workbook) fn new(text: &str) -> Self {
        const MAX_CHARACTERS: usize = 80;
        Self(short_without_cpr(text.trim(), MAX_CHARACTERS))
    }
}

impl Excerpt {
    /// Quotes a number or an interval of a classification. An interval has as many digits as a CPR number, but nobody
    /// writes a CPR number with a point after every second digit.
    pub(in crate::exchange::workbook) fn interval(text: &str) -> Self {
        if looks_like_interval(text) { Self(text.trim().to_owned()) } else { Self::new(text) }
    }

    /// Quotes a suggestion.
    pub(in crate::exchange::workbook) fn meant(words: Option<String>) -> Option<Self> {
        words.map(|words| Self::new(&words))
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
