//! How the router holds connections: many, silent, slow, long-lived, and none too many.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use postfordeler::router::{ConnectionLimits, Router as OwnRouter};
use postfordeler::secrets::{Home, Secrets};
use postfordeler::store::{Settings, Store};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::stage::wait;
use crate::support::{
    Call, Expected, Fagsystem, Memo, PATIENCE, Router, assert_receipt, configuration, fagsystem_entry, publish,
};

/// Never reached in a test.
const EVER: Duration = Duration::from_hours(1);
const SOON: Duration = Duration::from_millis(100);

/// A router in this process, with limits of its own.
struct Held {
    router: OwnRouter,
    _data: TempDir,
}

impl Held {
    fn start(fagsystem: &Fagsystem, limits: ConnectionLimits) -> Self {
        let data = TempDir::new().unwrap();
        publish(data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
        let store = Store::open(data.path()).unwrap();
        // Nothing but the connections may end a wait.
        let settings = Settings { answer_timeout_ms: 3_600_000, ..Settings::default() };
        let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
        let nothing_secret = Arc::new(Secrets::at(Home::of(Some(data.path().join("secrets")))));
        let router = wait(OwnRouter::start_with(&store, anywhere, &settings, nothing_secret, limits)).unwrap();
        Self { router, _data: data }
    }

    fn address(&self) -> SocketAddr {
        self.router.address()
    }
}

/// Bytes on a connection, whatever they mean.
struct Wire(TcpStream);

impl Wire {
    fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    /// Reads until so many bytes of JSON answers have come that they hold that many of those words.
    fn read_until(&mut self, words: &str, count: usize) -> String {
        let (mut heard, mut piece) = (String::new(), [0; 4096]);
        while heard.matches(words).count() < count {
            let read = self.0.read(&mut piece).unwrap();
            assert!(read > 0, "the connection closed after {heard:?}");
            heard.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
        heard
    }

    /// Waits until the router closes it, and returns what came before.
    fn closed(mut self) -> String {
        let mut heard = Vec::new();
        match self.0.read_to_end(&mut heard) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "nobody closes it"),
        }
        String::from_utf8_lossy(&heard).into_owned()
    }
}

/// More bytes than the router waits for before a message departs.
const LARGE: usize = 200_000;

const HEALTH: &str = "GET /sundhed HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn post(message: &[u8]) -> Vec<u8> {
    let head = "POST /memo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length:";
    [format!("{head} {}\r\n\r\n", message.len()).as_bytes(), message].concat()
}

#[test]
fn a_flood_of_silent_connections_leaves_health_and_messages_answered() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let mut flood: Vec<_> = (0..650).map(|_| Wire::to(router.address())).collect();
    assert_eq!(router.health().status(), 200);
    for half in &mut flood[600..] {
        half.send("POST /memo HTTP/1.1\r\nHos");
    }
    let message = Memo::new();
    assert_receipt("in the flood", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(router.health().status(), 200);
    assert_eq!(flood.remove(0).closed(), "", "the one that was idle longest made room");
}

#[test]
fn a_head_that_does_not_come_to_its_end_is_cut_off() {
    let held = Held::start(&Fagsystem::accepting(), ConnectionLimits { head: SOON, idle: EVER, ..limits() });
    for beginning in ["", "POST /me", "POST /memo HTTP/1.1\r\nHost: localhost\r\nContent-"] {
        let mut wire = Wire::to(held.address());
        wire.send(beginning);
        assert_eq!(wire.closed(), "", "{beginning:?}");
    }
}

#[test]
fn a_connection_stays_open_between_messages_but_not_for_ever() {
    let fagsystem = Fagsystem::accepting();
    let held = Held::start(&fagsystem, ConnectionLimits { head: EVER, idle: SOON, ..limits() });
    let mut wire = Wire::to(held.address());
    wire.send(HEALTH);
    let heard = wire.read_until("klar", 1);
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    assert_eq!(wire.closed(), "");

    let held = Held::start(&fagsystem, limits());
    let mut wire = Wire::to(held.address());
    let (one, other) = (Memo::new(), Memo::new());
    for message in [&one, &other] {
        wire.send(post(&message.xml()));
        let heard = wire.read_until("timeStamp", 1);
        assert!(heard.starts_with("HTTP/1.1 200") && heard.contains(&message.uuid), "{heard}");
    }
    assert_eq!(fagsystem.whole_requests().len(), 2);
}

#[test]
fn messages_sent_one_after_the_other_without_waiting_are_answered_in_order() {
    let fagsystem = Fagsystem::accepting();
    let held = Held::start(&fagsystem, limits());
    let messages = [Memo::new(), Memo::new(), Memo::new()];
    let all: Vec<u8> = messages.iter().flat_map(|message| post(&message.xml())).collect();
    let mut wire = Wire::to(held.address());
    wire.send(all);
    let heard = wire.read_until("timeStamp", 3);
    let places: Vec<_> = messages.iter().map(|message| heard.find(&message.uuid)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{heard}");
}

#[test]
fn a_head_longer_than_any_caller_needs_is_refused() {
    let held = Held::start(&Fagsystem::accepting(), limits());
    let long = format!("GET /sundhed HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "x".repeat(1_000_000));
    let many = format!("GET /sundhed HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-One: more\r\n".repeat(200));
    for (case, head) in [("long", long), ("many", many)] {
        let mut wire = Wire::to(held.address());
        // It may be closed before all has been sent.
        let _ = wire.0.write_all(head.as_bytes());
        let heard = wire.closed();
        assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 431"), "{case}: {heard}");
    }
    assert_eq!(Call::begin(held.address(), "GET /sundhed HTTP/1.1").answer().status(), 200);
}

#[test]
fn a_message_under_way_makes_no_room_for_others() {
    let fagsystem = Fagsystem::accepting();
    let held = Held::start(&fagsystem, ConnectionLimits { most: 1, ..limits() });
    let message = Memo::new();
    let xml = message.xml_of_length(LARGE);
    let mut call = Call::with_length(held.address(), "application/xml", xml.len());
    let half = xml.len() - 20;
    call.send(&xml[..half]);
    fagsystem.wait_until("the message is under way", |requests| !requests.is_empty());
    let mut waiting = Wire::to(held.address());
    waiting.send(HEALTH);
    call.send(&xml[half..]);
    assert_receipt("under way", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
    assert!(waiting.read_until("klar", 1).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_connection_between_two_messages_makes_room_for_others() {
    let held = Held::start(&Fagsystem::accepting(), ConnectionLimits { most: 1, ..limits() });
    let mut idle = Wire::to(held.address());
    idle.send(HEALTH);
    idle.read_until("klar", 1);
    assert_eq!(Call::begin(held.address(), "GET /sundhed HTTP/1.1").answer().status(), 200);
    assert_eq!(idle.closed(), "");
}

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
    let stopping = std::thread::spawn(move || wait(async { timeout(PATIENCE, held.router.stop()).await }));
    assert_eq!([silent.closed(), half.closed(), idle.closed()], ["", "", ""]);
    call.send(&xml[xml.len() - 20..]);
    assert_receipt("under way", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
    stopping.join().unwrap().expect("it stops when the last message has been answered");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

/// So long that nothing comes of them.
fn limits() -> ConnectionLimits {
    ConnectionLimits { head: EVER, idle: EVER, ..ConnectionLimits::default() }
}
