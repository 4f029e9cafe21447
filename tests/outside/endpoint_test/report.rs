//! The report, and that no secret is in it or goes where it must not.

use std::fs;

use tempfile::TempDir;

use super::{COMPLETED, line_of, tried};
use crate::outgoing::secure::Issuer;
use crate::support::{Fagsystem, Running};

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
    super::practice::write_private(path("own.key").as_ref(), &own.key_pem());
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
