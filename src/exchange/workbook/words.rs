//! The words that stand in cells, as people say them. They are read whatever the case, and so are the words of the
//! configuration file.

use crate::rules::{Audience, CriterionKind, PostType, Segment};
use crate::visible::as_seen;

/// The text as words are compared: as people see it, whatever the case and however wide the spaces.
pub(super) fn folded(text: &str) -> String {
    as_seen(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a word means; words for the same thing stand together, the one that is written first.
pub(super) type Words<T> = [(&'static str, T)];

/// What the text means.
pub(super) fn meaning<T: Copy>(words: &Words<T>, text: &str) -> Option<T> {
    let text = folded(text);
    words.iter().find(|(word, _)| word.to_lowercase() == text).map(|(_, value)| *value)
}

/// The word for it.
pub(super) fn word<T: PartialEq>(words: &Words<T>, value: &T) -> &'static str {
    words.iter().find(|(_, meant)| meant == value).map_or("", |(word, _)| word)
}

pub(super) const SEGMENT_WORDS: [&str; 4] =
    [Segment::WORDS[0].0, Segment::WORDS[1].0, Segment::WORDS[2].0, Segment::WORDS[3].0];

pub(super) const ELEMENT_WORDS: [&str; 7] =
    ["Kontaktpunkt", "Kontaktgruppe", "Afsender CVR-nr.", "Modtager CVR-nr.", "KLE", "FORM", "Post uden kontaktpunkt"];

/// The words for segments besides those that are written: what the window calls them.
pub(super) const SEGMENTS: [(&str, Segment); 12] = [
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

pub(super) const ELEMENTS: [(&str, CriterionKind); 25] = [
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
    // What the window calls them, in both languages.
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

pub(super) const POST_TYPES: [(&str, PostType); 11] = [
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

pub(super) const POST_TYPE_WORDS: [&str; 3] = [POST_TYPES[0].0, POST_TYPES[1].0, POST_TYPES[2].0];

pub(super) const SWITCH_WORDS: [&str; 2] = ["ja", "nej"];

pub(super) const SWITCHES: [(&str, bool); 31] = [
    (SWITCH_WORDS[0], true),
    (SWITCH_WORDS[1], false),
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("sand", true),
    ("falsk", false),
    // How the window says that something is on or off, and in which state a rule is that is on.
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

/// How the window says that a contact point is seen or not, besides yes and no.
pub(super) const VISIBILITIES: [(&str, bool); 4] =
    [("synligt", true), ("visible", true), ("skjult", false), ("hidden", false)];

/// How a fagsystem knows the router, the header's name aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessWord {
    Open,
    Header,
    ClientCertificate,
}

pub(super) const ACCESS_WORDS: [&str; 3] = ["ingen", "header", "klientcertifikat"];

pub(super) const ACCESSES: [(&str, AccessWord); 8] = [
    (ACCESS_WORDS[0], AccessWord::Open),
    (ACCESS_WORDS[1], AccessWord::Header),
    (ACCESS_WORDS[2], AccessWord::ClientCertificate),
    ("ingen nøgle", AccessWord::Open),
    ("no key", AccessWord::Open),
    ("nøgle i en header", AccessWord::Header),
    ("a key in a header", AccessWord::Header),
    ("a client certificate", AccessWord::ClientCertificate),
];

pub(super) const AUDIENCE_WORDS: [&str; 3] = [Audience::WORDS[0].0, Audience::WORDS[1].0, Audience::WORDS[2].0];

pub(super) const AUDIENCES: [(&str, Audience); 12] = [
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
