//! Why a caller is refused, the same in receipt, log, metrics and journal, and never with the name of a person.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{AlertDescription, ClientConfig, ClientConnection, RootCertStore, StreamOwned, version};
use serde_json::Value;

use super::certificates::{Issued, Issuer, Subject};
use super::{Home, assert_accepted, caller, deliver, events, metric};
use crate::support::{Call, Running, TIMEOUT, database_with_arrivals, eventually};

const ORGANISATION: Subject = Subject::Oces3("NTRDK-12345678", "UI:DK-O:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5");
/// Surname, given name and serial number, as an employee's certificate has them.
const EMPLOYEE: Subject = Subject::Attributes(&[
    (97, "NTRDK-12345678"),
    (4, "Østergaard"),
    (42, "Anne"),
    (5, "CVR:12345678-RID:1203670161406"),
]);

/// A router that requires certificates of an issuer, for one CVR number.
struct Guarded {
    home: Home,
    issuer: Issuer,
    router: Running,
    metrics: SocketAddr,
}

impl Guarded {
    fn start() -> Self {
        let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
        let issuers = home.file("issuers.pem", issuer.pem());
        let guards = ["--client-issuers", &issuers, "--client-cvr", "12345678"].map(str::to_owned);
        let (router, metrics) = home.serve_watched(&[home.certified(&issuer).to_vec(), guards.to_vec()].concat());
        Self { home, issuer, router, metrics }
    }

    fn refused(&self, reason: &str) -> u64 {
        metric(self.metrics, &format!("postfordeler_callers_refused_total{{reason=\"{reason}\"}}"))
    }

    /// The log's line of the first caller that was refused for that reason.
    fn line(&mut self, reason: &str) -> Value {
        eventually("the log tells of it", || events(&mut self.router).into_iter().find(|it| it["reason"] == reason))
    }

    /// What the journal holds of callers that were refused: why, and who it was.
    fn journal(&self) -> Vec<(String, String)> {
        let database = database_with_arrivals(self.home.data.path());
        let query = "SELECT reason, caller FROM journal WHERE caller IS NOT NULL ORDER BY number";
        let mut statement = database.prepare(query).unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    }
}

/// Sets up TLS of that version and asks for the router's health: what it answers, or the alert that it sends.
fn shake(
    router: &Running,
    trusted: &Issuer,
    shown: Option<&Issued>,
    version: &'static rustls::SupportedProtocolVersion,
) -> Result<String, AlertDescription> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.pem().as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let builder = builder.with_root_certificates(roots);
    let configuration = match shown {
        None => builder.with_no_client_auth(),
        Some(issued) => {
            let key = PrivateKeyDer::from_pem_slice(issued.key.serialize_pem().as_bytes()).unwrap();
            builder.with_client_auth_cert(vec![issued.certificate.der().clone()], key).unwrap()
        }
    };
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(configuration), name).unwrap();
    let stream = TcpStream::connect(router.address()).unwrap();
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    let mut stream = StreamOwned::new(connection, stream);
    let mut heard = Vec::new();
    // With TLS 1.3 all of it goes out before the router has looked at the certificate.
    let long = "x".repeat(40_000);
    let asked = format!("GET /sundhed HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(asked.as_bytes());
    match stream.read_to_end(&mut heard) {
        Ok(_) => Ok(String::from_utf8(heard).unwrap()),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(String::from_utf8(heard).unwrap()),
        Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::AlertReceived(alert)) => Err(*alert),
            other => panic!("no alert came: {error:?} {other:?}"),
        },
    }
}

#[test]
fn a_client_certificate_that_does_not_count_is_named_in_receipt_log_metrics_and_journal() {
    let mut guarded = Guarded::start();
    let cases = [
        (Subject::Seal("NTRDK-11111111"), "other_cvr", "belongs to nobody who may deliver"),
        (EMPLOYEE, "persons_certificate", "a person or an employee"),
        (Subject::Nobody, "no_cvr", "which organisation"),
    ];
    for (subject, reason, words) in cases {
        let client = caller(&guarded.issuer.pem(), Some(&guarded.issuer.client(subject)));
        let (status, challenge, receipt) = deliver(&client, &guarded.router, &[]).unwrap();
        assert_eq!((status.as_u16(), challenge), (403, None), "{reason}");
        let told = receipt["errorMessage"].as_str().unwrap();
        assert!(told.contains(words) && !told.contains("12345678"), "{reason}: {told}");
        let line = guarded.line(reason);
        assert_eq!(line["message"], "message");
        assert_eq!((&line["level"], &line["outcome"]), (&"WARN".into(), &"afsender.ikke_godkendt".into()));
        assert_eq!((&line["from"], &line["why"]), (&"127.0.0.1".into(), &receipt["errorMessage"]));
        assert_eq!(line["transmission_id"], receipt["transmissionId"]);
        assert_eq!(line["issuer"], "OCES3", "{line}");
        assert_eq!(guarded.refused(reason), 1);
        let counted = format!(
            r#"postfordeler_messages_total{{authority="",fagsystem="",outcome="afsender.ikke_godkendt",reason="{reason}"}}"#
        );
        assert_eq!(metric(guarded.metrics, &counted), 1);
    }
    assert_eq!(guarded.line("other_cvr")["cvr"], "11111111");
    assert_eq!(guarded.line("persons_certificate")["organization"], "NTRDK-12345678");
    let journal = guarded.journal();
    let reasons: Vec<_> = journal.iter().map(|(reason, _)| reason.as_str()).collect();
    assert_eq!(reasons, ["other_cvr", "persons_certificate", "no_cvr"]);
    assert!(journal[0].1.starts_with("127.0.0.1, CVR 11111111, OCES3, #"), "{journal:?}");
    // Nothing of an employee's certificate that names the person appears anywhere.
    let log = guarded.router.log();
    for personal in ["Anne", "stergaard", "1203670161406", "RID"] {
        assert!(!log.contains(personal) && !format!("{journal:?}").contains(personal), "{personal}: {log}");
    }
}

