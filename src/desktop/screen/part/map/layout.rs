use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::desktop::model::map::{
    Arrangement, Course, FAGSYSTEMS, Focus, GROUPS, Gathering, LeastHeights, MapFlow, ROWS, RowKind, SENDERS, Stream,
};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::MailMapReport;
use crate::picture::{Band, Bounds, End, Size};
use crate::rules::{FagsystemId, MailMap, MailWay, Priority, Rule};

/// How a map is shown.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop::screen) struct MapView {
    /// The size of the picture, in logical pixels.
    pub size: Size,
    pub focus: Focus,
    /// Whether bands are as thick as mail; otherwise all rules count alike.
    pub is_by_mail: bool,
    /// Whether what the draft moves is marked.
    pub shows_changes: bool,
    /// Fagsystems that are there even if nothing leads to them.
    pub also: Vec<FagsystemId>,
    /// Without headings and with smaller words, as a part of another page.
    pub is_small: bool,
}

/// What is known of rules besides their mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desktop::screen) struct MapMarks {
    /// The rules that no message can reach.
    pub never: BTreeSet<Priority>,
    /// The rules of the draft that decide mail which goes elsewhere by the publication, over all messages that there can be;
    /// `None` is the default recipient.
    pub moving: BTreeSet<Option<Priority>>,
}

/// What is pointed at or chosen on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop::screen) enum Target {
    /// A node, by column and place.
    Node(usize, usize),
    /// What flows between two nodes, by its place.
    Stream(usize),
}

/// A map in which everything has its place.
#[derive(Debug, Clone)]
pub(in crate::desktop::screen) struct MapLayout {
    pub report: Arc<MailMapReport>,
    pub view: MapView,
    pub flow: MapFlow,
    pub arrangement: Arrangement,
    /// The left edge and the width of each column.
    pub columns: [(f32, f32); 4],
    /// The upper edge of the nodes.
    pub top: f32,
    pub size: Size,
    pub marks: MapMarks,
    /// How many rules of the authority do not apply on the day.
    pub elsewhen: usize,
    /// Whether the bands are as thick as mail.
    pub is_by_mail: bool,
}

/// What carries no mail is a line of this width.
const THIN: f32 = 1.2;
/// A band is drawn at least that thick.
const LEAST_BAND: f32 = 1.0;
const HEADINGS: f32 = 28.0;
/// What is left below the lowest node, for words that are a little higher than it.
const EDGE: f32 = 2.0;
/// A row and the space around it take at least that much height.
const ROW_PITCH: f32 = 24.0;
const SMALL_PITCH: f32 = 20.0;
const LEAST: LeastHeights = LeastHeights { sender: 38.0, group: 20.0, rule: 20.0, idle: 17.0, fagsystem: 26.0 };
const LEAST_SMALL: LeastHeights = LeastHeights { sender: 18.0, group: 16.0, rule: 16.0, idle: 14.0, fagsystem: 18.0 };

impl MapLayout {
    /// Lays out the rules that apply on the window's day.
    pub fn of(report: &Arc<MailMapReport>, view: MapView, marks: MapMarks, scene: Scene<'_>) -> Self {
        let (authority, day) = (scene.authority, scene.day());
        let is_by_mail = view.is_by_mail && report.by_mail.messages() > 0;
        let mail =
            if is_by_mail { Cow::Borrowed(&report.by_mail) } else { Cow::Owned(without(&report.evenly, &marks.never)) };
        let weights = weights(&mail);
        let mut rules = authority.rules_in_order();
        let all = rules.len();
        rules.retain(|rule| rule.active && rule.validity.includes(day));
        let elsewhen = all - rules.len();
        let rules: Vec<(&Rule, u64)> =
            rules.into_iter().map(|rule| (rule, weights.get(&rule.priority).copied().unwrap_or_default())).collect();
        let is_whole = view.focus.path.is_empty() && view.focus.skipped == 0;
        let (pitch, least, top) =
            if view.is_small { (SMALL_PITCH, LEAST_SMALL, 0.0) } else { (ROW_PITCH, LEAST, HEADINGS) };
        let room = (view.size.height - top).max(pitch);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there are few rows")]
        let most = ((room / pitch).floor() as usize).saturating_sub(1).max(4);
        let gathering = Gathering::of(&rules, &view.focus, most, is_whole);
        // Mail tells itself what moves; where none is known, every rule that would move any is striped.
        let striped = if is_by_mail || !view.shows_changes { BTreeSet::new() } else { marks.moving.clone() };
        let flow = MapFlow::of(authority, gathering, &mail, &striped, &view.also);
        let arrangement = flow.arranged(least, room);
        let size = Size::new(view.size.width, top + arrangement.height + EDGE);
        Self {
            marks,
            report: Arc::clone(report),
            columns: columns(view.size.width, view.is_small),
            view,
            flow,
            arrangement,
            top,
            size,
            elsewhen,
            is_by_mail,
        }
    }

    /// Whether the nodes stand for the same as those of another layout.
    pub fn has_same_nodes(&self, other: &Self) -> bool {
        self.flow.gathering == other.flow.gathering
            && self.flow.senders == other.flow.senders
            && self.flow.fagsystems == other.flow.fagsystems
    }

    pub fn bounds(&self, column: usize, at: usize) -> Bounds {
        let (x, width) = self.columns[column];
        let placed = self.arrangement.nodes[column][at];
        Bounds::new(x, self.top + placed.top, width, placed.height)
    }

