//! Why a fagsystem is not reached: each cause at a real socket, reported with one code and the same words in receipt,
//! journal, log and metrics.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use postfordeler::reasons::Reason;
use postfordeler::router::{Courier, ProbeAnswer};
use postfordeler::rules::TimeLimits;
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::RouterSettings;
use rustls::version::{TLS12, TLS13};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::secure::{Issued, Issuer, SecureFagsystem};
use super::town::{Safe, certificate, data_of};
use crate::support::{
    AUTHORITY, Answer, Call, Fagsystem, Memo, NobodyThere, Router, configuration, eventually, fagsystem_entry, rule,
};

const HERE: &str = "127.0.0.1";
const NOT_TAKEN: &str = "fagsystem.utilgaengeligt";
const UNKNOWN: &str = "uvist";

/// Takes connections, and does that with each.
fn listening(script: impl Fn(std::net::TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(script));
    format!("https://{address}/postmodtag")
}

fn with_limits(mut entry: Value, connect: u16, answer: u16) -> Value {
    entry["tidsgraenser"] = json!({"forbindelse": connect, "svar": answer});
    entry
}

fn showing_certificate(mut entry: Value) -> Value {
    entry["adgang"] = certificate();
    entry
}

/// What there is to go wrong, and what it must be called.
struct Case {
    entry: Value,
    reason: Reason,
    outcome: &'static str,
    /// What the router shows there, if anything.
    shows: Option<Issued>,
}

/// Everybody who is part of the cases; they receive until this is dropped.
struct Town {
    issuer: Issuer,
    cases: Vec<Case>,
    secure: Vec<SecureFagsystem>,
    plain: Vec<Fagsystem>,
    /// An address without a listener while this lives.
    nobody: NobodyThere,
}

impl Town {
    fn new() -> Self {
        let mut town = Self {
            issuer: Issuer::new("Kommunen"),
            cases: Vec::new(),
            secure: Vec::new(),
            plain: Vec::new(),
            nobody: NobodyThere::new(),
        };
        let nobody = town.nobody.endpoint();
        town.add(&nobody, Reason::ConnectionRefused, NOT_TAKEN);
        town.add("http://fagsystem.invalid/postmodtag", Reason::NoSuchName, NOT_TAKEN);
        town.servers();
        town.clients();
        town.answers();
        town
    }

    fn add(&mut self, endpoint: &str, reason: Reason, outcome: &'static str) -> &mut Case {
        let entry = fagsystem_entry(&format!("f{}", self.cases.len()), endpoint);
        self.cases.push(Case { entry, reason, outcome, shows: None });
        self.cases.last_mut().unwrap()
    }

    /// What is wrong with what a fagsystem shows or speaks.
    fn servers(&mut self) {
        let stranger = Issuer::new("En anden");
        let (issuer, reasons) = (&self.issuer, Reason::IssuerUnknown);
        let shown = [
            (stranger.issue(&[HERE]), reasons),
            (issuer.issue_from(&[HERE], 1990, 2000), Reason::CertificateExpired),
            (issuer.issue_from(&[HERE], 3000, 3001), Reason::CertificateNotYetValid),
            (issuer.issue(&["fagsystem.example"]), Reason::CertificateOfOther),
        ];
        for (own, reason) in shown {
            let secure = SecureFagsystem::start(&own, None);
            self.add(&secure.endpoint(), reason, NOT_TAKEN);
            self.secure.push(secure);
        }
        let plain = Fagsystem::start(|connection| {
            connection.write("HTTP/1.1 400 Nej\r\nContent-Length: 0\r\n\r\n");
            connection.await_hang_up();
        });
        self.add(&plain.endpoint().replace("http:", "https:"), Reason::NotTls, NOT_TAKEN);
        self.plain.push(plain);
        let secure = SecureFagsystem::start(&self.issuer.issue(&[HERE]), None);
        self.add(&secure.endpoint().replace("https:", "http:"), Reason::TlsWanted, UNKNOWN);
        self.secure.push(secure);
        self.add(&listening(drop), Reason::TlsFailed, NOT_TAKEN);
        let silent = listening(|stream| {
            let _ = std::io::copy(&mut &stream, &mut std::io::sink());
        });
        let case = self.add(&silent, Reason::NotConnectedInTime, NOT_TAKEN);
        case.entry = with_limits(case.entry.clone(), 1, 30);
    }

