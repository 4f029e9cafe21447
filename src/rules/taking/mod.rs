//! Who gets mail by its KLE or FORM number on one day, for every number there can be.
//!
//! [`Takers`] divides the numbers of a classification at the ends of intervals, and knows for each stretch what decides for
//! persons, companies and authorities. Rules on the classification and on the recipient are settled exactly, since every message
//! with the number meets them. Whether an earlier rule on another fact comes first depends on the message; [`Taker::unless`] says
//! of which facts there is one that sends elsewhere.
//!
//! A [`PlanTree`] lays what people know over it: the numbers of a plan with their titles, and the mail that came.
//!
//! As in `coverage`, senders are those that MeMo knows: persons, companies and authorities.

mod first_elsewhere;
mod ruled;
mod senders;
mod stretches;
mod takers;
mod tree;

pub use ruled::Ruled;
pub use takers::{Stretch, Taker, Takers, Taking};
pub use tree::{Part, PartOrigin, PlanMail, PlanTree, TakenBy};
