//! What happens in the window.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use iced::Size;
use iced::keyboard::Modifiers;
use iced::window as iced_window;

use super::palette_message::PaletteMessage;
use super::toasts;
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foreseen;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::page::Page;
use crate::desktop::model::workbench::DraftToSave;
use crate::desktop::screen::command::Standard;
use crate::desktop::screen::table::ScreenMessage;
use crate::desktop::screen::welcome;
use crate::desktop::service::SavedApiKeys;
use crate::desktop::service::SavedKlePlan;
use crate::desktop::service::{OwnRouter, PollResult, SampleStarted};
use crate::rules::{Cvr, Priority};
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Overview, Publication};

/// What happens in the window.
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
    /// Larger (1), smaller (-1), or as it was (0).
    Zoom(i8),
    /// Something on the first screen.
    Welcome(welcome::Message),
    /// Something on another screen.
    Screen(ScreenMessage),
    /// Something in the command palette.
    Palette(PaletteMessage),
    /// Something on a notice.
    Toast(toasts::Message),
    /// What was done last is to be taken back: what is being written first.
    Undo,
    /// The last step of the draft is to be taken back.
    UndoStep,
    /// The step taken back last is to be done again.
    Redo,
    /// The draft's changes are to be put on top of the newest publication.
    CarryOver,
    /// What means the same on every screen.
    Standard(Standard),
    /// The publication is to be prepared.
    PreparePublishing,
    /// A rule is to be shown.
    FindRule(Priority),
    /// What past messages would notice of other rules was worked out.
    Foreseen(Foreseen),
    /// It is time to look at the store.
    Look(Instant),
    /// The data were looked at, after that turn of the window's router.
    Looked(u64, Result<PollResult, Error>),
    /// The draft was kept, or was not.
    DraftKept(DraftToSave, Result<i64, Error>),
    /// The draft was published, or was not.
    Published(Result<(Arc<Publication>, i64), Error>),
    /// The very first rules were published, or were not.
    FirstPublished(Result<(), Error>),
    /// A publication was read, to be taken back as a draft.
    PublicationToRestore(Result<Arc<Publication>, Error>),
    /// A KLE plan was kept, or was not.
    KlePlanKept(Result<SavedKlePlan, Error>),
    /// The journal was read.
    JournalRead(Result<JournalSummary, Error>),
    /// The fagsystem with that name was put back in use, or was not.
    Resumed(String, Result<Arc<Publication>, Error>),
    /// The machine's clock was confirmed, or not.
    ClockConfirmed(Result<(), Error>),
    /// The overview was read, under that number.
    OverviewRead(u64, Result<Overview, Error>),
    /// The sample municipality was set up, or was not.
    SampleBegun(Result<SampleStarted, Error>),
    /// The router was started, or was not.
    RouterStarted(Result<OwnRouter, Error>),
    /// API keys were changed, or were not; and the one that was made.
    KeysChanged(Result<SavedApiKeys, Error>, Option<ApiKey>),
    /// The router has stopped.
    RouterStopped,
    /// The practice fagsystems were started, or were not.
    PracticeStarted(Result<SocketAddr, Error>),
    /// Sample messages were answered, or were not.
    LettersSent(Result<(), Error>),
    /// Secrets are kept there from now on, or are not.
    SecretsMoved(Result<SecretsLocation, Error>),
    /// The settings were kept, or were not.
    SettingsSaved(Result<(), Error>),
    /// To the next field (true) or the one before.
    Focus(bool),
    /// Shift, Ctrl or Alt was pressed or let go.
    Modifiers(Modifiers),
    /// Files were dropped on the window.
    Dropped(Vec<PathBuf>),
    /// The window has another size.
    Resized(Size),
    /// The window is to be closed.
    CloseRequested(iced_window::Id),
    /// What ran has ended.
    Ended(iced_window::Id),
}

impl<M: Into<ScreenMessage>> From<M> for Message {
    fn from(message: M) -> Self {
        Self::Screen(message.into())
    }
}
