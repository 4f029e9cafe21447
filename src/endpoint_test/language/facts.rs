//! What is to be said of results, decided once for every language.

use crate::endpoint_test::call::CallResult;
use crate::endpoint_test::findings::{EndpointFinding, Grade};
use crate::endpoint_test::result::{NoMore, TrialResult, why_no_more};
use crate::endpoint_test::trial::Trial;
use crate::router::{Judgement, RecordedAnswer};
use crate::store::Reason;

/// What an answer's body looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerShape {
    Empty,
    /// By its beginning or by its media type.
    Json,
    /// A problem document (RFC 9457).
    Problem,
    Html,
    Text,
    /// Of some other media type.
    Other,
}

impl AnswerShape {
    pub fn of(seen: &RecordedAnswer) -> Self {
        let media_type = seen.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media_type.as_str() {
            "application/problem+json" => Self::Problem,
            _ if seen.body.trim().is_empty() => Self::Empty,
            _ if seen.body.trim_start_matches('\u{FEFF}').trim_start().starts_with('{') => Self::Json,
            "application/json" => Self::Json,
            "text/html" => Self::Html,
            "" => Self::Text,
            media_type if media_type.starts_with("text/") => Self::Text,
            _ => Self::Other,
        }
    }
}

/// What a call counts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CountsAs {
    /// The router cut the letter off, as the trial requires.
    CutOff,
    /// The router refuses the letter before it is sent, with that error.
    RefusedByRouter(String),
    /// The router's judgement of the answer.
    Judged {
        judgement: Judgement,
        /// Whether the fault lies with the call and a person at the authority has to put it right.
        needs_a_person: bool,
    },
}

impl CountsAs {
    pub fn of(call: &CallResult) -> Self {
        match (call.verdict(), &call.tried.result) {
            (Some(verdict), _) => Self::Judged {
                judgement: verdict.judgement,
                needs_a_person: verdict.reason.is_some_and(Reason::needs_a_person),
            },
            (None, _) if call.is_cut => Self::CutOff,
            (None, result) => Self::RefusedByRouter(result.as_ref().err().map(ToString::to_string).unwrap_or_default()),
        }
    }
}

/// What the supplier should do, or know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// The plain letter was rejected too, so this trial's speciality is not the cause.
    RejectedAnyway,
    /// Answered 413: the web server or a proxy may be what limits the size.
    RaiseSizeLimits,
    /// A valid letter was rejected; which property of it is probably the cause.
    Accept(Property),
    CheckKey,
    NoRedirect,
    ReadChunks,
    TakePostRequests,
    CheckGateway,
    CheckOwnLog,
    AnswerWithReceipt,
    /// There was no answer, for a reason that has a remedy of its own.
    Remedy(Reason),
    ReadWholeBody,
    SeeGuide,
    AnswerOnceStored,
    AnswerBeforeProcessing,
    RefuseStrangers,
    BetterReadChunks,
    OldHttpWorks,
}

/// The property of a valid letter for which it was probably rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Version,
    Smallest,
    SpecialLetters,
    ByteOrderMark,
    Namespace,
    UpperCaseUuid,
    Repeated,
    SameTime,
    ManyAtOnce,
    BrokenOffBefore,
    Size,
    /// Nothing in particular.
    None,
}

impl Property {
    fn of(trial: Trial) -> Self {
        match trial {
            Trial::OldVersion | Trial::Authority => Self::Version,
            Trial::Smallest => Self::Smallest,
            Trial::SpecialLetters => Self::SpecialLetters,
            Trial::ByteOrderMark => Self::ByteOrderMark,
            Trial::DefaultNamespace | Trial::OtherPrefix => Self::Namespace,
            Trial::UpperCaseUuid => Self::UpperCaseUuid,
            Trial::Repeated => Self::Repeated,
            Trial::SameTime => Self::SameTime,
            Trial::Together => Self::ManyAtOnce,
            Trial::BrokenOff | Trial::BrokenOffInChunks => Self::BrokenOffBefore,
            Trial::Large | Trial::Largest => Self::Size,
            Trial::Letter
            | Trial::Company
            | Trial::Reply
            | Trial::Forwarded
            | Trial::KnownLength
            | Trial::InChunks
            | Trial::WrongKey
            | Trial::NoKey => Self::None,
        }
    }
}

