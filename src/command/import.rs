use std::path::{Path, PathBuf};

use clap::Args;

use super::{Conclusion, Failure, complain, counted, open, open_store, tell};
use crate::clock;
use crate::exchange::read_configuration;
use crate::rules::{Fagsystem, Trouble, without_cpr};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The configuration file (JSON)
    file: PathBuf,
}

impl Import {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let name = self.file.display();
        let mut file = Vec::new();
        open(&self.file)?.read_to_end(&mut file).map_err(|error| format!("cannot read {name}: {error}"))?;
        let book = match read_configuration(&file) {
            Ok(book) => book,
            Err(faults) => {
                let count = counted(faults.0.len(), "fault", "faults");
                complain(format_args!("{name} was not taken in, and what was published stays. It has {count}:"));
                // A line for each, whatever it says of the file.
                for fault in &faults.0 {
                    complain(format_args!("  {fault}"));
                }
                return Ok(Conclusion::No);
            }
        };
        let file_name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let store = open_store(data)?;
        let before = store.newest_publication().ok().flatten().map(|publication| publication.book).unwrap_or_default();
        let number = store.publish_over(&book.compile()?, format!("Import: {}", without_cpr(&file_name)))?;
        let rules: usize = book.authorities.iter().map(|authority| authority.rules.len()).sum();
        let authorities = counted(book.authorities.len(), "authority", "authorities");
        tell(format_args!("Published as number {number}: {authorities}, {}", counted(rules, "rule", "rules")));
        let new = book.new_addresses(&before);
        if !new.is_empty() {
            tell(format_args!("Messages will now also go to:"));
        }
        for address in new {
            let Fagsystem { id, endpoint, .. } = address.fagsystem;
            tell(format_args!("  {} ({id} of {})", endpoint.in_full(), address.authority));
        }
        for finding in book.findings(clock::today()) {
            if matches!(finding.trouble, Trouble::Unencrypted(_) | Trouble::SecretUnencrypted(_)) {
                tell(format_args!("warning: {finding}"));
            }
        }
        Ok(Conclusion::Done)
    }
}
