//! What is said of a test, in the languages of the program.

use std::fmt::Debug;
use std::time::Duration;

use super::danish::Danish;
use super::english::English;
use super::{CallResult, Finding, Grade, Trial, TrialResult};
use crate::language::LanguageChoice;
use crate::router::{Judgement, RecordedAnswer, Verdict};
use crate::rules::{Access, Endpoint, short_without_cpr};
use crate::store::Reason;
use crate::visible::visible;

/// How much of an answer is shown.
const MOST_SHOWN: usize = 300;

/// The words in Danish.
pub const DANISH: &dyn Words = &Danish;
/// The words in English.
pub const ENGLISH: &dyn Words = &English;

/// The words of a language.
#[must_use]
pub fn words(language: LanguageChoice) -> &'static dyn Words {
    match language {
        LanguageChoice::Danish => DANISH,
        LanguageChoice::English => ENGLISH,
    }
}

/// How an answer's body looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerShape {
    /// There is none.
    Empty,
    /// JSON, by its beginning or by its type.
    Json,
    /// A problem document (RFC 9457).
    Problem,
    /// A web page.
    Html,
    /// Other text.
    Text,
    /// Something else, of that media type.
    Other,
}

impl AnswerShape {
    /// The shape of an answer that came.
    #[must_use]
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

/// What is said of a test, in one language.
pub trait Words: Debug + Sync {
    /// What the test is called.
    fn title(&self) -> &'static str;
    /// What is sent, and to whom.
    fn what_is_sent(&self, endpoint: &str, authority: &str) -> String;
    /// The same once it has been sent.
    fn what_was_sent(&self, endpoint: &str, authority: &str) -> String;
    /// What a trial is.
    fn trial(&self, trial: Trial) -> &'static str;
    /// What a trial comes to, in a word.
    fn grade(&self, grade: Grade) -> &'static str;
    /// What was sent in a call.
    fn sent(&self, call: &CallResult) -> String;
    /// What came.
    fn came(&self, call: &CallResult) -> String;
    /// Why nothing came; `None` where something did, or was not to.
    fn silence(&self, call: &CallResult) -> Option<String>;
    /// How the router understands that, in a sentence.
    fn understood(&self, call: &CallResult) -> String;
    /// What that counts as.
    fn counts_as(&self, call: &CallResult) -> String;
    /// What there is to say of a trial.
    fn finding(&self, finding: Finding) -> String;
    /// What to fix.
    fn fix(&self, trial: Trial, call: &CallResult) -> &'static str;
    /// What to think where the plainest letter was rejected too.
    fn rejected_anyway(&self) -> &'static str;
    /// What to fix where it is not the answer.
    fn fix_otherwise(&self, finding: Finding) -> &'static str;
    /// How long something took.
    fn took(&self, duration: Duration) -> String;
    /// How that many trials went, and how many of them were not made.
    fn summary(&self, results: &[TrialResult], trials: usize) -> String;
    /// Which of several calls it is, counted from 1.
    fn numbered(&self, number: usize, calls: usize) -> String;
    /// The time that a call took, or why there is none.
    fn time(&self, call: &CallResult) -> String;
    /// That nothing was shown, and what is not known for that.
    fn nothing_shown(&self) -> &'static str;
    /// How the caller shows who it is.
    fn access(&self, access: &Access) -> String;
    /// The headings and sentences of a report.
    fn report(&self) -> &'static ReportWords;
}

/// The headings and sentences of a report.
#[derive(Debug)]
pub struct ReportWords {
    pub(super) language: &'static str,
    pub(super) created: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) program: &'static str,
    pub(super) endpoint: &'static str,
    pub(super) authority: &'static str,
    pub(super) access: &'static str,
    pub(super) limit: &'static str,
    pub(super) result: &'static str,
    pub(super) trial: &'static str,
    pub(super) time: &'static str,
    pub(super) trials: &'static str,
    pub(super) sent: &'static str,
    pub(super) answer: &'static str,
    pub(super) counts_as: &'static str,
    pub(super) to_fix: &'static str,
    pub(super) not_verified: &'static str,
    pub(super) not_stored: &'static str,
    pub(super) checked: &'static str,
    pub(super) once: &'static str,
    pub(super) never: &'static str,
    pub(super) times: &'static str,
    pub(super) no_conformity: &'static str,
}

