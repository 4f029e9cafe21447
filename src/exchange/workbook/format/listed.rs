//! Lists in one cell, with separators. An item with a separator or outer white space is quoted, and quotation marks in it
//! are doubled.

use std::borrow::Cow;

const MARK: char = '"';

/// An unbalanced quotation mark, or text beside a quoted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::workbook) struct OpenQuote;

/// The texts in one.
pub(in crate::exchange::workbook) fn joined<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    items.into_iter().map(|item| quoted_at(item, |_| false)).collect::<Vec<_>>().join("; ")
}

/// The text, in quotation marks where it could be misread: it is nothing, or holds a mark, a semicolon, one of those
/// signs, or white space at an end.
pub(in crate::exchange::workbook) fn quoted_at(text: &str, is_sign: impl Fn(char) -> bool) -> Cow<'_, str> {
    let must = text.is_empty()
        || text.trim() != text
        || text.contains(|character| matches!(character, MARK | ';') || is_sign(character));
    if must { Cow::Owned(format!("{MARK}{}{MARK}", text.replace(MARK, "\"\""))) } else { Cow::Borrowed(text) }
}

/// The texts of a cell; what lies between two semicolons may be nothing.
pub(in crate::exchange::workbook) fn items(text: &str) -> Result<Vec<&str>, OpenQuote> {
    let pieces = pieces(text, |character| character == ';')?;
    Ok(pieces.into_iter().filter(|piece| !piece.is_empty()).collect())
}

/// Splits at separators outside quotation marks. A mark opens a quotation only at the beginning of a piece or a word.
pub(in crate::exchange::workbook) fn pieces(
    text: &str,
    is_sign: impl Fn(char) -> bool,
) -> Result<Vec<&str>, OpenQuote> {
    let mut pieces = Vec::new();
    let (mut begin, mut is_quoted, mut is_word_begun) = (0, false, false);
    for (at, character) in text.char_indices() {
        if character == MARK && (is_quoted || !is_word_begun) {
            is_quoted = !is_quoted;
            is_word_begun = false;
        } else if !is_quoted && is_sign(character) {
            pieces.push(text[begin..at].trim());
            begin = at + character.len_utf8();
            is_word_begun = false;
        } else {
            is_word_begun = !character.is_whitespace();
        }
    }
    if is_quoted {
        return Err(OpenQuote);
    }
    pieces.push(text[begin..].trim());
    Ok(pieces)
}

/// The text without its quotation marks, if it has any.
pub(in crate::exchange::workbook) fn unquoted(text: &str) -> Result<Cow<'_, str>, OpenQuote> {
    let Some(rest) = text.strip_prefix(MARK) else { return Ok(Cow::Borrowed(text)) };
    let inside = rest.strip_suffix(MARK).ok_or(OpenQuote)?;
    let parts: Vec<&str> = inside.split("\"\"").collect();
    if parts.iter().any(|part| part.contains(MARK)) { Err(OpenQuote) } else { Ok(Cow::Owned(parts.join("\""))) }
}

/// The first word of a text, which may be quoted, and the rest.
pub(in crate::exchange::workbook) fn first_word(text: &str) -> Result<(Cow<'_, str>, &str), OpenQuote> {
    let text = text.trim_start();
    let end = if text.starts_with(MARK) {
        end_of_quote(text).ok_or(OpenQuote)?
    } else {
        text.find(char::is_whitespace).unwrap_or(text.len())
    };
    let (word, rest) = text.split_at(end);
    Ok((unquoted(word)?, rest.trim_start()))
}

/// Where the text in quotation marks ends with which the text begins.
fn end_of_quote(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    for (at, character) in text.char_indices() {
        if character == MARK {
            is_quoted = !is_quoted;
        } else if !is_quoted {
            return Some(at);
        }
    }
    (!is_quoted).then_some(text.len())
}
