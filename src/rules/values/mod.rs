//! What rule books and messages are made of: values that are right by their type.
//!
//! Each is made from a text or a number, and what cannot be such a value is refused there and then. [`cpr`] keeps the
//! numbers of persons out of whatever the program writes.

mod caseless;
mod classification;
mod cpr;
mod cvr;
mod kle_plan;

pub use caseless::{Caseless, without_space_around};
pub(crate) use classification::looks_like_interval;
pub use classification::{Classification, Form, FormNumbers, Interval, Kle, KleNumbers, NotAnInterval, Number};
pub(crate) use cpr::{LEFT_OUT, is_harmless_name};
pub use cpr::{short_without_cpr, without_cpr};
pub use cvr::{Cvr, NotACvr};
pub use kle_plan::{KleChange, KlePlan};
