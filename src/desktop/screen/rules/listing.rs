//! Which rules are listed, in which order, and in which columns.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::column::{ColumnKind, value_words};
use super::list_settings::{Filter, ListSettings};
use super::widths::Widths;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::screen::scene::Scene;
use crate::rules::CriterionKind;
use crate::rules::{Criterion, Cvr, KlePlan, Lost, Priority, Rule, RuleBook};

/// The rules that are listed, in their order. Worked out when something changes, not for each picture.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Listing {
    pub rows: Vec<Arc<Rule>>,
    /// The rules that would take nothing today though messages fit them, and which others take these.
    pub lost: BTreeMap<Priority, Lost>,
    /// How wide what stands in each column is.
    pub widths: Widths,
    key: Option<Key>,
    texts: SearchTexts,
}

/// What has changed of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refreshed {
    /// What is searched for, filtered or sorted by.
    View,
    /// The rules, or what is known of them.
    Rules,
}

/// Everything that a listing depends on.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    of: Source,
    view: ListSettings,
    search: String,
}

/// Everything that a rule's texts depend on.
#[derive(Debug, Clone, PartialEq)]
struct Source {
    /// Held, so that no other book can take its place.
    book: HeldBook,
    authority: Cvr,
    title: &'static str,
    /// Held, so that no other plan can take its place.
    kle: HeldPlan,
    record: u64,
    today: jiff::civil::Date,
}

#[derive(Debug, Clone)]
struct HeldPlan(Arc<KlePlan>);

impl PartialEq for HeldPlan {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Debug, Clone)]
struct HeldBook(Arc<RuleBook>);

impl PartialEq for HeldBook {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What each rule's row says, in lower case.
#[derive(Debug, Default)]
struct SearchTexts {
    of: Option<Source>,
    by_rule: BTreeMap<Priority, String>,
}

impl Listing {
    /// The numbers that rules have now, when the draft is another than the one that was listed; `None` when it is the
    /// same, or another authority's.
    pub fn new_numbers(&self, scene: Scene<'_>) -> Option<HashMap<Priority, Priority>> {
        let listed = &self.key.as_ref().filter(|key| key.of.authority == scene.authority.cvr)?.of.book.0;
        if Arc::ptr_eq(listed, scene.bench.book()) {
            return None;
        }
        let before = listed.authority(scene.authority.cvr)?;
        Some(before.counterparts(scene.authority))
    }

    /// Works the listing out anew if anything has changed, and says what.
    pub fn refresh(&mut self, view: &ListSettings, search: &str, scene: Scene<'_>) -> Option<Refreshed> {
        let of = Source {
            book: HeldBook(Arc::clone(scene.bench.book())),
            authority: scene.authority.cvr,
            title: scene.t.rules.title,
            kle: HeldPlan(Arc::clone(scene.kle)),
            record: scene.record.version,
            today: scene.today,
        };
        // How wide columns are does not matter.
        let view = ListSettings { widths: BTreeMap::new(), saved: Vec::new(), ..view.clone() };
        let key = Key { of, view, search: search.trim().to_lowercase() };
        if self.key.as_ref() == Some(&key) {
            return None;
        }
        let is_same_source = self.key.as_ref().is_some_and(|before| before.of == key.of);
        if !is_same_source {
            self.lost = left_with_none(scene);
        }
        let query: Vec<&str> = key.search.split_whitespace().collect();
        if !query.is_empty() && self.texts.of.as_ref() != Some(&key.of) {
            let text = |rule: &Arc<Rule>| (rule.priority, row_text(rule, scene));
            self.texts =
                SearchTexts { of: Some(key.of.clone()), by_rule: scene.authority.rules.iter().map(text).collect() };
        }
        let rules = scene.authority.rules.iter();
        self.rows = rules
            .filter(|rule| passes(&key.view.filters, rule, scene))
            .filter(|rule| {
                query.is_empty()
                    || self
                        .texts
                        .by_rule
                        .get(&rule.priority)
                        .is_some_and(|text| query.iter().all(|word| text.contains(word)))
            })
            .cloned()
            .collect();
        sort(&mut self.rows, &key.view, scene);
        self.widths = Widths::of(&self.rows, scene);
        self.key = Some(key);
        Some(if is_same_source { Refreshed::View } else { Refreshed::Rules })
    }

