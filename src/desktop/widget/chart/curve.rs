use std::sync::Arc;

use super::super::picture::{PictureView, Tip, picture_view_of};
use super::marks::{ChartMark, draw_marks, with_marks};
use super::plot::{column, columns, draw_grid_line, draw_label, plot_in};
use crate::picture::{Bounds, Picture, Size, Tone};

/// The thickness of the curve.
const LINE: f32 = 2.0;
/// The grid lines, as percentages.
const GRID: [u8; 5] = [0, 25, 50, 75, 100];

/// A step of a curve.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct CurveStep {
    /// From 0 to 1; `None` where there is nothing to take a share of.
    pub share: Option<f32>,
    /// The words below it.
    pub label: Option<String>,
}

/// A share over time, step by step.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Curve {
    pub steps: Vec<CurveStep>,
    /// What is written after a number of percent.
    pub percent: &'static str,
    /// Moments that are marked on it.
    pub marks: Vec<ChartMark>,
    pub height: f32,
}

impl Curve {
    /// The curve in that width; the step that is pointed at stands out.
    pub fn lay_out(&self, width: f32, pointed_at: Option<usize>) -> Picture {
        let mut picture = Picture::new(Size::new(width, self.height), "");
        let plot = plot_in(picture.size);
        if let Some(at) = pointed_at.filter(|at| *at < self.steps.len()) {
            picture.rectangle(column(plot, at, self.steps.len()), Tone::Chosen);
        }
        for percent in GRID {
            let y = (plot.bottom() - f32::from(percent) / 100.0 * plot.height).round();
            draw_grid_line(&mut picture, plot, y, &format!("{percent}{}", self.percent), percent == 0);
        }
        self.draw_steps(&mut picture, plot);
        draw_marks(&mut picture, plot, &self.marks);
        picture
    }

    fn draw_steps(&self, picture: &mut Picture, plot: Bounds) {
        let y_of = |share: f32| (plot.y + (1.0 - share) * (plot.height - LINE)).round();
        let mut before = None;
        for (at, step) in self.steps.iter().enumerate() {
            let area = column(plot, at, self.steps.len());
            let (left, right) = (area.x.round(), area.right().round());
            let here = step.share.map(y_of);
            if let Some(y) = here {
                picture.rectangle(Bounds::new(left, y, (right - left).max(1.0), LINE), Tone::Accent);
            }
            if let (Some(last), Some(y)) = (before, here) {
                let (top, bottom): (f32, f32) = (f32::min(last, y), f32::max(last, y));
                picture.rectangle(Bounds::new(left, top, LINE, bottom - top + LINE), Tone::Accent);
            }
            before = here;
            if let Some(label) = &step.label {
                draw_label(picture, plot, area, label);
            }
        }
    }

    /// The curve as wide as the room for it. `tip` returns the words about the step of that index.
    pub fn view<'a, Message: 'a>(self, tip: impl Fn(usize) -> Tip + 'a) -> PictureView<'a, Message> {
        let curve = Arc::new(self);
        let (height, drawn) = (curve.height, Arc::clone(&curve));
        let lay_out = move |width, pointed_at| {
            let labels = drawn.steps.iter().map(|step| step.label.as_ref());
            let spots = columns(Size::new(width, drawn.height), labels, |_| false);
            (Arc::new(drawn.lay_out(width, pointed_at)), spots)
        };
        picture_view_of(height, lay_out).tips(move |at, _| with_marks(tip(at), &curve.marks, at, curve.steps.len()))
    }
}
