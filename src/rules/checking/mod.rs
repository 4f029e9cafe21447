//! What is wrong with a rule book, before any message comes.
//!
//! A [`Fault`] keeps a book from deciding anything. A [`Finding`] is for people to look at: a rule that can never win, a
//! paused fagsystem, an address that anybody on the way can read.

mod days;
mod earlier_rules;
mod fault;
mod findings;
mod json_path;
mod review;

pub use fault::{AuthorityOutline, Fault, Faults, Problem, cross_check};
pub use findings::{Finding, FindingKind, Severity};
pub use json_path::JsonPath;
pub use review::{Clash, Never, Review};
