//! Today, the day that is looked at, and where one rule takes over from another.

use super::super::sight::ROW;
use super::super::words;
use super::axis::{day_label, day_line, depth};
use super::pieces::ring;
use super::{AXIS, Drawing, SMALL, Shown, Target};
use crate::desktop::language::format::date_text;
use crate::desktop::model::timeline::rows::Bar;
use crate::desktop::widget::Spot;
use crate::picture::{Bounds, Outline, Point, Tone, WordStyle, width};
use crate::rules::{Handover, Priority, Validity};

const KNOB: f32 = 4.0;
/// So many changes of one rule are marked.
const MOST: usize = 12;
/// The width of what shows how far the rows are scrolled.
const TRACK: f32 = 6.0;

/// The words of today need so much room, in logical pixels.
const TODAY_ROOM: f32 = 130.0;

/// The lines of today and of the day that is looked at.
pub(super) fn days(shown: &Shown<'_>, drawing: &mut Drawing) {
    let (scene, t) = (shown.scene, &shown.scene.t.timeline);
    let depth = depth(shown);
    if let Some(x) = day_line(shown, scene.today) {
        drawing.picture.rectangle(Bounds::new(x - 0.75, 4.0, 1.5, AXIS + depth - 4.0), Tone::Accent);
        // Where the shown day is near, its words need the room.
        let other = day_line(shown, scene.day()).filter(|_| scene.day() != scene.today);
        if other.is_none_or(|other| (other - x).abs() > TODAY_ROOM) {
            day_label(shown, (scene.today, t.today), Tone::Accent, drawing);
        }
    }
    let day = scene.day();
    if let Some(x) = day_line(shown, day).filter(|_| day != scene.today) {
        let line = Outline::line([Point::new(x, 4.0), Point::new(x, AXIS + depth)]);
        drawing.picture.draw_dashed(line, Tone::Text, 1.5, 4.0);
        day_label(shown, (day, &(t.shown_day)(&date_text(day))), Tone::Text, drawing);
    }
}

/// The steps from a bar to those that take over from it.
pub(super) fn handovers(shown: &Shown<'_>, bar: &Bar, top: f32, drawing: &mut Drawing) {
    let mut seen: Vec<(Priority, jiff::civil::Date)> = Vec::new();
    for handover in &bar.hands_over {
        if seen.len() < MOST && !seen.contains(&(handover.to, handover.day)) {
            seen.push((handover.to, handover.day));
            step(shown, bar, handover, top, drawing);
        }
    }
}

fn step(shown: &Shown<'_>, bar: &Bar, handover: &Handover, top: f32, drawing: &mut Drawing) {
    let plot = shown.room.plot;
    let to = shown.rows.bar(handover.to);
    let validity = shown.dates(bar.priority(), bar.rule.validity);
    let next = to.map(|to| shown.dates(handover.to, to.rule.validity));
    // While an end is moved, a step that would go is not drawn where it was.
    let is_tight = validity.to().and_then(|to| to.tomorrow().ok()) == next.map(Validity::from);
    let was_tight = bar.rule.validity.to().and_then(|to| to.tomorrow().ok()) == Some(handover.day)
        && to.is_some_and(|to| to.rule.validity.from() == handover.day);
    let day = match (was_tight, is_tight, next) {
        (true, true, Some(next)) => next.from(),
        (true, false, Some(_)) => return,
        _ => handover.day,
    };
    let Some(x) = day_line(shown, day) else { return };
    let middle = top + ROW / 2.0;
    let target = Target::Changeover { from: bar.priority(), to: handover.to, is_tight: was_tight };
    let mut grip = Bounds::new(x - 6.0, middle - 7.0, 12.0, 14.0);
    if let Some(other) = shown.top(handover.to) {
        let end = other + ROW / 2.0;
        let line = Outline::line([Point::new(x, middle), Point::new(x, end)]);
        drawing.picture.draw(line, Tone::Text, 1.4);
        ring(&mut drawing.picture, Point::new(x, end), KNOB, (Tone::Surface.into(), Tone::Text.into()));
        if was_tight {
            // Between the bars, whose ends are taken hold of each for itself.
            let between = f32::midpoint(middle, end);
            drawing.picture.fill(diamond(Point::new(x, between)), Tone::Text);
            grip = Bounds::new(x - 7.0, between - 7.0, 14.0, 14.0);
        }
    }
    ring(&mut drawing.picture, Point::new(x, middle), KNOB, (Tone::Text.into(), Tone::Text.into()));
    let spot = Spot::new(grip, vec![words::handover(handover, &bar.rule, shown.scene)]);
    drawing.spot(target, Spot { is_dragged: was_tight, ..spot });
    let label = words::changeover(&Handover { day, ..handover.clone() }, shown.scene);
    let needed = width(&label, SMALL, true);
    let ends_here = validity.to().is_some_and(|to| to < day);
    let has_room = x + 10.0 + needed <= plot.right();
    if ends_here && has_room && bar.hands_over.first().is_some_and(|first| first.to == handover.to) {
        let ground = Bounds::new(x + 8.0, middle - 9.0, needed + 6.0, 18.0);
        drawing.picture.rectangle(ground, Tone::Page);
        let style = WordStyle::new(SMALL, Tone::Text).bold();
        drawing.picture.write_at_height(&label, (x + 11.0, middle), needed + 2.0, style);
    }
}

fn diamond(middle: Point) -> Outline {
    let Point { x, y } = middle;
    Outline::polygon([
        Point::new(x, y - KNOB),
        Point::new(x + KNOB, y),
        Point::new(x, y + KNOB),
        Point::new(x - KNOB, y),
    ])
}

/// How far the rows are scrolled.
#[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
pub(super) fn track(shown: &Shown<'_>, drawing: &mut Drawing) {
    let (count, fitting) = (shown.rows.all.len(), shown.room.rows());
    if count <= fitting {
        return;
    }
    let plot = shown.room.plot;
    let whole = Bounds::new(shown.room.size.width - TRACK - 2.0, plot.y, TRACK, plot.height);
    let length = (plot.height * fitting as f32 / count as f32).max(24.0);
    let share = shown.first as f32 / (count - fitting) as f32;
    let thumb = Bounds::new(whole.x, plot.y + (plot.height - length) * share.min(1.0), TRACK, length);
    drawing.picture.fill(Outline::rounded(whole, TRACK / 2.0), Tone::Line.at(0.5));
    drawing.picture.fill(Outline::rounded(thumb, TRACK / 2.0), Tone::StrongLine.at(0.8));
    let reach = Bounds::new(whole.x - 4.0, whole.y, TRACK + 6.0, whole.height);
    drawing.spot(Target::Track, Spot::new(reach, Vec::new()));
}
