use serde::{Serialize, Serializer};

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

    /// What kind of sender the message has, where senders with these numbers are authorities; see [`SenderKind`].
    pub(super) fn sender_kind(&self, is_authority: impl Fn(Cvr) -> bool) -> SenderKind {
        match self.sender {
            Sender::Person => SenderKind::Person,
            Sender::Other => SenderKind::Other,
            Sender::Organisation(cvr) if cvr.is_some_and(is_authority) || self.sender_has_contact_point => {
                SenderKind::Authority
            }
            Sender::Organisation(_) => SenderKind::Company,
        }
    }
}

/// Facts serialize flat, as guards and the command line have them: `exchange::read_facts` reads them. Whatever no rule can
/// look at is left out, such as a person's own contact point.
impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct FlatFacts<'a> {
            modtager: Option<Cvr>,
            #[serde(rename = "afsenderType")]
            sender_type: Option<&'static str>,
            #[serde(rename = "afsenderCvr")]
            sender_cvr: Option<Cvr>,
            #[serde(rename = "afsenderKontaktpunkt")]
            sender_has_contact_point: bool,
            #[serde(rename = "kontaktpunkt")]
            contact_point: Option<&'a Caseless>,
            #[serde(rename = "kontaktgruppe")]
            contact_group: Option<&'a Caseless>,
            #[serde(rename = "posttype")]
            post_type: Option<&'static str>,
            kle: Option<String>,
            form: Option<String>,
        }
        let point = self.contact_point.as_ref().filter(|point| point.id.is_some());
        let (sender_type, sender_cvr) = match self.sender {
            Sender::Person => (Some(Sender::PERSON), None),
            Sender::Organisation(cvr) => (Some(Sender::ORGANISATION), cvr),
            Sender::Other => (None, None),
        };
        let facts = FlatFacts {
            modtager: self.recipient,
            sender_type,
            sender_cvr,
            sender_has_contact_point: self.sender_has_contact_point && sender_type == Some(Sender::ORGANISATION),
            contact_point: point.and_then(|point| point.id.as_ref()),
            contact_group: point.and_then(|point| point.group.as_ref()),
            post_type: match self.post_type {
                Some(PostType::Unspecified) => None,
                other => Some(PostType::word(other)),
            },
            kle: self.kle.map(|number| number.to_string()),
            form: self.form.map(|number| number.to_string()),
        };
        facts.serialize(serializer)
    }
}

impl Sender {
    /// The word for a person in flat facts.
    pub(crate) const PERSON: &'static str = "person";
    /// The word for whoever has a CVR number.
    pub(crate) const ORGANISATION: &'static str = "cvr";
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

impl PostType {
    /// The words for kinds of post in facts; `None` is a kind that no rule can look for.
    pub(crate) const WORDS: [(&'static str, Option<Self>); 4] = [
        ("myndighedspost", Some(Self::Authority)),
        ("virksomhedspost", Some(Self::Company)),
        ("ikkeAngivet", Some(Self::Unspecified)),
        ("anden", None),
    ];

    /// Its word in facts.
    pub(crate) fn word(post_type: Option<Self>) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == post_type).map_or("", |(word, _)| word)
    }
}
