//! The journal of messages: one row for each call, with what rules could look at, where it was sent, and its outcome.
//!
//! The journal is also what makes the router deliver a message to one fagsystem and no other: a row is on disk before the
//! body is sent, and the earlier rows of a message decide what may still be done with it.
//!
//! The router hands [`JournalEntry`]s to [`Journal`], whose thread writes them, many in one commit (`writing`). Each is first
//! compared with the earlier rows of its messageUUID (`earlier`, `digest`), and counted by the hour (`hours`) and for its
//! fagsystem (`record_changes`). What reads the journal is here too: the list of `messages`, the `overview`, `traffic` for
//! previews, the `replay` of what came, `hits` of rules, `default_mail`, which no rule took, and what was `routed`, for who follows
//! it with other rules. `retention` deletes what is old, unless the `clock` is in doubt. For training, an empty journal can be
//! given a `past`, such as was made from what another has `recorded`.

mod arrivals;
mod claims;
mod clock;
mod command;
mod default_mail;
mod digest;
mod earlier;
mod ended;
mod entry;
mod error;
mod facts;
mod handle;
mod heartbeat;
mod hits;
mod hours;
mod limits;
mod messages;
mod overview;
mod past;
mod post_type;
mod record_changes;
mod recorded;
mod replay;
mod retention;
mod routed;
mod row;
mod row_writing;
mod shared;
mod tally;
mod traffic;
mod writing;

pub(super) use self::arrivals::move_all;
pub use self::claims::Claim;
pub(super) use self::claims::{Lapsed, end_lapsed, report_lapsed};
pub use self::clock::ClockDoubt;
pub use self::command::Entered;
pub use self::default_mail::DecidedDay;
pub use self::digest::{Digest, DigestKey, MessageDigest};
pub(super) use self::digest::{KEY_BYTES, KEY_FILE, NEXT_KEY_FILE};
pub use self::earlier::EarlierDelivery;
pub use self::entry::{JournalEntry, Outcome, OwnNames, RefusedCaller, Routed, Timing};
pub use self::error::JournalError;
pub(super) use self::error::is_disk_full;
pub use self::handle::Journal;
pub use self::heartbeat::{Heartbeat, Heartbeats};
pub use self::hits::RuleHits;
pub(super) use self::hours::ADD_TO_HOUR;
pub use self::messages::{
    MessageConcern, MessageCursor, MessageDetails, MessageGround, MessagePage, MessageQuery, MessageSubject,
    MessageUpdates, MessageWatch,
};
pub use self::overview::{
    AfterPublishing, Answers, AuthorityMail, BeforeAndAfter, Counts, DeliveryFailure, DeliveryRecord, FagsystemFigures,
    FagsystemMail, OutcomeGroup, Overview, OverviewPeriod, Slot, Urgency, UsualHour,
};
pub use self::past::PastError;
pub use self::recorded::{RecordedCall, RecordedCalls};
pub use self::replay::{DaySpan, ReplayQuestion};
pub use self::routed::RoutedMessage;
pub use self::row::JournalRow;
pub use self::tally::{DayTally, FailureTally};
pub use self::traffic::Traffic;
