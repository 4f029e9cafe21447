//! What the program stores in its data directory: one SQLite database, a lock, and the key of the journal's digests.
//!
//! `data_directory` knows where the directory is when nobody names one, and refuses one on a network share. [`Store`] opens the
//! database (`database`) and brings an older one up to date (`migrations`). Rule books go in as
//! `publications` and come back as the newest one, which people look through and record as `reviews`; messages go into the
//! `journal`, which also has all that reads it; `settings` and `protection` say how a router runs, `router_lock` that only one
//! does, `reach` how far it may send, `people` who works on a shared database, and `service_level` how far the service agreement was kept. `training` marks data that
//! are not real, `lessons` keeps what is learnt in them, `lesson_recording` a lesson that is being recorded, and `room` what was
//! learnt on other machines. `backup` copies and restores all of it.
//!
//! SQLite in WAL mode lets the window and a router without one share the database, each with connections of its own, and
//! gives the journal commits that survive a crash. The database is never overwritten: a damaged file, or one from a newer
//! program, is reported and left as it is.

mod backup;
mod data_directory;
mod data_place;
mod database;
mod engine;
mod error;
mod journal;
mod kle_plan;
mod lesson_recording;
mod lessons;
mod migrations;
mod moving;
mod people;
mod protection;
mod publications;
mod reach;
mod reviews;
mod room;
mod router_lock;
mod service_level;
mod settings;
mod time;
mod training;

pub use backup::{BackupError, BackupFacts, Restored, restore};
pub use data_directory::{FILE_NAME, directory_to_be_made, local_directory, usual_directory};
pub use data_place::DataPlace;
pub use database::{DataWatch, Store, Upgrade, check_local};
pub use engine::{Address, AddressError, Error as DatabaseError, PostgresError, ServerFlaw};
pub use error::StoreError;
pub use journal::{
    AfterPublishing, Answers, AuthorityMail, BeforeAndAfter, Claim, ClockDoubt, Counts, DaySpan, DayTally, DecidedDay,
    DeliveryFailure, DeliveryRecord, Digest, DigestKey, EarlierDelivery, Entered, FagsystemFigures, FagsystemMail,
    FailureTally, Heartbeat, Heartbeats, Journal, JournalEntry, JournalError, JournalRow, MessageConcern,
    MessageCursor, MessageDetails, MessageDigest, MessageGround, MessagePage, MessageQuery, MessageSubject,
    MessageUpdates, MessageWatch, Outcome, OutcomeGroup, Overview, OverviewPeriod, OwnNames, PastError, RecordedCall,
    RecordedCalls, RefusedCaller, ReplayQuestion, Routed, RoutedMessage, RuleHits, Slot, Timing, Traffic, Urgency,
    UsualHour,
};
pub use lesson_recording::LessonRecording;
pub use lessons::{LessonProgress, LessonUnderWay, StoredLesson};
pub use moving::{Carried, CarryError};
pub use people::{OtherWindow, Permissions};
pub use protection::{
    ApiKey, ApiKeyEntry, ApiKeyHash, ApiKeyHashError, ApiKeyUses, ApiKeys, ApiKeysError, CertificateChoice,
    KeyNameError, Protection,
};
pub use publications::{Draft, Imprint, Publication, PublicationEntry, PublicationNumber};
pub use reach::Reach;
pub use reviews::RecordedReview;
pub use room::{Gathered, MachineProgress};
pub use router_lock::{Program, RouterLife, RouterLock, RouterNow, RunningRouter, SharingRouter};
pub use service_level::{PartLevels, RouterLevels};
pub use settings::{DamagedGuards, Guard, RouterSettings, ShadowRun, WindowSettings};
pub use training::TRAINING_DIRECTORY;

pub use crate::reasons::Reason;
