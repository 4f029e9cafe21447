use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::error::Error;
use crate::store::{Overview, OverviewPeriod};

/// Between two readings of the overview passes this many times the time that the last one took, so that a busy router is
/// not slowed down by being watched.
const REST_FACTOR: u32 = 10;
/// How long to wait after a reading that failed.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// The overview as it was last read, and the reading that is under way.
#[derive(Debug, Default)]
pub struct OverviewReading {
    /// The period that the person has chosen.
    pub period: OverviewPeriod,
    shown: Option<Read>,
    /// The number of the newest reading that has finished.
    finished: u64,
    /// The number of the newest reading that was begun.
    begun: u64,
    under_way: Option<UnderWay>,
    not_before: Option<Instant>,
}

#[derive(Debug)]
struct Read {
    overview: Overview,
    /// The version of the store's data that is in it, at least.
    version: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
struct UnderWay {
    number: u64,
    period: OverviewPeriod,
    version: Option<i64>,
    begun: Instant,
}

impl OverviewReading {
    /// The overview that was read last.
    pub fn shown(&self) -> Option<&Overview> {
        self.shown.as_ref().map(|read| &read.overview)
    }

    /// Whether the overview is older than that version of the store's data, or is being read.
    pub fn is_behind(&self, version: Option<i64>, now: Timestamp) -> bool {
        let shown = self.shown.as_ref().filter(|read| read.overview.period == self.period);
        !shown.is_some_and(|read| read.version == version && read.overview.is_of(now))
    }

    /// Begins a reading if the overview is older than that version of the store's data, and returns its number.
    pub fn begin(&mut self, version: Option<i64>, now: Timestamp) -> Option<u64> {
        let period = self.period;
        let is_known = !self.is_behind(version, now);
        let is_under_way = self.under_way.is_some_and(|it| it.period == period);
        let has_any = self.shown.as_ref().is_some_and(|read| read.overview.period == period);
        let is_resting = has_any && self.not_before.is_some_and(|not_before| Instant::now() < not_before);
        if is_known || is_under_way || is_resting {
            return None;
        }
        self.begun += 1;
        self.under_way = Some(UnderWay { number: self.begun, period, version, begun: Instant::now() });
        Some(self.begun)
    }

    /// Ends the reading of that number. Its overview is shown unless a newer reading has finished before.
    pub fn finish(&mut self, number: u64, read: Result<Overview, Error>) -> Result<(), Error> {
        let ended = self.under_way.take_if(|it| it.number == number);
        let took = ended.map_or(Duration::ZERO, |ended| ended.begun.elapsed());
        let rest = if read.is_ok() { took * REST_FACTOR } else { RETRY_DELAY };
        if ended.is_some() {
            self.not_before = Instant::now().checked_add(rest);
        }
        let overview = read?;
        if number > self.finished {
            self.finished = number;
            self.shown = Some(Read { overview, version: ended.and_then(|ended| ended.version) });
        }
        Ok(())
    }
}