    pub fn position(&self, priority: Priority) -> Option<usize> {
        self.rows.iter().position(|rule| rule.priority == priority)
    }
}

/// So many times a rule is held against a message at most, for the list to say why rules take nothing.
const MAX_COMPARISONS: usize = 300_000;

/// The rules that never decided and would not today, and which others take what fits them. Not worked out where that
/// would take long.
fn left_with_none(scene: Scene<'_>) -> BTreeMap<Priority, Lost> {
    let takes_none = |rule: &Rule| rule.active && scene.hits(rule.priority).is_none_or(|hits| hits.count == 0);
    let rules: Vec<&Rule> = scene.authority.rules.iter().map(Arc::as_ref).filter(|rule| takes_none(rule)).collect();
    let traffic = &scene.record.traffic;
    match &scene.bench.insight().distributor {
        Some(draft) if rules.len().saturating_mul(traffic.kinds()) <= MAX_COMPARISONS => {
            draft.left_with_none(scene.authority.cvr, &rules, traffic.messages(), scene.today)
        }
        _ => BTreeMap::new(),
    }
}

/// Of each kind of filter, one must fit.
fn passes(filters: &[Filter], rule: &Rule, scene: Scene<'_>) -> bool {
    filters.iter().all(|filter| {
        let mut same_kind = filters.iter().filter(|other| other.has_same_kind_as(filter));
        same_kind.any(|filter| filter.matches(rule, scene))
    })
}

fn sort(rows: &mut [Arc<Rule>], view: &ListSettings, scene: Scene<'_>) {
    rows.sort_by_key(|rule| rule.priority);
    let (t, authority) = (scene.t, scene.authority);
    let by_text = |rows: &mut [Arc<Rule>], text: &dyn Fn(&Rule) -> String| {
        let mut keyed: Vec<_> = rows.iter().map(|rule| (text(rule), Arc::clone(rule))).collect();
        keyed.sort_by(|(one, _), (other, _)| empty_last(one, other));
        for (row, (_, rule)) in rows.iter_mut().zip(keyed) {
            *row = rule;
        }
    };
    match view.sort {
        ColumnKind::Priority => {}
        ColumnKind::State => rows.sort_by_cached_key(|rule| scene.state(rule)),
        ColumnKind::Segment => by_text(rows, &|rule| (t.rules.segment)(rule.segment).to_owned()),
        ColumnKind::Element => by_text(rows, &|rule| (t.rules.element)(CriterionKind::of(&rule.criterion)).to_owned()),
        ColumnKind::Value => by_text(rows, &|rule| value_words(rule, scene)),
        ColumnKind::Fagsystem => by_text(rows, &|rule| fagsystem_name(authority, &rule.fagsystem).to_owned()),
        ColumnKind::From => rows.sort_by_key(|rule| rule.validity.from()),
        // Without an end is the latest of all.
        ColumnKind::To => rows.sort_by_key(|rule| (rule.validity.to().is_none(), rule.validity.to())),
        ColumnKind::Hits => rows.sort_by_cached_key(|rule| scene.hits(rule.priority).map_or(0, |hits| hits.count)),
        ColumnKind::LastHit => rows.sort_by_cached_key(|rule| scene.hits(rule.priority).map(|hits| hits.last)),
        ColumnKind::Note => by_text(rows, &|rule| rule.note.clone()),
    }
    if view.descending {
        rows.reverse();
    }
}

fn empty_last(one: &str, other: &str) -> Ordering {
    one.is_empty().cmp(&other.is_empty()).then_with(|| danish_order(one, other))
}

/// Everything that the row of a rule shows, and what stands behind its names.
fn row_text(rule: &Rule, scene: Scene<'_>) -> String {
    let (t, authority) = (scene.t, scene.authority);
    let behind = match &rule.criterion {
        Criterion::ContactPoint(id) => id.to_string(),
        _ => String::new(),
    };
    let hits = scene.hits(rule.priority);
    let words = [
        rule.priority.to_string(),
        (t.rules.state)(scene.state(rule)).to_owned(),
        (t.rules.segment)(rule.segment).to_owned(),
        (t.rules.element)(CriterionKind::of(&rule.criterion)).to_owned(),
        value_words(rule, scene),
        behind,
        fagsystem_name(authority, &rule.fagsystem).to_owned(),
        rule.fagsystem.to_string(),
        date_text(rule.validity.from()),
        rule.validity.to().map(date_text).unwrap_or_default(),
        hits.map(|hits| hits.count.to_string()).unwrap_or_default(),
        hits.map(|hits| t.ago(hits.last, scene.now)).unwrap_or_default(),
        hits.map(|hits| moment_text(hits.last)).unwrap_or_default(),
        rule.note.clone(),
    ];
    words.join("\n").to_lowercase()
}
