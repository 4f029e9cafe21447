//! The practice fagsystem: what it prints, whom it lets in, and what it answers.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{out, tried};
use crate::support::{Call, Memo, Running, postfordeler};

pub fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

fn practice(more: &[&str]) -> Running {
    Running::start(&[&["fagsystem", "--listen", "127.0.0.1:0"], more].concat())
}

/// Delivers it; the status, the content type and the body of the answer.
fn delivered(fagsystem: &Running, letter: &[u8]) -> (u16, Option<String>, String) {
    let mut call = Call::with_length(fagsystem.address(), "application/xml", letter.len());
    call.send(letter);
    let answer = call.answer();
    let content_type = answer.header("content-type").map(str::to_owned);
    (answer.status(), content_type, answer.body)
}

#[test]
fn a_line_for_each_letter_tells_of_no_person() {
    let mut fagsystem = practice(&[]);
    let letter = Memo { label: "\u{9b}2J Fortroligt", ..Memo::new() };
    let bytes = letter.xml();
    assert_eq!(delivered(&fagsystem, &bytes).0, 200);
    let line = fagsystem.next_line();
    assert!(line.ends_with(&format!(" {} person {} bytes: 200 COMPLETED", letter.uuid, bytes.len())), "{line}");
    let of_company = Memo { sender: Some(("12345678", "CVR")), ..Memo::new() };
    delivered(&fagsystem, &of_company.xml());
    assert!(fagsystem.next_line().contains(&format!("{} organisation ", of_company.uuid)));
    assert_eq!(delivered(&fagsystem, &bytes[..bytes.len() - 5]).0, 400);
    let line = fagsystem.next_line();
    assert!(line.contains("400 memo.ugyldig: the message is not well-formed XML"), "{line}");
    let mut call = Call::with_length(fagsystem.address(), "application/xml", bytes.len());
    call.send(&bytes[..bytes.len() - 5]);
    drop(call);
    let line = fagsystem.next_line();
    assert!(line.contains(&letter.uuid) && line.contains("broken off"), "{line}");
    assert_eq!(delivered(&fagsystem, &bytes).0, 200);
    fagsystem.terminate();
    assert_eq!(fagsystem.exit_status(), Some(0));
    let rest = fagsystem.rest_of_output();
    assert!(rest.ends_with("200 COMPLETED\n"), "the last line is printed: {rest}");
    assert!(!fagsystem.log().contains("2211771212"));
}

#[test]
fn letters_never_wait_for_whoever_reads_the_lines() {
    let fagsystem = practice(&["--status", "503"]);
    // A pipe holds 64 KiB; nobody reads it here.
    let broken = b"<ikke-memo/>";
    for _ in 0..1200 {
        assert_eq!(delivered(&fagsystem, broken).0, 400);
    }
}

#[test]
fn any_receipt_can_be_answered() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("svar.json");
    fs::write(&file, r#"{"uuid": "{messageUUID}"}"#).unwrap();
    let letter = Memo::new();
    let uuid = letter.uuid.as_str();
    let from_file = format!(r#"{{"uuid": "{uuid}"}}"#);
    let cases: [(&[&str], u16, Option<&str>, &str); 5] = [
        (&["--status", "404"], 404, None, ""),
        (&["--body", "{messageUUID}"], 200, Some("text/plain; charset=utf-8"), uuid),
        (&["--body", file.to_str().unwrap()], 200, Some("application/json"), &from_file),
        (&["--body", "OK", "--content-type", "text/html", "--status", "202"], 202, Some("text/html"), "OK"),
        (&["--body", "", "--answer", "reject"], 422, None, ""),
    ];
    for (arguments, status, content_type, body) in cases {
        let fagsystem = practice(arguments);
        let answer = delivered(&fagsystem, &letter.xml());
        assert_eq!((answer.0, answer.1.as_deref(), answer.2.as_str()), (status, content_type, body), "{arguments:?}");
    }
    let fagsystem = practice(&["--answer", "reject", "--status", "400"]);
    let (status, _, body) = delivered(&fagsystem, &letter.xml());
    let receipt: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &receipt["errorCode"]), (400, &Value::from("oevelse.afvist")));
    for wrong in [["--status", "99"], ["--status", "600"], ["--status", "ja"], ["--content-type", "a\nb"]] {
        let output = postfordeler(&[&["fagsystem", "--listen", "127.0.0.1:0"], &wrong[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", out(&output));
    }
}

#[test]
fn a_key_is_wanted_and_told_from_another() {
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("noegle"), "hemmelig-1\n").unwrap();
    fs::write(path("anden"), "hemmelig-2\n").unwrap();
    let mut fagsystem = practice(&["--api-key-header", "X-Noegle", "--secret-file", &path("noegle")]);
    // No receipt: it is about the caller and not about the letter.
    let (status, content_type, body) = delivered(&fagsystem, &Memo::new().xml());
    let expected = (401, Some("text/plain; charset=utf-8"), "the header x-noegle is wanted, and was not there");
    assert_eq!((status, content_type.as_deref(), body.to_ascii_lowercase().as_str()), expected);
    assert!(fagsystem.next_line().ends_with("401 oevelse.ingen_adgang"));
    let shown = |file: &str| ["--api-key-header", "X-Noegle", "--secret-file", file].map(str::to_owned);
    for (file, exit) in [("noegle", 0), ("anden", 1)] {
        let shown = shown(&path(file));
        let arguments: Vec<_> = shown.iter().map(String::as_str).collect();
        let (said, code) = tried(&fagsystem.receiving_at, &arguments);
        assert_eq!(code, Some(exit), "{said}");
        assert!(!said.contains("hemmelig-"), "{said}");
    }
}

#[test]
fn it_speaks_tls_by_a_certificate_that_it_makes_itself() {
    let directory = TempDir::new().unwrap();
    let data = directory.path().join("data");
    let data = data.to_str().unwrap();
    let mut fagsystem = practice(&["--self-signed", "--data", data]);
    assert!(fagsystem.receiving_at.starts_with("https://127.0.0.1:"));
    let certificate = fagsystem.next_line();
    assert!(certificate.starts_with("Certificate ") && certificate.contains("SHA-256"), "{certificate}");
    let file = format!("{data}/self-signed/certificate.pem");
    let (said, code) = tried(&fagsystem.receiving_at.replace("127.0.0.1", "localhost"), &["--trust", &file]);
    assert_eq!(code, Some(0), "{said}");
    let alone = postfordeler(&["fagsystem", "--listen", "127.0.0.1:0", "--client-issuers", &file]);
    assert_eq!(alone.status.code(), Some(2), "client certificates need TLS");
}
