//! The tree of groups with the contact points in them.

use std::collections::{BTreeSet, HashMap};

use super::entry::{Entry, Row};
use super::group_key::{SEPARATOR, is_within};
use crate::desktop::language::names::danish_order;
use crate::rules::ContactGroup;

#[derive(Debug)]
struct Node {
    name: String,
    /// The names of the groups above it, and its own.
    path: String,
    key: String,
    depth: usize,
    children: Vec<usize>,
    entries: Vec<usize>,
    /// The number of contact points in it or below, each counted once.
    count: usize,
    last_counted: Option<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    /// The contact points that are in no group.
    ungrouped: Vec<usize>,
}

impl Tree {
    pub fn of(entries: &[Entry], listed: impl Iterator<Item = usize>) -> Self {
        let mut tree = Self::default();
        let mut index = HashMap::new();
        for at in listed {
            let groups = &entries[at].point.groups;
            if groups.is_empty() {
                tree.ungrouped.push(at);
            }
            for group in groups {
                tree.add(at, group, &mut index);
            }
        }
        tree.sort();
        tree
    }

    fn add(&mut self, entry: usize, group: &ContactGroup, index: &mut HashMap<String, usize>) {
        let mut parent: Option<usize> = None;
        for (depth, name) in group.path().enumerate() {
            let (key, path) = match parent.map(|parent| &self.nodes[parent]) {
                Some(parent) => {
                    (format!("{}{SEPARATOR}{}", parent.key, name.folded()), format!("{} › {name}", parent.path))
                }
                None => (name.folded().to_owned(), name.to_string()),
            };
            let next = self.nodes.len();
            let node = *index.entry(key.clone()).or_insert(next);
            if node == next {
                let (children, entries) = (Vec::new(), Vec::new());
                let name = name.to_string();
                self.nodes.push(Node { name, path, key, depth, children, entries, count: 0, last_counted: None });
                match parent {
                    Some(parent) => self.nodes[parent].children.push(node),
                    None => self.roots.push(node),
                }
            }
            let group = &mut self.nodes[node];
            if group.last_counted.replace(entry) != Some(entry) {
                group.count += 1;
            }
            parent = Some(node);
        }
        if let Some(group) = parent {
            let entries = &mut self.nodes[group].entries;
            if entries.last() != Some(&entry) {
                entries.push(entry);
            }
        }
    }

    fn sort(&mut self) {
        let names: Vec<String> = self.nodes.iter().map(|node| node.name.clone()).collect();
        let by_name = |one: &usize, other: &usize| danish_order(&names[*one], &names[*other]);
        self.roots.sort_by(by_name);
        for node in &mut self.nodes {
            node.children.sort_by(by_name);
        }
    }

    /// The key and path of every group, in the order of the tree.
    pub fn groups(&self) -> Vec<(String, String)> {
        let mut groups = Vec::new();
        self.visit(&mut |node| groups.push((node.key.clone(), node.path.clone())));
        groups
    }

    fn visit(&self, visitor: &mut impl FnMut(&Node)) {
        let mut stack: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(at) = stack.pop() {
            let node = &self.nodes[at];
            visitor(node);
            stack.extend(node.children.iter().rev());
        }
    }

    /// The rows of the tree, without the contents of folded groups.
    pub fn rows(&self, folded: &BTreeSet<String>, no_group: &str) -> Vec<Row> {
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
        if !self.ungrouped.is_empty() {
            let (key, name) = (String::new(), no_group.to_owned());
            let is_open = !folded.contains("");
            rows.push(Row::Group { key, name, depth: 0, count: self.ungrouped.len(), is_open });
            if is_open {
                rows.extend(self.ungrouped.iter().map(|entry| Row::Point {
                    entry: *entry,
                    depth: 1,
                    group: String::new(),
                }));
            }
        }
        rows
    }
}