#[test]
fn a_client_certificate_that_ends_the_handshake_is_named_with_either_version_of_tls() {
    let mut guarded = Guarded::start();
    let (issuer, other) = (&guarded.issuer, Issuer::new("En anden"));
    let cases = [
        (issuer.client_in(ORGANISATION, 2010..2019), "certificate_expired", AlertDescription::CertificateExpired),
        (issuer.client_in(ORGANISATION, 2090..2091), "certificate_not_yet_valid", AlertDescription::CertificateExpired),
        (other.client(ORGANISATION), "unknown_issuer", AlertDescription::UnknownCA),
        (issuer.server(2020..2050), "certificate_unfit", AlertDescription::UnsupportedCertificate),
    ];
    for (shown, reason, alert) in &cases {
        for version in [&version::TLS12, &version::TLS13] {
            let heard = shake(&guarded.router, &guarded.issuer, Some(shown), version);
            assert_eq!(heard, Err(*alert), "{reason}, {version:?}: the caller hears why");
        }
        eventually("both are counted", || (guarded.refused(reason) == 2).then_some(()));
    }
    let expired = guarded.line("certificate_expired");
    assert_eq!((&expired["message"], &expired["from"]), (&"connection refused".into(), &"127.0.0.1".into()));
    assert_eq!((&expired["cvr"], &expired["issuer"]), (&"12345678".into(), &"OCES3".into()));
    assert!(expired["valid_until"].as_str().unwrap().starts_with("2019-01-01"), "{expired}");
    assert_eq!(guarded.line("unknown_issuer")["issuer"], "En anden");
    let journal = eventually("all have a row", || Some(guarded.journal()).filter(|rows| rows.len() == 8));
    assert_eq!(journal[0].0, "certificate_expired");
    assert!(journal[0].1.contains("CVR 12345678") && journal[0].1.ends_with("– 01-01-2019"), "{journal:?}");
    let good = guarded.issuer.client(ORGANISATION);
    assert_accepted("one that counts", &caller(&guarded.issuer.pem(), Some(&good)), &guarded.router, &[]);
}

