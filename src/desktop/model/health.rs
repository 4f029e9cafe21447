//! The health of each fagsystem, and the warnings that a person has to act on.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::after_publishing::{Measure, standing_out};
use super::error::Error;
use super::names::fagsystem_name;
use super::router_state::RouterState;
use super::routers::{RouterTrouble, Routers};
use crate::router::{Hindrance, NotReady};
use crate::rules::{Authority, Cvr, Fagsystem, FagsystemId, Priority, RuleBook};
use crate::service_level::{Promise, Strain};
use crate::store::{
    ClockDoubt, DeliveryFailure, DeliveryRecord, FagsystemFigures, Outcome, Overview, PartLevels, PublicationNumber,
    Reason, Urgency,
};

/// This many consecutive failures count as an outage rather than bad luck.
const OUTAGE_FAILURES: u64 = 3;
/// A fagsystem runs if it accepted a message this recently.
const RECENT: SignedDuration = SignedDuration::from_hours(24);
/// Too much goes to default recipients when at least this many messages do...
const MIN_BY_DEFAULT: u64 = 20;
/// ...and at least one in this many.
const BY_DEFAULT_ONE_IN: u64 = 5;
/// Digital Post gives a receiver this long to answer.
pub const ANSWER_DEADLINE: std::time::Duration = std::time::Duration::from_secs(4);
/// The percentage of answers that may be later than [`ANSWER_DEADLINE`] without a warning.
const SLOW_PERCENT: u64 = 1;
/// A fagsystem's promise is warned of from this many unanswered messages on.
const MIN_UNANSWERED: u64 = 5;
/// Rules that end within this many days are reported.
const EXPIRY_NOTICE_DAYS: i32 = 14;

/// The state of a fagsystem, as far as its last answers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It is paused.
    Paused,
    /// It could not be reached, or gave no proper answer, when a message was last sent to it.
    Failing,
    /// It rejected the last message.
    Rejecting,
    /// It accepted the last message, within a day.
    Running,
    /// Unknown: no message was sent to it within a day, or none since its pause ended.
    NotSeen,
}

impl Health {
    pub fn of(fagsystem: &Fagsystem, figures: &FagsystemFigures, now: Timestamp) -> Self {
        let record = &figures.record;
        match condition(record) {
            _ if !fagsystem.active => Self::Paused,
            Some(Condition::Failing) => Self::Failing,
            Some(Condition::Rejecting) => Self::Rejecting,
            None if record.last_accepted.is_some_and(|at| now.duration_since(at) < RECENT) => Self::Running,
            Some(Condition::NotTried) | None => Self::NotSeen,
        }
    }
}

/// Whether the router itself will try again, or send the next message in another way.
fn resolves_itself(reason: Option<Reason>) -> bool {
    matches!(reason, Some(Reason::Busy | Reason::Unread))
}

/// What the failures since the last accepted message amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    /// It was paused, and no message was sent to it since.
    NotTried,
    Failing,
    Rejecting,
}

/// Judges a fagsystem by the last message that it did not accept; `None` when it has accepted one since, or the failure
/// will resolve itself.
fn condition(record: &DeliveryRecord) -> Option<Condition> {
    let last = record.last_failure.filter(|_| record.failures > 0)?;
    match last.reason {
        Some(Reason::Paused) => Some(Condition::NotTried),
        // Only if it is the sole failure: earlier ones may have another cause.
        reason if resolves_itself(reason) && record.failures == 1 => None,
        _ if last.outcome == Outcome::Rejected => Some(Condition::Rejecting),
        _ => Some(Condition::Failing),
    }
}

/// A fagsystem with the name that it is shown by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FagsystemRef {
    pub authority: Cvr,
    pub id: FagsystemId,
    pub name: String,
}

/// What was lost of what a promise allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Time in which the router could not take mail.
    Time { lost: Duration, allowed: Duration },
    /// Messages that a fagsystem did not answer.
    Messages { lost: u64, allowed: u64, of: u64 },
}

