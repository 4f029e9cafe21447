use crate::exchange::{Progress, Stopped};

/// A part of long work, as a share of all of it.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    progress: &'a Progress,
    from: u64,
    to: u64,
}

/// All of the work.
const ALL: u64 = 1_000;

impl<'a> Stage<'a> {
    pub fn all(progress: &'a Progress) -> Self {
        progress.expect(ALL);
        Self { progress, from: 0, to: ALL }
    }

    /// The part of this one between those percents.
    pub fn part(self, from: u64, to: u64) -> Self {
        let at = |percent: u64| self.from + (self.to - self.from) * percent.min(100) / 100;
        Self { progress: self.progress, from: at(from), to: at(to) }
    }

    /// So much of it is done.
    ///
    /// # Errors
    ///
    /// [`Stopped`]: the work is to end without a result.
    pub fn reach(self, done: u64, all: u64) -> Result<(), Stopped> {
        let share = u128::from(self.to - self.from) * u128::from(done.min(all)) / u128::from(all.max(1));
        self.progress.reach(self.from + u64::try_from(share).unwrap_or(0))
    }
}
