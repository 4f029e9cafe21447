//! The state of the command palette. `search` fills, draws and runs it.

use super::message::Message;
use crate::desktop::model::page::Page;
use crate::desktop::screen::command::Command;

/// The palette while it is open.
#[derive(Debug, Default)]
pub(super) struct Palette {
    pub query: String,
    pub selected: usize,
    /// The commands and rules that match the query.
    pub lines: Vec<PaletteLine>,
}

/// A line of the palette.
#[derive(Debug)]
pub(super) struct PaletteLine {
    /// The screen to show before the command is run; `None` for commands of the window itself.
    pub page: Option<Page>,
    pub command: Command<Message>,
}
