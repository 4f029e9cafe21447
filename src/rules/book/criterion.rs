use serde::{Deserialize, Serialize};

use crate::rules::facts::PostType;
use crate::rules::values::{Caseless, Cvr, FormNumbers, Interval, KleNumbers};

/// The one fact of a message that a rule looks at (*regelelement*), and the value it requires (*regelværdi*). A rule never
/// combines two.
///
/// The list is that of KOMBIT's *SF1606 Modtag post*.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "regelelement", content = "regelvaerdi")]
pub enum Criterion {
    /// The recipient's contact point has that id: `Recipient/ContactPoint/contactPointID` in MeMo.
    #[serde(rename = "kontaktpunkt")]
    ContactPoint(Caseless),
    /// The message says that the recipient's contact point is in that group: `Recipient/ContactPoint/contactGroup`.
    #[serde(rename = "kontaktgruppe")]
    ContactGroup(Caseless),
    /// The sender has that CVR number: `Sender/senderID` with the `idType` CVR.
    #[serde(rename = "afsenderCvr")]
    SenderCvr(Cvr),
    /// The recipient has that CVR number: `Recipient/recipientID` with the `idType` CVR.
    #[serde(rename = "modtagerCvr")]
    RecipientCvr(Cvr),
    /// The message's KLE number lies in the interval: `ContentData/KLEdata/subjectKey`.
    #[serde(rename = "kle")]
    Kle(Interval<KleNumbers>),
    /// The message's FORM number lies in the interval: `ContentData/FORMdata/taskKey`.
    #[serde(rename = "form")]
    Form(Interval<FormNumbers>),
    /// The message is addressed to no contact point and is of that post type (*post uden kontaktpunkt*):
    /// `MessageHeader/postType`.
    #[serde(rename = "udenKontaktpunkt")]
    NoContactPoint(PostType),
}

/// Which fact a [`Criterion`] looks at, whatever value it requires.
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
    /// The lack of a contact point, and the post type.
    NoContactPoint,
}

impl CriterionKind {
    /// Every kind, in the order in which screens offer them.
    pub const ALL: [Self; 7] = [
        Self::ContactPoint,
        Self::ContactGroup,
        Self::SenderCvr,
        Self::RecipientCvr,
        Self::Kle,
        Self::Form,
        Self::NoContactPoint,
    ];

    /// The kind of a criterion.
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

    /// Whether its values are intervals of a classification.
    #[must_use]
    pub fn is_classification(self) -> bool {
        matches!(self, Self::Kle | Self::Form)
    }

    /// Its word in files and in the journal.
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

    /// The kind with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
