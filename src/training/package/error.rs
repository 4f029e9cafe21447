use std::io;
use std::path::PathBuf;

use super::limits::PackageLimits;
use crate::exchange::{FileFaults, Stopped};
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
    /// The reading or writing was stopped, and nothing of it is left.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// It is no package.
    #[error("this is no training package")]
    NotOurs,
    /// It was made by a newer version of the program.
    #[error("the training package was made by a newer version of the program")]
    Newer,
    /// Two entries of it have one name.
    #[error("two parts of the training package have one name, so that it says two things")]
    Ambiguous,
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
    #[error("it is damaged")]
    Damaged,
    /// It is encrypted, or packed in another way than packages are.
    #[error("it is encrypted, or packed in another way than Deflate")]
    Packing,
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
    #[error("line {line}: {fault}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What is wrong.
        fault: JournalFault,
    },
}

/// What is wrong with a line of the journal of a training package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// The first line says something else than that this is a journal for training.
    #[error("it does not say that this is a journal for training")]
    NotAJournal,
    /// The first line says that it is of a newer version of the program.
    #[error("it is of a newer version of the program")]
    Newer,
    /// It is longer than any call.
    #[error("it is longer than any call")]
    TooLong,
    /// It is no JSON, or has other keys or kinds of values than a call has.
    #[error("it is no call of a journal: character {0} does not belong there")]
    NotACall(usize),
    /// It is of a day after the last one that there can be.
    #[error("dag: at most {}", PackageLimits::DAYS)]
    Day,
    /// It has no time of day.
    #[error("kl: no time as 08:30:00")]
    Time,
    /// Its outcome is none that there is.
    #[error("udfald: there is no such word")]
    Outcome,
    /// Its reason is none that there is.
    #[error("grund: there is no such word")]
    Reason,
    /// What rules can look at is wrong.
    #[error("fakta.{}", in_one_line(.0))]
    Facts(FileFaults),
    /// It was sent, but nobody can say where, without what rules can look at.
    #[error("sendt: nothing is sent without fakta")]
    SentWithoutFacts,
    /// This key names a line that does not come before.
    #[error("{0}: there is no such line before")]
    NoSuchLine(&'static str),
    /// It came before the line above it.
    #[error("it is earlier than the line before")]
    Earlier,
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
    /// What was named as a file is a directory, a pipe or the like.
    #[error("{} is no file", .0.display())]
    NotAFile(PathBuf),
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
    /// The making was stopped, and nothing of it is left.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The journal cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}
