use super::xml::NotWellFormed;

/// Why a message is refused. Its text never repeats anything that the message says.
///
/// Several variants refuse what other readers could understand otherwise: fagsystems read the same bytes, and a message must
/// not go to one system for a reason that another program cannot see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoError {
    /// It is not well-formed XML.
    #[error("the message is not well-formed XML: {0}")]
    NotWellFormed(#[from] NotWellFormed),
    /// Its root element is not `Message`, or its header is missing, is not its first element or occurs twice.
    #[error("the document is not a MeMo message: it must be one Message that begins with one MessageHeader")]
    NotAMemo,
    /// There is no `messageUUID`, or it is not a UUID.
    #[error("the message has no valid messageUUID")]
    NoMessageUuid,
    /// There is no `Sender` with an id and its type.
    #[error("the message names no sender")]
    NoSender,
    /// There is no `Recipient` with an id and its type.
    #[error("the message names no recipient")]
    NoRecipient,
    /// An element that routing needs occurs twice, so that the message could go two ways.
    #[error("the message gives {0} twice")]
    Twice(&'static str),
    /// A field that routing needs contains elements.
    #[error("the message has elements within {0}, where a text belongs")]
    ElementsInText(&'static str),
    /// A field that routing needs contains a comment or a processing instruction. Readers that use only the first piece of its
    /// text would read another value.
    #[error("the message has a comment or processing instruction within {0}, so that it can be read in two ways")]
    AsideInText(&'static str),
    /// A field that routing needs is partly in a CDATA section, and partly outside it or in another one. Readers that use only
    /// the first piece of its text would read another value.
    #[error("the message has a CDATA section that is not the whole of {0}, so that it can be read in two ways")]
    SectionInText(&'static str),
    /// An element that routing needs is declared absent by `xsi:nil` and yet has content.
    #[error("the message says that {0} is nil, and yet there is something in it")]
    Nil(&'static str),
    /// An element has the name and position of one that routing needs, but another namespace. Readers that ignore namespaces
    /// would use it.
    #[error("the message has an element of another namespace in the place of {0}, so that it can be read in two ways")]
    Decoy(&'static str),
    /// The header is longer than 1 MiB, or a text in it longer than 16 KiB.
    #[error("the message's header is too long")]
    HeaderTooLong,
    /// It is a `NemSMS`, a text message to a phone, which an authority cannot receive.
    #[error("the message is a NemSMS, which cannot be received as post")]
    NemSms,
    /// It is larger than 99.5 MiB.
    #[error("the message is larger than 99.5 MiB (104,333,312 bytes)")]
    TooLarge,
}
