//! What is noteworthy about a trial's calls.

use std::time::Duration;

use axum::http::Version;

use super::call::CallResult;
use super::trial::Trial;
use crate::router::Judgement;
use crate::store::Reason;

/// The response times that the platform promises (SF1606) for a simple, a medium and a complex call.
const SIMPLE: Duration = Duration::from_secs(1);
const MEDIUM: Duration = Duration::from_millis(1500);
const COMPLEX: Duration = Duration::from_secs(4);

/// Something noteworthy about a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointFinding {
    /// The letter was not accepted in that call of the trial, counted from 0.
    NotAccepted(usize),
    /// It was accepted the first time, and not when the same bytes came again.
    RepeatNotAccepted(usize),
    /// The letter was accepted from an unauthorised caller.
    TakesFromAnybody,
    /// An unauthorised caller got a rejection: a forgotten key would lose letters.
    RejectsForKey,
    /// An unauthorised caller got another answer than 401 or 403.
    NotKeptOut,
    /// It was accepted before the whole letter had been sent.
    TooEarly(usize),
    /// The answer took longer than the platform promises for anything.
    TooSlow(Duration),
    /// It took longer than the platform promises for a medium call.
    Slow(Duration),
    /// It took longer than the platform promises for a simple call.
    NotQuick(Duration),
    /// A chunked body was not read; with a `Content-Length` the letter was accepted.
    WantsLength,
    /// It answers with HTTP/1.0, so the router never sends it a chunked body.
    OldHttp,
}

impl EndpointFinding {
    /// Whether it makes the trial fail.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Self::NotAccepted(_)
            | Self::RepeatNotAccepted(_)
            | Self::TakesFromAnybody
            | Self::RejectsForKey
            | Self::NotKeptOut
            | Self::TooEarly(_)
            | Self::TooSlow(_) => true,
            Self::Slow(_) | Self::NotQuick(_) | Self::WantsLength | Self::OldHttp => false,
        }
    }
}

/// The grade of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// As it should be.
    Passed,
    /// It works, with something to note.
    Remark,
    /// The endpoint does not do what it must.
    Failed,
    /// It was left out by choice.
    LeftOut,
    /// It was not made, since the endpoint cannot be reached, does not answer, or refuses every call.
    GivenUp,
}

impl Grade {
    pub(super) fn of(findings: &[EndpointFinding]) -> Self {
        match findings {
            [] => Self::Passed,
            findings if findings.iter().any(|finding| finding.is_failure()) => Self::Failed,
            _ => Self::Remark,
        }
    }
}

/// What is noteworthy about a trial's calls.
pub(super) fn of(trial: Trial, calls: &[CallResult]) -> Vec<EndpointFinding> {
    if trial.is_by_stranger() {
        return calls.iter().filter_map(of_stranger).collect();
    }
    let mut findings = Vec::new();
    let whole = calls.iter().enumerate().filter(|(_, call)| !call.is_cut);
    for (number, call) in whole.clone() {
        let is_made_again = calls.get(number + 1).is_some_and(|next| next.uuid == call.uuid && call.was_not_read());
        if call.is_accepted() || is_made_again || (trial == Trial::SameTime && may_come_again(call, calls)) {
            continue;
        }
        let repeats = trial == Trial::Repeated && calls[..number].iter().any(CallResult::is_accepted);
        findings.push(if repeats {
            EndpointFinding::RepeatNotAccepted(number)
        } else {
            EndpointFinding::NotAccepted(number)
        });
    }
    let says_yes = |call: &CallResult| call.seen().is_some_and(|seen| (200..300).contains(&seen.status));
    let early = calls.iter().enumerate().find(|(_, call)| call.is_cut && says_yes(call));
    findings.extend(early.map(|(number, _)| EndpointFinding::TooEarly(number)));
    // A positive answer that arrives with the last piece proves nothing; answering too early shows where letters are cut
    // off.
    let refuses_chunks = |call: &CallResult| call.was_not_read() && !says_yes(call);
    if calls.iter().any(refuses_chunks) && calls.iter().any(CallResult::is_accepted) {
        findings.push(EndpointFinding::WantsLength);
    }
    let is_old = |call: &CallResult| call.seen().is_some_and(|seen| seen.version < Version::HTTP_11);
    if trial == Trial::InChunks && calls.iter().any(is_old) {
        findings.push(EndpointFinding::OldHttp);
    }
    let slowest = whole.filter(|(_, call)| call.is_accepted()).filter_map(|(_, call)| call.tried.answered_in).max();
    findings.extend(slowest.and_then(time));
    findings
}

/// Whether a letter sent twice at the same time was deferred in that call and accepted in the other.
fn may_come_again(call: &CallResult, calls: &[CallResult]) -> bool {
    let is_put_off = call.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Unavailable);
    is_put_off && call.seen().is_some() && calls.iter().any(CallResult::is_accepted)
}

/// The finding on an answer to an unauthorised caller.
fn of_stranger(call: &CallResult) -> Option<EndpointFinding> {
    let Some(verdict) = call.verdict() else { return Some(EndpointFinding::NotKeptOut) };
    let is_kept_out = match verdict.status {
        Some(status) => verdict.judgement == Judgement::Unavailable && matches!(status, 401 | 403),
        // TLS itself refuses a caller without the certificate.
        None => matches!(
            verdict.reason,
            Some(Reason::ClientCertificateWanted | Reason::ClientCertificateRefused | Reason::ClientCertificateExpired)
        ),
    };
    match verdict.judgement {
        _ if is_kept_out => None,
        Judgement::Accepted => Some(EndpointFinding::TakesFromAnybody),
        Judgement::Rejected => Some(EndpointFinding::RejectsForKey),
        Judgement::Unavailable | Judgement::Unknown => Some(EndpointFinding::NotKeptOut),
    }
}

fn time(took: Duration) -> Option<EndpointFinding> {
    match took {
        _ if took > COMPLEX => Some(EndpointFinding::TooSlow(took)),
        _ if took > MEDIUM => Some(EndpointFinding::Slow(took)),
        _ if took > SIMPLE => Some(EndpointFinding::NotQuick(took)),
        _ => None,
    }
}
