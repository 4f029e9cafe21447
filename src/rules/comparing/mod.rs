//! What differs between two rule books, for people to read and to apply elsewhere.
//!
//! Authorities, fagsystems and contact points are matched by their ids, guards by their names. Rules have none, so they are
//! paired by likeness first.

mod comparison;
mod new_addresses;
mod pairing;
mod spelling;

pub use comparison::{Difference, Subject, Swap};
pub use new_addresses::NewAddress;
pub(in crate::rules) use pairing::content;
pub(in crate::rules) use spelling::WrittenAlike;
