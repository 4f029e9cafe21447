//! Whether a router can take messages, asked as service managers and monitoring do.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use tempfile::TempDir;

use super::{assert_failed, err, out};
use crate::support::{Fagsystem, Router, Running, configuration, fagsystem_entry, postfordeler};

/// The status and the words of the answer about the router at that address.
fn asked(url: &str, further: &[&str]) -> (Option<i32>, String) {
    let output = postfordeler(&[&["health", "--url", url], further].concat());
    (output.status.code(), format!("{}{}", out(&output), err(&output)))
}

/// Somebody who answers every call with that, and never hangs up by himself.
fn answering(answer: impl Into<Vec<u8>>) -> String {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut held = Vec::new();
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(&answer);
            held.push(stream);
        }
    });
    url
}

#[test]
fn a_router_that_takes_messages_is_told_by_status_0() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let url = format!("http://{}", router.running.address());
    let (status, words) = asked(&url, &[]);
    assert_eq!((status, words.as_str()), (Some(0), "ready: the router takes messages, by publication 1\n"));
    // Whatever path the address has: the router says at one place how it is.
    assert_eq!(asked(&format!("{url}/memo"), &[]).0, Some(0));
}

#[test]
fn a_router_that_cannot_take_messages_is_told_by_status_1_with_its_reason() {
    let data = TempDir::new().unwrap();
    let router = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()]);
    let (status, words) = asked(&format!("http://{}", router.address()), &[]);
    assert_eq!(status, Some(1), "{words}");
    assert!(words.starts_with("not ready: ") && words.contains("published"), "{words}");
    assert_eq!(words.lines().count(), 1, "{words}");
}

#[test]
fn what_cannot_be_asked_is_told_by_status_2_in_a_line() {
    let cases = [
        ("http://127.0.0.1:1".to_owned(), "no answer from http://127.0.0.1:1/sundhed"),
        (answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), "is no router's"),
        (answering(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nnope"), "is no router's"),
        (
            answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
            "is no router's",
        ),
        // It says that it is ready, and that it is not.
        (answering(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 13\r\n\r\n{\"klar\":true}"), "is no router's"),
        ("router".to_owned(), "http:// or https://"),
        ("http://navn:hemmelig@127.0.0.1:1".to_owned(), "no user name and no password"),
    ];
    for (url, about) in cases {
        let output = postfordeler(&["health", "--url", &url]);
        assert_failed(&url, &output, about);
        assert!(!err(&output).contains("hemmelig"), "{}", err(&output));
    }
}

#[test]
fn an_answer_that_never_comes_or_never_ends_does_not_hold_anybody_up() {
    let silent = answering(b"");
    assert_failed("silent", &postfordeler(&["health", "--url", &silent, "--timeout", "1"]), "within 1 s");
    let endless = answering(b"HTTP/1.1 200 OK\r\n\r\n{\"klar\": ");
    assert_failed("endless", &postfordeler(&["health", "--url", &endless, "--timeout", "1"]), "within 1 s");
    let mut large = b"HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n".to_vec();
    large.resize(200_000, b' ');
    let output = postfordeler(&["health", "--url", &answering(large), "--timeout", "60"]);
    assert_failed("large", &output, "is no router's");
}

#[test]
fn it_needs_neither_a_data_directory_nor_a_home() {
    let nobody = TempDir::new().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["health", "--url", "http://127.0.0.1:1"])
        .env("HOME", nobody.path().join("none"))
        .output()
        .unwrap();
    assert_failed("no home", &output, "no answer");
    assert_eq!(fs::read_dir(nobody.path()).unwrap().count(), 0, "nothing is made");
}
