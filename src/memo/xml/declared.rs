use memchr::memmem;

use super::not_well_formed::{EncodingName, NotWellFormed};

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
