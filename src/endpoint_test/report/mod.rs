//! The test as a document: Markdown, or HTML in one file.

mod document;

use std::path::Path;

use jiff::Timestamp;

use self::document::{Block, html, markdown};
use super::call::CallResult;
use super::findings::Grade;
use super::language::{Words, advice};
use super::redaction::shown_address;
use super::result::{TrialResult, representative_call};
use super::runner::EndpointTest;
use super::trial::Trial;
use crate::clock;
use crate::router::Judgement;
use crate::rules::Access;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// `.md` and `.markdown`.
    Markdown,
    /// `.html` and `.htm`: one file, that needs nothing else.
    Html,
}

impl ReportFormat {
    /// The format of a file of that name; `None` for other endings.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// The facts at the beginning of a report.
#[derive(Debug, Clone)]
pub struct ReportHead {
    endpoint: String,
    authority: String,
    access: String,
    shows_nothing: bool,
    trials: usize,
    limit: String,
    made_at: Timestamp,
}

impl ReportHead {
    /// The facts of that test, made at that time.
    #[must_use]
    pub fn of(test: &EndpointTest, words: Words, made_at: Timestamp) -> Self {
        Self {
            endpoint: shown_address(test.endpoint()),
            authority: format!("CVR {}", test.authority()),
            access: words.access(&test.fagsystem().access),
            shows_nothing: test.fagsystem().access == Access::Open,
            trials: test.trials().len(),
            limit: words.took(test.answer_limit()),
            made_at,
        }
    }
}

/// Writes the report.
#[must_use]
pub fn report(about: &ReportHead, results: &[TrialResult], words: Words, format: ReportFormat) -> String {
    let r = words.report();
    let created = clock::in_denmark(about.made_at).strftime("%d-%m-%Y %H:%M").to_string();
    let authority = about.authority.trim_start_matches("CVR ");
    let mut blocks = vec![
        Block::Heading(1, words.title().to_owned()),
        Block::List(vec![
            pair(r.created, &format!("{created} {}", r.time_zone)),
            pair(r.program, concat!("Postfordeler ", env!("CARGO_PKG_VERSION"))),
            pair(r.endpoint, &about.endpoint),
            pair(r.authority, &about.authority),
            pair(r.access, &about.access),
            pair(r.limit, &about.limit),
        ]),
        Block::Paragraph(words.what_was_sent(&about.endpoint, authority)),
        Block::Heading(2, r.result.to_owned()),
        Block::Paragraph(format!("{}.", words.summary(results, about.trials))),
    ];
    blocks.extend(not_verified(about, results, words));
    blocks.extend([
        Block::Heading(2, r.trials.to_owned()),
        Block::Table(vec![r.trial.to_owned(), r.result.to_owned(), r.time.to_owned()], rows(results, words)),
        Block::Paragraph(r.times.to_owned()),
    ]);
    let made = results.iter().filter(|result| !result.calls.is_empty());
    blocks.extend(made.flat_map(|result| details(result, results, words)));
    match format {
        ReportFormat::Markdown => markdown(&blocks),
        ReportFormat::Html => html(&blocks, words.title(), r.language),
    }
}

fn pair(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

/// A trial's calls, and what to fix.
fn details(result: &TrialResult, all: &[TrialResult], words: Words) -> Vec<Block> {
    let r = words.report();
    let mut blocks = vec![Block::Heading(3, format!("{}: {}", words.trial(result.trial), words.grade(result.grade)))];
    let calls = result.calls.len();
    for (at, call) in result.calls.iter().enumerate() {
        if calls > 1 {
            blocks.push(Block::Paragraph(words.numbered(at + 1, calls)));
        }
        let why_silent = words.silence(call).map(|why| format!(": {why}")).unwrap_or_default();
        let mut told = vec![pair(r.sent, &words.sent(call))];
        told.extend(call.tried.transmission_id.map(|id| pair("X-Transmission-Id", &id.to_string())));
        told.extend([
            pair(r.answer, &format!("{}{why_silent}", words.came(call))),
            pair(r.counts_as, &words.counts_as(call)),
            pair(r.time, &words.time(call)),
        ]);
        blocks.push(Block::List(told));
    }
    let advice = advice(words, result, all);
    if !advice.is_empty() {
        blocks.push(Block::Paragraph(pair(r.to_fix, &advice.join(" "))));
    }
    blocks
}

fn rows(results: &[TrialResult], words: Words) -> Vec<Vec<String>> {
    let row = |result: &TrialResult| {
        let slowest = result.calls.iter().filter_map(|call| call.tried.answered_in).max();
        let took = slowest.map_or_else(|| "–".to_owned(), |took| words.took(took));
        vec![words.trial(result.trial).to_owned(), words.grade(result.grade).to_owned(), took]
    };
    results.iter().map(row).collect()
}

/// What no answer can show, with the letters to look for as a list to tick off.
fn not_verified(about: &ReportHead, results: &[TrialResult], words: Words) -> Vec<Block> {
    let r = words.report();
    let [once, never] = to_look_for(results);
    let mut told = Vec::new();
    if !once.is_empty() || !never.is_empty() {
        told.push(r.not_stored.to_owned());
    }
    if about.shows_nothing {
        told.push(words.nothing_shown().to_owned());
    }
    told.push(r.no_conformity.to_owned());
    let mut blocks = vec![Block::Heading(2, r.not_verified.to_owned()), Block::List(told)];
    for (what, letters) in [(r.once, once), (r.never, never)] {
        if letters.is_empty() {
            continue;
        }
        let row = |(uuid, result): &(String, &TrialResult)| {
            vec![uuid.clone(), words.trial(result.trial).to_owned(), String::new()]
        };
        let head = ["messageUUID", r.trial, r.checked].map(str::to_owned).to_vec();
        blocks.extend([Block::Heading(3, what.to_owned()), Block::Table(head, letters.iter().map(row).collect())]);
    }
    blocks
}

/// The letters that the fagsystem must have stored, and those that it must not: letters that were cut off, rejected or
/// refused, and all from unauthorised callers. Letters with an unknown outcome are in neither list.
fn to_look_for(results: &[TrialResult]) -> [Vec<(String, &TrialResult)>; 2] {
    let calls = || results.iter().flat_map(|result| result.calls.iter().map(move |call| (call, result)));
    let of_same = |call: &CallResult, is_so: &dyn Fn(&CallResult) -> bool| {
        calls().filter(|(other, _)| other.uuid == call.uuid).all(|(other, _)| is_so(other))
    };
    let list = |is_wanted: &dyn Fn(&CallResult, Trial) -> bool| {
        let wanted = calls().filter(|(call, result)| is_wanted(call, result.trial));
        let mut letters: Vec<_> = wanted.map(|(call, result)| (call.uuid.to_string(), result)).collect();
        letters.dedup_by(|one, other| one.0 == other.0);
        letters
    };
    let is_left = |call: &CallResult| {
        let judgement = call.verdict().map(|verdict| verdict.judgement);
        call.tried.in_chunks.is_none()
            || call.is_cut
            || matches!(judgement, Some(Judgement::Rejected | Judgement::Unavailable))
    };
    let was_sent = |call: &CallResult| call.tried.in_chunks.is_some();
    [
        list(&|call, trial| call.is_accepted() && !trial.is_by_stranger()),
        list(&|call, trial| was_sent(call) && (trial.is_by_stranger() || of_same(call, &is_left))),
    ]
}

/// A result on one line, for following the test.
#[must_use]
pub fn line(result: &TrialResult, all: &[TrialResult], words: Words) -> String {
    let head = format!("{}: {}", words.grade(result.grade), words.trial(result.trial));
    if matches!(result.grade, Grade::LeftOut | Grade::GivenUp) {
        return head;
    }
    let understood = representative_call(result).map(|call| words.understood(call)).unwrap_or_default();
    let took = result.calls.iter().filter_map(|call| call.tried.answered_in).max();
    let took = took.map(|took| format!(" ({})", words.took(took))).unwrap_or_default();
    let advice = advice(words, result, all);
    let advice = if advice.is_empty() { String::new() } else { format!(". {}", advice.join(" ")) };
    format!("{head}: {understood}{took}{advice}")
}
