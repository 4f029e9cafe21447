//! The test in English.

use std::time::Duration;

use super::facts::{Advice, AnswerShape, Property};
use super::texts::{CallTexts, ReportTexts, SummaryTexts, Texts};
use crate::endpoint_test::findings::{EndpointFinding, Grade};
use crate::endpoint_test::result::NoMore;
use crate::endpoint_test::trial::Trial;
use crate::router::Judgement;
use crate::rules::Access;

pub(super) static TEXTS: Texts = Texts {
    title: "Postfordeler endpoint test",
    what_is_sent,
    what_was_sent,
    trial,
    grade,
    access,
    nothing_shown: "No key or certificate was shown: whether one is wanted was not tried.",
    decimal_point: ".",
    call: CallTexts {
        numbered: |number, calls| format!("Call {number} of {calls}"),
        nothing_sent: "nothing",
        letter: |uuid, bytes| format!("letter {uuid} of {bytes} bytes"),
        in_chunks: "in chunks",
        with_length: "with Content-Length",
        cut_off: "broken off in the middle",
        no_answer: "no answer",
        no_body: "no body",
        shape,
        cause: |verdict| verdict.words.clone(),
        answer_counts_as: |status, body, counts| format!("your {status} with {body} counts as {counts}"),
        cause_counts_as: |cause, counts| format!("{cause}: this counts as {counts}"),
        cut_off_as_intended: "broken off by the router, as intended",
        refused_by_router: |error| format!("the router itself refuses the letter: {error}"),
        judgement,
        needs_a_person: "the problem is with the call and not with the letter; the municipality is told to set it right",
        no_time_answered_early: "the answer came before the last byte of the letter was sent",
        no_time_no_answer: "no answer came",
    },
    finding,
    advice,
    summary: SummaryTexts {
        passed: |trials, passed| format!("{trials} trials: {passed} passed"),
        remarks: "passed with a remark",
        failed: "failed",
        incomplete: "incomplete",
        left_out: "left out",
        given_up: |why| match why {
            NoMore::CallRefused => "not tried, since the endpoint refuses the calls",
            NoMore::NoAnswer => "not tried, since the endpoint does not answer",
        },
        stopped: "not tried, since it was stopped",
    },
    report: ReportTexts {
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
    },
};

fn what_is_sent(endpoint: &str, authority: &str) -> String {
    format!(
        "Sends made-up letters of many kinds to {endpoint}, as the router does, addressed to CVR {authority}. The person \
         in them is made up: CPR number 0100000000, which nobody can have. The company 01304054 and the authority \
         01203045 do not exist. Do not use it on a system that works with real letters: it will keep these."
    )
}

fn what_was_sent(endpoint: &str, authority: &str) -> String {
    format!(
        "Made-up letters were sent to {endpoint}, as the router sends letters, addressed to CVR {authority}. The person \
         in them was made up: CPR number 0100000000, which nobody can have. The company 01304054 and the authority \
         01203045 do not exist."
    )
}

fn trial(trial: Trial) -> &'static str {
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

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Passed => "passed",
        Grade::Remark => "passed with a remark",
        Grade::Failed => "failed",
        Grade::LeftOut => "left out",
        Grade::GivenUp => "not tried",
    }
}

fn access(access: &Access) -> String {
    match access {
        Access::Open => "no key or certificate was sent".to_owned(),
        Access::Header { name } => format!("a secret in the header {name}"),
        Access::ClientCertificate => "a client certificate".to_owned(),
    }
}

fn shape(shape: AnswerShape, media_type: &str) -> String {
    match shape {
        AnswerShape::Empty => "no body".to_owned(),
        AnswerShape::Json => "JSON".to_owned(),
        AnswerShape::Problem => "a problem document".to_owned(),
        AnswerShape::Html => "a web page".to_owned(),
        AnswerShape::Text => "text".to_owned(),
        AnswerShape::Other => format!("a body of the type {media_type}"),
    }
}

fn judgement(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Accepted => "accepted",
        Judgement::Rejected => "rejected: whoever sent the letter hears that it is refused",
        Judgement::Unavailable => "unavailable: Digital Post keeps the letter and sends it again",
        Judgement::Unknown => {
            "unknown: you may have the letter or not, so it stays with you and is sent to you again, and to nobody else"
        }
    }
}