/// Something that a person has to act on.
#[derive(Debug, Clone)]
pub enum Warning {
    /// No program runs the router.
    RouterStopped,
    /// None of the routers that share the database runs.
    NoRouterRuns,
    /// One of the routers that share the database, by its name.
    RouterTrouble(String, RouterTrouble),
    /// Whether the router runs is unknown.
    RouterUnknown,
    /// The router could not be started.
    RouterFailed(Error),
    /// The router runs, and refuses every message.
    RouterRefuses(NotReady),
    /// Digital Post deactivates the fagsystem soon, or may have done so.
    Deactivation { of: FagsystemRef, record: DeliveryRecord, urgency: Urgency, is_paused: bool },
    /// It has failed to accept this many consecutive messages: how the last one failed, and when the first came.
    Failing { of: FagsystemRef, failures: u64, last: Option<DeliveryFailure>, since: Option<Timestamp> },
    /// It is unknown whether the fagsystem has this many messages.
    Unknown { of: FagsystemRef, messages: u64 },
    /// This many messages came with the messageUUID of another message.
    SharedUuid { messages: u64 },
    /// The machine's clock has jumped. Until a person confirms it, the journal forgets nothing.
    ClockDoubted(ClockDoubt),
    /// It is paused, and this many messages were refused since it last accepted one: when the first came.
    Paused { of: FagsystemRef, refused: u64, since: Option<Timestamp> },
    /// Too many messages went to default recipients: how many, of how many.
    ByDefault { messages: u64, of: u64 },
    /// Too many answers were later than [`ANSWER_DEADLINE`]: how many, of how many.
    Slow { messages: u64, of: u64 },
    /// The router has found something that will not work, perhaps before any message failed.
    Hindrance { of: Option<FagsystemRef>, hindrance: Hindrance },
    /// Since that publication mail goes otherwise than before; the one before it is what it can be taken back to.
    AfterPublishing { publication: PublicationNumber, previous: PublicationNumber, measures: Vec<Measure> },
    /// Much, or all, of what the service agreement allows to be lost this month is lost: by which promise, how much of how much.
    /// `None`: it is about the router.
    ServiceLevel { of: Option<FagsystemRef>, promise: Promise, month: Date, strain: Strain, loss: Loss },
    /// These rules of an authority end soon: the day of the first.
    Expiring { authority: Cvr, rules: Vec<Priority>, first: Date },
}

impl Warning {
    /// Whether mail is held up, or may be lost, until somebody acts.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::RouterStopped
            | Self::NoRouterRuns
            | Self::RouterUnknown
            | Self::RouterFailed(_)
            | Self::RouterRefuses(_)
            | Self::Unknown { .. }
            | Self::SharedUuid { .. }
            | Self::ClockDoubted(_) => true,
            // A silent one leaves its mail to the others; one with old rules delivers by them.
            Self::RouterTrouble(_, trouble) => matches!(trouble, RouterTrouble::Behind { .. }),
            Self::Deactivation { urgency, .. } => *urgency >= Urgency::VerySoon,
            Self::Failing { failures, last, .. } => is_outage(*failures, last.as_ref()),
            Self::Hindrance { hindrance, .. } => !matches!(hindrance, Hindrance::CertificateExpires(..)),
            Self::ServiceLevel { strain, .. } => *strain >= Strain::Most,
            Self::Paused { .. }
            | Self::ByDefault { .. }
            | Self::Slow { .. }
            | Self::AfterPublishing { .. }
            | Self::Expiring { .. } => false,
        }
    }

    /// The fagsystem that the warning is about.
    pub fn fagsystem(&self) -> Option<&FagsystemRef> {
        match self {
            Self::Deactivation { of, .. }
            | Self::Failing { of, .. }
            | Self::Unknown { of, .. }
            | Self::Paused { of, .. } => Some(of),
            Self::Hindrance { of, .. } | Self::ServiceLevel { of, .. } => of.as_ref(),
            _ => None,
        }
    }
}

