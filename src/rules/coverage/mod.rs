//! Which messages each rule of an authority decides, over all messages that there can be.
//!
//! A rule looks at one fact of a message, its sender's kind, and the day. So a rule is a block: the values that it requires
//! of that one fact, by the [moments](Moments) at which it applies, a moment being a day and a kind of sender. Rules on
//! other facts never get in its way unless the message has those facts too, and a message may lack every fact but one: its
//! recipient. So it is enough to know, fact by fact, which rule is the first for each value at each moment
//! ([`Coverage`]), and at which moments rules on the recipient leave nothing to anybody. Everything that is said of all
//! messages follows from these exactly, without trying any.
//!
//! Possible is every message that MeMo allows: persons, companies and authorities as senders, any contact point with any
//! group, and as recipient any number of the authority. A person has no CVR number, and the sender behind one of an
//! authority's numbers is an authority.

mod blocks;
mod cover;
mod cuts;
mod moments;
mod who_is_first;

pub(in crate::rules) use blocks::{Block, Blocks, can_meet};
pub(in crate::rules) use cuts::{Place, Values};
pub(in crate::rules) use moments::{Calendar, Moment, Moments};
pub(in crate::rules) use who_is_first::{Coverage, Piece, go_together};
