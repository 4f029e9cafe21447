//! A picture of what flows from where to where: names on both sides, and between them bands as thick as what flows. What goes
//! to another end is striped as well as coloured, for people who cannot tell the colours apart.

mod arrangement;

use std::sync::Arc;

use self::arrangement::{Arrangement, Shape, Slot};
use super::picture::{PictureView, Spot, Tip, picture_view_of};
use crate::desktop::theme;
use crate::picture::{
    Anchor, Band, Bounds, End, Ink, LINE_HEIGHT, Outline, Picture, Size, Tone, WordStyle, elided, width,
};

/// The share of the width that the names on a side have, and that they have at most where they need more.
const NAMES: f32 = 4.0 / 13.0;
const MOST_NAMES: f32 = 0.4;
/// The space between names and bands, and between a name and the words beside it.
const GAP: f32 = 10.0;
/// The width of an end's bar.
const BAR: f32 = 8.0;
/// A thin band is pressed this far beside it, too.
const REACH: f32 = 3.0;
/// How strong the colour of a move is, and where it is pointed at or chosen.
const MOVE: f32 = 0.7;
const DEEP: f32 = 1.0;

/// One end of flows: a name with words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct FlowEnd {
    pub name: String,
    pub note: String,
    /// Whether something else flows there than before.
    pub is_changed: bool,
}

/// What flows from one end to another, by their places on the left and on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct FlowBand {
    pub from: usize,
    pub to: usize,
    pub count: u64,
    pub is_move: bool,
    pub is_chosen: bool,
}

/// The picture. The bands are sorted by their ends, and each end has one.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct FlowPicture {
    pub left: Vec<FlowEnd>,
    pub right: Vec<FlowEnd>,
    pub bands: Vec<FlowBand>,
}

/// The edges between names, bars and bands in a width, in whole pixels.
#[derive(Debug, Clone, Copy)]
struct Columns {
    names: f32,
    left: f32,
    right: f32,
    width: f32,
}

impl Columns {
    /// In that width, where the names of a side with the words beside them need so much.
    fn of(width: f32, needed: f32) -> Self {
        let share = |share: f32| (width - 2.0 * GAP) * share;
        let names = needed.max(share(NAMES)).min(share(MOST_NAMES)).floor().max(0.0);
        Self { names, left: names + GAP, right: (width - names - GAP).max(names + GAP + 3.0 * BAR), width }
    }
}

/// A name or the words beside it, at their place.
struct Written<'a> {
    words: &'a str,
    /// Where they begin or end, and the middle of their height.
    at: (f32, f32),
    room: f32,
    style: WordStyle,
}

impl Written<'_> {
    fn bounds(&self) -> Bounds {
        let WordStyle { size, is_bold, anchor, .. } = self.style;
        let (wide, high) = (width(&elided(self.words, size, is_bold, self.room), size, is_bold), LINE_HEIGHT * size);
        let x = if anchor == Anchor::End { self.at.0 - wide } else { self.at.0 };
        Bounds::new(x, self.at.1 - high / 2.0, wide, high)
    }
}

impl FlowPicture {
    fn arrangement(&self) -> Arrangement {
        Arrangement::of(self.left.len(), self.right.len(), &self.bands)
    }

    fn columns(&self, width: f32) -> Columns {
        Columns::of(width, needed(&self.left).max(needed(&self.right)))
    }

    /// The picture in that width. The band that is pointed at, by its place among the bands, stands out.
    pub fn lay_out(&self, width: f32, pointed_at: Option<usize>) -> Picture {
        let arrangement = self.arrangement();
        let columns = self.columns(width);
        let mut picture = Picture::new(Size::new(width, arrangement.height), "");
        let sides = [(&arrangement.left, columns.left), (&arrangement.right, columns.right - BAR)];
        for (slots, x) in sides {
            let bars = slots.iter().map(|slot| Bounds::new(x, slot.bar_top(), BAR, slot.bar));
            picture.fill(Outline::rectangles(bars), Tone::Accent);
        }
        // Moves last: where bands cross, they stay whole.
        for is_move in [false, true] {
            let drawn = self.bands.iter().zip(&arrangement.shapes).enumerate();
            for (at, (band, shape)) in drawn.filter(|(_, (band, _))| band.is_move == is_move) {
                let strength = if band.is_chosen || pointed_at == Some(at) { DEEP } else { MOVE };
                let ink: Ink = if is_move { Tone::Warning.at(strength) } else { Tone::Line.into() };
                picture.band(&columns.band(shape, 0.0), ink, is_move);
            }
        }
        for written in self.written(&arrangement, columns) {
            picture.write_at_height(written.words, written.at, written.room, written.style);
        }
        picture
    }

