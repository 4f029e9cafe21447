use std::fmt;

/// The most characters of an encoding's name that an error repeats; no common name is longer.
const MAX_NAME: usize = 24;
/// The most digits of such a name: fewer than a CPR number has.
const MAX_DIGITS: usize = 9;

/// Why a document is no well-formed XML of the kind that messages are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotWellFormed {
    /// The bytes are no UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The bytes begin as UTF-16 or UTF-32.
    #[error("it is in UTF-16 or UTF-32, and a message must be in UTF-8")]
    Utf16,
    /// The XML declaration names another encoding than UTF-8.
    #[error("its XML declaration names {0}, and a message must be in UTF-8")]
    Encoding(EncodingName),
    /// The XML declaration names US-ASCII, and there are other characters.
    #[error("its XML declaration names the encoding 'US-ASCII', which lacks some of its characters")]
    NotAscii,
    /// The XML declaration names another version than 1.0, and there is a character that only there is a line end.
    #[error("it says that it is not XML 1.0, and has a character that is a line end in XML 1.1 alone")]
    LineEnd,
    /// A character that XML does not allow.
    #[error("it has a character that XML does not allow")]
    ForbiddenCharacter,
    /// A document type declaration: never part of a message, and a way to attack its reader.
    #[error("it has a DOCTYPE, which no message may have")]
    Doctype,
    /// A tag that cannot be read.
    #[error("it has a tag that cannot be read")]
    Tag,
    /// A name that is none.
    #[error("it has a name that XML does not allow")]
    Name,
    /// An attribute stands twice, or is not written as `name="value"`.
    #[error("it has an attribute that cannot be read or stands twice")]
    Attribute,
    /// A prefix that stands for nothing, or a reserved one.
    #[error("it uses a namespace prefix that is not declared, or one that is reserved")]
    Namespace,
    /// End tags do not fit start tags.
    #[error("its end tags do not fit its start tags")]
    Nesting,
    /// An entity other than XML's five, or a reference to a character that XML does not allow.
    #[error("it refers to an entity other than XML's five")]
    Entity,
    /// A comment, CDATA section, processing instruction or declaration that is not written as it must be.
    #[error("it has a comment, CDATA section or processing instruction that cannot be read")]
    Section,
    /// Text outside the outermost element, or more than one such element.
    #[error("it has something beside its outermost element")]
    OutsideRoot,
    /// A bound is passed: depth 64, names 256 bytes, tags 64 KiB, 256 attributes a tag, 256 prefixes in force.
    #[error("it is nested too deeply, or has a name or tag that is too long or too many attributes or prefixes")]
    TooLarge,
    /// It ends in the middle.
    #[error("it ends before it is complete")]
    Unfinished,
}

/// The name of another encoding than UTF-8, as far as an error may repeat what a message says: something that has the
/// form of such a name, is short, and has too few digits to hold a CPR number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EncodingName {
    written: [u8; MAX_NAME],
    length: usize,
}

impl EncodingName {
    /// Takes the name up, or nothing of it when it must not be repeated.
    pub(super) fn new(name: &[u8]) -> Self {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let has_form = name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(is_part);
        let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
        let mut written = [0; MAX_NAME];
        let mut length = 0;
        if has_form && name.len() <= MAX_NAME && digits <= MAX_DIGITS {
            written[..name.len()].copy_from_slice(name);
            length = name.len();
        }
        Self { written, length }
    }

    /// The name; empty when it must not be repeated.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.written[..self.length]).unwrap_or_default()
    }
}

impl fmt::Display for EncodingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            "" => f.write_str("another encoding"),
            name => write!(f, "the encoding '{name}'"),
        }
    }
}

impl fmt::Debug for EncodingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
