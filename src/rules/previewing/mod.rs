//! What other rules would have done with past messages: for a whole draft before it is published ([`Effects`]), for one rule
//! while it is being written ([`RuleTrial`]), and beside where each message went in fact ([`Replay`]). [`MailMap`] is
//! where they all go by one set of rules.
//!
//! The messages come from the journal as facts, each with the number of messages that said the same.

mod effects;
mod mail_map;
mod replay;
mod rule_trial;

pub use effects::{Effect, Effects, Receiver};
pub use mail_map::{MailMap, MailWay};
pub use replay::{Flow, Place, Replay, Replaying, Share, Way};
pub use rule_trial::{Catch, Lost, RuleTrial};
