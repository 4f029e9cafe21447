//! The days above the bars.

use jiff::civil::Date;

use super::super::sight::ROW;
use super::{AXIS, Drawing, SMALL, Shown, Target};
use crate::desktop::model::timeline::scale::Division;
use crate::desktop::widget::Spot;
use crate::picture::{Anchor, Bounds, Tone, WordStyle, width};

/// The height of the line for today.
const TODAY: f32 = 20.0;
const LINE: f32 = 18.0;
/// A mark that has less room stays without words.
const LEAST: f32 = 8.0;

pub(super) fn draw(shown: &Shown<'_>, drawing: &mut Drawing) {
    let plot = shown.room.plot;
    let past = shown.x(shown.scene.today);
    let ground = Bounds::new(plot.x, AXIS, past - plot.x, depth(shown));
    drawing.picture.rectangle(ground, Tone::Line.at(0.22));
    let (large, small) = shown.scale.divisions();
    marks(shown, small, large.is_none(), TODAY + LINE, drawing);
    if let Some(large) = large {
        marks(shown, large, true, TODAY, drawing);
    }
    let edge = Bounds::new(0.0, AXIS - 1.0, shown.room.plot.right(), 1.0);
    drawing.picture.rectangle(edge, Tone::StrongLine.at(0.6));
    let names = Bounds::new(plot.x - 1.0, TODAY, 1.0, plot.bottom() - TODAY);
    drawing.picture.rectangle(names, Tone::Line);
    let spot = Spot::new(Bounds::new(plot.x, 0.0, plot.width, AXIS), Vec::new());
    drawing.spot(Target::Axis, Spot { is_pressed: false, ..spot });
}

fn marks(shown: &Shown<'_>, division: Division, is_strong: bool, top: f32, drawing: &mut Drawing) {
    let plot = shown.room.plot;
    let (first, last) = (shown.scale.day_at(0.0), shown.scale.day_at(plot.width));
    for day in division.marks(first, last) {
        let (begin, end) = (shown.scale.x(day), shown.scale.x(division.next(day)));
        let (left, right) = (begin.max(0.0), end.min(plot.width));
        if begin >= 0.0 {
            let x = (plot.x + begin).round();
            let line = Bounds::new(x, top, 1.0, AXIS - top);
            drawing.picture.rectangle(line, Tone::Line);
            let grid = Bounds::new(x, AXIS, 1.0, plot.height);
            drawing.picture.rectangle(grid, Tone::Line.at(if is_strong { 0.9 } else { 0.45 }));
        }
        // One that is cut off on the left keeps its words in sight, as long as they fit.
        let words = name(shown, division, day, right - left - LEAST);
        if let Some(words) = words {
            let style = WordStyle::new(SMALL, if is_strong { Tone::Text } else { Tone::Muted });
            let middle = (plot.x + left + 5.0, top + LINE / 2.0);
            drawing.picture.write_at_height(&words, middle, right - left, style);
        }
    }
}

/// What a mark is called in that room: the longest that fits.
fn name(shown: &Shown<'_>, division: Division, day: Date, room: f32) -> Option<String> {
    let t = shown.scene.t;
    let month = || t.calendar.month(day).to_owned();
    let short = || month().chars().take(3).collect::<String>();
    let year = day.year();
    let candidates = match division {
        Division::Day => vec![day.day().to_string()],
        Division::Month if shown.scale.divisions().1 == Division::Day => {
            vec![format!("{} {year}", month()), format!("{} {year}", short()), short()]
        }
        Division::Month => vec![month(), short()],
        Division::Quarter => vec![(t.timeline.quarter)(day.month().unsigned_abs().div_ceil(3))],
        Division::Year | Division::Decade => vec![year.to_string(), format!("{:02}", year.rem_euclid(100))],
    };
    candidates.into_iter().find(|words| width(words, SMALL, false) <= room)
}

/// The words of a marked day, above its line.
pub(super) fn day_label(shown: &Shown<'_>, (day, words): (Date, &str), tone: Tone, drawing: &mut Drawing) {
    let plot = shown.room.plot;
    let x = plot.x + shown.scale.x(day);
    if x < plot.x || x > plot.right() {
        return;
    }
    let is_left = x + width(words, SMALL, true) + 6.0 > plot.right();
    let (anchor, at) = if is_left { (Anchor::End, x - 4.0) } else { (Anchor::Start, x + 4.0) };
    let style = WordStyle::new(SMALL, tone).bold().anchored(anchor);
    drawing.picture.write_at_height(words, (at, TODAY / 2.0), plot.width, style);
}

/// The line of a day, from above the axis to the last row.
pub(super) fn day_line(shown: &Shown<'_>, day: Date) -> Option<f32> {
    let plot = shown.room.plot;
    let x = plot.x + shown.scale.x(day);
    (plot.x..=plot.right()).contains(&x).then_some(x)
}

/// The height down to the last row in sight.
#[expect(clippy::cast_precision_loss, reason = "few rows")]
pub(super) fn depth(shown: &Shown<'_>) -> f32 {
    let rows = shown.in_sight().count();
    rows as f32 * ROW
}
