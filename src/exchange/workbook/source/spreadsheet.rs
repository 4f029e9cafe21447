//! Which make of workbook a file is, and whether it can be unpacked at all: a small file may unpack to more than there is
//! memory, or claim to.

use std::io::{BufReader, Cursor, Read};
use std::panic::{self, AssertUnwindSafe};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::{MOST_CELLS, Sheets, excel, open_document};
use crate::exchange::TablesTrouble;

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The most that all parts of a workbook may unpack to, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;

/// A workbook of today: a ZIP archive.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Whether the file is of the make of workbooks.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// Reads the sheets of a workbook.
///
/// A damaged file can make the reader of Excel's format panic; to people it is a file like any other that cannot be read.
pub(super) fn read(bytes: &[u8], sheets: &mut Sheets<'_>) -> Result<(), TablesTrouble> {
    if bytes.starts_with(COMPOUND) {
        return Err(trouble_with_compound(bytes));
    }
    let read = panic::catch_unwind(AssertUnwindSafe(|| read_archive(bytes, sheets)));
    sheets.progress.go_on()?;
    read.unwrap_or(Err(TablesTrouble::NotTables))
}

fn read_archive(bytes: &[u8], sheets: &mut Sheets<'_>) -> Result<(), TablesTrouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TablesTrouble::NotTables)?;
    check_sizes(&mut archive)?;
    if open_document::is_one(&mut archive) {
        return open_document::read(&mut archive, sheets);
    }
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Err(TablesTrouble::Binary);
    }
    check_claims(&mut archive)?;
    excel::read(bytes, sheets)
}

/// What of the older make holds is not read: such a file can have its reader ask for more memory than there is, which ends
/// the program.
fn trouble_with_compound(bytes: &[u8]) -> TablesTrouble {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        TablesTrouble::Protected
    } else if holds("Workbook") || holds("Book") {
        TablesTrouble::Binary
    } else {
        TablesTrouble::NotTables
    }
}

/// No part unpacks to more than the archive says, or reading it fails.
fn check_sizes(archive: &mut Archive<'_>) -> Result<(), TablesTrouble> {
    let mut all: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| TablesTrouble::NotTables)?;
        all = all.saturating_add(part.size());
        if all > MOST_UNPACKED {
            return Err(TablesTrouble::TooLarge);
        }
    }
    Ok(())
}

/// The reader of Excel's format makes room for as many texts as a file claims to have, and copies what is said of a style
/// wherever that is used.
fn check_claims(archive: &mut Archive<'_>) -> Result<(), TablesTrouble> {
    let is_unreadable = |_| TablesTrouble::NotTables;
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).transpose().map_err(is_unreadable)?.unwrap_or_default().to_lowercase();
        if name.ends_with("sharedstrings.xml") {
            check_texts(archive.by_index(index).map_err(is_unreadable)?)?;
        } else if name.ends_with("styles.xml") {
            check_styles(archive.by_index(index).map_err(is_unreadable)?)?;
        }
    }
    Ok(())
}

fn check_texts(part: impl Read) -> Result<(), TablesTrouble> {
    each_element(part, |element| {
        if element.local_name().as_ref() != "sst" {
            return Ok(true);
        }
        let claimed = element.try_get_attribute("uniqueCount").ok().flatten();
        let claimed = claimed.and_then(|claimed| claimed.value.trim().parse::<u128>().ok());
        if claimed.is_some_and(|claimed| claimed > MOST_CELLS as u128) {
            Err(TablesTrouble::TooLarge)
        } else {
            Ok(false)
        }
    })
}

fn check_styles(part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), TablesTrouble> {
    /// What all of it may unpack to, in bytes.
    const MOST_BYTES: u64 = 16 << 20;
    /// Twice as many as Excel has room for.
    const MOST_STYLES: usize = 130_000;
    /// In bytes: formats of numbers are the longest, of 255 characters at most.
    const LONGEST: usize = 2_000;
    if part.size() > MOST_BYTES {
        return Err(TablesTrouble::TooLarge);
    }
    let mut styles = 0;
    each_element(part, |element| {
        styles += usize::from(element.local_name().as_ref() == "xf");
        let is_fine = styles <= MOST_STYLES && element.len() <= LONGEST;
        if is_fine { Ok(true) } else { Err(TablesTrouble::TooLarge) }
    })
}

/// Looks at the beginning of each element until that says that it has seen enough. What is wrong with the XML is left for
/// the reader to find.
fn each_element(
    part: impl Read,
    mut look: impl FnMut(&BytesStart<'_>) -> Result<bool, TablesTrouble>,
) -> Result<(), TablesTrouble> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if !look(&element)? {
                    return Ok(());
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}
