use std::path::PathBuf;

use clap::Args;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::copies::{described, secrets_file};
use crate::command::data_directory::existing_store;
use crate::command::terminal::print_line;
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::DataPlace;

#[derive(Debug, Args)]
pub(in crate::command) struct Backup {
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
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
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
        print_line(format_args!("Copied to {}: {}", self.file.display(), described(&facts)));
        if !facts.has_secrets {
            print_line(format_args!("The secrets that business systems want are not in it (see --secrets)"));
        }
        Ok(Conclusion::Done)
    }
}
