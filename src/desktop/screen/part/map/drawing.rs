//! Draws a map that has been laid out.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::layout::{MapLayout, Target, is_of};
use super::traced::TracedWay;
use super::words::{criterion, name, number, of_node, of_stream};
use crate::desktop::model::fagsystem_tone::fagsystem_tone;
use crate::desktop::model::map::{Course, FAGSYSTEMS, GROUPS, ROWS, RowKind, SENDERS};
use crate::desktop::screen::scene::Scene;
use crate::desktop::widget::Spot;
use crate::picture::{Anchor, Band, Bounds, End, Ink, Outline, Picture, Tone, WordStyle};

/// Nodes at least that high have their number below their name.
const TWO_LINES: f32 = 36.0;
const ROUND: f32 = 4.0;
const PADDING: f32 = 8.0;
/// The bar of a fagsystem, in its colour.
const BAR: f32 = 6.0;
/// How much is left of what is not pointed at.
const FAINT: f32 = 0.22;
const NODE_FAINT: f32 = 0.45;
/// How much of its colour a band has, at rest and when it stands out.
const AT_REST: f32 = 0.42;
const STANDING_OUT: f32 = 0.72;
const GREY_AT_REST: f32 = 0.2;
const GREY_STANDING_OUT: f32 = 0.5;

/// A map as a picture, with what each of its spots is.
#[derive(Debug, Clone)]
pub(in crate::desktop::screen) struct Drawing {
    pub picture: Arc<Picture>,
    pub spots: Vec<Spot>,
    pub targets: Vec<Target>,
}

/// What stands out on a map.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::desktop::screen) struct StandingOut<'a> {
    pub pointed: Option<Target>,
    pub chosen: Option<Target>,
    /// The way of a message, whatever is pointed at.
    pub traced: Option<&'a TracedWay>,
}

/// Draws a map on which that stands out.
pub(in crate::desktop::screen) fn draw(layout: &MapLayout, out: StandingOut<'_>, scene: Scene<'_>) -> Drawing {
    let about = (scene.t.map.about)(&scene.authority.name);
    let target = out.pointed.or(out.chosen).filter(|_| out.traced.is_none());
    let lit = target.map(|target| (target, layout.lit(target)));
    let picture = Picture::new(layout.size, about);
    let mut brush = Brush { layout, scene, lit, chosen: out.chosen, traced: out.traced, picture };
    brush.headings();
    let mut spots = Vec::new();
    let mut targets = Vec::new();
    for is_moved in [false, true] {
        let streams = layout.flow.streams.iter().enumerate().filter(|(_, stream)| stream.is_moved == is_moved);
        for (at, _) in streams {
            let band = brush.stream(at);
            let words = of_stream(layout, at, scene);
            spots.push(Spot { is_pressed: false, ..Spot::area(around(&band), band.outline(), words) });
            targets.push(Target::Stream(at));
        }
    }
    if let Some(traced) = out.traced {
        traced.draw(layout, scene, &mut brush.picture);
    }
    for column in [SENDERS, GROUPS, ROWS, FAGSYSTEMS] {
        for at in 0..layout.arrangement.nodes[column].len() {
            brush.node(column, at);
            let mut words = of_node(layout, column, at, scene);
            let light = out.traced.and_then(|traced| traced.light(column, at));
            words.extend(light.map(|light| light.words(scene).to_owned()));
            let is_dragged = column == GROUPS
                && criterion(&layout.flow.gathering.groups[at].what).is_some()
                && !layout.view.is_small;
            spots.push(Spot {
                is_dragged,
                is_target: column == FAGSYSTEMS,
                ..Spot::new(layout.bounds(column, at), words)
            });
            targets.push(Target::Node(column, at));
        }
    }
    Drawing { picture: Arc::new(brush.picture), spots, targets }
}

struct Brush<'a> {
    layout: &'a MapLayout,
    scene: Scene<'a>,
    /// What stands out, and the nodes on its ways.
    lit: Option<(Target, [BTreeSet<usize>; 4])>,
    chosen: Option<Target>,
    traced: Option<&'a TracedWay>,
    picture: Picture,
}

