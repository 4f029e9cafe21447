//! Which way a message of the journal went, on the map that is shown.

use std::collections::HashMap;

use super::layout::MapLayout;
use crate::desktop::model::map::{FAGSYSTEMS, Focus, GROUPS, ROWS, RowKind, SENDERS};
use crate::desktop::model::travels::NoWay;
use crate::desktop::screen::scene::Scene;
use crate::picture::{Band, End, Point, Way};
use crate::rules::{CriterionKind, Cvr, FagsystemId, Priority, Rule, SenderKind};
use crate::store::{JournalRow, PublicationNumber};

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

/// What decided where a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop::screen) struct Decided {
    pub authority: Option<Cvr>,
    pub sender: Option<SenderKind>,
    pub publication: Option<PublicationNumber>,
    /// `None` where no rule was asked.
    pub fagsystem: Option<FagsystemId>,
    /// `None` with a fagsystem: the default recipient.
    pub rule: Option<Priority>,
    pub element: Option<CriterionKind>,
}

impl From<&JournalRow> for Decided {
    fn from(row: &JournalRow) -> Self {
        Self {
            authority: row.authority,
            sender: row.sender,
            publication: row.publication,
            fagsystem: row.fagsystem.clone(),
            rule: row.priority,
            element: row.element,
        }
    }
}

/// Where a message passes, by the places of the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop::screen) struct Place {
    /// `None` where the map does not have who writes.
    pub sender: Option<usize>,
    pub group: usize,
    pub row: usize,
    pub fagsystem: usize,
}

impl Place {
    /// The steps from column to column, each with its column and the nodes at its ends.
    pub fn legs(self) -> impl Iterator<Item = (usize, usize, usize)> {
        let first = self.sender.map(|sender| (SENDERS, sender, self.group));
        first.into_iter().chain([(GROUPS, self.group, self.row), (ROWS, self.row, self.fagsystem)])
    }
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

    /// Where a message passed that has come today.
    ///
    /// # Errors
    ///
    /// It has no way on this map.
    pub fn find(&self, row: &JournalRow) -> Result<Place, NoWay> {
        if self.scene.looked_at().is_some() {
            return Err(NoWay::OtherDay);
        }
        self.find_decided(&row.into())
    }

    /// Where a message passes for which that is decided, on whatever day.
    ///
    /// # Errors
    ///
    /// It has no way on this map.
    pub fn find_decided(&self, decided: &Decided) -> Result<Place, NoWay> {
        match decided.authority {
            Some(authority) if authority == self.scene.authority.cvr => {}
            Some(_) => return Err(NoWay::OtherAuthority),
            None => return Err(NoWay::Undecided),
        }
        let to = decided.fagsystem.as_ref().ok_or(NoWay::Undecided)?;
        if decided.publication != Some(self.scene.bench.published().number) {
            return Err(NoWay::OtherPublication);
        }
        let rule = decided.rule.map(|rule| self.rule(rule, decided.element, to)).transpose()?;
        let is_default = rule.is_some() || self.scene.authority.default_fagsystem == *to;
        if !is_default {
            return Err(NoWay::OtherRules);
        }
        let is_whole = self.layout.view.focus == Focus::default();
        let out_of_sight = if is_whole { NoWay::OtherRules } else { NoWay::OutOfSight };
        let at = *self.rows.get(&rule).ok_or(out_of_sight)?;
        let fagsystem = self.fagsystem(to).ok_or(NoWay::OtherRules)?;
        let sender = self.sender(decided.sender);
        Ok(Place { sender, group: self.layout.flow.gathering.rows[at].group, row: at, fagsystem })
    }

    /// Who writes; `None` where the map does not have that.
    pub fn sender(&self, kind: Option<SenderKind>) -> Option<usize> {
        let kind = kind.unwrap_or(SenderKind::Other);
        self.layout.flow.senders.iter().position(|it| *it == kind)
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
        let mut way = Way::default();
        for band in self.bands(place) {
            let room = (1.0 - 2.0 * FROM_EDGE / band.from.thickness.max(f32::EPSILON)).max(0.0);
            way.follow(&band, 0.5 + (lane - 0.5) * room);
        }
        way
    }

    /// The bands of a way, from the left.
    pub fn bands(&self, place: Place) -> impl Iterator<Item = Band> {
        place.legs().map(move |(column, from, to)| self.band(column, from, to, place.fagsystem))
    }

    /// The band between two nodes that leads to a fagsystem, the thickest of several. What the map has no band for yet goes from the
    /// middle of the one to the middle of the other.
    pub fn band(&self, column: usize, from: usize, to: usize, fagsystem: usize) -> Band {
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
