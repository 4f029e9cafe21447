use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Conclusion, Failure, NOTHING_PUBLISHED, open_store};
use crate::exchange::write_configuration;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write, or - for standard output
    file: PathBuf,
}

impl Export {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let publication = open_store(data)?.newest_publication()?.ok_or(NOTHING_PUBLISHED)?;
        let text = write_configuration(&publication.book);
        let failed = |error: io::Error| format!("cannot write {}: {error}", self.file.display());
        if self.file == Path::new("-") {
            io::stdout().write_all(text.as_bytes()).map_err(failed)?;
        } else {
            write_whole(&self.file, &text).map_err(failed)?;
        }
        Ok(Conclusion::Done)
    }
}

/// Writes beside the file and moves it there when it is whole, so that an older export is never left half written over.
fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(".part");
    let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written
}
