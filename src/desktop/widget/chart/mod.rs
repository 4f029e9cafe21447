//! Charts, drawn with nothing but rectangles and words. A `Look` says how the parts of one kind are filled; bars, sparklines
//! and swatches draw with it.

mod bars;
mod drawing;
mod look;
mod sparkline;
mod swatch;

pub(in crate::desktop) use bars::{Bar, Tip, bar_chart};
pub(in crate::desktop) use look::{Look, Pattern};
pub(in crate::desktop) use sparkline::sparkline;
pub(in crate::desktop) use swatch::swatch;
