//! Limits that several formats share.

/// The most groups that may stand above one: far more than anybody has, and few enough to be drawn.
pub(super) const MOST_LEVELS: usize = 100;
