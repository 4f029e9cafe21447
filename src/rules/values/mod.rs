//! The values of which rule books and messages consist, each valid by its type: what is parsed is valid, and cannot become
//! otherwise later.

mod caseless;
mod classification;
mod cpr;
mod cvr;
mod form_areas;
mod kle_plan;

pub use caseless::{Caseless, without_space_around};
pub(crate) use classification::looks_like_interval;
pub use classification::{Classification, Form, FormNumbers, Interval, Kle, KleNumbers, NotAnInterval, Number};
pub(crate) use cpr::{LEFT_OUT, is_harmless_name};
pub use cpr::{short_without_cpr, without_cpr};
pub use cvr::{Cvr, NotACvr};
pub use form_areas::form_areas;
pub use kle_plan::{KleChange, KlePlan};
