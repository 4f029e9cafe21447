//! The shared strings of an Excel file, which its cells refer to by number.

use std::borrow::Cow;

use super::part::{Part, XmlPiece, add};
use crate::exchange::workbook::outcome::TablesError;

/// The most of all texts together, in bytes.
const MAX_TEXT_BYTES: usize = 32 << 20;
/// The most texts: as many as a workbook may have cells.
const MAX_TEXTS: usize = 1_500_000;

/// The strings, joined; one allocation instead of one for each.
#[derive(Debug, Default)]
pub(super) struct SharedTexts {
    all: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl SharedTexts {
    pub(super) fn read(mut part: Part<'_>) -> Result<Self, TablesError> {
        let mut texts = Self::default();
        loop {
            match part.next()? {
                XmlPiece::Begin(element) if element.local_name().as_ref() == "si" => {
                    let text = rich_text(&mut part)?;
                    texts.all.push_str(&unescaped(&text));
                    texts.ends.push(texts.all.len());
                    if texts.all.len() > MAX_TEXT_BYTES || texts.ends.len() > MAX_TEXTS {
                        return Err(TablesError::TooLarge);
                    }
                }
                XmlPiece::Over => return Ok(texts),
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let begin = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.all.get(begin..end)
    }
}

/// The text of all runs of the current element, without phonetic hints.
pub(super) fn rich_text(part: &mut Part<'_>) -> Result<String, TablesError> {
    let mut text = String::new();
    let mut depth = 0;
    loop {
        match part.next()? {
            XmlPiece::Begin(element) => match element.local_name().as_ref() {
                "t" => add(&mut text, &part.text()?)?,
                "r" => depth += 1,
                _ => part.skip()?,
            },
            XmlPiece::End if depth == 0 => return Ok(text),
            XmlPiece::End => depth -= 1,
            XmlPiece::Over => return Err(TablesError::NotTables),
            XmlPiece::Text(_) | XmlPiece::Other => {}
        }
    }
}

/// Excel writes signs that XML cannot hold as `_x000D_`, by the units of UTF-16.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some((unit, after)) = unit(rest) {
            units.push(unit);
            rest = after;
        } else {
            plain.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
            plain.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    plain.push_str(&String::from_utf16_lossy(&units));
    Cow::Owned(plain)
}

/// The unit that a text begins with, and what comes after it.
fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, after) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let after = after.strip_prefix('_').filter(|_| is_hexadecimal)?;
    Some((u16::from_str_radix(digits, 16).ok()?, after))
}
