//! The messages of the command palette. They are below the application's own messages, which its commands send.

/// Something that people did in the command palette.
#[derive(Debug, Clone)]
pub enum PaletteMessage {
    Open,
    /// Opens it with the values of the current row that the list can be filtered by.
    FilterBy,
    Close,
    Query(String),
    Step(isize),
    /// Runs the line at this index.
    Run(usize),
    /// Runs the selected line.
    RunSelected,
}
