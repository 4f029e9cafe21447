//! The supplier's test of an endpoint: what it sends, and how it judges what comes.

mod examples;
mod keys;
mod practice;
mod report;

use std::fs;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{Connection, Fagsystem, Memo, NobodyThere, Request, Running, postfordeler};

const COMPLETED: &str = r#"{"receiptStatus": "COMPLETED", "errorCode": null}"#;

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Tries the endpoint without the large letters; what is printed, and the exit status.
fn tried(endpoint: &str, more: &[&str]) -> (String, Option<i32>) {
    let output = postfordeler(&[&["try-endpoint", endpoint, "--skip-large"], more].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) || errors.is_empty(), "{errors}");
    (format!("{}{errors}", out(&output)), output.status.code())
}

/// The line about that trial.
fn line_of<'a>(said: &'a str, trial: &str) -> &'a str {
    said.lines().find(|line| line.contains(trial)).unwrap_or_else(|| panic!("nothing of {trial}: {said}"))
}

/// An endpoint that takes each message whole, and answers it so.
fn answering(answer: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Fagsystem {
    Fagsystem::start(move |connection| {
        if connection.take_head() && connection.take_body() {
            let head = format!("POST {} ", connection.path());
            let request = Request { head, body: connection.body(), state: crate::support::State::Whole };
            answer(&request, connection);
        }
    })
}

#[test]
fn a_right_endpoint_passes_and_gets_what_the_router_sends() {
    let fagsystem = Fagsystem::answering(200, COMPLETED);
    let (said, status) = tried(&fagsystem.endpoint(), &[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("21 trials: 19 passed; incomplete: 2 left out"), "{said}");
    assert!(said.contains("CPR number 0100000000, which nobody can have"), "{said}");
    assert!(line_of(&said, "Letter from a person, MeMo 1.2").contains("your 200 with JSON counts as accepted"));
    let requests = fagsystem.requests();
    let cut = requests.iter().filter(|request| !request.is_whole()).count();
    assert_eq!((requests.len(), cut), (40, 4), "two letters are broken off with and two without a length");
    for request in &requests {
        assert!(request.head.starts_with("POST /postmodtag HTTP/1.1\r\n"));
        assert_eq!(request.header("content-type"), Some("application/xml"));
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        assert_ne!(request.header("content-length").is_some(), request.header("transfer-encoding").is_some());
    }
    let bodies: Vec<_> =
        requests.iter().filter(|it| it.is_whole()).map(|it| String::from_utf8(it.body.clone()).unwrap()).collect();
    let has = |what: &str| bodies.iter().filter(|body| body.contains(what)).count();
    assert_eq!(has("memoVersion=\"1.1\" memoSchVersion="), 2);
    assert_eq!((has(">CPR<") > 10, has(">01304054<"), has(">01203045<")), (true, 1, 1));
    assert_eq!(
        (has("ReplyData>"), has("ForwardData>"), has("<![CDATA["), has("&#x1F4EE;"), has("🫐")),
        (1, 1, 1, 1, 1)
    );
    assert_eq!(bodies.iter().filter(|body| body.starts_with('\u{FEFF}')).count(), 1);
    assert_eq!((has("<Message xmlns="), has("<ns0:Message xmlns:ns0=")), (1, 1));
    let same = bodies.iter().enumerate().filter(|(at, body)| bodies[at + 1..].contains(body)).count();
    assert_eq!(same, 2, "one letter comes twice, and one twice at the same time");
    assert!(said.contains("No key or certificate was shown: whether one is wanted was not tried."), "{said}");
}

#[test]
fn every_letter_is_a_message_that_the_router_takes() {
    let directory = TempDir::new().unwrap();
    let keep = directory.path().join("breve");
    let fagsystem = Running::start(&["fagsystem", "--listen", "127.0.0.1:0", "--keep", keep.to_str().unwrap()]);
    assert_eq!(tried(&fagsystem.receiving_at, &["--authority", "11223344"]).1, Some(0));
    let kept: Vec<_> = fs::read_dir(&keep).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 34, "each whole letter once, and none of those that were never whole");
    for path in kept {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("recipientID>11223344<"));
    }
}

