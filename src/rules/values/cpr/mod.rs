//! Keeps CPR numbers out of logs, journal, receipts and error texts, however they are written.
//!
//! What senders write in a contact point and fagsystems in a refusal is free text. Names are kept when they are known to
//! be [harmless](is_harmless_name); longer words are left out when they [may hold a CPR number](without_cpr).

mod harmless;
mod notation;

use std::borrow::Cow;

use notation::{DIGITS, holds_cpr, is_uuid};

/// What stands in place of a text that was left out because it may name a person.
pub(crate) const LEFT_OUT: &str = "(udeladt)";

/// The text, or a word in its place when it holds something that may be a CPR number.
///
/// A CPR number is ten digits, the first four a day and a month. They may be of any script, and any signs, seen or not, or
/// a short word may stand between them; before the last four any words may. UUIDs, points in time and the
/// case numbers of municipalities are let through, and so is any other text with fewer digits or without a day and a month.
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

/// What is passed on of a text that others wrote: at most so many characters, none of them a control character, and
/// nothing that may be a CPR number.
///
/// ```
/// use postfordeler::rules::short_without_cpr;
/// assert_eq!(short_without_cpr("sagen er lukket", 5), "sagen");
/// ```
#[must_use]
pub fn short_without_cpr(text: &str, characters: usize) -> String {
    // A control character can stand between the digits, and a cut can leave ten of more.
    let plain: String = text.chars().filter(|character| !character.is_control()).collect();
    let short: String = without_cpr(&plain).chars().take(characters).collect();
    without_cpr(&short).chars().take(characters).collect()
}

/// Whether a contact point's id, a group's name or a code is known to tell of no person's number: a UUID, or letters and
/// common signs with fewer digits than a CPR number has.
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
