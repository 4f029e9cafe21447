//! The way of one message on a map, with everything else faint: where it goes, and where it belongs.

use super::layout::MapLayout;
use super::travelling::{Decided, Place, Places};
use crate::desktop::model::map::{FAGSYSTEMS, Focus, GROUPS, ROWS, RowKind, SENDERS};
use crate::desktop::model::travels::NoWay;
use crate::desktop::screen::scene::Scene;
use crate::picture::{Band, Bounds, End, Outline, Picture, Point, Tone};
use crate::rules::{FagsystemId, Priority};

/// The line of a way, and what is left free around it, in logical pixels.
const LINE: f32 = 3.5;
const FREE: f32 = 3.0;
/// The dashes of the way to where a message belongs.
const DASH: f32 = 7.0;
const HEAD: f32 = 9.0;
const ROUND: f32 = 4.0;

/// A message whose way is lit on a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop::screen) struct Tracing {
    pub decided: Decided,
    /// The fagsystem that it belongs to, where that is another one than it goes to.
    pub belongs_to: Option<FagsystemId>,
    /// A rule in force that would send it there, if those before it did not take it.
    pub taken_from: Option<Priority>,
}

impl Tracing {
    /// The fagsystems that it goes to and belongs to.
    pub fn ends(self) -> Vec<FagsystemId> {
        self.decided.fagsystem.into_iter().chain(self.belongs_to).collect()
    }
}

/// What there is of its way on a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop::screen) struct TracedWay {
    pub place: Result<Place, NoWay>,
    /// Who writes it and who gets it, as far as the map has them, whether it has the way or not.
    sender: Option<usize>,
    fagsystem: Option<usize>,
    /// Where it belongs.
    right: Option<usize>,
    /// The way by the rule that would send it there.
    right_way: Option<Place>,
}

impl TracedWay {
    pub fn of(tracing: &Tracing, layout: &MapLayout, scene: Scene<'_>) -> Self {
        let places = Places::of(layout, scene);
        let decided = &tracing.decided;
        let right = tracing.belongs_to.as_ref().and_then(|id| places.fagsystem(id));
        let right_way = tracing.taken_from.map(|rule| Decided {
            fagsystem: tracing.belongs_to.clone(),
            rule: Some(rule),
            element: None,
            ..decided.clone()
        });
        Self {
            place: places.find_decided(decided),
            sender: places.sender(decided.sender),
            fagsystem: decided.fagsystem.as_ref().and_then(|id| places.fagsystem(id)),
            right,
            right_way: right_way.and_then(|decided| places.find_decided(&decided).ok()),
        }
    }

    /// The rules that the map shows as one, where the way leads through them.
    pub fn bundle<'a>(&self, layout: &'a MapLayout) -> Option<&'a [Priority]> {
        match layout.row(self.place.ok()?.row)? {
            RowKind::Rules(rules) => Some(rules),
            RowKind::Rule(_) | RowKind::Default => None,
        }
    }

    /// Where one looks into those rules.
    pub fn opens(&self, layout: &MapLayout) -> Option<Focus> {
        self.bundle(layout)?;
        layout.flow.gathering.groups.get(self.place.ok()?.group)?.opens.clone()
    }

    /// Whether the map shows that the message belongs elsewhere.
    pub fn has_other_end(&self) -> bool {
        self.right.is_some()
    }

    /// Whether a message goes where it should, as far as that is known.
    fn tone(&self) -> Tone {
        if self.right.is_some() { Tone::Bad } else { Tone::Accent }
    }

    /// How a node stands out; `None` where it does not.
    pub(super) fn light(&self, column: usize, at: usize) -> Option<Light> {
        let is_on = |place: &Place| match column {
            SENDERS => place.sender == Some(at),
            GROUPS => place.group == at,
            ROWS => place.row == at,
            _ => place.fagsystem == at,
        };
        let is_end = match column {
            SENDERS => self.sender == Some(at),
            FAGSYSTEMS => self.fagsystem == Some(at),
            _ => false,
        };
        if is_end || self.place.as_ref().is_ok_and(is_on) {
            return Some(Light { tone: self.tone(), is_dashed: false });
        }
        let is_right = column == FAGSYSTEMS && self.right == Some(at);
        let is_right = is_right || self.right_way.as_ref().is_some_and(is_on);
        is_right.then_some(Light { tone: Tone::Good, is_dashed: true })
    }

    /// Whether what flows between two nodes has the message in it.
    pub(super) fn passes(&self, column: usize, from: usize, to: usize, fagsystem: Option<usize>) -> bool {
        self.place.is_ok_and(|place| {
            place.legs().any(|leg| leg == (column, from, to)) && fagsystem.is_none_or(|it| it == place.fagsystem)
        })
    }

    /// Draws the way, and the one to where the message belongs.
    pub(super) fn draw(&self, layout: &MapLayout, scene: Scene<'_>, picture: &mut Picture) {
        let places = Places::of(layout, scene);
        let right = match (self.right_way, self.place, self.right) {
            (Some(right), ..) => places.bands(right).collect(),
            (None, Ok(place), Some(right)) => vec![level(layout, place.row, right)],
            _ => Vec::new(),
        };
        for band in &right {
            let line = band.line(0.5);
            picture.draw(line.clone(), Tone::Page, LINE + FREE);
            picture.draw_dashed(line, Tone::Good, LINE - 0.5, DASH);
        }
        right.last().into_iter().for_each(|band| head(band, Tone::Good, picture));
        let Ok(place) = self.place else { return };
        let bands: Vec<Band> = places.bands(place).collect();
        for band in &bands {
            picture.draw(band.line(0.5), Tone::Page, LINE + FREE);
            picture.draw(band.line(0.5), self.tone(), LINE);
        }
        bands.last().into_iter().for_each(|band| head(band, self.tone(), picture));
    }
}

/// How a node on a way stands out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Light {
    tone: Tone,
    is_dashed: bool,
}

impl Light {
    /// What it stands for.
    pub fn words(self, scene: Scene<'_>) -> &'static str {
        let t = &scene.t.map.trace;
        if self.is_dashed { t.its_place } else { t.its_way }
    }

    /// Draws the edge of a node.
    pub fn draw(self, bounds: Bounds, picture: &mut Picture) {
        let edge = Outline::rounded(bounds.shrunk(1.0), ROUND);
        if self.is_dashed {
            picture.draw_dashed(edge, self.tone, 2.0, 5.0);
        } else {
            picture.draw(edge, self.tone, 2.0);
        }
    }
}

/// From the middle of a rule to the middle of a fagsystem.
fn level(layout: &MapLayout, row: usize, fagsystem: usize) -> Band {
    let (left, right) = (layout.bounds(ROWS, row), layout.bounds(FAGSYSTEMS, fagsystem));
    let end = |x: f32, top: f32| End { x, top, thickness: 0.0 };
    Band { from: end(left.right(), left.middle().y), to: end(right.x, right.middle().y) }
}

/// The tip at the end of a way.
fn head(band: &Band, tone: Tone, picture: &mut Picture) {
    let Point { x, y } = band.place(1.0, 0.5);
    let (back, half) = (x - HEAD, HEAD * 0.6);
    picture.fill(Outline::polygon([Point::new(x, y), Point::new(back, y - half), Point::new(back, y + half)]), tone);
}