#[test]
fn a_caller_that_cannot_set_up_tls_is_told_apart_by_what_it_did() {
    let mut guarded = Guarded::start();
    let address = guarded.router.address();
    let mut plain = TcpStream::connect(address).unwrap();
    plain.write_all(b"POST /memo HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut garbage = TcpStream::connect(address).unwrap();
    garbage.write_all(b"\x00\x01\x02hej, er der nogen?").unwrap();
    for stream in [&mut plain, &mut garbage] {
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    // The beginning of a handshake, and no more.
    let mut broken = TcpStream::connect(address).unwrap();
    broken.write_all(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]).unwrap();
    drop(broken);
    // A check whether the port is open is not a refused caller.
    drop(TcpStream::connect(address).unwrap());
    let client = caller(&Issuer::new("En anden").pem(), None);
    assert!(deliver(&client, &guarded.router, &[]).is_none());
    for reason in ["plain_http", "not_tls", "tls_broken_off", "router_distrusted"] {
        eventually(reason, || (guarded.refused(reason) == 1).then_some(()));
        let line = guarded.line(reason);
        assert_eq!((&line["from"], &line["level"]), (&"127.0.0.1".into(), &"WARN".into()), "{line}");
        assert!(line["remedy"].is_string(), "{line}");
    }
    assert_eq!(guarded.line("router_distrusted")["detail"], "alert UnknownCA");
    assert_eq!(guarded.refused("tls_failed"), 0);
    assert_eq!(guarded.journal(), [], "no message came of it");
}

#[test]
fn a_caller_without_key_or_with_a_wrong_one_is_told_so_and_what_is_not_http_is_named() {
    let home = Home::new();
    home.make_api_key();
    let (mut router, metrics) = home.serve_watched::<&str>(&[]);
    let client = caller(&Issuer::new("Ingen").pem(), None);
    let shown = "hemmelig-nøgle".replace('ø', "o");
    for (reason, status, headers) in [("no_key", 401, vec![]), ("wrong_key", 403, vec![("X-Api-Key", shown.as_str())])]
    {
        let (found, _, receipt) = deliver(&client, &router, &headers).unwrap();
        assert_eq!(found.as_u16(), status);
        let find = |router: &mut Running| events(router).into_iter().find(|it| it["reason"] == reason);
        let line = eventually("it is logged", || find(&mut router));
        assert_eq!((&line["why"], &line["from"]), (&receipt["errorMessage"], &"127.0.0.1".into()));
        assert_eq!(metric(metrics, &format!("postfordeler_callers_refused_total{{reason=\"{reason}\"}}")), 1);
    }
    let mut tls = TcpStream::connect(router.address()).unwrap();
    tls.write_all(&[0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03, b'\r', b'\n', b'\r', b'\n']).unwrap();
    let mut other = TcpStream::connect(router.address()).unwrap();
    other.write_all(b"\x00hej\r\n\r\n").unwrap();
    for reason in ["tls_at_plain_port", "not_http"] {
        let sample = format!("postfordeler_callers_refused_total{{reason=\"{reason}\"}}");
        eventually(reason, || (metric(metrics, &sample) == 1).then_some(()));
    }
    let log = router.log();
    assert!(!log.contains(&shown), "a key that was shown stands nowhere: {log}");
    let foreign = "POST /memo HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let answer = Call::raw(router.address(), foreign).answer();
    assert_eq!(answer.status(), 421);
    assert_eq!(metric(metrics, "postfordeler_callers_refused_total{reason=\"foreign_host\"}"), 1);
}

#[test]
fn many_callers_who_are_refused_for_one_reason_do_not_hide_another_from_the_log() {
    let home = Home::new();
    home.make_api_key();
    let (mut router, metrics) = home.serve_watched::<&str>(&[]);
    // More than log and journal tell of in a minute.
    for _ in 0..61 {
        let stranger = "POST /memo HTTP/1.1\r\nOrigin: https://fremmed.example";
        assert_eq!(Call::begin(router.address(), stranger).answer().status(), 403);
    }
    let client = caller(&Issuer::new("Ingen").pem(), None);
    assert_eq!(deliver(&client, &router, &[("X-Api-Key", "gammel")]).unwrap().0.as_u16(), 403);
    let sample = "postfordeler_callers_refused_total{reason=\"wrong_key\"}";
    assert_eq!(metric(metrics, sample), 1);
    let find = |router: &mut Running| events(router).into_iter().find(|it| it["reason"] == "wrong_key");
    eventually("the log says why", || find(&mut router));
    let database = database_with_arrivals(home.data.path());
    let rows: i64 = database.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 60, "all of them share what the journal has room for");
}

#[test]
fn a_certificate_that_expires_while_a_connection_is_open_counts_no_more() {
    let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
    let issuers = home.file("issuers.pem", issuer.pem());
    let flags = [home.certified(&issuer).to_vec(), vec!["--client-issuers".to_owned(), issuers]].concat();
    let router = home.serve(&flags);
    let soon = issuer.client_until(ORGANISATION, Duration::from_secs(3));
    // One connection for both messages.
    let client = caller(&issuer.pem(), Some(&soon));
    assert_accepted("while it counts", &client, &router, &[]);
    let (status, receipt) = eventually("it has expired", || {
        std::thread::sleep(Duration::from_millis(200));
        let (status, _, receipt) = deliver(&client, &router, &[]).expect("the connection goes on");
        (status.as_u16() != 200).then_some((status, receipt))
    });
    assert_eq!(status.as_u16(), 403);
    assert_eq!(receipt["errorMessage"], "the client certificate has expired");
}

#[test]
fn every_reason_has_a_code_of_its_own_words_and_a_remedy() {
    use postfordeler::router::{Closing, Refusal};
    let mut codes: Vec<_> = Refusal::ALL.iter().map(|it| (it.code(), it.words(), it.remedy())).collect();
    codes.extend(Closing::ALL.iter().map(|it| (it.code(), it.words(), it.remedy())));
    for (code, words, remedy) in &codes {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
        assert!(!words.is_empty() && !remedy.is_empty(), "{code}");
    }
    let (count, mut only) = (codes.len(), codes.iter().map(|it| it.0).collect::<Vec<_>>());
    only.sort_unstable();
    only.dedup();
    assert_eq!(only.len(), count);
    for refusal in Refusal::ALL {
        assert_eq!(Refusal::from_code(refusal.code()), Some(refusal));
    }
}
