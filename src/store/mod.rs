//! What is kept: publications, the draft of the next one, the journal of messages and what is counted of it, settings,
//! what KLE numbers mean.
//! One SQLite database in the data directory.
//!
//! The database is in WAL mode, so that the window and a router without one can share it. It is never overwritten: a
//! damaged file, or one from a newer program, is reported and left as it is.

mod backup;
mod database;
mod error;
mod journal;
mod kle_plan;
mod migrations;
mod protection;
mod publications;
mod router_lock;
mod settings;
mod time;

pub use backup::{BackupError, BackupFacts, Restored, restore};
pub use database::Store;
pub use error::StoreError;
pub use journal::{
    Answers, ClockDoubt, Counts, DeliveryFailure, DeliveryRecord, Digest, DigestKey, EarlierDelivery, Entered,
    FagsystemFigures, Journal, JournalEntry, JournalError, JournalRow, MessageConcern, MessageCursor, MessageDetails,
    MessageDigest, MessageGround, MessagePage, MessageQuery, MessageSubject, MessageUpdates, MessageWatch, Outcome,
    OutcomeGroup, Overview, OverviewPeriod, OwnNames, RefusedCaller, Routed, RuleHits, Slot, Timing, Traffic, Urgency,
};
pub use protection::{
    ApiKey, ApiKeyEntry, ApiKeyHash, ApiKeyHashError, ApiKeyUses, ApiKeys, ApiKeysError, CertificateChoice,
    KeyNameError, Protection,
};
pub use publications::{Draft, Imprint, Publication, PublicationEntry, PublicationNumber};
pub use router_lock::{Program, RouterLock, RouterNow, RunningRouter};
pub use settings::{DamagedGuards, Guard, RouterSettings, WindowSettings};

pub use crate::reasons::Reason;
