//! Makes in one rule book the differences between two others.

mod authority;
mod book;
mod claims;
mod obstacle;
mod stance;

pub use book::Applied;
pub use obstacle::Obstacle;
