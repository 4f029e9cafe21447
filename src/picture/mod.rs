//! Pictures as values: shapes and words at places in logical pixels, in colours that are named for what they mean.
//!
//! Whoever has something to show lays it out as a [`Picture`] once. The window draws it; [`Picture::to_svg`] and
//! [`Picture::to_png`] write it to files; a document has it among its words. All of them show the same.

mod band;
mod caption;
mod geometry;
mod ink;
mod look;
mod outline;
mod pattern;
mod png;
mod shape;
mod strips;
mod svg;
mod way;
mod words;

pub use band::{Band, End};
pub use caption::Caption;
pub use geometry::{Bounds, Point, Size};
pub use ink::{Ink, Palette, Rgb, SERIES, Tone};
pub use look::{Look, Pattern};
pub use outline::{Outline, Step};
pub use pattern::{hatching, stripes};
pub use png::{NotDrawn, Pixels};
pub use shape::{Picture, Shape, WordStyle};
pub use strips::strips;
pub use way::Way;
pub use words::{Anchor, BASELINE, LINE_HEIGHT, Words, elided, width, wrapped};
