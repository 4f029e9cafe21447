//! Files that subcommands read.

use std::io::{self, Read};
use std::path::Path;

use super::conclusion::Failure;

/// A file, or standard input for `-`.
pub(super) fn open(file: &Path) -> Result<Box<dyn io::Read>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let opened = std::fs::File::open(file).map_err(|error| {
        format!("cannot read {}: {error}; name a file that is there and may be read", file.display())
    })?;
    Ok(Box::new(opened))
}

/// All of a file, or of standard input for `-`.
pub(super) fn read_whole(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(bytes)
}
