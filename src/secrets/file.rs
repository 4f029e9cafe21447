use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Exposure, SecretKind, SecretName, SecretsError, unusable};
use crate::private_files::{self, Lock};
use crate::rules::FagsystemId;

const FORMAT: &str = "postfordeler-hemmeligheder";
const VERSION: u32 = 1;
/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// How long a change waits for others to finish theirs before it fails.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// How the name of a file ends that is still being written.
const UNFINISHED: &str = ".part";

/// What a file holds.
pub(super) type SecretMap = BTreeMap<SecretName, Zeroizing<String>>;

/// A secrets file as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretsFile {
    format: String,
    version: u32,
    #[serde(rename = "hemmeligheder")]
    secrets: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    cvr: String,
    fagsystem: String,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(rename = "vaerdi")]
    value: Zeroizing<String>,
}

#[derive(Serialize, Deserialize)]
enum Kind {
    #[serde(rename = "header")]
    HeaderValue,
    #[serde(rename = "klientcertifikat")]
    ClientCertificate,
}

/// Reads a file that only its owner may read and write; one that is not there holds nothing.
pub(super) fn read(path: &Path) -> Result<SecretMap, SecretsError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(SecretMap::new()),
        Err(error) => return Err(unusable(path, &error)),
        // Before it is opened: a pipe would wait for somebody to write.
        Ok(metadata) if !metadata.is_file() => {
            return Err(not_private(path, Exposure::NotAFile));
        }
        Ok(_) => {}
    }
    let file = File::open(path).map_err(|error| unusable(path, &error))?;
    check_private(path, &file)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| unusable(path, &error))?;
    // The reader's own message may quote a secret.
    let damaged = |line| SecretsError::Damaged { path: path.to_owned(), line };
    let written: SecretsFile = serde_json::from_slice(&bytes).map_err(|error| damaged(error.line()))?;
    if written.format != FORMAT || written.version != VERSION {
        return Err(damaged(1));
    }
    let count = written.secrets.len();
    let held: Option<SecretMap> = written.secrets.into_iter().map(entry_read).collect();
    held.filter(|held| held.len() == count).ok_or_else(|| damaged(1))
}

/// Changes what a file holds, when the change says that there is one to be written; one that is not there is made. The file
/// is complete at every moment, and a change waits for one under way, in this program or another one.
pub(super) fn change(path: &Path, change: impl FnOnce(&mut SecretMap) -> bool) -> Result<bool, SecretsError> {
    let failed = |error: io::Error| unusable(path, &error);
    let is_there = path.try_exists().map_err(failed)?;
    // A link stays a link.
    let path = if is_there { path.canonicalize().map_err(failed)? } else { path.to_owned() };
    let _lock = Lock::beside(&path, LOCK_TIMEOUT).map_err(failed)?;
    remove_unfinished(&path);
    let mut held = read(&path)?;
    if !change(&mut held) {
        return Ok(false);
    }
    let secrets = held.into_iter().map(entry_written).collect();
    let written = SecretsFile { format: FORMAT.to_owned(), version: VERSION, secrets };
    let bytes = serde_json::to_vec_pretty(&written).map(Zeroizing::new).map_err(|error| failed(error.into()))?;
    let mut unfinished = path.clone().into_os_string();
    unfinished.push(format!(".{}{UNFINISHED}", Uuid::new_v4().simple()));
    let unfinished = Path::new(&unfinished);
    let moved = private_files::write_new(unfinished, &bytes).and_then(|()| fs::rename(unfinished, &path));
    if moved.is_err() {
        let _ = fs::remove_file(unfinished);
    }
    moved.map(|()| true).map_err(failed)
}

/// Removes what a program left behind that was ended while it wrote: secrets that have been removed since may be in it.
/// Only who has the lock may do so.
fn remove_unfinished(path: &Path) {
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else { return };
    let directory = if directory == Path::new("") { Path::new(".") } else { directory };
    let mut beginning = name.to_owned();
    beginning.push(".");
    let is_unfinished = |name: &OsStr| {
        let rest = name.as_encoded_bytes().strip_prefix(beginning.as_encoded_bytes());
        let id = rest.and_then(|rest| rest.strip_suffix(UNFINISHED.as_bytes()));
        id.is_some_and(|id| id.len() == 32 && id.iter().all(u8::is_ascii_hexdigit))
    };
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if is_unfinished(&entry.file_name()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn entry_read(entry: Entry) -> Option<(SecretName, Zeroizing<String>)> {
    let kind = match entry.kind {
        Kind::HeaderValue => SecretKind::HeaderValue,
        Kind::ClientCertificate => SecretKind::ClientCertificate,
    };
    let name = SecretName { authority: entry.cvr.parse().ok()?, fagsystem: FagsystemId::new(&entry.fagsystem)?, kind };
    Some((name, entry.value))
}

fn entry_written((name, value): (SecretName, Zeroizing<String>)) -> Entry {
    let kind = match name.kind {
        SecretKind::HeaderValue => Kind::HeaderValue,
        SecretKind::ClientCertificate => Kind::ClientCertificate,
    };
    Entry { cvr: name.authority.to_string(), fagsystem: name.fagsystem.to_string(), kind, value }
}

/// Checks that no other user may read or write it, and that it belongs to this user or the administrator. On Windows this is
/// left to whoever chose its place: there a user's own folders are closed to others.
#[cfg(unix)]
fn check_private(path: &Path, file: &File) -> Result<(), SecretsError> {
    use std::os::unix::fs::MetadataExt;

    const OTHERS: u32 = 0o077;
    let metadata = file.metadata().map_err(|error| unusable(path, &error))?;
    let mode = metadata.mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(not_private(path, Exposure::OpenToOthers { mode }));
    }
    let us = rustix::process::geteuid().as_raw();
    if metadata.uid() != us && metadata.uid() != 0 {
        return Err(not_private(path, Exposure::SomebodyElses { owner: metadata.uid(), us }));
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn check_private(_: &Path, _: &File) -> Result<(), SecretsError> {
    Ok(())
}

fn not_private(path: &Path, why: Exposure) -> SecretsError {
    SecretsError::NotPrivate { path: path.to_owned(), why }
}
