//! What is wrong with a rule book, before any message comes.
//!
//! A [`Fault`] keeps a book from deciding anything. A [`Finding`] is for people to look at: a rule that can never win, a
//! paused fagsystem, an address that anybody on the way can read.

mod days;
mod earlier;
mod fault;
mod findings;
mod review;

pub use fault::{AuthorityOutline, Fault, Faults, JsonPath, Problem, cross_check};
pub use findings::{Finding, FindingKind, Severity};
pub use review::{Clash, Never, Review};
