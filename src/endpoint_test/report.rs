//! The test as a document: Markdown, or HTML in one file.

use std::fmt::Write;
use std::path::Path;

use jiff::Timestamp;

use super::words::{Words, advice};
use super::{CallResult, EndpointTest, Grade, TrialResult, shown_address};
use crate::clock;

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

/// What stands at the beginning of a report.
#[derive(Debug, Clone)]
pub struct About {
    endpoint: String,
    authority: String,
    access: String,
    limit: String,
    made_at: Timestamp,
}

impl About {
    /// That of a test that was made then.
    #[must_use]
    pub fn of(test: &EndpointTest, words: &dyn Words, made_at: Timestamp) -> Self {
        Self {
            endpoint: shown_address(test.endpoint()),
            authority: format!("CVR {}", test.authority()),
            access: words.access(&test.fagsystem().access),
            limit: words.took(test.answer_limit()),
            made_at,
        }
    }
}

enum Block {
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    Table(Vec<String>, Vec<Vec<String>>),
}

/// Writes the report.
#[must_use]
pub fn report(about: &About, results: &[TrialResult], words: &dyn Words, format: ReportFormat) -> String {
    let r = words.report();
    let pair = |name: &str, value: &str| format!("{name}: {value}");
    let made_at = clock::in_denmark(about.made_at).strftime("%d-%m-%Y %H:%M").to_string();
    let mut blocks = vec![
        Block::Heading(1, words.title().to_owned()),
        Block::List(vec![
            pair(r.made, &made_at),
            pair(r.by, concat!("Postfordeler ", env!("CARGO_PKG_VERSION"))),
            pair(r.endpoint, &about.endpoint),
            pair(r.authority, &about.authority),
            pair(r.access, &about.access),
            pair(r.limit, &about.limit),
        ]),
        Block::Paragraph(words.what_is_sent(
            &about.endpoint,
            about.authority.trim_start_matches("CVR "),
            results.len(),
        )),
        Block::Heading(2, r.result.to_owned()),
        Block::Paragraph(format!("{}.", words.summary(results))),
        Block::Table(vec![r.trial.to_owned(), r.result.to_owned(), r.time.to_owned()], rows(results, words)),
        Block::Paragraph(r.times.to_owned()),
        Block::Paragraph(r.no_conformity.to_owned()),
        Block::Heading(2, r.trials.to_owned()),
    ];
    for result in results.iter().filter(|result| !result.calls.is_empty()) {
        blocks.push(Block::Heading(3, format!("{}: {}", words.trial(result.trial), words.grade(result.grade))));
        for call in &result.calls {
            blocks.push(Block::List(vec![
                pair(r.sent, &words.sent(call)),
                pair(r.came, &words.came(call)),
                pair(r.understood, &words.understood(call)),
                pair(r.time, &call.tried.answered_in.map_or_else(|| "-".to_owned(), |took| words.took(took))),
            ]));
        }
        let advice = advice(words, result);
        if !advice.is_empty() {
            blocks.push(Block::Paragraph(format!("{}: {}", r.to_mend, advice.join(" "))));
        }
    }
    blocks.extend(to_look_for(results, words));
    match format {
        ReportFormat::Markdown => markdown(&blocks),
        ReportFormat::Html => html(&blocks, words.title(), r.language),
    }
}

fn rows(results: &[TrialResult], words: &dyn Words) -> Vec<Vec<String>> {
    let row = |result: &TrialResult| {
        let slowest = result.calls.iter().filter_map(|call| call.tried.answered_in).max();
        let took = slowest.map_or_else(|| "-".to_owned(), |took| words.took(took));
        vec![words.trial(result.trial).to_owned(), words.grade(result.grade).to_owned(), took]
    };
    results.iter().map(row).collect()
}

