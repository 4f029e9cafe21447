//! Messages of the known authorities, shared by their list and their form.

use crate::desktop::widget::Scroll;
use crate::rules::Cvr;

#[derive(Debug, Clone)]
pub enum KnownMessage {
    New,
    Choose(Cvr),
    Cvr(String),
    Name(String),
    Save,
    /// Reload it from the draft and discard the changes.
    Reload,
    Remove,
    Search(String),
    /// Move down the list by this many rows, up if negative.
    Step(isize),
    Scrolled(Scroll),
    /// Show *Filer*, where lists are imported.
    Import,
}
