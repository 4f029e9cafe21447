use std::time::Instant;

/// When the journal was last read for the summary, and when it may be read again.
#[derive(Debug, Default)]
pub struct JournalReading {
    /// Something was written to the journal since.
    pub is_stale: bool,
    /// When the reading began that is under way.
    pub begun: Option<Instant>,
    /// The next reading waits until then, so that a busy router is not slowed down by being watched.
    pub not_before: Option<Instant>,
}
