//! Gathers what rules look at, and the rules, until there are few enough to be seen at a glance.

use std::collections::HashMap;

use super::subject::Subject;
use crate::rules::{Priority, Rule};

/// The part of the rules that is looked into.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Focus {
    /// From the kind of fact down; empty for all of the rules.
    pub path: Vec<Subject>,
    /// How many of the largest groups there are left out.
    pub skipped: usize,
}

/// What a group is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    Subject(Subject),
    /// The groups for which there was no room: how many, and what they have in common, if anything.
    Others(usize, Option<Subject>),
    /// What no rule takes.
    Rest,
}

/// A group of rules that look at the same, or at similar things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub what: What,
    /// The rules, in order.
    pub rules: Vec<Priority>,
    /// Where one looks into it; `None` where there is nothing more in it.
    pub opens: Option<Focus>,
}

/// A rule, or several that are drawn as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The group, by its place.
    pub group: usize,
    pub kind: RowKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    Rule(Priority),
    /// In order.
    Rules(Vec<Priority>),
    /// The default recipient.
    Default,
}

/// The groups and the rows, in the order of their first rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathering {
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
}

/// A rule with its way from the kind of fact down.
struct Entry {
    priority: Priority,
    path: Vec<Subject>,
    weight: u64,
}

/// Some of the entries, which have the first `depth` steps of their paths in common.
struct Part {
    entries: Vec<usize>,
    depth: usize,
    weight: u64,
    /// Whether each rule has a row of its own.
    is_spread: bool,
    /// Whether it cannot be taken apart any further here.
    is_final: bool,
    /// How many groups it stands for that had no room, and how many came before them.
    others: Option<(usize, usize)>,
}

impl Gathering {
    /// Gathers rules, which are given in order with the messages that each has, into about `most` rows or fewer. `has_rest` says
    /// whether what no rule takes is shown.
    pub fn of(rules: &[(&Rule, u64)], focus: &Focus, most: usize, has_rest: bool) -> Self {
        let entries: Vec<Entry> = rules
            .iter()
            .map(|(rule, weight)| Entry {
                priority: rule.priority,
                path: Subject::path(&rule.criterion),
                weight: *weight,
            })
            .filter(|entry| entry.path.starts_with(&focus.path))
            .collect();
        let mut parts = vec![part(&entries, (0..entries.len()).collect(), focus.path.len())];
        let most = most.max(1);
        if !entries.is_empty() {
            take_apart(&entries, &mut parts, 0, focus.skipped, most);
        }
        while let Some((at, room)) = next(&entries, &parts, most) {
            take_apart(&entries, &mut parts, at, 0, room);
        }
        listed(&entries, parts, focus, has_rest)
    }
}

fn part(entries: &[Entry], of: Vec<usize>, depth: usize) -> Part {
    let weight = of.iter().map(|at| entries[*at].weight).sum();
    // What all have in common is passed at once.
    let mut depth = depth;
    if let Some(first) = of.first().map(|at| &entries[*at].path) {
        while depth < first.len() && of.iter().all(|at| entries[*at].path.get(depth) == first.get(depth)) {
            depth += 1;
        }
    }
    Part { is_spread: of.len() == 1, is_final: of.len() == 1, entries: of, depth, weight, others: None }
}

fn rows(part: &Part) -> usize {
    if part.is_spread { part.entries.len() } else { 1 }
}

/// The groups below a part, the largest first.
fn below(entries: &[Entry], part: &Part) -> Vec<Part> {
    let mut places: HashMap<&Subject, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in &part.entries {
        let Some(subject) = entries[*at].path.get(part.depth) else { continue };
        let place = *places.entry(subject).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(*at);
    }
    let mut below: Vec<_> = groups.into_iter().map(|group| self::part(entries, group, part.depth + 1)).collect();
    below.sort_by_key(|part| std::cmp::Reverse((part.weight, part.entries.len())));
    below
}

fn is_value(entries: &[Entry], part: &Part) -> bool {
    part.entries.first().is_some_and(|at| entries[*at].path.len() == part.depth)
}

