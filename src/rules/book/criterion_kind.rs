use serde::{Deserialize, Serialize};

use super::rule_book::Criterion;

/// What kind of fact a rule looks at (*regelelement*), whatever value it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CriterionKind {
    /// The recipient's contact point.
    ContactPoint,
    /// The group of the recipient's contact point.
    ContactGroup,
    /// The sender's CVR number.
    SenderCvr,
    /// The recipient's CVR number.
    RecipientCvr,
    /// The KLE number.
    Kle,
    /// The FORM number.
    Form,
    /// That there is no contact point, and the post type.
    NoContactPoint,
}

impl CriterionKind {
    /// Every element, in the order in which people are offered them.
    pub const ALL: [Self; 7] = [
        Self::ContactPoint,
        Self::ContactGroup,
        Self::SenderCvr,
        Self::RecipientCvr,
        Self::Kle,
        Self::Form,
        Self::NoContactPoint,
    ];

    /// What a criterion looks at.
    #[must_use]
    pub fn of(criterion: &Criterion) -> Self {
        match criterion {
            Criterion::ContactPoint(_) => Self::ContactPoint,
            Criterion::ContactGroup(_) => Self::ContactGroup,
            Criterion::SenderCvr(_) => Self::SenderCvr,
            Criterion::RecipientCvr(_) => Self::RecipientCvr,
            Criterion::Kle(_) => Self::Kle,
            Criterion::Form(_) => Self::Form,
            Criterion::NoContactPoint(_) => Self::NoContactPoint,
        }
    }

    /// Whether its values are numbers of a classification, which have intervals.
    #[must_use]
    pub fn is_classification(self) -> bool {
        matches!(self, Self::Kle | Self::Form)
    }

    /// The word for it in files and journal.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ContactPoint => "kontaktpunkt",
            Self::ContactGroup => "kontaktgruppe",
            Self::SenderCvr => "afsenderCvr",
            Self::RecipientCvr => "modtagerCvr",
            Self::Kle => "kle",
            Self::Form => "form",
            Self::NoContactPoint => "udenKontaktpunkt",
        }
    }

    /// The element with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.word() == word)
    }
}
