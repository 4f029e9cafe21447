use serde::Serialize;

use crate::rules::values::{Caseless, Cvr, Form, Kle};

/// What rules can look at in a message. A person's CPR number is never part of it; the id and group of a contact point are
/// as the sender wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The sender.
    pub sender: Sender,
    /// Whether the sender has a contact point of its own, with an id. Only authorities do.
    pub sender_has_contact_point: bool,
    /// The recipient's CVR number; `None` when the recipient is a person or the number is not a CVR number.
    pub recipient: Option<Cvr>,
    /// The recipient's contact point, if the message is addressed to one. One without an id does not count, nor does its group.
    pub contact_point: Option<AddressedContactPoint>,
    /// The KLE number. `None` also when the message holds something that is not one, since mail must flow.
    pub kle: Option<Kle>,
    /// The FORM number; `None` also when the message holds something that is not one.
    pub form: Option<Form>,
    /// The post type; `None` when it is one that no rule can look for.
    pub post_type: Option<PostType>,
}

impl Facts {
    /// A message from that sender to the authority with that CVR number which says nothing else.
    #[must_use]
    pub fn new(sender: Sender, recipient: Cvr) -> Self {
        Self {
            sender,
            sender_has_contact_point: false,
            recipient: Some(recipient),
            contact_point: None,
            kle: None,
            form: None,
            post_type: Some(PostType::Unspecified),
        }
    }
}

/// The sender of a message, by its `Sender/idType`. A person's number is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sender {
    /// `CPR`.
    Person,
    /// `CVR`; `None` when the number is not a CVR number.
    Organisation(Option<Cvr>),
    /// Any other kind of id.
    Other,
}

/// What kind of sender a message has, as far as [segments](crate::rules::Segment) are concerned.
///
/// A sender with a CVR number is an authority when the rule book has the number, as one of a receiving or of a known authority,
/// or when the sender has a contact point of its own; otherwise it is a company. This interpretation is ours: SF1606 names
/// the segments and does not say how the platform tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SenderKind {
    /// A citizen.
    Person,
    /// A company.
    Company,
    /// An authority.
    Authority,
    /// Neither, by an unknown `idType`. Only rules for every sender match.
    Other,
}

impl SenderKind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = 4;
    /// Every kind, in the order of [`SenderKind::index`].
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::Person, Self::Company, Self::Authority, Self::Other];

    /// Its word in files, journal and answers.
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

/// The recipient's contact point, as a message names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AddressedContactPoint {
    /// `contactPointID`. `None` only in old journal entries, from when a contact point without an id still counted.
    pub id: Option<Caseless>,
    /// `contactGroup`.
    pub group: Option<Caseless>,
}

/// The kind of post that a message says it is: `MessageHeader/postType`.
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