    /// What is wrong with what the router shows, by both versions of TLS: one tells it late.
    fn clients(&mut self) {
        for version in [&TLS13, &TLS12] {
            let shown = [
                (None, Reason::ClientCertificateWanted),
                (Some(Issuer::new("En anden").issue(&["router"])), Reason::ClientCertificateRefused),
                (Some(self.issuer.issue_from(&["router"], 1990, 2000)), Reason::ClientCertificateExpired),
                (Some(Issuer::new("En anden").issue_from(&["router"], 1990, 2000)), Reason::ClientCertificateExpired),
            ];
            for (shows, reason) in shown {
                let secure = SecureFagsystem::speaking(&[version], &self.issuer.issue(&[HERE]), Some(&self.issuer));
                let case = self.add(&secure.endpoint(), reason, NOT_TAKEN);
                if shows.is_some() {
                    case.entry = showing_certificate(case.entry.clone());
                }
                case.shows = shows;
                self.secure.push(secure);
            }
        }
        let case = self.add("https://127.0.0.1:9/postmodtag", Reason::NoAccess, NOT_TAKEN);
        case.entry = showing_certificate(case.entry.clone());
    }

    /// What is wrong with what a fagsystem answers.
    fn answers(&mut self) {
        let silent = Fagsystem::start(|connection| {
            connection.take_all();
            connection.await_hang_up();
        });
        let case = self.add(&silent.endpoint(), Reason::Silent, UNKNOWN);
        case.entry = with_limits(case.entry.clone(), 5, 1);
        let breaking = Fagsystem::start(|connection| {
            connection.take_all();
        });
        self.add(&breaking.endpoint(), Reason::NoAnswer, UNKNOWN);
        self.plain.extend([silent, breaking]);
        let statuses = [
            (503, Reason::TemporaryFailure, NOT_TAKEN),
            (429, Reason::TemporaryFailure, NOT_TAKEN),
            (502, Reason::GatewayWithoutAnswer, UNKNOWN),
            (401, Reason::AccessRefused, NOT_TAKEN),
            (404, Reason::CallRefused, NOT_TAKEN),
        ];
        for (status, reason, outcome) in statuses {
            let fagsystem = Fagsystem::answering(status, "");
            self.add(&fagsystem.endpoint(), reason, outcome);
            self.plain.push(fagsystem);
        }
    }

    fn configuration(&self) -> Value {
        let entries: Vec<_> = self.cases.iter().map(|case| case.entry.clone()).collect();
        let rules: Vec<_> = (1..).zip(&entries).map(|(priority, entry)| of_rule(priority, entry)).collect();
        configuration(&entries, &rules)
    }
}

fn of_rule(priority: u32, entry: &Value) -> Value {
    let id = entry["id"].as_str().unwrap();
    rule(priority, id, "kontaktpunkt", &format!("punkt-{id}"))
}

fn message_to(entry: &Value) -> Memo {
    Memo { contact_point: Some(format!("punkt-{}", entry["id"].as_str().unwrap())), ..Memo::new() }
}

