//! What an endpoint is tried with.

use crate::rules::Access;

/// One trial of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// A letter from a person, MeMo 1.2.
    Letter,
    /// The same in MeMo 1.1.
    OldVersion,
    /// A letter from a company.
    Company,
    /// A letter from an authority, sent from a contact point.
    Authority,
    /// A reply to a message.
    Reply,
    /// A message that was forwarded.
    Forwarded,
    /// The smallest that the schemas allow: no body, an empty label.
    Smallest,
    /// Danish letters, emoji, combining accents, entities and CDATA.
    SpecialLetters,
    /// A byte order mark before the XML.
    ByteOrderMark,
    /// No prefix: MeMo's namespace is the default one.
    DefaultNamespace,
    /// Another prefix than `memo`.
    OtherPrefix,
    /// A messageUUID in upper case.
    UpperCaseUuid,
    /// 300 kB with a `Content-Length`.
    KnownLength,
    /// 300 kB in chunks.
    InChunks,
    /// The same bytes twice.
    Repeated,
    /// Cut off in the middle of a known length, and then sent again whole.
    BrokenOff,
    /// The same in chunks.
    BrokenOffInChunks,
    /// The same letter twice at the same time.
    SameTime,
    /// 16 different letters at the same time.
    Together,
    /// A caller with a wrong key or certificate.
    WrongKey,
    /// A caller without key and certificate.
    NoKey,
    /// 20 MB.
    Large,
    /// The largest message that there is: 104,333,312 bytes.
    Largest,
}

impl Trial {
    /// All, in the order in which they are made.
    pub const ALL: [Self; 23] = [
        Self::Letter,
        Self::OldVersion,
        Self::Company,
        Self::Authority,
        Self::Reply,
        Self::Forwarded,
        Self::Smallest,
        Self::SpecialLetters,
        Self::ByteOrderMark,
        Self::DefaultNamespace,
        Self::OtherPrefix,
        Self::UpperCaseUuid,
        Self::KnownLength,
        Self::InChunks,
        Self::Repeated,
        Self::BrokenOff,
        Self::BrokenOffInChunks,
        Self::SameTime,
        Self::Together,
        Self::WrongKey,
        Self::NoKey,
        Self::Large,
        Self::Largest,
    ];

    /// The trials for a fagsystem with that access: without credentials there is no wrong key to try.
    #[must_use]
    pub fn all_by(access: &Access) -> Vec<Self> {
        let has_key = *access != Access::Open;
        Self::ALL.into_iter().filter(|trial| has_key || !trial.is_by_stranger()).collect()
    }

    /// Whether it takes long on a slow line.
    #[must_use]
    pub fn is_large(self) -> bool {
        matches!(self, Self::Large | Self::Largest)
    }

    /// Whether the caller is unauthorised.
    #[must_use]
    pub fn is_by_stranger(self) -> bool {
        matches!(self, Self::WrongKey | Self::NoKey)
    }

    /// Whether its calls are made at the same time.
    pub(super) fn is_at_once(self) -> bool {
        matches!(self, Self::SameTime | Self::Together)
    }
}
