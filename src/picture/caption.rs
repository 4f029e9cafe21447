//! What makes a picture stand by itself, as in somebody's document: above it what it shows and of whom, below it what its
//! signs mean.

use super::geometry::{Bounds, Point, Size};
use super::ink::Tone;
use super::look::Look;
use super::shape::{Picture, WordStyle};
use super::words::{LINE_HEIGHT, width, wrapped};

/// The space around everything.
const MARGIN: f32 = 16.0;
/// A narrower picture still has a caption of this width.
const LEAST_WIDTH: f32 = 420.0;
const TITLE: f32 = 16.0;
const SMALL: f32 = 12.5;
/// The space between the parts.
const GAP: f32 = 12.0;
const SWATCH: f32 = 12.0;
/// The space between a swatch and its words, and between one and the next.
const SWATCH_GAP: f32 = 6.0;
const KEY_GAP: f32 = 18.0;

/// The words around a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Caption {
    /// What it shows.
    pub title: String,
    /// Of whom, and as of when.
    pub about: String,
    /// What its looks mean.
    pub key: Vec<(Look, String)>,
    /// What else it takes to read it, each in a line below the picture.
    pub notes: Vec<String>,
}

impl Picture {
    /// The picture on a white ground with words around it. Words that are too long for a line go on in the next: nothing of
    /// them is left out.
    #[must_use]
    pub fn captioned(&self, caption: &Caption) -> Self {
        let about = format!("{}. {}", caption.title, caption.about);
        let room = self.size.width.max(LEAST_WIDTH);
        let mut whole = Self::new(Size::new(room + 2.0 * MARGIN, 0.0), about);
        let mut y = MARGIN;
        let write = |whole: &mut Self, y: &mut f32, text: &str, style: WordStyle| {
            for line in wrapped(text, style.size, style.is_bold, room) {
                whole.write(&line, (MARGIN, *y), f32::INFINITY, style);
                *y += LINE_HEIGHT * style.size;
            }
        };
        write(&mut whole, &mut y, &caption.title, WordStyle::new(TITLE, Tone::Text).bold());
        write(&mut whole, &mut y, &caption.about, WordStyle::new(SMALL, Tone::Muted));
        y = (y + GAP).ceil();
        if !caption.key.is_empty() {
            y = whole.write_key(&caption.key, room, y) + GAP;
        }
        let at = Point::new(MARGIN, y.ceil());
        whole.shapes.extend(self.shapes.iter().map(|shape| shape.moved(at)));
        y = at.y + self.size.height + GAP;
        for note in &caption.notes {
            write(&mut whole, &mut y, note, WordStyle::new(SMALL, Tone::Muted));
        }
        if caption.notes.is_empty() {
            y -= GAP;
        }
        whole.size.height = (y + MARGIN).ceil();
        whole
    }

    /// Writes what looks mean, in as many lines as it takes, and returns where the last one ends.
    fn write_key(&mut self, key: &[(Look, String)], room: f32, top: f32) -> f32 {
        let (mut x, mut y) = (MARGIN, top);
        for (look, words) in key {
            let needed = SWATCH + SWATCH_GAP + width(words, SMALL, false);
            if x > MARGIN && x + needed > MARGIN + room {
                (x, y) = (MARGIN, (y + LINE_HEIGHT * SMALL + 2.0).ceil());
            }
            let middle = y + LINE_HEIGHT * SMALL / 2.0;
            let swatch = Bounds::new(x.round(), (middle - SWATCH / 2.0).round(), SWATCH, SWATCH);
            self.fill_with(swatch, *look);
            self.write(words, (x + SWATCH + SWATCH_GAP, y), room, WordStyle::new(SMALL, Tone::Text));
            x = (x + needed + KEY_GAP).ceil();
        }
        (y + LINE_HEIGHT * SMALL).ceil()
    }
}
