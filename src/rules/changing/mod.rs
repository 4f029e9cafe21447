//! Changes to a rule book that touch many rules at once.

mod apply;
mod numbering;
mod ordering;
mod switch;
mod transfer;

pub use apply::{Applied, Obstacle};
pub use ordering::Renumbering;
pub use switch::Switch;
pub use transfer::{Target, Transfer};