/// How many rows a part has when it is taken apart.
fn rows_below(entries: &[Entry], part: &Part) -> usize {
    if is_value(entries, part) { part.entries.len() } else { below(entries, part).len() }
}

/// The part that is taken apart next, and into how many rows at most.
fn next(entries: &[Entry], parts: &[Part], most: usize) -> Option<(usize, usize)> {
    /// Fewer rows than these are not worth taking a part of a group out of it.
    const WORTH: usize = 4;
    let shown: usize = parts.iter().map(rows).sum();
    let room = most.saturating_sub(shown);
    let mut open: Vec<_> = parts.iter().enumerate().filter(|(_, part)| !part.is_final).collect();
    open.sort_by_key(|(_, part)| std::cmp::Reverse((part.weight, part.entries.len())));
    let whole = open.iter().find(|(_, part)| rows_below(entries, part) <= room + 1);
    if let Some((at, _)) = whole {
        return Some((*at, room + 1));
    }
    let (at, _) = open.iter().find(|(_, part)| !is_value(entries, part)).filter(|_| room >= WORTH)?;
    Some((*at, room.div_ceil(2) + 1))
}

/// Takes a part apart into at most `room` rows.
fn take_apart(entries: &[Entry], parts: &mut Vec<Part>, at: usize, skipped: usize, room: usize) {
    let part = &mut parts[at];
    if is_value(entries, part) {
        (part.is_spread, part.is_final) = (part.entries.len() <= room, true);
        return;
    }
    let depth = part.depth;
    let mut groups = below(entries, part);
    groups.drain(..skipped.min(groups.len()));
    if groups.len() > room {
        let others: Vec<_> = groups.drain(room.saturating_sub(1)..).collect();
        let count = others.len();
        let all: Vec<_> = others.into_iter().flat_map(|part| part.entries).collect();
        let weight = all.iter().map(|at| entries[*at].weight).sum();
        let others = Some((count, skipped + groups.len()));
        groups.push(Part { entries: all, depth, weight, is_spread: false, is_final: true, others });
    }
    parts.splice(at..=at, groups);
}

fn listed(entries: &[Entry], parts: Vec<Part>, focus: &Focus, has_rest: bool) -> Gathering {
    let mut parts = parts;
    parts.retain(|part| !part.entries.is_empty());
    for part in &mut parts {
        part.entries.sort_unstable();
    }
    parts.sort_by_key(|part| part.entries[0]);
    let mut gathering = Gathering::default();
    let mut rows = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let path = &entries[part.entries[0]].path;
        let rules: Vec<_> = part.entries.iter().map(|at| entries[*at].priority).collect();
        let (what, opens) = if let Some((count, skipped)) = part.others {
            let path = path[..part.depth].to_vec();
            (What::Others(count, path.last().cloned()), Some(Focus { path, skipped }))
        } else {
            let path = path[..part.depth.max(1)].to_vec();
            let what = path.last().cloned().map_or(What::Rest, What::Subject);
            let opens = Focus { path, skipped: 0 };
            (what, Some(opens).filter(|opens| !part.is_spread && opens != focus))
        };
        match &rules[..] {
            rules if part.is_spread => {
                let of_part = part.entries.iter().zip(rules);
                rows.extend(of_part.map(|(order, rule)| (*order, Row { group: at, kind: RowKind::Rule(*rule) })));
            }
            rules => rows.push((part.entries[0], Row { group: at, kind: RowKind::Rules(rules.to_vec()) })),
        }
        gathering.groups.push(Group { what, rules, opens });
    }
    rows.sort_by_key(|(order, _)| *order);
    gathering.rows = rows.into_iter().map(|(_, row)| row).collect();
    if has_rest {
        gathering.rows.push(Row { group: gathering.groups.len(), kind: RowKind::Default });
        gathering.groups.push(Group { what: What::Rest, rules: Vec::new(), opens: None });
    }
    gathering
}
