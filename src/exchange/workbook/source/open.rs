//! Opens a workbook, whichever its make.

use memchr::memmem;

use super::archive::{Archive, COMPOUND};
use super::workbook::Workbook;
use super::{excel, open_document};
use crate::exchange::progress::Progress;
use crate::exchange::workbook::outcome::TablesError;

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

/// Why a compound file is not read. The binary formats in it (.xls, .xlsb) let a file of 1.5 kB make a reader ask for more
/// memory than there is, by a directory that refers to itself or by two cells far apart.
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
