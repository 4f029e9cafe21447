//! The supplier's test of an endpoint: what it sends, and how it judges what comes.

mod examples;
mod practice;

use std::fs;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::outgoing::secure::Issuer;
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
fn the_report_tells_all_and_no_secret() {
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("noegle"), "kodeord-42\n").unwrap();
    // Repeats what it was shown, with something for a browser and a terminal to obey.
    let echo = Fagsystem::start(|connection| {
        if connection.take_head() && connection.take_body() {
            connection.answer(200, "<script>alert(1)</script>\u{1b}[2J kodeord-42 | *fed*");
        }
    });
    let endpoint = format!("{}?code=skjult", echo.endpoint());
    for (name, language) in [("rapport.html", "en"), ("rapport.md", "da")] {
        let arguments = ["--api-key-header", "X-Noegle", "--secret-file", &path("noegle"), "--report", &path(name)];
        let (said, code) = tried(&endpoint, &[&arguments[..], &["--language", language]].concat());
        assert_eq!(code, Some(1));
        let report = fs::read_to_string(path(name)).unwrap();
        assert!(report.contains("(secret)"), "what it repeats is covered: {report}");
        for text in [&said, &report] {
            assert!(!text.contains("kodeord") && !text.contains("skjult"), "{text}");
            assert!(!text.contains('\u{1b}') && !text.contains("<script"), "{text}");
            assert!(text.contains("/postmodtag?…"), "{text}");
        }
        assert!(report.contains(concat!("Postfordeler ", env!("CARGO_PKG_VERSION"))) && report.contains("X-Noegle"));
        let (first, sent) = match language {
            "en" => ("<!DOCTYPE html>", "with Content-Length"),
            _ => ("# Leverandørprøve", "med Content-Length"),
        };
        assert!(report.starts_with(first) && report.contains(sent), "{report}");
    }
    assert!(echo.requests().iter().all(|request| request.head.starts_with("POST /postmodtag?code=skjult ")));
}

/// An endpoint that accepts letters with that key, and answers others so.
fn wanting(key: &'static str, answer: impl Fn(&mut Connection) + Send + Sync + 'static) -> Fagsystem {
    Fagsystem::start(move |connection| {
        if connection.take_head() && connection.take_body() {
            if connection.header("x-noegle").as_deref() == Some(key) {
                connection.answer(200, COMPLETED);
            } else {
                answer(connection);
            }
        }
    })
}

/// Tries the endpoint with that key.
fn tried_with(key: &str, endpoint: &str) -> (String, Option<i32>) {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("noegle");
    fs::write(&file, key).unwrap();
    tried(endpoint, &["--api-key-header", "X-Noegle", "--secret-file", file.to_str().unwrap()])
}

#[test]
fn whoever_has_not_the_key_must_be_kept_out_and_lose_no_letter() {
    const KEY: &str = "Bearer abcdefghijklmnopqrstuvwxyz";
    let not_allowed = r#"{"receiptStatus": "NOT_ALLOWED", "errorCode": "a.b"}"#;
    let cases = [
        (401, "", "passed: ", "counts as unavailable"),
        (403, "Forbidden", "passed: ", "counts as unavailable"),
        (200, COMPLETED, "failed: ", "takes letters from anybody"),
        (401, not_allowed, "failed: ", "letters would be rejected for a key or certificate that was forgotten"),
        (400, "", "failed: ", "letters would be rejected for a key or certificate that was forgotten"),
        (503, "", "failed: ", "was not answered 401 or 403"),
    ];
    for (status, body, grade, told) in cases {
        let endpoint = wanting(KEY, move |connection| connection.answer(status, body));
        let (said, code) = tried_with(KEY, &endpoint.endpoint());
        assert_eq!(code, Some(i32::from(grade == "failed: ")), "{status}: {said}");
        for trial in ["A wrong key or certificate", "No key and no certificate"] {
            let line = line_of(&said, trial);
            assert!(line.starts_with(grade) && line.contains(told), "{status}: {line}");
        }
        assert!(said.contains("23 trials: ") && !said.contains("was not tried"), "{said}");
        let requests = endpoint.requests();
        let shown = |request: &Request| request.header("x-noegle").map(str::to_owned);
        let others: Vec<_> = requests.iter().map(shown).filter(|it| it.as_deref() != Some(KEY)).collect();
        let wrong = others[0].as_deref().expect("the wrong one comes first");
        assert!(wrong.starts_with("Bearer ") && wrong.len() == KEY.len() && others[1..] == [None], "{others:?}");
    }
}

