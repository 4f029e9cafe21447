//! Results in the words of a language.

use std::time::Duration;

use axum::http::Version;

use super::facts::{Advice, AnswerShape, CountsAs, ResultCounts};
use super::texts::{ReportTexts, Texts};
use super::{danish, english};
use crate::endpoint_test::call::CallResult;
use crate::endpoint_test::findings::{EndpointFinding, Grade};
use crate::endpoint_test::redaction::shown;
use crate::endpoint_test::result::TrialResult;
use crate::endpoint_test::trial::Trial;
use crate::language::LanguageChoice;
use crate::rules::Access;

/// Danish words.
pub const DANISH: Words = Words(&danish::TEXTS);
/// English words.
pub const ENGLISH: Words = Words(&english::TEXTS);

/// The words of a language.
#[must_use]
pub fn words(language: LanguageChoice) -> Words {
    match language {
        LanguageChoice::Danish => DANISH,
        LanguageChoice::English => ENGLISH,
    }
}

/// Puts a test and its results into words, in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words(&'static Texts);

impl Words {
    /// The name of the test.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// Which letters will be sent to that endpoint, for the authority with that CVR number.
    #[must_use]
    pub fn what_is_sent(self, endpoint: &str, authority: &str) -> String {
        (self.0.what_is_sent)(endpoint, authority)
    }

    /// Which letters were sent.
    #[must_use]
    pub fn what_was_sent(self, endpoint: &str, authority: &str) -> String {
        (self.0.what_was_sent)(endpoint, authority)
    }

