//! A message that is tried out: where its facts come from, and why it could not be read.

use crate::memo::MemoError;

/// Where the facts of a message that is tried out come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FactsOrigin {
    /// Somebody filled them in.
    #[default]
    Typed,
    /// A file with a MeMo message.
    File,
    /// A MeMo message on the clipboard.
    Clipboard,
    /// The journal, which does not keep all of them.
    Journal,
    /// A made-up message that another screen shows as an example.
    Example,
}

/// Why a message cannot be tried out. It repeats nothing that the message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadMessage {
    /// It is no message that the router would accept.
    Memo(MemoError),
    /// There is no such file.
    NotFound,
    /// The file may not be read by this person.
    Denied,
    /// It is a folder, a device or the like.
    NotAFile,
    /// Reading it failed on the way.
    Unreadable,
    /// There is no text on the clipboard.
    EmptyClipboard,
}
