//! What happens to the progress of the room.

use std::path::PathBuf;

use uuid::Uuid;

use crate::desktop::model::error::Error;
use crate::desktop::service::GatheredFile;

#[derive(Debug, Clone)]
pub enum RoomMessage {
    /// Ask where to save the progress of this machine.
    Save,
    /// Ask which files to take in.
    Gather,
    Path(String),
    Browse,
    PlaceChosen(Option<PathBuf>),
    FilesChosen(Option<Vec<PathBuf>>),
    Submit,
    /// Replace the existing file.
    Replace,
    Saved(Result<PathBuf, Error>),
    /// Files of progress were dropped on the window.
    Dropped(Vec<PathBuf>),
    Gathered(Result<Vec<GatheredFile>, Error>),
    /// Show or hide the lessons of the learner in that line.
    Open(usize),
    Remove(Uuid, String),
    AskRemoveAll,
    Keep,
    RemoveAll,
    /// Something was removed, which is told in these words.
    Removed(String, Result<(), Error>),
    Leave,
}
