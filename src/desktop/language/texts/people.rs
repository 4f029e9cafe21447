//! Who works on a database on a server, and what they may do.

use crate::store::OtherWindow;

#[derive(Debug)]
pub struct PeopleTexts {
    /// What a reader is told as long as the window is open.
    pub only_reads: &'static str,
    /// What a reader is told who changes something.
    pub may_not_edit: &'static str,
    /// The others who have the same draft open, of whom there is at least one.
    pub others: fn(&[OtherWindow]) -> String,
}
