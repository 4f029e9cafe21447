//! The rules of an authority in rows, in groups, one that follows another below it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::desktop::model::names::{danish_order, fagsystem_name};
use crate::picture::width;
use crate::rules::{
    Authority, Criterion, CriterionKind, FagsystemId, Gap, Handover, Priority, Rule, RuleDays, Schedule, Validity,
};

/// What rules are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grouping {
    /// By the value that they require, such as a contact point.
    #[default]
    Value,
    /// By the KLE main group; rules on other facts by the fact.
    Kle,
    Fagsystem,
}

impl Grouping {
    pub const ALL: [Self; 3] = [Self::Value, Self::Kle, Self::Fagsystem];
}

/// Which rules are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    #[default]
    All,
    /// Those that begin or end within [`SOON`] days.
    Soon,
    /// Those before a gap, or to which earlier rules leave nothing or not everything, today or later.
    Trouble,
}

impl Selection {
    pub const ALL: [Self; 3] = [Self::All, Self::Soon, Self::Trouble];
}

/// A change is soon if it is at most so many days ahead.
pub const SOON: i32 = 90;

/// A group of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// One value: it has no heading, as the rows name it.
    Value,
    /// A main group of KLE, by its two digits.
    Kle(u8),
    /// All rules that look at a fact.
    Fact(CriterionKind),
    Fagsystem(FagsystemId),
}

/// A row.
#[derive(Debug, Clone)]
pub enum Row {
    /// The heading of the rules that follow, and how many they are.
    Heading(Group, usize),
    Bar(Box<Bar>),
}

/// A rule, on which days it is valid, and what is known of these.
#[derive(Debug, Clone)]
pub struct Bar {
    pub rule: Arc<Rule>,
    /// The value that it requires, by its plain name.
    pub value: String,
    /// Whether the row above is not of the same value.
    pub begins_value: bool,
    /// The published dates, where the draft has others.
    pub published: Option<Validity>,
    /// Whether the rule is not published at all.
    pub is_new: bool,
    /// On which days it decides; `None` until it is known.
    pub days: Option<RuleDays>,
    /// The days after it on which the default recipient gets mail.
    pub gaps: Vec<Gap>,
    /// To whom it hands over.
    pub hands_over: Vec<Handover>,
    /// From whom it takes over.
    pub takes_over: Vec<Handover>,
}

impl Bar {
    pub fn priority(&self) -> Priority {
        self.rule.priority
    }

    /// Whether the rule begins, ends, or is followed by something else, on a day of these.
    fn changes_within(&self, first: Date, last: Date) -> bool {
        let is_within = |day: Date| (first..=last).contains(&day);
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        self.rule.active && (is_within(self.rule.validity.from()) || self.rule.validity.to().is_some_and(is_within))
            || self.hands_over.iter().chain(&self.takes_over).any(|it| is_within(it.day))
            || self.gaps.iter().any(|gap| is_within(gap.from) || gap.to.map(next).is_some_and(is_within))
    }

    /// Whether a day from that one on is in a gap after it, or earlier rules leave it nothing or not everything.
    fn is_troubled_from(&self, day: Date) -> bool {
        let is_later = |to: Option<Date>| to.is_none_or(|to| day <= to);
        let overlaps = |days: &RuleDays| days.idle.iter().chain(&days.in_part).any(|(_, to)| is_later(*to));
        self.gaps.iter().any(|gap| is_later(gap.to)) || self.rule.active && self.days.as_ref().is_some_and(overlaps)
    }
}

/// What the rows are made of.
pub struct Source<'a> {
    pub authority: &'a Authority,
    /// What is known of the rules' days.
    pub schedule: Option<&'a Schedule>,
    /// What is published of a rule of the draft.
    pub published: &'a dyn Fn(Priority) -> Option<&'a Rule>,
    /// The plain name of a value.
    pub name: &'a dyn Fn(&Criterion) -> String,
    /// Today, or the day that is looked at.
    pub day: Date,
}

