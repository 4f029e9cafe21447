//! What a router among several tells of itself and of the database that they share, and what becomes of what one has left.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::Shared;
use super::running::{deliver, health, to};
use crate::support::{Call, Fagsystem, Gate, Memo, Running, eventually, server};

/// Starts a router that offers metrics, and says where.
fn with_metrics(shared: &Shared) -> (Running, SocketAddr) {
    let (data, database) = (shared.home(0).to_str().expect("UTF-8"), shared.address.to_string());
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data", data, "--database"];
    let mut router = Running::start(&[&arguments[..], &[&database]].concat());
    let line = router.next_line();
    let address = line.strip_prefix("Metrics at http://").and_then(|url| url.strip_suffix("/metrics"));
    let address = address.unwrap_or_else(|| panic!("it went on with {line:?}")).parse().expect("an address");
    (router, address)
}

/// The value of that sample, if it is there.
fn metric(metrics: SocketAddr, name: &str) -> Option<f64> {
    let answer = Call::begin(metrics, "GET /metrics HTTP/1.1").answer();
    let value = answer.body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    Some(value.parse().expect("a number"))
}

/// A fagsystem that answers no message before the gate is opened.
fn hesitant() -> (Fagsystem, Gate) {
    let gate = Gate::default();
    let answering = gate.clone();
    let fagsystem = Fagsystem::start(move |connection| {
        while connection.take_all() {
            answering.pass();
            connection.answer(200, "");
        }
    });
    (fagsystem, gate)
}

#[test]
fn health_and_metrics_tell_how_it_stands_with_the_database() {
    if !server::is_available() {
        return;
    }
    let (fagsystem, gate) = hesitant();
    let shared = Shared::new(1);
    shared.publish(&to(&fagsystem));
    let (router, metrics) = with_metrics(&shared);
    let told = eventually("it has had a heartbeat", || {
        Some(health(&router).json()).filter(|told| told["database"]["rundtur_ms"].is_number())
    });
    let name = shared.sql("SELECT name FROM routers");
    assert_eq!((&told["klar"], &told["udgivelse"]), (&Value::from(true), &Value::from(1)));
    assert_eq!(told["router"], name);
    assert!(told["database"]["rundtur_ms"].as_f64() > Some(0.0), "{told}");
    assert_eq!((&told["database"]["laan"], &told["database"]["udloebne"]), (&Value::from(0), &Value::from(0)));
    assert_eq!(metric(metrics, &format!(r#"postfordeler_router_info{{router="{name}"}}"#)), Some(1.0));
    assert_eq!(metric(metrics, "postfordeler_lapsed_leases_total"), Some(0.0));
    let message = Memo::new().xml();
    thread::scope(|scope| {
        let delivered = scope.spawn(|| deliver(&router, &message).status());
        // Another router has left a message, whose lease has lapsed.
        fagsystem.wait_until("the message comes", |requests| requests.len() == 1);
        shared.sql("INSERT INTO claims VALUES ('left', 'another', 1000000, now() - interval '1 second')");
        let told = eventually("a heartbeat has told it", || {
            Some(health(&router).json())
                .filter(|told| told["database"]["laan"] == 1 && told["database"]["udloebne"] == 1)
        });
        assert_eq!(told["klar"], true);
        assert_eq!(metric(metrics, "postfordeler_leases"), Some(1.0));
        assert_eq!(metric(metrics, "postfordeler_lapsed_leases_total"), Some(1.0));
        assert!(metric(metrics, "postfordeler_database_round_trip_seconds") > Some(0.0));
        gate.open();
        assert_eq!(delivered.join().expect("it is answered"), 200);
    });
    eventually("it holds none", || (health(&router).json()["database"]["laan"] == 0).then_some(()));
}

#[test]
fn health_is_told_at_once_while_the_database_is_away() {
    if !server::is_available() {
        return;
    }
    let own = server::Server::start(&[]);
    own.run("createdb", &["own"]);
    let shared = Shared { address: own.address("own"), homes: vec![TempDir::new().expect("a directory")] };
    shared.publish(&to(&Fagsystem::accepting()));
    let (router, metrics) = with_metrics(&shared);
    let round_trip = "postfordeler_database_round_trip_seconds";
    eventually("it has had a heartbeat", || metric(metrics, round_trip));
    own.stop();
    let told = eventually("it says that heartbeats fail", || {
        let begun = Instant::now();
        let told = health(&router).json();
        assert!(begun.elapsed() < Duration::from_secs(2), "it has waited for the database");
        told["database"]["rundtur_ms"].is_null().then_some(told)
    });
    assert!(told["router"].is_string() && told["database"]["laan"] == 0, "{told}");
    assert_eq!(metric(metrics, round_trip), None);
    own.start_again();
    eventually("it has heartbeats again", || metric(metrics, round_trip));
}

/// A commit whose connection broke may have claimed a message that nobody delivers.
#[test]
fn a_claim_that_its_router_does_not_know_of_lapses_although_that_runs() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(1);
    shared.publish(&to(&Fagsystem::accepting()));
    let (router, _) = with_metrics(&shared);
    shared.sql("INSERT INTO claims SELECT 'unknown', name, 1000000, now() + interval '1 second' FROM routers");
    eventually("it has lapsed", || (health(&router).json()["database"]["udloebne"] == 1).then_some(()));
    assert_eq!(shared.sql("SELECT count(*) FROM claims"), "0");
}

/// A killed router that is started again at once must not take what it has left for what it delivers, and renew its lease for ever.
#[test]
fn what_a_killed_router_has_left_goes_on_as_soon_as_it_is_back() {
    if !server::is_available() {
        return;
    }
    let (fagsystem, gate) = hesitant();
    let shared = Shared::new(1);
    shared.publish(&to(&fagsystem));
    let (killed, _) = with_metrics(&shared);
    let message = Memo::new().xml();
    let mut call = Call::with_length(killed.address(), "application/xml", message.len());
    call.send(&message);
    fagsystem.wait_until("the message comes", |requests| requests.len() == 1);
    assert_eq!(shared.sql("SELECT count(*) FROM claims"), "1");
    drop(killed);
    gate.open();
    let begun = Instant::now();
    let (router, metrics) = with_metrics(&shared);
    assert_eq!(deliver(&router, &message).status(), 200);
    assert!(begun.elapsed() < Duration::from_secs(25), "within the lease of what was left");
    let outcomes = "SELECT string_agg(outcome || ' ' || fagsystem, ', ' ORDER BY number) FROM journal";
    assert_eq!(shared.sql(outcomes), "uvist esdh, accepteret esdh");
    assert_eq!(health(&router).json()["database"]["udloebne"], 1);
    assert_eq!(metric(metrics, "postfordeler_lapsed_leases_total"), Some(1.0));
}
