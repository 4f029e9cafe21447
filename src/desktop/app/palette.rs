//! The command palette while it is open.

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

#[derive(Debug, Clone)]
pub enum Message {
    Open,
    /// Offers what the list can be filtered by in the row where the keyboard is.
    FilterBy,
    Close,
    Query(String),
    Step(isize),
    /// Does what stands at that place.
    Do(usize),
    /// Does what is chosen.
    DoChosen,
}

/// A line of the palette.
#[derive(Debug)]
pub(super) struct Line {
    /// Where it is done; `None` where that does not matter.
    pub page: Option<Page>,
    pub command: Command<super::Message>,
}
