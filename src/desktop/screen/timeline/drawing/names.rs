//! What stands to the left of the bars.

use super::super::sight::ROW;
use super::super::words;
use super::{Drawing, NAME, SMALL, Shown, Target};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::fagsystem_tone::fagsystem_tone;
use crate::desktop::model::timeline::rows::{Bar, Group};
use crate::desktop::widget::Spot;
use crate::picture::{Anchor, Bounds, Outline, Tone, WordStyle, width};
use crate::rules::Segment;

/// What is free before the numbers of the rules: a dot stands there.
const DOT: f32 = 14.0;
const GAP: f32 = 8.0;
/// Names have a column for the fagsystem from this width on.
const WITH_FAGSYSTEM: f32 = 250.0;

pub(super) fn heading(shown: &Shown<'_>, group: &Group, count: usize, top: f32, drawing: &mut Drawing) {
    let scene = shown.scene;
    let name = match group {
        Group::Value => String::new(),
        Group::Kle(main) => {
            let number = format!("{main:02}");
            let title = number.parse().ok().and_then(|number| scene.kle.title(number)).unwrap_or_default();
            (scene.t.timeline.main_group)(&number, title)
        }
        Group::Fact(kind) => (scene.t.rules.element)(*kind).to_owned(),
        Group::Fagsystem(id) => fagsystem_name(scene.authority, id).to_owned(),
    };
    let place = Bounds::new(0.0, top, shown.room.plot.right(), ROW);
    drawing.picture.rectangle(place, Tone::Line.at(0.35));
    let (middle, room) = (top + ROW / 2.0, shown.room.plot.right() - 160.0);
    let style = WordStyle::new(NAME, Tone::Text).bold();
    drawing.picture.write_at_height(&name, (12.0, middle), room, style);
    let count = scene.t.timeline.rules.of(count);
    let x = 12.0 + width(&name, NAME, true).min(room) + 12.0;
    drawing.picture.write_at_height(&count, (x, middle), 140.0, WordStyle::new(SMALL, Tone::Muted));
}

pub(super) fn draw(shown: &Shown<'_>, bar: &Bar, top: f32, drawing: &mut Drawing) {
    let scene = shown.scene;
    let rule = &bar.rule;
    let place = Bounds::new(0.0, top, shown.room.plot.right(), ROW);
    if shown.cursor == Some(rule.priority) {
        let inside = Bounds::new(0.0, top + 1.0, place.width, ROW - 1.0);
        drawing.picture.rectangle(inside, Tone::Chosen.at(0.55));
        drawing.ring = Some(place);
    }
    drawing.spot(Target::Row(rule.priority), Spot::new(place, words::bar(bar, scene)));
    let middle = top + ROW / 2.0;
    if bar.is_new || bar.published.is_some() {
        let dot = Bounds::new(4.0, middle - 3.0, 6.0, 6.0);
        drawing.picture.fill(Outline::rounded(dot, 3.0), Tone::Accent);
    }
    let tone = if rule.active { Tone::Text } else { Tone::Muted };
    let number = WordStyle::new(NAME, tone).bold().anchored(Anchor::End);
    let numbers = DOT + shown.numbers;
    drawing.picture.write_at_height(&rule.priority.to_string(), (numbers, middle), shown.numbers, number);
    let left = numbers + GAP;
    let end = shown.room.plot.x - GAP;
    let has_fagsystem = end - left >= WITH_FAGSYSTEM;
    let fagsystem_room = if has_fagsystem { ((end - left) * 0.4).min(150.0) } else { 0.0 };
    let value_room = end - left - if has_fagsystem { fagsystem_room + GAP } else { 0.0 };
    let mut value = bar.value.clone();
    if rule.segment != Segment::Everyone {
        value = format!("{value} · {}", words::only(rule.segment, scene));
    }
    let ink = if bar.begins_value && rule.active { Tone::Text } else { Tone::Muted };
    drawing.picture.write_at_height(&value, (left, middle), value_room, WordStyle::new(NAME, ink));
    if has_fagsystem {
        let x = end - fagsystem_room;
        let swatch = Bounds::new(x, middle - 5.0, 4.0, 10.0);
        drawing.picture.fill(Outline::rounded(swatch, 2.0), fagsystem_tone(scene.authority, &rule.fagsystem));
        let name = fagsystem_name(scene.authority, &rule.fagsystem);
        let style = WordStyle::new(SMALL, Tone::Muted);
        drawing.picture.write_at_height(name, (x + 9.0, middle), fagsystem_room - 9.0, style);
    }
}
