//! The journal of a package: a line that says what the file is, and a line of JSON for each call. The guide describes it.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::contents::TrainingCall;
use super::error::{JournalFault, PackageFault};
use super::limits::PackageLimits;
use super::stage::Stage;
use crate::exchange::{Stopped, read_facts, write_facts};
use crate::rules::Facts;
use crate::store::{Outcome, Reason};

const FORMAT: &str = "postfordeler-oevelsesjournal";
const VERSION: u32 = 1;
/// The longest line, in bytes: what it says takes far more memory than its bytes, and no call says as much.
const LONGEST_LINE: usize = 256 << 10;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    format: String,
    version: u32,
}

/// A line. What a call does not have is left out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "dag")]
    day: u16,
    #[serde(rename = "kl")]
    time: String,
    #[serde(rename = "meddelelse", default, skip_serializing_if = "Option::is_none")]
    message: Option<Uuid>,
    bytes: u64,
    #[serde(rename = "fakta", default, skip_serializing_if = "Option::is_none")]
    facts: Option<Value>,
    #[serde(rename = "sendt")]
    was_routed: bool,
    #[serde(rename = "udfald")]
    outcome: String,
    #[serde(rename = "grund", default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(rename = "kode", default, skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
    #[serde(rename = "svarMs", default, skip_serializing_if = "Option::is_none")]
    answer_ms: Option<u32>,
    #[serde(rename = "ialtMs")]
    total_ms: u32,
    #[serde(rename = "gentager", default, skip_serializing_if = "Option::is_none")]
    repeats: Option<u32>,
    #[serde(rename = "foelger", default, skip_serializing_if = "Option::is_none")]
    follows: Option<u32>,
    #[serde(rename = "afvigerFra", default, skip_serializing_if = "Option::is_none")]
    differs_from: Option<u32>,
}

pub(super) fn write_journal(calls: &[TrainingCall]) -> String {
    let as_json =
        |line: Result<String, serde_json::Error>| line.expect("its keys are texts, so it can be printed as JSON");
    let mut text = as_json(serde_json::to_string(&About { format: FORMAT.to_owned(), version: VERSION }));
    text.push('\n');
    for call in calls {
        text.push_str(&as_json(serde_json::to_string(&line_of(call))));
        text.push('\n');
    }
    text
}

fn line_of(call: &TrainingCall) -> Line {
    Line {
        day: call.day,
        time: call.time.strftime("%H:%M:%S").to_string(),
        message: call.message,
        bytes: call.bytes,
        facts: call.facts.as_ref().map(said_of),
        was_routed: call.was_routed,
        outcome: call.outcome.code().to_owned(),
        reason: call.reason.map(|reason| reason.code().to_owned()),
        status: call.status,
        code: call.code,
        answer_ms: call.answer_ms,
        total_ms: call.total_ms,
        repeats: call.repeats,
        follows: call.follows,
        differs_from: call.differs_from,
    }
}

/// The facts as guards have them, without those that are absent.
fn said_of(facts: &Facts) -> Value {
    let mut value: Value = serde_json::from_str(&write_facts(facts)).unwrap_or_default();
    if let Value::Object(facts) = &mut value {
        facts.retain(|_, value| !value.is_null() && *value != Value::Bool(false));
    }
    value
}

/// Reads the journal, unless that is stopped.
pub(super) fn read_journal(file: &[u8], stage: Stage<'_>) -> Result<Result<Vec<TrainingCall>, PackageFault>, Stopped> {
    let mut calls = Vec::new();
    let Ok(text) = std::str::from_utf8(file) else { return Ok(Err(PackageFault::NotText)) };
    let mut lines = (1..).zip(text.lines());
    if let Err(fault) = read_first(lines.next().map_or("", |(_, line)| line)) {
        return Ok(Err(PackageFault::Line { line: 1, fault }));
    }
    let mut done = 0;
    for (line, text) in lines {
        if calls.len() == PackageLimits::CALLS {
            return Ok(Err(PackageFault::TooMany(PackageLimits::CALLS)));
        }
        match read_line(text, &calls) {
            Ok(call) => calls.push(call),
            Err(fault) => return Ok(Err(PackageFault::Line { line, fault })),
        }
        done += text.len() as u64 + 1;
        stage.reach(done, file.len() as u64)?;
    }
    Ok(Ok(calls))
}

fn read_first(line: &str) -> Result<(), JournalFault> {
    let about = serde_json::from_str::<About>(line).ok().filter(|about| about.format == FORMAT);
    match about.map(|about| about.version) {
        None => Err(JournalFault::NotAJournal),
        Some(VERSION) => Ok(()),
        Some(_) => Err(JournalFault::Newer),
    }
}

/// Reads the call after those.
fn read_line(text: &str, before: &[TrainingCall]) -> Result<TrainingCall, JournalFault> {
    if text.len() > LONGEST_LINE {
        return Err(JournalFault::TooLong);
    }
    // The reader of JSON may repeat what the text says; the place is what helps.
    let line: Line = serde_json::from_str(text).map_err(|error| JournalFault::NotACall(error.column()))?;
    if line.day > PackageLimits::DAYS {
        return Err(JournalFault::Day);
    }
    let time: Time = line.time.parse().ok().filter(|_| line.time.len() == 8).ok_or(JournalFault::Time)?;
    let outcome = Outcome::all().find(|outcome| outcome.code() == line.outcome && *outcome != Outcome::UnderWay);
    let reason = line.reason.map(|code| Reason::from_code(&code).ok_or(JournalFault::Reason)).transpose()?;
    let facts = line.facts.map(|facts| read_facts(facts.to_string().as_bytes()).map_err(JournalFault::Facts));
    let facts = facts.transpose()?;
    if line.was_routed && facts.is_none() {
        return Err(JournalFault::SentWithoutFacts);
    }
    for (key, place) in [("gentager", line.repeats), ("foelger", line.follows), ("afvigerFra", line.differs_from)] {
        if place.is_some_and(|place| place == 0 || place as usize > before.len()) {
            return Err(JournalFault::NoSuchLine(key));
        }
    }
    if before.last().is_some_and(|earlier| (earlier.day, earlier.time) > (line.day, time)) {
        return Err(JournalFault::Earlier);
    }
    Ok(TrainingCall {
        day: line.day,
        time,
        message: line.message,
        bytes: line.bytes,
        facts,
        was_routed: line.was_routed,
        outcome: outcome.ok_or(JournalFault::Outcome)?,
        reason,
        status: line.status,
        code: line.code,
        answer_ms: line.answer_ms,
        total_ms: line.total_ms,
        repeats: line.repeats,
        follows: line.follows,
        differs_from: line.differs_from,
    })
}
