use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::error::Error;
use crate::store::{Overview, OverviewPeriod};

/// The overview is read again after this many times the time that the last reading took, so that a busy router is not
/// slowed down by being watched.
const REST: u32 = 10;
/// After a reading that failed it is not tried again for so long.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// The overview as it was last read, and what is being read.
#[derive(Debug, Default)]
pub struct OverviewReading {
    /// How far back one wants to see.
    pub period: OverviewPeriod,
    shown: Option<Read>,
    /// The number of the newest reading that has come, and of the newest that was asked for.
    come: u64,
    asked: u64,
    under_way: Option<UnderWay>,
    not_before: Option<Instant>,
}

#[derive(Debug)]
struct Read {
    overview: Overview,
    /// What version of the store's data it tells of, at least.
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
    /// What was read last.
    pub fn shown(&self) -> Option<&Overview> {
        self.shown.as_ref().map(|read| &read.overview)
    }

    /// Whether the overview of that period is to be read, since the store's data have that version by now; then under
    /// which number.
    pub fn ask(&mut self, version: Option<i64>, now: Timestamp) -> Option<u64> {
        let period = self.period;
        let shown = self.shown.as_ref().filter(|read| read.overview.period == period);
        let is_known = shown.is_some_and(|read| read.version == version && now < read.overview.ends());
        let is_asked = self.under_way.is_some_and(|it| it.period == period);
        let is_resting = shown.is_some() && self.not_before.is_some_and(|not_before| Instant::now() < not_before);
        if is_known || is_asked || is_resting {
            return None;
        }
        self.asked += 1;
        self.under_way = Some(UnderWay { number: self.asked, period, version, begun: Instant::now() });
        Some(self.asked)
    }

    /// Takes in what was read under that number, unless something newer has come.
    pub fn take(&mut self, number: u64, read: Result<Overview, Error>) -> Result<(), Error> {
        let asked = self.under_way.take_if(|it| it.number == number);
        let took = asked.map_or(Duration::ZERO, |asked| asked.begun.elapsed());
        let rest = if read.is_ok() { took * REST } else { AFTER_TROUBLE };
        if asked.is_some() {
            self.not_before = Instant::now().checked_add(rest);
        }
        let overview = read?;
        if number > self.come {
            self.come = number;
            self.shown = Some(Read { overview, version: asked.and_then(|asked| asked.version) });
        }
        Ok(())
    }
}
