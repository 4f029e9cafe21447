use jiff::{SignedDuration, Timestamp};

use super::{Span, Spans};
use crate::rules::{Cvr, FagsystemId, without_cpr};

/// Time that was announced as service, and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceWindow {
    /// Its number, by which it can be deleted; 0 before it is stored.
    pub number: i64,
    /// When; it may lie in the future.
    pub span: Span,
    /// What it is of.
    pub scope: WindowScope,
    /// What was done, in the words of whoever entered it.
    pub note: String,
    /// When it was entered.
    pub entered_at: Timestamp,
}

/// What a service window is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum WindowScope {
    /// The router and every fagsystem.
    All,
    /// The router.
    Router,
    /// One fagsystem.
    Fagsystem(Cvr, FagsystemId),
}

/// Why a service window cannot be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowFault {
    /// It ends before it begins, or at once.
    #[error("a service window ends after it begins")]
    EndsBeforeItBegins,
    /// It is longer than [`ServiceWindow::LONGEST`].
    #[error("a service window is at most a year long")]
    TooLong,
    /// It begins or ends farther from now than [`ServiceWindow::FARTHEST`].
    #[error("a service window is at most ten years from now")]
    TooFar,
    /// Its note has more than [`ServiceWindow::MAX_NOTE`] characters.
    #[error("the note of a service window has at most 200 characters")]
    NoteTooLong,
    /// Its note looks as if it held a CPR number.
    #[error("the note of a service window must not hold what may be a CPR number")]
    NoteIsPersonal,
    /// There are [`ServiceWindow::MOST`] already.
    #[error("there are at most 1,000 service windows")]
    TooMany,
}

impl ServiceWindow {
    /// The longest one: a leap year.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);
    /// How far it may be from the moment at which it is entered, before or after: ten years. A year with a digit too many is a
    /// slip, and the database knows no time after 2261.
    pub const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);
    /// The most characters of a note.
    pub const MAX_NOTE: usize = 200;
    /// The most that are stored.
    pub const MOST: u32 = 1_000;

    /// A window to be entered at `now`, with its note trimmed. Windows may overlap.
    ///
    /// # Errors
    ///
    /// What is wrong with it; never [`WindowFault::TooMany`].
    pub fn new(span: Span, scope: WindowScope, note: &str, now: Timestamp) -> Result<Self, WindowFault> {
        let note = note.trim();
        if span.is_empty() {
            return Err(WindowFault::EndsBeforeItBegins);
        }
        if span.end.duration_since(span.begin) > Self::LONGEST {
            return Err(WindowFault::TooLong);
        }
        if [span.begin, span.end].iter().any(|moment| moment.duration_since(now).abs() > Self::FARTHEST) {
            return Err(WindowFault::TooFar);
        }
        if note.chars().count() > Self::MAX_NOTE {
            return Err(WindowFault::NoteTooLong);
        }
        if without_cpr(note) != note {
            return Err(WindowFault::NoteIsPersonal);
        }
        Ok(Self { number: 0, span, scope, note: note.to_owned(), entered_at: now })
    }

    /// This window in place of `earlier`, which has its number. One whose time and scope stay is still entered when that was.
    #[must_use]
    pub fn in_place_of(self, earlier: &Self) -> Self {
        let stays = self.span == earlier.span && self.scope == earlier.scope;
        let entered_at = if stays { earlier.entered_at } else { self.entered_at };
        Self { number: earlier.number, entered_at, ..self }
    }

    /// Whether it was entered after it had begun, and so was not announced here.
    #[must_use]
    pub fn is_retroactive(&self) -> bool {
        self.entered_at > self.span.begin
    }

    /// Whether time in it does not count for the router.
    #[must_use]
    pub fn is_of_router(&self) -> bool {
        matches!(self.scope, WindowScope::All | WindowScope::Router)
    }

    /// Whether time in it does not count for that fagsystem.
    #[must_use]
    pub fn is_of(&self, authority: Cvr, fagsystem: &FagsystemId) -> bool {
        match &self.scope {
            WindowScope::All => true,
            WindowScope::Router => false,
            WindowScope::Fagsystem(of, id) => *of == authority && id == fagsystem,
        }
    }

    /// The time of those that are of the router.
    #[must_use]
    pub fn of_router(windows: &[Self]) -> Spans {
        windows.iter().filter(|window| window.is_of_router()).map(|window| window.span).collect()
    }

    /// The time of those that are of that fagsystem.
    #[must_use]
    pub fn of_fagsystem(windows: &[Self], authority: Cvr, fagsystem: &FagsystemId) -> Spans {
        windows.iter().filter(|window| window.is_of(authority, fagsystem)).map(|window| window.span).collect()
    }
}
