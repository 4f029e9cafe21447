//! The state of the tour.

use crate::desktop::model::page::Page;
use crate::desktop::model::tour::TourStep;

/// The tour while it is under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tour {
    pub step: TourStep,
    /// The screen that was shown before it.
    pub begun_on: Page,
}
