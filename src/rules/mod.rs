//! The heart: what an authority's distribution rules are, and what they decide.
//!
//! Everything here is a value or a pure function of values: no I/O, no clock, no async. A [`RuleBook`] is what
//! people edit; [`RuleBook::compile`] turns it into a [`Distributor`], which decides; [`Distributor::explain`]
//! says why, rule by rule; [`RuleBook::findings`] says what looks wrong before any message comes.
//!
//! The semantics are those of KOMBIT's *SF1606 Modtag post*: a rule looks at one fact of the message, the lowest
//! priority number wins, and what no rule takes goes to the authority's default recipient (*opsamlingssystem*).

mod access;
mod addresses;
mod analysis;
mod application;
mod book;
mod caseless;
mod classification;
mod comparison;
mod contact_point;
mod cpr;
mod criterion_kind;
mod cvr;
mod days;
mod distributor;
mod earlier;
mod effect;
mod explain;
mod facts;
mod fagsystem;
mod fault;
mod interval_index;
mod kle_plan;
mod known_authority;
mod numbering;
mod ordering;
mod pairing;
mod review;
mod spelling;
mod switch;
mod timeline;
mod transfer;
mod trial;

pub use access::{Access, HeaderName, NotAHeaderName};
pub use addresses::NewAddress;
pub use analysis::{Finding, FindingKind, Severity};
pub use application::{Applied, Obstacle};
pub use book::{Authority, Criterion, EndsBeforeStart, Priority, Rule, RuleBook, Segment, Validity};
pub use caseless::{Caseless, without_space_around};
pub(crate) use classification::looks_like_interval;
pub use classification::{Classification, Form, FormNumbers, Interval, Kle, KleNumbers, NotAnInterval, Number};
pub use comparison::{Difference, Subject, Swap};
pub use contact_point::{Audience, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails};
pub(crate) use cpr::{LEFT_OUT, is_harmless_name};
pub use cpr::{short_without_cpr, without_cpr};
pub use criterion_kind::CriterionKind;
pub use cvr::{Cvr, NotACvr};
pub use distributor::{Decision, Distributor, Ground, UnknownRecipient};
pub use effect::{Effect, Effects, Receiver};
pub use explain::{ExplainedRule, Explanation, MatchResult};
pub use facts::{AddressedContactPoint, Facts, PostType, Sender, SenderKind};
pub(crate) use fagsystem::without_password;
pub use fagsystem::{Endpoint, Fagsystem, FagsystemId, NotAnEndpoint, Seconds, TimeLimits, is_loopback};
pub use fault::{AuthorityOutline, Fault, Faults, JsonPath, Problem, cross_check};
pub use kle_plan::{KleChange, KlePlan};
pub use known_authority::KnownAuthority;
pub use ordering::Renumbering;
pub use review::{Clash, Never, Review};
pub use switch::Switch;
pub use transfer::{Target, Transfer};
pub use trial::{Catch, Lost, RuleTrial};
