//! The bars: on which days a rule is valid, on which it decides, and the days after it that nobody takes.

use jiff::civil::Date;

use super::super::sight::ROW;
use super::pieces::{arrow_head, before_head, hatch};
use super::{BAR, Drawing, SMALL, Shown, Target};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::fagsystem_tone::fagsystem_tone;
use crate::desktop::model::timeline::redating::End;
use crate::desktop::model::timeline::rows::Bar;
use crate::desktop::widget::Spot;
use crate::picture::{Anchor, Bounds, Outline, Point, Tone, WordStyle, width};
use crate::rules::{Gap, RuleDays, Validity};

/// A bar is at least so wide, however short its days are.
const LEAST: f32 = 4.0;
const RADIUS: f32 = 3.0;
/// How far beside an end it can be taken hold of.
const REACH: f32 = 5.0;

fn place(shown: &Shown<'_>, (from, to): (Date, Option<Date>), top: f32) -> Bounds {
    let plot = shown.room.plot;
    let (left, right) = (shown.x(from), shown.end(to));
    let width = (right - left).max(LEAST).min(plot.right() - left);
    Bounds::new(left, top + (ROW - BAR) / 2.0, width, BAR)
}

pub(super) fn draw(shown: &Shown<'_>, bar: &Bar, top: f32, drawing: &mut Drawing) {
    let rule = &bar.rule;
    let validity = shown.dates(rule.priority, rule.validity);
    let is_moved = validity != rule.validity;
    let days = (validity.from(), validity.to());
    let ghost = bar.published.or(is_moved.then_some(rule.validity));
    if shown.sees(days) {
        let whole = place(shown, days, top);
        let known = bar.days.as_ref().filter(|_| !is_moved);
        let is_solid = draw_bar(shown, bar, (whole, validity), known, top, drawing);
        label(shown, bar, (whole, is_solid), top, drawing);
    } else if is_moved || !bar.gaps.iter().any(|gap| shown.sees((gap.from, gap.to))) {
        off_sight(shown, validity, top, drawing);
    }
    if let Some(ghost) = ghost.filter(|ghost| shown.sees((ghost.from(), ghost.to()))) {
        let outline = place(shown, (ghost.from(), ghost.to()), top);
        let outline = Bounds::new(outline.x, outline.y - 3.0, outline.width, outline.height + 6.0);
        drawing.picture.draw_dashed(Outline::rounded(outline.shrunk(0.5), RADIUS), Tone::StrongLine, 1.0, 3.0);
    }
    if !is_moved {
        bar.gaps
            .iter()
            .filter(|gap| shown.sees((gap.from, gap.to)))
            .for_each(|gap| draw_gap(shown, bar, gap, top, drawing));
    }
    if let Some((_, day)) = shown.refused.filter(|(refused, _)| *refused == rule.priority) {
        let x = shown.x(day);
        drawing.picture.rectangle(Bounds::new(x - 1.0, top + 2.0, 2.0, ROW - 4.0), Tone::Bad);
    }
}

