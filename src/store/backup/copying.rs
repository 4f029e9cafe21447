use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::archive::{ABOUT, BackupFacts, BackupHeader, FORMAT, MAX_BYTES, SECRETS, VERSION, facts_of, open_copy};
use super::error::{BackupError, failed};
use crate::private_files;
use crate::store::data_directory::FILE_NAME;
use crate::store::database::{FileNumber, TemporaryFile, copy_pages, sync_directory};
use crate::store::journal::{KEY_FILE, move_all};
use crate::store::{Store, StoreError};

impl Store {
    /// Copies the database, as it is at one moment, into a file with that name, even while other programs use it; with it
    /// the key of the journal's digests and, if named, a secrets file. Only the owner may read the copy.
    ///
    /// # Errors
    ///
    /// There is a file of that name which may not be overwritten, or something cannot be read or written. Then there is no copy.
    pub fn back_up(&self, to: &Path, secrets: Option<&Path>, may_overwrite: bool) -> Result<BackupFacts, BackupError> {
        check_free(to, may_overwrite)?;
        check_not_ours(to, self.directory(), secrets)?;
        remove_parts(to);
        let (key, secrets) = (self.key_to_copy()?, secrets.map(read_secrets).transpose()?);
        let database = TemporaryFile::beside(to, "db");
        private_files::create(&database.0).map_err(failed(to))?;
        self.copy_database(&database.0)?;
        let mut facts = facts_of(&open_copy(&database.0)?)?;
        let about = BackupHeader {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: Timestamp::now().to_string(),
        };
        facts.made_at = about.made_at.parse().ok();
        (facts.has_key, facts.has_secrets) = (key.is_some(), secrets.is_some());
        let archive = TemporaryFile::beside(to, "zip");
        let entries = [
            (ABOUT, serde_json::to_vec_pretty(&about).map(Zeroizing::new).map_err(|error| failed(to)(error.into()))?),
            (KEY_FILE, key.unwrap_or_default()),
            (SECRETS, secrets.unwrap_or_default()),
        ];
        write_archive(&archive.0, &entries, &database.0).map_err(failed(to))?;
        read_through(&archive.0).map_err(|error| failed(to)(io::Error::other(error)))?;
        self.check_place().map_err(|_| StoreError::Gone(self.path().to_owned()))?;
        put_in_place(&archive.0, to, may_overwrite)?;
        Ok(facts)
    }

    fn key_to_copy(&self) -> Result<Option<Zeroizing<Vec<u8>>>, BackupError> {
        // A key that a restoration has left to be put in place is put there first.
        let _ = self.digest_key()?;
        let path = self.directory().join(KEY_FILE);
        let key = fs::read(&path).map_err(failed(&path))?;
        Ok(Some(Zeroizing::new(key)))
    }

    fn copy_database(&self, to: &Path) -> Result<(), BackupError> {
        let source = self.reopen()?;
        let mut copy = Connection::open(to)?;
        // It is synced to disk as a whole, in the archive.
        copy.pragma_update(None, "synchronous", "OFF")?;
        let connection = source.connection();
        let pages = connection.sqlite().ok_or(BackupError::OnServer)?;
        if !copy_pages(pages, &mut copy)? {
            return Err(BackupError::InUse(self.directory().to_owned()));
        }
        let copy = move_all(copy)?;
        // Without WAL mode, the file is complete in itself, wherever it is copied to.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(self.damaged(sound).into());
        }
        copy.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}

fn check_free(to: &Path, may_overwrite: bool) -> Result<(), BackupError> {
    match fs::symlink_metadata(to) {
        Ok(found) if !found.is_file() => Err(BackupError::NoPlainFile(to.to_owned())),
        Ok(_) if !may_overwrite => Err(BackupError::Exists(to.to_owned())),
        _ => Ok(()),
    }
}

