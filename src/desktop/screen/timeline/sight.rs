//! Which days and rows are in sight, and how that changes.

use jiff::civil::Date;

use crate::desktop::model::timeline::scale::{Scale, number};
use crate::picture::Size;

/// The height of a row, in logical pixels.
pub(super) const ROW: f32 = 30.0;
/// The fewest and the most days that are in sight.
const SPANS: (f64, f64) = (14.0, 40_000.0);
/// What is shown beside the first and the last day of all, as a share of the days between.
const MARGIN: f64 = 0.06;
/// How much one notch of the wheel zooms.
const NOTCH: f64 = 1.2;

/// How many days are in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    Months,
    Quarters,
    Years,
    All,
}

impl Zoom {
    pub const ALL: [Self; 4] = [Self::Months, Self::Quarters, Self::Years, Self::All];

    fn days(self) -> Option<f64> {
        match self {
            Self::Months => Some(120.0),
            Self::Quarters => Some(400.0),
            Self::Years => Some(1_500.0),
            Self::All => None,
        }
    }
}

/// What is in sight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// Of the whole drawing.
    pub size: Size,
    /// The number of the first day, with its part that is out of sight.
    pub start: f64,
    /// How many days.
    pub span: f64,
    /// The zoom that was chosen, until it is changed otherwise.
    pub zoom: Option<Zoom>,
    /// How far the rows are scrolled, in logical pixels.
    pub offset: f32,
    /// Whether the days were placed already.
    pub is_placed: bool,
}

impl Default for Sight {
    fn default() -> Self {
        let span = Zoom::Years.days().unwrap_or(SPANS.0);
        Self { size: Size::default(), start: 0.0, span, zoom: Some(Zoom::Years), offset: 0.0, is_placed: false }
    }
}

impl Sight {
    /// The days, on that many logical pixels.
    pub fn scale(&self, width: f32) -> Scale {
        Scale { start: self.start, per_day: f64::from(width.max(1.0)) / self.span }
    }

    /// Shows as many days as a zoom does, around a day; or all, if they are not too many.
    pub fn zoom_to(&mut self, zoom: Zoom, day: Date, extent: Option<(Date, Date)>) {
        self.zoom = Some(zoom);
        match (zoom.days(), extent) {
            (Some(span), _) => {
                self.span = span;
                self.centre(day);
            }
            (None, Some((first, last))) => {
                let (first, last) = (f64::from(number(first.min(day))), f64::from(number(last.max(day))) + 1.0);
                let margin = ((last - first) * MARGIN).max(30.0);
                let span = last - first + 2.0 * margin;
                (self.start, self.span) = (first - margin, span.clamp(SPANS.0, SPANS.1));
                // A date without meaning, such as the last that there is, must not take all others out of sight.
                if span > SPANS.1 {
                    self.centre(day);
                }
            }
            (None, None) => self.centre(day),
        }
    }

    /// Brings a day to a third of the way: what comes matters more than what was.
    pub fn centre(&mut self, day: Date) {
        self.start = f64::from(number(day)) - self.span / 3.0;
    }

    /// Zooms in by so many notches, or out, around a share of the width.
    pub fn zoom_by(&mut self, notches: f64, share: f64) {
        let span = (self.span / NOTCH.powf(notches)).clamp(SPANS.0, SPANS.1);
        self.move_to(self.start + (self.span - span) * share);
        (self.span, self.zoom) = (span, None);
    }

    /// Moves the days by a share of the width.
    pub fn pan(&mut self, share: f64) {
        self.move_to(self.start + self.span * share);
    }

    /// Nothing is beyond the first and the last day that can be written.
    fn move_to(&mut self, start: f64) {
        self.start = start.clamp(f64::from(number(Date::MIN)), f64::from(number(Date::MAX)));
    }

    /// The first row in sight.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not negative and small")]
    pub fn first_row(&self) -> usize {
        (self.offset / ROW).round().max(0.0) as usize
    }

    /// Scrolls the rows, of which `fitting` of `count` are in sight.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn scroll_to(&mut self, offset: f32, count: usize, fitting: usize) {
        self.offset = offset.clamp(0.0, count.saturating_sub(fitting) as f32 * ROW);
    }

    /// Scrolls so that a row is in sight.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn show_row(&mut self, row: usize, count: usize, fitting: usize) {
        let first = self.first_row();
        if row < first {
            self.scroll_to(row as f32 * ROW, count, fitting);
        } else if row >= first + fitting {
            self.scroll_to((row + 1).saturating_sub(fitting) as f32 * ROW, count, fitting);
        }
    }
}
