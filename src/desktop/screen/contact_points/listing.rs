//! Which contact points are listed, and who takes their post. Worked out when something changes, not for each picture.

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

/// Something that a listed contact point must be. Of several of one kind, one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// No rule takes anything of its post.
    WithoutRule,
    /// It cannot be written to.
    Closed,
    /// In that group or below it, by key; the empty one is no group.
    Group(String),
}

impl Filter {
    fn lets_through(&self, entry: &Entry) -> bool {
        match self {
            Self::WithoutRule => entry.is_without_rule(),
            Self::Closed => PointState::of(&entry.point) == PointState::Closed,
            Self::Group(key) if key.is_empty() => entry.point.groups.is_empty(),
            Self::Group(key) => entry.groups.iter().any(|own| is_within(own, key)),
        }
    }
}

/// Of each kind of filter, one must fit.
fn is_let_through(filters: &[Filter], entry: &Entry) -> bool {
    let kind = std::mem::discriminant::<Filter>;
    filters.iter().all(|filter| {
        let mut of_its_kind = filters.iter().filter(|other| kind(other) == kind(filter));
        of_its_kind.any(|filter| filter.lets_through(entry))
    })
}

/// Which line is meant, whatever stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Group(String),
    Point(Caseless, String),
}

/// How the list is shown. Remembered from one time to the next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ListView {
    /// By group.
    pub is_tree: bool,
}

/// What people look for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    pub view: ListView,
    pub search: String,
    pub filters: Vec<Filter>,
    /// The groups that are folded up, by key.
    pub folded: BTreeSet<String>,
}

/// The contact points of an authority, and those of them that are listed.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub entries: Vec<Entry>,
    pub rows: Vec<Row>,
    /// How many contact points are listed, each counted once.
    pub shown: usize,
    pub without_rule: usize,
    /// Of how many rules take a part of the post.
    pub partly: usize,
    /// What becomes of post that no rule takes which names its contact point.
    pub rest: Rest,
    /// Every group, by its key and its path.
    pub groups: Vec<(String, String)>,
    of: Option<Source>,
    record: Option<u64>,
    wanted: Option<Wanted>,
}

/// Everything that follows from the draft depends on this.
#[derive(Debug, Clone)]
struct Source {
    /// Held, so that no other book can take its place.
    book: Arc<RuleBook>,
    authority: Cvr,
    title: &'static str,
    today: Date,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.book, &other.book)
            && (self.authority, self.title, self.today) == (other.authority, other.title, other.today)
    }
}

impl Listing {
    /// Whether another authority's contact points are listed.
    pub fn is_of_other(&self, authority: Cvr) -> bool {
        self.of.as_ref().is_some_and(|of| of.authority != authority)
    }

    /// Works out anew what has changed.
    pub fn refresh(&mut self, wanted: &Wanted, scene: Scene<'_>) {
        let of = Source {
            book: Arc::clone(scene.bench.book()),
            authority: scene.authority.cvr,
            title: scene.t.contact_points.title,
            today: scene.today,
        };
        if self.of.as_ref() != Some(&of) {
            self.read(scene);
            self.of = Some(of);
            (self.record, self.wanted) = (None, None);
        }
        if self.record != Some(scene.record.version) {
            self.count_messages(scene);
            self.record = Some(scene.record.version);
        }
        if self.wanted.as_ref() != Some(wanted) {
            self.list(wanted, scene);
            self.wanted = Some(wanted.clone());
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
        self.partly = self.entries.iter().filter(|it| !it.is_without_rule() && it.leaves_some()).count();
        self.rest = if rules.others_may_take { Rest::Others } else { Rest::Default };
        self.groups = Tree::of(&self.entries, 0..self.entries.len()).groups();
    }

    fn count_messages(&mut self, scene: Scene<'_>) {
        let mut counts: HashMap<&Caseless, u64> = HashMap::new();
        for (facts, count) in scene.record.traffic.messages() {
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

    fn list(&mut self, wanted: &Wanted, scene: Scene<'_>) {
        let search = wanted.search.trim().to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let is_listed = |entry: &Entry| {
            is_let_through(&wanted.filters, entry) && words.iter().all(|word| entry.text.contains(word))
        };
        let listed: Vec<usize> = (0..self.entries.len()).filter(|at| is_listed(&self.entries[*at])).collect();
        self.shown = listed.len();
        self.rows = if wanted.view.is_tree {
            // What is found is seen, whatever was folded up before.
            let nothing = BTreeSet::new();
            let folded = if words.is_empty() { &wanted.folded } else { &nothing };
            Tree::of(&self.entries, listed.into_iter()).rows(folded, scene.t.contact_points.no_group)
        } else {
            listed.into_iter().map(|entry| Row::Point { entry, depth: 0, group: String::new() }).collect()
        };
    }

    pub fn entry(&self, id: &Caseless) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.point.id == *id)
    }

    pub fn place(&self, row: usize) -> Option<Place> {
        Some(match self.rows.get(row)? {
            Row::Group { key, .. } => Place::Group(key.clone()),
            Row::Point { entry, group, .. } => Place::Point(self.entries[*entry].point.id.clone(), group.clone()),
        })
    }

    /// Where that place is; a contact point that has left its group is looked for in others.
    pub fn row(&self, place: &Place) -> Option<usize> {
        let exactly = self.rows.iter().position(|row| match (row, place) {
            (Row::Group { key, .. }, Place::Group(wanted)) => key == wanted,
            (Row::Point { entry, group, .. }, Place::Point(id, wanted)) => {
                group == wanted && self.entries[*entry].point.id == *id
            }
            _ => false,
        });
        let Place::Point(id, _) = place else { return exactly };
        exactly.or_else(|| {
            self.rows
                .iter()
                .position(|row| matches!(row, Row::Point { entry, .. } if self.entries[*entry].point.id == *id))
        })
    }

    /// A group's path, by its key.
    pub fn group_path(&self, key: &str) -> Option<&str> {
        self.groups.iter().find(|(own, _)| own == key).map(|(_, path)| path.as_str())
    }
}