fn keep_certificate(safe: &Safe, id: &str, shown: &Issued, pem: &Path) {
    shown.write_pem(pem);
    let output = safe.call(&["set", AUTHORITY, id, "--file", pem.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What the journal says of a message: outcome and reason.
fn journalled(router: &Router, message: &Memo) -> (String, Option<String>) {
    let query = "SELECT outcome, reason FROM journal WHERE message_uuid = ?1 ORDER BY number DESC LIMIT 1";
    router.database().query_row(query, [&message.uuid], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn message_of(receipt: &Answer) -> String {
    receipt.json()["errorMessage"].as_str().unwrap().to_owned()
}

#[test]
fn every_cause_has_one_code_and_the_same_words_wherever_it_is_told() {
    let (town, files, safe) = (Town::new(), TempDir::new().unwrap(), Safe::new());
    let file = |name: &str| -> PathBuf { files.path().join(name) };
    town.issuer.write_pem(&file("issuer.pem"));
    for case in &town.cases {
        if let Some(shown) = &case.shows {
            keep_certificate(&safe, case.entry["id"].as_str().unwrap(), shown, &file("client.pem"));
        }
    }
    let (trusted, secrets) = (file("issuer.pem"), safe.path_text());
    let arguments = ["--metrics", "127.0.0.1:0", "--log", "json", "--trust", trusted.to_str().unwrap()];
    let arguments = [&arguments[..], &["--secrets", &secrets]].concat();
    let mut router = Router::start_so(data_of(&town.configuration()), &arguments, &[]);
    let metrics = router.running.next_line();
    let metrics = metrics.strip_prefix("Metrics at http://").unwrap().strip_suffix("/metrics").unwrap().to_owned();

    let mut told = Vec::new();
    for case in &town.cases {
        let (id, message) = (case.entry["id"].as_str().unwrap().to_owned(), message_to(&case.entry));
        let receipt = router.deliver(&message.xml());
        let what = format!("{id} {:?}", case.reason);
        assert_eq!((receipt.status(), &receipt.json()["errorCode"]), (503, &json!(NOT_TAKEN)), "{what}");
        let words = message_of(&receipt);
        assert!(words.starts_with(case.reason.words()), "{what}: {words}");
        assert!(words.ends_with(&format!("[{}]", case.reason.code())), "{what}: {words}");
        assert_eq!(words.contains("it may have got the message"), case.outcome == UNKNOWN, "{what}: {words}");
        let expected = (case.outcome.to_owned(), Some(case.reason.code().to_owned()));
        assert_eq!(journalled(&router, &message), expected, "{what}");
        told.push((id, message.uuid, case.outcome, case.reason));
    }
    assert!(town.secure.iter().all(|secure| secure.seen().is_empty()));
    let scraped = Call::begin(metrics.parse().unwrap(), "GET /metrics HTTP/1.1").answer().body;
    router.running.terminate();
    router.running.exit_status();
    let log: Vec<Value> = router.running.log().lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    for (id, uuid, outcome, reason) in told {
        let code = reason.code();
        let series = format!(
            r#"postfordeler_messages_total{{authority="{AUTHORITY}",fagsystem="{id}",outcome="{outcome}",reason="{code}"}} 1"#
        );
        assert!(scraped.lines().any(|line| line == series), "{series}");
        let line = log.iter().find(|line| line["message_uuid"] == *uuid).unwrap_or_else(|| panic!("{uuid}: {log:?}"));
        let said = (&line["outcome"], &line["reason"], &line["why"]);
        assert_eq!(said, (&json!(outcome), &json!(code), &json!(reason.words())));
    }
}

/// With TLS 1.3 the refusal may come at any moment after the router has begun to send.
#[test]
fn a_letter_that_tls_refused_is_not_bound_however_late_that_is_told() {
    let (issuer, files, safe) = (Issuer::new("Kommunen"), TempDir::new().unwrap(), Safe::new());
    let (trusted, pem) = (files.path().join("issuer.pem"), files.path().join("client.pem"));
    issuer.write_pem(&trusted);
    keep_certificate(&safe, "esdh", &issuer.issue_from(&["router"], 1990, 2000), &pem);
    let elsewhere = Fagsystem::accepting();
    for version in [&TLS13, &TLS12] {
        let secure = SecureFagsystem::speaking(&[version], &issuer.issue(&[HERE]), Some(&issuer));
        let esdh = showing_certificate(fagsystem_entry("esdh", &secure.endpoint()));
        let other = fagsystem_entry("andet", &elsewhere.endpoint());
        let before = configuration(&[esdh.clone(), other.clone()], &[]);
        let (secrets, trusted) = (safe.path_text(), trusted.to_str().unwrap());
        let router = Router::start_so(data_of(&before), &["--trust", trusted, "--secrets", &secrets], &[]);
        // A large one is still being sent when the refusal comes, and a small one has gone out whole.
        let large = Memo { content: "A".repeat(300_000), ..Memo::new() };
        let letters: Vec<_> = (0..12).map(|_| Memo::new()).chain([large]).collect();
        for letter in &letters {
            let refused = router.deliver(&letter.xml());
            let expected = (NOT_TAKEN.to_owned(), Some("klientcertifikat_udloebet".to_owned()));
            assert_eq!(journalled(&router, letter), expected, "{}", message_of(&refused));
        }
        // The rules decide anew, and may say something else.
        router.publish(&configuration(&[other, esdh], &[]));
        for letter in &letters {
            assert_eq!(router.deliver(&letter.xml()).status(), 200);
        }
        assert!(secure.seen().is_empty());
    }
    assert_eq!(elsewhere.whole_requests().len(), 26);
}

/// Hands a connection on that begins with TLS, and says whether it did.
fn pass_on_tls(stream: &std::net::TcpStream, behind: std::net::SocketAddr) -> bool {
    let mut first = [0; 1];
    let is_tls = stream.peek(&mut first).is_ok_and(|count| count == 1) && first[0] == 0x16;
    if is_tls {
        let ahead = std::net::TcpStream::connect(behind).unwrap();
        let (mut from, mut to) = (stream.try_clone().unwrap(), ahead.try_clone().unwrap());
        thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            to.shutdown(std::net::Shutdown::Both)
        });
        let _ = std::io::copy(&mut &ahead, &mut &*stream);
    }
    is_tls
}

/// A server that answers without HTTP at a port that speaks TLS too may have accepted the letter.
#[test]
fn a_letter_that_was_answered_otherwise_is_bound_though_tls_is_spoken_there_too() {
    let secure = SecureFagsystem::start(&Issuer::new("Kommunen").issue(&[HERE]), None);
    let (behind, message, taken) = (secure.address, Memo::new(), Arc::new(AtomicUsize::new(0)));
    let (letter, counted) = (message.xml(), Arc::clone(&taken));
    let gate = listening(move |mut stream| {
        if !pass_on_tls(&stream, behind) {
            let mut read = Vec::new();
            while !read.ends_with(&letter) {
                let mut piece = [0; 4096];
                let Some(count) = stream.read(&mut piece).ok().filter(|count| *count > 0) else { return };
                read.extend_from_slice(&piece[..count]);
            }
            counted.fetch_add(1, Ordering::Relaxed);
            stream.write_all(b"OK\n").unwrap();
        }
    });
    let elsewhere = Fagsystem::accepting();
    let esdh = fagsystem_entry("esdh", &gate.replace("https:", "http:"));
    let other = fagsystem_entry("andet", &elsewhere.endpoint());
    let router = Router::start(&configuration(&[esdh.clone(), other.clone()], &[]));
    let expected = (UNKNOWN.to_owned(), Some("tls_kraeves".to_owned()));
    for time in 1..=2 {
        let words = message_of(&router.deliver(&message.xml()));
        assert!(words.contains("it may have got the message"), "{words}");
        assert_eq!((journalled(&router, &message), taken.load(Ordering::Relaxed)), (expected.clone(), time));
        // The rules say something else of it from now on.
        router.publish(&configuration(&[other.clone(), esdh.clone()], &[]));
    }
    assert!(elsewhere.requests().is_empty());
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200, "another one goes there");
}

/// A port that speaks TLS and hangs up without a word may be anything: it is unclear whether it accepted something, and it
/// sees no more connections than there are messages. A test that a person runs reports it.
#[test]
fn a_port_that_hangs_up_on_http_and_speaks_tls_is_named_when_somebody_asks() {
    let secure = SecureFagsystem::start(&Issuer::new("Kommunen").issue(&[HERE]), None);
    let (behind, count) = (secure.address, Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&count);
    let gate = listening(move |stream| {
        counted.fetch_add(1, Ordering::Relaxed);
        pass_on_tls(&stream, behind);
    });
    let endpoint = gate.replace("https:", "http:");
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &endpoint)], &[]));
    let message = Memo::new();
    router.deliver(&message.xml());
    assert_eq!(journalled(&router, &message), (UNKNOWN.to_owned(), Some("brudt_foer_svar".to_owned())));
    assert_eq!(count.load(Ordering::Relaxed), 1);
    let secrets = Secrets::at(SecretsLocation::File(router.data.path().join("hemmeligheder.json")));
    let probe = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let courier = Courier::new(&RouterSettings::default(), secrets.into()).unwrap();
        courier.probe(&endpoint.parse().unwrap(), None, TimeLimits::default()).await
    });
    assert_eq!(probe.answer, ProbeAnswer::NotReached(Reason::TlsWanted.into()));
}

