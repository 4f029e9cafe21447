//! The picture: the parts of a plan as areas, with what each says of itself.

use std::sync::Arc;

use super::legend;
use super::paint::{BAR, Look, fill};
use crate::desktop::language::Texts;
use crate::desktop::language::names::Names;
use crate::desktop::widget::Spot;
use crate::picture::{Anchor, Bounds, LINE_HEIGHT, Outline, Picture, Tone, WordStyle, strips, width};
use crate::rules::{Part, PlanTree};

/// The space around an area.
const GAP: f32 = 1.5;
/// The height of the line with the name of a part that others are drawn in.
const HEAD: f32 = 20.0;
/// The parts below a part are drawn in it where it is at least this large.
const ROOM_FOR_PARTS: (f32, f32) = (44.0, 46.0);
const NAME: f32 = 13.0;
const SMALL: f32 = 11.5;
const LEAST_SIZE: f32 = 10.0;
const PADDING: f32 = 7.0;
/// The least space between a name and who takes the part, in one line.
const APART: f32 = 16.0;
/// Parts share this much of the picture equally, so that those without mail can be seen too.
const EQUALLY: f32 = 0.3;

/// A picture with its spots, and the part that each of these is.
#[derive(Debug)]
pub(super) struct Drawing {
    pub picture: Arc<Picture>,
    pub spots: Vec<Spot>,
    pub parts: Vec<usize>,
}

/// Draws the parts of a plan.
pub(super) fn draw(tree: &PlanTree, look: Look, t: &'static Texts, names: Names<'_>) -> Drawing {
    let about = match look.within {
        Some(part) => t.coverage.told(tree, &tree.parts[part], names).join(". "),
        None => t.coverage.title.to_owned(),
    };
    let mut drawer =
        Drawer { tree, look, t, names, spots: Vec::new(), parts: Vec::new(), picture: Picture::new(look.size, about) };
    let legend = legend::height(tree, look, t, names);
    let frame = Bounds::new(0.0, 0.0, look.size.width, (look.size.height - legend).max(1.0));
    drawer.draw_parts(frame);
    legend::draw(&mut drawer.picture, tree, look, t, names);
    let Drawer { picture, spots, parts, .. } = drawer;
    Drawing { picture: Arc::new(picture), spots, parts }
}

struct Drawer<'a> {
    tree: &'a PlanTree,
    look: Look,
    t: &'static Texts,
    names: Names<'a>,
    spots: Vec<Spot>,
    parts: Vec<usize>,
    picture: Picture,
}

