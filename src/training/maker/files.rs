//! Made messages as files.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use super::MadeMessage;

/// How an unfinished file ends. It is written anew the next time.
const UNFINISHED: &str = ".part";

impl MadeMessage {
    /// The name of its file: its messageUUID.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.xml", self.letter.message_uuid)
    }

    /// Writes it to a file where nothing is; says whether it did. One that is there already, byte for byte, is left alone.
    ///
    /// It gets its name when it is whole, so that no half message is ever taken for one.
    ///
    /// # Errors
    ///
    /// It cannot be written; [`AlreadyExists`](io::ErrorKind::AlreadyExists) where something else is there, which is left
    /// alone.
    pub fn keep(&self, path: &Path) -> io::Result<bool> {
        if fs::symlink_metadata(path).is_ok() {
            return if is_same(self, path)? { Ok(false) } else { Err(io::ErrorKind::AlreadyExists.into()) };
        }
        let unfinished = path.with_extension(format!("xml{UNFINISHED}"));
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = File::create_new(&unfinished)?;
        let written = self.pieces().try_for_each(|piece| file.write_all(&piece));
        drop(file);
        let kept = written.and_then(|()| give_name(&unfinished, path));
        let _ = fs::remove_file(&unfinished);
        kept.map(|()| true)
    }
}

/// A link, unlike a new name, never replaces what somebody else has put there meanwhile; but not every disk has links.
fn give_name(unfinished: &Path, path: &Path) -> io::Result<()> {
    fs::hard_link(unfinished, path).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::StorageFull => Err(error),
        _ => fs::rename(unfinished, path),
    })
}

fn is_same(message: &MadeMessage, path: &Path) -> io::Result<bool> {
    let about = fs::symlink_metadata(path)?;
    if !about.is_file() || about.len() != message.length() {
        return Ok(false);
    }
    let mut file = BufReader::new(File::open(path)?);
    for piece in message.pieces() {
        let mut there = vec![0; piece.len()];
        file.read_exact(&mut there)?;
        if there != piece {
            return Ok(false);
        }
    }
    Ok(true)
}
