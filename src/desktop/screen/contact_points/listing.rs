//! Which contact points are listed, and which rules get their messages. Computed when something changes rather than on
//! each redraw.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Row};
use super::group_key::is_within;
use super::rule_index::RuleIndex;
use super::tree::Tree;
use crate::desktop::language::names::danish_order;
use crate::desktop::model::point_state::{PointState, Rest};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Caseless, Cvr, RuleBook};

/// A condition on the listed contact points. Filters of the same kind are alternatives; filters of different kinds must
/// all match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// No rule in effect matches it.
    WithoutRule,
    /// Senders cannot write to it.
    Closed,
    /// In this group or below it, by key; the empty key means in no group.
    Group(String),
}

impl Filter {
    fn matches(&self, entry: &Entry) -> bool {
        match self {
            Self::WithoutRule => entry.is_without_rule(),
            Self::Closed => PointState::of(&entry.point) == PointState::Closed,
            Self::Group(key) if key.is_empty() => entry.point.groups.is_empty(),
            Self::Group(key) => entry.groups.iter().any(|own| is_within(own, key)),
        }
    }
}

/// Whether the contact point matches at least one filter of each kind.
fn passes(filters: &[Filter], entry: &Entry) -> bool {
    let kind = std::mem::discriminant::<Filter>;
    filters.iter().all(|filter| {
        let mut same_kind = filters.iter().filter(|other| kind(other) == kind(filter));
        same_kind.any(|filter| filter.matches(entry))
    })
}

/// Identifies a row, wherever it is in the list: a group by key, or a contact point by id and the key of the group it
/// is listed under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum RowId {
    Group(String),
    Point(Caseless, String),
}

/// Settings of the list that are saved in the preferences.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ListSettings {
    /// As a tree of groups rather than a flat list.
    pub is_tree: bool,
}

/// What determines the listed rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Query {
    pub settings: ListSettings,
    pub search: String,
    pub filters: Vec<Filter>,
    /// The folded groups, by key.
    pub folded: BTreeSet<String>,
}

/// The contact points of an authority and the rows of the list.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub entries: Vec<Entry>,
    pub rows: Vec<Row>,
    /// The number of contact points listed, each counted once.
    pub shown: usize,
    pub without_rule: usize,
    /// The number of contact points that rules match only in part.
    pub partly: usize,
    /// What happens to messages that no rule for their contact point matches.
    pub rest: Rest,
    /// The key and path of every group.
    pub groups: Vec<(String, String)>,
    of: Option<Source>,
    record: Option<u64>,
    query: Option<Query>,
}

/// Everything that the entries depend on.
#[derive(Debug, Clone)]
struct Source {
    /// Keeps the Arc alive: identity is compared by pointer.
    book: Arc<RuleBook>,
    authority: Cvr,
    title: &'static str,
    day: Date,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.book, &other.book)
            && (self.authority, self.title, self.day) == (other.authority, other.title, other.day)
    }
}

impl Listing {
    /// Whether the contact points of another authority are listed.
    pub fn is_of_other(&self, authority: Cvr) -> bool {
        self.of.as_ref().is_some_and(|of| of.authority != authority)
    }

    /// Recomputes what has changed.
    pub fn refresh(&mut self, query: &Query, scene: Scene<'_>) {
        let of = Source {
            book: Arc::clone(scene.bench.book()),
            authority: scene.authority.cvr,
            title: scene.t.contact_points.title,
            day: scene.day(),
        };
        if self.of.as_ref() != Some(&of) {
            self.read(scene);
            self.of = Some(of);
            (self.record, self.query) = (None, None);
        }
        if self.record != Some(scene.journal.version) {
            self.count_messages(scene);
            self.record = Some(scene.journal.version);
        }
        if self.query.as_ref() != Some(query) {
            self.list(query, scene);
            self.query = Some(query.clone());
        }
    }

    fn read(&mut self, scene: Scene<'_>) {
        let rules = RuleIndex::of(scene);
        self.entries = scene.authority.contact_points.iter().map(|point| Entry::of(point, &rules)).collect();
        self.entries.sort_by(|one, other| {
            let title = |entry: &Entry| entry.point.title.is_empty();
            title(one)
                .cmp(&title(other))
                .then_with(|| danish_order(&one.point.title, &other.point.title))
                .then_with(|| one.point.id.folded().cmp(other.point.id.folded()))
        });
        self.without_rule = self.entries.iter().filter(|entry| entry.is_without_rule()).count();
        self.partly = self.entries.iter().filter(|it| !it.is_without_rule() && it.has_rest()).count();
        self.rest = if rules.has_other_rules { Rest::Others } else { Rest::Default };
        self.groups = Tree::of(&self.entries, 0..self.entries.len()).groups();
    }

    fn count_messages(&mut self, scene: Scene<'_>) {
        let mut counts: HashMap<&Caseless, u64> = HashMap::new();
        for (facts, count) in scene.journal.traffic.messages() {
            let is_ours = facts.recipient.is_some_and(|cvr| scene.authority.cvrs().any(|own| own == cvr));
            let id = facts.contact_point.as_ref().and_then(|point| point.id.as_ref()).filter(|_| is_ours);
            if let Some(id) = id {
                *counts.entry(id).or_default() += count;
            }
        }
        for entry in &mut self.entries {
            entry.messages = counts.get(&entry.point.id).copied().unwrap_or_default();
        }
    }

    fn list(&mut self, query: &Query, scene: Scene<'_>) {
        let search = query.search.trim().to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let is_listed =
            |entry: &Entry| passes(&query.filters, entry) && words.iter().all(|word| entry.text.contains(word));
        let listed: Vec<usize> = (0..self.entries.len()).filter(|at| is_listed(&self.entries[*at])).collect();
        self.shown = listed.len();
        self.rows = if query.settings.is_tree {
            // A search unfolds all groups.
            let nothing = BTreeSet::new();
            let folded = if words.is_empty() { &query.folded } else { &nothing };
            Tree::of(&self.entries, listed.into_iter()).rows(folded, scene.t.contact_points.no_group)
        } else {
            listed.into_iter().map(|entry| Row::Point { entry, depth: 0, group: String::new() }).collect()
        };
    }

    pub fn entry(&self, id: &Caseless) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.point.id == *id)
    }

    pub fn row_id(&self, row: usize) -> Option<RowId> {
        self.rows.get(row).map(|row| self.id_of(row))
    }

    pub fn id_of(&self, row: &Row) -> RowId {
        match row {
            Row::Group { key, .. } => RowId::Group(key.clone()),
            Row::Point { entry, group, .. } => RowId::Point(self.entries[*entry].point.id.clone(), group.clone()),
        }
    }

    /// The index of a row. A contact point that is no longer in its group is looked up in any other.
    pub fn row(&self, id: &RowId) -> Option<usize> {
        let exactly = self.rows.iter().position(|row| match (row, id) {
            (Row::Group { key, .. }, RowId::Group(own)) => key == own,
            (Row::Point { entry, group, .. }, RowId::Point(id, own)) => {
                group == own && self.entries[*entry].point.id == *id
            }
            _ => false,
        });
        let RowId::Point(id, _) = id else { return exactly };
        exactly.or_else(|| {
            self.rows
                .iter()
                .position(|row| matches!(row, Row::Point { entry, .. } if self.entries[*entry].point.id == *id))
        })
    }

    pub fn group_path(&self, key: &str) -> Option<&str> {
        self.groups.iter().find(|(own, _)| own == key).map(|(_, path)| path.as_str())
    }
}
