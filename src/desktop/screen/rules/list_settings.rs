//! Settings of the list that are saved in the preferences: filters, sorting, and the columns with their widths.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::column::ColumnKind;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::scene::Scene;
use crate::rules::{CriterionKind, FagsystemId, Rule, Segment};

/// A condition on the listed rules. Filters of the same kind are alternatives; filters of different kinds must all
/// match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Filter {
    State(RuleState),
    Segment(Segment),
    Element(CriterionKind),
    /// The id of the fagsystem, which may no longer exist.
    Fagsystem(String),
}

impl Filter {
    pub fn has_same_kind_as(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    pub(super) fn matches(&self, rule: &Rule, scene: Scene<'_>) -> bool {
        match self {
            Self::State(state) => scene.state(rule) == *state,
            Self::Segment(segment) => rule.segment == *segment,
            Self::Element(element) => CriterionKind::of(&rule.criterion) == *element,
            Self::Fagsystem(id) => rule.fagsystem.as_str() == id,
        }
    }

    /// The label: kind and value.
    pub(super) fn words(&self, scene: Scene<'_>) -> String {
        let (kind, value) = self.kind_and_value(scene);
        format!("{kind}: {value}")
    }

    pub(super) fn kind_and_value(&self, scene: Scene<'_>) -> (&'static str, String) {
        let (t, c) = (scene.t, &scene.t.rules.columns);
        match self {
            Self::State(state) => (c.state, (t.rules.state)(*state).to_owned()),
            Self::Segment(segment) => (c.segment, (t.rules.segment)(*segment).to_owned()),
            Self::Element(element) => (c.element, (t.rules.element)(*element).to_owned()),
            Self::Fagsystem(id) => {
                let name = FagsystemId::new(id).map(|id| fagsystem_name(scene.authority, &id).to_owned());
                (c.fagsystem, name.unwrap_or_default())
            }
        }
    }
}

/// Filters and search text, saved under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    pub name: String,
    pub search: String,
    pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ListSettings {
    pub hidden: BTreeSet<ColumnKind>,
    pub widths: BTreeMap<ColumnKind, f32>,
    pub sort: ColumnKind,
    pub descending: bool,
    pub filters: Vec<Filter>,
    pub saved: Vec<SavedFilter>,
}

impl Default for ListSettings {
    fn default() -> Self {
        Self {
            hidden: BTreeSet::new(),
            widths: BTreeMap::new(),
            sort: ColumnKind::Priority,
            descending: false,
            filters: Vec::new(),
            saved: Vec::new(),
        }
    }
}

impl ListSettings {
    pub(super) const MIN_WIDTH: f32 = 48.0;
    pub(super) const MAX_WIDTH: f32 = 900.0;

    pub fn resize(&mut self, kind: ColumnKind, width: f32) {
        self.widths.insert(kind, width.clamp(Self::MIN_WIDTH, Self::MAX_WIDTH));
    }

    /// Whether the rows are in the order of evaluation. Only then can they be moved.
    pub fn is_in_order(&self) -> bool {
        self.sort == ColumnKind::Priority && !self.descending
    }

    pub fn sort_by(&mut self, kind: ColumnKind) {
        self.descending = self.sort == kind && !self.descending;
        self.sort = kind;
    }
}