#[test]
fn whoever_lets_nobody_in_gets_one_letter() {
    for status in [401, 403, 404, 405, 302, 308] {
        let closed = Fagsystem::answering(status, "nej");
        let (said, code) = tried(&closed.endpoint(), &[]);
        assert_eq!((code, closed.requests().len()), (Some(1), 1), "{status}: {said}");
        assert!(said.contains("18 not tried, since the endpoint refuses the calls"), "{said}");
    }
    // One letter of many that a filter refuses is no reason to stop.
    let filtering = answering(|request, connection| {
        let is_suspect = request.body.windows(9).any(|it| it == b"<![CDATA[");
        connection.answer(if is_suspect { 403 } else { 200 }, if is_suspect { "nej" } else { COMPLETED });
    });
    let (said, _) = tried(&filtering.endpoint(), &[]);
    assert!(said.contains("18 passed, 1 failed; incomplete: 2 left out"), "{said}");
}

#[test]
fn a_letter_that_comes_twice_at_the_same_time_may_be_put_off_once() {
    for (status, passes) in [(503, true), (409, false)] {
        let seen = std::sync::Mutex::new(std::collections::HashMap::<Vec<u8>, usize>::new());
        let endpoint = answering(move |request, connection| {
            let earlier = {
                let mut seen = seen.lock().unwrap();
                let count = seen.entry(request.body.clone()).or_default();
                *count += 1;
                *count - 1
            };
            connection.answer(if earlier == 0 { 200 } else { status }, "");
        });
        let (said, _) = tried(&endpoint.endpoint(), &[]);
        let line = line_of(&said, "The same letter twice at the same time");
        assert_eq!(line.starts_with("passed: "), passes, "{line}");
    }
}

#[test]
fn sixteen_letters_are_under_way_at_the_same_time() {
    let under_way = std::sync::Arc::new((std::sync::Mutex::new(0_usize), std::sync::Condvar::new()));
    let most = std::sync::Arc::new(AtomicUsize::new(0));
    let (count, highest) = (std::sync::Arc::clone(&under_way), std::sync::Arc::clone(&most));
    let after_same = std::sync::Mutex::new(std::collections::HashSet::<Vec<u8>>::new());
    let endpoint = answering(move |request, connection| {
        // Those that come after the three that come twice: they wait for one another.
        let is_of_many = {
            let mut seen = after_same.lock().unwrap();
            seen.insert(request.body.clone());
            seen.len() > 18
        };
        if is_of_many {
            let (number, changed) = &*count;
            let mut number = number.lock().unwrap();
            *number += 1;
            highest.fetch_max(*number, Ordering::Relaxed);
            changed.notify_all();
            drop(changed.wait_timeout_while(number, Duration::from_secs(20), |number| *number < 16).unwrap());
        }
        connection.answer(200, COMPLETED);
    });
    let (said, code) = tried(&endpoint.endpoint(), &[]);
    assert_eq!((code, most.load(Ordering::Relaxed)), (Some(0), 16), "{said}");
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
fn the_report_lists_what_is_to_be_checked() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("rapport.md");
    let endpoint = Fagsystem::answering(200, COMPLETED);
    let (_, code) = tried(&endpoint.endpoint(), &["--report", path.to_str().unwrap()]);
    assert_eq!(code, Some(0));
    let report = fs::read_to_string(&path).unwrap();
    assert!(report.starts_with("# Postfordeler endpoint test\n") && report.contains(" Danish time\n"), "{report}");
    for told in [
        "Access: no key or certificate was sent",
        "No key or certificate was shown: whether one is wanted was not tried.",
        "An answer cannot show what was stored.",
        "21 trials: 19 passed; incomplete: 2 left out.",
        "Made-up letters were sent to ",
        "Call 3 of 3",
        "Call 16 of 16",
    ] {
        assert!(report.contains(told), "{told}: {report}");
    }
    let place = |heading: &str| report.find(heading).unwrap_or_else(|| panic!("{heading}: {report}"));
    let places =
        ["## Result", "## Not verified", "### Must be stored exactly once", "### Must not be stored", "## The trials"];
    assert!(places.map(place).is_sorted());
    let stored = &report[place(places[2])..place(places[3])];
    let not_stored = &report[place(places[3])..place(places[4])];
    assert_eq!((stored.matches(" |  |\n").count(), not_stored.matches(" |  |\n").count()), (34, 2), "{report}");
    for request in endpoint.requests() {
        let uuid = request.header("x-message-uuid").unwrap();
        let transmission = request.header("x-transmission-id").unwrap();
        assert!(stored.contains(uuid) != not_stored.contains(uuid), "{uuid}");
        assert!(report.contains(&format!("X-Transmission-Id: {transmission}")), "{transmission}");
    }
}

