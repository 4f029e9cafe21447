//! The parts of a workbook. A small file may unpack to more than there is memory, or claim to, so sizes are added up before
//! anything is unpacked.

use std::collections::HashMap;
use std::io::Cursor;

use memchr::memmem;
use zip::ZipArchive;

use super::part::Part;
use crate::exchange::progress::Progress;
use crate::exchange::workbook::outcome::TablesError;

const ZIP: &[u8] = b"PK\x03\x04";

pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The signature of an entry in a ZIP archive's directory.
const ENTRY: &[u8] = b"PK\x01\x02";

/// The most parts of a workbook: each takes memory before anything is read.
const MAX_PARTS: usize = 10_000;

/// The most that all parts of a workbook may unpack to, in bytes.
const MAX_UNPACKED_BYTES: u64 = 256 << 20;

/// A ZIP archive. The names of its parts are compared as Windows compares them.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: HashMap<String, usize>,
    pub(super) progress: &'a Progress,
}

impl<'a> Archive<'a> {
    pub(super) fn new(bytes: &'a [u8], progress: &'a Progress) -> Result<Self, TablesError> {
        if memmem::find_iter(bytes, ENTRY).take(MAX_PARTS + 1).count() > MAX_PARTS {
            return Err(TablesError::TooLarge);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TablesError::NotTables)?;
        let mut parts = HashMap::new();
        let mut unpacked: u64 = 0;
        for index in 0..zip.len() {
            progress.go_on()?;
            let part = zip.by_index_raw(index).map_err(|_| TablesError::NotTables)?;
            unpacked = unpacked.saturating_add(part.size());
            if unpacked > MAX_UNPACKED_BYTES {
                return Err(TablesError::TooLarge);
            }
            let name = part.name().map_err(|_| TablesError::NotTables)?;
            parts.insert(as_compared(&name), index);
        }
        Ok(Self { zip, parts, progress })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&as_compared(name))
    }

    /// A part, to be read as XML; `None` when it is not there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, TablesError> {
        let Some(index) = self.parts.get(&as_compared(name)) else { return Ok(None) };
        let part = self.zip.by_index(*index).map_err(|_| TablesError::NotTables)?;
        let size = part.size();
        Ok(Some(Part::new(part, size, self.progress)))
    }
}

fn as_compared(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Whether the file is a ZIP archive or a compound file, as all workbooks are.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}
