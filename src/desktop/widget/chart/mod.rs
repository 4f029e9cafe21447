//! Charts, drawn with nothing but rectangles and words. A `Look` says how the parts of one kind are filled; bars, sparklines
//! and swatches draw with it. Bars and curves have a `plot`, a `tip` for who points at them, and `marks` of moments.

mod bars;
mod curve;
mod drawing;
mod look;
mod marks;
mod plot;
mod sparkline;
mod swatch;
mod tip;
mod words;

pub(in crate::desktop) use bars::{Bar, bar_chart};
pub(in crate::desktop) use curve::{CurveStep, curve};
pub(super) use look::quad;
pub(in crate::desktop) use look::{Look, Pattern};
pub(in crate::desktop) use marks::ChartMark;
pub(in crate::desktop) use sparkline::sparkline;
pub(in crate::desktop) use swatch::swatch;
pub(in crate::desktop) use tip::Tip;
pub(super) use words::words;
