//! What other rules would have done with the messages of the past.

mod effect;
mod trial;

pub use effect::{Effect, Effects, Receiver};
pub use trial::{Catch, Lost, RuleTrial};
