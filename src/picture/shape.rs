use super::band::Band;
use super::geometry::{Bounds, Point, Size};
use super::ink::Ink;
use super::outline::Outline;
use super::words::{Anchor, BASELINE, LINE_HEIGHT, Words, elided};

/// A part of a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Everything within an outline.
    Area(Outline, Ink),
    /// A line along an outline.
    Line {
        /// Its course.
        outline: Outline,
        /// Its colour.
        ink: Ink,
        /// Its thickness, in logical pixels.
        width: f32,
        /// The length of its dashes and of the gaps between them; `None` for a line without gaps.
        dash: Option<f32>,
    },
    /// A line of words. In the window, words lie over all other shapes.
    Words(Words),
}

/// A picture: shapes, of which later ones lie over earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// How large it is, in logical pixels. What lies outside is cut off.
    pub size: Size,
    /// What it shows, in words, for people who cannot see it.
    pub about: String,
    /// What it is made of.
    pub shapes: Vec<Shape>,
}

/// Shorter dashes would be too many, and nobody would see them.
const SHORTEST_DASH: f32 = 0.5;
/// No line is thicker, and no words are larger.
const LARGEST: f32 = 10_000.0;

impl Shape {
    /// The same elsewhere: so far to the right and down.
    #[must_use]
    pub fn moved(&self, by: Point) -> Self {
        match self {
            Self::Area(outline, ink) => Self::Area(outline.moved(by), *ink),
            Self::Line { outline, ink, width, dash } => {
                Self::Line { outline: outline.moved(by), ink: *ink, width: *width, dash: *dash }
            }
            Self::Words(words) => {
                let at = Point::new(words.at.x + by.x, words.at.y + by.y);
                Self::Words(Words { at, ..words.clone() })
            }
        }
    }

    /// Whether it can be drawn. What cannot, such as a place that is no number, is left out of every picture.
    pub(crate) fn is_drawable(&self) -> bool {
        let is_length = |length: f32| length > 0.0 && length <= LARGEST;
        match self {
            Self::Area(outline, ink) => ink.opacity.is_finite() && outline.is_drawable(),
            Self::Line { outline, ink, width, dash } => {
                ink.opacity.is_finite()
                    && is_length(*width)
                    && dash.is_none_or(|dash| is_length(dash) && dash >= SHORTEST_DASH)
                    && outline.is_drawable()
            }
            Self::Words(words) => words.ink.opacity.is_finite() && is_length(words.size) && words.at.is_drawable(),
        }
    }
}

impl Picture {
    /// An empty picture.
    #[must_use]
    pub fn new(size: Size, about: impl Into<String>) -> Self {
        Self { size, about: about.into(), shapes: Vec::new() }
    }

    /// Fills an outline.
    pub fn fill(&mut self, outline: Outline, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Area(outline, ink.into()));
    }

    /// The shapes that can be drawn.
    pub(crate) fn drawable(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().filter(|shape| shape.is_drawable())
    }

    /// Draws a line along an outline.
    pub fn draw(&mut self, outline: Outline, ink: impl Into<Ink>, width: f32) {
        self.shapes.push(Shape::Line { outline, ink: ink.into(), width, dash: None });
    }

    /// Draws a dashed line along an outline.
    pub fn draw_dashed(&mut self, outline: Outline, ink: impl Into<Ink>, width: f32, dash: f32) {
        self.shapes.push(Shape::Line { outline, ink: ink.into(), width, dash: Some(dash) });
    }

    /// Fills a rectangle.
    pub fn rectangle(&mut self, bounds: Bounds, ink: impl Into<Ink>) {
        self.fill(Outline::rectangle(bounds), ink);
    }

    /// A box: a filled rectangle with rounded corners and a line around it, which lies within its bounds.
    pub fn boxed(&mut self, bounds: Bounds, radius: f32, ground: impl Into<Ink>, line: impl Into<Ink>) {
        self.fill(Outline::rounded(bounds, radius), ground);
        self.draw(Outline::rounded(bounds.shrunk(0.5), radius), line, 1.0);
    }

    /// A band in one colour, or in stripes of it over a faint ground.
    pub fn band(&mut self, band: &Band, ink: impl Into<Ink>, is_striped: bool) {
        let ink = ink.into();
        if is_striped {
            self.fill(band.outline(), ink.faded(0.35));
            self.fill(band.stripes(), ink);
        } else {
            self.fill(band.outline(), ink);
        }
    }

    /// Writes words within a width, cut short with an ellipsis where they are longer; `top` is the upper edge of the line,
    /// which is [`LINE_HEIGHT`] times the font size high.
    pub fn write(&mut self, text: &str, (x, top): (f32, f32), room: f32, style: WordStyle) {
        let text = elided(text, style.size, style.is_bold, room);
        if text.is_empty() {
            return;
        }
        let at = Point::new(x, top + BASELINE * style.size);
        let WordStyle { size, is_bold, ink, anchor } = style;
        self.shapes.push(Shape::Words(Words { text, at, anchor, size, is_bold, ink }));
    }

    /// The same, centred on a height.
    pub fn write_at_height(&mut self, text: &str, (x, middle): (f32, f32), room: f32, style: WordStyle) {
        self.write(text, (x, middle - LINE_HEIGHT * style.size / 2.0), room, style);
    }
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordStyle {
    /// The font size, in logical pixels.
    pub size: f32,
    /// Whether they stand out.
    pub is_bold: bool,
    /// Their colour.
    pub ink: Ink,
    /// Which part of the line is at its place.
    pub anchor: Anchor,
}

impl WordStyle {
    /// Plain words of that size and colour, which begin at their place.
    #[must_use]
    pub fn new(size: f32, ink: impl Into<Ink>) -> Self {
        Self { size, is_bold: false, ink: ink.into(), anchor: Anchor::Start }
    }

    /// The same, standing out.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    /// The same with another part at its place.
    #[must_use]
    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}
