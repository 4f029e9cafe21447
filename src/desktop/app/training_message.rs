//! The messages about training.

use std::path::PathBuf;

use crate::desktop::model::error::Error;
use crate::desktop::service::TrainingBegun;

/// What people do about training, and what comes of it.
#[derive(Debug, Clone)]
pub enum TrainingMessage {
    /// Begin training: in this window while it has nothing of its own, or else in another one.
    Open,
    /// The training data are there, or cannot be made.
    Found(Result<PathBuf, Error>),
    /// Another window was opened for training, or could not be.
    WindowOpened(Result<(), Error>),
    /// The rules to begin with are in force, or are not.
    Begun(Result<Box<TrainingBegun>, Error>),
    /// Take everything back to the beginning.
    Reset,
    /// The same, and begin with the lesson of that id from now on; `None`: with the sample municipality.
    BeginLesson(Option<String>),
    /// Everything is ready for the lesson, or could not be emptied.
    LessonBegun(Result<(), Error>),
    /// Everything is ready for a new beginning, or could not be emptied.
    WasReset(Result<(), Error>),
    /// The package that training is to begin with is there, or cannot be put there.
    PutThere(Result<(), Error>),
    /// Leave training for the data that this window was opened on.
    Leave,
    /// Nothing of training runs any more.
    Left,
}
