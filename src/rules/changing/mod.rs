//! Changes to a rule book that affect many rules at once: applying the differences of other books, moving rules and numbering
//! them anew, replacing a fagsystem from a day on, taking over the rules of another environment.
//!
//! All of them are values that can be shown before they are made, and none introduces a contradiction.

mod apply;
mod merging;
mod numbering;
mod ordering;
mod remedy;
mod switch;
mod transfer;

pub use apply::{Applied, Obstacle};
pub use merging::Neighbours;
pub use ordering::Renumbering;
pub use remedy::Remedy;
pub use switch::Switch;
pub use transfer::{Target, Transfer};
