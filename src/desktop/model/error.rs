//! The errors that the window reports.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use super::preferences::PreferencesError;
use crate::exchange::{CellRange, SheetError};
use crate::picture::NotDrawn;
use crate::router::RouterError;
use crate::rules::{BrokenGuard, Faults};
use crate::secrets::SecretsError;
use crate::store::{ApiKeysError, PastError, StoreError};
use crate::training::{DeliveryError, LessonError, ProgressFileError, TrainingPackageError};

/// Why something that the person wanted did not happen.
#[derive(Debug, Clone)]
pub enum Error {
    /// The database refused.
    Store(Arc<StoreError>),
    /// The router could not be started.
    Router(Arc<RouterError>),
    /// The rules contradict each other.
    Faults(Faults),
    /// The rules break guards of their own.
    BrokenGuards(Vec<BrokenGuard>),
    /// No receipt came for a sample message.
    Delivery(DeliveryError),
    /// The practice fagsystems could not be started at that address.
    Practice(SocketAddr),
    /// Made-up messages are sent in training alone.
    NotTraining,
    /// The file of a lesson cannot be used; the path as it was typed, or the id of the lesson.
    Lesson {
        /// Which file.
        file: String,
        /// What is wrong where in it.
        error: Arc<LessonError>,
    },
    /// A file cannot be taken for the progress of a machine.
    Progress {
        /// Which file, as it was typed.
        file: String,
        /// What is wrong where in it.
        error: ProgressFileError,
    },
    /// Nobody has begun a lesson on this machine, so that there is no progress to save.
    NoProgress,
    /// The progress of that many machines was taken in, and no more are.
    RoomFull(usize),
    /// There is no lesson with that id.
    NoLesson(String),
    /// The window for training could not be opened, and why.
    NoTrainingWindow(String),
    /// A file is no training package, or a training package cannot be made.
    TrainingPackage(Arc<TrainingPackageError>),
    /// The system has no random numbers to give, without which nothing can be made anonymous.
    NoChance,
    /// The journal of training does not take mail from before it began.
    NoPast(Arc<PastError>),
    /// Nothing was published by which mail from before could have been decided.
    NothingPublished,
    /// A router runs on the training data, in a window of its own.
    TrainingInUse,
    /// What was named as a file is a directory, a pipe or the like.
    NotAFile(PathBuf),
    /// There is no message in that directory.
    NoMessages(PathBuf),
    /// A table could not be written to a file.
    Sheet(Arc<SheetError>),
    /// A text is longer than a cell of an Excel file can be.
    CellTooLong {
        /// The file.
        path: PathBuf,
        /// The cell.
        place: CellRange,
    },
    /// The file exists already.
    FileExists(PathBuf),
    /// An API key cannot be made or revoked.
    Keys(Arc<ApiKeysError>),
    /// A secret cannot be read or saved.
    Secrets(SecretsError),
    /// The person's preferences could not be read or saved.
    Preferences(PreferencesError),
    /// A file that was named cannot be read.
    File {
        /// The path as it was typed.
        path: String,
        /// Why.
        reason: String,
    },
    /// A picture cannot be drawn.
    Picture(Arc<NotDrawn>),
    /// The clipboard takes no pictures; why.
    Clipboard(String),
    /// A document could not be made as PDF, and why.
    NotPdf(String),
    /// A document could not be printed, and why.
    NotPrinted(String),
    /// The system has no program that shows a folder, or it fails; and why.
    NoFolderShown(String),
    /// There is neither a printing system nor a program for PDF files.
    NoPrinter,
    /// The program itself failed: a task panicked, or what it needed is gone.
    Lost,
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<RouterError> for Error {
    fn from(error: RouterError) -> Self {
        Self::Router(Arc::new(error))
    }
}

impl From<SheetError> for Error {
    fn from(error: SheetError) -> Self {
        Self::Sheet(Arc::new(error))
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<SecretsError> for Error {
    fn from(error: SecretsError) -> Self {
        Self::Secrets(error)
    }
}

impl From<ApiKeysError> for Error {
    fn from(error: ApiKeysError) -> Self {
        match error {
            ApiKeysError::Store(error) => error.into(),
            error => Self::Keys(Arc::new(error)),
        }
    }
}

impl From<DeliveryError> for Error {
    fn from(error: DeliveryError) -> Self {
        Self::Delivery(error)
    }
}
