//! What differs between two rule books.

mod comparison;
mod new_addresses;
mod pairing;
mod spelling;

pub use comparison::{Difference, Subject, Swap};
pub use new_addresses::NewAddress;
pub(in crate::rules) use pairing::content;
pub(in crate::rules) use spelling::WrittenAlike;
