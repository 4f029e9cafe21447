//! What a router that stops does with its connections and messages.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use postfordeler::router::ConnectionLimits;
use postfordeler::store::{RouterSettings, Store};
use tempfile::TempDir;
use tokio::time::timeout;

use super::{HEALTH, Held, LARGE, SOON, Wire, head, limits};
use crate::support::{
    Call, Expected, Fagsystem, Memo, TIMEOUT, assert_receipt, block_on, database_with_arrivals, eventually,
};

#[test]
fn a_stopped_router_waits_for_messages_and_not_for_idle_connections() {
    let fagsystem = Fagsystem::accepting();
    let held = Held::start(&fagsystem, limits());
    let message = Memo::new();
    let xml = message.xml_of_length(LARGE);
    let mut call = Call::with_length(held.address(), "application/xml", xml.len());
    call.send(&xml[..xml.len() - 20]);
    fagsystem.wait_until("the message is under way", |requests| !requests.is_empty());
    let (silent, mut half, mut idle) = (Wire::to(held.address()), Wire::to(held.address()), Wire::to(held.address()));
    half.send("POST /memo HTTP/1.1\r\nHos");
    idle.send(HEALTH);
    idle.read_until("klar", 1);

    let address = held.address();
    let stopping = std::thread::spawn(move || block_on(async { timeout(TIMEOUT, held.router.stop()).await }));
    assert_eq!([silent.closed(), half.closed(), idle.closed()], ["", "", ""]);
    call.send(&xml[xml.len() - 20..]);
    assert_receipt("under way", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
    stopping.join().unwrap().expect("it stops when the last message has been answered");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn a_stopped_router_cuts_off_what_does_not_come_to_its_end_and_leaves_the_data_directory_to_the_next() {
    let fagsystem = Fagsystem::accepting();
    let settings = RouterSettings { answer_timeout_ms: 1_000, ..RouterSettings::default() };
    let quick = ConnectionLimits { grace: SOON, ..limits() };
    let held = Held::start_with(&fagsystem, quick.clone(), &settings);
    let message = Memo { content: "x".repeat(200_000), ..Memo::new() };
    let xml = message.xml();
    let (begun, rest) = xml.split_at(xml.len() - 100_000);
    let mut wire = Wire::to(held.address());
    wire.send(head(xml.len()));
    wire.send(begun);
    fagsystem.wait_until("the message is under way", |requests| !requests.is_empty());
    let (mut trickle, rest) = (wire.0.try_clone().unwrap(), rest.to_vec());
    let trickling = thread::spawn(move || {
        for byte in rest {
            thread::sleep(Duration::from_millis(20));
            if trickle.write_all(&[byte]).is_err() {
                return;
            }
        }
        panic!("it was not cut off");
    });
    let Held { router, data } = held;
    block_on(async { timeout(TIMEOUT, router.stop()).await }).expect("it stops");
    assert_eq!(outcomes(&data), ["afbrudt"]);
    assert!(fagsystem.whole_requests().is_empty());
    assert_eq!(wire.closed(), "", "it is not told anything that is not certain");
    trickling.join().unwrap();

    let Held { router, data } = Held::start_on(data, quick, &settings);
    block_on(router.stop());
    Store::open(data.path()).unwrap().lock_router().expect("nobody else has it");
}

#[test]
fn what_a_fagsystem_has_without_an_answer_when_it_is_cut_off_is_of_unknown_outcome() {
    let fagsystem = Fagsystem::start(|connection| {
        if connection.take_all() {
            connection.await_hang_up();
        }
    });
    let settings = RouterSettings { answer_timeout_ms: 2_000, ..RouterSettings::default() };
    // So that the router's patience ends before the message's own.
    let quick = ConnectionLimits { grace: Duration::ZERO, ..limits() };
    let held = Held::start_with(&fagsystem, quick.clone(), &settings);
    let message = Memo { content: "x".repeat(200_000), ..Memo::new() };
    let xml = message.xml();
    let mut wire = Wire::to(held.address());
    wire.send(head(xml.len()));
    wire.send(&xml[..xml.len() - 20]);
    fagsystem.wait_until("the message is under way", |requests| !requests.is_empty());
    let Held { router, data } = held;
    let address = router.address();
    let stopping = thread::spawn(move || block_on(async { timeout(TIMEOUT, router.stop()).await }));
    eventually("it is stopping", || {
        (Call::begin(address, "GET /sundhed HTTP/1.1").answer().status() == 503).then_some(())
    });
    wire.send(&xml[xml.len() - 20..]);
    fagsystem.wait_until("it has the message", |requests| requests[0].is_whole());
    stopping.join().unwrap().expect("it stops");
    assert_eq!(outcomes(&data), ["uvist"]);

    let Held { router, data } = Held::start_on(data, quick, &settings);
    block_on(router.stop());
    assert_eq!(outcomes(&data), ["uvist"]);
}

/// What became of each message, by the journal.
fn outcomes(data: &TempDir) -> Vec<String> {
    let database = database_with_arrivals(data.path());
    let mut statement = database.prepare("SELECT outcome FROM journal ORDER BY number").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}
