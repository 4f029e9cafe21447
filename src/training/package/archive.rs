//! A package as a file: a ZIP archive.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Cursor, Read, Write};

use memchr::memmem;
use serde::{Deserialize, Serialize};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::contents::{PackedMessage, TrainingPackage};
use super::error::{PackageFault, TrainingPackageError};
use super::journal_file::{read_journal, write_journal};
use super::limits::PackageLimits;
use super::stage::Stage;
use crate::exchange::{Progress, read_configuration, write_configuration};
use crate::memo::Reader;
use crate::rules::{RuleBook, short_without_cpr};

/// The entry that says what the archive is.
const ABOUT: &str = "oevelsespakke.json";
const CONFIGURATION: &str = "konfiguration.json";
const LESSON: &str = "opgave.toml";
const JOURNAL: &str = "journal.jsonl";
const MESSAGES: &str = "meddelelser/";
const FORMAT: &str = "postfordeler-oevelsespakke";
const VERSION: u32 = 1;

/// What [`ABOUT`] says. Not when it was made: from that, the dates of its journal would follow.
#[derive(Serialize, Deserialize)]
struct About {
    format: String,
    version: u32,
    #[serde(rename = "navn", default)]
    name: String,
}

impl TrainingPackage {
    /// How the names of such files end.
    pub const ENDING: &str = "pfoevelse";

    /// Writes it as a file. The same package gives the same bytes.
    ///
    /// # Errors
    ///
    /// It holds more than a package may, or something that [`TrainingPackage::read`] would refuse.
    pub fn write(&self) -> Result<Vec<u8>, TrainingPackageError> {
        self.write_within(Stage::all(&Progress::default()))
    }

    pub(super) fn write_within(&self, stage: Stage<'_>) -> Result<Vec<u8>, TrainingPackageError> {
        let (writing, checking) = (stage.part(0, 50), stage.part(50, 100));
        let about = About {
            format: FORMAT.to_owned(),
            version: VERSION,
            name: short_without_cpr(&self.name, PackageLimits::NAME),
        };
        let about = serde_json::to_vec_pretty(&about).map_err(io::Error::from)?;
        let configuration = write_configuration(&self.book);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| {
            // Without a date, or it would say when the journal was.
            let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o600);
            archive.start_file(name, options).map_err(io::Error::from)?;
            archive.write_all(bytes)
        };
        put(ABOUT, &about)?;
        put(CONFIGURATION, configuration.as_bytes())?;
        if let Some(lesson) = &self.lesson {
            put(LESSON, lesson.as_bytes())?;
        }
        let all = self.messages.len() as u64 + 1;
        for (done, message) in (0..).zip(&self.messages) {
            writing.reach(done, all)?;
            put(&format!("{MESSAGES}{}", message.name), &message.bytes)?;
        }
        if !self.calls.is_empty() {
            writing.reach(all - 1, all)?;
            put(JOURNAL, write_journal(&self.calls).as_bytes())?;
        }
        let file = archive.finish().map_err(io::Error::from)?.into_inner();
        // What is handed out can be opened.
        Self::read_within(&file, checking)?;
        Ok(file)
    }

    /// Reads one from a file, whole or not at all. No more is unpacked than a package may hold, whatever the file says.
    ///
    /// # Errors
    ///
    /// [`TrainingPackageError`], which says what is wrong where.
    pub fn read(file: &[u8]) -> Result<Self, TrainingPackageError> {
        Self::read_stoppably(file, &Progress::default())
    }

    /// The same, stoppable by `progress`; it then fails with [`TrainingPackageError::Stopped`].
    ///
    /// # Errors
    ///
    /// As for [`TrainingPackage::read`].
    pub fn read_stoppably(file: &[u8], progress: &Progress) -> Result<Self, TrainingPackageError> {
        Self::read_within(file, Stage::all(progress))
    }

    fn read_within(file: &[u8], stage: Stage<'_>) -> Result<Self, TrainingPackageError> {
        let mut archive = open(file)?;
        let names = names(&archive)?;
        let about = unpack(&mut archive, ABOUT, PackageLimits::HEADER).map_err(|error| match error {
            TrainingPackageError::Entry { fault: PackageFault::Missing, .. } => TrainingPackageError::NotOurs,
            other => other,
        })?;
        let about: About = serde_json::from_slice(&about).map_err(|_| TrainingPackageError::NotOurs)?;
        match about.version {
            _ if about.format != FORMAT => return Err(TrainingPackageError::NotOurs),
            VERSION => {}
            _ => return Err(TrainingPackageError::Newer),
        }
        stage.reach(5, 100)?;
        let book = configuration(&unpack(&mut archive, CONFIGURATION, PackageLimits::CONFIGURATION)?)?;
        let has = |name: &str| names.iter().any(|it| it == name);
        let lesson = if has(LESSON) {
            let bytes = unpack(&mut archive, LESSON, PackageLimits::LESSON)?;
            Some(String::from_utf8(bytes).map_err(|_| PackageFault::NotText.of(LESSON))?)
        } else {
            None
        };
        let calls = if has(JOURNAL) {
            let journal = unpack(&mut archive, JOURNAL, PackageLimits::JOURNAL)?;
            read_journal(&journal, stage.part(20, 70))?.map_err(|fault| fault.of(JOURNAL))?
        } else {
            Vec::new()
        };
        let mut messages = Vec::new();
        let mut room = PackageLimits::MESSAGE_BYTES;
        let (reading, all) = (stage.part(70, 100), names.len() as u64);
        for (done, entry) in (0..).zip(&names).filter(|(_, name)| name.starts_with(MESSAGES)) {
            reading.reach(done, all)?;
            let bytes = unpack(&mut archive, entry, room)?;
            room -= bytes.len() as u64;
            check_message(&bytes, &book).map_err(|fault| fault.of(entry))?;
            messages.push(PackedMessage { name: entry[MESSAGES.len()..].to_owned(), bytes });
        }
        let name = short_without_cpr(&about.name, PackageLimits::NAME).trim().to_owned();
        Ok(Self { name, book, lesson, messages, calls })
    }
}

