//! Applies to one rule book the differences between two others: to publish a part of a draft, to undo a change, to merge what
//! several people have edited. What the book has changed meanwhile stays, and what no longer fits is reported.

mod claims;
mod obstacle;
mod swap;
mod to_authority;
mod to_book;

pub use obstacle::Obstacle;
pub use to_book::Applied;
