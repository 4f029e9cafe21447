//! The supplier's test of a fagsystem's endpoint (*leverandørprøven*): made-up letters go there exactly as the router sends
//! them, and each answer is judged as the router understands it.

mod danish;
mod english;
mod findings;
mod letters;
mod report;
mod words;

use std::time::Duration;

use futures_util::future::join_all;

pub use self::findings::{Finding, Grade};
pub use self::report::{ReportFormat, ReportHead, line, report};
pub use self::words::{
    AnswerShape, DANISH, ENGLISH, ReportWords, Words, advice, representative_call, shown_address, words,
};

use self::letters::Call;
use crate::memo::MessageUuid;
use crate::router::{Courier, Judgement, RecordedAnswer, TrialOutcome, Verdict};
use crate::rules::{Access, Cvr, Endpoint, Fagsystem};
use crate::store::Reason;

/// Something that an endpoint is tried with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// A letter from a person, MeMo 1.2.
    Letter,
    /// The same in MeMo 1.1.
    OldVersion,
    /// A letter from a company.
    Company,
    /// A letter from an authority that writes with a contact point of its own.
    Authority,
    /// A reply to a message.
    Reply,
    /// A message that was forwarded.
    Forwarded,
    /// The smallest that the schemas allow: no body, an empty label.
    Smallest,
    /// Danish letters, emoji, combining accents, entities and CDATA.
    SpecialLetters,
    /// A byte order mark before the XML.
    ByteOrderMark,
    /// No prefix: MeMo's namespace is the default one.
    DefaultNamespace,
    /// Another prefix than `memo`.
    OtherPrefix,
    /// A messageUUID in upper case.
    UpperCaseUuid,
    /// 300 kB with a `Content-Length`.
    KnownLength,
    /// 300 kB in chunks.
    InChunks,
    /// The same bytes twice.
    Repeated,
    /// Cut off in the middle of a known length, and then once more as a whole.
    BrokenOff,
    /// The same in chunks.
    BrokenOffInChunks,
    /// The same letter twice at the same time.
    SameTime,
    /// 16 different letters at the same time.
    Together,
    /// Somebody shows a key or certificate that is not the right one.
    WrongKey,
    /// Somebody shows none.
    NoKey,
    /// 20 MB.
    Large,
    /// The largest message that there is: 104,333,312 bytes.
    Largest,
}

impl Trial {
    /// All, in the order in which they are made.
    pub const ALL: [Self; 23] = [
        Self::Letter,
        Self::OldVersion,
        Self::Company,
        Self::Authority,
        Self::Reply,
        Self::Forwarded,
        Self::Smallest,
        Self::SpecialLetters,
        Self::ByteOrderMark,
        Self::DefaultNamespace,
        Self::OtherPrefix,
        Self::UpperCaseUuid,
        Self::KnownLength,
        Self::InChunks,
        Self::Repeated,
        Self::BrokenOff,
        Self::BrokenOffInChunks,
        Self::SameTime,
        Self::Together,
        Self::WrongKey,
        Self::NoKey,
        Self::Large,
        Self::Largest,
    ];

    /// Those that can be made of a fagsystem with that access: who wants nothing shown is not tried with a wrong key.
    #[must_use]
    pub fn all_by(access: &Access) -> Vec<Self> {
        let has_key = *access != Access::Open;
        Self::ALL.into_iter().filter(|trial| has_key || !trial.is_by_stranger()).collect()
    }

    /// Whether it takes long on a slow line.
    #[must_use]
    pub fn is_large(self) -> bool {
        matches!(self, Self::Large | Self::Largest)
    }

    /// Whether somebody calls whom the endpoint must not let in.
    #[must_use]
    pub fn is_by_stranger(self) -> bool {
        matches!(self, Self::WrongKey | Self::NoKey)
    }

    /// Whether its calls are made at the same time.
    fn is_at_once(self) -> bool {
        matches!(self, Self::SameTime | Self::Together)
    }
}

/// An endpoint that is being tried, and what came of it so far.
#[derive(Debug)]
pub struct EndpointTest {
    courier: Courier,
    authority: Cvr,
    fagsystem: Fagsystem,
    leaves_out_large: bool,
}

/// One call, and what came of it.
#[derive(Debug, Clone)]
pub struct CallResult {
    /// The letter's messageUUID.
    pub uuid: MessageUuid,
    /// How large the whole letter is.
    pub bytes: u64,
    /// Whether it was broken off.
    pub is_cut: bool,
    /// What became of it.
    pub tried: TrialOutcome,
}

impl CallResult {
    /// How the router understands the answer; `None` for a letter that was broken off.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.tried.result.as_ref().ok()
    }

    /// Whether the router takes it that the endpoint has the letter.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Accepted)
    }

    /// What came.
    #[must_use]
    pub fn seen(&self) -> Option<&RecordedAnswer> {
        self.tried.seen.as_ref()
    }

    /// Whether the router would send the letter once more with its length.
    fn was_not_read(&self) -> bool {
        let is_unread = self.verdict().and_then(|verdict| verdict.reason) == Some(Reason::Unread);
        self.tried.in_chunks == Some(true) && !self.is_cut && (is_unread || self.seen().is_none())
    }
}

