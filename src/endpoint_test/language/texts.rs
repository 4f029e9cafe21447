//! What a language has to say: a text for each value of `facts`.

use std::time::Duration;

use super::facts::{Advice, AnswerShape};
use crate::endpoint_test::findings::{EndpointFinding, Grade};
use crate::endpoint_test::result::NoMore;
use crate::endpoint_test::trial::Trial;
use crate::memo::MessageUuid;
use crate::router::{Judgement, Verdict};
use crate::rules::Access;

/// The texts of one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub title: &'static str,
    /// Which letters the test sends, by the endpoint and the authority's CVR number.
    pub what_is_sent: fn(&str, &str) -> String,
    /// The same once they have been sent.
    pub what_was_sent: fn(&str, &str) -> String,
    pub trial: fn(Trial) -> &'static str,
    pub grade: fn(Grade) -> &'static str,
    pub access: fn(&Access) -> String,
    pub nothing_shown: &'static str,
    pub decimal_point: &'static str,
    pub call: CallTexts,
    /// A finding; durations are worded by the function that is passed.
    pub finding: fn(EndpointFinding, &dyn Fn(Duration) -> String) -> String,
    pub advice: fn(Advice) -> &'static str,
    pub summary: SummaryTexts,
    pub report: ReportTexts,
}

/// What is said of one call.
#[derive(Debug)]
pub(super) struct CallTexts {
    /// "Call 2 of 3".
    pub numbered: fn(usize, usize) -> String,
    pub nothing_sent: &'static str,
    /// The letter and its size in bytes.
    pub letter: fn(&MessageUuid, u64) -> String,
    pub in_chunks: &'static str,
    pub with_length: &'static str,
    pub cut_off: &'static str,
    pub no_answer: &'static str,
    pub no_body: &'static str,
    /// The body's shape; the media type is only said of [`AnswerShape::Other`].
    pub shape: fn(AnswerShape, &str) -> String,
    /// Why there is no answer, or none that could be read.
    pub cause: fn(&Verdict) -> String,
    /// An answer with that status and body, and what it counts as.
    pub answer_counts_as: fn(u16, &str, &str) -> String,
    /// A cause, and what it counts as.
    pub cause_counts_as: fn(&str, &str) -> String,
    pub cut_off_as_intended: &'static str,
    pub refused_by_router: fn(&str) -> String,
    pub judgement: fn(Judgement) -> &'static str,
    /// Added to a judgement where the fault lies with the call.
    pub needs_a_person: &'static str,
    pub no_time_answered_early: &'static str,
    pub no_time_no_answer: &'static str,
}

/// The words of the summary; each follows a number of trials.
#[derive(Debug)]
pub(super) struct SummaryTexts {
    /// "23 trials: 20 passed".
    pub passed: fn(usize, usize) -> String,
    pub remarks: &'static str,
    pub failed: &'static str,
    pub incomplete: &'static str,
    pub left_out: &'static str,
    pub given_up: fn(NoMore) -> &'static str,
    pub stopped: &'static str,
}

/// The headings and sentences of a report.
#[derive(Debug)]
pub(in crate::endpoint_test) struct ReportTexts {
    /// The language's tag in HTML.
    pub language: &'static str,
    pub created: &'static str,
    pub time_zone: &'static str,
    pub program: &'static str,
    pub endpoint: &'static str,
    pub authority: &'static str,
    pub access: &'static str,
    pub limit: &'static str,
    pub result: &'static str,
    pub trial: &'static str,
    pub time: &'static str,
    pub trials: &'static str,
    pub sent: &'static str,
    pub answer: &'static str,
    pub counts_as: &'static str,
    pub to_fix: &'static str,
    pub not_verified: &'static str,
    pub not_stored: &'static str,
    pub checked: &'static str,
    pub once: &'static str,
    pub never: &'static str,
    pub times: &'static str,
    pub no_conformity: &'static str,
}
