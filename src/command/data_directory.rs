//! The directory that holds the database.

use std::path::{Path, PathBuf};

use super::conclusion::Failure;
use super::terminal::eprint_line;
use crate::network_share::NetworkShare;
use crate::policy::Policy;
use crate::store::{DataPlace, Store, TRAINING_DIRECTORY, check_local, usual_directory};

pub(super) const NOTHING_PUBLISHED: &str =
    "there is no published configuration in this data directory; take one in with 'postfordeler import <FILE>'";

fn default_directory() -> Result<PathBuf, Failure> {
    usual_directory()
        .ok_or_else(|| "this user has no home directory to keep the database in; name one with --data <DIR>".into())
}

/// The data directory to use: the one that an administrator has decided on, or else the one that is named, or else the
/// platform's own.
///
/// # Errors
///
/// Another one is named than the one that an administrator has decided on, or that one lies on a network share.
pub(super) fn chosen_directory(named: Option<PathBuf>, policy: &Policy) -> Result<PathBuf, Failure> {
    if let Some(decided) = &policy.data_directory
        && NetworkShare::of(decided).is_some()
    {
        return Err(format!(
            "an administrator has decided on the data directory {} (the policy DataDirectory), which is on a network share, where \
             a database cannot be kept; the program does not start until an administrator has named one on this machine",
            decided.display()
        )
        .into());
    }
    match (named, &policy.data_directory) {
        (Some(named), Some(decided)) if !may_be_named(&named, decided) => Err(format!(
            "an administrator has decided on the data directory {} (the policy DataDirectory), so {} cannot be used; leave \
             --data out",
            decided.display(),
            named.display()
        )
        .into()),
        (Some(named), _) => Ok(named),
        (None, Some(decided)) => Ok(decided.clone()),
        (None, None) => default_directory(),
    }
}

/// Besides the directory itself: training within it, and the directory of the service, which only administrators can use.
fn may_be_named(named: &Path, decided: &Path) -> bool {
    let in_full = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    let is = |other: &Path| in_full(named).is_some_and(|it| Some(it) == in_full(other));
    is(decided) || is(&decided.join(TRAINING_DIRECTORY)) || service_directory().is_some_and(|service| is(&service))
}

/// The data directory of the service: the one that is named, or else the machine's.
pub(super) fn data_for_service(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named.or_else(service_directory) {
        Some(data) => Ok(data),
        None => default_directory(),
    }
}

#[cfg(windows)]
fn service_directory() -> Option<PathBuf> {
    super::service::default_directory()
}

/// Other systems name it themselves when they start a service.
#[cfg(not(windows))]
fn service_directory() -> Option<PathBuf> {
    None
}

pub(super) fn made_new(data: &Path) -> String {
    format!("made a new data directory at {}", data.display())
}

/// The store of a data directory, if it has one: subcommands that only read do not create it.
pub(super) fn existing_store(data: &DataPlace) -> Result<Option<Store>, Failure> {
    if data.server.is_some() {
        return open_store(data).map(Some);
    }
    check_local(data)?;
    if Store::is_in(data) { open_store(data).map(Some) } else { Ok(None) }
}

pub(super) fn open_store(data: &DataPlace) -> Result<Store, Failure> {
    let store = data.open()?;
    report_opening(&store);
    Ok(store)
}

/// Says what was done and found when the store was opened.
pub(super) fn report_opening(store: &Store) {
    // The log says so itself.
    if let Some(upgrade) = store.upgrade().filter(|_| !tracing::dispatcher::has_been_set()) {
        eprint_line(format_args!(
            "the database is from an older version and was brought up to date, from schema {} to {}; as it was before it is kept \
             in {}",
            upgrade.from,
            upgrade.to,
            upgrade.copy.display()
        ));
    }
    for notice in store.notices() {
        if tracing::dispatcher::has_been_set() {
            tracing::warn!("{notice}");
        } else {
            eprint_line(format_args!("{notice}"));
        }
    }
}
