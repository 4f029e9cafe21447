//! What is done for the screens off their thread: they never open the database, a socket or a file themselves.

mod api_keys;
mod files;
mod journal;
mod preferences;
mod registers;
mod secrets;
mod services;

pub use self::api_keys::{ApiKeyCommand, SavedApiKeys};
pub use self::files::{OutputKind, ReportRequest, WriteRequest, documents};
pub use self::journal::{Decision, ExportRequest, MessageCounts, MessageStory, RowToCells};
pub use self::preferences::{User, read_preferences, save_preferences};
pub use self::registers::SavedKlePlan;
pub use self::secrets::{SecretCommand, SecretInput};
pub use self::services::{
    Cursor, MAX_LIVE_ROWS, OwnRouter, PollResult, SampleStarted, SavedDraft, Services, SummaryRequest,
};
