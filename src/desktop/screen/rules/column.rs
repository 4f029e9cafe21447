//! The columns of the list of rules.

use serde::{Deserialize, Serialize};

use crate::desktop::language::Texts;
use crate::desktop::screen::scene::Scene;
use crate::rules::{Criterion, Rule};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ColumnKind {
    Priority,
    State,
    Segment,
    Element,
    Value,
    Fagsystem,
    From,
    To,
    Hits,
    LastHit,
    Note,
}

impl ColumnKind {
    pub const ALL: [Self; 11] = [
        Self::Priority,
        Self::State,
        Self::Segment,
        Self::Element,
        Self::Value,
        Self::Fagsystem,
        Self::From,
        Self::To,
        Self::Hits,
        Self::LastHit,
        Self::Note,
    ];

    /// The most important first: the last ones are dropped when the window is too narrow.
    pub(super) const BY_IMPORTANCE: [Self; 11] = [
        Self::Priority,
        Self::Value,
        Self::Fagsystem,
        Self::State,
        Self::Element,
        Self::Segment,
        Self::Hits,
        Self::To,
        Self::From,
        Self::LastHit,
        Self::Note,
    ];

    pub(super) fn title(self, t: &'static Texts) -> &'static str {
        let c = &t.rules.columns;
        match self {
            Self::Priority => c.priority,
            Self::State => c.state,
            Self::Segment => c.segment,
            Self::Element => c.element,
            Self::Value => c.value,
            Self::Fagsystem => c.fagsystem,
            Self::From => c.from,
            Self::To => c.to,
            Self::Hits => c.hits,
            Self::LastHit => c.last_hit,
            Self::Note => c.note,
        }
    }

    pub fn is_number(self) -> bool {
        matches!(self, Self::Priority | Self::Hits)
    }

    pub fn is_filtered_by(self) -> bool {
        matches!(self, Self::State | Self::Segment | Self::Element | Self::Fagsystem)
    }

    /// Never the order of evaluation, and never the value and fagsystem that identify a rule.
    pub fn may_be_hidden(self) -> bool {
        !matches!(self, Self::Priority | Self::Value | Self::Fagsystem)
    }
}

/// The text in the value column.
pub(super) fn value_words(rule: &Rule, scene: Scene<'_>) -> String {
    let name = match &rule.criterion {
        Criterion::NoContactPoint(post_type) => return (scene.t.rules.post_type)(*post_type).to_owned(),
        Criterion::Kle(interval) => (interval.to_string(), scene.kle.about(interval)),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => {
            (cvr.to_string(), scene.registers().cvr_name(*cvr).map(str::to_owned))
        }
        criterion => return scene.names().value(criterion).unwrap_or_default(),
    };
    match name {
        (number, Some(name)) => format!("{number} · {name}"),
        (number, None) => number,
    }
}
