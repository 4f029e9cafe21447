//! The supplier's test of a fagsystem's endpoint (*leverandørprøven*): made-up letters go there exactly as the router sends
//! them, and each answer is judged as the router understands it.

mod danish;
mod english;
mod findings;
mod letters;
mod report;
mod words;

use std::time::Duration;

pub use self::findings::{Finding, Grade};
pub use self::report::{About, ReportFormat, line, report};
pub use self::words::{AnswerShape, DANISH, ENGLISH, ReportWords, Words, advice, shown_address, words};

use self::letters::Call;
use crate::memo::MessageUuid;
use crate::router::{Courier, Judgement, Seen, Tried, Verdict};
use crate::rules::{Cvr, Endpoint, Fagsystem};
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
    /// Danish letters, emoji, accents apart, entities and CDATA.
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
    /// 20 MB.
    Large,
    /// The largest message that there is: 104,333,312 bytes.
    Largest,
}

impl Trial {
    /// All, in the order in which they are made.
    pub const ALL: [Self; 19] = [
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
        Self::Large,
        Self::Largest,
    ];

    /// Whether it takes long on a slow line.
    #[must_use]
    pub fn is_large(self) -> bool {
        matches!(self, Self::Large | Self::Largest)
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
    pub tried: Tried,
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
    pub fn seen(&self) -> Option<&Seen> {
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
        Self { courier: courier.watching(), authority, fagsystem, leaves_out_large }
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

    /// How long the endpoint has to answer.
    #[must_use]
    pub fn answer_limit(&self) -> Duration {
        self.courier.limit_of(&self.fagsystem)
    }

    /// The next trial after those; `None` when all have been made. Each takes a bounded time: as long as the endpoint has to
    /// answer, for each of its calls.
    pub async fn next(&self, results: &[TrialResult]) -> Option<TrialResult> {
        let trial = *Trial::ALL.get(results.len())?;
        if trial.is_large() && self.leaves_out_large {
            return Some(TrialResult::not_made(trial, Grade::LeftOut));
        }
        if gives_up(results) {
            return Some(TrialResult::not_made(trial, Grade::GivenUp));
        }
        let mut calls = Vec::new();
        for call in trial.calls(self.authority) {
            let result = self.call(&call).await;
            let is_to_be_repeated = result.was_not_read();
            calls.push(result);
            if is_to_be_repeated {
                calls.push(self.call(&call).await);
            }
        }
        let findings = findings::of(trial, &calls);
        let grade = Grade::of(&findings);
        Some(TrialResult { trial, calls, findings, grade })
    }

    async fn call(&self, call: &Call) -> CallResult {
        let tried = self.courier.try_out(self.authority, &self.fagsystem, call.letter()).await;
        CallResult { uuid: call.uuid, bytes: call.bytes(), is_cut: call.is_cut, tried }
    }
}

/// Whether there is no use in more: nobody was reached with the first letter, or two in a row were not answered.
fn gives_up(results: &[TrialResult]) -> bool {
    let made: Vec<_> = results.iter().filter(|result| !result.calls.is_empty()).collect();
    let mute = made.iter().rev().take_while(|result| result.is_mute()).count();
    results.iter().any(|result| result.grade == Grade::GivenUp)
        || mute >= 2
        || made.last().is_some_and(|result| result.found_nobody())
}

/// Whether the endpoint does what it must, as far as it was tried.
#[must_use]
pub fn is_well(results: &[TrialResult]) -> bool {
    results.iter().all(|result| matches!(result.grade, Grade::Well | Grade::Remark | Grade::LeftOut))
}
