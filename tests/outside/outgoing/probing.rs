//! Asking whether a fagsystem is there: what came of it, and that nothing was delivered.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use postfordeler::reasons::Reason;
use postfordeler::router::{Courier, Probe, ProbeAnswer};
use postfordeler::rules::{Seconds, TimeLimits};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::RouterSettings;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::secure::{Issuer, SecureFagsystem};
use crate::support::{Fagsystem, NobodyThere};

fn probe(settings: &RouterSettings, endpoint: &str, limits: TimeLimits) -> Probe {
    let nothing = TempDir::new().unwrap();
    let secrets = Secrets::at(SecretsLocation::File(nothing.path().join("hemmeligheder.json")));
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let courier = Courier::new(settings, Arc::new(secrets)).unwrap();
        courier.probe(&endpoint.parse().unwrap(), None, limits).await
    })
}

fn answer(settings: &RouterSettings, endpoint: &str) -> ProbeAnswer {
    probe(settings, endpoint, TimeLimits::default()).answer
}

/// Why no answer came.
fn reason(settings: &RouterSettings, endpoint: &str) -> Reason {
    match answer(settings, endpoint) {
        ProbeAnswer::NotReached(cause) => cause.reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn any_status_shows_that_somebody_is_there_and_nothing_is_delivered() {
    for status in [200, 303, 404, 405, 503] {
        let fagsystem = Fagsystem::start(move |connection| {
            if connection.take_head() {
                connection.answer(status, "");
            }
        });
        assert_eq!(answer(&RouterSettings::default(), &fagsystem.endpoint()), ProbeAnswer::Answered(status));
        let asked = fagsystem.wait_until("it is asked", |requests| !requests.is_empty());
        assert_eq!(asked[0].head.lines().next(), Some("OPTIONS /postmodtag HTTP/1.1"));
        assert!(asked.iter().all(|request| request.body.is_empty()));
    }
}

#[test]
fn who_is_not_there_is_told_from_who_keeps_silent_and_who_has_no_such_name() {
    let nobody = NobodyThere::new();
    assert_eq!(reason(&RouterSettings::default(), &nobody.endpoint()), Reason::ConnectionRefused);
    assert_eq!(reason(&RouterSettings::default(), "http://fagsystem.invalid/postmodtag"), Reason::NoSuchName);
    let silent = Fagsystem::start(|connection| {
        connection.take_head();
        connection.await_hang_up();
    });
    let own = TimeLimits { connect: None, answer: Seconds::new(1) };
    let probe = probe(&RouterSettings::default(), &silent.endpoint(), own);
    assert_eq!((probe.answer, probe.answer_limit), (ProbeAnswer::Silent, own.answer.unwrap().duration()));
    assert_eq!(probe.connect_limit, RouterSettings::default().connect_timeout());
}

#[test]
fn what_is_wrong_with_tls_is_told() {
    let (issuer, files) = (Issuer::new("Kommunen"), TempDir::new().unwrap());
    let trusted = files.path().join("issuer.pem");
    issuer.write_pem(&trusted);
    let trusting = RouterSettings { trusted_issuers: Some(trusted), ..RouterSettings::default() };
    let fagsystem = SecureFagsystem::start(&issuer.issue(&["127.0.0.1"]), None);
    // It has proved who it is, and waits for a message.
    let impatient = TimeLimits { connect: None, answer: Seconds::new(1) };
    assert_eq!(probe(&trusting, &fagsystem.endpoint(), impatient).answer, ProbeAnswer::Silent);
    assert_eq!(reason(&RouterSettings::default(), &fagsystem.endpoint()), Reason::IssuerUnknown);
    let elsewhere = SecureFagsystem::start(&issuer.issue(&["fagsystem.example"]), None);
    assert_eq!(reason(&trusting, &elsewhere.endpoint()), Reason::CertificateOfOther);
    let careful = SecureFagsystem::start(&issuer.issue(&["127.0.0.1"]), Some(&issuer));
    assert_eq!(reason(&trusting, &careful.endpoint()), Reason::ClientCertificateWanted);
    let plainly = fagsystem.endpoint().replace("https:", "http:");
    assert_eq!(reason(&trusting, &plainly), Reason::TlsWanted);
    let plain = Fagsystem::start(|connection| {
        connection.write("HTTP/1.1 400 Nej\r\nContent-Length: 0\r\n\r\n");
        connection.await_hang_up();
    });
    assert_eq!(reason(&trusting, &plain.endpoint().replace("http:", "https:")), Reason::NotTls);
}

#[test]
fn the_proxy_is_named_that_the_question_went_through() {
    let proxy = Fagsystem::start(|connection| {
        if connection.take_head() {
            connection.answer(407, "");
        }
    });
    let address = format!("http://{}/", proxy.address);
    let settings = RouterSettings { proxy: Some(address.clone()), ..RouterSettings::default() };
    let elsewhere = probe(&settings, "http://fagsystem.invalid/postmodtag", TimeLimits::default());
    assert_eq!((elsewhere.answer, elsewhere.proxy), (ProbeAnswer::Answered(407), Some(address)));
    let here = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let endpoint = format!("http://{}/", here.local_addr().unwrap());
    let own = TimeLimits { connect: None, answer: Seconds::new(1) };
    assert_eq!(probe(&settings, &endpoint, own).proxy, None);
}
