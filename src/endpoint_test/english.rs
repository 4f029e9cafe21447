//! The test in English.

use std::time::Duration;

use axum::http::Version;

use super::words::{AnswerShape, Counts, ReportWords, Words, judged, known_cause, shown, some_of};
use super::{CallResult, Finding, Grade, NoMore, Trial, TrialResult, why_no_more};
use crate::router::{Judgement, RecordedAnswer};
use crate::rules::Access;
use crate::store::Reason;

#[derive(Debug)]
pub(super) struct English;

const REPORT: ReportWords = ReportWords {
    language: "en",
    created: "Created",
    time_zone: "Danish time",
    program: "Program",
    endpoint: "Endpoint",
    authority: "Letters to",
    access: "Access",
    limit: "Time to answer",
    result: "Result",
    trial: "Trial",
    time: "Time",
    trials: "The trials",
    sent: "Sent",
    answer: "Answer",
    counts_as: "Counts as",
    to_fix: "What to fix",
    not_verified: "Not verified",
    not_stored: "An answer cannot show what was stored. Look in the business system for the letters below by their \
                 messageUUID: check that the first are stored exactly once, and the others not at all.",
    checked: "Checked by / date",
    once: "Must be stored exactly once",
    never: "Must not be stored",
    times: "The time is from the last byte of the letter to the answer. The platform promises 1 s for simple, 1.5 s for \
            medium and 4 s for complex calls, and most of that time is the business system's. More than 4 s is a failure.",
    no_conformity: "The answers were judged as Postfordeler's router judges them. What EP_FS1 PostModtag demands of headers and body is \
                    published nowhere, so this is no proof of conformity.",
};

