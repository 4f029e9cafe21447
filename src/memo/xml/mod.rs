//! Reads XML 1.0 with namespaces as it arrives.

mod characters;
mod declared;
mod markup;
mod names;
mod not_well_formed;
mod scanner;

pub use not_well_formed::{EncodingName, NotWellFormed};
pub(in crate::memo) use scanner::{Listener, Scanner};