#[test]
fn no_part_of_a_secret_is_in_the_report_where_the_system_repeats_that_part_alone() {
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let echo = Fagsystem::start(|connection| {
        if connection.take_head() && connection.take_body() {
            let body =
                r#"{"receiptStatus":"INVALID","errorCode":"x","errorMessage":"token-1234567890 brugeren pw-7x"}"#;
            connection.answer(200, body);
        }
    });
    let cases = [
        ("Bearer token-1234567890", &["token-1234567890"][..]),
        ("Basic YnJ1Z2VyZW46cHctN3g=", &["brugeren", "pw-7x"]),
    ];
    for (value, parts) in cases {
        fs::write(path("noegle"), value).unwrap();
        let arguments =
            ["--api-key-header", "Authorization", "--secret-file", &path("noegle"), "--report", &path("rapport.html")];
        let (said, _) = tried(&echo.endpoint(), &arguments);
        let report = fs::read_to_string(path("rapport.html")).unwrap();
        assert!(report.contains("(secret)"), "{report}");
        assert!(parts.iter().all(|part| !said.contains(part) && !report.contains(part)), "{said}\n{report}");
    }
}

#[test]
fn a_secret_never_goes_in_clear_to_another_machine() {
    let directory = TempDir::new().unwrap();
    let secret = directory.path().join("noegle");
    fs::write(&secret, "hemmelig").unwrap();
    let arguments = ["--api-key-header", "X-Noegle", "--secret-file", secret.to_str().unwrap()];
    let (said, code) = tried("http://fagsystem.invalid/postmodtag", &arguments);
    assert_eq!(code, Some(1));
    assert!(line_of(&said, "MeMo 1.2").contains("nothing was sent"), "{said}");
    assert!(said.contains("20 not tried"), "{said}");
}

#[test]
fn a_client_certificate_is_shown_over_tls() {
    let (issuer, directory) = (Issuer::new("Kommunen"), TempDir::new().unwrap());
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    issuer.write_pem(path("issuer.pem").as_ref());
    let own = issuer.issue(&["127.0.0.1"]);
    fs::write(path("own.pem"), own.certificate_pem()).unwrap();
    practice::write_private(path("own.key").as_ref(), &own.key_pem());
    issuer.issue(&["router"]).write_pem(path("router.pem").as_ref());
    let fagsystem = Running::start(&[
        "fagsystem",
        "--listen",
        "127.0.0.1:0",
        "--certificate",
        &path("own.pem"),
        "--key",
        &path("own.key"),
        "--client-issuers",
        &path("issuer.pem"),
    ]);
    let issuers = path("issuer.pem");
    let trust = ["--trust", issuers.as_str()];
    let (said, code) = tried(&fagsystem.receiving_at, &trust);
    assert_eq!(code, Some(1));
    assert!(line_of(&said, "MeMo 1.2").contains("your 401 with text"), "{said}");
    let certificate = path("router.pem");
    let with_certificate = [&trust[..], &["--client-certificate", &certificate]].concat();
    let (said, code) = tried(&fagsystem.receiving_at, &with_certificate);
    assert_eq!(code, Some(0), "{said}");
    for trial in ["A wrong key or certificate", "No key and no certificate"] {
        assert!(line_of(&said, trial).starts_with("passed: "), "{said}");
    }
    let (said, code) = tried(&fagsystem.receiving_at, &[]);
    assert_eq!(code, Some(1));
    assert!(line_of(&said, "MeMo 1.2").contains("its certificate is of an issuer that is not trusted"), "{said}");
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
