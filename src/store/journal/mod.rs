//! One row a call: which message, what of it rules could look at, where it was sent, and what came of it.
//!
//! The journal is also what makes the router deliver to one fagsystem and no other: a row is on disk before a body goes
//! out, and what earlier rows say of a message decides what may still be done with it.

mod clock;
mod command;
mod digest;
mod earlier;
mod entry;
mod error;
mod facts;
mod handle;
mod hits;
mod hours;
mod messages;
mod overview;
mod record_changes;
mod retention;
mod row;
mod traffic;
mod writing;

pub use self::clock::ClockDoubt;
pub use self::digest::{Digest, DigestKey, MessageDigest};
pub(super) use self::digest::{KEY_BYTES, KEY_FILE, NEXT_KEY_FILE};
pub use self::earlier::EarlierDelivery;
pub use self::entry::{JournalEntry, Outcome, OwnNames, RefusedCaller, Routed, Timing};
pub use self::error::JournalError;
pub use self::handle::Journal;
pub use self::hits::RuleHits;
pub use self::messages::{
    MessageConcern, MessageCursor, MessageDetails, MessageGround, MessagePage, MessageQuery, MessageSubject,
    MessageUpdates, MessageWatch,
};
pub use self::overview::{
    Answers, Counts, DeliveryFailure, DeliveryRecord, FagsystemFigures, OutcomeGroup, Overview, OverviewPeriod, Slot,
    Urgency,
};
pub use self::row::JournalRow;
pub use self::traffic::Traffic;
pub use self::writing::Entered;