/// The sentences about a trial, each once: what to know of it and what to fix. The other trials may show a cause that has
/// nothing to do with this one.
#[must_use]
pub fn advice(words: &dyn Words, result: &TrialResult, all: &[TrialResult]) -> Vec<String> {
    let is_first_rejected = all.first().is_some_and(TrialResult::is_rejected);
    let is_rejected_anyway = |call: &CallResult| {
        let is_rejected = call.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Rejected);
        is_rejected && is_first_rejected && result.trial != Trial::Letter
    };
    let mut said = Vec::new();
    for finding in &result.findings {
        let fix = match finding {
            Finding::NotAccepted(call) | Finding::RepeatNotAccepted(call) => match result.calls.get(*call) {
                Some(call) if is_rejected_anyway(call) => words.rejected_anyway(),
                Some(call) => words.fix(result.trial, call),
                None => "",
            },
            other => words.fix_otherwise(*other),
        };
        for sentence in [words.finding(*finding), fix.to_owned()] {
            if !sentence.is_empty() && !said.contains(&sentence) {
                said.push(sentence);
            }
        }
    }
    said
}

/// The call of a trial that tells most: the first that something is to be said of, or else the last.
#[must_use]
pub fn representative_call(result: &TrialResult) -> Option<&CallResult> {
    let told = result.findings.iter().find_map(|finding| match finding {
        Finding::NotAccepted(call) | Finding::RepeatNotAccepted(call) | Finding::TooEarly(call) => Some(*call),
        _ => None,
    });
    told.and_then(|call| result.calls.get(call)).or(result.calls.last())
}

/// An endpoint without what may be secret in it: the values after the question mark.
#[must_use]
pub fn shown_address(endpoint: &Endpoint) -> String {
    let text = endpoint.as_str();
    text.split_once('?').map_or_else(|| text.to_owned(), |(address, _)| format!("{address}?…"))
}

/// What a fagsystem wrote, as it may be shown: short, on one line, without numbers of persons.
pub(super) fn shown(text: &str) -> String {
    let (short, is_cut) = match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    };
    let short = visible(short.trim());
    let shown = short_without_cpr(&short, 2 * MOST_SHOWN);
    if is_cut { format!("{shown} …") } else { shown }
}

/// Whether no answer came for a reason that has a remedy of its own, whatever the letter.
pub(super) fn known_cause(reason: Option<Reason>) -> Option<Reason> {
    use Reason::{BrokenOff, NoAnswer, Silent, TooEarly, TooSlow, Unread};
    reason.filter(|reason| !matches!(reason, BrokenOff | NoAnswer | Silent | TooEarly | TooSlow | Unread))
}

/// How many trials of that many were made, and not made, for the words of both languages.
pub(super) struct Counts {
    pub passed: usize,
    pub remarks: usize,
    pub failed: usize,
    pub left_out: usize,
    pub given_up: usize,
    /// Those after which nobody asked any more.
    pub stopped: usize,
}

impl Counts {
    pub fn of(results: &[TrialResult], trials: usize) -> Self {
        let count = |grade| results.iter().filter(|result| result.grade == grade).count();
        Self {
            passed: count(Grade::Passed),
            remarks: count(Grade::Remark),
            failed: count(Grade::Failed),
            left_out: count(Grade::LeftOut),
            given_up: count(Grade::GivenUp),
            stopped: trials.saturating_sub(results.len()),
        }
    }
}

/// Those of the parts that there are any of, after one another.
pub(super) fn some_of<const N: usize>(parts: [(usize, &str); N]) -> String {
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// What a call comes to and the HTTP status, for the words of both languages.
pub(super) fn judged(call: &CallResult) -> Option<(&Verdict, Judgement)> {
    call.verdict().map(|verdict| (verdict, verdict.judgement))
}
