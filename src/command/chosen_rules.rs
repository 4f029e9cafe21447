//! The rules that a call is about: the published ones, the window's draft, or a configuration file's.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::conclusion::Failure;
use super::data_directory::{NOTHING_PUBLISHED, open_store};
use super::input::open;
use super::terminal::counted;
use crate::exchange::{FileFaults, read_configuration};
use crate::rules::{Distributor, RuleBook};
use crate::store::{DataPlace, PublicationNumber, Store};

/// More than a configuration file may have, so that one that is too long is told from one that is not.
const MAX_BYTES: u64 = 33 << 20;

#[derive(Debug, Clone, Args, Default)]
pub(super) struct ChosenRules {
    /// A configuration file with the rules, or - for standard input [default: the published rules]
    file: Option<PathBuf>,
    /// Take the rules of the window's draft, or what is published where nothing has been drafted
    #[arg(long, conflicts_with = "file")]
    draft: bool,
}

/// Rules, and the publication that they are, if they are one.
pub(super) struct Rules {
    pub publication: Option<PublicationNumber>,
    pub book: Arc<RuleBook>,
}

impl ChosenRules {
    /// The draft.
    pub fn draft() -> Self {
        Self { file: None, draft: true }
    }

    /// Whether they are the published ones.
    pub fn are_published(&self) -> bool {
        self.file.is_none() && !self.draft
    }

    /// Whether they are the draft's.
    pub fn is_draft(&self) -> bool {
        self.draft
    }

    /// The rules; or the faults of a file that holds none. A file needs no data directory.
    pub fn read(&self, data: &DataPlace) -> Result<Result<Rules, FileFaults>, Failure> {
        if let Some(file) = &self.file {
            let book = read_file(file)?;
            return Ok(book.map(|book| Rules { publication: None, book: Arc::new(book) }));
        }
        self.stored(&open_store(data)?).map(Ok)
    }

    fn stored(&self, store: &Store) -> Result<Rules, Failure> {
        if self.draft
            && let Some(book) = store.draft()?.book
        {
            return Ok(Rules { publication: None, book });
        }
        let publication = store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let number = Some(publication.number).filter(|_| !self.draft);
        Ok(Rules { publication: number, book: publication.book })
    }

    /// The rules, ready to decide.
    pub fn compiled(&self, data: &DataPlace) -> Result<Distributor, Failure> {
        let rules = self.read(data)?.map_err(|faults| self.refusal(&faults))?;
        self.compile(&rules)
    }

    /// Rules that were read, ready to decide.
    pub fn compile(&self, rules: &Rules) -> Result<Distributor, Failure> {
        rules.book.compile().map_err(|faults| match faults.0.as_slice() {
            [first, ..] if self.draft => {
                let count = counted(faults.0.len(), "fault", "faults");
                format!(
                    "the draft contradicts itself and decides nothing, with {count}: {first}; correct it in the window"
                )
                .into()
            }
            _ => faults.into(),
        })
    }

    /// A file with faults, as one line.
    pub fn refusal(&self, faults: &FileFaults) -> Failure {
        let name = self.file.as_deref().unwrap_or(Path::new("-")).display();
        match faults.0.as_slice() {
            [] => format!("{name} has faults").into(),
            [first, ..] => {
                let count = counted(faults.0.len(), "fault", "faults");
                format!("{name} has {count}: {first}; 'postfordeler check {name}' tells all of them").into()
            }
        }
    }
}

fn read_file(file: &Path) -> Result<Result<RuleBook, FileFaults>, Failure> {
    let mut bytes = Vec::new();
    let read = open(file)?.take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(read_configuration(&bytes))
}
