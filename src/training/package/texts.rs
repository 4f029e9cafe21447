//! The names and numbers of authorities where they stand in texts.

use std::borrow::Cow;

use super::stand_ins::CvrStandIns;
use crate::rules::Cvr;

/// What is replaced within texts.
#[derive(Default)]
pub(super) struct TextNames(Vec<(String, String)>);

impl TextNames {
    /// Also replaces a name, and what of it stands before its last word: *Eksempelby* of *Eksempelby Kommune*.
    pub fn add(&mut self, real: &str, stand_in: &str) {
        /// A shorter part of a name may be part of any word.
        const SHORTEST: usize = 4;
        let (real, stand_in) = (real.trim(), stand_in.trim());
        if real.is_empty() {
            return;
        }
        self.0.push((folded(real), stand_in.to_owned()));
        let parts = real.rsplit_once(' ').zip(stand_in.rsplit_once(' '));
        if let Some(((real, kind), (stand_in, _))) = parts
            && ["kommune", "region"].contains(&folded(kind).as_str())
            && real.chars().count() >= SHORTEST
        {
            self.0.push((folded(real), stand_in.to_owned()));
        }
        // A part of a name is not replaced before the whole.
        self.0.sort_by_key(|(real, _)| std::cmp::Reverse(real.len()));
    }

    /// The text with nothing of them left in it.
    pub fn replaced<'a>(&self, text: &'a str, cvrs: &CvrStandIns) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for (real, stand_in) in &self.0 {
            if let Some(changed) = replace_caseless(&text, real, stand_in) {
                text = Cow::Owned(changed);
            }
        }
        match replace_numbers(&text, cvrs) {
            Some(changed) => Cow::Owned(changed),
            None => text,
        }
    }
}

fn folded(text: &str) -> String {
    text.chars().map(lower_case).collect()
}

/// The letter in lower case, unless that is several letters, or one of another length.
fn lower_case(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
        _ => letter,
    }
}

/// `None` where it is not in the text. `real` is in lower case.
fn replace_caseless(text: &str, real: &str, stand_in: &str) -> Option<String> {
    let lower = folded(text);
    let mut rest = 0;
    let mut changed = String::new();
    for (at, found) in lower.match_indices(real) {
        changed.push_str(&text[rest..at]);
        changed.push_str(stand_in);
        rest = at + found.len();
    }
    (rest > 0).then(|| changed + &text[rest..])
}

/// Replaces the CVR numbers that have a stand-in, also where blanks divide their digits: 12 34 56 78.
fn replace_numbers(text: &str, cvrs: &CvrStandIns) -> Option<String> {
    const DIGITS: usize = 8;
    let mut changed = String::new();
    let mut rest = 0;
    let mut at = 0;
    while at < text.len() {
        let run = digits_at(text, at);
        let Some((end, digits)) = run else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let known = Some(&digits).filter(|digits| digits.len() == DIGITS).and_then(|digits| digits.parse::<Cvr>().ok());
        if let Some(new) = known.and_then(|cvr| cvrs.known(cvr)) {
            changed.push_str(&text[rest..at]);
            changed.push_str(&new.to_string());
            rest = end;
        }
        at = end;
    }
    (rest > 0).then(|| changed + &text[rest..])
}

/// The digits that begin there, with single blanks between them at most, and where they end.
fn digits_at(text: &str, at: usize) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(at) {
        return None;
    }
    let (mut end, mut digits) = (at, String::new());
    while is_digit(end) || (bytes.get(end) == Some(&b' ') && is_digit(end + 1)) {
        if is_digit(end) {
            digits.push(char::from(bytes[end]));
        }
        end += 1;
    }
    Some((end, digits))
}