/// Draws the bar, and returns the widest part on which words can be read, where there is one.
fn draw_bar(
    shown: &Shown<'_>,
    bar: &Bar,
    (whole, validity): (Bounds, Validity),
    known: Option<&RuleDays>,
    top: f32,
    drawing: &mut Drawing,
) -> Option<Bounds> {
    let rule = &bar.rule;
    let picture = &mut drawing.picture;
    let tone = fagsystem_tone(shown.scene.authority, &rule.fagsystem);
    let is_open = validity.to().is_none();
    let body = if is_open { before_head(whole) } else { whole };
    if !rule.active {
        picture.draw_dashed(Outline::rounded(whole.shrunk(0.5), RADIUS), Tone::Muted, 1.0, 4.0);
        return None;
    }
    let Some(known) = known else {
        picture.fill(Outline::rounded(body, RADIUS), tone.at(0.6));
        if is_open {
            picture.fill(arrow_head(whole), tone.at(0.6));
        }
        return None;
    };
    let never = known.decides.is_empty();
    let ground = if never { Tone::Muted } else { tone };
    picture.fill(Outline::rounded(body, RADIUS), ground.at(0.14));
    picture.draw(Outline::rounded(body.shrunk(0.5), RADIUS), ground.at(0.7), 1.0);
    if is_open {
        let decides_last = known.decides.last().is_some_and(|(_, to)| to.is_none());
        picture.fill(arrow_head(whole), ground.at(if decides_last { 0.9 } else { 0.4 }));
    }
    for days in known.idle.iter().filter(|days| shown.sees(**days)) {
        let place = cut(place(shown, *days, top), body);
        hatch(picture, place, ground.at(0.7));
    }
    let mut widest: Option<Bounds> = None;
    for days in known.decides.iter().filter(|days| shown.sees(**days)) {
        let place = cut(place(shown, *days, top), body);
        picture.fill(Outline::rounded(place, RADIUS), tone.at(0.9));
        if widest.is_none_or(|widest| widest.width < place.width) {
            widest = Some(place);
        }
    }
    // Where earlier rules take a part, half of the height is left.
    for days in known.in_part.iter().filter(|days| shown.sees(**days)) {
        let place = cut(place(shown, *days, top), body);
        let lower = Bounds::new(place.x + 1.0, place.middle().y, (place.width - 2.0).max(0.0), BAR / 2.0 - 1.0);
        picture.rectangle(lower, Tone::Surface.at(0.72));
        let is_widest = widest.is_some_and(|it| it.x < place.right() && place.x < it.right());
        widest = widest.filter(|_| !is_widest);
    }
    widest
}

fn cut(place: Bounds, within: Bounds) -> Bounds {
    let (left, right) = (place.x.max(within.x), place.right().min(within.right()));
    Bounds::new(left, place.y, (right - left).max(0.0), place.height)
}

/// The fagsystem's name on the bar, or beside it.
fn label(shown: &Shown<'_>, bar: &Bar, (whole, solid): (Bounds, Option<Bounds>), top: f32, drawing: &mut Drawing) {
    let name = fagsystem_name(shown.scene.authority, &bar.rule.fagsystem);
    let needed = width(name, SMALL, false);
    let middle = top + ROW / 2.0;
    if let Some(solid) = solid.filter(|solid| needed + 12.0 <= solid.width) {
        let style = WordStyle::new(SMALL, Tone::Surface);
        drawing.picture.write_at_height(name, (solid.x + 6.0, middle), solid.width - 8.0, style);
        return;
    }
    let plot = shown.room.plot;
    let is_free = bar.gaps.is_empty() && bar.hands_over.is_empty() && bar.published.is_none();
    if is_free && whole.right() + needed + 10.0 <= plot.right() {
        let style = WordStyle::new(SMALL, Tone::Muted);
        drawing.picture.write_at_height(name, (whole.right() + 6.0, middle), needed + 2.0, style);
    }
}

/// An arrow to where the days are, if none is in sight.
fn off_sight(shown: &Shown<'_>, validity: Validity, top: f32, drawing: &mut Drawing) {
    let plot = shown.room.plot;
    let is_later = shown.scale.x(validity.from()) >= plot.width;
    let middle = top + ROW / 2.0;
    let style = WordStyle::new(SMALL, Tone::Muted);
    let (words, x, anchor) = if is_later {
        (format!("{} →", date_text(validity.from())), plot.right() - 4.0, Anchor::End)
    } else {
        let end = validity.to().unwrap_or(validity.from());
        (format!("← {}", date_text(end)), plot.x + 6.0, Anchor::Start)
    };
    drawing.picture.write_at_height(&words, (x, middle), plot.width, style.anchored(anchor));
}

