use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Args;

use super::training::data_for_training;
use crate::command::conclusion::Failure;
use crate::command::data_directory::{chosen_directory, existing_store};
use crate::policy::Policy;
use crate::store::TRAINING_DIRECTORY;
use crate::training::{ProgressFile, TrainingPackage};

#[derive(Debug, Args)]
pub(in crate::command) struct Open {
    /// The files to read in the window: all that *Files* takes in; training packages and progress files open training. None:
    /// the window opens as without this subcommand
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

impl Open {
    /// The data directory that the window opens on: that of training for files of training, and otherwise the one that is named
    /// or the default one. The files must be there and readable, or nothing is opened.
    pub fn data(&self, named: Option<PathBuf>, policy: &Policy) -> Result<PathBuf, Failure> {
        for file in &self.files {
            check_readable(file)?;
        }
        if self.files.is_empty() || !self.files.iter().all(|file| is_of_training(file)) {
            return chosen_directory(named, policy);
        }
        let Some(named) = named else { return data_for_training(None, policy) };
        let named = chosen_directory(Some(named), policy)?;
        let is_training = match existing_store(&named.clone().into())? {
            Some(store) => store.training_beginnings()?.is_some(),
            None => false,
        };
        let data = if is_training { named } else { named.join(TRAINING_DIRECTORY) };
        data_for_training(Some(data), policy)
    }
}

fn check_readable(file: &Path) -> Result<(), Failure> {
    let cannot_read = |why: &dyn std::fmt::Display| {
        format!("cannot read {}: {why}; name a file that is there and may be read", file.display())
    };
    let opened = File::open(file).and_then(|opened| opened.metadata()).map_err(|error| cannot_read(&error))?;
    if opened.is_dir() { Err(cannot_read(&"it is a directory").into()) } else { Ok(()) }
}

/// Whether the file's name says that it is of use in training alone.
fn is_of_training(file: &Path) -> bool {
    let endings = [TrainingPackage::ENDING, ProgressFile::ENDING];
    file.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
