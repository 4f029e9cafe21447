//! What changes for all messages that there can be when one rule book replaces another ([`Proof`]).
//!
//! `layers` lays the [coverage](crate::rules::coverage) of the two books over each other, fact by fact, which gives the pairs
//! of rules that are the first for some value before and after. `crossing` finds which pairs decide a message between
//! them: a message may have one fact that an old rule looks at and another that a new one does. `example` makes up a
//! message for each. `expiry` compares a book with itself a day later.

mod crossing;
mod example;
mod expiry;
mod layers;
mod proof;

pub use expiry::Expiry;
pub use proof::{Proof, ReceiverChange, Span};
