use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{NOTHING_PUBLISHED, open_store};
use crate::exchange::{SheetError, write_atomically, write_configuration};
use crate::store::DataPlace;

#[derive(Debug, Args)]
pub(in crate::command) struct Export {
    /// The file to write, or - for standard output
    file: PathBuf,
}

impl Export {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let publication = open_store(data)?.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let text = write_configuration(&publication.book);
        let failed = |error: io::Error| {
            format!("cannot write {}: {error}; name a file in a directory that may be written", self.file.display())
        };
        if self.file == Path::new("-") {
            io::stdout().write_all(text.as_bytes()).map_err(failed)?;
        } else if self.file.symlink_metadata().is_ok_and(|there| !there.is_file()) {
            // A symbolic link or a device is written to, not replaced.
            fs::write(&self.file, &text).map_err(failed)?;
        } else {
            write_atomically(&self.file, text.as_bytes()).map_err(|error| match error {
                SheetError::File { source, .. } => failed(source),
                error @ SheetError::Excel { .. } => error.to_string(),
            })?;
        }
        Ok(Conclusion::Done)
    }
}
