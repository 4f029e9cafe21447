use memchr::memmem;

use super::not_well_formed::{EncodingName, NotWellFormed};

/// The line ends of XML 1.1 that XML 1.0 does not have.
const LINE_ENDS: [&str; 2] = ["\u{85}", "\u{2028}"];

/// What may not occur in the text of a document, according to its XML declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Declared {
    /// Characters outside ASCII: the encoding is US-ASCII.
    ascii_only: bool,
    /// The two characters that are line ends only in XML 1.1: the version is not 1.0. Readers that know XML 1.1 replace them by
    /// line feeds and trim them, and all others read them as text, so a field could have two values.
    another_version: bool,
}

impl Declared {
    /// Records the name of the encoding. `utf8` is not a registered name, but programs write it for UTF-8.
    pub fn encoding(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        match name.to_ascii_lowercase().as_slice() {
            b"utf-8" | b"utf8" => {}
            b"us-ascii" => self.ascii_only = true,
            _ => return Err(NotWellFormed::Encoding(EncodingName::new(name))),
        }
        Ok(())
    }

    pub fn version(&mut self, version: &[u8]) {
        self.another_version = version != b"1.0";
    }

    pub fn forbids_anything(self) -> bool {
        self != Self::default()
    }

    /// The position of the first character in the text that the declaration forbids, and the error.
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
