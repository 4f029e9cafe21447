//! A contact point of the list with the values derived from the rules and the journal, and a row of the list.

use super::group_key::group_key;
use super::notation::{codes_text, groups_text};
use super::rule_index::{RuleIndex, RuleMatch};
use crate::rules::ContactPoint;

#[derive(Debug)]
pub(super) struct Entry {
    pub point: ContactPoint,
    /// The keys of its groups, see `group_key`.
    pub groups: Vec<String>,
    /// The rules that match it, in effect or not.
    pub rules: Vec<RuleMatch>,
    /// The number of recent messages addressed to it.
    pub messages: u64,
    /// The text that a search looks in, in lower case.
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
            rules: rules.rules(point),
            messages: 0,
            text: text.to_lowercase(),
        }
    }

    /// The rules that get messages on the day that is shown.
    pub fn effective_rules(&self) -> impl Iterator<Item = &RuleMatch> {
        self.rules.iter().filter(|rule_match| rule_match.has_effect)
    }

    pub fn is_without_rule(&self) -> bool {
        self.effective_rules().next().is_none()
    }

    /// Whether these rules leave some of its messages: from other senders, or without a group.
    pub fn has_rest(&self) -> bool {
        !self.effective_rules().any(RuleMatch::matches_everything)
    }
}

#[derive(Debug)]
pub(super) enum Row {
    Group {
        key: String,
        name: String,
        depth: usize,
        count: usize,
        is_open: bool,
    },
    /// A contact point under the heading of a group, by key.
    Point {
        entry: usize,
        depth: usize,
        group: String,
    },
}