impl Words for English {
    fn title(&self) -> &'static str {
        "Postfordeler endpoint test"
    }

    fn what_is_sent(&self, endpoint: &str, authority: &str) -> String {
        format!(
            "Sends made-up letters of many kinds to {endpoint}, as the router does, addressed to CVR {authority}. The person \
             in them is made up: CPR number 0100000000, which nobody can have. The company 01304054 and the authority \
             01203045 do not exist. Do not use it on a system that works with real letters: it will keep these."
        )
    }

    fn what_was_sent(&self, endpoint: &str, authority: &str) -> String {
        format!(
            "Made-up letters were sent to {endpoint}, as the router sends letters, addressed to CVR {authority}. The person \
             in them was made up: CPR number 0100000000, which nobody can have. The company 01304054 and the authority \
             01203045 do not exist."
        )
    }

    fn trial(&self, trial: Trial) -> &'static str {
        match trial {
            Trial::Letter => "Letter from a person, MeMo 1.2",
            Trial::OldVersion => "Letter from a person, MeMo 1.1",
            Trial::Company => "Letter from a company, MeMo 1.2",
            Trial::Authority => "Letter from an authority, MeMo 1.1",
            Trial::Reply => "Reply",
            Trial::Forwarded => "Forwarded letter",
            Trial::Smallest => "The smallest: no body, empty label",
            Trial::SpecialLetters => "æøå, emoji, combining accents, entities, CDATA",
            Trial::ByteOrderMark => "Byte order mark first",
            Trial::DefaultNamespace => "No namespace prefix",
            Trial::OtherPrefix => "Another namespace prefix",
            Trial::UpperCaseUuid => "messageUUID in upper case",
            Trial::KnownLength => "300 kB with Content-Length",
            Trial::InChunks => "300 kB in chunks",
            Trial::Repeated => "The same bytes twice",
            Trial::BrokenOff => "Broken off in the middle, then whole",
            Trial::BrokenOffInChunks => "Broken off within chunks, then whole",
            Trial::SameTime => "The same letter twice at the same time",
            Trial::Together => "16 letters at the same time",
            Trial::WrongKey => "A wrong key or certificate",
            Trial::NoKey => "No key and no certificate",
            Trial::Large => "20 MB",
            Trial::Largest => "The largest: 104,333,312 bytes",
        }
    }

    fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Passed => "passed",
            Grade::Remark => "passed with a remark",
            Grade::Failed => "failed",
            Grade::LeftOut => "left out",
            Grade::GivenUp => "not tried",
        }
    }

    fn sent(&self, call: &CallResult) -> String {
        let way = match call.tried.in_chunks {
            None => return "nothing".to_owned(),
            Some(true) => "in chunks",
            Some(false) => "with Content-Length",
        };
        let cut = if call.is_cut { ", broken off in the middle" } else { "" };
        format!("letter {} of {} bytes, {way}{cut}", call.uuid, call.bytes)
    }

    fn came(&self, call: &CallResult) -> String {
        let Some(seen) = call.seen() else { return "no answer".to_owned() };
        let version = if seen.version < Version::HTTP_11 { "HTTP/1.0 " } else { "" };
        let location = seen.location.as_deref().map(|it| format!(", Location {}", shown(it))).unwrap_or_default();
        let body = shown(&seen.body);
        let body = if body.is_empty() { "no body".to_owned() } else { body };
        let kind = shown(&seen.content_type);
        let kind = if kind.is_empty() { String::new() } else { format!(" {kind}") };
        format!("{version}{}{kind}{location}: {body}", seen.status)
    }

    fn silence(&self, call: &CallResult) -> Option<String> {
        let verdict = call.verdict().filter(|_| call.seen().is_none())?;
        Some(verdict.words.clone())
    }

    fn understood(&self, call: &CallResult) -> String {
        let counts_as = self.counts_as(call);
        match (call.seen(), call.verdict()) {
            (Some(seen), Some(verdict)) if verdict.status.is_some() => {
                format!("your {} with {} counts as {counts_as}", seen.status, shape(seen))
            }
            (_, Some(verdict)) => format!("{}: this counts as {counts_as}", verdict.words),
            (_, None) => counts_as,
        }
    }

    fn counts_as(&self, call: &CallResult) -> String {
        let (verdict, judgement) = match judged(call) {
            Some(judged) => judged,
            None if call.is_cut => return "broken off by the router, as intended".to_owned(),
            None => {
                let refusal = call.tried.result.as_ref().err().map(ToString::to_string).unwrap_or_default();
                return format!("the router itself refuses the letter: {refusal}");
            }
        };
        let counts = match judgement {
            Judgement::Accepted => "accepted",
            Judgement::Rejected => "rejected: whoever sent the letter hears that it is refused",
            Judgement::Unavailable => "unavailable: Digital Post keeps the letter and sends it again",
            Judgement::Unknown => {
                "unknown: you may have the letter or not, so it stays with you and is sent to you again, and to nobody else"
            }
        };
        if verdict.reason.is_some_and(Reason::needs_a_person) {
            format!(
                "{counts}; the problem is with the call and not with the letter; the municipality is told to set it right"
            )
        } else {
            counts.to_owned()
        }
    }

    fn finding(&self, finding: Finding) -> String {
        match finding {
            Finding::NotAccepted(_) => "The letter was not accepted.".to_owned(),
            Finding::RepeatNotAccepted(_) => "The same letter was not accepted when it came again.".to_owned(),
            Finding::TakesFromAnybody => {
                "The letter was accepted without the right key or certificate: this endpoint takes letters from anybody."
                    .to_owned()
            }
            Finding::RejectsForKey => {
                "The answer counts as a rejection: letters would be rejected for a key or certificate that was forgotten."
                    .to_owned()
            }
            Finding::NotKeptOut => "A caller without the right key or certificate was not answered 401 or 403.".to_owned(),
            Finding::TooEarly(_) => "You answered yes to a letter of which half was there.".to_owned(),
            Finding::TooSlow(took) => format!("The answer took {}, more than 4 s.", self.took(took)),
            Finding::Slow(took) => {
                format!("The answer took {}, more than the 1.5 s of a medium call.", self.took(took))
            }
            Finding::NotQuick(took) => {
                format!("The answer took {}, more than the 1 s of a simple call.", self.took(took))
            }
            Finding::WantsLength => "You do not read chunks; with its length the letter was accepted.".to_owned(),
            Finding::OldHttp => "You answer with HTTP/1.0, so the router never sends you chunks.".to_owned(),
        }
    }

    fn fix(&self, trial: Trial, call: &CallResult) -> &'static str {
        let Some((verdict, judgement)) = judged(call) else { return "" };
        let status = verdict.status.unwrap_or_default();
        match (judgement, status) {
            (Judgement::Rejected, 413) => {
                "Take letters of up to 104,333,312 bytes; look at the limits of the web server \
                                          and the proxy too."
            }
            (Judgement::Rejected, _) => hint(trial),
            (_, 401 | 403 | 407) => "Check that the key or certificate you expect is the one that was shown.",
            (_, 300..=399) => "Answer at this address itself: the router follows no redirect.",
            (_, 411 | 501) => "Read a body that comes in chunks (Transfer-Encoding: chunked).",
            (_, 404 | 405 | 415 | 421 | 426) => "Take POST with application/xml at exactly this address.",
            (_, 502 | 504) => {
                "What stands before the business system did not hear from it in time: look at its log and \
                               at the gateway's limits."
            }
            (_, 408 | 429 | 500..=599) => "Look in your own log why the call failed.",
            (Judgement::Unknown, 200..=299) => {
                "Answer with 200 and the receipt as JSON, {\"receiptStatus\": \"COMPLETED\"}, \
                                               without an errorCode; or with 200 and nothing. At most 64 KiB are read."
            }
            (_, 0) if let Some(cause) = known_cause(verdict.reason) => cause.explanation().english.remedy,
            (_, 0) => "Read the whole body, and answer before the limit; keep the connection open until then.",
            _ => "Answer as the table of answers in the guide says.",
        }
    }

    fn rejected_anyway(&self) -> &'static str {
        "The plain letter was rejected too, so the cause is not what is special about this one."
    }

    fn fix_otherwise(&self, finding: Finding) -> &'static str {
        match finding {
            Finding::TooEarly(_) => "Answer when the whole body has been read and kept: half a letter is none.",
            Finding::TooSlow(_) | Finding::Slow(_) | Finding::NotQuick(_) => {
                "Keep the letter, answer, and do the rest of the work afterwards."
            }
            Finding::TakesFromAnybody | Finding::RejectsForKey | Finding::NotKeptOut => {
                "Answer 401 or 403 without a receipt: Digital Post then keeps the letter until the key is right."
            }
            Finding::WantsLength => {
                "It works: from then on the router waits until it knows the length. Large letters wait in its memory \
                 meanwhile, so it is better to read chunks."
            }
            Finding::OldHttp => "It works: large letters wait in the router's memory until they are whole.",
            Finding::NotAccepted(_) | Finding::RepeatNotAccepted(_) => "",
        }
    }

    fn took(&self, duration: Duration) -> String {
        match duration.as_millis() {
            0 => "under 1 ms".to_owned(),
            milliseconds @ 1..1000 => format!("{milliseconds} ms"),
            10_000.. => format!("{} s", duration.as_secs()),
            _ => format!("{:.1} s", duration.as_secs_f64()),
        }
    }

    fn summary(&self, results: &[TrialResult], trials: usize) -> String {
        let counts = Counts::of(results, trials);
        let why = match why_no_more(results) {
            Some(NoMore::CallRefused) => "not tried, since the endpoint refuses the calls",
            _ => "not tried, since the endpoint does not answer",
        };
        let made = some_of([(counts.remarks, "passed with a remark"), (counts.failed, "failed")]);
        let not_made = some_of([
            (counts.left_out, "left out"),
            (counts.given_up, why),
            (counts.stopped, "not tried, since it was stopped"),
        ]);
        let mut summary = format!("{trials} trials: {} passed", counts.passed);
        for (separator, part) in [(", ", made), ("; incomplete: ", not_made)] {
            if !part.is_empty() {
                summary += separator;
                summary += &part;
            }
        }
        summary
    }

    fn numbered(&self, number: usize, calls: usize) -> String {
        format!("Call {number} of {calls}")
    }

    fn time(&self, call: &CallResult) -> String {
        match (call.tried.answered_in, call.seen()) {
            (Some(took), _) => self.took(took),
            (None, Some(_)) => "– (the answer came before the last byte of the letter was sent)".to_owned(),
            (None, None) => "– (no answer came)".to_owned(),
        }
    }

    fn nothing_shown(&self) -> &'static str {
        "No key or certificate was shown: whether one is wanted was not tried."
    }

    fn access(&self, access: &Access) -> String {
        match access {
            Access::Open => "no key or certificate was sent".to_owned(),
            Access::Header { name } => format!("a secret in the header {name}"),
            Access::ClientCertificate => "a client certificate".to_owned(),
        }
    }

    fn report(&self) -> &'static ReportWords {
        &REPORT
    }
}

