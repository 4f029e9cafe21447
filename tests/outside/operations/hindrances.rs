//! What will not work is said before a message shows it: at the start, when something is published, and every day.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use postfordeler::clock::Clock;
use postfordeler::router::{ConnectionLimits, Router};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::{RouterSettings, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::metrics::Scraped;
use super::{Served, everything_to, objects};
use crate::outgoing::secure::Issuer;
use crate::outgoing::town::{Safe, certificate, header};
use crate::support::{AUTHORITY, configuration, eventually, fagsystem_entry, publish, rule};

/// A fagsystem that knows the router by that.
fn wanting(id: &str, endpoint: &str, access: &Value) -> Value {
    let mut entry = fagsystem_entry(id, endpoint);
    entry["adgang"] = access.clone();
    entry
}

/// A town in which much will not work.
fn troubled() -> Value {
    let mut paused = fagsystem_entry("pauset", "http://127.0.0.1:9102/");
    paused["aktiv"] = json!(false);
    let mut idle = fagsystem_entry("ledigt", "http://127.0.0.1:9103/");
    idle["aktiv"] = json!(false);
    let fagsystems = [
        wanting("uden", "https://fagsystem.example/", &header("X-Api-Key")),
        wanting("aabent", "http://fagsystem.example/", &header("X-Api-Key")),
        wanting("udloebet", "https://fagsystem.example/", &certificate()),
        wanting("snart", "https://fagsystem.example/", &certificate()),
        wanting("laenge", "https://fagsystem.example/", &certificate()),
        paused,
        idle,
    ];
    configuration(&fagsystems, &[rule(1, "pauset", "kle", "25"), rule(2, "pauset", "kle", "32")])
}

#[test]
fn a_router_says_at_its_start_what_will_not_work_and_metrics_show_it() {
    let (issuer, files, safe) = (Issuer::new("Kommunen"), TempDir::new().unwrap(), Safe::new());
    let file = |name: &str| -> PathBuf { files.path().join(name) };
    let keep = |id: &str, issued: crate::outgoing::secure::Issued| {
        issued.write_pem(&file("client.pem"));
        let output = safe.call(&["set", AUTHORITY, id, "--file", file("client.pem").to_str().unwrap()], b"");
        assert!(output.status.success());
    };
    keep("udloebet", issuer.issue_from(&["router"], 1990, 2000));
    keep("snart", issuer.issue_for_days(&["router"], 20));
    keep("laenge", issuer.issue_for_days(&["router"], 200));
    assert!(safe.call(&["set", AUTHORITY, "aabent"], b"noegle").status.success());
    std::fs::write(file("trusted.pem"), issuer.issue_for_days(&["Udsteder"], 10).certificate_pem()).unwrap();
    let data = TempDir::new().unwrap();
    publish(data.path(), &troubled());
    // Given at the call it counts no longer, and the window's router would not start.
    let database = rusqlite::Connection::open(data.path().join("postfordeler.db")).unwrap();
    database.execute("INSERT INTO settings VALUES ('proxy', '17')", []).unwrap();

    let (trusted, secrets) = (file("trusted.pem"), safe.path_text());
    let arguments = ["--metrics", "127.0.0.1:0", "--log", "json", "--proxy", "http://127.0.0.1:3128", "--self-signed"];
    let arguments = [&arguments[..], &["--secrets", &secrets, "--trust", trusted.to_str().unwrap()]].concat();
    let mut served = Served::start_on(data, &arguments);
    assert!(served.running.next_line().starts_with("Certificate "));
    let metrics = served.metrics_address();
    let scraped = eventually("it has looked", || {
        let scraped = Scraped::from(metrics);
        // It shows what it has found one after the other.
        let has = |kind| scraped.has_with("postfordeler_certificate_expiry_timestamp_seconds", kind);
        let has_certificates =
            [r#"certificate="client""#, r#"certificate="trusted_issuer""#, r#"certificate="router""#]
                .into_iter()
                .all(has);
        (scraped.has("postfordeler_hindrances") && has_certificates).then_some(scraped)
    });
    let count = |hindrance: &str, id: &str| {
        let authority = if id.is_empty() { "" } else { AUTHORITY };
        scraped.count(&format!(
            r#"postfordeler_hindrances{{authority="{authority}",fagsystem="{id}",hindrance="{hindrance}"}}"#
        ))
    };
    let expected = [
        ("vagt_beskadiget", "", "the setting 'proxy' is damaged: "),
        ("certifikat_udloeber", "", "the certificate of the trusted issuer 'Udsteder' is valid until "),
        ("hemmelighed_mangler", "uden", "there is no header value for the business system 'uden' of 11223344; "),
        (
            "ukrypteret",
            "aabent",
            "the secret by which the business system 'aabent' of 11223344 knows the router would go unencr",
        ),
        (
            "certifikat_udloebet",
            "udloebet",
            "the client certificate for the business system 'udloebet' of 11223344 was valid ",
        ),
        (
            "certifikat_udloeber",
            "snart",
            "the client certificate for the business system 'snart' of 11223344 is valid until ",
        ),
        ("pauset", "pauset", "the business system 'pauset' of 11223344 is paused, though 2 rules send to it; "),
    ];
    for (hindrance, id, _) in expected {
        assert_eq!(count(hindrance, id), 1, "{hindrance}");
    }
    let until = |kind: &str, id: &str, subject: &str| {
        let authority = if id.is_empty() { "" } else { AUTHORITY };
        let labels = format!(r#"authority="{authority}",certificate="{kind}",fagsystem="{id}",subject="{subject}""#);
        scraped.value(&format!("postfordeler_certificate_expiry_timestamp_seconds{{{labels}}}"))
    };
    let now: f64 = Timestamp::now().as_second().to_string().parse().unwrap();
    let days = |until: f64| ((until - now) / 86_400.0).round();
    assert!((18.0..=20.0).contains(&days(until("client", "snart", ""))));
    assert!((198.0..=200.0).contains(&days(until("client", "laenge", ""))));
    assert!(until("client", "udloebet", "") < now);
    assert!((8.0..=10.0).contains(&days(until("trusted_issuer", "", "Udsteder"))));
    assert!(days(until("router", "", "")) > 700.0);

    let reference = crate::support::postfordeler(&["reasons"]).stdout;
    let reference = String::from_utf8(reference).unwrap();
    for (hindrance, ..) in expected {
        assert_eq!(reference.matches(&format!("\n| `{hindrance}` | ")).count(), 1 + usize::from(is_reason(hindrance)));
    }
    let log = objects(&served.end());
    let told: Vec<_> = log.iter().filter(|line| line["hindrance"].is_string()).collect();
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (hindrance, id, words) in expected {
        let is_it = |line: &&&Value| line["hindrance"] == hindrance && line["fagsystem"].as_str().unwrap_or("") == id;
        let line = told.iter().find(is_it).unwrap_or_else(|| panic!("{hindrance} {id}: {told:?}"));
        assert_eq!(line["level"], "WARN");
        assert!(line["message"].as_str().unwrap().starts_with(words), "{line}");
        assert_eq!(line["authority"].is_string(), !id.is_empty(), "{line}");
    }
}

/// Whether a reason has that code too.
fn is_reason(code: &str) -> bool {
    postfordeler::reasons::Reason::all().any(|reason| reason.code() == code)
}

/// What has been logged.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Page {
    fn count(&self, words: &str) -> usize {
        String::from_utf8_lossy(&self.0.lock().unwrap()).matches(words).count()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lets the router's tasks go on until it is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(crate::support::TIMEOUT, waiting).await.unwrap_or_else(|_| panic!("waited in vain: {what}"));
}

#[test]
fn it_is_said_again_after_a_day_and_when_it_has_been_set_right() {
    let data = TempDir::new().unwrap();
    let paused = |is_active: bool| {
        let mut esdh = fagsystem_entry("esdh", "http://127.0.0.1:9101/");
        esdh["aktiv"] = json!(is_active);
        configuration(&[esdh], &[])
    };
    publish(data.path(), &paused(false));
    let (page, ahead) = (Page::default(), Arc::new(AtomicI64::new(0)));
    let (writer, shown) = (page.clone(), Arc::clone(&ahead));
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let clock = Clock::by(move || Timestamp::now() + SignedDuration::from_secs(shown.load(Ordering::Relaxed)));
    // On one thread, which writes on that page.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _page = tracing::subscriber::set_default(subscriber);
    runtime.block_on(async {
        let store = Store::open(data.path()).unwrap();
        let (settings, limits) = (RouterSettings::default(), ConnectionLimits::default());
        let secrets = Secrets::at(SecretsLocation::File(data.path().join("hemmeligheder.json"))).into();
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let router = Router::start_by(&store, listen, &settings, secrets, limits, clock).await.unwrap();
        let words = "the business system 'esdh' of 11223344 is paused, though it is the default recipient";
        until("it is said", || page.count(words) == 1).await;
        let before = router.hindrances();
        ahead.store(10 * 60, Ordering::Relaxed);
        until("it has looked again", || !Arc::ptr_eq(&before, &router.hindrances())).await;
        assert_eq!(page.count(words), 1, "nobody wants to read it every few minutes");
        ahead.store(25 * 60 * 60, Ordering::Relaxed);
        until("it is said again the next day", || page.count(words) == 2).await;
        publish(data.path(), &paused(true));
        until("it is no longer so", || page.count(&format!("no longer so: {words}")) == 1).await;
        assert!(router.hindrances().is_empty());
        router.stop().await;
    });
}

#[test]
fn a_healthy_router_has_nothing_to_say() {
    let (served, metrics) = Served::with_metrics(&everything_to("http://127.0.0.1:1/"));
    let scraped = Scraped::from(metrics);
    assert!(!scraped.has("postfordeler_hindrances"));
    let log = served.end();
    assert!(!log.contains("WARN"), "{log}");
}
