//! A contact point of the list, with what is worked out of it.

use super::group_key::group_key;
use super::notation::{codes_text, groups_text};
use super::rule_index::{RuleIndex, Taker};
use crate::rules::ContactPoint;

/// A contact point, and what follows for it from the rules and the last messages.
#[derive(Debug)]
pub(super) struct Entry {
    pub point: ContactPoint,
    /// The keys of its groups.
    pub groups: Vec<String>,
    /// The rules that name it, whether they take anything or not.
    pub takers: Vec<Taker>,
    /// How many of the last messages were addressed to it.
    pub messages: u64,
    /// Everything it is found by, in lower case.
    pub text: String,
}

impl Entry {
    pub fn of(point: &ContactPoint, rules: &RuleIndex<'_>) -> Self {
        let details = &point.details;
        let id = point.id.to_string();
        let (groups, codes) = (groups_text(&point.groups), codes_text(&details.codes));
        let terms = details.search_terms.join("\n");
        let text = [&point.title, &id, &groups, &codes, &terms, &details.description].map(String::as_str).join("\n");
        Self {
            point: point.clone(),
            groups: point.groups.iter().map(group_key).collect(),
            takers: rules.takers(point),
            messages: 0,
            text: text.to_lowercase(),
        }
    }

    /// The rules that take its post today.
    pub fn taking(&self) -> impl Iterator<Item = &Taker> {
        self.takers.iter().filter(|taker| taker.takes)
    }

    pub fn is_without_rule(&self) -> bool {
        self.taking().next().is_none()
    }

    /// Whether there is post to it that none of these rules takes: of other senders, or such as names no group.
    pub fn leaves_some(&self) -> bool {
        !self.taking().any(Taker::takes_everything)
    }
}

/// A line of the list.
#[derive(Debug)]
pub(super) enum Row {
    /// The heading of a group.
    Group { key: String, name: String, depth: usize, count: usize, is_open: bool },
    /// A contact point, and the group below whose heading it stands.
    Point { entry: usize, depth: usize, group: String },
}
