use std::time::Instant;

/// How the reading of the journal stands.
#[derive(Debug, Default)]
pub struct JournalReading {
    /// Something has been written that is not in the record.
    pub is_stale: bool,
    pub begun: Option<Instant>,
    pub not_before: Option<Instant>,
}
