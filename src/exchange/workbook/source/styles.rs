//! How Excel's cells show their numbers: a date is a number whose cell shows it as one.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::part::{Part, XmlPiece, attribute};
use crate::exchange::workbook::outcome::TablesError;

/// Twice as many as Excel has room for.
const MAX_STYLES: usize = 130_000;

/// What a cell displays its number as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Number,
    Day,
    /// A time of day or a duration.
    Time,
}

/// What each cell style displays numbers as.
pub(super) fn read(mut part: Part<'_>) -> Result<Vec<Shown>, TablesError> {
    let mut formats: HashMap<u32, Shown> = HashMap::new();
    let mut styles = Vec::new();
    let mut is_of_cells = false;
    loop {
        match part.next()? {
            XmlPiece::Begin(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if let Some((id, code)) = format_of(&element).zip(attribute(&element, "formatCode")) {
                        formats.insert(id, shown_by(&code));
                    }
                }
                // `xf` elements of named styles come before, those of conditional formats after.
                "cellXfs" => is_of_cells = true,
                "cellStyles" | "dxfs" => is_of_cells = false,
                "xf" if is_of_cells => {
                    let id = format_of(&element).unwrap_or_default();
                    styles.push(formats.get(&id).copied().unwrap_or_else(|| shown_by_number(id)));
                }
                _ => {}
            },
            XmlPiece::Over => return Ok(styles),
            XmlPiece::End | XmlPiece::Text(_) | XmlPiece::Other => {}
        }
        if styles.len() > MAX_STYLES || formats.len() > MAX_STYLES {
            return Err(TablesError::TooLarge);
        }
    }
}

fn format_of(element: &BytesStart<'_>) -> Option<u32> {
    attribute(element, "numFmtId")?.trim().parse().ok()
}

/// The formats that Excel has of its own.
fn shown_by_number(id: u32) -> Shown {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shown::Day,
        18..=21 | 32..=33 | 45..=47 | 55..=56 => Shown::Time,
        _ => Shown::Number,
    }
}

/// By the letters of the format's first part that are no text of its own.
fn shown_by(code: &str) -> Shown {
    let mut shown = Shown::Number;
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign.to_ascii_lowercase() {
            // The next character is a literal, or only reserves its width.
            '\\' | '_' | '*' => drop(signs.next()),
            '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
            // A colour, a language or a condition, or else a duration.
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if !inside.is_empty() && inside.chars().all(|sign| "hms".contains(sign.to_ascii_lowercase())) {
                    return Shown::Time;
                }
            }
            ';' => return shown,
            'd' | 'y' => return Shown::Day,
            'h' | 's' => shown = Shown::Time,
            // A month, unless hours or seconds nearby make it minutes.
            'm' if shown == Shown::Number => {
                let rest = signs.as_str().to_ascii_lowercase();
                let is_minute = rest.contains(['s', 'h']) && !rest.contains(['d', 'y']);
                shown = if is_minute { Shown::Time } else { Shown::Day };
            }
            // General, in whichever language a program wrote it.
            'g' if signs.as_str().to_ascii_lowercase().starts_with("eneral") => drop(signs.nth(5)),
            _ => {}
        }
    }
    shown
}
