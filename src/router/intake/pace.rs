use std::time::Duration;

/// The slowest rate that is accepted, in bytes a second. At that rate 99.5 MiB take under ten minutes.
const MIN_BYTES_PER_SECOND: u32 = 200_000;

/// Limits how long the router waits for a sender's next piece of a message, or for a fagsystem to take one: for each piece,
/// and in all on top of the time that the pieces take at the slowest rate that is accepted.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) struct Pace {
    for_a_piece: Duration,
    left: Duration,
}

impl Pace {
    pub fn new(for_a_piece: Duration, in_all: Duration) -> Self {
        Self { for_a_piece, left: in_all }
    }

    /// How long to wait for the next piece.
    pub fn wait_limit(&self) -> Duration {
        self.for_a_piece.min(self.left)
    }

    /// Records how long the last wait took, and how many bytes it brought.
    pub fn record_wait(&mut self, took: Duration, bytes: usize) {
        let earned = Duration::from_secs(u64::try_from(bytes).unwrap_or_default()) / MIN_BYTES_PER_SECOND;
        self.left = self.left.saturating_sub(took) + earned;
    }
}
