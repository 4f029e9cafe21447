//! Which make of workbook a file is, and its parts: a small file may unpack to more than there is memory, or claim to.

use std::collections::HashMap;
use std::io::Cursor;

use memchr::memmem;
use zip::ZipArchive;

use super::part::Part;
use super::{Workbook, excel, open_document};
use crate::exchange::Progress;
use crate::exchange::workbook::outcome::TablesError;

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Where the directory of a ZIP archive tells of a part.
const ENTRY: &[u8] = b"PK\x01\x02";
/// More than any workbook has; each takes memory before anything is read.
const MOST_PARTS: usize = 10_000;
/// The most that all parts of a workbook may unpack to, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;

/// A workbook of today: a ZIP archive, the names of its parts compared as Windows does.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: HashMap<String, usize>,
    pub(super) progress: &'a Progress,
}

impl<'a> Archive<'a> {
    fn new(bytes: &'a [u8], progress: &'a Progress) -> Result<Self, TablesError> {
        if memmem::find_iter(bytes, ENTRY).take(MOST_PARTS + 1).count() > MOST_PARTS {
            return Err(TablesError::TooLarge);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TablesError::NotTables)?;
        let mut parts = HashMap::new();
        let mut unpacked: u64 = 0;
        for index in 0..zip.len() {
            progress.go_on()?;
            let part = zip.by_index_raw(index).map_err(|_| TablesError::NotTables)?;
            unpacked = unpacked.saturating_add(part.size());
            if unpacked > MOST_UNPACKED {
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

/// Whether the file is of the make of workbooks.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// Opens a workbook.
pub(super) fn open<'a>(bytes: &'a [u8], progress: &'a Progress) -> Result<Box<dyn Workbook + 'a>, TablesError> {
    if bytes.starts_with(COMPOUND) {
        return Err(error_of_compound(bytes));
    }
    let mut archive = Archive::new(bytes, progress)?;
    if archive.has("xl/workbook.bin") {
        Err(TablesError::Binary)
    } else if open_document::is_one(&mut archive)? {
        Ok(Box::new(open_document::OpenDocument::open(archive)?))
    } else {
        Ok(Box::new(excel::Excel::open(archive)?))
    }
}

/// What of the older make holds is not read: such a file can have its reader ask for more memory than there is, which ends
/// the program.
fn error_of_compound(bytes: &[u8]) -> TablesError {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        TablesError::Protected
    } else if holds("Workbook") || holds("Book") {
        TablesError::Binary
    } else {
        TablesError::NotTables
    }
}
