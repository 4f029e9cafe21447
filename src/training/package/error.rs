use std::io;
use std::path::PathBuf;

use super::limits::PackageLimits;
use crate::exchange::FileFaults;
use crate::memo::MemoError;
use crate::store::StoreError;

/// Why a file is not taken for a training package. Nothing of it is used.
#[derive(Debug, thiserror::Error)]
pub enum TrainingPackageError {
    /// It cannot be read.
    #[error("the training package cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is larger than any package.
    #[error("the training package is too large: it may have {} MB", PackageLimits::FILE >> 20)]
    TooLarge,
    /// It is no package.
    #[error("this is no training package")]
    NotOurs,
    /// It was made by a newer version of the program.
    #[error("the training package was made by a newer version of the program")]
    Newer,
    /// An entry of it is wrong.
    #[error("in the training package, {entry}: {fault}")]
    Entry {
        /// The entry's name.
        entry: String,
        /// What is wrong.
        fault: PackageFault,
    },
}

/// What is wrong with an entry of a training package.
#[derive(Debug, thiserror::Error)]
pub enum PackageFault {
    /// It is damaged.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It is missing.
    #[error("it is missing")]
    Missing,
    /// It is none that a package has.
    #[error("a package has no such entry")]
    Unknown,
    /// It stands there twice.
    #[error("it stands there twice")]
    Twice,
    /// It is too large.
    #[error("it is too large: it may have {0} bytes")]
    TooLarge(u64),
    /// There are more of its kind than a package may have.
    #[error("there are too many: a package may have {0}")]
    TooMany(usize),
    /// It is no text in UTF-8.
    #[error("it is no text in UTF-8")]
    NotText,
    /// The configuration has faults.
    #[error("{}", in_one_line(.0))]
    Configuration(FileFaults),
    /// It is a configuration of no authority.
    #[error("it has no authority")]
    NoAuthority,
    /// It is no message.
    #[error("it is no message that could be delivered: {0}")]
    Message(MemoError),
    /// It is a message to somebody else.
    #[error("its recipient is none of the package's authorities")]
    Recipient,
    /// A line of the journal is wrong.
    #[error("line {line}: {reason}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// The first fault, and how many more there are.
pub(super) fn in_one_line(faults: &FileFaults) -> String {
    let first = faults.0.first().map(ToString::to_string).unwrap_or_default();
    match faults.0.len().saturating_sub(1) {
        0 => first,
        1 => format!("{first} (and 1 more fault)"),
        more => format!("{first} (and {more} more faults)"),
    }
}

impl PackageFault {
    /// The fault of that entry.
    pub(super) fn of(self, entry: &str) -> TrainingPackageError {
        // A name comes from the file, and may be anything.
        let entry: String = entry.chars().filter(|it| !it.is_control()).take(100).collect();
        TrainingPackageError::Entry { entry: crate::rules::without_cpr(&entry).into_owned(), fault: self }
    }
}

/// Why no package was made.
#[derive(Debug, thiserror::Error)]
pub enum PackageOrderError {
    /// A file for it cannot be read.
    #[error("{path} cannot be read: {reason}")]
    File {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// There is no message in the directory.
    #[error("there is no message (.xml) in {0}")]
    NoMessages(PathBuf),
    /// The package would be one that cannot be read.
    #[error(transparent)]
    Package(#[from] TrainingPackageError),
    /// The rules contradict each other.
    #[error("{0}")]
    Faults(crate::rules::Faults),
    /// The system has no random numbers to give, without which nothing can be made anonymous.
    #[error("the system has no random numbers to give")]
    NoChance,
    /// The journal cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}
