use std::path::{Path, PathBuf};

use clap::Args;

use super::{Conclusion, Failure, existing_store, tell};
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::{BackupFacts, RouterSettings};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to make: a ZIP archive with the database, the journal's key and, with --secrets, the secrets file, open
    /// to its owner alone
    file: PathBuf,
    /// Copy the secrets file too: the one named here, or else the one that the window has chosen
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "so clap tells a flag without a value")]
    secrets: Option<Option<PathBuf>>,
    /// Replace a file of that name
    #[arg(long)]
    overwrite: bool,
}

impl Backup {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let store = existing_store(data)?.ok_or_else(|| {
            format!(
                "there is no database in {}, so nothing was copied; name its data directory with --data",
                data.display()
            )
        })?;
        let secrets = self.secrets.map(|named| secrets_file(named, &store.settings()?)).transpose()?;
        if let Some(secrets) = &secrets {
            Secrets::at(SecretsLocation::of(Some(secrets.clone()))).check()?;
        }
        let facts = store.back_up(&self.file, secrets.as_deref(), self.overwrite)?;
        tell(format_args!("Copied to {}: {}", self.file.display(), described(&facts)));
        if !facts.has_secrets {
            tell(format_args!("The secrets that business systems want are not in it (see --secrets)"));
        }
        Ok(Conclusion::Done)
    }
}

/// The secrets file that is named, or else the one that the settings name.
pub(super) fn secrets_file(named: Option<PathBuf>, settings: &RouterSettings) -> Result<PathBuf, Failure> {
    named.or_else(|| settings.secrets.clone()).ok_or_else(|| {
        "the settings name no secrets file: the secrets are in the system's keyring, or in a file that is named at each \
         call; name it with --secrets <FILE>"
            .into()
    })
}

/// What a copy holds, in words.
pub(super) fn described(facts: &BackupFacts) -> String {
    let publication = match facts.publication {
        Some(number) => format!("publication {number}"),
        None => "no publication".to_owned(),
    };
    let rows = super::counted(usize::try_from(facts.rows).unwrap_or_default(), "row", "rows");
    let last = facts.last_message.map(|last| format!(" until {last:.0}")).unwrap_or_default();
    let key = if facts.has_key { ", the journal's key" } else { "" };
    let secrets = if facts.has_secrets { ", the secrets file" } else { "" };
    format!("{publication}, a journal with {rows}{last}{key}{secrets}")
}
