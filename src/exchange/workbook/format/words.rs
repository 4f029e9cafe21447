//! The words in cells. They are read in any case, together with those of the configuration file and of the window in both
//! languages.

use crate::rules::{Audience, CriterionKind, PostType, Segment};
use crate::visible::as_seen;

/// A text as words are compared: in its visible form, lower case, with single spaces.
pub(in crate::exchange::workbook) fn folded(text: &str) -> String {
    as_seen(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Words with their meanings. Of several words for one meaning, the first is written.
pub(in crate::exchange::workbook) type Words<T> = [(&'static str, T)];

/// The meaning of a text; `None` for an unknown word.
pub(in crate::exchange::workbook) fn meaning<T: Copy>(words: &Words<T>, text: &str) -> Option<T> {
    let text = folded(text);
    words.iter().find(|(word, _)| word.to_lowercase() == text).map(|(_, value)| *value)
}

/// The word that is written for a meaning.
pub(in crate::exchange::workbook) fn word<T: PartialEq>(words: &Words<T>, value: &T) -> &'static str {
    words.iter().find(|(_, meant)| meant == value).map_or("", |(word, _)| word)
}

pub(in crate::exchange::workbook) const SEGMENT_WORDS: [&str; 4] =
    [Segment::WORDS[0].0, Segment::WORDS[1].0, Segment::WORDS[2].0, Segment::WORDS[3].0];

pub(in crate::exchange::workbook) const ELEMENT_WORDS: [&str; 7] =
    ["Kontaktpunkt", "Kontaktgruppe", "Afsender CVR-nr.", "Modtager CVR-nr.", "KLE", "FORM", "Post uden kontaktpunkt"];

/// Segments, with the words of the window.
pub(in crate::exchange::workbook) const SEGMENTS: [(&str, Segment); 12] = [
    Segment::WORDS[0],
    Segment::WORDS[1],
    Segment::WORDS[2],
    Segment::WORDS[3],
    ("everyone", Segment::Everyone),
    ("personer", Segment::Person),
    ("virksomheder", Segment::Company),
    ("company", Segment::Company),
    ("companies", Segment::Company),
    ("myndigheder", Segment::Authority),
    ("authority", Segment::Authority),
    ("authorities", Segment::Authority),
];

pub(in crate::exchange::workbook) const ELEMENTS: [(&str, CriterionKind); 25] = [
    (ELEMENT_WORDS[0], CriterionKind::ContactPoint),
    (ELEMENT_WORDS[1], CriterionKind::ContactGroup),
    (ELEMENT_WORDS[2], CriterionKind::SenderCvr),
    ("Afsender CVR-nr", CriterionKind::SenderCvr),
    ("Afsenders CVR-nr.", CriterionKind::SenderCvr),
    ("afsenderCvr", CriterionKind::SenderCvr),
    (ELEMENT_WORDS[3], CriterionKind::RecipientCvr),
    ("Modtager CVR-nr", CriterionKind::RecipientCvr),
    ("Modtagers CVR-nr.", CriterionKind::RecipientCvr),
    ("modtagerCvr", CriterionKind::RecipientCvr),
    (ELEMENT_WORDS[4], CriterionKind::Kle),
    (ELEMENT_WORDS[5], CriterionKind::Form),
    (ELEMENT_WORDS[6], CriterionKind::NoContactPoint),
    ("udenKontaktpunkt", CriterionKind::NoContactPoint),
    // The words of the window, in both languages.
    ("Uden kontaktpunkt", CriterionKind::NoContactPoint),
    ("Contact point", CriterionKind::ContactPoint),
    ("Contact group", CriterionKind::ContactGroup),
    ("Sender's CVR no.", CriterionKind::SenderCvr),
    ("Sender CVR no.", CriterionKind::SenderCvr),
    ("Afsenders CVR-nr", CriterionKind::SenderCvr),
    ("Recipient's CVR no.", CriterionKind::RecipientCvr),
    ("Recipient CVR no.", CriterionKind::RecipientCvr),
    ("Modtagers CVR-nr", CriterionKind::RecipientCvr),
    ("No contact point", CriterionKind::NoContactPoint),
    ("Without contact point", CriterionKind::NoContactPoint),
];

pub(in crate::exchange::workbook) const POST_TYPES: [(&str, PostType); 11] = [
    ("Myndighedspost", PostType::Authority),
    ("Virksomhedspost", PostType::Company),
    ("Ikke angivet", PostType::Unspecified),
    ("ikkeAngivet", PostType::Unspecified),
    ("Posttype ikke angivet", PostType::Unspecified),
    ("Authority post", PostType::Authority),
    ("Authority mail", PostType::Authority),
    ("Company post", PostType::Company),
    ("Company mail", PostType::Company),
    ("Post type not given", PostType::Unspecified),
    ("Mail type not given", PostType::Unspecified),
];

pub(in crate::exchange::workbook) const POST_TYPE_WORDS: [&str; 3] =
    [POST_TYPES[0].0, POST_TYPES[1].0, POST_TYPES[2].0];

/// The kinds of post that messages can be: those that rules look for, and any other.
pub(in crate::exchange::workbook) const POST_TYPES_OF_MESSAGES: [(&str, Option<PostType>); 6] = [
    ("Myndighedspost", Some(PostType::Authority)),
    ("Virksomhedspost", Some(PostType::Company)),
    ("Ikke angivet", Some(PostType::Unspecified)),
    ("ikkeAngivet", Some(PostType::Unspecified)),
    ("Anden", None),
    ("Other", None),
];

pub(in crate::exchange::workbook) const POST_TYPE_WORDS_OF_MESSAGES: [&str; 4] = [
    POST_TYPES_OF_MESSAGES[0].0,
    POST_TYPES_OF_MESSAGES[1].0,
    POST_TYPES_OF_MESSAGES[2].0,
    POST_TYPES_OF_MESSAGES[4].0,
];

/// The senders of messages by their kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::workbook) enum SenderWord {
    Person,
    Organisation,
}

pub(in crate::exchange::workbook) const SENDER_WORDS: [&str; 2] = ["Person", "CVR"];

pub(in crate::exchange::workbook) const SENDERS: [(&str, SenderWord); 4] = [
    (SENDER_WORDS[0], SenderWord::Person),
    (SENDER_WORDS[1], SenderWord::Organisation),
    ("CVR-nr.", SenderWord::Organisation),
    ("CPR", SenderWord::Person),
];

pub(in crate::exchange::workbook) const SWITCH_WORDS: [&str; 2] = ["ja", "nej"];

pub(in crate::exchange::workbook) const SWITCHES: [(&str, bool); 31] = [
    (SWITCH_WORDS[0], true),
    (SWITCH_WORDS[1], false),
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("sand", true),
    ("falsk", false),
    // The words of the window for on and off, and for the states of a rule that is on.
    ("aktiv", true),
    ("aktivt", true),
    ("active", true),
    ("slået til", true),
    ("til", true),
    ("on", true),
    ("kommende", true),
    ("coming", true),
    ("udløber snart", true),
    ("expires soon", true),
    ("udløbet", true),
    ("expired", true),
    ("skygget", true),
    ("shadowed", true),
    ("umulig", true),
    ("impossible", true),
    ("slået fra", false),
    ("fra", false),
    ("off", false),
    ("på pause", false),
    ("paused", false),
    ("ikke aktivt", false),
    ("not active", false),
];

/// The words of the window for visible and hidden.
pub(in crate::exchange::workbook) const VISIBILITIES: [(&str, bool); 4] =
    [("synligt", true), ("visible", true), ("skjult", false), ("hidden", false)];

/// How the router authenticates, without the header's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::workbook) enum AccessWord {
    Open,
    Header,
    ClientCertificate,
}

pub(in crate::exchange::workbook) const ACCESS_WORDS: [&str; 3] = ["ingen", "header", "klientcertifikat"];

pub(in crate::exchange::workbook) const ACCESSES: [(&str, AccessWord); 8] = [
    (ACCESS_WORDS[0], AccessWord::Open),
    (ACCESS_WORDS[1], AccessWord::Header),
    (ACCESS_WORDS[2], AccessWord::ClientCertificate),
    ("ingen nøgle", AccessWord::Open),
    ("no key", AccessWord::Open),
    ("nøgle i en header", AccessWord::Header),
    ("a key in a header", AccessWord::Header),
    ("a client certificate", AccessWord::ClientCertificate),
];

pub(in crate::exchange::workbook) const AUDIENCE_WORDS: [&str; 3] =
    [Audience::WORDS[0].0, Audience::WORDS[1].0, Audience::WORDS[2].0];

pub(in crate::exchange::workbook) const AUDIENCES: [(&str, Audience); 12] = [
    Audience::WORDS[0],
    Audience::WORDS[1],
    Audience::WORDS[2],
    ("borgere", Audience::Citizen),
    ("virksomheder", Audience::Company),
    ("myndigheder", Audience::Authority),
    ("citizen", Audience::Citizen),
    ("citizens", Audience::Citizen),
    ("company", Audience::Company),
    ("companies", Audience::Company),
    ("authority", Audience::Authority),
    ("authorities", Audience::Authority),
];
