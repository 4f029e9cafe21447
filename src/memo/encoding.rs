use std::fmt;

use super::NotWellFormed;

/// The most characters of an encoding's name that an error repeats; no common name is longer.
const MAX_NAME: usize = 24;
/// The most digits of such a name: fewer than a CPR number has.
const MAX_DIGITS: usize = 9;

/// An encoding that an XML declaration may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// UTF-8 too, as long as it has no other characters.
    Ascii,
}

impl Encoding {
    /// The encoding of that name. `utf8` is no name of the registry, but programs write it, and mean UTF-8.
    pub fn named(name: &[u8]) -> Result<Self, NotWellFormed> {
        match name.to_ascii_lowercase().as_slice() {
            b"utf-8" | b"utf8" => Ok(Self::Utf8),
            b"us-ascii" => Ok(Self::Ascii),
            _ => Err(NotWellFormed::Encoding(EncodingName::new(name))),
        }
    }
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