fn finding(finding: EndpointFinding, took_text: &dyn Fn(Duration) -> String) -> String {
    match finding {
        EndpointFinding::NotAccepted(_) => "The letter was not accepted.".to_owned(),
        EndpointFinding::RepeatNotAccepted(_) => "The same letter was not accepted when it came again.".to_owned(),
        EndpointFinding::TakesFromAnybody => {
            "The letter was accepted without the right key or certificate: this endpoint takes letters from anybody."
                .to_owned()
        }
        EndpointFinding::RejectsForKey => {
            "The answer counts as a rejection: letters would be rejected for a key or certificate that was forgotten."
                .to_owned()
        }
        EndpointFinding::NotKeptOut => {
            "A caller without the right key or certificate was not answered 401 or 403.".to_owned()
        }
        EndpointFinding::TooEarly(_) => "You answered yes to a letter of which half was there.".to_owned(),
        EndpointFinding::TooSlow(took) => format!("The answer took {}, more than 4 s.", took_text(took)),
        EndpointFinding::Slow(took) => {
            format!("The answer took {}, more than the 1.5 s of a medium call.", took_text(took))
        }
        EndpointFinding::NotQuick(took) => {
            format!("The answer took {}, more than the 1 s of a simple call.", took_text(took))
        }
        EndpointFinding::WantsLength => "You do not read chunks; with its length the letter was accepted.".to_owned(),
        EndpointFinding::OldHttp => "You answer with HTTP/1.0, so the router never sends you chunks.".to_owned(),
    }
}

fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::RejectedAnyway => {
            "The plain letter was rejected too, so the cause is not what is special about this one."
        }
        Advice::RaiseSizeLimits => {
            "Take letters of up to 104,333,312 bytes; look at the limits of the web server and the proxy too."
        }
        Advice::Accept(property) => accept(property),
        Advice::CheckKey => "Check that the key or certificate you expect is the one that was shown.",
        Advice::NoRedirect => "Answer at this address itself: the router follows no redirect.",
        Advice::ReadChunks => "Read a body that comes in chunks (Transfer-Encoding: chunked).",
        Advice::TakePostRequests => "Take POST with application/xml at exactly this address.",
        Advice::CheckGateway => {
            "What stands before the business system did not hear from it in time: look at its log and at the gateway's \
             limits."
        }
        Advice::CheckOwnLog => "Look in your own log why the call failed.",
        Advice::AnswerWithReceipt => {
            "Answer with 200 and the receipt as JSON, {\"receiptStatus\": \"COMPLETED\"}, without an errorCode; or with \
             200 and nothing. At most 64 KiB are read."
        }
        Advice::Remedy(reason) => reason.explanation().english.remedy,
        Advice::ReadWholeBody => {
            "Read the whole body, and answer before the limit; keep the connection open until then."
        }
        Advice::SeeGuide => "Answer as the table of answers in the guide says.",
        Advice::AnswerOnceStored => "Answer when the whole body has been read and kept: half a letter is none.",
        Advice::AnswerBeforeProcessing => "Keep the letter, answer, and do the rest of the work afterwards.",
        Advice::RefuseStrangers => {
            "Answer 401 or 403 without a receipt: Digital Post then keeps the letter until the key is right."
        }
        Advice::BetterReadChunks => {
            "It works: from then on the router waits until it knows the length. Large letters wait in its memory \
             meanwhile, so it is better to read chunks."
        }
        Advice::OldHttpWorks => "It works: large letters wait in the router's memory until they are whole.",
    }
}

fn accept(property: Property) -> &'static str {
    match property {
        Property::Version => "The letter is valid by MeMo 1.1; both versions are in use.",
        Property::Smallest => "The schemas demand no body and allow an empty label.",
        Property::SpecialLetters => "Read UTF-8, entities and CDATA with an XML parser.",
        Property::ByteOrderMark => "A byte order mark may stand before the XML.",
        Property::Namespace => "Go by the namespace and never by the prefix.",
        Property::UpperCaseUuid => "A UUID may be written in upper case.",
        Property::Repeated => {
            "Answer a letter that you have already as accepted, and keep it once: go by its messageUUID."
        }
        Property::SameTime => {
            "The same letter may come twice at the same time: keep it once, and answer both calls as accepted, or one of \
             them with 503."
        }
        Property::ManyAtOnce => "Up to 16 letters come at the same time: take them all.",
        Property::BrokenOffBefore => "Forget a letter that was broken off: when it comes as a whole, it is new.",
        Property::Size => "Take letters of up to 104,333,312 bytes.",
        Property::None => "The letter is valid by the schema; a valid letter is to be accepted.",
    }
}