fn shape(seen: &RecordedAnswer) -> String {
    match AnswerShape::of(seen) {
        AnswerShape::Empty => "no body".to_owned(),
        AnswerShape::Json => "JSON".to_owned(),
        AnswerShape::Problem => "a problem document".to_owned(),
        AnswerShape::Html => "a web page".to_owned(),
        AnswerShape::Text => "text".to_owned(),
        AnswerShape::Other => format!("a body of the type {}", shown(&seen.content_type)),
    }
}

/// What is probably wrong where a valid letter is rejected.
fn hint(trial: Trial) -> &'static str {
    match trial {
        Trial::OldVersion | Trial::Authority => "The letter is valid by MeMo 1.1; both versions are in use.",
        Trial::Smallest => "The schemas demand no body and allow an empty label.",
        Trial::SpecialLetters => "Read UTF-8, entities and CDATA with an XML parser.",
        Trial::ByteOrderMark => "A byte order mark may stand before the XML.",
        Trial::DefaultNamespace | Trial::OtherPrefix => "Go by the namespace and never by the prefix.",
        Trial::UpperCaseUuid => "A UUID may be written in upper case.",
        Trial::Repeated => {
            "Answer a letter that you have already as accepted, and keep it once: go by its messageUUID."
        }
        Trial::SameTime => {
            "The same letter may come twice at the same time: keep it once, and answer both calls as accepted, or one of them \
             with 503."
        }
        Trial::Together => "Up to 16 letters come at the same time: take them all.",
        Trial::BrokenOff | Trial::BrokenOffInChunks => {
            "Forget a letter that was broken off: when it comes as a whole, it is new."
        }
        Trial::Large | Trial::Largest => "Take letters of up to 104,333,312 bytes.",
        _ => "The letter is valid by the schema; a valid letter is to be accepted.",
    }
}
