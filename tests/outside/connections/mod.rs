//! How the router holds connections: many, silent, slow, long-lived, and none too many.

mod stopping;

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use postfordeler::router::{ConnectionLimits, Router as OwnRouter};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::{ApiKey, RouterSettings, Store};
use tempfile::TempDir;
use tokio::net::TcpSocket;

use crate::support::{
    Call, Expected, Fagsystem, Memo, Router, Running, TIMEOUT, assert_receipt, block_on, configuration, eventually,
    fagsystem_entry, publish,
};

/// Never reached in a test.
const EVER: Duration = Duration::from_hours(1);
const SOON: Duration = Duration::from_millis(100);

/// A router in this process, with limits of its own.
struct Held {
    router: OwnRouter,
    data: TempDir,
}

impl Held {
    fn start(fagsystem: &Fagsystem, limits: ConnectionLimits) -> Self {
        Self::start_with(fagsystem, limits, &patient())
    }

    fn start_with(fagsystem: &Fagsystem, limits: ConnectionLimits, settings: &RouterSettings) -> Self {
        let data = TempDir::new().unwrap();
        publish(data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
        Self::start_on(data, limits, settings)
    }

    fn start_on(data: TempDir, limits: ConnectionLimits, settings: &RouterSettings) -> Self {
        let store = Store::open(data.path()).unwrap();
        let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
        let nothing_secret = Arc::new(Secrets::at(SecretsLocation::of(Some(data.path().join("secrets")))));
        let router = block_on(OwnRouter::start_with(&store, anywhere, settings, nothing_secret, limits)).unwrap();
        Self { router, data }
    }

    fn deliver(&self, message: &[u8]) -> crate::support::Answer {
        let mut call = Call::with_length(self.address(), "application/xml", message.len());
        call.send(message);
        call.answer()
    }

    /// How many messages had that outcome.
    fn counted(&self, outcome: &str) -> u64 {
        let text = self.router.metrics().text();
        let is_it = |line: &&str| line.starts_with("postfordeler_messages_total") && line.contains(outcome);
        text.lines().filter(is_it).map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()).sum()
    }

    fn address(&self) -> SocketAddr {
        self.router.address()
    }
}

/// Nothing but the connections may end a wait.
fn patient() -> RouterSettings {
    RouterSettings { answer_timeout_ms: 3_600_000, ..RouterSettings::default() }
}

/// Bytes on a connection, whatever they mean.
struct Wire(TcpStream);

impl Wire {
    fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        Self(stream)
    }

    /// A connection from another address of this machine.
    fn from(source: Ipv4Addr, to: SocketAddr) -> Self {
        let stream = block_on(async {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind((IpAddr::from(source), 0).into()).unwrap();
            socket.connect(to).await.unwrap().into_std().unwrap()
        });
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        Self(stream)
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    /// Reads JSON answers until they contain that many of those words.
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
    [head(message.len()).as_bytes(), message].concat()
}

/// The head of a call with that many bytes.
fn head(length: usize) -> String {
    format!(
        "POST /memo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n\r\n"
    )
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
    // Nor after a call that was refused.
    let mut wire = Wire::to(held.address());
    wire.send(head(3).replace("application/xml", "text/plain") + "hej");
    assert!(wire.read_until("timeStamp", 1).starts_with("HTTP/1.1 400"));
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
fn strangers_who_come_again_and_again_keep_nobody_out_who_has_the_key() {
    let key = ApiKey::random().unwrap();
    let settings = RouterSettings { api_key: Some(key.hash().into()), ..patient() };
    let held = Held::start_with(&Fagsystem::accepting(), ConnectionLimits { most: 4, ..limits() }, &settings);
    let (address, is_over) = (held.address(), Arc::new(AtomicBool::new(false)));
    let stranger = || {
        let is_over = Arc::clone(&is_over);
        thread::spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                let Ok(mut stream) = TcpStream::connect(address) else { continue };
                let _ = stream.set_read_timeout(Some(TIMEOUT));
                let _ = stream.write_all(format!("{}<", head(90_000_000)).as_bytes());
                let _ = stream.read_to_end(&mut Vec::new());
                // The system has run out of ports.
                thread::sleep(Duration::from_millis(20));
            }
        })
    };
    let strangers: Vec<_> = (0..60).map(|_| stranger()).collect();
    eventually("strangers are refused", || {
        let refused = held.router.metrics().text();
        let line = refused.lines().find(|line| line.starts_with("postfordeler_callers_refused_total"))?;
        (line.rsplit(' ').next()?.parse::<u64>().ok()? > 50).then_some(())
    });
    for _ in 0..5 {
        let message = Memo::new();
        let xml = message.xml();
        let with_key = format!("POST /memo HTTP/1.1\r\nX-Api-Key: {}\r\nContent-Length: {}", key.reveal(), xml.len());
        let mut call = Call::begin(address, &with_key);
        call.send(&xml);
        assert_receipt("with the key", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
    }
    is_over.store(true, Ordering::Relaxed);
    block_on(held.router.stop());
    for stranger in strangers {
        stranger.join().unwrap();
    }
}