#[test]
fn each_answer_is_judged_as_the_router_understands_it() {
    let cases = [
        (200, "text/plain", "modtaget", "your 200 with text counts as unknown", "Answer with 200 and the receipt"),
        (200, "text/html", "<p>OK</p>", "your 200 with a web page counts as unknown", "Answer with 200"),
        (
            200,
            "application/json",
            r#"{"errorCode": "x.y"}"#,
            "your 200 with JSON counts as rejected",
            "valid by the schema",
        ),
        (
            422,
            "application/problem+json",
            "{}",
            "your 422 with a problem document counts as rejected",
            "a valid letter",
        ),
        (302, "text/plain", "", "your 302 with no body counts as unknown", "the router follows no redirect"),
        (308, "text/plain", "", "your 308 with no body counts as unavailable", "the router follows no redirect"),
        (
            401,
            "text/plain",
            "nej",
            "counts as unavailable: Digital Post keeps the letter",
            "Check that the key or certificate you expect is the one that was shown",
        ),
        (404, "text/plain", "nej", "the problem is with the call and not with the letter", "at exactly this address"),
        (503, "text/plain", "", "your 503 with no body counts as unavailable", "Look in your own log"),
        (502, "text/plain", "", "your 502 with no body counts as unknown", "gateway"),
    ];
    for (status, content_type, body, understood, mend) in cases {
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} Svar\r\nContent-Type: {content_type}\r\nLocation: http://andetsteds.example/\r\nContent-Length: \
             {length}\r\nConnection: close\r\n\r\n{body}"
        );
        let fagsystem = answering(move |_, connection| {
            connection.write(&answer);
        });
        let (said, code) = tried(&fagsystem.endpoint(), &[]);
        assert_eq!(code, Some(1), "{status}: {said}");
        let line = line_of(&said, "Letter from a person, MeMo 1.2");
        assert!(line.starts_with("failed: ") && line.contains(understood), "{status}: {line}");
        assert!(line.contains(mend), "{status}: {line}");
    }
}

#[test]
fn what_only_one_trial_shows_is_found_in_it_alone() {
    // Reads by the prefix and not by the namespace.
    let by_prefix = answering(|request, connection| {
        let knows = request.body.windows(14).any(|it| it == b"<memo:Message ");
        connection.answer(if knows { 200 } else { 400 }, if knows { COMPLETED } else { "" });
    });
    let (said, code) = tried(&by_prefix.endpoint(), &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("17 passed, 2 failed"), "{said}");
    for trial in ["No namespace prefix", "Another namespace prefix"] {
        assert!(line_of(&said, trial).contains("Go by the namespace and never by the prefix"), "{said}");
    }
    // Takes a letter that it has already for a fault.
    let seen = std::sync::Mutex::new(Vec::<Vec<u8>>::new());
    let not_again = answering(move |request, connection| {
        let mut seen = seen.lock().unwrap();
        let is_new = !seen.contains(&request.body);
        seen.push(request.body.clone());
        connection.answer(if is_new { 200 } else { 409 }, "");
    });
    let (said, _) = tried(&not_again.endpoint(), &[]);
    assert!(line_of(&said, "twice at the same time").contains("answer both calls as accepted"), "{said}");
    assert!(said.contains("17 passed, 2 failed"), "{said}");
    assert!(line_of(&said, "The same bytes twice").contains("go by its messageUUID"), "{said}");
}

#[test]
fn an_answer_to_half_a_letter_is_found() {
    let hasty = Fagsystem::start(|connection| {
        if connection.take_head() {
            connection.answer(200, COMPLETED);
            connection.drain();
        }
    });
    let (said, code) = tried(&hasty.endpoint(), &[]);
    assert_eq!(code, Some(1));
    let line = line_of(&said, "Broken off in the middle");
    assert!(line.contains("You answered yes to a letter of which half was there"), "{said}");
}

#[test]
fn how_long_an_answer_takes_is_told() {
    let slow = answering(|request, connection| {
        if request.body.windows(11).any(|it| it == b"ForwardData") {
            thread::sleep(Duration::from_millis(1050));
        }
        connection.answer(200, COMPLETED);
    });
    let (said, code) = tried(&slow.endpoint(), &[]);
    let line = line_of(&said, "Forwarded letter");
    assert!(line.contains("The answer took ") && line.contains("Keep the letter, answer"), "{said}");
    assert!(code == Some(0) || line.contains("more than 4 s"), "{said}");
}