#[test]
fn a_proxy_that_refuses_or_is_not_there_is_told_from_the_fagsystem() {
    let refusing = Fagsystem::start(|connection| {
        connection.take_head();
        connection.write("HTTP/1.1 403 Nej\r\nContent-Length: 0\r\n\r\n");
    });
    let asking = Fagsystem::start(|connection| {
        // Of a question for a way through, the head is all.
        if connection.take_head() && (connection.is_of("CONNECT") || connection.take_body()) {
            connection.answer(407, "");
        }
    });
    let nobody = NobodyThere::new();
    let cases = [
        (format!("http://{}", refusing.address), "https://fagsystem.invalid/", "proxy_afviste"),
        (format!("http://{}", asking.address), "https://fagsystem.invalid/", "proxy_afviste"),
        (format!("http://{}", asking.address), "http://fagsystem.invalid/", "proxy_afviste"),
        (nobody.endpoint(), "https://fagsystem.invalid/", "proxy_ikke_naaet"),
        (nobody.endpoint(), "http://fagsystem.invalid/", "proxy_ikke_naaet"),
    ];
    for (proxy, endpoint, code) in cases {
        let data = data_of(&configuration(&[fagsystem_entry("esdh", endpoint)], &[]));
        let router = Router::start_so(data, &["--proxy", &proxy], &[]);
        let message = Memo::new();
        let receipt = router.deliver(&message.xml());
        let expected = (NOT_TAKEN.to_owned(), Some(code.to_owned()));
        assert_eq!(journalled(&router, &message), expected, "{endpoint}: {}", message_of(&receipt));
    }
}

#[test]
fn a_certificate_that_has_expired_is_named_where_http_refuses_it() {
    let (issuer, files, safe) = (Issuer::new("Kommunen"), TempDir::new().unwrap(), Safe::new());
    let (trusted, pem) = (files.path().join("issuer.pem"), files.path().join("client.pem"));
    issuer.write_pem(&trusted);
    let secure = SecureFagsystem::answering(&issuer.issue(&[HERE]), "403 Forbidden");
    let esdh = showing_certificate(fagsystem_entry("esdh", &secure.endpoint()));
    let arguments = ["--trust", trusted.to_str().unwrap(), "--secrets", &safe.path_text()].map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    keep_certificate(&safe, "esdh", &issuer.issue(&["router"]), &pem);
    let router = Router::start_so(data_of(&configuration(&[esdh], &[])), &arguments, &[]);
    let reason = || {
        let message = Memo::new();
        router.deliver(&message.xml());
        journalled(&router, &message).1
    };
    assert_eq!(reason().as_deref(), Some("adgang_afvist"));
    keep_certificate(&safe, "esdh", &issuer.issue_from(&["router"], 1990, 2000), &pem);
    eventually("the expired one is named", || (reason().as_deref() == Some("klientcertifikat_udloebet")).then_some(()));
}
