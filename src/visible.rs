//! Text from outside, made safe for a terminal, a log or a screen: every character is visible, and none has an effect.
//!
//! A terminal obeys control characters, which erase lines, set titles and overwrite earlier output. Direction marks show an
//! address backwards, and a line break forges a line of a log. Names in configurations, answers of fagsystems and file names
//! may have any of these.

use std::borrow::Cow;
use std::fmt::Write;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Whether a character is invisible, or changes how the text around it is shown: control characters (C0, DEL, C1), line and
/// paragraph separators, direction marks, characters without width, and tags.
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

/// The text on one line, with every [hidden](is_hidden) character escaped as in Rust.
///
/// ```
/// use postfordeler::visible::visible;
/// assert_eq!(visible("ESDH\u{1b}[2J\nen linje til"), r"ESDH\u{1b}[2J\nen linje til");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    rewritten(text, is_hidden, |character, out| out.extend(character.escape_default()))
}

/// The JSON text with every [hidden](is_hidden) character escaped as in JSON, which does not change its meaning. Line breaks
/// stay, since JSON has them between values alone.
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

/// Whether a character has no width: direction marks, spaces and joiners without width, byte order marks, soft hyphens, tags.
/// They are copied along unnoticed from web pages, e-mails and documents. Control characters and line separators are not among
/// them.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    is_hidden(character) && !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}')
}

/// The text without [invisible](is_invisible) characters.
///
/// ```
/// use postfordeler::visible::without_invisible;
/// assert_eq!(without_invisible("\u{feff}Borger\u{200b}"), "Borger");
/// ```
#[must_use]
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_invisible) {
        Cow::Owned(text.chars().filter(|character| !is_invisible(*character)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as people see it: without [invisible](is_invisible) characters, with plain spaces for every kind of space, and
/// with each accented letter as one character (NFC). Line breaks and tabs stay.
///
/// ```
/// use postfordeler::visible::as_seen;
/// assert_eq!(as_seen("Byg og\u{a0}bolig\u{200b}"), "Byg og bolig");
/// assert_eq!(as_seen("a\u{30a}rstid"), "\u{e5}rstid");
/// ```
#[must_use]
pub fn as_seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|character| !is_invisible(*character));
    let spaced: String = shown.map(|character| if is_odd_space(character) { ' ' } else { character }).collect();
    Cow::Owned(ComposingNormalizerBorrowed::new_nfc().normalize(&spaced).into_owned())
}

fn is_odd_space(character: char) -> bool {
    !character.is_ascii()
        && !character.is_control()
        && character.is_whitespace()
        && !matches!(character, '\u{2028}' | '\u{2029}')
}

/// Whether a character looks like a hyphen or a dash of any kind. Word processors replace the one on the keyboard by others.
///
/// ```
/// use postfordeler::visible::is_dash;
/// assert!("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{ad}".chars().all(is_dash));
/// ```
#[must_use]
pub fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{AD}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2796}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
    )
}

fn rewritten(text: &str, is_replaced: impl Fn(char) -> bool, write: impl Fn(char, &mut String)) -> Cow<'_, str> {
    // Nearly all texts are nothing but visible characters of ASCII.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(&is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_replaced(character) { write(character, &mut out) } else { out.push(character) }
    }
    Cow::Owned(out)
}
