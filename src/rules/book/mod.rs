//! The rule book: authorities with their fagsystems, contact points and rules.
//!
//! It is a value that people edit, and it may be unfinished or contradict itself.

mod access;
mod contact_point;
mod criterion_kind;
mod fagsystem;
mod known_authority;
mod rule_book;

pub use access::{Access, HeaderName, NotAHeaderName};
pub use contact_point::{Audience, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails};
pub use criterion_kind::CriterionKind;
pub(crate) use fagsystem::without_password;
pub use fagsystem::{Endpoint, Fagsystem, FagsystemId, NotAnEndpoint, Seconds, TimeLimits, is_loopback};
pub use known_authority::KnownAuthority;
pub use rule_book::{Authority, Criterion, EndsBeforeStart, Priority, Rule, RuleBook, Segment, Validity};