/// All warnings, the urgent ones first. What they say of rules that end is said of today, and of a later day that is shown.
pub fn warnings(
    overview: &Overview,
    book: &RuleBook,
    (router, routers): (&RouterState, Option<&Routers>),
    hindrances: &[Hindrance],
    (today, shown): (Date, Date),
    now: Timestamp,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    match router {
        RouterState::Stopped if routers.is_some() => warnings.push(Warning::NoRouterRuns),
        RouterState::Stopped => warnings.push(Warning::RouterStopped),
        RouterState::Unknown => warnings.push(Warning::RouterUnknown),
        RouterState::Failed(error) => warnings.push(Warning::RouterFailed(error.clone())),
        RouterState::Refusing(_, reason) => warnings.push(Warning::RouterRefuses(reason.clone())),
        RouterState::OnServer(_)
        | RouterState::Starting
        | RouterState::Running(_)
        | RouterState::Stopping
        | RouterState::Elsewhere(_) => {}
    }
    let troubles = routers.map(Routers::troubles).unwrap_or_default();
    warnings.extend(troubles.into_iter().map(|(name, trouble)| Warning::RouterTrouble(name.to_owned(), trouble)));
    for authority in &book.authorities {
        for fagsystem in &authority.fagsystems {
            let figures = overview.fagsystem(authority.cvr, &fagsystem.id);
            let name = fagsystem_name(authority, &fagsystem.id).to_owned();
            let subject = FagsystemRef { authority: authority.cvr, id: fagsystem.id.clone(), name };
            let gets_mail = authority.default_fagsystem == fagsystem.id
                || authority.rules.iter().any(|rule| rule.fagsystem == fagsystem.id && rule.active);
            warnings.extend(of_fagsystem(&subject, fagsystem, &figures, gets_mail, now));
            if figures.unknown > 0 {
                warnings.push(Warning::Unknown { of: subject, messages: figures.unknown });
            }
        }
        warnings.extend(expiring(authority, today, today));
        warnings.extend((shown > today).then(|| expiring(authority, shown, today)).flatten());
    }
    let found = hindrances.iter().filter_map(|hindrance| of_hindrance(hindrance, book));
    let found: Vec<_> = found.filter(|found| !warnings.iter().any(|warning| covers(warning, found))).collect();
    warnings.extend(found);
    warnings.extend(of_removed(overview, book));
    warnings.extend(overview.clock_doubt.map(Warning::ClockDoubted));
    if overview.shared_uuids > 0 {
        warnings.push(Warning::SharedUuid { messages: overview.shared_uuids });
    }
    let total = &overview.total;
    if total.by_default >= MIN_BY_DEFAULT && total.by_default * BY_DEFAULT_ONE_IN >= total.answers.count {
        warnings.push(Warning::ByDefault { messages: total.by_default, of: total.answers.count });
    }
    let late = total.answers.count - total.answers.within(ANSWER_DEADLINE).unwrap_or(total.answers.count);
    if late * 100 > total.answers.count * SLOW_PERCENT {
        warnings.push(Warning::Slow { messages: late, of: total.answers.count });
    }
    warnings.extend(after_publishing(overview, book));
    warnings.extend(overview.levels.iter().flat_map(|levels| strained(levels, book)));
    warnings.sort_by_key(|warning| !warning.is_urgent());
    warnings
}

/// The most serious warning about a fagsystem that does not get its mail.
fn of_fagsystem(
    of: &FagsystemRef,
    fagsystem: &Fagsystem,
    figures: &FagsystemFigures,
    gets_mail: bool,
    now: Timestamp,
) -> Option<Warning> {
    let record = figures.record;
    let (of, since) = (of.clone(), record.failing_since);
    let condition = condition(&record);
    let urgency = record.urgency(now).filter(|urgency| *urgency > Urgency::Calm);
    let is_paused = !fagsystem.active;
    let refused = if condition == Some(Condition::NotTried) { record.failures } else { 0 };
    if is_paused && (refused > 0 || gets_mail && urgency.is_none()) {
        return Some(Warning::Paused { of, refused, since });
    }
    if let Some(urgency) = urgency {
        return Some(Warning::Deactivation { of, record, urgency, is_paused });
    }
    // Messages of unknown outcome have a warning of their own.
    let is_reported =
        record.last_failure.is_some_and(|last| last.outcome == Outcome::Unknown) && record.failures <= figures.unknown;
    let is_failing = matches!(condition, Some(Condition::Failing | Condition::Rejecting)) && !is_paused && !is_reported;
    let failures = record.failures;
    is_failing.then(|| Warning::Failing { of, failures, last: record.last_failure, since })
}

/// What the router has found. A pause has a warning of its own.
fn of_hindrance(hindrance: &Hindrance, book: &RuleBook) -> Option<Warning> {
    if matches!(hindrance, Hindrance::Paused { .. }) {
        return None;
    }
    let of = hindrance.fagsystem().map(|(authority, id)| {
        let name = book.authority(authority).map_or(id.as_str(), |authority| fagsystem_name(authority, id)).to_owned();
        FagsystemRef { authority, id: id.clone(), name }
    });
    Some(Warning::Hindrance { of, hindrance: hindrance.clone() })
}

/// Whether the first warning, of a message that failed, already says what the router has found.
fn covers(warning: &Warning, found: &Warning) -> bool {
    let is_lacking = |last: &DeliveryFailure| matches!(last.reason, Some(Reason::NoAccess | Reason::Unencrypted));
    let shows = match warning {
        Warning::Failing { last, .. } => last.as_ref().is_some_and(is_lacking),
        _ => false,
    };
    let of_secret = matches!(
        found,
        Warning::Hindrance {
            hindrance: Hindrance::SecretMissing(_) | Hindrance::SecretUnusable(..) | Hindrance::Unencrypted(..),
            ..
        }
    );
    shows && of_secret && warning.fagsystem() == found.fagsystem()
}

