//! The command palette while it is open.

use super::message::Message;
use crate::desktop::model::page::Page;
use crate::desktop::screen::command::Command;

/// The palette while it is open.
#[derive(Debug, Default)]
pub(super) struct Palette {
    pub query: String,
    pub at: usize,
    /// What fits what was written.
    pub lines: Vec<Line>,
}

/// A line of the palette.
#[derive(Debug)]
pub(super) struct Line {
    /// Where it is done; `None` where that does not matter.
    pub page: Option<Page>,
    pub command: Command<Message>,
}
