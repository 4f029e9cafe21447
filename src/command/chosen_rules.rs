//! The rules that a call is about: the published ones, the draft, or a configuration file's.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::conclusion::Failure;
use super::data_directory::NOTHING_PUBLISHED;
use super::input::open;
use super::terminal::counted;
use crate::exchange::read_configuration;
use crate::rules::{Distributor, RuleBook};
use crate::store::Store;

/// More than a configuration file may have, so that one that is too long is told from one that is not.
const MAX_BYTES: u64 = 33 << 20;

#[derive(Debug, Args)]
pub(super) struct ChosenRules {
    /// A configuration file with the rules, or - for standard input [default: the published rules]
    file: Option<PathBuf>,
    /// Take the rules of the draft
    #[arg(long, conflicts_with = "file")]
    draft: bool,
}

impl ChosenRules {
    /// The rules, ready to decide.
    pub fn compiled(&self, store: &Store) -> Result<Distributor, Failure> {
        if let Some(file) = &self.file {
            return Ok(read(file)?.compile()?);
        }
        if !self.draft {
            return Ok(published(store)?.compile()?);
        }
        // A draft without a book differs in nothing.
        let draft = match store.draft()?.book {
            Some(book) => RuleBook::clone(&book),
            None => published(store)?,
        };
        draft.compile().map_err(|faults| match faults.0.as_slice() {
            [] => faults.into(),
            [first, ..] => {
                let count = counted(faults.0.len(), "fault", "faults");
                format!("the draft has {count} and cannot decide: {first}; correct it in the window").into()
            }
        })
    }
}

fn published(store: &Store) -> Result<RuleBook, Failure> {
    Ok(RuleBook::clone(&store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?.book))
}

fn read(file: &Path) -> Result<RuleBook, Failure> {
    let mut bytes = Vec::new();
    let read = open(file)?.take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    read_configuration(&bytes).map_err(|faults| match faults.0.as_slice() {
        [] => faults.into(),
        [first, ..] => {
            let (name, count) = (file.display(), counted(faults.0.len(), "fault", "faults"));
            format!("{name} has {count}: {first}; 'postfordeler read {name}' tells all of them").into()
        }
    })
}
