//! The messages of the application.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use iced::Size;
use iced::keyboard::Modifiers;
use iced::window as iced_window;

use super::day_message::DayMessage;
use super::palette_message::PaletteMessage;
use super::toasts;
use super::tour_message::TourMessage;
use super::training_message::TrainingMessage;
use super::window_message::WindowMessage;
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foreseen;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::page::Page;
use crate::desktop::model::workbench::DraftToSave;
use crate::desktop::screen::about;
use crate::desktop::screen::command::Standard;
use crate::desktop::screen::guide;
use crate::desktop::screen::table::ScreenMessage;
use crate::desktop::screen::welcome;
use crate::desktop::service::{OwnRouter, PollResult, SavedApiKeys, SavedKlePlan};
use crate::desktop::widget::FocusPlace;
use crate::rules::{Cvr, Priority};
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Overview, Publication};

/// Something that has happened: people did something, time passed, or work has finished.
#[derive(Debug, Clone)]
pub enum Message {
    /// A screen was chosen.
    Show(Page),
    /// An authority was chosen.
    ChooseAuthority(Cvr),
    /// The other language was chosen.
    SwitchLanguage,
    /// The other theme was chosen.
    SwitchTheme,
    /// Zoom in (1), out (-1) or back to 100 % (0).
    Zoom(i8),
    /// A message of the first screen.
    Welcome(welcome::Message),
    /// A message of another screen.
    Screen(ScreenMessage),
    /// A message of the command palette.
    Palette(PaletteMessage),
    /// A message about the day whose rules are shown.
    Day(DayMessage),
    /// Open the guide at what it says of the shown screen, or close it.
    Help,
    /// A message of the guide.
    Guide(guide::Message),
    /// A message of *Om*.
    About(about::Message),
    /// A message of the tour.
    Tour(TourMessage),
    /// A message about training.
    Training(TrainingMessage),
    /// A message of a notice.
    Toast(toasts::Message),
    /// Undo typing in the open form, or else the last step of the draft.
    Undo,
    /// Undo the last step of the draft.
    UndoStep,
    /// Redo the step that was undone last.
    Redo,
    /// Apply the draft's changes to the newest publication.
    CarryOver,
    /// A command that every screen understands in its own way.
    Standard(Standard),
    /// Show what would be published and ask for a note.
    PreparePublishing,
    /// Show a rule of the selected authority.
    ShowRule(Priority),
    /// A comparison of rule books by past messages has finished.
    ForesightComputed(Foreseen),
    /// It is time to poll the store.
    Poll(Instant),
    /// The store was polled, in this generation of the window's router.
    Polled(u64, Result<PollResult, Error>),
    /// The draft was saved, or was not.
    DraftSaved(DraftToSave, Result<i64, Error>),
    /// The draft was published, or was not.
    Published(Result<(Arc<Publication>, i64), Error>),
    /// The very first rules were published, or were not.
    FirstPublished(Result<(), Error>),
    /// The publication that is to become the draft was read.
    PublicationToRestore(Result<Arc<Publication>, Error>),
    /// A KLE plan was saved, or was not.
    KlePlanSaved(Result<SavedKlePlan, Error>),
    /// The journal was read.
    JournalRead(Result<JournalSummary, Error>),
    /// The fagsystem with that name was put back in use, or was not.
    Resumed(String, Result<Arc<Publication>, Error>),
    /// The machine's clock was confirmed, or not.
    ClockConfirmed(Result<(), Error>),
    /// The overview was read, by the request with this number.
    OverviewRead(u64, Result<Overview, Error>),
    /// The router was started, or was not.
    RouterStarted(Result<OwnRouter, Error>),
    /// API keys were changed, or were not; with the key that was made, if one was.
    ApiKeysChanged(Result<SavedApiKeys, Error>, Option<ApiKey>),
    /// The router has stopped.
    RouterStopped,
    /// The practice fagsystems were started, or were not.
    PracticeStarted(Result<SocketAddr, Error>),
    /// Sample messages were answered, or were not.
    SamplesSent(Result<(), Error>),
    /// Secrets were moved to this location, or were not.
    SecretsMoved(Result<SecretsLocation, Error>),
    /// A picture was copied, or was not.
    PictureCopied(Result<(), Error>),
    /// The place for the picture of this number was chosen; `None` if none was.
    PicturePlace(u64, Option<PathBuf>),
    /// A picture was saved there, or was not.
    PictureSaved(Result<PathBuf, Error>),
    /// The settings were saved, or were not.
    SettingsSaved(Result<(), Error>),
    /// This had the focus before something was laid over the screen.
    FocusNoted(FocusPlace),
    /// Move the focus to the next field (true) or the previous one.
    Focus(bool),
    /// A modifier key was pressed or released.
    Modifiers(Modifiers),
    /// Go on with that data directory, where the one that the window was opened on cannot be used.
    UseDirectory(PathBuf),
    /// Files were dropped on the window.
    Dropped(Vec<PathBuf>),
    /// Something has happened to the window itself.
    Window(WindowMessage),
    /// The window was resized, other than by maximizing it.
    Resized(Size),
    /// The window is laid out in that size: a window manager may resize it before anyone listens, and enlarging everything
    /// leaves less room without resizing it.
    LaidOut(Size),
    /// People asked for the window to be closed.
    CloseRequested(iced_window::Id),
    /// Everything has stopped, so the window can close.
    ShutDown(iced_window::Id),
    /// Work that was begun in the session of this number has come to that.
    OfSession(u64, Box<Self>),
}

impl<M: Into<ScreenMessage>> From<M> for Message {
    fn from(message: M) -> Self {
        Self::Screen(message.into())
    }
}
