use crate::desktop::widget::Scroll;
use crate::rules::Cvr;

/// Something among the known authorities.
#[derive(Debug, Clone)]
pub enum KnownMessage {
    New,
    Choose(Cvr),
    Cvr(String),
    Name(String),
    Save,
    /// Take it as it is now, and what was written is lost.
    Reload,
    Remove,
    Search(String),
    /// So many rows up or down.
    Step(isize),
    Scrolled(Scroll),
    /// Show where lists are read in.
    Import,
}