/// Opens the archive, if it is one that a package can be.
fn open(file: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, TrainingPackageError> {
    /// The signature of an entry in the archive's directory: each takes memory before anything is read.
    const ENTRY: &[u8] = b"PK\x01\x02";
    /// Far more than a package has.
    const MOST: usize = 10_000;
    if file.len() as u64 > PackageLimits::FILE {
        return Err(TrainingPackageError::TooLarge);
    }
    if memmem::find_iter(file, ENTRY).take(MOST + 1).count() > MOST {
        return Err(TrainingPackageError::NotOurs);
    }
    let archive = ZipArchive::new(Cursor::new(file)).map_err(|_| TrainingPackageError::NotOurs)?;
    // Of two with one name, programs that unpack it take now the one, now the other.
    if archive.has_duplicate_names() { Err(TrainingPackageError::Ambiguous) } else { Ok(archive) }
}

/// The names of all entries, each one that a package has, and none twice.
fn names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, TrainingPackageError> {
    let names: Result<Vec<String>, _> = archive.file_names().map(|name| name.map(Cow::into_owned)).collect();
    let names = names.map_err(|_| TrainingPackageError::NotOurs)?;
    // So that an archive of something else is told to be one, rather than that its entries are wrong.
    if !names.iter().any(|name| name == ABOUT) {
        return Err(TrainingPackageError::NotOurs);
    }
    let mut seen = HashSet::new();
    for name in &names {
        let is_message = name.strip_prefix(MESSAGES).is_some_and(is_message_name);
        if !is_message && ![ABOUT, CONFIGURATION, LESSON, JOURNAL].contains(&name.as_str()) {
            return Err(PackageFault::Unknown.of(name));
        }
        // Some systems take names for the same that differ in case.
        if !seen.insert(name.to_ascii_lowercase()) {
            return Err(PackageFault::Twice.of(name));
        }
    }
    if names.iter().filter(|name| name.starts_with(MESSAGES)).count() > PackageLimits::MESSAGES {
        return Err(PackageFault::TooMany(PackageLimits::MESSAGES).of(MESSAGES));
    }
    Ok(names)
}

/// Whether a message's file may have that name: plain letters, so that it leads nowhere and every system can write it.
fn is_message_name(name: &str) -> bool {
    const LONGEST: usize = 80;
    let stem = name.strip_suffix(".xml").unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !stem.is_empty() && name.len() <= LONGEST && stem.bytes().all(is_plain)
}

/// Unpacks an entry of at most that many bytes.
fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Vec<u8>, TrainingPackageError> {
    let entry = archive.by_name(name).map_err(|error| match error {
        ZipError::FileNotFound => PackageFault::Missing.of(name),
        ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword | ZipError::CompressionMethodNotSupported(_) => {
            PackageFault::Packing.of(name)
        }
        _ => PackageFault::Damaged.of(name),
    })?;
    let mut bytes = Vec::new();
    entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| PackageFault::Damaged.of(name))?;
    if bytes.len() as u64 > most {
        return Err(PackageFault::TooLarge(most).of(name));
    }
    Ok(bytes)
}

/// Reads rules that training can begin with. Whatever addresses and accesses they have is replaced when it begins.
fn configuration(file: &[u8]) -> Result<RuleBook, TrainingPackageError> {
    let book = read_configuration(file).map_err(|faults| PackageFault::Configuration(faults).of(CONFIGURATION))?;
    if book.authorities.is_empty() {
        return Err(PackageFault::NoAuthority.of(CONFIGURATION));
    }
    Ok(book)
}

/// Checks that it is a whole message to one of the authorities.
pub(super) fn check_message(bytes: &[u8], book: &RuleBook) -> Result<(), PackageFault> {
    let mut reader = Reader::new();
    reader.feed(bytes).map_err(PackageFault::Message)?;
    let header = reader.finish().map_err(PackageFault::Message)?;
    let is_ours =
        header.facts.recipient.is_some_and(|to| book.authorities.iter().any(|it| it.cvrs().any(|cvr| cvr == to)));
    if is_ours { Ok(()) } else { Err(PackageFault::Recipient) }
}
