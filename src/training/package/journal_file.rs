//! The journal of a package: a line that says what the file is, and a line of JSON for each call. The guide describes it.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::contents::TrainingCall;
use super::error::{PackageFault, in_one_line};
use super::limits::PackageLimits;
use crate::exchange::{read_facts, write_facts};
use crate::rules::Facts;
use crate::store::{Outcome, Reason};

const FORMAT: &str = "postfordeler-oevelsesjournal";
const VERSION: u32 = 1;

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

pub(super) fn read_journal(file: &[u8]) -> Result<Vec<TrainingCall>, PackageFault> {
    let text = std::str::from_utf8(file).map_err(|_| PackageFault::NotText)?;
    let mut lines = (1..).zip(text.lines());
    let about = lines.next().and_then(|(_, line)| serde_json::from_str::<About>(line).ok());
    let about = about.filter(|about| about.format == FORMAT);
    let wrong = |line: usize, reason: &str| PackageFault::Line { line, reason: reason.to_owned() };
    match about {
        None => return Err(wrong(1, "it does not say that this is a journal for training")),
        Some(About { version: VERSION, .. }) => {}
        Some(_) => return Err(wrong(1, "it is of a newer version of the program")),
    }
    let mut calls: Vec<TrainingCall> = Vec::new();
    for (line, text) in lines {
        if calls.len() == PackageLimits::CALLS {
            return Err(PackageFault::TooMany(PackageLimits::CALLS));
        }
        let before = calls.len();
        let call = read_line(text, before).map_err(|reason| PackageFault::Line { line, reason })?;
        if calls.last().is_some_and(|earlier| (earlier.day, earlier.time) > (call.day, call.time)) {
            return Err(wrong(line, "it is earlier than the line before"));
        }
        calls.push(call);
    }
    Ok(calls)
}

/// Reads the call after that many others.
fn read_line(text: &str, before: usize) -> Result<TrainingCall, String> {
    // Whatever the reader of JSON repeats of the text is cut off; the place is what helps.
    let line: Line = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        format!("it is no call of a journal ({})", crate::rules::short_without_cpr(&reason, 200))
    })?;
    if line.day > PackageLimits::DAYS {
        return Err(format!("dag: at most {}", PackageLimits::DAYS));
    }
    let time: Time = line.time.parse().ok().filter(|_| line.time.len() == 8).ok_or("kl: no time as 08:30:00")?;
    let outcome = Outcome::all().find(|outcome| outcome.code() == line.outcome && *outcome != Outcome::UnderWay);
    let reason = line.reason.map(|code| Reason::from_code(&code).ok_or("grund: there is no such word")).transpose()?;
    let facts = line.facts.map(|facts| {
        read_facts(facts.to_string().as_bytes()).map_err(|faults| format!("fakta.{}", in_one_line(&faults)))
    });
    let facts = facts.transpose()?;
    if line.was_routed && facts.is_none() {
        return Err("sendt: nothing is sent without fakta".to_owned());
    }
    for (key, place) in [("gentager", line.repeats), ("foelger", line.follows), ("afvigerFra", line.differs_from)] {
        if place.is_some_and(|place| place == 0 || place as usize > before) {
            return Err(format!("{key}: there is no such line before"));
        }
    }
    Ok(TrainingCall {
        day: line.day,
        time,
        message: line.message,
        bytes: line.bytes,
        facts,
        was_routed: line.was_routed,
        outcome: outcome.ok_or("udfald: there is no such word")?,
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