impl Drawer<'_> {
    fn draw_parts(&mut self, frame: Bounds) {
        let tree = self.tree;
        let parts = tree.below(self.look.within);
        let mut inner = Vec::new();
        for (part, area) in parts.iter().zip(self.areas(parts, frame)) {
            let area = area.shrunk(GAP);
            let has_room = area.width >= ROOM_FOR_PARTS.0 && area.height >= ROOM_FOR_PARTS.1;
            self.add_spot(*part, Spot::new(area, self.words(*part)));
            if has_room && !tree.parts[*part].below.is_empty() {
                inner.extend(self.draw_with_parts(*part, area));
            } else {
                self.draw_alone(*part, area, NAME);
            }
            if self.look.chosen == Some(*part) {
                self.picture.draw(Outline::rectangle(area), Tone::Accent, 2.0);
            }
        }
        // They lie over the others, and only the mouse reaches them.
        for (part, area) in inner {
            let words = self.words(part);
            self.add_spot(part, Spot::area(area, Outline::rectangle(area), words));
        }
    }

    fn add_spot(&mut self, part: usize, spot: Spot) {
        self.spots.push(spot);
        self.parts.push(part);
    }

    fn words(&self, part: usize) -> Vec<String> {
        self.t.coverage.told(self.tree, &self.tree.parts[part], self.names)
    }

    fn areas(&self, parts: &[usize], frame: Bounds) -> Vec<Bounds> {
        let mail = |part: &usize| self.tree.parts[*part].mail;
        let all: u64 = parts.iter().map(mail).sum();
        #[expect(clippy::cast_precision_loss, reason = "areas need not be exact")]
        let weight = |part: &usize| {
            let equal = 1.0 / parts.len() as f32;
            if self.look.is_by_mail && all > 0 {
                EQUALLY * equal + (1.0 - EQUALLY) * mail(part) as f32 / all as f32
            } else {
                equal
            }
        };
        strips(&parts.iter().map(weight).collect::<Vec<_>>(), frame)
    }

    /// A part with those below it in it. Returns where these are.
    fn draw_with_parts(&mut self, part: usize, area: Bounds) -> Vec<(usize, Bounds)> {
        let it = &self.tree.parts[part];
        self.picture.rectangle(area, Tone::Surface);
        self.picture.draw(Outline::rectangle(area.shrunk(0.5)), Tone::StrongLine, 1.0);
        self.name(it, (area.x + PADDING, area.y + 2.0), area.width - 2.0 * PADDING, NAME);
        let frame = Bounds::new(area.x + 2.0, area.y + HEAD, area.width - 4.0, area.height - HEAD - 2.0);
        let mut inner = Vec::new();
        for (part, area) in it.below.iter().zip(self.areas(&it.below, frame)) {
            let area = area.shrunk(1.0);
            if area.width >= 1.0 && area.height >= 1.0 {
                self.draw_alone(*part, area, SMALL);
                inner.push((*part, area));
            }
        }
        inner
    }

    fn draw_alone(&mut self, part: usize, area: Bounds, size: f32) {
        let part = &self.tree.parts[part];
        fill(&mut self.picture, area, &part.taken_by, self.names);
        let line = LINE_HEIGHT * size;
        let (left, room) = (area.x + BAR + 4.0, area.width - BAR - 8.0);
        if area.height < line + 1.0 || room < width(&part.numbers, size, true) {
            self.number_alone(part, area);
            return;
        }
        let top = if area.height < 2.0 * line { area.y + (area.height - line) / 2.0 } else { area.y + 3.0 };
        let whole = |words: &str| Some(words.to_owned()).filter(|words| width(words, SMALL, false) <= room);
        let whose = match part.taken_by.as_slice() {
            [only] if only.is_default => whole(self.t.coverage.uncovered).unwrap_or_default(),
            [only] => self.t.coverage.taken_by(only, self.names),
            _ => whole(self.t.coverage.split).unwrap_or_default(),
        };
        let small = WordStyle::new(SMALL, Tone::Muted);
        let has_room = area.height >= line + LINE_HEIGHT * SMALL + 8.0;
        if has_room {
            self.name(part, (left, top), room, size);
            self.picture.write(&whose, (left, top + line), room, small);
        } else {
            let name = width(&self.t.coverage.name(self.tree, part), size, true);
            let end = width(&whose, SMALL, false);
            let is_beside = name + APART + end <= room;
            self.name(part, (left, top), if is_beside { room - APART - end } else { room }, size);
            if is_beside {
                let middle = top + line / 2.0;
                self.picture.write_at_height(&whose, (left + room, middle), end + 1.0, small.anchored(Anchor::End));
            }
        }
        if self.look.is_by_mail && part.mail > 0 && area.height >= line + 2.0 * LINE_HEIGHT * SMALL + 8.0 {
            let count = self.t.coverage.grammar.number(part.mail);
            self.picture.write(&count, (left, top + line + LINE_HEIGHT * SMALL), room, small);
        }
    }

    /// The number in small digits, where not even it fits beside what is around it; nothing where it does not fit at all.
    fn number_alone(&mut self, part: &Part, area: Bounds) {
        let line = LINE_HEIGHT * LEAST_SIZE;
        if area.height >= line && area.width >= width(&part.numbers, LEAST_SIZE, true) + 2.0 {
            let top = area.y + 3.0_f32.min((area.height - line) / 2.0);
            let style = WordStyle::new(LEAST_SIZE, Tone::Text).bold().anchored(Anchor::Middle);
            self.picture.write(&part.numbers, (area.middle().x, top), area.width, style);
        }
    }

    /// The number and as much of the title as there is room for; at least the number.
    fn name(&mut self, part: &Part, (left, top): (f32, f32), room: f32, size: f32) {
        let number = WordStyle::new(size, Tone::Text).bold();
        let taken = width(&part.numbers, size, true);
        self.picture.write(&part.numbers, (left, top), room.max(0.0), number);
        let title = self.t.coverage.name_of(self.tree, part);
        let gap = size * 0.4;
        if room > taken + gap {
            self.picture.write(&title, (left + taken + gap, top), room - taken - gap, WordStyle::new(size, Tone::Text));
        }
    }
}
