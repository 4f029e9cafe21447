//! Which rules are listed, and in which order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use memchr::memmem::Finder;

use super::column::{ColumnKind, value_words};
use super::list_settings::{Filter, ListSettings};
use super::widths::Widths;
use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Criterion, CriterionKind, Cvr, KlePlan, Lost, Priority, Rule, RuleBook};

/// The listed rules in order. Computed when something changes rather than on each redraw.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub rows: Vec<Arc<Rule>>,
    /// Rules that match messages but would get none on the day that is shown, with the rules that get them instead.
    pub lost: BTreeMap<Priority, Lost>,
    pub widths: Widths,
    key: Option<Key>,
    texts: SearchTexts,
}

/// What has changed since the last refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refreshed {
    /// Only the search text, the filters or the sorting.
    View,
    /// The rules, or the data shown about them.
    Rules,
}

/// Everything that the listing depends on.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    source: Source,
    settings: ListSettings,
    search: String,
}

/// Everything that the text of a row depends on.
#[derive(Debug, Clone, PartialEq)]
struct Source {
    book: SameArc<RuleBook>,
    authority: Cvr,
    title: &'static str,
    kle: SameArc<KlePlan>,
    record: u64,
    day: jiff::civil::Date,
    is_reviewed: bool,
}

/// An [`Arc`] that is equal to another one only if both point to the same value. It keeps the value alive: otherwise a
/// new value could be allocated at the same address.
#[derive(Debug, Clone)]
struct SameArc<T>(Arc<T>);

impl<T> PartialEq for SameArc<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The text of each row in lower case, for searching.
#[derive(Debug, Default)]
struct SearchTexts {
    source: Option<Source>,
    /// In the order of the authority's rules.
    of_rules: Vec<String>,
}

impl SearchTexts {
    /// Whether each rule's text contains all of the words.
    fn contain(&self, words: &[Finder<'_>]) -> impl Iterator<Item = bool> {
        self.of_rules.iter().map(|text| words.iter().all(|word| word.find(text.as_bytes()).is_some()))
    }
}

impl Listing {
    /// The new number of each rule that was listed, by its old number; `None` if the listing shows the current draft or
    /// another authority.
    pub fn new_numbers(&self, scene: Scene<'_>) -> Option<HashMap<Priority, Priority>> {
        let listed = &self.key.as_ref().filter(|key| key.source.authority == scene.authority.cvr)?.source.book.0;
        if Arc::ptr_eq(listed, scene.bench.book()) {
            return None;
        }
        let before = listed.authority(scene.authority.cvr)?;
        Some(before.counterparts(scene.authority))
    }

    /// Recomputes the listing if anything has changed, and returns what.
    pub fn refresh(&mut self, settings: &ListSettings, search: &str, scene: Scene<'_>) -> Option<Refreshed> {
        let source = Source {
            book: SameArc(Arc::clone(scene.bench.book())),
            authority: scene.authority.cvr,
            title: scene.t.rules.title,
            kle: SameArc(Arc::clone(scene.kle)),
            record: scene.journal.version,
            day: scene.day(),
            is_reviewed: scene.bench.insight().is_reviewed,
        };
        // Column widths and saved filters do not affect the rows.
        let settings = ListSettings { widths: BTreeMap::new(), saved: Vec::new(), ..settings.clone() };
        let key = Key { source, settings, search: search.trim().to_lowercase() };
        if self.key.as_ref() == Some(&key) {
            return None;
        }
        let is_same_source = self.key.as_ref().is_some_and(|before| before.source == key.source);
        if !is_same_source {
            self.lost = rules_without_messages(scene);
        }
        let words: Vec<_> = key.search.split_whitespace().map(Finder::new).collect();
        if !words.is_empty() && self.texts.source.as_ref() != Some(&key.source) {
            let of_rules = scene.authority.rules.iter().map(|rule| row_text(rule, scene)).collect();
            self.texts = SearchTexts { source: Some(key.source.clone()), of_rules };
        }
        let rules = scene.authority.rules.iter();
        let found: Vec<_> = if words.is_empty() {
            rules.collect()
        } else {
            rules.zip(self.texts.contain(&words)).filter_map(|(rule, is_found)| is_found.then_some(rule)).collect()
        };
        let filters = &key.settings.filters;
        self.rows = found.into_iter().filter(|rule| passes(filters, rule, scene)).cloned().collect();
        sort(&mut self.rows, &key.settings, scene);
        // Of all rules, so that the columns stand still while people search and filter.
        if !is_same_source {
            self.widths = Widths::of(&scene.authority.rules, scene);
        }
        self.key = Some(key);
        Some(if is_same_source { Refreshed::View } else { Refreshed::Rules })
    }

