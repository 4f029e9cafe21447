//! Keeps CPR numbers, which are personal data, out of logs, journal, receipts and error messages, however they are written.
//!
//! Senders write free text into a contact point, and fagsystems into a rejection. A name is passed on only when it is known to
//! be [harmless](is_harmless_name); a longer text is replaced when it [may hold a CPR number](without_cpr).

mod harmless;
mod notation;

use std::borrow::Cow;

use notation::{DIGITS, holds_cpr, is_uuid};

/// Replaces a text that was left out because it may hold the number of a person.
pub(crate) const LEFT_OUT: &str = "(udeladt)";

/// The text, or a placeholder for all of it when it may hold a CPR number.
///
/// A CPR number is ten digits, of which the first four are a day and a month. They may be of any script, with any characters,
/// even invisible ones, or a short word between them, and with any words before the last four. UUIDs, points in time and the
/// case numbers of municipalities are recognized and pass.
///
/// ```
/// use postfordeler::rules::without_cpr;
/// assert_eq!(without_cpr("borger 251216-9996 findes ikke"), "(udeladt)");
/// assert_eq!(without_cpr("sag 26-123456 er lukket, 2026-11-26T10:00:00Z"), "sag 26-123456 er lukket, 2026-11-26T10:00:00Z");
/// ```
#[must_use]
pub fn without_cpr(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(if holds_cpr(text) { LEFT_OUT } else { text })
}

/// The beginning of a text from outside, fit to be passed on: at most that many characters, no control characters, and a
/// placeholder when it may hold a CPR number.
///
/// ```
/// use postfordeler::rules::short_without_cpr;
/// assert_eq!(short_without_cpr("sagen er lukket", 5), "sagen");
/// ```
#[must_use]
pub fn short_without_cpr(text: &str, characters: usize) -> String {
    // Removing control characters can join digits, and a cut can leave ten of more than ten.
    let plain: String = text.chars().filter(|character| !character.is_control()).collect();
    let short: String = without_cpr(&plain).chars().take(characters).collect();
    without_cpr(&short).chars().take(characters).collect()
}

/// Whether a contact point's id, a group's name or a code certainly holds no CPR number: a UUID, or Latin letters and common
/// signs with fewer digits than a CPR number has.
pub(crate) fn is_harmless_name(text: &str) -> bool {
    let is_common =
        |character: char| is_latin_letter(character) || character.is_ascii_digit() || is_common_sign(character);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    is_uuid(text) || (text.chars().all(is_common) && digits < DIGITS)
}

fn is_latin_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || (matches!(character, 'À'..='\u{24F}') && !matches!(character, '×' | '÷'))
}

fn is_common_sign(character: char) -> bool {
    matches!(
        character,
        ' ' | '-'
            | '–'
            | '_'
            | '.'
            | ','
            | ':'
            | ';'
            | '/'
            | '('
            | ')'
            | '['
            | ']'
            | '<'
            | '>'
            | '&'
            | '+'
            | '\''
            | '"'
            | '!'
            | '?'
            | '#'
            | '@'
            | '§'
            | '*'
            | '='
            | '›'
            | '»'
            | '«'
    )
}
