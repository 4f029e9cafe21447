use std::fs;
use std::path::{Path, PathBuf};

use super::archive::BackupFacts;
use super::error::{BackupError, failed};
use super::existing::ExistingData;
use super::unpacked::{Unpacked, remove_left_behind};
use crate::private_files;
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::data_directory::FILE_NAME;
use crate::store::database::{COMPANIONS, TemporaryFile, check_local, tighten};
use crate::store::journal::NEXT_KEY_FILE;
use crate::store::router_lock::{DirectoryLock, LOCK_FILE, MARKER};
use crate::store::{Store, StoreError};

/// The result of a restoration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the copy contains.
    pub copy: BackupFacts,
    /// The folder that the earlier contents were moved to; `None` where there were none.
    pub aside: Option<PathBuf>,
    /// How many messages are accepted in the earlier journal and not in the restored one; `None` if there was none, or it
    /// cannot be read.
    pub accepted_besides: Option<i64>,
    /// Whether the secrets file was restored.
    pub has_secrets: bool,
}

/// Restores a copy into that data directory, and the secrets file to the given path, if any. What was there before is moved
/// to a folder of its own. The directory may be new.
///
/// # Errors
///
/// A program uses the directory, the copy is damaged, not ours or newer than the program, or something cannot be read or
/// written. Then nothing has changed, except with [`BackupError::Replaced`], which names the folder with the earlier
/// contents.
pub fn restore(directory: &Path, from: &Path, secrets: Option<&Path>) -> Result<Restored, BackupError> {
    if !fs::metadata(from).map_err(failed(from))?.is_file() {
        return Err(BackupError::NoPlainFile(from.to_owned()));
    }
    check_local(directory)?;
    let was_there = directory.try_exists().map_err(failed(directory))?;
    private_files::create_directory(directory).map_err(failed(directory))?;
    let restored = restore_into(directory, from, secrets);
    if restored.is_err() && !was_there {
        // A failed restoration leaves only the lock.
        let _ = fs::remove_file(directory.join(LOCK_FILE));
        let _ = fs::remove_dir(directory);
    }
    restored
}

fn restore_into(directory: &Path, from: &Path, secrets: Option<&Path>) -> Result<Restored, BackupError> {
    tighten(directory);
    let _held = DirectoryLock::take(directory).map_err(|error| match error {
        StoreError::RouterRuns { .. } => BackupError::InUse(directory.to_owned()),
        other => other.into(),
    })?;
    remove_left_behind(directory);
    let unpacked = Unpacked::from(from, directory)?;
    if secrets.is_some() && unpacked.secrets.is_none() {
        return Err(BackupError::NoSecrets(from.to_owned()));
    }
    let new_secrets =
        secrets.zip(unpacked.secrets.as_ref()).map(|(to, bytes)| written_beside(to, bytes)).transpose()?;
    if let Some(Err(error)) =
        new_secrets.as_ref().map(|scratch| Secrets::at(SecretsLocation::of(Some(scratch.0.clone()))).check())
    {
        let reason = format!("the secrets file in it cannot be used: {error}");
        return Err(BackupError::Damaged { path: from.to_owned(), reason });
    }
    let before = ExistingData::take(directory)?;
    let accepted_besides = before.accepted_besides(&unpacked.database());
    let aside = before.set_aside(directory, secrets)?;
    unpacked.settle(before, directory, aside.as_deref()).inspect_err(|_| undo(directory, aside.as_deref()))?;
    let replaced =
        |reason: String| BackupError::Replaced { directory: directory.to_owned(), aside: aside.clone(), reason };
    if let (Some(scratch), Some(to)) = (new_secrets, secrets) {
        fs::rename(&scratch.0, to).map_err(|error| replaced(format!("{}: {error}", to.display())))?;
    }
    // Opened as every program opens it, which shows that it is usable.
    let opened = Store::open(directory).and_then(|store| store.digest_key());
    opened.map_err(|error| replaced(error.to_string()))?;
    Ok(Restored { has_secrets: secrets.is_some(), copy: unpacked.facts.clone(), aside, accepted_besides })
}

/// Moves the earlier files back if the restored database could not be put in place.
fn undo(directory: &Path, aside: Option<&Path>) {
    let _ = fs::remove_file(directory.join(NEXT_KEY_FILE));
    let Some(aside) = aside else { return };
    let companions = COMPANIONS.map(|ending| format!("{FILE_NAME}{ending}"));
    for name in companions.iter().map(String::as_str).chain([MARKER]) {
        let (kept, place) = (aside.join(name), directory.join(name));
        if fs::symlink_metadata(&kept).is_ok() && fs::symlink_metadata(&place).is_err() {
            let _ = fs::rename(kept, place);
        }
    }
    let _ = fs::remove_dir_all(aside);
}

fn written_beside(path: &Path, bytes: &[u8]) -> Result<TemporaryFile, BackupError> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Err(BackupError::NoPlainFile(path.to_owned())),
        _ => {}
    }
    let scratch = TemporaryFile::beside(path, "json");
    private_files::write_new(&scratch.0, bytes).map_err(failed(path))?;
    Ok(scratch)
}
