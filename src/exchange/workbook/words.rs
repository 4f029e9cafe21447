//! The words that stand in cells, as people say them. They are read whatever the case, and so are the words of the
//! configuration file.

use crate::rules::{Audience, Element, PostType, Segment};

/// The text as words are compared.
pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
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

pub(super) const ELEMENTS: [(&str, Element); 14] = [
    (ELEMENT_WORDS[0], Element::ContactPoint),
    (ELEMENT_WORDS[1], Element::ContactGroup),
    (ELEMENT_WORDS[2], Element::SenderCvr),
    ("Afsender CVR-nr", Element::SenderCvr),
    ("Afsenders CVR-nr.", Element::SenderCvr),
    ("afsenderCvr", Element::SenderCvr),
    (ELEMENT_WORDS[3], Element::RecipientCvr),
    ("Modtager CVR-nr", Element::RecipientCvr),
    ("Modtagers CVR-nr.", Element::RecipientCvr),
    ("modtagerCvr", Element::RecipientCvr),
    (ELEMENT_WORDS[4], Element::Kle),
    (ELEMENT_WORDS[5], Element::Form),
    (ELEMENT_WORDS[6], Element::NoContactPoint),
    ("udenKontaktpunkt", Element::NoContactPoint),
];

pub(super) const POST_TYPES: [(&str, PostType); 4] = [
    ("Myndighedspost", PostType::Authority),
    ("Virksomhedspost", PostType::Company),
    ("Ikke angivet", PostType::Unspecified),
    ("ikkeAngivet", PostType::Unspecified),
];

pub(super) const POST_TYPE_WORDS: [&str; 3] = [POST_TYPES[0].0, POST_TYPES[1].0, POST_TYPES[2].0];

pub(super) const SWITCH_WORDS: [&str; 2] = ["ja", "nej"];

pub(super) const SWITCHES: [(&str, bool); 8] = [
    (SWITCH_WORDS[0], true),
    (SWITCH_WORDS[1], false),
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("sand", true),
    ("falsk", false),
];

/// How a fagsystem knows the router, the header's name aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccessWord {
    Open,
    Header,
    ClientCertificate,
}

pub(super) const ACCESS_WORDS: [&str; 3] = ["ingen", "header", "klientcertifikat"];

pub(super) const ACCESSES: [(&str, AccessWord); 3] = [
    (ACCESS_WORDS[0], AccessWord::Open),
    (ACCESS_WORDS[1], AccessWord::Header),
    (ACCESS_WORDS[2], AccessWord::ClientCertificate),
];

pub(super) const AUDIENCE_WORDS: [&str; 3] = [Audience::WORDS[0].0, Audience::WORDS[1].0, Audience::WORDS[2].0];

pub(super) const AUDIENCES: [(&str, Audience); 6] = [
    Audience::WORDS[0],
    Audience::WORDS[1],
    Audience::WORDS[2],
    ("borgere", Audience::Citizen),
    ("virksomheder", Audience::Company),
    ("myndigheder", Audience::Authority),
];
