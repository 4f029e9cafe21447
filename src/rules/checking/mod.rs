//! What is wrong with a rule book, before any message arrives.
//!
//! A [`Fault`] is a contradiction, with which a book cannot decide anything. A [`Finding`] is for people to look at: a fault, a
//! rule that can never win or changes nothing, a paused fagsystem, an address without encryption. Both say where by a
//! [`JsonPath`]. What is found of rules is true of all messages that there can be ([`Review`]).

mod causes;
mod fault;
mod findings;
mod group_first;
mod json_path;
mod overlaps;
mod redundancy;
mod review;

pub use fault::{AuthorityOutline, Fault, Faults, Problem, cross_check};
pub use findings::{Finding, FindingKind, Severity};
pub use group_first::{GroupFirst, GroupRules};
pub use json_path::JsonPath;
pub use review::{Clash, Idle, Never, Review};
