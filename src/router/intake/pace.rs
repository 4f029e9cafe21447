use std::time::Duration;

/// The fewest bytes a second that are put up with; at that rate 99.5 MiB take under ten minutes.
const SLOWEST: u32 = 200_000;

/// How long one may be kept waiting, by a sender for the next piece of a message or by a fagsystem that is to take it:
/// for each piece, and in all besides the time that the pieces take at the slowest rate that is put up with.
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
    pub fn patience(&self) -> Duration {
        self.for_a_piece.min(self.left)
    }

    /// Takes note that a piece of that many bytes has come, or none, after so long.
    pub fn waited(&mut self, took: Duration, bytes: usize) {
        let earned = Duration::from_secs(u64::try_from(bytes).unwrap_or_default()) / SLOWEST;
        self.left = self.left.saturating_sub(took) + earned;
    }
}
