use std::fmt;

/// The most bytes of an encoding's name that an error repeats; no common name is longer.
const MAX_NAME: usize = 24;
/// The most digits of such a name: one fewer than a CPR number has.
const MAX_DIGITS: usize = 9;

/// Why a document is not well-formed XML of the kind that messages are in: XML 1.0 with namespaces, in UTF-8, without DOCTYPE
/// and within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotWellFormed {
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The bytes begin as UTF-16 or UTF-32 do.
    #[error("it is in UTF-16 or UTF-32, and a message must be in UTF-8")]
    Utf16,
    /// The XML declaration names another encoding than UTF-8.
    #[error("its XML declaration names {0}, and a message must be in UTF-8")]
    Encoding(EncodingName),
    /// The XML declaration names US-ASCII, and the document has other characters.
    #[error("its XML declaration names the encoding 'US-ASCII', which lacks some of its characters")]
    NotAscii,
    /// The XML declaration names another version than 1.0, and the document has a character that is a line end in XML 1.1
    /// alone.
    #[error("it says that it is not XML 1.0, and has a character that is a line end in XML 1.1 alone")]
    LineEnd,
    /// It has a character that XML does not allow.
    #[error("it has a character that XML does not allow")]
    ForbiddenCharacter,
    /// It has a document type declaration, which no message needs and which is a way to attack XML readers.
    #[error("it has a DOCTYPE, which no message may have")]
    Doctype,
    /// It has a malformed tag.
    #[error("it has a tag that cannot be read")]
    Tag,
    /// It has a name that XML does not allow.
    #[error("it has a name that XML does not allow")]
    Name,
    /// It has an attribute that occurs twice or is not written as `name="value"`.
    #[error("it has an attribute that cannot be read or stands twice")]
    Attribute,
    /// It uses an undeclared namespace prefix, or declares a reserved one.
    #[error("it uses a namespace prefix that is not declared, or one that is reserved")]
    Namespace,
    /// Its end tags do not match its start tags.
    #[error("its end tags do not fit its start tags")]
    Nesting,
    /// It refers to an entity other than XML's five, or to a character that XML does not allow.
    #[error("it refers to an entity other than XML's five")]
    Entity,
    /// It has a malformed comment, CDATA section, processing instruction or declaration, or `]]>` in its text.
    #[error("it has a comment, CDATA section or processing instruction that cannot be read")]
    Section,
    /// It has text outside its root element, or more than one root element.
    #[error("it has something beside its outermost element")]
    OutsideRoot,
    /// It exceeds a bound: 64 nested elements, 256 bytes a name, 64 KiB a tag, 256 attributes a tag, 256 declared prefixes at
    /// once.
    #[error("it is nested too deeply, or has a name or tag that is too long or too many attributes or prefixes")]
    TooLarge,
    /// It is incomplete.
    #[error("it ends before it is complete")]
    Unfinished,
}

/// The name of another encoding than UTF-8, as far as an error may repeat it: it has the form of such a name, is short, and has
/// too few digits for a CPR number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EncodingName {
    written: [u8; MAX_NAME],
    length: usize,
}

impl EncodingName {
    /// The name, or an empty one when it must not be repeated.
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
