//! Limits that several formats share.

/// The most groups that a group may be nested in: far more than any authority has, and few enough to be drawn.
pub(super) const MAX_LEVELS: usize = 100;