/// Warnings about fagsystems that the rules no longer know: messages that they may have, and messages bound to them that
/// no other fagsystem may get.
fn of_removed(overview: &Overview, book: &RuleBook) -> Vec<Warning> {
    let is_known = |authority: Cvr, id: &FagsystemId| {
        book.authority(authority).is_some_and(|authority| authority.fagsystem(id).is_some())
    };
    let mut warnings = Vec::new();
    for (authority, id, figures) in overview.fagsystems().filter(|(authority, id, _)| !is_known(*authority, id)) {
        let of = FagsystemRef { authority, id: id.clone(), name: id.to_string() };
        let DeliveryRecord { failures, last_failure: last, failing_since: since, .. } = figures.record;
        if failures > 0 && last.is_some_and(|last| last.reason == Some(Reason::Removed)) {
            warnings.push(Warning::Failing { of: of.clone(), failures, last, since });
        }
        if figures.unknown > 0 {
            warnings.push(Warning::Unknown { of, messages: figures.unknown });
        }
    }
    warnings
}

/// Whether failures amount to an outage: the fagsystem could not be reached, many consecutive messages were rejected or
/// held back, or only a person can remove the cause.
fn is_outage(failures: u64, last: Option<&DeliveryFailure>) -> bool {
    let may_be_bad_luck = last.is_none_or(|last| last.outcome == Outcome::Rejected || resolves_itself(last.reason));
    let needs_a_person = last.and_then(|last| last.reason).is_some_and(Reason::needs_a_person);
    !may_be_bad_luck || needs_a_person || failures >= OUTAGE_FAILURES
}

/// What stands out since the newest publication.
fn after_publishing(overview: &Overview, book: &RuleBook) -> Option<Warning> {
    let after = overview.after_publishing.as_ref()?;
    let measures = standing_out(after, book);
    let (publication, previous) = (after.publication.number, after.previous);
    (!measures.is_empty()).then_some(Warning::AfterPublishing { publication, previous, measures })
}

/// Where half or more is lost of what a promise allows this month. A fagsystem is named when it left several messages
/// unanswered: what a few are a sign of has warnings of its own.
fn strained(levels: &PartLevels, book: &RuleBook) -> Vec<Warning> {
    let month = levels.part.first();
    let mut warnings = Vec::new();
    for (promise, account) in Promise::ALL.into_iter().zip(&levels.router) {
        let (strain, loss) = (account.strain(), Loss::Time { lost: account.lost, allowed: account.allowance() });
        if strain > Strain::Low {
            warnings.push(Warning::ServiceLevel { of: None, promise, month, strain, loss });
        }
    }
    for authority in &book.authorities {
        for fagsystem in &authority.fagsystems {
            let Some(accounts) = levels.fagsystems.get(&(authority.cvr, fagsystem.id.clone())) else { continue };
            for (promise, account) in Promise::ALL.into_iter().zip(accounts) {
                let (strain, allowed) = (account.strain(promise), account.allowance(promise));
                if strain == Strain::Low || account.unanswered < MIN_UNANSWERED {
                    continue;
                }
                let name = fagsystem_name(authority, &fagsystem.id).to_owned();
                let of = Some(FagsystemRef { authority: authority.cvr, id: fagsystem.id.clone(), name });
                let loss = Loss::Messages { lost: account.unanswered, allowed, of: account.tries() };
                warnings.push(Warning::ServiceLevel { of, promise, month, strain, loss });
            }
        }
    }
    warnings
}

/// The rules that end soon after that day, without those that end soon after today, unless it is that.
fn expiring(authority: &Authority, day: Date, today: Date) -> Option<Warning> {
    let soon = day.saturating_add(EXPIRY_NOTICE_DAYS.days());
    let is_told = |to: Date| day != today && to <= today.saturating_add(EXPIRY_NOTICE_DAYS.days());
    let ending = authority.rules.iter().filter(|rule| rule.active && rule.validity.from() <= soon);
    let ending = ending.filter_map(|rule| Some((rule.validity.to()?, rule.priority)));
    let ending: Vec<_> = ending.filter(|(to, _)| (day..=soon).contains(to) && !is_told(*to)).collect();
    let first = ending.iter().map(|(to, _)| *to).min()?;
    Some(Warning::Expiring {
        authority: authority.cvr,
        rules: ending.into_iter().map(|(_, rule)| rule).collect(),
        first,
    })
}
