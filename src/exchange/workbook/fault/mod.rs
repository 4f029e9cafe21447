//! What can be wrong in a table.

pub(super) mod doubt;
pub(super) mod excerpt;
pub(super) mod list;
pub(super) mod problem;
