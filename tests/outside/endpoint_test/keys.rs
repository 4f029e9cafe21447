//! Endpoints that let in whoever has a key, and what they do with many letters at once.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use super::{COMPLETED, answering, line_of, tried};
use crate::support::{Connection, Fagsystem, Request};

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
