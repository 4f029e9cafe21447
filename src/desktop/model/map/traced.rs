use jiff::civil::Date;

use crate::rules::{Cvr, Facts, FagsystemId};
use crate::store::JournalRow;
use crate::training::Writer;

/// A message whose way is to be shown on the map.
#[derive(Debug, Clone)]
pub enum TracedMessage {
    /// One that a lesson checks with: the rules in force decide where it goes.
    Made {
        facts: Facts,
        writer: Writer,
        /// The day on which it comes.
        day: Date,
        belongs_to: FagsystemId,
    },
    /// One that has come.
    Recorded(JournalRow),
}

impl TracedMessage {
    /// The CVR number that it is to.
    pub fn recipient(&self) -> Option<Cvr> {
        match self {
            Self::Made { facts, .. } => facts.recipient,
            Self::Recorded(row) => row.authority,
        }
    }

    /// The day whose rules the map is to show; `None` for today.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Made { day, .. } => Some(*day),
            Self::Recorded(_) => None,
        }
    }
}
