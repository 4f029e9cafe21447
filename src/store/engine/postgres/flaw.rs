/// Why what a server is told may not last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServerFlaw {
    /// Its release is older than is known to do.
    #[error("it is older than PostgreSQL 15; upgrade it")]
    TooOld,
    /// It reports a commit before that is on disk.
    #[error("synchronous_commit is off, so that what was accepted could be forgotten in a crash; set it to on")]
    LateCommits,
    /// It has a synchronous standby and does not wait for it.
    #[error(
        "synchronous_commit is local, so that what was accepted could be forgotten when the standby takes over; set it to on"
    )]
    LocalCommits,
    /// It never makes sure that anything is on disk.
    #[error("fsync is off, so that a crash could destroy everything; set it to on")]
    NoFlushes,
}