/// The bars of all rules, in order, and all rows that are shown of them.
#[derive(Debug, Default)]
pub struct Rows {
    pub all: Vec<Row>,
    /// Where the bar of each rule that is shown is.
    at: HashMap<Priority, usize>,
    /// How many gaps there are today or later.
    pub gaps: usize,
    /// How many days there are in the coming [`SOON`] on which mail goes to another fagsystem.
    pub changes: usize,
}

impl Rows {
    pub fn of(source: &Source<'_>, grouping: Grouping, selection: Selection, search: &str) -> Self {
        let mut bars = bars(source);
        let soon = source.day.saturating_add(SOON.days());
        // What has gone to the default recipient for long, and still does, is no news.
        let is_ahead = |gap: &&Gap| source.day <= gap.to.unwrap_or(gap.from);
        let gaps = bars.iter().flat_map(|bar| &bar.gaps).filter(is_ahead).count();
        let changes = bars.iter().flat_map(|bar| &bar.hands_over);
        let mut days: Vec<Date> = changes.map(|it| it.day).filter(|day| (source.day..=soon).contains(day)).collect();
        days.sort_unstable();
        days.dedup();
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        bars.retain(|bar| {
            let is_selected = match selection {
                Selection::All => true,
                Selection::Soon => bar.changes_within(source.day, soon),
                Selection::Trouble => bar.is_troubled_from(source.day),
            };
            is_selected && has_words(bar, &words, source.authority)
        });
        let mut rows =
            Self { all: grouped(bars, grouping, source.authority), gaps, changes: days.len(), at: HashMap::new() };
        let places = rows.all.iter().enumerate().filter_map(|(at, row)| match row {
            Row::Bar(bar) => Some((bar.priority(), at)),
            Row::Heading(..) => None,
        });
        rows.at = places.collect();
        rows
    }

    pub fn position(&self, rule: Priority) -> Option<usize> {
        self.at.get(&rule).copied()
    }

    pub fn bar(&self, rule: Priority) -> Option<&Bar> {
        self.bar_at(self.position(rule)?)
    }

    pub fn bar_at(&self, at: usize) -> Option<&Bar> {
        match self.all.get(at)? {
            Row::Bar(bar) => Some(bar),
            Row::Heading(..) => None,
        }
    }

    pub fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.all.iter().filter_map(|row| match row {
            Row::Bar(bar) => Some(&**bar),
            Row::Heading(..) => None,
        })
    }

    /// How wide the widest number of a rule is, in bold words of that size.
    pub fn widest_number(&self, size: f32) -> f32 {
        let most = self.bars().map(Bar::priority).max().map_or(0, Priority::get);
        // All digits are as wide as each other.
        width(&most.to_string(), size, true).ceil() + 1.0
    }

    /// The first and the last day on which anything begins or ends.
    pub fn extent(&self) -> Option<(Date, Date)> {
        let first = self.bars().map(|bar| bar.rule.validity.from()).min()?;
        let last = self.bars().map(|bar| bar.rule.validity.to().unwrap_or(bar.rule.validity.from())).max()?;
        Some((first, last))
    }
}

