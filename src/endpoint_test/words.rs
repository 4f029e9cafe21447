//! What is said of a test, in the languages of the program.

use std::fmt::Debug;
use std::time::Duration;

use super::danish::Danish;
use super::english::English;
use super::{CallResult, Finding, Grade, Trial, TrialResult};
use crate::language::LanguageChoice;
use crate::router::{Judgement, Seen, Verdict};
use crate::rules::{Access, Endpoint, short_without_cpr};
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
    pub fn of(seen: &Seen) -> Self {
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
    fn what_is_sent(&self, endpoint: &str, authority: &str, trials: usize) -> String;
    /// What a trial is.
    fn trial(&self, trial: Trial) -> &'static str;
    /// What a trial comes to, in a word.
    fn grade(&self, grade: Grade) -> &'static str;
    /// What was sent in a call.
    fn sent(&self, call: &CallResult) -> String;
    /// What came.
    fn came(&self, call: &CallResult) -> String;
    /// How the router understands that.
    fn understood(&self, call: &CallResult) -> String;
    /// What there is to say of a trial.
    fn finding(&self, finding: Finding) -> String;
    /// What to mend.
    fn mend(&self, trial: Trial, call: &CallResult) -> String;
    /// What to mend where it is not the answer.
    fn mend_otherwise(&self, finding: Finding) -> &'static str;
    /// How long something took.
    fn took(&self, duration: Duration) -> String;
    /// How many trials there were, and how they went.
    fn summary(&self, results: &[TrialResult]) -> String;
    /// How the caller shows who it is.
    fn access(&self, access: &Access) -> String;
    /// The headings and sentences of a report.
    fn report(&self) -> &'static ReportWords;
}

/// The headings and sentences of a report.
#[derive(Debug)]
pub struct ReportWords {
    pub(super) language: &'static str,
    pub(super) made: &'static str,
    pub(super) by: &'static str,
    pub(super) endpoint: &'static str,
    pub(super) authority: &'static str,
    pub(super) access: &'static str,
    pub(super) limit: &'static str,
    pub(super) result: &'static str,
    pub(super) trial: &'static str,
    pub(super) time: &'static str,
    pub(super) trials: &'static str,
    pub(super) sent: &'static str,
    pub(super) came: &'static str,
    pub(super) understood: &'static str,
    pub(super) to_mend: &'static str,
    pub(super) look: &'static str,
    pub(super) look_hint: &'static str,
    pub(super) once: &'static str,
    pub(super) never: &'static str,
    pub(super) times: &'static str,
    pub(super) no_conformity: &'static str,
}

/// The sentences about a trial: what to know of it and what to mend.
#[must_use]
pub fn advice(words: &dyn Words, result: &TrialResult) -> Vec<String> {
    let advice = result.findings.iter().map(|finding| {
        let mend = match finding {
            Finding::NotAccepted(call) | Finding::RepeatNotAccepted(call) => match result.calls.get(*call) {
                Some(call) => words.mend(result.trial, call),
                None => String::new(),
            },
            other => words.mend_otherwise(*other).to_owned(),
        };
        format!("{} {mend}", words.finding(*finding))
    });
    advice.collect()
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

/// What a call comes to and the HTTP status, for the words of both languages.
pub(super) fn judged(call: &CallResult) -> Option<(&Verdict, Judgement)> {
    call.verdict().map(|verdict| (verdict, verdict.judgement))
}