#[test]
fn a_key_that_was_revoked_after_the_settings_were_read_counts_no_more() {
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&[fagsystem_entry("esdh", &Fagsystem::accepting().endpoint())], &[]));
    let (store, [revoked, other]) = (Store::open(data.path()).unwrap(), [(), ()].map(|()| ApiKey::random().unwrap()));
    for (key, name) in [(&revoked, "den ene"), (&other, "den anden")] {
        store.add_api_key(key, Some(name), jiff::Timestamp::now()).unwrap();
    }
    let settings = RouterSettings { api_key: store.api_keys().unwrap(), ..patient() };
    store.revoke_api_key("den ene").unwrap();
    let held = Held::start_on(data, limits(), &settings);
    let status = |key: &ApiKey| {
        let head = format!("POST /memo HTTP/1.1\r\nX-Api-Key: {}\r\nContent-Length: 0", key.reveal());
        Call::begin(held.address(), &head).answer().status()
    };
    eventually("it does not count", || (status(&revoked) == 403).then_some(()));
    assert_eq!(status(&other), 400, "the other one counts on");
    block_on(held.router.stop());
}

#[test]
fn who_may_not_deliver_is_answered_by_the_head_and_the_connection_closed() {
    let settings = RouterSettings { api_key: ApiKey::random().map(|key| key.hash().into()), ..patient() };
    let held = Held::start_with(&Fagsystem::accepting(), limits(), &settings);
    let cases = [
        ("no key", "", 401),
        ("a wrong key", "X-Api-Key: gaettet\r\n", 403),
        ("a web page", "Origin: https://example.dk\r\n", 403),
        ("one that waits for a word", "Expect: 100-continue\r\n", 401),
    ];
    for (case, header, status) in cases {
        let mut wire = Wire::to(held.address());
        wire.send(head(90_000_000).replace("Content-Type", &format!("{header}Content-Type")));
        let heard = wire.read_until("timeStamp", 1);
        assert!(heard.starts_with(&format!("HTTP/1.1 {status} ")), "{case}: {heard}");
        assert!(heard.contains("connection: close\r\n"), "{case}: {heard}");
        if !header.starts_with("Expect") {
            wire.send([b'x'; 1000]);
        }
        wire.closed();
    }
}

