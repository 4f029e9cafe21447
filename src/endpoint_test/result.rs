//! What came of a trial, and what that means for those that follow.

use super::call::CallResult;
use super::findings::{EndpointFinding, Grade};
use super::trial::Trial;
use crate::router::Judgement;
use crate::store::Reason;

/// What came of a trial.
#[derive(Debug, Clone)]
pub struct TrialResult {
    /// The trial.
    pub trial: Trial,
    /// Its calls in order; none when it was not made.
    pub calls: Vec<CallResult>,
    /// What is noteworthy about them.
    pub findings: Vec<EndpointFinding>,
    /// The grade.
    pub grade: Grade,
}

impl TrialResult {
    pub(super) fn not_made(trial: Trial, grade: Grade) -> Self {
        Self { trial, calls: Vec::new(), findings: Vec::new(), grade }
    }

    /// Whether nothing came on any call.
    fn is_mute(&self) -> bool {
        self.calls.iter().all(|call| call.seen().is_none())
    }

    /// Whether every answer was about the call and not about the letter.
    fn is_refused_as_call(&self) -> bool {
        let is_about_call = |reason: Reason| reason.needs_a_person() && reason != Reason::Unread;
        let mut whole = self.calls.iter().filter(|call| !call.is_cut);
        whole.all(|call| {
            call.seen().is_some() && call.verdict().and_then(|verdict| verdict.reason).is_some_and(is_about_call)
        })
    }

    /// Whether the letter was rejected in every call.
    pub(super) fn is_rejected(&self) -> bool {
        !self.calls.is_empty() && self.calls.iter().all(CallResult::is_rejected)
    }

    /// Whether not even a connection came about.
    fn found_nobody(&self) -> bool {
        let is_unavailable =
            |call: &CallResult| call.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Unavailable);
        self.is_mute() && self.calls.iter().any(is_unavailable)
    }
}

/// Why no more trials are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoMore {
    /// The endpoint is not there, or does not answer.
    NoAnswer,
    /// It answers that something is wrong with the call, whatever the letter.
    CallRefused,
}

/// Why further trials are pointless: the endpoint was not reached, two trials in a row were not answered, or the first or
/// two in a row were refused because of the call. Trials by unauthorised callers do not count.
pub(super) fn why_no_more(results: &[TrialResult]) -> Option<NoMore> {
    let made = || results.iter().filter(|it| !it.calls.is_empty() && !it.trial.is_by_stranger());
    let last = made().next_back()?;
    let in_a_row = |is_so: fn(&TrialResult) -> bool| made().rev().take_while(|result| is_so(result)).count();
    let refused = in_a_row(TrialResult::is_refused_as_call);
    if last.found_nobody() || in_a_row(TrialResult::is_mute) >= 2 {
        Some(NoMore::NoAnswer)
    } else if refused >= 2 || refused == made().count() {
        Some(NoMore::CallRefused)
    } else {
        None
    }
}

/// Whether the endpoint passed all trials that were made.
#[must_use]
pub fn has_passed(results: &[TrialResult]) -> bool {
    results.iter().all(|result| matches!(result.grade, Grade::Passed | Grade::Remark | Grade::LeftOut))
}

/// The call of a trial that says most about it: the first that a finding is about, else the last.
#[must_use]
pub fn representative_call(result: &TrialResult) -> Option<&CallResult> {
    let of_finding = result.findings.iter().find_map(|finding| match finding {
        EndpointFinding::NotAccepted(call)
        | EndpointFinding::RepeatNotAccepted(call)
        | EndpointFinding::TooEarly(call) => Some(*call),
        _ => None,
    });
    of_finding.and_then(|call| result.calls.get(call)).or(result.calls.last())
}
