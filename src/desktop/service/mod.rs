//! What is done for the screens away from their thread. Screens never open the database, a socket or a file themselves: a
//! method of [`Services`] runs in a task, and what it returns comes back as a message. A screen starts one with
//! `Scene::serve` and gets the answer itself; the application starts what concerns the whole window, such as polling, the
//! draft and the router, and gets those answers.
//!
//! `services` holds what is open; every other file adds the methods of one job to it. Nothing here knows how a screen
//! looks, or in which language.

mod api_keys;
mod clipboard;
mod coverage;
mod default_mail;
mod driven_traffic;
mod explainer;
mod export;
mod files;
mod hit_counter;
mod journal;
mod lesson_builder;
mod lessons;
mod lookout;
mod mail_map;
mod memo_file;
mod messages;
mod next_moment;
mod paper;
mod pictures;
mod polling;
mod practice;
mod preferences;
mod publishing;
mod registers;
mod replay;
mod review;
mod room;
mod router;
mod schedule;
mod secrets;
mod service_levels;
mod services;
mod shadow;
mod shown_files;
mod support;
mod system;
mod traffic;
mod training;

pub use self::api_keys::{ApiKeyCommand, SavedApiKeys};
pub use self::default_mail::{DefaultMailReport, DefaultMailRequest};
pub use self::explainer::ExplainedDecision;
pub use self::export::{ExportRequest, RowToCells, TableRequest};
pub use self::files::{OutputKind, ReportRequest, WriteRequest, documents};
pub use self::journal::SummaryRequest;
pub use self::lesson_builder::{LessonDraft, LessonProof, LessonRequest, UnlikeSample};
pub use self::lessons::{CheckedLesson, LessonsNow};
pub use self::lookout::Lookout;
pub use self::mail_map::{MailMapReport, MailMapRequest};
pub use self::messages::{MessageCounts, MessageStory};
pub use self::paper::{PaperFormat, PaperRequest, Printed};
pub use self::pictures::{PictureFormat, PictureToSave};
pub use self::polling::{Cursor, MAX_LIVE_ROWS, PollResult, SavedDraft};
pub use self::preferences::{User, read_preferences, save_preferences};
pub use self::registers::SavedKlePlan;
pub use self::replay::ReplayRequest;
pub use self::review::{PublishedChange, ReviewMaterial, ReviewRequest};
pub use self::room::{GatheredFile, machine_file_name};
pub use self::router::OwnRouter;
pub use self::secrets::{SecretCommand, SecretInput};
pub use self::services::Services;
pub use self::support::SupportRequest;
pub use self::system::leave_system_alone;
pub use self::traffic::{KeptMessages, TrafficCommand, TrafficRequest};
pub use self::training::{PackageRequest, ReadPackage, TrainingBegun, WrittenPackage};
