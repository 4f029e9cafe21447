//! The rules along the days: bars in groups, what happens at their ends, and how a bar gets another end.
//!
//! [`rows`] puts the rules of an authority in order, so that one that follows another stands below it; [`scale`] puts days on a
//! line; [`redating`] moves the end of a bar, and says what that would do.

pub mod redating;
pub mod rows;
pub mod scale;
