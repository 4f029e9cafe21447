//! The heart: what an authority's distribution rules are, and what they decide.
//!
//! Everything here is a value or a pure function of values: no I/O, no clock, no async. A [`RuleBook`] is what
//! people edit; [`RuleBook::compile`] turns it into a [`Distributor`], which decides; [`Distributor::explain`]
//! says why, rule by rule; [`RuleBook::findings`] says what looks wrong before any message comes.
//!
//! The semantics are those of KOMBIT's *SF1606 Modtag post*: a rule looks at one fact of the message, the lowest
//! priority number wins, and what no rule takes goes to the authority's default recipient (*opsamlingssystem*).

mod book;
mod changing;
mod checking;
mod comparing;
mod deciding;
mod facts;
mod previewing;
mod segment_tree;
mod values;

pub(crate) use book::without_password;
pub use book::{
    Access, Audience, Authority, ContactGroup, ContactPoint, Criterion, CriterionKind, Endpoint, EndsBeforeStart,
    Fagsystem, FagsystemId, HeaderName, KnownAuthority, Megabytes, NotAHeaderName, NotAnEndpoint, PointCode,
    PointDetails, Priority, Rule, RuleBook, Seconds, Segment, TimeLimits, Validity, is_loopback,
};
pub use changing::{Applied, Obstacle, Renumbering, Switch, Target, Transfer};
pub use checking::{
    AuthorityOutline, Clash, Fault, Faults, Finding, FindingKind, JsonPath, Never, Problem, Review, Severity,
    cross_check,
};
pub use comparing::{Difference, NewAddress, Subject, Swap};
pub use deciding::{Decision, Distributor, ExplainedRule, Explanation, Ground, MatchResult, UnknownRecipient};
pub use facts::{AddressedContactPoint, Facts, PostType, Sender, SenderKind};
pub use previewing::{Catch, Effect, Effects, Lost, Receiver, RuleTrial};
pub use values::{
    Caseless, Classification, Cvr, Form, FormNumbers, Interval, Kle, KleChange, KleNumbers, KlePlan, NotACvr,
    NotAnInterval, Number, short_without_cpr, without_cpr, without_space_around,
};
pub(crate) use values::{LEFT_OUT, is_harmless_name, looks_like_interval};
