//! What `backup` and `restore` have in common.

use std::path::PathBuf;

use super::conclusion::Failure;
use super::terminal::counted;
use crate::store::{BackupFacts, RouterSettings};

/// The secrets file named on the command line, else the one in the settings.
pub(super) fn secrets_file(named: Option<PathBuf>, settings: &RouterSettings) -> Result<PathBuf, Failure> {
    named.or_else(|| settings.secrets.clone()).ok_or_else(|| {
        "the settings name no secrets file: the secrets are in the system's keyring, or in a file that is named at each \
         call; name it with --secrets <FILE>"
            .into()
    })
}

/// Describes what a copy holds.
pub(super) fn described(facts: &BackupFacts) -> String {
    let publication = match facts.publication {
        Some(number) => format!("publication {number}"),
        None => "no publication".to_owned(),
    };
    let rows = counted(usize::try_from(facts.rows).unwrap_or_default(), "row", "rows");
    let last = facts.last_message.map(|last| format!(" until {last:.0}")).unwrap_or_default();
    let key = if facts.has_key { ", the journal's key" } else { "" };
    let secrets = if facts.has_secrets { ", the secrets file" } else { "" };
    format!("{publication}, a journal with {rows}{last}{key}{secrets}")
}
