//! The contact points by group: the groups in each other, and in each what belongs to it.

use std::collections::{BTreeSet, HashMap};

use super::entry::{Entry, Row};
use super::group_key::{SEPARATOR, is_within};
use crate::desktop::language::names::danish_order;
use crate::rules::ContactGroup;

/// A group of the tree.
#[derive(Debug)]
struct Node {
    name: String,
    /// With those above it.
    path: String,
    key: String,
    depth: usize,
    below: Vec<usize>,
    entries: Vec<usize>,
    /// How many contact points are in it or below, each counted once.
    count: usize,
    counted_last: Option<usize>,
}

/// The groups of some contact points.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    top: Vec<usize>,
    /// Those that are in no group.
    without: Vec<usize>,
}

impl Tree {
    pub fn of(entries: &[Entry], listed: impl Iterator<Item = usize>) -> Self {
        let mut tree = Self::default();
        let mut places = HashMap::new();
        for at in listed {
            let groups = &entries[at].point.groups;
            if groups.is_empty() {
                tree.without.push(at);
            }
            for group in groups {
                tree.add(at, group, &mut places);
            }
        }
        tree.sort();
        tree
    }

    fn add(&mut self, entry: usize, group: &ContactGroup, places: &mut HashMap<String, usize>) {
        let mut above: Option<usize> = None;
        for (depth, name) in group.path().enumerate() {
            let (key, path) = match above.map(|above| &self.nodes[above]) {
                Some(above) => {
                    (format!("{}{SEPARATOR}{}", above.key, name.folded()), format!("{} › {name}", above.path))
                }
                None => (name.folded().to_owned(), name.to_string()),
            };
            let next = self.nodes.len();
            let here = *places.entry(key.clone()).or_insert(next);
            if here == next {
                let (below, entries) = (Vec::new(), Vec::new());
                let name = name.to_string();
                self.nodes.push(Node { name, path, key, depth, below, entries, count: 0, counted_last: None });
                match above {
                    Some(above) => self.nodes[above].below.push(here),
                    None => self.top.push(here),
                }
            }
            let node = &mut self.nodes[here];
            if node.counted_last.replace(entry) != Some(entry) {
                node.count += 1;
            }
            above = Some(here);
        }
        if let Some(group) = above {
            let entries = &mut self.nodes[group].entries;
            if entries.last() != Some(&entry) {
                entries.push(entry);
            }
        }
    }

    fn sort(&mut self) {
        let names: Vec<String> = self.nodes.iter().map(|node| node.name.clone()).collect();
        let by_name = |one: &usize, other: &usize| danish_order(&names[*one], &names[*other]);
        self.top.sort_by(by_name);
        for node in &mut self.nodes {
            node.below.sort_by(by_name);
        }
    }

    /// Every group with those above it, in the order of the tree: its key and its path.
    pub fn groups(&self) -> Vec<(String, String)> {
        let mut groups = Vec::new();
        self.visit(&mut |node| groups.push((node.key.clone(), node.path.clone())));
        groups
    }

    fn visit(&self, what: &mut impl FnMut(&Node)) {
        let mut ahead: Vec<usize> = self.top.iter().rev().copied().collect();
        while let Some(at) = ahead.pop() {
            let node = &self.nodes[at];
            what(node);
            ahead.extend(node.below.iter().rev());
        }
    }

    /// The lines of the tree, without what stands in folded groups.
    pub fn rows(&self, folded: &BTreeSet<String>, without_group: &str) -> Vec<Row> {
        let mut rows = Vec::new();
        let is_hidden = |key: &str| folded.iter().any(|folded| folded != key && is_within(key, folded));
        self.visit(&mut |node| {
            if is_hidden(&node.key) {
                return;
            }
            let is_open = !folded.contains(&node.key);
            rows.push(Row::Group {
                key: node.key.clone(),
                name: node.name.clone(),
                depth: node.depth,
                count: node.count,
                is_open,
            });
            if is_open {
                let row = |entry: &usize| Row::Point { entry: *entry, depth: node.depth + 1, group: node.key.clone() };
                rows.extend(node.entries.iter().map(row));
            }
        });
        if !self.without.is_empty() {
            let (key, name) = (String::new(), without_group.to_owned());
            let is_open = !folded.contains("");
            rows.push(Row::Group { key, name, depth: 0, count: self.without.len(), is_open });
            if is_open {
                rows.extend(self.without.iter().map(|entry| Row::Point {
                    entry: *entry,
                    depth: 1,
                    group: String::new(),
                }));
            }
        }
        rows
    }
}