/// Makes sure that a copy does not replace a file of the program: one in the data directory, other than an archive, or the
/// secrets file, by whatever path it is named.
fn check_not_ours(to: &Path, directory: &Path, secrets: Option<&Path>) -> Result<(), BackupError> {
    let refused = || Err(BackupError::InUseItself(to.to_owned()));
    let there = FileNumber::of(to).ok();
    let is_same = |other: &Path| {
        there.is_some_and(|there| there.is_known() && FileNumber::of(other).is_ok_and(|other| other == there))
            || fs::canonicalize(to).is_ok_and(|to| fs::canonicalize(other).is_ok_and(|other| other == to))
    };
    if secrets.is_some_and(is_same) {
        return refused();
    }
    let is_archive = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let ours = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    if ours.filter(|path| path.is_file() && !is_archive(path)).any(|path| is_same(&path)) {
        return refused();
    }
    let data = fs::canonicalize(directory).map_err(failed(directory))?;
    let is_within = fs::canonicalize(to).is_ok_and(|to| to.starts_with(&data));
    // Also those that do not exist at the moment, such as a write-ahead log.
    let parent = to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let name = to.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
    let is_name_of_ours = [FILE_NAME, KEY_FILE, "router."].iter().any(|ours| name.starts_with(ours));
    let would_be_ours = is_name_of_ours && fs::canonicalize(parent).is_ok_and(|parent| parent == data);
    if (is_within || would_be_ours) && !is_archive(to) { refused() } else { Ok(()) }
}

/// A temporary file that has not changed for this long was left by a process that was killed.
const ABANDONED_AFTER: Duration = Duration::from_hours(1);

/// Removes the temporary files that killed processes have left for a copy of that name. That of one still under way is left
/// alone.
fn remove_parts(to: &Path) {
    let Some(name) = to.file_name().and_then(|name| name.to_str()) else { return };
    let parent = to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let found = entry.file_name();
        let rest = found.to_str().and_then(|found| found.strip_prefix(name)?.strip_prefix('.'));
        let id = rest.and_then(|rest| rest.strip_suffix(".db.part").or_else(|| rest.strip_suffix(".zip.part")));
        let is_part = id.is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let touched = entry.metadata().and_then(|found| found.modified()).ok();
        if is_part && touched.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > ABANDONED_AFTER) {
            drop(TemporaryFile(entry.path()));
        }
    }
}

/// A file that another program has made meanwhile stays as well.
fn put_in_place(archive: &Path, to: &Path, may_overwrite: bool) -> Result<(), BackupError> {
    let placed = if may_overwrite { fs::rename(archive, to) } else { fs::hard_link(archive, to) };
    match placed {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(BackupError::Exists(to.to_owned())),
        // Some file systems have no links.
        Err(_) => {
            check_free(to, may_overwrite)?;
            fs::rename(archive, to).map_err(failed(to))?;
        }
    }
    sync_directory(to.parent());
    Ok(())
}

fn read_secrets(path: &Path) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let file = private_files::open_to_read(path).map_err(failed(path))?;
    let file = file.ok_or_else(|| BackupError::NoPlainFile(path.to_owned()))?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(failed(path))?;
    Ok(bytes)
}

/// Small entries that are empty are left out.
fn write_archive(path: &Path, entries: &[(&str, Zeroizing<Vec<u8>>)], database: &Path) -> io::Result<()> {
    let options = SimpleFileOptions::default().unix_permissions(0o600).large_file(true);
    let mut archive = ZipWriter::new(private_files::create(path)?);
    for (name, bytes) in entries.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    archive.start_file(FILE_NAME, options)?;
    io::copy(&mut File::open(database)?, &mut archive)?;
    archive.finish()?.sync_all()
}

/// Reads every entry to its end, where its checksum is verified.
fn read_through(path: &Path) -> Result<(), zip::result::ZipError> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
    for at in 0..archive.len() {
        io::copy(&mut archive.by_index(at)?, &mut io::sink())?;
    }
    Ok(())
}
