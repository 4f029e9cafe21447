//! How it stands with the fagsystems, and what of it all needs a person.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::error::Error;
use super::router_state::RouterState;
use crate::desktop::language::names::fagsystem_name;
use crate::router::{Hindrance, NotReady};
use crate::rules::{Authority, Cvr, Fagsystem, FagsystemId, Priority, RuleBook};
use crate::store::{ClockDoubt, FagsystemFigures, Failure, Outcome, Overview, Reason, Standing, Urgency};

/// This many letters rejected or held back in a row count as a fault rather than bad luck.
const MANY_FAILURES: u64 = 3;
/// A fagsystem that accepted nothing for so long is not said to run.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// From so many messages, and one in so many, too much goes to default recipients.
const MANY_BY_DEFAULT: u64 = 20;
const ONE_IN: u64 = 5;
/// The longest that the platform lets its callers wait, and how many in a hundred may wait longer.
pub const ANSWER_DEADLINE: std::time::Duration = std::time::Duration::from_secs(4);
const SLOW_PERCENT: u64 = 1;
/// A rule that ends within so many days is told of.
const SOON_DAYS: i32 = 14;

/// What state a fagsystem is in, as far as its last answers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It is paused.
    Paused,
    /// It could not be reached, or gave no proper answer, the last time that something was sent to it.
    Failing,
    /// It answered the last time, and rejected the message.
    Rejecting,
    /// It accepted the last message, not long ago.
    Running,
    /// Nothing has been sent to it lately, or nothing since it was resumed: nobody knows.
    NotSeen,
}

impl Health {
    pub fn of(fagsystem: &Fagsystem, figures: &FagsystemFigures, now: Timestamp) -> Self {
        let standing = &figures.standing;
        match ailment(standing) {
            _ if !fagsystem.active => Self::Paused,
            Some(Ailment::Failing) => Self::Failing,
            Some(Ailment::Rejecting) => Self::Rejecting,
            None if standing.last_accepted.is_some_and(|at| now.duration_since(at) < FRESH) => Self::Running,
            Some(Ailment::NotAsked) | None => Self::NotSeen,
        }
    }
}

fn passes_of_itself(reason: Option<Reason>) -> bool {
    matches!(reason, Some(Reason::Busy | Reason::Unread))
}

/// What the failures since the last acceptance come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ailment {
    /// It was paused: it has not been asked since.
    NotAsked,
    Failing,
    Rejecting,
}

/// What ails a fagsystem by the last message that it has not accepted; `None` when there is none since it accepted one,
/// or only what passes of itself.
fn ailment(standing: &Standing) -> Option<Ailment> {
    let last = standing.last_failure.filter(|_| standing.failures > 0)?;
    match last.reason {
        Some(Reason::Paused) => Some(Ailment::NotAsked),
        // The router held it back, or will send it otherwise the next time. What failed before it may be another matter.
        reason if passes_of_itself(reason) && standing.failures == 1 => None,
        _ if last.outcome == Outcome::Rejected => Some(Ailment::Rejecting),
        _ => Some(Ailment::Failing),
    }
}

/// A fagsystem that something is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FagsystemRef {
    pub authority: Cvr,
    pub id: FagsystemId,
    pub name: String,
}

