//! What is to be said of a trial's calls.

use std::time::Duration;

use axum::http::Version;

use super::{CallResult, Trial};

/// The response times that the platform promises (SF1606) for a simple, a medium and a complex call.
const SIMPLE: Duration = Duration::from_secs(1);
const MEDIUM: Duration = Duration::from_millis(1500);
const COMPLEX: Duration = Duration::from_secs(4);

/// Something to be said of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The letter was not accepted in that call of the trial, counted from 0.
    NotAccepted(usize),
    /// It was accepted the first time, and not when the same bytes came again.
    RepeatNotAccepted(usize),
    /// It was called accepted before the whole letter was there.
    TooEarly(usize),
    /// The answer took longer than the platform promises for anything.
    TooSlow(Duration),
    /// It took longer than the platform promises for a medium call.
    Slow(Duration),
    /// It took longer than the platform promises for a simple call.
    NotQuick(Duration),
    /// Chunks were not read; with its length the letter was accepted.
    WantsLength,
    /// It answers with HTTP/1.0, so that it never gets chunks.
    OldHttp,
}

impl Finding {
    /// Whether the endpoint falls short by it.
    #[must_use]
    pub fn falls_short(self) -> bool {
        match self {
            Self::NotAccepted(_) | Self::RepeatNotAccepted(_) | Self::TooEarly(_) | Self::TooSlow(_) => true,
            Self::Slow(_) | Self::NotQuick(_) | Self::WantsLength | Self::OldHttp => false,
        }
    }
}

/// What a trial comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// As it should be.
    Well,
    /// It works; something is to be known of it.
    Remark,
    /// The endpoint falls short.
    Short,
    /// It was to be left out.
    LeftOut,
    /// It was not made, since the endpoint could not be reached or does not answer.
    GivenUp,
}

impl Grade {
    pub(super) fn of(findings: &[Finding]) -> Self {
        match findings {
            [] => Self::Well,
            findings if findings.iter().any(|finding| finding.falls_short()) => Self::Short,
            _ => Self::Remark,
        }
    }
}

/// What is to be said of a trial's calls.
pub(super) fn of(trial: Trial, calls: &[CallResult]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let whole = calls.iter().enumerate().filter(|(_, call)| !call.is_cut);
    for (number, call) in whole.clone() {
        let is_made_again = calls.get(number + 1).is_some_and(|next| next.uuid == call.uuid && call.was_not_read());
        if call.is_accepted() || is_made_again {
            continue;
        }
        let repeats = trial == Trial::Repeated && calls[..number].iter().any(CallResult::is_accepted);
        findings.push(if repeats { Finding::RepeatNotAccepted(number) } else { Finding::NotAccepted(number) });
    }
    let says_yes = |call: &CallResult| call.seen().is_some_and(|seen| (200..300).contains(&seen.status));
    let early = calls.iter().enumerate().find(|(_, call)| call.is_cut && says_yes(call));
    findings.extend(early.map(|(number, _)| Finding::TooEarly(number)));
    // A yes that came with the last piece may be no sign of it: whoever answers too early is found where letters break off.
    let refuses_chunks = |call: &CallResult| call.was_not_read() && !says_yes(call);
    if calls.iter().any(refuses_chunks) && calls.iter().any(CallResult::is_accepted) {
        findings.push(Finding::WantsLength);
    }
    let is_old = |call: &CallResult| call.seen().is_some_and(|seen| seen.version < Version::HTTP_11);
    if trial == Trial::InChunks && calls.iter().any(is_old) {
        findings.push(Finding::OldHttp);
    }
    let slowest = whole.filter(|(_, call)| call.is_accepted()).filter_map(|(_, call)| call.tried.answered_in).max();
    findings.extend(slowest.and_then(time));
    findings
}

fn time(took: Duration) -> Option<Finding> {
    match took {
        _ if took > COMPLEX => Some(Finding::TooSlow(took)),
        _ if took > MEDIUM => Some(Finding::Slow(took)),
        _ if took > SIMPLE => Some(Finding::NotQuick(took)),
        _ => None,
    }
}
