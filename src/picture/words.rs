use std::sync::LazyLock;

use ttf_parser::Face;

use super::geometry::Point;
use super::ink::Ink;
use crate::typeface;

/// How far a line's baseline is below its top, as a share of the font size.
pub const BASELINE: f32 = 1.025;
/// The height of a line, as a share of the font size.
pub const LINE_HEIGHT: f32 = 1.3;
const ELLIPSIS: char = '…';

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// What is written, in one line.
    pub text: String,
    /// Where, on the baseline.
    pub at: Point,
    /// Which part of the line is there.
    pub anchor: Anchor,
    /// The font size, in logical pixels.
    pub size: f32,
    /// Whether they stand out.
    pub is_bold: bool,
    /// Their colour.
    pub ink: Ink,
}

/// The part of a line that is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Words {
    /// The point of its left end, on the baseline.
    #[must_use]
    pub fn begin(&self) -> Point {
        let width = || width(&self.text, self.size, self.is_bold);
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width() / 2.0,
            Anchor::End => width(),
        };
        Point::new(self.at.x - before, self.at.y)
    }
}

static FACES: LazyLock<[Option<Face<'static>>; 2]> =
    LazyLock::new(|| [typeface::REGULAR, typeface::SEMIBOLD].map(|file| Face::parse(file, 0).ok()));

/// The font that words are drawn with.
pub(super) fn face(is_bold: bool) -> Option<&'static Face<'static>> {
    FACES[usize::from(is_bold)].as_ref()
}

/// The advance of a sign at that font size, in logical pixels.
pub(super) fn advance(face: &Face<'_>, sign: char, size: f32) -> f32 {
    let glyph = face.glyph_index(sign).unwrap_or_default();
    f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * size / f32::from(face.units_per_em().max(1))
}

/// How wide a line of words is at that font size, in logical pixels.
#[must_use]
pub fn width(text: &str, size: f32, is_bold: bool) -> f32 {
    face(is_bold).map_or(0.0, |face| text.chars().map(|sign| advance(face, sign, size)).sum())
}

/// As much of a line as fits into a width, with an ellipsis where something is left out. Empty where not even that fits.
#[must_use]
pub fn elided(text: &str, size: f32, is_bold: bool, room: f32) -> String {
    if width(text, size, is_bold) <= room {
        return text.to_owned();
    }
    let Some(face) = face(is_bold) else { return String::new() };
    let mut left = room - advance(face, ELLIPSIS, size);
    let fits = |sign: &char| {
        left -= advance(face, *sign, size);
        left >= 0.0
    };
    if room < advance(face, ELLIPSIS, size) {
        return String::new();
    }
    let kept: String = text.chars().take_while(fits).collect();
    if kept.trim().is_empty() { String::new() } else { format!("{}{ELLIPSIS}", kept.trim_end()) }
}

/// A text in lines no wider than a width, broken between words, and within a word where that alone is wider. Nothing is left
/// out; a line has at least one sign.
#[must_use]
pub fn wrapped(text: &str, size: f32, is_bold: bool, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size, is_bold) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for sign in word.chars() {
            line.push(sign);
            if line.chars().nth(1).is_some() && width(&line, size, is_bold) > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, sign.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