    /// What is drawn of a stream.
    pub fn band(&self, stream: usize) -> Band {
        let arranged = self.arrangement.bands[stream];
        let stream = &self.flow.streams[stream];
        let (from_x, from_width) = self.columns[stream.column];
        let thickness = if stream.count == 0 { THIN } else { arranged.thickness.max(LEAST_BAND) };
        let end = |x: f32, edge: f32| End { x, top: self.top + edge, thickness };
        let (left, right) = (from_x + from_width, self.columns[stream.column + 1].0);
        Band { from: end(left, arranged.left), to: end(right, arranged.right) }
    }

    pub fn row(&self, at: usize) -> Option<&RowKind> {
        self.flow.gathering.rows.get(at).map(|row| &row.kind)
    }

    /// Whether no message can reach any rule of a row.
    pub fn is_never(&self, kind: &RowKind) -> bool {
        match kind {
            RowKind::Rule(rule) => self.marks.never.contains(rule),
            RowKind::Rules(rules) => rules.iter().all(|rule| self.marks.never.contains(rule)),
            RowKind::Default => false,
        }
    }

    /// Whether a row decides mail that goes elsewhere by the publication.
    pub fn is_moving(&self, kind: &RowKind) -> bool {
        self.view.shows_changes
            && match kind {
                RowKind::Rule(rule) => self.marks.moving.contains(&Some(*rule)),
                RowKind::Rules(rules) => rules.iter().any(|rule| self.marks.moving.contains(&Some(*rule))),
                RowKind::Default => self.marks.moving.contains(&None),
            }
    }

    /// The earlier rule that takes a part of a row to another fagsystem.
    pub fn overlapped_by(&self, kind: &RowKind) -> Option<Priority> {
        match kind {
            RowKind::Rule(rule) => self.report.overlapped.get(rule).copied(),
            _ => None,
        }
    }

    /// Whether a course goes through what is pointed at.
    pub fn passes(&self, course: &Course, target: Target) -> bool {
        match target {
            Target::Node(column, at) => course.nodes[column] == at,
            Target::Stream(at) => self.flow.streams.get(at).is_some_and(|stream| is_of(stream, course)),
        }
    }

    /// The nodes that stand out while that is pointed at.
    pub fn lit(&self, target: Target) -> [BTreeSet<usize>; 4] {
        let mut lit: [BTreeSet<usize>; 4] = Default::default();
        for course in self.flow.courses.iter().filter(|course| self.passes(course, target)) {
            course.nodes.iter().zip(&mut lit).for_each(|(node, lit)| {
                lit.insert(*node);
            });
        }
        // A row without mail has no course, but it has its streams.
        for (at, stream) in self.flow.streams.iter().enumerate().filter(|(_, stream)| stream.count == 0) {
            let is_end = |target| match target {
                Target::Node(column, node) => {
                    (column == stream.column && node == stream.from)
                        || (column == stream.column + 1 && node == stream.to)
                }
                Target::Stream(target) => target == at,
            };
            let row = if stream.column == GROUPS { stream.to } else { stream.from };
            if is_end(target) || target == Target::Node(ROWS, row) {
                lit[stream.column].insert(stream.from);
                lit[stream.column + 1].insert(stream.to);
            }
        }
        if let Target::Node(column, at) = target {
            lit[column].insert(at);
        }
        lit
    }
}

/// Whether a course is a part of a stream.
pub(super) fn is_of(stream: &Stream, course: &Course) -> bool {
    course.nodes[stream.column] == stream.from
        && course.nodes[stream.column + 1] == stream.to
        && (course.is_moved == stream.is_moved || stream.column == SENDERS)
        && stream.fagsystem.is_none_or(|fagsystem| course.nodes[FAGSYSTEMS] == fagsystem)
}

/// The same without what those rules decide.
fn without(mail: &MailMap, rules: &BTreeSet<Priority>) -> MailMap {
    let is_kept = |way: &MailWay| way.rule.is_none_or(|rule| !rules.contains(&rule));
    MailMap {
        ways: mail.ways.iter().filter(|(way, _)| is_kept(way)).map(|(way, count)| (way.clone(), *count)).collect(),
    }
}

fn weights(mail: &MailMap) -> BTreeMap<Priority, u64> {
    let mut weights = BTreeMap::new();
    for (way, count) in &mail.ways {
        if let Some(rule) = way.rule {
            *weights.entry(rule).or_default() += *count;
        }
    }
    weights
}

fn columns(width: f32, is_small: bool) -> [(f32, f32); 4] {
    let shares: [(f32, f32, f32); 4] = if is_small {
        [(0.10, 60.0, 90.0), (0.22, 90.0, 220.0), (0.13, 60.0, 140.0), (0.22, 100.0, 220.0)]
    } else {
        [(0.11, 86.0, 130.0), (0.23, 114.0, 300.0), (0.18, 92.0, 210.0), (0.23, 116.0, 300.0)]
    };
    let widths = shares.map(|(share, least, most)| (width * share).clamp(least, most).round());
    let gap = ((width - widths.iter().sum::<f32>()) / 3.0).max(20.0).floor();
    let mut x = 0.0;
    let place = |width: f32| {
        let place = (x, width);
        x += width + gap;
        place
    };
    let mut columns = widths.map(place);
    // The last column ends where the picture ends.
    columns[FAGSYSTEMS].0 = (width - columns[FAGSYSTEMS].1).max(columns[ROWS].0 + columns[ROWS].1 + 20.0);
    columns
}
