//! The test in English.

use std::time::Duration;

use axum::http::Version;

use super::words::{AnswerShape, ReportWords, Words, judged, shown};
use super::{CallResult, Finding, Grade, Trial, TrialResult};
use crate::router::{Judgement, Seen};
use crate::rules::Access;
use crate::store::Reason;

#[derive(Debug)]
pub(super) struct English;

const REPORT: ReportWords = ReportWords {
    language: "en",
    made: "Made",
    by: "By",
    endpoint: "Endpoint",
    authority: "Letters to",
    access: "Access",
    limit: "Time to answer",
    result: "Result",
    trial: "Trial",
    time: "Time",
    trials: "The trials",
    sent: "Sent",
    came: "Came back",
    understood: "Understood as",
    to_mend: "To mend and to know",
    look: "Look in the business system",
    look_hint: "No answer tells what is kept. Look for these letters by their messageUUID:",
    once: "There exactly once:",
    never: "Not there at all (broken off and never sent as a whole):",
    times: "The time runs from the moment when the last byte was handed over until the answer was there. The platform \
            promises 1 s for simple, 1.5 s for medium and 4 s for complex calls, of which the business system takes the \
            most. More than 4 s falls short.",
    no_conformity: "Judged as Postfordeler's router judges answers. What EP_FS1 PostModtag demands of headers and body is \
                    published nowhere, so this is no proof of conformity.",
};

impl Words for English {
    fn title(&self) -> &'static str {
        "Supplier's test"
    }

    fn what_is_sent(&self, endpoint: &str, authority: &str, trials: usize) -> String {
        format!(
            "Sends {trials} kinds of made-up letters to {endpoint}, as the router does, addressed to CVR {authority}. The \
             person in them is made up: CPR number 0100000000, which nobody can have. The company 01304054 and the \
             authority 01203045 do not exist. Do not use it on a system that works with real letters: it will keep these."
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
            Trial::SpecialLetters => "æøå, emoji, accents apart, entities, CDATA",
            Trial::ByteOrderMark => "Byte order mark first",
            Trial::DefaultNamespace => "No namespace prefix",
            Trial::OtherPrefix => "Another namespace prefix",
            Trial::UpperCaseUuid => "messageUUID in upper case",
            Trial::KnownLength => "300 kB with Content-Length",
            Trial::InChunks => "300 kB in chunks",
            Trial::Repeated => "The same bytes twice",
            Trial::BrokenOff => "Broken off in the middle, then whole",
            Trial::BrokenOffInChunks => "Broken off within chunks, then whole",
            Trial::Large => "20 MB",
            Trial::Largest => "The largest: 104,333,312 bytes",
        }
    }

    fn grade(&self, grade: Grade) -> &'static str {
        match grade {
            Grade::Well => "well",
            Grade::Remark => "remark",
            Grade::Short => "falls short",
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

    fn understood(&self, call: &CallResult) -> String {
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
        let person = if verdict.reason.is_some_and(Reason::needs_a_person) {
            "; it speaks of the call and not of the letter, and is told as what needs a person"
        } else {
            ""
        };
        match call.seen() {
            Some(seen) if verdict.status.is_some() => {
                format!("your {} with {} counts as {counts}{person}", seen.status, shape(seen))
            }
            _ => format!("{}: this counts as {counts}{person}", verdict.words),
        }
    }

    fn finding(&self, finding: Finding) -> String {
        match finding {
            Finding::NotAccepted(_) => "The letter was not accepted.".to_owned(),
            Finding::RepeatNotAccepted(_) => "The same letter was not accepted when it came again.".to_owned(),
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

    fn mend(&self, trial: Trial, call: &CallResult) -> String {
        let Some((verdict, judgement)) = judged(call) else { return String::new() };
        let status = verdict.status.unwrap_or_default();
        let words = match (judgement, status) {
            (Judgement::Rejected, 413) => {
                "Take letters of up to 104,333,312 bytes; look at the limits of the web server \
                                          and the proxy too."
            }
            (Judgement::Rejected, _) => hint(trial),
            (_, 401 | 403 | 407) => {
                "Let the caller in: look at the key or the client certificate that you want and that \
                                     was shown."
            }
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
            (Judgement::Unavailable, 0) => {
                "Look at the address, the port and the certificate, and whether it is running."
            }
            (_, 0) => "Read the whole body, and answer before the limit; keep the connection open until then.",
            _ => "Answer as the table of answers in the guide says.",
        };
        words.to_owned()
    }

    fn mend_otherwise(&self, finding: Finding) -> &'static str {
        match finding {
            Finding::TooEarly(_) => "Answer when the whole body has been read and kept: half a letter is none.",
            Finding::TooSlow(_) | Finding::Slow(_) | Finding::NotQuick(_) => {
                "Keep the letter, answer, and do the rest of the work afterwards."
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

    fn summary(&self, results: &[TrialResult]) -> String {
        let count = |grade| results.iter().filter(|result| result.grade == grade).count();
        let mut parts = vec![format!("{} trials: {} well", results.len(), count(Grade::Well))];
        parts.extend(
            [
                (count(Grade::Remark), "with a remark"),
                (count(Grade::Short), "fall short"),
                (count(Grade::LeftOut), "left out"),
                (count(Grade::GivenUp), "not tried, since the endpoint does not answer"),
            ]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}")),
        );
        parts.join(", ")
    }

    fn access(&self, access: &Access) -> String {
        match access {
            Access::Open => "nothing is shown".to_owned(),
            Access::Header { name } => format!("a secret in the header {name}"),
            Access::ClientCertificate => "a client certificate".to_owned(),
        }
    }

    fn report(&self) -> &'static ReportWords {
        &REPORT
    }
}

fn shape(seen: &Seen) -> String {
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
        Trial::BrokenOff | Trial::BrokenOffInChunks => {
            "Forget a letter that was broken off: when it comes as a whole, it is new."
        }
        Trial::Large | Trial::Largest => "Take letters of up to 104,333,312 bytes.",
        _ => "The letter is valid by the schema; a valid letter is to be accepted.",
    }
}
