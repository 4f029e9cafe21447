//! The messages of the tour.

/// What people do with the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TourMessage {
    Begin,
    Next,
    Previous,
    /// Leave it, at whichever step. It does not begin by itself again.
    Leave,
}