    /// What a trial tries.
    #[must_use]
    pub fn trial(self, trial: Trial) -> &'static str {
        (self.0.trial)(trial)
    }

    /// A grade in a word or two.
    #[must_use]
    pub fn grade(self, grade: Grade) -> &'static str {
        (self.0.grade)(grade)
    }

    /// What a call sent.
    #[must_use]
    pub fn sent(self, call: &CallResult) -> String {
        let t = &self.0.call;
        let way = match call.tried.in_chunks {
            None => return t.nothing_sent.to_owned(),
            Some(true) => t.in_chunks,
            Some(false) => t.with_length,
        };
        let letter = (t.letter)(&call.uuid, call.bytes);
        if call.is_cut { format!("{letter}, {way}, {}", t.cut_off) } else { format!("{letter}, {way}") }
    }

    /// What came back: status, media type, redirect and the beginning of the body.
    #[must_use]
    pub fn came(self, call: &CallResult) -> String {
        let t = &self.0.call;
        let Some(seen) = call.seen() else { return t.no_answer.to_owned() };
        let version = if seen.version < Version::HTTP_11 { "HTTP/1.0 " } else { "" };
        let location = seen.location.as_deref().map(|it| format!(", Location {}", shown(it))).unwrap_or_default();
        let body = shown(&seen.body);
        let body = if body.is_empty() { t.no_body.to_owned() } else { body };
        let kind = shown(&seen.content_type);
        let kind = if kind.is_empty() { String::new() } else { format!(" {kind}") };
        format!("{version}{}{kind}{location}: {body}", seen.status)
    }

    /// Why there was no answer; `None` where there was one, or none was expected.
    #[must_use]
    pub fn silence(self, call: &CallResult) -> Option<String> {
        let verdict = call.verdict().filter(|_| call.seen().is_none())?;
        Some((self.0.call.cause)(verdict))
    }

    /// How the router understands the answer, as a sentence.
    #[must_use]
    pub fn understood(self, call: &CallResult) -> String {
        let t = &self.0.call;
        let counts_as = self.counts_as(call);
        match (call.seen(), call.verdict()) {
            (Some(seen), Some(verdict)) if verdict.status.is_some() => {
                let shape = (t.shape)(AnswerShape::of(seen), &shown(&seen.content_type));
                (t.answer_counts_as)(seen.status, &shape, &counts_as)
            }
            (_, Some(verdict)) => (t.cause_counts_as)(&(t.cause)(verdict), &counts_as),
            (_, None) => counts_as,
        }
    }

    /// What the answer counts as.
    #[must_use]
    pub fn counts_as(self, call: &CallResult) -> String {
        let t = &self.0.call;
        match CountsAs::of(call) {
            CountsAs::CutOff => t.cut_off_as_intended.to_owned(),
            CountsAs::RefusedByRouter(error) => (t.refused_by_router)(&error),
            CountsAs::Judged { judgement, needs_a_person } => {
                let counts = (t.judgement)(judgement);
                if needs_a_person { format!("{counts}; {}", t.needs_a_person) } else { counts.to_owned() }
            }
        }
    }

    /// A finding, as a sentence.
    #[must_use]
    pub fn finding(self, finding: EndpointFinding) -> String {
        (self.0.finding)(finding, &|duration| self.took(duration))
    }

    /// How long something took: in milliseconds below one second, else in seconds.
    #[must_use]
    pub fn took(self, duration: Duration) -> String {
        match duration.as_millis() {
            0 => "under 1 ms".to_owned(),
            milliseconds @ 1..1000 => format!("{milliseconds} ms"),
            10_000.. => format!("{} s", duration.as_secs()),
            _ => format!("{:.1} s", duration.as_secs_f64()).replace('.', self.0.decimal_point),
        }
    }

    /// How the results came out of a test of that many trials.
    #[must_use]
    pub fn summary(self, results: &[TrialResult], trials: usize) -> String {
        let t = &self.0.summary;
        let counts = ResultCounts::of(results, trials);
        let made = some_of([(counts.remarks, t.remarks), (counts.failed, t.failed)]);
        let given_up = (t.given_up)(counts.given_up_for);
        let not_made =
            some_of([(counts.left_out, t.left_out), (counts.given_up, given_up), (counts.stopped, t.stopped)]);
        let mut summary = (t.passed)(trials, counts.passed);
        if !made.is_empty() {
            summary = format!("{summary}, {made}");
        }
        if !not_made.is_empty() {
            summary = format!("{summary}; {}: {not_made}", t.incomplete);
        }
        summary
    }

    /// Which of several calls it is, counted from 1.
    #[must_use]
    pub fn numbered(self, number: usize, calls: usize) -> String {
        (self.0.call.numbered)(number, calls)
    }

    /// How long the answer took, or why that is not known.
    #[must_use]
    pub fn time(self, call: &CallResult) -> String {
        let t = &self.0.call;
        let why_none = |words: &str| format!("– ({words})");
        match (call.tried.answered_in, call.seen()) {
            (Some(took), _) => self.took(took),
            (None, Some(_)) => why_none(t.no_time_answered_early),
            (None, None) => why_none(t.no_time_no_answer),
        }
    }

    /// That no key or certificate was shown, and what therefore was not tried.
    #[must_use]
    pub fn nothing_shown(self) -> &'static str {
        self.0.nothing_shown
    }

    /// How the router shows who it is.
    #[must_use]
    pub fn access(self, access: &Access) -> String {
        (self.0.access)(access)
    }

    pub(in crate::endpoint_test) fn report(self) -> &'static ReportTexts {
        &self.0.report
    }
}

/// The sentences about a result: each finding and what to do about it, without repetitions. The other results may show a
/// cause that has nothing to do with this trial.
#[must_use]
pub fn advice(words: Words, result: &TrialResult, all: &[TrialResult]) -> Vec<String> {
    let mut said = Vec::new();
    for finding in &result.findings {
        let advice = Advice::on(*finding, result, all).map(|advice| (words.0.advice)(advice).to_owned());
        for sentence in [words.finding(*finding)].into_iter().chain(advice) {
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
    }
    said
}

/// The parts with a count above zero, separated by commas.
fn some_of<const N: usize>(parts: [(usize, &str); N]) -> String {
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}
