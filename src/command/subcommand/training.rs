use std::path::PathBuf;

use crate::command::conclusion::Failure;
use crate::command::data_directory::{chosen_directory, open_store};
use crate::policy::Policy;
use crate::store::TRAINING_DIRECTORY;

/// Makes the data set for training where there is none yet, and says where it is: in the directory that is named, or else in one
/// of its own within the default one.
pub(in crate::command) fn data_for_training(named: Option<PathBuf>, policy: &Policy) -> Result<PathBuf, Failure> {
    let data = match named {
        Some(data) => chosen_directory(Some(data), policy)?,
        None => chosen_directory(None, policy)?.join(TRAINING_DIRECTORY),
    };
    open_store(&data.clone().into())?.dedicate_to_training()?;
    Ok(data)
}
