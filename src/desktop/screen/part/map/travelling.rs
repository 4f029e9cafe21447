//! Which way a message of the journal went, on the map that is shown.

use std::collections::HashMap;

use super::layout::MapLayout;
use crate::desktop::model::map::{FAGSYSTEMS, Focus, GROUPS, ROWS, RowKind, SENDERS};
use crate::desktop::model::travels::NoWay;
use crate::desktop::screen::scene::Scene;
use crate::picture::{Band, End, Point, Way};
use crate::rules::{CriterionKind, FagsystemId, Priority, Rule, SenderKind};
use crate::store::JournalRow;

/// Messages of one way lie side by side on so many lines, where the band is thick enough.
const LANES: i64 = 5;
/// How far the outermost line is from the edge of a band, in logical pixels.
const FROM_EDGE: f32 = 9.0;

/// Finds the places of messages on a map.
pub(in crate::desktop::screen) struct Places<'a> {
    layout: &'a MapLayout,
    scene: Scene<'a>,
    /// The rules of the draft, by the numbers that they have in the publication in force.
    rules: HashMap<Priority, &'a Rule>,
    rows: HashMap<Option<Priority>, usize>,
}

/// Where a message passes, by the places of the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop::screen) struct Place {
    /// `None` where the map does not have who writes.
    sender: Option<usize>,
    group: usize,
    row: usize,
    fagsystem: usize,
}

impl<'a> Places<'a> {
    pub fn of(layout: &'a MapLayout, scene: Scene<'a>) -> Self {
        let (cvr, insight) = (scene.authority.cvr, scene.bench.insight());
        let rules = scene.authority.rules.iter();
        let rules = rules.filter_map(|rule| Some((insight.published_as(cvr, rule.priority)?, &**rule))).collect();
        let mut rows = HashMap::new();
        for (at, row) in layout.flow.gathering.rows.iter().enumerate() {
            match &row.kind {
                RowKind::Rule(rule) => drop(rows.insert(Some(*rule), at)),
                RowKind::Rules(rules) => rows.extend(rules.iter().map(|rule| (Some(*rule), at))),
                RowKind::Default => drop(rows.insert(None, at)),
            }
        }
        Self { layout, scene, rules, rows }
    }

    /// Where a message passed.
    ///
    /// # Errors
    ///
    /// It has no way on this map.
    pub fn find(&self, row: &JournalRow) -> Result<Place, NoWay> {
        if self.scene.looked_at().is_some() {
            return Err(NoWay::OtherDay);
        }
        match row.authority {
            Some(authority) if authority == self.scene.authority.cvr => {}
            Some(_) => return Err(NoWay::OtherAuthority),
            None => return Err(NoWay::Undecided),
        }
        let decided = row.fagsystem.as_ref().ok_or(NoWay::Undecided)?;
        if row.publication != Some(self.scene.bench.published().number) {
            return Err(NoWay::OtherPublication);
        }
        let rule = row.priority.map(|rule| self.rule(rule, row.element, decided)).transpose()?;
        let is_default = rule.is_some() || self.scene.authority.default_fagsystem == *decided;
        if !is_default {
            return Err(NoWay::OtherRules);
        }
        let is_whole = self.layout.view.focus == Focus::default();
        let out_of_sight = if is_whole { NoWay::OtherRules } else { NoWay::OutOfSight };
        let at = *self.rows.get(&rule).ok_or(out_of_sight)?;
        let fagsystem = self.fagsystem(decided).ok_or(NoWay::OtherRules)?;
        let sender = row.sender.unwrap_or(SenderKind::Other);
        let sender = self.layout.flow.senders.iter().position(|it| *it == sender);
        Ok(Place { sender, group: self.layout.flow.gathering.rows[at].group, row: at, fagsystem })
    }

    /// The number in the draft of a rule of the publication in force, if it is the same there.
    fn rule(&self, rule: Priority, element: Option<CriterionKind>, fagsystem: &FagsystemId) -> Result<Priority, NoWay> {
        let now = self.rules.get(&rule).ok_or(NoWay::OtherRules)?;
        let published = self.scene.bench.published().book.authority(self.scene.authority.cvr);
        let before = published.and_then(|authority| authority.rule(rule)).ok_or(NoWay::OtherRules)?;
        let is_same = before.criterion == now.criterion
            && before.segment == now.segment
            && now.fagsystem == *fagsystem
            && element.is_none_or(|element| element == CriterionKind::of(&now.criterion));
        if is_same { Ok(now.priority) } else { Err(NoWay::OtherRules) }
    }

    pub fn fagsystem(&self, id: &FagsystemId) -> Option<usize> {
        self.layout.flow.fagsystems.iter().position(|it| it == id)
    }

    /// The way through the picture. `number` says on which of the lines beside each other.
    pub fn way(&self, place: Place, number: i64) -> Way {
        #[expect(clippy::cast_precision_loss, reason = "there are few lines")]
        let lane = number.rem_euclid(LANES) as f32 / (LANES - 1) as f32;
        let legs = [
            place.sender.map(|sender| (SENDERS, sender, place.group)),
            Some((GROUPS, place.group, place.row)),
            Some((ROWS, place.row, place.fagsystem)),
        ];
        let mut way = Way::default();
        for (column, from, to) in legs.into_iter().flatten() {
            let band = self.band(column, from, to, place.fagsystem);
            let room = (1.0 - 2.0 * FROM_EDGE / band.from.thickness.max(f32::EPSILON)).max(0.0);
            way.follow(&band, 0.5 + (lane - 0.5) * room);
        }
        way
    }

    /// The band between two nodes that leads to a fagsystem, the thickest of several. What the map has no band for yet goes from the
    /// middle of the one to the middle of the other.
    fn band(&self, column: usize, from: usize, to: usize, fagsystem: usize) -> Band {
        let streams = self.layout.flow.streams.iter().enumerate();
        let between = streams.filter(|(_, stream)| {
            (stream.column, stream.from, stream.to) == (column, from, to)
                && stream.fagsystem.is_none_or(|it| it == fagsystem)
        });
        if let Some((at, _)) = between.max_by_key(|(_, stream)| stream.count) {
            return self.layout.band(at);
        }
        let (left, right) = (self.layout.bounds(column, from), self.layout.bounds(column + 1, to));
        let end = |x: f32, top: f32| End { x, top, thickness: 0.0 };
        Band { from: end(left.right(), left.middle().y), to: end(right.x, right.middle().y) }
    }

    /// The middle of a fagsystem's left edge.
    pub fn door(&self, fagsystem: usize) -> Point {
        let bounds = self.layout.bounds(FAGSYSTEMS, fagsystem);
        Point::new(bounds.x, bounds.middle().y)
    }
}
