//! The directory that holds the database.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::conclusion::Failure;
use super::terminal::eprint_line;
use crate::store::Store;

pub(super) const NOTHING_PUBLISHED: &str =
    "there is no published configuration in this data directory; take one in with 'postfordeler import <FILE>'";

pub(super) fn default_directory() -> Result<PathBuf, Failure> {
    let directories = ProjectDirs::from("dk", "", "Postfordeler");
    let data = directories.map(|directories| directories.data_dir().to_owned());
    data.ok_or_else(|| "this user has no home directory to keep the database in; name one with --data <DIR>".into())
}

pub(super) fn made_new(data: &Path) -> String {
    format!("made a new data directory at {}", data.display())
}

/// The store of a data directory, if it has one: subcommands that only read do not create it.
pub(super) fn existing_store(data: &Path) -> Result<Option<Store>, Failure> {
    if Store::is_in(data) { open_store(data).map(Some) } else { Ok(None) }
}

pub(super) fn open_store(data: &Path) -> Result<Store, Failure> {
    let store = Store::open(data)?;
    for notice in store.notices() {
        if tracing::dispatcher::has_been_set() {
            tracing::warn!("{notice}");
        } else {
            eprint_line(format_args!("{notice}"));
        }
    }
    Ok(store)
}
