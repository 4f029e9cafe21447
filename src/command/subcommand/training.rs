use std::path::PathBuf;

use crate::command::conclusion::Failure;
use crate::command::data_directory::open_store;
use crate::store::TRAINING_DIRECTORY;

/// Makes the data set for training where there is none yet, and says where it is: in the directory that is named, or else in one
/// of its own within the default one.
pub(in crate::command) fn data_for_training(
    named: Option<PathBuf>,
    default: impl FnOnce() -> Result<PathBuf, Failure>,
) -> Result<PathBuf, Failure> {
    let data = match named {
        Some(data) => data,
        None => default()?.join(TRAINING_DIRECTORY),
    };
    open_store(&data)?.dedicate_to_training()?;
    Ok(data)
}
