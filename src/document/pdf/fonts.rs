//! The bundled fonts, and words shaped in them.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use harfrust::{FontRef, ShaperData, UnicodeBuffer};
use ttf_parser::Face as Coverage;

use super::PdfError;
use crate::typeface::{REGULAR, SEMIBOLD};

/// Stands for a character that the fonts lack, as in a name in another script.
const MISSING: char = '\u{25A1}';
/// Where they lack that too.
const UNKNOWN: char = '?';

/// Which of the fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// A word in glyphs. Lengths are in ems: they grow with the size of the letters.
#[derive(Debug)]
pub(super) struct Shaped {
    pub glyphs: Vec<Glyph>,
    pub width: f32,
}

/// A glyph of a word, and the bytes of the word that it shows.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub id: u32,
    pub bytes: Range<usize>,
    pub advance: f32,
    pub right: f32,
    pub up: f32,
}

struct Face {
    font: FontRef<'static>,
    shaper: ShaperData,
    coverage: Coverage<'static>,
    known: HashMap<Box<str>, Rc<Shaped>>,
}

/// Both fonts, with every word that has been shaped.
pub(super) struct Fonts {
    regular: Face,
    semibold: Face,
}

impl Face {
    fn open(bytes: &'static [u8]) -> Result<Self, PdfError> {
        let damaged = |why: String| PdfError(format!("a bundled font is damaged: {why}"));
        let font = FontRef::new(bytes).map_err(|error| damaged(error.to_string()))?;
        let coverage = Coverage::parse(bytes, 0).map_err(|error| damaged(error.to_string()))?;
        Ok(Self { shaper: ShaperData::new(&font), font, coverage, known: HashMap::new() })
    }

    fn shape(&mut self, word: &str) -> Rc<Shaped> {
        if let Some(known) = self.known.get(word) {
            return Rc::clone(known);
        }
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        let shaped = self.shaper.shaper(&self.font).build().shape(buffer, &[]);
        let em = f32::from(self.coverage.units_per_em());
        #[expect(clippy::cast_precision_loss, reason = "they are a few thousand")]
        let ems = |units: i32| units as f32 / em;
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        // A glyph shows what is from its first byte to that of the next glyph which begins later.
        let starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        let end_of = |start: usize| starts.iter().copied().filter(|other| *other > start).min().unwrap_or(word.len());
        let glyphs = infos.iter().zip(places).zip(&starts).map(|((info, place), start)| Glyph {
            id: info.glyph_id,
            bytes: *start..end_of(*start),
            advance: ems(place.x_advance),
            right: ems(place.x_offset),
            up: ems(place.y_offset),
        });
        let glyphs: Vec<_> = glyphs.collect();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        let shaped = Rc::new(Shaped { glyphs, width });
        self.known.insert(word.into(), Rc::clone(&shaped));
        shaped
    }

    fn has(&self, character: char) -> bool {
        self.coverage.glyph_index(character).is_some()
    }
}

impl Fonts {
    pub fn open() -> Result<Self, PdfError> {
        Ok(Self { regular: Face::open(REGULAR)?, semibold: Face::open(SEMIBOLD)? })
    }

    /// The font's file.
    pub fn file(weight: Weight) -> &'static [u8] {
        match weight {
            Weight::Regular => REGULAR,
            Weight::SemiBold => SEMIBOLD,
        }
    }

    pub fn shape(&mut self, weight: Weight, word: &str) -> Rc<Shaped> {
        self.face_mut(weight).shape(word)
    }

    /// The words with a sign for each character that the font lacks.
    pub fn shown(&self, weight: Weight, words: &str) -> String {
        let face = match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        };
        let stand_in = if face.has(MISSING) { MISSING } else { UNKNOWN };
        let shown = |character: char| if character == '\n' || face.has(character) { character } else { stand_in };
        words.chars().map(shown).collect()
    }

    fn face_mut(&mut self, weight: Weight) -> &mut Face {
        match weight {
            Weight::Regular => &mut self.regular,
            Weight::SemiBold => &mut self.semibold,
        }
    }
}