impl Brush<'_> {
    fn size(&self) -> f32 {
        if self.layout.view.is_small { 11.0 } else { 12.5 }
    }

    fn headings(&mut self) {
        if self.layout.view.is_small {
            return;
        }
        let columns = self.layout.columns.iter().zip(self.scene.t.map.columns).enumerate();
        for (at, ((x, width), words)) in columns {
            // The third has room up to the fourth.
            let next = self.layout.columns.get(at + 1).map_or(x + width, |(next, _)| next - PADDING);
            let style = WordStyle::new(12.0, Tone::Muted).bold();
            self.picture.write(words, (*x, 2.0), next - x, style);
        }
    }

    /// Draws what flows between two nodes.
    fn stream(&mut self, at: usize) -> Band {
        let stream = &self.layout.flow.streams[at];
        let band = self.layout.band(at);
        let thickness = band.from.thickness;
        let tone = match stream.fagsystem {
            _ if stream.count == 0 => Tone::StrongLine,
            _ if stream.is_moved && self.layout.view.shows_changes => Tone::Warning,
            Some(to) => fagsystem_tone(self.scene.authority, &self.layout.flow.fagsystems[to]),
            None => Tone::StrongLine,
        };
        let is_grey = tone == Tone::StrongLine;
        let row = match stream.column {
            GROUPS => Some(stream.to),
            ROWS => Some(stream.from),
            _ => None,
        };
        let kind = row.and_then(|row| self.layout.row(row));
        let is_overlapped = kind.is_some_and(|kind| self.layout.overlapped_by(kind).is_some());
        let is_striped = stream.count > 0 && (is_overlapped || (stream.is_moved && self.layout.view.shows_changes));
        let (rest, out) = if is_grey { (GREY_AT_REST, GREY_STANDING_OUT) } else { (AT_REST, STANDING_OUT) };
        let rest = if stream.count == 0 { 0.6 } else { rest };
        if let Some(traced) = self.traced {
            let passes = traced.passes(stream.column, stream.from, stream.to, stream.fagsystem);
            let share = if passes { AT_REST } else { rest * FAINT };
            self.picture.band(&band, tone.at(share), false);
            return band;
        }
        match &self.lit {
            None => self.picture.band(&band, tone.at(rest), is_striped),
            Some((target, lit)) => {
                self.picture.band(&band, tone.at(rest * FAINT), false);
                let (target, layout) = (*target, self.layout);
                let passing =
                    layout.flow.courses.iter().filter(|course| is_of(stream, course) && layout.passes(course, target));
                let share = share(passing, stream.count);
                let is_silent = stream.count == 0
                    && lit[stream.column].contains(&stream.from)
                    && lit[stream.column + 1].contains(&stream.to);
                if share > 0.0 {
                    let part = Band {
                        from: End { thickness: thickness * share, ..band.from },
                        to: End { thickness: thickness * share, ..band.to },
                    };
                    self.picture.band(&part, tone.at(out), is_striped);
                } else if is_silent {
                    self.picture.band(&band, tone, false);
                }
            }
        }
        band
    }

    /// How much of a node's ink is left.
    fn strength(&self, column: usize, at: usize) -> f32 {
        match (&self.lit, self.traced) {
            (_, Some(traced)) => {
                let is_lit = traced.light(column, at).is_some();
                if is_lit { 1.0 } else { NODE_FAINT }
            }
            (Some((_, lit)), None) if !lit[column].contains(&at) => NODE_FAINT,
            _ => 1.0,
        }
    }

    fn node(&mut self, column: usize, at: usize) {
        let bounds = self.layout.bounds(column, at);
        let strength = self.strength(column, at);
        let kind = if column == ROWS { self.layout.row(at).cloned() } else { None };
        let is_idle = column == ROWS && self.layout.flow.counts[ROWS][at] == 0;
        let is_never = kind.as_ref().is_some_and(|kind| self.layout.is_never(kind));
        let is_moving = kind.as_ref().is_some_and(|kind| self.layout.is_moving(kind));
        let is_chosen = self.chosen == Some(Target::Node(column, at));
        let ink = |tone: Tone| tone.at(strength);
        if is_never {
            self.picture.fill(Outline::rounded(bounds, ROUND), ink(Tone::Surface));
            let edge = Outline::rounded(bounds.shrunk(0.5), ROUND);
            self.picture.draw_dashed(edge, ink(Tone::StrongLine), 1.0, 3.0);
        } else {
            let line = match (column, is_idle) {
                (ROWS, _) if is_moving => Tone::Warning,
                (ROWS, false) => Tone::StrongLine,
                _ => Tone::Line,
            };
            let ground = if is_chosen { Tone::Chosen } else { Tone::Surface };
            self.picture.boxed(bounds, ROUND, ink(ground), ink(if is_chosen { Tone::Accent } else { line }));
        }
        if let Some(light) = self.traced.and_then(|traced| traced.light(column, at)) {
            light.draw(bounds, &mut self.picture);
        }
        let mut inner = bounds;
        if column == FAGSYSTEMS {
            let id = &self.layout.flow.fagsystems[at];
            let bar = Bounds::new(bounds.x, bounds.y, BAR, bounds.height);
            self.picture.fill(Outline::rounded(bar, 3.0), ink(fagsystem_tone(self.scene.authority, id)));
            inner = Bounds::new(bounds.x + BAR, bounds.y, bounds.width - BAR, bounds.height);
        }
        let opens = column == GROUPS && self.layout.flow.gathering.groups[at].opens.is_some();
        if opens {
            self.chevron(&mut inner, ink(Tone::Muted));
        }
        let is_bold = matches!(column, SENDERS | FAGSYSTEMS) || matches!(kind, Some(RowKind::Default));
        let tone = if is_idle { Tone::Muted } else { Tone::Text };
        self.words(column, at, inner, (ink(tone), is_bold), ink(Tone::Muted));
    }

    /// A mark at the right end of what can be looked into.
    fn chevron(&mut self, inner: &mut Bounds, ink: Ink) {
        let (x, y) = (inner.right() - 9.0, inner.middle().y);
        let point = crate::picture::Point::new;
        let mark = Outline::line([point(x, y - 3.5), point(x + 3.5, y), point(x, y + 3.5)]);
        self.picture.draw(mark, ink, 1.5);
        inner.width -= 12.0;
    }

    fn words(&mut self, column: usize, at: usize, inner: Bounds, (ink, is_bold): (Ink, bool), muted: Ink) {
        let size = self.size();
        let style = WordStyle { is_bold, ..WordStyle::new(size, ink) };
        let small = WordStyle::new(size - 1.0, self.number_ink(column, at, muted));
        let (name, number) = (name(self.layout, column, at, self.scene), number(self.layout, column, at, self.scene));
        let (x, room, middle) = (inner.x + PADDING, inner.width - 2.0 * PADDING, inner.middle().y);
        if number.is_empty() {
            self.picture.write_at_height(&name, (x, middle), room, style);
        } else if inner.height >= TWO_LINES && !self.layout.view.is_small {
            self.picture.write_at_height(&name, (x, middle - 8.0), room, style);
            self.picture.write_at_height(&number, (x, middle + 8.5), room, small);
        } else {
            let wide = crate::picture::width(&name, size, is_bold) + PADDING;
            let mut number = number;
            let mut width = crate::picture::width(&number, size - 1.0, false);
            if column == FAGSYSTEMS && wide + width > room {
                // The count without the shares.
                number.truncate(number.find(" · ").unwrap_or(number.len()));
                width = crate::picture::width(&number, size - 1.0, false);
            }
            let right = inner.right() - PADDING;
            let has_room = match column {
                GROUPS | FAGSYSTEMS => room - width >= size * 4.0,
                _ => wide + width <= room,
            };
            if !has_room {
                self.picture.write_at_height(&name, (x, middle), room, style);
                return;
            }
            self.picture.write_at_height(&number, (right, middle), room, small.anchored(Anchor::End));
            self.picture.write_at_height(&name, (x, middle), room - width - PADDING, style);
        }
    }

    /// What a fagsystem gains or loses stands out.
    fn number_ink(&self, column: usize, at: usize, muted: Ink) -> Ink {
        let is_changed = column == FAGSYSTEMS && self.layout.view.shows_changes && {
            let share = self.layout.flow.shares[at];
            share.gained > 0 || share.lost > 0
        };
        if is_changed { Tone::Warning.at(muted.opacity) } else { muted }
    }
}

/// The share of a stream that those courses are.
#[expect(clippy::cast_precision_loss, reason = "a picture is not so exact")]
fn share<'a>(courses: impl Iterator<Item = &'a Course>, all: u64) -> f32 {
    let passing: u64 = courses.map(|course| course.count).sum();
    if all == 0 { 0.0 } else { passing as f32 / all as f32 }
}

/// The rectangle around a band.
fn around(band: &Band) -> Bounds {
    let top = band.from.top.min(band.to.top);
    let bottom = (band.from.top + band.from.thickness).max(band.to.top + band.to.thickness);
    Bounds::new(band.from.x, top, band.to.x - band.from.x, bottom - top)
}
