//! Reads MeMo messages that people want to try out. Only the facts that rules look at are kept.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::services::Services;
use crate::desktop::model::trial::UnreadMessage;
use crate::memo::{MemoError, Reader};
use crate::rules::Facts;

const PIECE_BYTES: usize = 64 * 1024;

impl Services {
    /// The facts of the message in a file. It is read piece by piece, and no further than the largest message is long.
    pub async fn read_memo_file(path: PathBuf) -> Result<Box<Facts>, UnreadMessage> {
        spawn_blocking(move || read_file(&path)).await.unwrap_or(Err(UnreadMessage::Unreadable))
    }

    /// The facts of a message that is there as a text.
    pub async fn read_memo_text(text: String) -> Result<Box<Facts>, UnreadMessage> {
        // What is copied may begin with a line break, which XML does not allow before its declaration.
        let read = move || read_pieces(text.trim_start().as_bytes());
        spawn_blocking(read).await.unwrap_or(Err(UnreadMessage::Unreadable))
    }

    /// Lets the person choose a file with a message; `None` when they chose none, or no dialog can be shown.
    pub async fn choose_memo_file() -> Option<PathBuf> {
        let dialog = rfd::AsyncFileDialog::new().add_filter("MeMo (XML)", &["xml"]).add_filter("*", &["*"]);
        Some(dialog.pick_file().await?.path().to_owned())
    }
}

fn read_file(path: &Path) -> Result<Box<Facts>, UnreadMessage> {
    // Opening a pipe would wait for somebody to write to it.
    if !path.metadata().map_err(|error| unread(&error))?.is_file() {
        return Err(UnreadMessage::NotAFile);
    }
    read_pieces(File::open(path).map_err(|error| unread(&error))?)
}

fn read_pieces(mut from: impl Read) -> Result<Box<Facts>, UnreadMessage> {
    let mut reader = Reader::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match from.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => reader.feed(&piece[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unread(&error)),
        }
    }
    Ok(Box::new(reader.finish()?.facts))
}

fn unread(error: &io::Error) -> UnreadMessage {
    match error.kind() {
        io::ErrorKind::NotFound => UnreadMessage::NotFound,
        io::ErrorKind::PermissionDenied => UnreadMessage::Denied,
        _ => UnreadMessage::Unreadable,
    }
}

impl From<MemoError> for UnreadMessage {
    fn from(error: MemoError) -> Self {
        Self::Memo(error)
    }
}
