//! Words broken into lines that fit.

use std::rc::Rc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::fonts::{Fonts, Glyph, Shaped, Weight};
use super::ink::Ink;
use crate::document::content::{Look, Text, tidied};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The size of the letters.
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    pub weight: Weight,
    pub ink: Ink,
}

impl Style {
    /// How far the letters stand on a line below its top.
    pub fn baseline(self) -> f32 {
        self.leading * 0.5 + self.size * 0.35
    }
}

/// A line of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub parts: Vec<Part>,
    /// Without the spaces at its end.
    pub width: f32,
}

/// Words of one look on a line.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub words: String,
    pub glyphs: Vec<Glyph>,
    pub weight: Weight,
    pub size: f32,
    pub ink: Ink,
    pub width: f32,
}

/// Words that stay together on a line, of one look each.
struct Word {
    parts: Vec<(Look, String)>,
    /// Whether the line ends after it.
    ends_line: bool,
}

/// The lines of a text in a room of that width: one at least.
pub(super) fn broken(fonts: &mut Fonts, text: &Text, style: Style, room: f32) -> Vec<Line> {
    let mut filling = Filling { lines: vec![Line::default()], reached: 0.0, room };
    for Word { parts, ends_line } in words(text) {
        let parts: Vec<_> = parts.iter().map(|(look, words)| part(fonts, *look, words, style)).collect();
        // The spaces at its end may be beyond the room.
        let spaces = parts.last().map_or(0.0, |last| last.width - bare_width(fonts, last));
        let whole: f32 = parts.iter().map(|part| part.width).sum();
        if filling.reached + whole - spaces > room && filling.reached > 0.0 {
            filling.begin();
        }
        let is_too_long = whole - spaces > room;
        for part in parts {
            if is_too_long {
                for letter in letters(fonts, &part) {
                    filling.put(letter);
                }
            } else {
                filling.append(part);
            }
        }
        filling.measure(spaces);
        if ends_line {
            filling.begin();
        }
    }
    filling.lines
}

/// A line of words that is not broken.
pub(super) fn single(fonts: &mut Fonts, words: &str, style: Style) -> Line {
    let words = tidied(words).replace('\n', " ");
    let part = part(fonts, Look::Plain, &words, style);
    Line { width: part.width, parts: vec![part] }
}

/// Lines as they are filled.
struct Filling {
    lines: Vec<Line>,
    /// How far the last line reaches, with the spaces at its end.
    reached: f32,
    room: f32,
}

impl Filling {
    fn begin(&mut self) {
        self.lines.push(Line::default());
        self.reached = 0.0;
    }

    /// Puts a letter on the last line, or on the next where it does not fit.
    fn put(&mut self, letter: Part) {
        if self.reached > 0.0 && self.reached + letter.width > self.room && letter.words != " " {
            self.measure(0.0);
            self.begin();
        }
        self.append(letter);
    }

    /// Joins a part to the last line, and to the words before it where these look the same.
    fn append(&mut self, part: Part) {
        self.reached += part.width;
        let Some(line) = self.lines.last_mut() else { return };
        match line.parts.last_mut() {
            Some(last) if last.weight == part.weight && last.ink == part.ink => {
                let before = last.words.len();
                last.words.push_str(&part.words);
                last.width += part.width;
                last.glyphs.extend(
                    part.glyphs
                        .into_iter()
                        .map(|glyph| Glyph { bytes: glyph.bytes.start + before..glyph.bytes.end + before, ..glyph }),
                );
            }
            _ => line.parts.push(part),
        }
    }

    /// Notes how wide the last line is, without that many spaces at its end.
    fn measure(&mut self, spaces: f32) {
        if let Some(line) = self.lines.last_mut() {
            line.width = self.reached - spaces;
        }
    }
}

/// The words of a text, each with the spaces after it.
fn words(text: &Text) -> Vec<Word> {
    let whole = text.plain();
    let mut looks = Vec::new();
    let mut at = 0;
    for run in text.runs() {
        looks.push((at..at + run.words().len(), run.look()));
        at += run.words().len();
    }
    let mut begin = 0;
    let mut words = Vec::new();
    for (end, opportunity) in linebreaks(&whole) {
        let parts = looks.iter().filter_map(|(range, look)| {
            let (from, to) = (range.start.max(begin), range.end.min(end));
            let words = whole.get(from..to)?.trim_end_matches(['\n', '\r']);
            (!words.is_empty()).then(|| (*look, words.to_owned()))
        });
        let ends_line = opportunity == BreakOpportunity::Mandatory && end < whole.len();
        words.push(Word { parts: parts.collect(), ends_line });
        begin = end;
    }
    words
}

fn look_of(look: Look, style: Style) -> (Weight, Ink) {
    match look {
        Look::Plain => (style.weight, style.ink),
        Look::Strong => (Weight::SemiBold, style.ink),
        Look::Muted => (style.weight, Ink::Muted),
    }
}

pub(super) fn part(fonts: &mut Fonts, look: Look, words: &str, style: Style) -> Part {
    let (weight, ink) = look_of(look, style);
    let words = fonts.shown(weight, words);
    let shaped: Rc<Shaped> = fonts.shape(weight, &words);
    Part { glyphs: shaped.glyphs.clone(), width: shaped.width * style.size, words, weight, size: style.size, ink }
}

/// The width of a part without the spaces at its end.
fn bare_width(fonts: &mut Fonts, part: &Part) -> f32 {
    fonts.shape(part.weight, part.words.trim_end()).width * part.size
}

/// A part letter by letter.
fn letters(fonts: &mut Fonts, whole: &Part) -> Vec<Part> {
    let letter = |character: char| {
        let words = character.to_string();
        let shaped = fonts.shape(whole.weight, &words);
        Part { glyphs: shaped.glyphs.clone(), width: shaped.width * whole.size, words, ..*whole }
    };
    whole.words.chars().map(letter).collect()
}
