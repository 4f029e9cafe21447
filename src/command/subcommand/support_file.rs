use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use tokio::time::timeout;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::report_opening;
use crate::command::process::runtime;
use crate::command::terminal::{eprint_line, print_line};
use crate::exchange::write_privately;
use crate::router::{Hindrance, find_hindrances};
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::{DataPlace, Store, StoreError};
use crate::support_file::{SupportFile, SupportSource};

/// A keyring that waits for somebody to unlock it is not waited for.
const LOOKING_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
pub(in crate::command) struct MakeSupportFile {
    /// The file to make: a ZIP archive with a text that says what it is, and everything else as JSON; or - to print that JSON
    file: PathBuf,
    /// Replace a file of that name
    #[arg(long)]
    overwrite: bool,
}

impl MakeSupportFile {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let prints = self.file == Path::new("-");
        if !prints && !self.overwrite && self.file.symlink_metadata().is_ok() {
            let shown = self.file.display();
            return Err(format!(
                "{shown} is there already and was left as it is; choose another name, or say --overwrite"
            )
            .into());
        }
        // Only a database that is there is opened: none is made.
        let opened = Store::is_in(data).then(|| Store::open(data));
        if let Some(Ok(store)) = &opened {
            report_opening(store);
        }
        let hindrances = opened.as_ref().and_then(|opened| looked_for(opened.as_ref().ok()?, data));
        let notices = opened.as_ref().and_then(|opened| opened.as_ref().ok()).map_or(0, |store| store.notices().len());
        let store = opened.as_ref().map(Result::as_ref);
        let source = SupportSource { data, store, hindrances: hindrances.as_deref(), notices, window: None };
        let gathered = SupportFile::gather(&source, Timestamp::now());
        if prints {
            for line in gathered.text().lines() {
                print_line(format_args!("{line}"));
            }
        } else {
            write_privately(&self.file, &gathered.to_zip()?)?;
            print_line(format_args!(
                "Written to {}: how the program runs, without personal data, secrets or names; look into it before you pass it on",
                self.file.display()
            ));
        }
        if let Some(Err(error)) = &opened {
            eprint_line(format_args!("the database could not be opened, which the file says too: {error}"));
        }
        Ok(Conclusion::Done)
    }
}

/// What will not work, now or soon; `None` where it cannot be found out.
fn looked_for(store: &Store, data: &DataPlace) -> Option<Vec<Hindrance>> {
    let read = || Ok::<_, StoreError>((store.settings()?, store.newest_publication()?));
    let (settings, publication) = read().ok()?;
    let secrets = Secrets::at(SecretsLocation::of(settings.secrets.clone()));
    let book = publication?.book;
    let looking = async {
        timeout(LOOKING_TIMEOUT, find_hindrances(&settings, data, &book, &secrets, Timestamp::now())).await.ok()
    };
    runtime().ok()?.block_on(looking)
}