#[test]
fn old_http_and_the_want_of_a_length_are_remarks() {
    let old = Fagsystem::start(|connection| {
        if connection.take_head() && !connection.take_body_by_length().is_empty() {
            connection.write("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let (said, code) = tried(&old.endpoint(), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(line_of(&said, "300 kB in chunks").starts_with("passed with a remark: "), "{said}");
    assert!(line_of(&said, "300 kB in chunks").contains("HTTP/1.0"), "{said}");
    let wants_length = Fagsystem::start(|connection| {
        if !connection.take_head() {
            return;
        }
        if connection.take_body_by_length().is_empty() {
            connection.answer(411, "");
            connection.drain();
        } else {
            connection.answer(200, COMPLETED);
        }
    });
    let (said, code) = tried(&wants_length.endpoint(), &[]);
    assert_eq!(code, Some(0), "{said}");
    let line = line_of(&said, "300 kB in chunks");
    assert!(line.starts_with("passed with a remark: ") && line.contains("You do not read chunks"), "{said}");
}

#[test]
fn who_never_ends_or_never_begins_is_bounded() {
    let endless = Fagsystem::start(|connection| {
        if connection.take_head() && connection.take_body() {
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            connection.write_without_end("{ ");
        }
    });
    let (said, code) = tried(&endless.endpoint(), &[]);
    assert_eq!(code, Some(1));
    assert!(line_of(&said, "MeMo 1.2").contains("counts as unknown"), "{said}");
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&asked);
    let silent = Fagsystem::start(move |connection| {
        if connection.take_head() {
            count.fetch_add(1, Ordering::Relaxed);
            connection.drain();
        }
    });
    let (said, code) = tried(&silent.endpoint(), &["--timeout", "1"]);
    assert_eq!((code, asked.load(Ordering::Relaxed)), (Some(1), 2), "two in a row are enough: {said}");
    assert!(line_of(&said, "MeMo 1.2").contains("it did not answer in time: limit 1s"), "{said}");
    assert!(said.contains("17 not tried, since the endpoint does not answer"), "{said}");
    let (said, code) = tried(&NobodyThere::new().endpoint(), &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("18 not tried") && line_of(&said, "MeMo 1.2").contains("nobody listens"), "{said}");
}

#[test]
fn a_bad_call_is_misuse_and_sends_nothing() {
    let fagsystem = Fagsystem::accepting();
    let endpoint = fagsystem.endpoint();
    let directory = TempDir::new().unwrap();
    let nowhere = directory.path().join("findes/ikke.html");
    let cases: [&[&str]; 9] = [
        &["try-endpoint", "ftp://127.0.0.1/"],
        &["try-endpoint", "http://bruger:kode@127.0.0.1/"],
        &["try-endpoint", "postmodtag"],
        &["try-endpoint"],
        &["try-endpoint", &endpoint, "--report", "rapport.docx"],
        &["try-endpoint", &endpoint, "--report", nowhere.to_str().unwrap()],
        &["try-endpoint", &endpoint, "--api-key-header", "X-Api-Key"],
        &["try-endpoint", &endpoint, "--timeout", "0"],
        &["try-endpoint", &endpoint, "--trust", nowhere.to_str().unwrap()],
    ];
    for case in cases {
        let output = postfordeler(case);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), errors.lines().count()), (Some(2), 1), "{case:?}: {errors}");
        assert_eq!(out(&output), "", "{case:?}");
        assert!(!errors.contains("kode"), "{errors}");
    }
    assert!(fagsystem.requests().is_empty());
}

#[test]
fn what_is_rejected_anyway_gets_no_advice_of_its_own() {
    let rejecting = Fagsystem::answering(422, r#"{"receiptStatus": "INVALID", "errorCode": "a.b"}"#);
    let (said, _) = tried(&rejecting.endpoint(), &[]);
    let line = line_of(&said, "Byte order mark first");
    assert!(line.contains("The plain letter was rejected too"), "{line}");
    assert!(!said.contains("A byte order mark may stand") && !said.contains("Go by the namespace"), "{said}");
    let many = line_of(&said, "16 letters at the same time");
    assert_eq!(many.matches("The letter was not accepted.").count(), 1, "{many}");
    let (said, _) = tried(&NobodyThere::new().endpoint(), &[]);
    assert!(line_of(&said, "MeMo 1.2").contains("See that the system has been started"), "{said}");
    assert!(!said.contains("certificate is"), "{said}");
}

#[test]
fn the_largest_letter_has_exactly_the_largest_size() {
    let sizes = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&sizes);
    let fagsystem = Fagsystem::start(move |connection| {
        let mut size = 0;
        if connection.take_head() && connection.take_body_to(|piece| size += piece.len()) {
            seen.lock().unwrap().push(size);
            connection.answer(200, COMPLETED);
        }
    });
    let output = postfordeler(&["try-endpoint", &fagsystem.endpoint()]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).contains("21 trials: 21 passed"), "{}", out(&output));
    assert!(sizes.lock().unwrap().ends_with(&[20_000_000, 104_333_312]));
}

#[test]
fn one_file_is_sent_as_the_router_sends_it() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("brev.xml");
    let letter = Memo { has_byte_order_mark: true, prefix: "ns7:", ..Memo::new() }.xml();
    fs::write(&file, &letter).unwrap();
    let file = file.to_str().unwrap();
    let send = |endpoint: &str| postfordeler(&["send", file, "--as-router", "--to", endpoint]);
    let fagsystem = Fagsystem::answering(200, "OK, tak");
    let output = send(&fagsystem.endpoint());
    assert_eq!(output.status.code(), Some(1));
    let said = out(&output);
    assert!(said.contains("understood: your 200 with JSON counts as unknown"), "{said}");
    assert!(said.contains("came back: 200 application/json: OK, tak"), "{said}");
    assert_eq!(fagsystem.requests()[0].body, letter, "byte for byte");
    assert_eq!(send(&Fagsystem::accepting().endpoint()).status.code(), Some(0));
    let broken = directory.path().join("itu.xml");
    fs::write(&broken, &letter[..letter.len() - 9]).unwrap();
    let output = postfordeler(&["send", broken.to_str().unwrap(), "--as-router", "--to", &fagsystem.endpoint()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("nothing was sent; the router itself refuses it: memo.ugyldig"), "{}", out(&output));
    assert_eq!(fagsystem.requests().len(), 1);
    let misused = postfordeler(&["send", file, "--to", &fagsystem.endpoint(), "--client-certificate", file]);
    assert_eq!(misused.status.code(), Some(2));
}
