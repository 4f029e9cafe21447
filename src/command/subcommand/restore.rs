use std::path::PathBuf;

use clap::Args;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::copies::{described, secrets_file};
use crate::command::data_directory::existing_store;
use crate::command::terminal::{counted, print_line};
use crate::store::{DataPlace, restore};

#[derive(Debug, Args)]
pub(in crate::command) struct Restore {
    /// A copy that `postfordeler backup` has made, or a database that no program uses, with the log and the key beside it; what
    /// is there now is kept in a folder beside it
    file: PathBuf,
    /// Put the secrets file back too: under the name given here, or else the one that the window has chosen
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "so clap tells a flag without a value")]
    secrets: Option<Option<PathBuf>>,
}

impl Restore {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let secrets = self.secrets.map(|named| place_of_secrets(named, data)).transpose()?;
        let restored = restore(data, &self.file, secrets.as_deref())?;
        let made = restored.copy.made_at.map(|made_at| format!(", made at {made_at:.0}")).unwrap_or_default();
        print_line(format_args!("Put {} back{made}: {}", self.file.display(), described(&restored.copy)));
        if let Some(aside) = &restored.aside {
            print_line(format_args!("What was there before is in {}", aside.display()));
        }
        if !restored.copy.has_key {
            print_line(format_args!(
                "The copy holds no journal.key: messages that came before may be recognised by their facts and size alone"
            ));
        }
        if restored.copy.has_secrets && !restored.has_secrets {
            print_line(format_args!("The secrets file in it was not put back (see --secrets)"));
        }
        let since = restored.copy.made_at.or(restored.copy.last_message);
        let since = since.map_or_else(|| "since it was made".to_owned(), |since| format!("after {since:.0}"));
        let known = match restored.accepted_besides {
            None => "how many messages that is, nobody knows".to_owned(),
            Some(count) => {
                let count = counted(usize::try_from(count).unwrap_or_default(), "such message", "such messages");
                format!("the one before has {count}")
            }
        };
        print_line(format_args!(
            "The journal does not know what was accepted {since} ({known}): sent again, it is delivered again"
        ));
        Ok(Conclusion::Done)
    }
}

/// The path named on the command line, else the one in the data directory's settings.
fn place_of_secrets(named: Option<PathBuf>, data: &DataPlace) -> Result<PathBuf, Failure> {
    if let Some(named) = named {
        return Ok(named);
    }
    match existing_store(data) {
        Ok(Some(store)) => secrets_file(None, &store.settings()?),
        Ok(None) | Err(_) => {
            Err("there are no settings that name a secrets file; name it with --secrets <FILE>".into())
        }
    }
}
