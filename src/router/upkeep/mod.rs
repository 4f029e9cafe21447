//! What a running router looks after besides messages.

pub(super) mod journal_pruning;
pub(super) mod renewal;