/// The letters that must be in the fagsystem, and those that must not.
fn to_look_for(results: &[TrialResult], words: &dyn Words) -> Vec<Block> {
    let r = words.report();
    let calls = || results.iter().flat_map(|result| &result.calls);
    let list = |wanted: &dyn Fn(&CallResult) -> bool| {
        let mut uuids: Vec<_> = calls().filter(|call| wanted(call)).map(|call| call.uuid.to_string()).collect();
        uuids.dedup();
        uuids
    };
    let is_there = |uuid: &str| calls().any(|call| call.is_accepted() && call.uuid.as_str() == uuid);
    let once = list(&CallResult::is_accepted);
    let is_half = |call: &CallResult| call.is_cut && call.tried.in_chunks.is_some() && !is_there(call.uuid.as_str());
    let was_sent_whole = |call: &CallResult| calls().any(|other| !other.is_cut && other.uuid == call.uuid);
    let never = list(&|call| is_half(call) && !was_sent_whole(call));
    if once.is_empty() && never.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(2, r.look.to_owned()), Block::Paragraph(r.look_hint.to_owned())];
    for (what, uuids) in [(r.once, once), (r.never, never)] {
        if !uuids.is_empty() {
            blocks.extend([Block::Paragraph(what.to_owned()), Block::List(uuids)]);
        }
    }
    blocks
}

fn markdown(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading(level, words) => {
                writeln!(text, "{} {}\n", "#".repeat(usize::from(*level)), markdown_text(words))
            }
            Block::Paragraph(words) => writeln!(text, "{}\n", markdown_text(words)),
            Block::List(items) => {
                let items: Vec<_> = items.iter().map(|item| format!("- {}", markdown_text(item))).collect();
                writeln!(text, "{}\n", items.join("\n"))
            }
            Block::Table(head, rows) => {
                let row = |cells: &[String]| {
                    let cells: Vec<_> = cells.iter().map(|cell| markdown_text(cell)).collect();
                    format!("| {} |", cells.join(" | "))
                };
                let line = format!("|{}", " --- |".repeat(head.len()));
                let rows: Vec<_> = [row(head), line].into_iter().chain(rows.iter().map(|cells| row(cells))).collect();
                writeln!(text, "{}\n", rows.join("\n"))
            }
        };
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Text in which Markdown finds nothing to obey.
fn markdown_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => escaped.extend(['\\', character]),
            other => escaped.push(other),
        }
    }
    escaped
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2430;\
background:#fff}h1,h2,h3{line-height:1.25;margin:1.6em 0 .5em}table{border-collapse:collapse;width:100%}th,td{text-align:left;\
padding:.35rem .6rem;border-bottom:1px solid #cfd6df}li{overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{\
color:#e6eaf0;background:#161b22}th,td{border-color:#3a4452}}";

fn html(blocks: &[Block], title: &str, language: &str) -> String {
    let title = html_text(title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
    let cells = |tag: &str, cells: &[String]| -> String {
        let cells: Vec<_> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", html_text(cell))).collect();
        cells.concat()
    };
    for block in blocks {
        let _ = match block {
            Block::Heading(level, words) => writeln!(text, "<h{level}>{}</h{level}>", html_text(words)),
            Block::Paragraph(words) => writeln!(text, "<p>{}</p>", html_text(words)),
            Block::List(items) => writeln!(text, "<ul>{}</ul>", cells("li", items)),
            Block::Table(head, rows) => {
                let rows: Vec<_> = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
                writeln!(text, "<table>\n<tr>{}</tr>\n{}\n</table>", cells("th", head), rows.join("\n"))
            }
        };
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What a trial comes to on one line, for those who watch.
#[must_use]
pub fn line(result: &TrialResult, words: &dyn Words) -> String {
    let head = format!("{}: {}", words.grade(result.grade), words.trial(result.trial));
    if matches!(result.grade, Grade::LeftOut | Grade::GivenUp) {
        return head;
    }
    let last = result.calls.last();
    let understood = last.map(|call| words.understood(call)).unwrap_or_default();
    let took = result.calls.iter().filter_map(|call| call.tried.answered_in).max();
    let took = took.map(|took| format!(" ({})", words.took(took))).unwrap_or_default();
    let advice = advice(words, result);
    let advice = if advice.is_empty() { String::new() } else { format!(". {}", advice.join(" ")) };
    format!("{head}: {understood}{took}{advice}")
}
