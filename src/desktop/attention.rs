//! How it stands with the fagsystems, and what of it all needs a person.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::naming::fagsystem_name;
use super::{RouterState, Trouble};
use crate::router::NotReady;
use crate::rules::{Authority, Fagsystem, Priority, RuleBook};
use crate::store::{ClockDoubt, FagsystemFigures, Failure, Overview, Reason, Standing, Urgency};

/// So many messages that a fagsystem has not accepted in a row are no chance.
const MANY_FAILURES: u64 = 3;
/// A fagsystem that accepted nothing for so long is not said to run.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// From so many messages, and one in so many, too much goes to default recipients.
const MANY_BY_DEFAULT: u64 = 20;
const ONE_IN: u64 = 5;
/// The longest that the platform lets its callers wait, and how many in a hundred may wait longer.
const PROMISE: std::time::Duration = std::time::Duration::from_secs(4);
const SLOW_PERCENT: u64 = 1;
/// A rule that ends within so many days is told of.
const SOON_DAYS: i32 = 14;

/// How it stands with a fagsystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    /// It is paused.
    Paused,
    /// It has not accepted the last messages.
    Failing,
    /// It may have messages that nobody knows of.
    Unknown,
    /// It has accepted nothing for long, and failed nothing either.
    Silent,
    /// It has accepted something lately.
    Running,
    /// No message was ever sent to it.
    Untried,
}

impl Health {
    pub fn of(fagsystem: &Fagsystem, figures: &FagsystemFigures, now: Timestamp) -> Self {
        let standing = &figures.standing;
        let is_failing = is_failing(standing) || standing.last_accepted.is_none();
        match standing.last_accepted {
            _ if !fagsystem.active => Self::Paused,
            _ if !standing.was_tried() => Self::Untried,
            _ if is_failing => Self::Failing,
            _ if figures.unknown > 0 => Self::Unknown,
            Some(accepted) if now.duration_since(accepted) < FRESH => Self::Running,
            _ => Self::Silent,
        }
    }
}

/// Something that needs a person. Fagsystems are told of by their names.
#[derive(Debug, Clone)]
pub(super) enum Warning {
    /// The window's router does not run.
    RouterStopped,
    /// It cannot.
    RouterFailed(Trouble),
    /// It runs, and refuses everything.
    RouterRefuses(NotReady),
    /// Digital Post deactivates the fagsystem soon, or may have done so.
    Deactivation { name: String, standing: Standing, urgency: Urgency },
    /// It has not accepted so many messages in a row, the last one so.
    Failing { name: String, failures: u64, last: Option<Failure> },
    /// So many messages it may have taken or not.
    Unknown { name: String, messages: u64 },
    /// So many messages came with the messageUUID of another message; the newest of these.
    SharedUuid { messages: u64, newest: String },
    /// The machine's clock has jumped, so that the journal forgets nothing.
    ClockDoubted(ClockDoubt),
    /// It is paused, and so many messages were refused since it accepted its last.
    Paused { name: String, refused: u64 },
    /// So many of so many went to default recipients.
    ByDefault { messages: u64, of: u64 },
    /// So many of so many were answered later than the platform promises.
    Slow { messages: u64, of: u64 },
    /// These rules of an authority end soon, the first of them on that day.
    Expiring { rules: Vec<Priority>, first: Date },
}

impl Warning {
    /// Whether mail stays behind, or may be lost, until somebody does something.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::RouterStopped
            | Self::RouterFailed(_)
            | Self::RouterRefuses(_)
            | Self::Failing { .. }
            | Self::Unknown { .. }
            | Self::SharedUuid { .. }
            | Self::ClockDoubted(_) => true,
            Self::Deactivation { urgency, .. } => *urgency >= Urgency::VerySoon,
            Self::Paused { .. } | Self::ByDefault { .. } | Self::Slow { .. } | Self::Expiring { .. } => false,
        }
    }
}

