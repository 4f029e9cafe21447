use std::fmt;

use memchr::memmem;

use super::NotWellFormed;

/// The most characters of an encoding's name that an error repeats; no common name is longer.
const MAX_NAME: usize = 24;
/// The most digits of such a name: fewer than a CPR number has.
const MAX_DIGITS: usize = 9;
/// What ends a line in XML 1.1 and not in XML 1.0.
const LINE_ENDS: [&str; 2] = ["\u{85}", "\u{2028}"];

/// What an XML declaration says that the text after it does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Declared {
    /// Characters beyond ASCII.
    ascii_only: bool,
    /// The two characters that are line ends in XML 1.1: readers that know it read them as line feeds, all others as
    /// characters of the text.
    another_version: bool,
}

impl Declared {
    /// Takes the name of an encoding. `utf8` is no name of the registry, but programs write it, and mean UTF-8.
    pub fn take_encoding(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        match name.to_ascii_lowercase().as_slice() {
            b"utf-8" | b"utf8" => {}
            b"us-ascii" => self.ascii_only = true,
            _ => return Err(NotWellFormed::Encoding(EncodingName::new(name))),
        }
        Ok(())
    }

    pub fn take_version(&mut self, version: &[u8]) {
        self.another_version = version != b"1.0";
    }

    pub fn forbids_anything(self) -> bool {
        self != Self::default()
    }

    /// Where in the text the first character is that the declaration forbids, and how that is told.
    pub fn first_forbidden(self, text: &[u8]) -> Option<(usize, NotWellFormed)> {
        let beyond_ascii = || Some((text.iter().position(|byte| !byte.is_ascii())?, NotWellFormed::NotAscii));
        let line_end = || {
            let ends = LINE_ENDS.map(|end| memmem::find(text, end.as_bytes()));
            Some((ends.into_iter().flatten().min()?, NotWellFormed::LineEnd))
        };
        let beyond_ascii = if self.ascii_only { beyond_ascii() } else { None };
        beyond_ascii.or_else(|| if self.another_version { line_end() } else { None })
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
