use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::{Span, holiday};
use crate::clock;

/// The hours in Denmark between which the stricter promise holds on a working day.
const OPENS: i8 = 6;
const CLOSES: i8 = 18;

/// The availability that the service agreement promises, which depends on the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Promise {
    /// 99.8 % on working days from 6 to 18: Monday to Friday, except [public holidays](super::Holiday).
    WorkingHours,
    /// 98.5 % at all other times.
    OtherTimes,
}

impl Promise {
    /// Both, the stricter one first.
    pub const ALL: [Self; 2] = [Self::WorkingHours, Self::OtherTimes];

    /// The share that is promised, in thousandths.
    #[must_use]
    pub fn thousandths(self) -> u16 {
        match self {
            Self::WorkingHours => 998,
            Self::OtherTimes => 985,
        }
    }

    /// The promise that holds at that moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        let local = clock::in_denmark(moment);
        let is_open = (OPENS..CLOSES).contains(&local.hour());
        if is_open && is_working_day(local.date()) { Self::WorkingHours } else { Self::OtherTimes }
    }

    /// When the stricter promise holds on that day; `None` on a day that is none of work.
    #[must_use]
    pub fn working_hours(day: Date) -> Option<Span> {
        let at = |hour: i8| clock::moment(day.at(hour, 0, 0, 0));
        is_working_day(day).then(|| Span::new(at(OPENS), at(CLOSES)))
    }
}

fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
}
