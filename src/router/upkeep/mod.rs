//! What a running router looks after besides messages.

pub(super) mod renewal;
