//! The tour of the window for those who open it for the first time.

use super::page::Page;

/// A step of the tour: something in the window that is pointed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum TourStep {
    Map,
    Rules,
    TryMessage,
    Publish,
    Messages,
}

impl TourStep {
    pub const ALL: [Self; 5] = [Self::Map, Self::Rules, Self::TryMessage, Self::Publish, Self::Messages];

    /// The screen that is shown meanwhile.
    pub fn page(self) -> Page {
        match self {
            Self::Map => Page::Map,
            Self::Rules => Page::Rules,
            Self::TryMessage => Page::TryMessage,
            Self::Publish => Page::Changes,
            Self::Messages => Page::Messages,
        }
    }

    /// Which of the steps it is, counted from 1.
    pub fn number(self) -> usize {
        1 + Self::ALL.iter().take_while(|step| **step != self).count()
    }

    /// The step after it; `None` after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The step before it; `None` before the first.
    pub fn previous(self) -> Option<Self> {
        self.number().checked_sub(2).and_then(|at| Self::ALL.get(at)).copied()
    }
}