/// Something that needs a person.
#[derive(Debug, Clone)]
pub enum Warning {
    /// No program runs the router.
    RouterStopped,
    /// Nobody can tell whether it runs.
    RouterUnknown,
    /// It cannot.
    RouterFailed(Error),
    /// It runs, and refuses everything.
    RouterRefuses(NotReady),
    /// Digital Post deactivates the fagsystem soon, or may have done so.
    Deactivation { of: FagsystemRef, standing: Standing, urgency: Urgency, is_paused: bool },
    /// It has not accepted so many messages in a row, the last one so; the first of them came then.
    Failing { of: FagsystemRef, failures: u64, last: Option<Failure>, since: Option<Timestamp> },
    /// So many messages it may have taken or not.
    Unknown { of: FagsystemRef, messages: u64 },
    /// So many messages came with the messageUUID of another message; the newest of these.
    SharedUuid { messages: u64 },
    /// The machine's clock has jumped, so that the journal forgets nothing.
    ClockDoubted(ClockDoubt),
    /// It is paused, and so many messages were refused since it accepted its last; the first of them came then.
    Paused { of: FagsystemRef, refused: u64, since: Option<Timestamp> },
    /// So many of so many went to default recipients.
    ByDefault { messages: u64, of: u64 },
    /// So many of so many were answered later than the platform promises.
    Slow { messages: u64, of: u64 },
    /// Something will not work, though no message may have shown it yet.
    Hindrance { of: Option<FagsystemRef>, hindrance: Hindrance },
    /// These rules of an authority end soon, the first of them on that day.
    Expiring { authority: Cvr, rules: Vec<Priority>, first: Date },
}

impl Warning {
    /// Whether mail stays behind, or may be lost, until somebody does something.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::RouterStopped
            | Self::RouterUnknown
            | Self::RouterFailed(_)
            | Self::RouterRefuses(_)
            | Self::Unknown { .. }
            | Self::SharedUuid { .. }
            | Self::ClockDoubted(_) => true,
            Self::Deactivation { urgency, .. } => *urgency >= Urgency::VerySoon,
            Self::Failing { failures, last, .. } => is_more_than_chance(*failures, last.as_ref()),
            Self::Hindrance { hindrance, .. } => !matches!(hindrance, Hindrance::CertificateExpires(..)),
            Self::Paused { .. } | Self::ByDefault { .. } | Self::Slow { .. } | Self::Expiring { .. } => false,
        }
    }

    /// The fagsystem that it is about.
    pub fn fagsystem(&self) -> Option<&FagsystemRef> {
        match self {
            Self::Deactivation { of, .. }
            | Self::Failing { of, .. }
            | Self::Unknown { of, .. }
            | Self::Paused { of, .. } => Some(of),
            Self::Hindrance { of, .. } => of.as_ref(),
            _ => None,
        }
    }
}

/// What needs a person, the most urgent first.
pub fn warnings(
    overview: &Overview,
    book: &RuleBook,
    router: &RouterState,
    hindrances: &[Hindrance],
    today: Date,
    now: Timestamp,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    match router {
        RouterState::Stopped => warnings.push(Warning::RouterStopped),
        RouterState::Unknown => warnings.push(Warning::RouterUnknown),
        RouterState::Failed(error) => warnings.push(Warning::RouterFailed(error.clone())),
        RouterState::Refusing(_, reason) => warnings.push(Warning::RouterRefuses(reason.clone())),
        RouterState::Starting | RouterState::Running(_) | RouterState::Stopping | RouterState::Elsewhere(_) => {}
    }
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
        warnings.extend(expiring(authority, today));
    }
    let found = hindrances.iter().filter_map(|hindrance| of_hindrance(hindrance, book));
    let found: Vec<_> = found.filter(|found| !warnings.iter().any(|warning| says_it_already(warning, found))).collect();
    warnings.extend(found);
    warnings.extend(of_removed(overview, book));
    warnings.extend(overview.clock_doubt.map(Warning::ClockDoubted));
    if overview.shared_uuids > 0 {
        warnings.push(Warning::SharedUuid { messages: overview.shared_uuids });
    }
    let total = &overview.total;
    if total.by_default >= MANY_BY_DEFAULT && total.by_default * ONE_IN >= total.answers.count {
        warnings.push(Warning::ByDefault { messages: total.by_default, of: total.answers.count });
    }
    let late = total.answers.count - total.answers.within(ANSWER_DEADLINE).unwrap_or(total.answers.count);
    if late * 100 > total.answers.count * SLOW_PERCENT {
        warnings.push(Warning::Slow { messages: late, of: total.answers.count });
    }
    warnings.sort_by_key(|warning| !warning.is_urgent());
    warnings
}

