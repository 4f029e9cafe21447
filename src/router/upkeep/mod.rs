//! What a running router looks after besides messages.

pub(super) mod api_keys;
pub(super) mod certificates;
pub(super) mod file_use;
pub(super) mod journal_pruning;
pub(super) mod renewal;