fn draw_gap(shown: &Shown<'_>, bar: &Bar, gap: &Gap, top: f32, drawing: &mut Drawing) {
    let t = &shown.scene.t.timeline;
    let whole = place(shown, (gap.from, gap.to), top);
    let is_whole = gap.is_for_all && gap.value == bar.rule.criterion;
    let place = if is_whole { whole } else { Bounds::new(whole.x, whole.middle().y, whole.width, BAR / 2.0) };
    let default = fagsystem_name(shown.scene.authority, &shown.scene.authority.default_fagsystem);
    // What has been so for long is no news.
    let is_past = gap.from <= shown.scene.today;
    let (tone, words) = match gap.to {
        Some(to) if to < shown.scene.today => (Tone::Muted, (t.gap_short)(default)),
        Some(_) => (Tone::Bad, (t.gap_short)(default)),
        None if is_past => (Tone::Muted, (t.then_short)(default)),
        None => (Tone::Warning, (t.then_short)(default)),
    };
    let picture = &mut drawing.picture;
    if gap.to.is_some() {
        picture.fill(Outline::rounded(place, 2.0), tone.at(0.10));
        picture.draw_dashed(Outline::rounded(place.shrunk(0.5), 2.0), tone, 1.0, 3.0);
    } else {
        let y = place.middle().y;
        let line = Outline::line([Point::new(place.x, y), Point::new(place.right() - 7.0, y)]);
        picture.draw_dashed(line, tone, 1.2, 4.0);
        let head = Bounds::new(place.x, y - 4.0, place.width, 8.0);
        picture.fill(arrow_head(head), tone);
    }
    let hands_over = bar.hands_over.iter().any(|it| it.day == gap.from);
    if is_whole && !hands_over {
        gap_label(shown, gap, (place, words, tone), top, drawing);
    }
}

/// The words of a gap on it, or beside it where it is too short for them.
fn gap_label(
    shown: &Shown<'_>,
    gap: &Gap,
    (place, words, tone): (Bounds, String, Tone),
    top: f32,
    drawing: &mut Drawing,
) {
    let t = &shown.scene.t.timeline;
    let middle = top + ROW / 2.0;
    let needed = width(&words, SMALL, false);
    if needed + 18.0 <= place.width {
        if gap.to.is_none() {
            drawing.picture.rectangle(Bounds::new(place.x + 8.0, middle - 8.0, needed + 8.0, 16.0), Tone::Page);
        }
        drawing.picture.write_at_height(&words, (place.x + 12.0, middle), needed + 2.0, WordStyle::new(SMALL, tone));
        return;
    }
    let default = fagsystem_name(shown.scene.authority, &shown.scene.authority.default_fagsystem);
    let whole = t.gap_of((gap.from, gap.to), default);
    let x = place.right() + 6.0;
    let fits = |words: &String| x + width(words, SMALL, false) <= shown.room.plot.right();
    if let Some(words) = [whole, words].into_iter().find(fits).filter(|_| gap.to.is_some()) {
        let room = width(&words, SMALL, false) + 2.0;
        drawing.picture.write_at_height(&words, (x, middle), room, WordStyle::new(SMALL, tone));
    }
}

/// Where the ends of a bar are taken hold of, and the one that the keys are at.
pub(super) fn ends(shown: &Shown<'_>, bar: &Bar, top: f32, drawing: &mut Drawing) {
    let rule = &bar.rule;
    let validity = shown.dates(rule.priority, rule.validity);
    let plot = shown.room.plot;
    for end in [End::First, End::Last] {
        let x = match end {
            End::First => plot.x + shown.scale.x(validity.from()),
            End::Last => validity.to().map_or(plot.right() - 2.0, |to| plot.x + shown.scale.end(to)),
        };
        let is_at = shown.cursor == Some(rule.priority) && shown.end == Some(end);
        if !(plot.x - 1.0..=plot.right() + 1.0).contains(&x) {
            if is_at {
                drawing.ring = Some(Bounds::new(x.clamp(plot.x, plot.right() - 4.0) - 2.0, top + 3.0, 8.0, ROW - 6.0));
            }
            continue;
        }
        let place = match end {
            End::First => Bounds::new(x - REACH, top + 4.0, REACH + 3.0, ROW - 8.0),
            End::Last => Bounds::new(x - 3.0, top + 4.0, REACH + 3.0, ROW - 8.0),
        };
        if is_at {
            let knob = Bounds::new(x - 2.0, top + 5.0, 4.0, ROW - 10.0);
            drawing.picture.fill(Outline::rounded(knob, 2.0), Tone::Accent);
            drawing.ring = Some(Bounds::new(x - 6.0, top + 2.0, 12.0, ROW - 4.0));
        }
        let day = match end {
            End::First => Some(validity.from()),
            End::Last => validity.to(),
        };
        let spot = Spot::new(place, vec![shown.scene.t.timeline.redated(rule.priority, end, day)]);
        drawing.spot(Target::End(rule.priority, end), Spot { is_dragged: true, ..spot });
    }
}