#[test]
fn calls_that_send_their_head_and_fall_silent_take_no_place() {
    let settings = RouterSettings { most_under_way: 2, ..patient() };
    let held = Held::start_with(&Fagsystem::accepting(), limits(), &settings);
    let mut silent: Vec<_> = (0..6).map(|_| Wire::to(held.address())).collect();
    for (at, wire) in silent.iter_mut().enumerate() {
        let chunked = head(1).replace("Content-Length: 1", "Transfer-Encoding: chunked");
        wire.send(if at % 2 == 0 { head(1000) } else { chunked });
        // Its head has been read when another connection, which came later, has been answered.
        assert_eq!(Call::begin(held.address(), "GET /sundhed HTTP/1.1").answer().status(), 200);
    }
    let message = Memo::new();
    assert_receipt("beside silence", &held.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    // They are only late.
    let late = Memo::new();
    let mut wire = Wire::to(held.address());
    wire.send(head(late.xml().len()));
    wire.send(late.xml());
    assert!(wire.read_until("timeStamp", 1).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_call_whose_first_byte_does_not_come_is_refused() {
    let held = Held::start(&Fagsystem::accepting(), ConnectionLimits { first_byte: SOON, ..limits() });
    let mut wire = Wire::to(held.address());
    wire.send(head(1000));
    let heard = wire.read_until("timeStamp", 1);
    assert!(heard.starts_with("HTTP/1.1 400") && heard.contains("memo.ugyldig"), "{heard}");
    wire.closed();
}

#[test]
fn a_call_whose_header_is_long_in_coming_gives_up_its_place() {
    let settings = RouterSettings { most_under_way: 2, ..patient() };
    let held = Held::start_with(&Fagsystem::accepting(), limits(), &settings);
    let mut slow = [Wire::to(held.address()), Wire::to(held.address())];
    for (at, wire) in slow.iter_mut().enumerate() {
        wire.send(format!("{}<", head(1000)));
        let line = format!("postfordeler_messages_under_way {}", at + 1);
        let is_counted = || held.router.metrics().text().lines().any(|it| it == line).then_some(());
        eventually("it has a place", is_counted);
    }
    let message = Memo::new();
    eventually("it finds a place", || (held.deliver(&message.xml()).status() == 200).then_some(()));
    let [mut first, _] = slow;
    let heard = first.read_until("timeStamp", 1);
    assert!(heard.starts_with("HTTP/1.1 503") && heard.contains("router.optaget"), "{heard}");
}

#[test]
fn a_message_on_its_way_gives_up_its_place_to_nobody() {
    let fagsystem = Fagsystem::accepting();
    let settings = RouterSettings { most_under_way: 1, ..patient() };
    let held = Held::start_with(&fagsystem, limits(), &settings);
    let message = Memo { content: "x".repeat(200_000), ..Memo::new() };
    let xml = message.xml();
    let mut call = Call::with_length(held.address(), "application/xml", xml.len());
    call.send(&xml[..xml.len() - 20]);
    fagsystem.wait_until("the message is under way", |requests| !requests.is_empty());
    // Longer than a place is held undisturbed.
    let begun = std::time::Instant::now();
    while begun.elapsed() < Duration::from_secs(2) {
        assert_eq!(held.deliver(&Memo::new().xml()).status(), 503);
    }
    call.send(&xml[xml.len() - 20..]);
    assert_receipt("on its way", &call.answer(), Expected::ACCEPTED, Some(&message.uuid));
}

#[test]
#[cfg(target_os = "linux")]
fn whoever_opens_many_connections_takes_room_from_itself_alone() {
    let held = Held::start(&Fagsystem::accepting(), ConnectionLimits { most: 8, ..limits() });
    let mut other = Wire::from(Ipv4Addr::new(127, 0, 0, 2), held.address());
    other.send(HEALTH);
    other.read_until("klar", 1);
    let mut flood: Vec<_> = (0..30).map(|_| Wire::to(held.address())).collect();
    assert_eq!(Call::begin(held.address(), "GET /sundhed HTTP/1.1").answer().status(), 200);
    other.send(HEALTH);
    assert!(other.read_until("klar", 1).starts_with("HTTP/1.1 200"), "it has been idle longest, and stays");
    assert_eq!(flood.remove(0).closed(), "");
}

#[test]
fn headers_that_do_not_end_take_so_much_memory_and_no_more() {
    let held = Held::start(&Fagsystem::accepting(), ConnectionLimits { first_byte: EVER, ..limits() });
    let message = Memo::new();
    let xml = String::from_utf8(message.xml()).unwrap();
    let begun = &xml[..xml.find("<memo:MessageHeader>").or_else(|| xml.find("<MessageHeader>")).unwrap()];
    let opened = &xml[begun.len()..=begun.len() + xml[begun.len()..].find('>').unwrap()];
    let endless =
        format!("{begun}{opened}{}", "<x>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</x>".repeat(17_000));
    assert!((900_000..1_000_000).contains(&endless.len()), "{}", endless.len());
    let mut wires: Vec<_> = (0..60).map(|_| Wire::to(held.address())).collect();
    for wire in &mut wires {
        // One that has been refused may not take all of it.
        let _ = wire.0.write_all(head(2_000_000).as_bytes());
        let _ = wire.0.write_all(endless.as_bytes());
    }
    // 32 MiB in all, less than a MiB each.
    eventually("those that came last are refused", || (held.counted("router.optaget") >= 15).then_some(()));
    assert!(held.counted("router.optaget") <= 60 - 32);
    let message = Memo::new();
    assert_receipt("beside them", &held.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    drop(wires);
    eventually("what they took is free again", || {
        let mut wire = Wire::to(held.address());
        wire.send(head(endless.len()));
        wire.send(&endless);
        wire.read_until("timeStamp", 1).contains("memo.ugyldig").then_some(())
    });
}

#[test]
#[cfg(unix)]
fn as_many_connections_as_before_are_held_when_the_system_gives_them_again() {
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:1/")], &[]));
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()];
    let mut router = Running::start_after("ulimit -n 128", &arguments);
    let address = router.address();
    let flood: Vec<_> = (0..160).map(|_| TcpStream::connect(address).unwrap()).collect();
    eventually("the system gives no more", || router.log().contains("the system gives no more").then_some(()));
    drop(flood);
    // More than it holds after the flood, and fewer than the system gives.
    let mut wires: Vec<_> = (0..85).map(|_| Wire::to(address)).collect();
    eventually("all are held at a time", || {
        let closed = wires.iter_mut().filter(|wire| {
            let mut stream = &wire.0;
            stream.set_nonblocking(true).unwrap();
            let is_open = matches!(stream.read(&mut [0]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock);
            !is_open
        });
        let closed = closed.map(|wire| *wire = Wire::to(address)).count();
        (closed == 0 && Call::begin(address, "GET /sundhed HTTP/1.1").answer().status() == 200).then_some(())
    });
}

/// So long that nothing comes of them.
fn limits() -> ConnectionLimits {
    ConnectionLimits { head: EVER, idle: EVER, ..ConnectionLimits::default() }
}
