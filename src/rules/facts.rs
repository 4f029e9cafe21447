use serde::Serialize;

use crate::rules::values::{Caseless, Cvr, Form, Kle};

/// What a message says of itself that rules can look at. A person's number is not kept; the texts of a contact point
/// are as the sender wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Who wrote.
    pub sender: Sender,
    /// Whether the sender writes with a contact point of its own, which only authorities have: one with an id.
    pub sender_has_contact_point: bool,
    /// The recipient's CVR number; `None` when the recipient is a person or the number is no CVR number.
    pub recipient: Option<Cvr>,
    /// The recipient's contact point, when the message is addressed to one: without an id there is none, and no group.
    pub contact_point: Option<AddressedContactPoint>,
    /// The KLE number; `None` also when what the message holds is no such number, for mail must flow.
    pub kle: Option<Kle>,
    /// The FORM number; `None` also when what the message holds is no such number.
    pub form: Option<Form>,
    /// The post type; `None` when the message names one that no rule can name.
    pub post_type: Option<PostType>,
}

/// Who wrote a message, as its `Sender/idType` tells. A person's number is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sender {
    /// `CPR`.
    Person,
    /// `CVR`, with the number when it is one.
    Organisation(Option<Cvr>),
    /// Any other kind of id.
    Other,
}

/// A sender as segments see it.
///
/// A CVR sender is an authority when its number is one of ours or among the known authorities, or when it writes with
/// a contact point of its own; otherwise a company. This reading is ours: the platform names the segments without
/// saying how it tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SenderKind {
    /// A citizen.
    Person,
    /// A company.
    Company,
    /// An authority.
    Authority,
    /// None of the three: only rules for everybody match.
    Other,
}

impl SenderKind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = 4;
    /// Every kind, in the order of [`SenderKind::index`].
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::Person, Self::Company, Self::Authority, Self::Other];

    /// The word for it in files, journal and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "virksomhed",
            Self::Authority => "myndighed",
            Self::Other => "anden",
        }
    }

    /// The kind with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// The recipient's contact point as a message names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AddressedContactPoint {
    /// `contactPointID`; `None` in what was written down before a contact point without an id was none.
    pub id: Option<Caseless>,
    /// `contactGroup`.
    pub group: Option<Caseless>,
}

/// What kind of post a message says it is: `MessageHeader/postType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum PostType {
    /// `MYNDIGHEDSPOST`.
    #[serde(rename = "myndighedspost")]
    Authority,
    /// `VIRKSOMHEDSPOST`.
    #[serde(rename = "virksomhedspost")]
    Company,
    /// Not given (*ikke angivet*).
    #[serde(rename = "ikkeAngivet")]
    Unspecified,
}