    /// Every name, each with the words beside it.
    fn written(&self, arrangement: &Arrangement, columns: Columns) -> Vec<Written<'_>> {
        let rooms = |ends: &[FlowEnd]| {
            let notes = notes(ends);
            (columns.names - notes - GAP, notes)
        };
        let (of_left, of_right) = (rooms(&self.left), rooms(&self.right));
        let left = self.left.iter().zip(&arrangement.left).map(|it| (it, (columns.names, Anchor::End), 0.0));
        let beside = columns.width - columns.names;
        let end_of_notes = (columns.width, Anchor::End);
        let right = self.right.iter().zip(&arrangement.right);
        let left = left.flat_map(|((end, slot), name, note)| line(end, *slot, of_left, name, (note, Anchor::Start)));
        let right = right.flat_map(|(end, slot)| line(end, *slot, of_right, (beside, Anchor::Start), end_of_notes));
        left.chain(right).collect()
    }

    /// A spot for each band, and after them one for each name and the words beside it. Bands that move nothing cannot be
    /// pointed at.
    fn spots(&self, width: f32) -> Vec<Spot> {
        let arrangement = self.arrangement();
        let columns = self.columns(width);
        let band = |(band, shape): (&FlowBand, &Shape)| {
            if !band.is_move {
                return Spot { is_pressed: false, ..Spot::area(Bounds::default(), Outline::default(), Vec::new()) };
            }
            let outline = columns.band(shape, REACH).outline();
            let (top, bottom) = (shape.left.min(shape.right), shape.left.max(shape.right) + shape.thickness);
            let wide = columns.right - columns.left - 2.0 * BAR;
            let bounds = Bounds::new(columns.left + BAR, top - REACH, wide, bottom - top + 2.0 * REACH);
            Spot::area(bounds, outline, Vec::new())
        };
        let bands = self.bands.iter().zip(&arrangement.shapes).map(band);
        let written = self.written(&arrangement, columns);
        bands.chain(written.iter().map(|it| Spot::said(it.bounds(), it.words))).collect()
    }

    /// The whole name, where the end of that place, from left to right and from the top down, has no room for it.
    fn whole_name(&self, end: usize, spot: &Spot) -> Tip {
        let end = self.left.iter().chain(&self.right).nth(end);
        let is_short = |end: &&FlowEnd| width(&end.name, theme::BODY, end.is_changed) > spot.bounds.width + 0.5;
        Tip { title: end.filter(is_short).map(|end| end.name.clone()).unwrap_or_default(), ..Tip::default() }
    }

    /// The picture as wide as the room for it. `count` writes how many flow; `on_press` says what a press on a band that is a
    /// move sends, by the band's place.
    pub fn view<'a, Message: 'a>(
        self,
        count: impl Fn(u64) -> String + 'a,
        on_press: impl Fn(usize) -> Option<Message> + 'a,
    ) -> PictureView<'a, Message> {
        let flow = Arc::new(self);
        let (drawn, height) = (Arc::clone(&flow), flow.arrangement().height);
        let lay_out = move |width, pointed_at| (Arc::new(drawn.lay_out(width, pointed_at)), drawn.spots(width));
        let tip = move |at: usize, spot: &Spot| match flow.bands.get(at) {
            Some(band) => Tip {
                title: format!("{} → {}", flow.left[band.from].name, flow.right[band.to].name),
                notes: vec![count(band.count)],
                ..Tip::default()
            },
            // A name, and then the words beside it.
            None => match at - flow.bands.len() {
                at if at.is_multiple_of(2) => flow.whole_name(at / 2, spot),
                _ => Tip::default(),
            },
        };
        picture_view_of(height, lay_out).tips(tip).on_press(on_press)
    }
}

/// The width of the words beside the names.
fn notes(ends: &[FlowEnd]) -> f32 {
    ends.iter().map(|end| width(&end.note, theme::SMALL, false)).fold(0.0, f32::max).ceil()
}

/// The width that names and the words beside them need.
fn needed(ends: &[FlowEnd]) -> f32 {
    let names = ends.iter().map(|end| width(&end.name, theme::BODY, end.is_changed)).fold(0.0, f32::max);
    (names + GAP + notes(ends)).ceil()
}

/// The name of an end and the words beside it, each with the place where it begins or ends.
fn line(
    end: &FlowEnd,
    slot: Slot,
    (name_room, note_room): (f32, f32),
    name: (f32, Anchor),
    note: (f32, Anchor),
) -> [Written<'_>; 2] {
    let (plain, muted) = if end.is_changed { (Tone::Warning, Tone::Warning) } else { (Tone::Text, Tone::Muted) };
    let middle = slot.top + slot.height / 2.0;
    let style = WordStyle { is_bold: end.is_changed, ..WordStyle::new(theme::BODY, plain) };
    let written = |words, room, style: WordStyle, (x, anchor)| Written {
        words,
        at: (x, middle),
        room,
        style: style.anchored(anchor),
    };
    [
        written(&end.name, name_room, style, name),
        written(&end.note, note_room, WordStyle::new(theme::SMALL, muted), note),
    ]
}

impl Columns {
    /// A band, that much thicker on both sides.
    fn band(self, shape: &Shape, more: f32) -> Band {
        let end = |x, top: f32| End { x, top: top - more, thickness: shape.thickness + 2.0 * more };
        Band { from: end(self.left + BAR, shape.left), to: end(self.right - BAR, shape.right) }
    }
}
