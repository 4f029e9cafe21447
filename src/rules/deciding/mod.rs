//! Which fagsystem gets a message, and why.

mod distributor;
mod explanation;
mod interval_index;
mod timeline;

pub use distributor::{Decision, Distributor, Ground, UnknownRecipient};
pub use explanation::{ExplainedRule, Explanation, MatchResult};