    pub fn position(&self, priority: Priority) -> Option<usize> {
        self.rows.iter().position(|rule| rule.priority == priority)
    }
}

/// With more rules times kinds of messages than this, the list does not explain why rules get no messages: it would
/// take too long.
const MAX_COMPARISONS: usize = 300_000;

/// Rules without hits that would get no messages on the day that is shown either, with the rules that get them instead. Empty if there are
/// more than [`MAX_COMPARISONS`].
fn rules_without_messages(scene: Scene<'_>) -> BTreeMap<Priority, Lost> {
    let has_no_hits = |rule: &Rule| rule.active && scene.hits(rule.priority).is_none_or(|hits| hits.count == 0);
    let rules: Vec<&Rule> = scene.authority.rules.iter().map(Arc::as_ref).filter(|rule| has_no_hits(rule)).collect();
    let traffic = &scene.journal.traffic;
    match &scene.bench.insight().distributor {
        Some(draft) if rules.len().saturating_mul(traffic.kinds()) <= MAX_COMPARISONS => {
            draft.left_with_none(scene.authority.cvr, &rules, traffic.messages(), scene.day())
        }
        _ => BTreeMap::new(),
    }
}

/// Whether the rule matches at least one filter of each kind.
fn passes(filters: &[Filter], rule: &Rule, scene: Scene<'_>) -> bool {
    filters.iter().all(|filter| {
        let mut same_kind = filters.iter().filter(|other| other.has_same_kind_as(filter));
        same_kind.any(|filter| filter.matches(rule, scene))
    })
}

fn sort(rows: &mut [Arc<Rule>], settings: &ListSettings, scene: Scene<'_>) {
    rows.sort_by_key(|rule| rule.priority);
    let (t, authority) = (scene.t, scene.authority);
    let by_text = |rows: &mut [Arc<Rule>], text: &dyn Fn(&Rule) -> String| {
        let mut keyed: Vec<_> = rows.iter().map(|rule| (text(rule), Arc::clone(rule))).collect();
        keyed.sort_by(|(one, _), (other, _)| empty_last(one, other));
        for (row, (_, rule)) in rows.iter_mut().zip(keyed) {
            *row = rule;
        }
    };
    match settings.sort {
        ColumnKind::Priority => {}
        ColumnKind::State => rows.sort_by_cached_key(|rule| scene.state(rule)),
        ColumnKind::Segment => by_text(rows, &|rule| (t.rules.segment)(rule.segment).to_owned()),
        ColumnKind::Element => by_text(rows, &|rule| (t.rules.element)(CriterionKind::of(&rule.criterion)).to_owned()),
        ColumnKind::Value => by_text(rows, &|rule| value_words(rule, scene)),
        ColumnKind::Fagsystem => by_text(rows, &|rule| fagsystem_name(authority, &rule.fagsystem).to_owned()),
        ColumnKind::From => rows.sort_by_key(|rule| rule.validity.from()),
        // No last day sorts after every date.
        ColumnKind::To => rows.sort_by_key(|rule| (rule.validity.to().is_none(), rule.validity.to())),
        ColumnKind::Hits => rows.sort_by_cached_key(|rule| scene.hits(rule.priority).map_or(0, |hits| hits.count)),
        ColumnKind::LastHit => rows.sort_by_cached_key(|rule| scene.hits(rule.priority).map(|hits| hits.last)),
        ColumnKind::Note => by_text(rows, &|rule| rule.note.clone()),
    }
    if settings.descending {
        rows.reverse();
    }
}

fn empty_last(one: &str, other: &str) -> Ordering {
    one.is_empty().cmp(&other.is_empty()).then_with(|| danish_order(one, other))
}

/// The text that a search looks in: what the row shows, and the ids behind the names.
fn row_text(rule: &Rule, scene: Scene<'_>) -> String {
    let (t, authority) = (scene.t, scene.authority);
    let id = match &rule.criterion {
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
        id,
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
