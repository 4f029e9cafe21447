//! Which fagsystem gets a message, and why.
//!
//! A [`Distributor`] finds the authority by the recipient's CVR number and looks each fact of the message up in that
//! authority's index: in a hash table, which leads to a timeline of the rules on that value, or for KLE and FORM numbers in a
//! tree of such timelines. Of the winners the lowest number decides. An [`Explanation`] tries the rules one by one instead.

mod broken_guard;
mod distributor;
mod example;
mod explanation;
mod interval_index;
mod timeline;

pub use broken_guard::{BrokenGuard, Destination};
pub use distributor::{Decision, Distributor, Ground, UnknownRecipient};
pub use explanation::{ExplainedRule, Explanation, MatchResult};
