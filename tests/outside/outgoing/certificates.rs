//! Whose certificates are trusted, and which certificate the router shows.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use tempfile::TempDir;

use super::secure::{Issuer, SecureFagsystem};
use super::town::{SECRET, Safe, certificate, deliver, header, router, wanting, words};
use crate::support::{Router, configuration, eventually, fagsystem_entry};

const HERE: &str = "127.0.0.1";

fn file_in(directory: &TempDir, name: &str) -> (PathBuf, String) {
    let path = directory.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

#[test]
fn a_certificate_must_be_of_a_trusted_issuer_and_of_that_host() {
    let (issuer, other, files) = (Issuer::new("Kommunen"), Issuer::new("En anden"), TempDir::new().unwrap());
    let fagsystem = SecureFagsystem::start(&issuer.issue(&[HERE]), None);
    let elsewhere = SecureFagsystem::start(&issuer.issue(&["fagsystem.example"]), None);
    let (trusted, trusted_text) = file_in(&files, "issuer.pem");
    let (wrong, wrong_text) = file_in(&files, "other.pem");
    issuer.write_pem(&trusted);
    other.write_pem(&wrong);
    let start = |endpoint: &str, further: &[&str]| {
        let data = super::town::data_of(&configuration(&[fagsystem_entry("esdh", endpoint)], &[]));
        Router::start_so(data, further, &[])
    };
    for further in [&[][..], &["--trust", &wrong_text]] {
        let refused = deliver(&start(&fagsystem.endpoint(), further));
        assert_eq!(refused.status(), 503, "{further:?}");
        assert!(words(&refused).contains("certificate"), "{}", words(&refused));
    }
    assert_eq!(deliver(&start(&elsewhere.endpoint(), &["--trust", &trusted_text])).status(), 503);
    assert_eq!((fagsystem.seen().len(), elsewhere.seen().len()), (0, 0));
    assert_eq!(deliver(&start(&fagsystem.endpoint(), &["--trust", &trusted_text])).status(), 200);
    assert_eq!(fagsystem.seen().len(), 1);
    assert_eq!(fagsystem.seen()[0].certificate, None);
}

#[test]
fn a_header_goes_over_tls_to_whoever_has_proved_itself() {
    let (issuer, files) = (Issuer::new("Kommunen"), TempDir::new().unwrap());
    let fagsystem = SecureFagsystem::start(&issuer.issue(&[HERE]), None);
    let (trusted, text) = file_in(&files, "issuer.pem");
    issuer.write_pem(&trusted);
    let safe = Safe::holding(SECRET);
    let configuration = wanting(&fagsystem.endpoint(), &header("X-Api-Key"), None);
    assert_eq!(deliver(&router(&configuration, &safe, &[])).status(), 503);
    assert!(fagsystem.seen().is_empty());
    assert_eq!(deliver(&router(&configuration, &safe, &["--trust", &text])).status(), 200);
    assert!(fagsystem.seen()[0].head.contains(SECRET));
}

#[test]
fn the_router_shows_the_certificate_that_is_kept_for_the_fagsystem() {
    let (issuer, files) = (Issuer::new("Kommunen"), TempDir::new().unwrap());
    let fagsystem = SecureFagsystem::start(&issuer.issue(&[HERE]), Some(&issuer));
    let (trusted, text) = file_in(&files, "issuer.pem");
    issuer.write_pem(&trusted);
    let (pem, _) = file_in(&files, "client.pem");
    let safe = Safe::holding("en header er ikke et certifikat");
    let router = router(&wanting(&fagsystem.endpoint(), &certificate(), None), &safe, &["--trust", &text]);
    let refused = deliver(&router);
    assert_eq!((refused.status(), fagsystem.seen().len()), (503, 0));
    assert!(words(&refused).starts_with("nothing was sent"), "{}", words(&refused));

    Issuer::new("En anden").issue(&["router"]).write_pem(&pem);
    assert!(safe.keep_certificate(&pem).status.success());
    eventually("the wrong certificate is shown", || {
        let refused = deliver(&router);
        assert_eq!((refused.status(), fagsystem.seen().len()), (503, 0));
        (!words(&refused).starts_with("nothing was sent")).then_some(())
    });

    for name in ["router", "router-2"] {
        let client = issuer.issue(&[name]);
        client.write_pem(&pem);
        assert!(safe.keep_certificate(&pem).status.success());
        eventually("the right certificate is shown", || {
            deliver(&router);
            fagsystem.seen().iter().any(|seen| seen.certificate == Some(client.der())).then_some(())
        });
    }
}

#[test]
fn what_cannot_be_trusted_or_called_through_is_refused_at_the_start() {
    let files = TempDir::new().unwrap();
    let (empty, empty_text) = file_in(&files, "empty.pem");
    std::fs::write(&empty, "intet").unwrap();
    let (_, absent) = file_in(&files, "absent.pem");
    let cases = [
        (["--trust", &empty_text], "there is no certificate in it"),
        (["--trust", &absent], "cannot be used"),
        (["--proxy", "proxy:3128"], "the proxy must be an address"),
        (["--proxy", "socks5://proxy:1080"], "the proxy must be an address"),
        (["--proxy", "http://bruger:kode@proxy:3128"], "holds no user name or password"),
    ];
    let data = TempDir::new().unwrap();
    // It cannot start there anyway: what is wrongly let through ends too.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let taken = listener.local_addr().unwrap().to_string();
    for (further, why) in cases {
        let mut arguments = vec!["serve", "--listen", &taken, "--data", data.path().to_str().unwrap()];
        arguments.extend(further);
        let output = crate::support::postfordeler(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{further:?}");
        assert!(said.contains(why) && !said.contains("kode"), "{said}");
    }
}