impl Advice {
    /// On a finding of that result. The other results may show a cause that has nothing to do with this trial.
    pub fn on(finding: EndpointFinding, result: &TrialResult, all: &[TrialResult]) -> Option<Self> {
        match finding {
            EndpointFinding::NotAccepted(number) | EndpointFinding::RepeatNotAccepted(number) => {
                let call = result.calls.get(number)?;
                let is_plain_rejected = all.first().is_some_and(TrialResult::is_rejected);
                if is_plain_rejected && result.trial != Trial::Letter && call.is_rejected() {
                    return Some(Self::RejectedAnyway);
                }
                Self::on_call(result.trial, call)
            }
            EndpointFinding::TooEarly(_) => Some(Self::AnswerOnceStored),
            EndpointFinding::TooSlow(_) | EndpointFinding::Slow(_) | EndpointFinding::NotQuick(_) => {
                Some(Self::AnswerBeforeProcessing)
            }
            EndpointFinding::TakesFromAnybody | EndpointFinding::RejectsForKey | EndpointFinding::NotKeptOut => {
                Some(Self::RefuseStrangers)
            }
            EndpointFinding::WantsLength => Some(Self::BetterReadChunks),
            EndpointFinding::OldHttp => Some(Self::OldHttpWorks),
        }
    }

    fn on_call(trial: Trial, call: &CallResult) -> Option<Self> {
        let verdict = call.verdict()?;
        Some(match (verdict.judgement, verdict.status.unwrap_or_default()) {
            (Judgement::Rejected, 413) => Self::RaiseSizeLimits,
            (Judgement::Rejected, _) => Self::Accept(Property::of(trial)),
            (_, 401 | 403 | 407) => Self::CheckKey,
            (_, 300..=399) => Self::NoRedirect,
            (_, 411 | 501) => Self::ReadChunks,
            (_, 404 | 405 | 415 | 421 | 426) => Self::TakePostRequests,
            (_, 502 | 504) => Self::CheckGateway,
            (_, 408 | 429 | 500..=599) => Self::CheckOwnLog,
            (Judgement::Unknown, 200..=299) => Self::AnswerWithReceipt,
            (_, 0) => verdict.reason.filter(|it| has_own_remedy(*it)).map_or(Self::ReadWholeBody, Self::Remedy),
            _ => Self::SeeGuide,
        })
    }
}

/// Whether a missing answer has a cause whose remedy does not depend on the letter.
fn has_own_remedy(reason: Reason) -> bool {
    use Reason::{BrokenOff, NoAnswer, Silent, TooEarly, TooSlow, Unread};
    !matches!(reason, BrokenOff | NoAnswer | Silent | TooEarly | TooSlow | Unread)
}

/// How many trials had each outcome.
pub(super) struct ResultCounts {
    pub passed: usize,
    pub remarks: usize,
    pub failed: usize,
    pub left_out: usize,
    pub given_up: usize,
    /// Not made because the person stopped the test.
    pub stopped: usize,
    /// Why trials were abandoned.
    pub given_up_for: NoMore,
}

impl ResultCounts {
    /// Of a test of that many trials.
    pub fn of(results: &[TrialResult], trials: usize) -> Self {
        let count = |grade| results.iter().filter(|result| result.grade == grade).count();
        Self {
            passed: count(Grade::Passed),
            remarks: count(Grade::Remark),
            failed: count(Grade::Failed),
            left_out: count(Grade::LeftOut),
            given_up: count(Grade::GivenUp),
            stopped: trials.saturating_sub(results.len()),
            given_up_for: why_no_more(results).unwrap_or(NoMore::NoAnswer),
        }
    }
}