fn has_words(bar: &Bar, words: &[String], authority: &Authority) -> bool {
    if words.is_empty() {
        return true;
    }
    let fagsystem = fagsystem_name(authority, &bar.rule.fagsystem);
    let text = format!("{} {} {fagsystem} {}", bar.rule.priority, bar.value, bar.rule.note).to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn bars(source: &Source<'_>) -> Vec<Bar> {
    let mut days: HashMap<Priority, &RuleDays> = HashMap::new();
    let mut gaps: BTreeMap<Priority, Vec<Gap>> = BTreeMap::new();
    let mut from: BTreeMap<Priority, Vec<Handover>> = BTreeMap::new();
    let mut to: BTreeMap<Priority, Vec<Handover>> = BTreeMap::new();
    if let Some(schedule) = source.schedule {
        days.extend(schedule.rules.iter().map(|it| (it.rule, it)));
        schedule.gaps.iter().for_each(|gap| gaps.entry(gap.after).or_default().push(gap.clone()));
        for handover in &schedule.handovers {
            from.entry(handover.from).or_default().push(handover.clone());
            to.entry(handover.to).or_default().push(handover.clone());
        }
    }
    let bars = source.authority.rules.iter().map(|rule| {
        let priority = rule.priority;
        let before = (source.published)(priority);
        let published = before.map(|before| before.validity).filter(|published| *published != rule.validity);
        Bar {
            rule: Arc::clone(rule),
            value: (source.name)(&rule.criterion),
            begins_value: true,
            published,
            is_new: before.is_none(),
            days: days.get(&priority).copied().cloned(),
            gaps: gaps.remove(&priority).unwrap_or_default(),
            hands_over: from.remove(&priority).unwrap_or_default(),
            takes_over: to.remove(&priority).unwrap_or_default(),
        }
    });
    bars.collect()
}

/// The order of values: by fact, then as people look for them.
fn by_value(one: &Bar, other: &Bar) -> Ordering {
    let kind = |bar: &Bar| CriterionKind::of(&bar.rule.criterion);
    kind(one).cmp(&kind(other)).then_with(|| match (&one.rule.criterion, &other.rule.criterion) {
        (Criterion::Kle(one), Criterion::Kle(other)) => (one.first(), one.last()).cmp(&(other.first(), other.last())),
        (Criterion::Form(one), Criterion::Form(other)) => (one.first(), one.last()).cmp(&(other.first(), other.last())),
        (Criterion::ContactPoint(first), Criterion::ContactPoint(second)) => {
            danish_order(&one.value, &other.value).then_with(|| first.folded().cmp(second.folded()))
        }
        _ => danish_order(&one.value, &other.value),
    })
}

/// One that begins earlier first, so that a change of systems is a step down.
fn by_begin(one: &Bar, other: &Bar) -> Ordering {
    let key = |bar: &Bar| (bar.rule.validity.from(), bar.rule.priority);
    key(one).cmp(&key(other))
}

fn group(bar: &Bar, grouping: Grouping) -> Group {
    match (grouping, &bar.rule.criterion) {
        (Grouping::Value, _) => Group::Value,
        (Grouping::Kle, Criterion::Kle(interval)) => Group::Kle(interval.first().main_group()),
        (Grouping::Kle, other) => Group::Fact(CriterionKind::of(other)),
        (Grouping::Fagsystem, _) => Group::Fagsystem(bar.rule.fagsystem.clone()),
    }
}

fn grouped(mut bars: Vec<Bar>, grouping: Grouping, authority: &Authority) -> Vec<Row> {
    // What is not about KLE comes after what is.
    let rank = |bar: &Bar| match group(bar, grouping) {
        Group::Kle(main) => usize::from(main),
        Group::Fact(kind) => 1000 + CriterionKind::ALL.iter().position(|it| *it == kind).unwrap_or_default(),
        Group::Value | Group::Fagsystem(_) => 0,
    };
    bars.sort_by(|one, other| match grouping {
        Grouping::Value | Grouping::Kle => {
            rank(one).cmp(&rank(other)).then_with(|| by_value(one, other)).then_with(|| by_begin(one, other))
        }
        Grouping::Fagsystem => {
            let name = |bar: &Bar| fagsystem_name(authority, &bar.rule.fagsystem).to_owned();
            danish_order(&name(one), &name(other))
                .then_with(|| one.rule.fagsystem.as_str().cmp(other.rule.fagsystem.as_str()))
                .then_with(|| by_begin(one, other))
        }
    });
    let mut rows: Vec<Row> = Vec::with_capacity(bars.len());
    let mut heading: Option<(Group, usize)> = None;
    let mut above: Option<Criterion> = None;
    for mut bar in bars {
        let of = group(&bar, grouping);
        if of != Group::Value && heading.as_ref().is_none_or(|(group, _)| *group != of) {
            heading = Some((of.clone(), rows.len()));
            rows.push(Row::Heading(of, 0));
            above = None;
        }
        if let Some((_, at)) = &heading
            && let Some(Row::Heading(_, count)) = rows.get_mut(*at)
        {
            *count += 1;
        }
        bar.begins_value = above.as_ref() != Some(&bar.rule.criterion);
        above = Some(bar.rule.criterion.clone());
        rows.push(Row::Bar(Box::new(bar)));
    }
    rows
}
