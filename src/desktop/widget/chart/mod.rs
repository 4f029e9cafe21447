//! Charts, laid out as pictures: for the window in the width that it has, for files in whichever width is asked for. Bars and
//! curves have a `plot`, and `marks` of moments.

mod bars;
mod curve;
mod marks;
mod plot;
mod sparkline;
mod swatch;

pub(in crate::desktop) use bars::{Bar, BarChart};
pub(in crate::desktop) use curve::{Curve, CurveStep};
pub(in crate::desktop) use marks::ChartMark;
pub(in crate::desktop) use sparkline::sparkline;
pub(in crate::desktop) use swatch::swatch;
