//! The rule book: authorities with their fagsystems, contact points, rules and guards.
//!
//! It is a value that people edit. It may be unfinished or contradict itself; checking it is the work of another folder.

mod access;
mod authority;
mod contact_point;
mod criterion;
mod endpoint;
mod fagsystem;
mod guard;
mod known_authority;
mod rule;
mod rule_book;
mod validity;

pub use access::{Access, HeaderName, NotAHeaderName};
pub use authority::Authority;
pub use contact_point::{Audience, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails};
pub use criterion::{Criterion, CriterionKind};
pub(crate) use endpoint::without_password;
pub use endpoint::{Endpoint, NotAnEndpoint, is_loopback};
pub use fagsystem::{Fagsystem, FagsystemId, Seconds, TimeLimits};
pub use guard::Guard;
pub use known_authority::KnownAuthority;
pub use rule::{Priority, Rule, Segment};
pub use rule_book::RuleBook;
pub use validity::{EndsBeforeStart, Validity};