/// What needs a person, the most urgent first.
pub(super) fn warnings(
    overview: &Overview,
    book: &RuleBook,
    router: &RouterState,
    today: Date,
    now: Timestamp,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    match router {
        RouterState::Stopped => warnings.push(Warning::RouterStopped),
        RouterState::Failed(trouble) => warnings.push(Warning::RouterFailed(trouble.clone())),
        RouterState::Refusing(_, reason) => warnings.push(Warning::RouterRefuses(reason.clone())),
        RouterState::Starting | RouterState::Running(_) | RouterState::Stopping | RouterState::Elsewhere(_) => {}
    }
    for authority in &book.authorities {
        for fagsystem in &authority.fagsystems {
            let figures = overview.fagsystem(authority.cvr, &fagsystem.id);
            let name = || fagsystem_name(authority, &fagsystem.id).to_owned();
            warnings.extend(of_fagsystem(name, fagsystem, &figures, now));
            if figures.unknown > 0 {
                warnings.push(Warning::Unknown { name: name(), messages: figures.unknown });
            }
        }
        warnings.extend(expiring(authority, today));
    }
    warnings.extend(overview.clock_doubt.map(Warning::ClockDoubted));
    if let Some(newest) = &overview.newest_shared_uuid {
        warnings.push(Warning::SharedUuid { messages: overview.shared_uuids, newest: newest.clone() });
    }
    let total = &overview.total;
    if total.by_default >= MANY_BY_DEFAULT && total.by_default * ONE_IN >= total.answers.count {
        warnings.push(Warning::ByDefault { messages: total.by_default, of: total.answers.count });
    }
    let late = total.answers.count - total.answers.within(PROMISE).unwrap_or(total.answers.count);
    if late * 100 > total.answers.count * SLOW_PERCENT {
        warnings.push(Warning::Slow { messages: late, of: total.answers.count });
    }
    warnings.sort_by_key(|warning| !warning.is_urgent());
    warnings
}

/// The one thing to say of a fagsystem that does not get what it should.
fn of_fagsystem(
    name: impl Fn() -> String,
    fagsystem: &Fagsystem,
    figures: &FagsystemFigures,
    now: Timestamp,
) -> Option<Warning> {
    let standing = figures.standing;
    let was_refused = standing.last_failure.is_some_and(|last| last.reason == Some(Reason::Paused));
    let urgency = standing.urgency(now).filter(|urgency| *urgency > Urgency::Calm);
    if !fagsystem.active && was_refused && standing.failures > 0 {
        return Some(Warning::Paused { name: name(), refused: standing.failures });
    }
    if let Some(urgency) = urgency {
        return Some(Warning::Deactivation { name: name(), standing, urgency });
    }
    let is_failing = fagsystem.active && is_failing(&standing);
    is_failing.then(|| Warning::Failing { name: name(), failures: standing.failures, last: standing.last_failure })
}

/// Whether what it has not accepted is more than chance: much in a row, or something that only a person can set right,
/// such as an expired key.
fn is_failing(standing: &Standing) -> bool {
    let needs_a_person = standing.last_failure.and_then(|last| last.reason).is_some_and(Reason::needs_a_person);
    standing.failures >= MANY_FAILURES || (standing.failures > 0 && needs_a_person)
}

fn expiring(authority: &Authority, today: Date) -> Option<Warning> {
    let soon = today.saturating_add(SOON_DAYS.days());
    let ending = authority.rules.iter().filter(|rule| rule.active && rule.validity.from() <= soon);
    let ending = ending.filter_map(|rule| Some((rule.validity.to()?, rule.priority)));
    let ending: Vec<_> = ending.filter(|(to, _)| (today..=soon).contains(to)).collect();
    let first = ending.iter().map(|(to, _)| *to).min()?;
    Some(Warning::Expiring { rules: ending.into_iter().map(|(_, rule)| rule).collect(), first })
}
