use std::path::Path;

use crate::network_share::NetworkShare;
use crate::store::StoreError;
use crate::store::data_directory::{FILE_NAME, local_directory, usual_directory};

/// Makes sure that a directory does not lie on a network share.
///
/// # Errors
///
/// [`StoreError::OnShare`].
pub fn check_local(directory: &Path) -> Result<(), StoreError> {
    match NetworkShare::of(directory) {
        None => Ok(()),
        Some(share) => Err(StoreError::OnShare {
            path: directory.to_owned(),
            share,
            has_database: directory.join(FILE_NAME).exists(),
            instead: local_directory(),
            is_usual: usual_directory().is_some_and(|usual| usual == directory),
        }),
    }
}
