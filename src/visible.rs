//! Text that others wrote, for a terminal or a log: every character of it can be seen, and none does anything.
//!
//! A terminal obeys control characters: they wipe lines, set titles and write over what was there. Marks of direction
//! show an address backwards, and a line break makes a line that the program never wrote. Names in configurations, answers
//! of fagsystems and file names may hold them all.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is not seen itself, but changes how the text around it is shown, or hides in it: control characters
/// (C0, DEL, C1), line and paragraph separators, marks of direction, signs without width, and tags.
///
/// ```
/// use postfordeler::visible::is_hidden;
/// assert!(['\u{1b}', '\n', '\u{9b}', '\u{202e}', '\u{200b}', '\u{e0041}'].into_iter().all(is_hidden));
/// assert!(!"Børn og Unge – 5 €".chars().any(is_hidden));
/// ```
#[must_use]
pub fn is_hidden(character: char) -> bool {
    let is_mark = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    );
    character.is_control() || is_mark
}

/// The text on one line, with every [hidden](is_hidden) character written out as Rust writes it.
///
/// ```
/// use postfordeler::visible::visible;
/// assert_eq!(visible("ESDH\u{1b}[2J\nen linje til"), r"ESDH\u{1b}[2J\nen linje til");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    rewritten(text, is_hidden, |character, out| out.extend(character.escape_default()))
}

/// The JSON text with every [hidden](is_hidden) character escaped as JSON does it, so that it says the same. Line breaks
/// stay: in JSON they stand between values alone.
///
/// ```
/// use postfordeler::visible::visible_json;
/// assert_eq!(visible_json("{\"navn\": \"a\u{9b}b\u{e0041}\"}"), r#"{"navn": "a\u009bb\udb40\udc41"}"#);
/// ```
#[must_use]
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let is_hidden = |character| character != '\n' && is_hidden(character);
    rewritten(json, is_hidden, |character, out| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn rewritten(text: &str, is_meant: impl Fn(char) -> bool, write: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.chars().any(&is_meant) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_meant(character) { write(character, &mut out) } else { out.push(character) }
    }
    Cow::Owned(out)
}
