//! The rules by which an authority distributes its mail, and what they decide.
//!
//! Everything here is a value or a pure function of values: no I/O, no clock, no async. People edit a [`RuleBook`];
//! [`RuleBook::findings`] reports what looks wrong in it; [`RuleBook::compare`] and [`RuleBook::apply`] carry changes from one
//! book to another; [`Effects`] previews what a change would have done with past messages. [`RuleBook::compile`] turns a
//! book into a [`Distributor`], which decides by the [`Facts`] of a message, and [`Distributor::explain`] says why, rule by
//! rule.
//!
//! The semantics are those of KOMBIT's *SF1606 Modtag post*: a rule looks at one fact of the message, the lowest priority
//! number wins, and a message that no rule matches goes to the authority's default recipient (*opsamlingssystem*).
//!
//! Each part uses only those below it: `previewing`, `proving`, `scheduling`, `changing` and `taking` are on top, then `deciding`,
//! then `comparing` and `checking`, then the `book`, the `facts` of a message, and the `values` of which both consist.
//! `segment_tree` finds, for `deciding` and `checking`, which of many intervals of KLE and FORM numbers a number is in.

mod book;
mod changing;
mod checking;
mod comparing;
mod coverage;
mod deciding;
mod facts;
mod previewing;
mod proving;
mod scheduling;
mod segment_tree;
mod taking;
mod values;

pub(crate) use book::without_password;
pub use book::{
    Access, Audience, Authority, ContactGroup, ContactPoint, Criterion, CriterionKind, Endpoint, EndsBeforeStart,
    Fagsystem, FagsystemId, Guard, HeaderName, KnownAuthority, Megabytes, NotAHeaderName, NotAnEndpoint, PointCode,
    PointDetails, Priority, Rule, RuleBook, Seconds, Segment, TimeLimits, Validity, is_loopback,
};
pub use changing::{Applied, Neighbours, Obstacle, Remedy, Renumbering, Switch, Target, Transfer};
pub use checking::{
    AuthorityOutline, Clash, Fault, Faults, Finding, FindingKind, GroupFirst, GroupRules, Idle, JsonPath, Never,
    Problem, Review, Severity, cross_check,
};
pub use comparing::{Difference, NewAddress, Subject, Swap};
pub use deciding::{
    BrokenGuard, Decision, Destination, Distributor, ExplainedRule, Explanation, Ground, MatchResult, UnknownRecipient,
};
pub use facts::{AddressedContactPoint, Facts, PostType, Sender, SenderKind};
pub use previewing::{
    Catch, Effect, Effects, Flow, Lost, MailMap, MailWay, Place, Receiver, Replay, Replaying, RuleTrial, Share, Way,
};
pub use proving::{Expiry, Proof, ReceiverChange, Span};
pub use scheduling::{Days, Gap, Handover, RuleDays, Schedule};
pub use taking::{Part, PartOrigin, PlanMail, PlanTree, Ruled, Stretch, TakenBy, Taker, Takers, Taking};
pub use values::{
    Caseless, Classification, Cvr, Form, FormNumbers, Interval, Kle, KleChange, KleNumbers, KlePlan, NotACvr,
    NotAnInterval, Number, form_areas, short_without_cpr, without_cpr, without_space_around,
};
pub(crate) use values::{LEFT_OUT, is_harmless_name, looks_like_interval};
