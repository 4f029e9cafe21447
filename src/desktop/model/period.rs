use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::clock;

/// The times whose messages are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Period {
    Hour,
    Today,
    Yesterday,
    Week,
    Month,
    #[default]
    All,
    /// From the first day through the last; without one of them, the period is open at that end.
    Days(Option<Date>, Option<Date>),
}

impl Period {
    pub const ALL: [Self; 7] =
        [Self::Hour, Self::Today, Self::Yesterday, Self::Week, Self::Month, Self::All, Self::Days(None, None)];

    /// The first moment of the period, and the first moment after it; `None` where it is open.
    pub fn limits(self, now: Timestamp, today: Date) -> (Option<Timestamp>, Option<Timestamp>) {
        let back = |hours| now.checked_sub(SignedDuration::from_hours(hours)).ok();
        match self {
            Self::Hour => (back(1), None),
            Self::Today => (Some(clock::midnight(today)), None),
            Self::Yesterday => {
                let yesterday = today.saturating_sub(1.day());
                (Some(clock::midnight(yesterday)), Some(clock::midnight(today)))
            }
            Self::Week => (back(7 * 24), None),
            Self::Month => (back(30 * 24), None),
            Self::All => (None, None),
            Self::Days(from, to) => {
                let after = to.and_then(|to| to.checked_add(1.day()).ok());
                (from.map(clock::midnight), after.map(clock::midnight))
            }
        }
    }
}