/// What came of a trial.
#[derive(Debug, Clone)]
pub struct TrialResult {
    /// Which.
    pub trial: Trial,
    /// Its calls in order; none when it was not made.
    pub calls: Vec<CallResult>,
    /// What is to be said of them.
    pub findings: Vec<Finding>,
    /// What it comes to.
    pub grade: Grade,
}

impl TrialResult {
    fn not_made(trial: Trial, grade: Grade) -> Self {
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
    fn is_rejected(&self) -> bool {
        let is_rejected = |call: &CallResult| call.verdict().is_some_and(|it| it.judgement == Judgement::Rejected);
        !self.calls.is_empty() && self.calls.iter().all(is_rejected)
    }

    /// Whether not even a connection came about.
    fn found_nobody(&self) -> bool {
        let is_unavailable =
            |call: &CallResult| call.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Unavailable);
        self.is_mute() && self.calls.iter().any(is_unavailable)
    }
}

impl EndpointTest {
    /// A test of that fagsystem with letters to that authority. The courier is [watching](Courier::watching).
    #[must_use]
    pub fn new(courier: Courier, authority: Cvr, fagsystem: Fagsystem, leaves_out_large: bool) -> Self {
        Self { courier: courier.recording(), authority, fagsystem, leaves_out_large }
    }

    /// Where the letters go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.fagsystem.endpoint
    }

    /// The fagsystem that is tried.
    #[must_use]
    pub fn fagsystem(&self) -> &Fagsystem {
        &self.fagsystem
    }

    /// The authority that the letters are for.
    #[must_use]
    pub fn authority(&self) -> Cvr {
        self.authority
    }

    /// The trials that it is made of, in their order.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        Trial::all_by(&self.fagsystem.access)
    }

    /// How long the endpoint has to answer.
    #[must_use]
    pub fn answer_limit(&self) -> Duration {
        self.courier.limit_of(&self.fagsystem)
    }

    /// The next trial after those; `None` when all have been made. Each takes a bounded time: as long as the endpoint has to
    /// answer, for each of its calls.
    pub async fn next(&self, results: &[TrialResult]) -> Option<TrialResult> {
        let trial = *self.trials().get(results.len())?;
        if trial.is_large() && self.leaves_out_large {
            return Some(TrialResult::not_made(trial, Grade::LeftOut));
        }
        if why_no_more(results).is_some() {
            return Some(TrialResult::not_made(trial, Grade::GivenUp));
        }
        let calls = match trial {
            Trial::WrongKey => self.call_as_stranger(trial, self.fagsystem.access.clone()).await,
            Trial::NoKey => self.call_as_stranger(trial, Access::Open).await,
            _ if trial.is_at_once() => {
                let calls = trial.calls(self.authority);
                join_all(calls.iter().map(|call| self.call(call))).await
            }
            _ => self.call_in_turn(trial).await,
        };
        if calls.is_empty() {
            return Some(TrialResult::not_made(trial, Grade::LeftOut));
        }
        let findings = findings::of(trial, &calls);
        let grade = Grade::of(&findings);
        Some(TrialResult { trial, calls, findings, grade })
    }

    async fn call_in_turn(&self, trial: Trial) -> Vec<CallResult> {
        let mut calls = Vec::new();
        for call in trial.calls(self.authority) {
            let result = self.call(&call).await;
            let is_to_be_repeated = result.was_not_read();
            calls.push(result);
            if is_to_be_repeated {
                calls.push(self.call(&call).await);
            }
        }
        calls
    }

    /// Calls as somebody with that access who has not the right key; no calls where nobody can.
    async fn call_as_stranger(&self, trial: Trial, access: Access) -> Vec<CallResult> {
        let courier = match access {
            Access::Open => self.courier.stranger(self.authority, &self.fagsystem).await,
            _ => self.courier.impostor(self.authority, &self.fagsystem).await,
        };
        let Some(courier) = courier else { return Vec::new() };
        let fagsystem = Fagsystem { access, ..self.fagsystem.clone() };
        let mut calls = Vec::new();
        for call in trial.calls(self.authority) {
            calls.push(self.call_by(&courier, &fagsystem, &call).await);
        }
        calls
    }

    async fn call(&self, call: &Call) -> CallResult {
        self.call_by(&self.courier, &self.fagsystem, call).await
    }

    async fn call_by(&self, courier: &Courier, fagsystem: &Fagsystem, call: &Call) -> CallResult {
        let tried = courier.try_out(self.authority, fagsystem, call.letter()).await;
        CallResult { uuid: call.uuid, bytes: call.bytes(), is_cut: call.is_cut, tried }
    }
}

/// Why no more trials are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMore {
    /// The endpoint is not there, or does not answer.
    NoAnswer,
    /// It answers that something is wrong with the call, whatever the letter.
    CallRefused,
}

/// Why there is no use in more: nobody was reached, two trials in a row were not answered, or the first or two in a row were
/// refused for the call. Those by strangers say nothing of this.
fn why_no_more(results: &[TrialResult]) -> Option<NoMore> {
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

/// Whether the endpoint does what it must, as far as it was tried.
#[must_use]
pub fn has_passed(results: &[TrialResult]) -> bool {
    results.iter().all(|result| matches!(result.grade, Grade::Passed | Grade::Remark | Grade::LeftOut))
}