/// The one thing to say of a fagsystem that does not get what it should.
fn of_fagsystem(
    of: &FagsystemRef,
    fagsystem: &Fagsystem,
    figures: &FagsystemFigures,
    gets_mail: bool,
    now: Timestamp,
) -> Option<Warning> {
    let standing = figures.standing;
    let (of, since) = (of.clone(), standing.failing_since);
    let ailment = ailment(&standing);
    let urgency = standing.urgency(now).filter(|urgency| *urgency > Urgency::Calm);
    let is_paused = !fagsystem.active;
    let refused = if ailment == Some(Ailment::NotAsked) { standing.failures } else { 0 };
    if is_paused && (refused > 0 || gets_mail && urgency.is_none()) {
        return Some(Warning::Paused { of, refused, since });
    }
    if let Some(urgency) = urgency {
        return Some(Warning::Deactivation { of, standing, urgency, is_paused });
    }
    // Messages of unknown outcome are told of by themselves.
    let is_told = standing.last_failure.is_some_and(|last| last.outcome == Outcome::Unknown)
        && standing.failures <= figures.unknown;
    let is_failing = matches!(ailment, Some(Ailment::Failing | Ailment::Rejecting)) && !is_paused && !is_told;
    let failures = standing.failures;
    is_failing.then(|| Warning::Failing { of, failures, last: standing.last_failure, since })
}

/// What the router has found. Of a system on pause something is said already.
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

/// Whether a message has shown already what the router has found.
fn says_it_already(warning: &Warning, found: &Warning) -> bool {
    let is_lacking = |last: &Failure| matches!(last.reason, Some(Reason::NoAccess | Reason::Unencrypted));
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

/// Of fagsystems that the rules no longer know: what they may have, and what no other fagsystem may get.
fn of_removed(overview: &Overview, book: &RuleBook) -> Vec<Warning> {
    let is_known = |authority: Cvr, id: &FagsystemId| {
        book.authority(authority).is_some_and(|authority| authority.fagsystem(id).is_some())
    };
    let mut warnings = Vec::new();
    for (authority, id, figures) in overview.fagsystems().filter(|(authority, id, _)| !is_known(*authority, id)) {
        let of = FagsystemRef { authority, id: id.clone(), name: id.to_string() };
        let Standing { failures, last_failure: last, failing_since: since, .. } = figures.standing;
        if failures > 0 && last.is_some_and(|last| last.reason == Some(Reason::Removed)) {
            warnings.push(Warning::Failing { of: of.clone(), failures, last, since });
        }
        if figures.unknown > 0 {
            warnings.push(Warning::Unknown { of, messages: figures.unknown });
        }
    }
    warnings
}

/// Whether what it has not accepted is more than chance: it could not be reached, or much in a row was rejected or held
/// back, or something is wrong that only a person can set right.
fn is_more_than_chance(failures: u64, last: Option<&Failure>) -> bool {
    let may_be_chance = last.is_none_or(|last| last.outcome == Outcome::Rejected || passes_of_itself(last.reason));
    let needs_a_person = last.and_then(|last| last.reason).is_some_and(Reason::needs_a_person);
    !may_be_chance || needs_a_person || failures >= MANY_FAILURES
}

fn expiring(authority: &Authority, today: Date) -> Option<Warning> {
    let soon = today.saturating_add(SOON_DAYS.days());
    let ending = authority.rules.iter().filter(|rule| rule.active && rule.validity.from() <= soon);
    let ending = ending.filter_map(|rule| Some((rule.validity.to()?, rule.priority)));
    let ending: Vec<_> = ending.filter(|(to, _)| (today..=soon).contains(to)).collect();
    let first = ending.iter().map(|(to, _)| *to).min()?;
    Some(Warning::Expiring {
        authority: authority.cvr,
        rules: ending.into_iter().map(|(_, rule)| rule).collect(),
        first,
    })
}
