use super::xml::NotWellFormed;

/// Why a message cannot be taken. Says nothing of what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoError {
    /// It is no XML document as it must be.
    #[error("the message is not well-formed XML: {0}")]
    NotWellFormed(#[from] NotWellFormed),
    /// Its outermost element is not `Message`, or its header is missing, comes late or comes twice.
    #[error("the document is not a MeMo message: it must be one Message that begins with one MessageHeader")]
    NotAMemo,
    /// There is no `messageUUID`, or it is no UUID.
    #[error("the message has no valid messageUUID")]
    NoMessageUuid,
    /// There is no `Sender` with an id and its type.
    #[error("the message names no sender")]
    NoSender,
    /// There is no `Recipient` with an id and its type.
    #[error("the message names no recipient")]
    NoRecipient,
    /// Something that routing needs stands twice, so that the message could go two ways.
    #[error("the message gives {0} twice")]
    Twice(&'static str),
    /// Something that routing needs has elements in it where a text belongs.
    #[error("the message has elements within {0}, where a text belongs")]
    ElementsInText(&'static str),
    /// Something that routing needs has a comment or processing instruction in it. Readers that go by the first piece of a
    /// text alone would read another one.
    #[error("the message has a comment or processing instruction within {0}, so that it can be read in two ways")]
    AsideInText(&'static str),
    /// Something that routing needs is partly in a CDATA section, partly outside or in another one: the same danger.
    #[error("the message has a CDATA section that is not the whole of {0}, so that it can be read in two ways")]
    SectionInText(&'static str),
    /// Something that routing needs says by `xsi:nil` that it is not there, and holds something.
    #[error("the message says that {0} is nil, and yet there is something in it")]
    Nil(&'static str),
    /// An element has the name and place of what routing needs, but another namespace. Readers that go by the name alone
    /// would take it.
    #[error("the message has an element of another namespace in the place of {0}, so that it can be read in two ways")]
    Decoy(&'static str),
    /// The header is longer than 1 MiB, or a text in it longer than 16 KiB.
    #[error("the message's header is too long")]
    HeaderTooLong,
    /// It is a `NemSMS`, which is no post.
    #[error("the message is a NemSMS, which cannot be received as post")]
    NemSms,
    /// It is larger than 99.5 MiB.
    #[error("the message is larger than 99.5 MiB (104,333,312 bytes)")]
    TooLarge,
}
