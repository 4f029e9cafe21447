//! Where the columns of a replayed row stand.

pub(super) const NUMBER: usize = 0;
pub(super) const IS_FIRST: usize = 1;
pub(super) const OUTCOME: usize = 2;
pub(super) const MESSAGE_UUID: usize = 3;
pub(super) const AUTHORITY: usize = 4;
pub(super) const FAGSYSTEM: usize = 5;
/// The sender's kind, without which a header could not be read.
pub(super) const SENDER_KIND: usize = 6;
pub(super) const SENDER_CVR: usize = 7;
pub(super) const OTHER_FACTS: std::ops::Range<usize> = 8..15;
