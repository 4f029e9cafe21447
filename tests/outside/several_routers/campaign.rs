//! A long campaign of faults: three routers on one server, each behind a line that can be cut.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::Shared;
use crate::support::{Fagsystem, Memo, Running, configuration, fagsystem_entry, server};

const ROUTERS: usize = 3;
const SENDERS: usize = 12;
/// How long a message may take until it is accepted: several leases.
const PATIENCE: Duration = Duration::from_mins(6);

/// A line to the server that can be cut, and kept cut for a while.
struct Line {
    port: u16,
    is_cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Line {
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it has one").port();
        let line = Self { port, is_cut: Arc::default(), open: Arc::default() };
        let (is_cut, open) = (Arc::clone(&line.is_cut), Arc::clone(&line.open));
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                if is_cut.load(Ordering::Relaxed) {
                    continue;
                }
                let both = |stream: &TcpStream| stream.try_clone().expect("it is open");
                open.lock().expect("nobody has panicked").extend([both(&near), both(&far)]);
                for (mut from, mut to) in [(both(&near), both(&far)), (far, near)] {
                    thread::spawn(move || {
                        let mut bytes = [0; 16 * 1024];
                        while let Ok(count @ 1..) = from.read(&mut bytes) {
                            if to.write_all(&bytes[..count]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(std::net::Shutdown::Both);
                    });
                }
            }
        });
        line
    }

    fn cut(&self) {
        for stream in self.open.lock().expect("nobody has panicked").drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}

/// The status of the answer, if one comes.
fn deliver(to: SocketAddr, message: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(to).ok()?;
    stream.set_read_timeout(Some(Duration::from_mins(2))).ok()?;
    let head = format!(
        "POST /memo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        message.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(message)).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

fn number(name: &str, usual: usize) -> usize {
    env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

fn all_to(fagsystem: &str, both: [&Fagsystem; 2]) -> Value {
    let entries = ["esdh", "byg"].iter().zip(both).map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    let mut configuration = configuration(&entries.collect::<Vec<_>>(), &[]);
    configuration["myndigheder"][0]["opsamlingssystem"] = fagsystem.into();
    configuration
}

/// How often each message came whole.
fn received(fagsystem: &Fagsystem) -> BTreeMap<String, usize> {
    let mut received = BTreeMap::new();
    for request in fagsystem.whole_requests() {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        let uuid = text.split("messageUUID>").nth(1).map(|rest| rest[..36].to_owned()).expect("it has one");
        *received.entry(uuid).or_default() += 1;
    }
    received
}

/// `CAMPAIGN_MESSAGES=… CAMPAIGN_FAULTS=… cargo test -- --ignored --nocapture several_routers::campaign`
#[test]
#[ignore = "takes minutes"]
#[expect(clippy::too_many_lines, reason = "one story, from its beginning to its end")]
fn three_routers_two_rule_books_and_every_fault() {
    if !server::is_available() {
        return;
    }
    let (messages, faults) = (number("CAMPAIGN_MESSAGES", 2_000), number("CAMPAIGN_FAULTS", 20));
    let (esdh, byg) = (Fagsystem::accepting(), Fagsystem::accepting());
    let own = server::Server::start(&[]);
    own.run("createdb", &["own"]);
    let homes: Vec<_> = (0..ROUTERS).map(|_| TempDir::new().expect("a directory")).collect();
    let shared = Shared { address: own.address("own"), homes };
    shared.publish(&all_to("esdh", [&esdh, &byg]));
    let lines: Vec<_> = (0..ROUTERS).map(|_| Line::to(own.port())).collect();
    let start = |router: usize| {
        let address = format!("postgresql://postgres@127.0.0.1:{}/own", lines[router].port);
        let data = shared.home(router).to_str().expect("UTF-8");
        Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--database", &address])
    };
    let mut routers: Vec<_> = (0..ROUTERS).map(|router| Some(start(router))).collect();
    let addresses = Mutex::new(routers.iter().flatten().map(Running::address).collect::<Vec<_>>());
    let (done, tries, next) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let (accepted, lost) = (Mutex::new(BTreeSet::new()), Mutex::new(Vec::new()));
    let mut kinds = BTreeMap::<&str, usize>::new();
    thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (addresses, done, tries, next, accepted, lost) = (&addresses, &done, &tries, &next, &accepted, &lost);
            scope.spawn(move || {
                let mut turn = sender;
                while next.fetch_add(1, Ordering::Relaxed) < messages {
                    let memo = Memo::new();
                    let (message, begun) = (memo.xml(), Instant::now());
                    let was_accepted = loop {
                        turn += 1;
                        let all = addresses.lock().expect("nobody has panicked").clone();
                        // Now and then to all of them at once.
                        let chosen = if turn % 4 == 0 { all } else { vec![all[turn % ROUTERS]] };
                        tries.fetch_add(chosen.len(), Ordering::Relaxed);
                        let is_accepted = thread::scope(|calls| {
                            let calls: Vec<_> =
                                chosen.iter().map(|to| calls.spawn(|| deliver(*to, &message))).collect();
                            calls.into_iter().any(|call| call.join().expect("it ends") == Some(200))
                        });
                        if is_accepted || begun.elapsed() > PATIENCE {
                            break is_accepted;
                        }
                        // As Digital Post waits before it sends again.
                        thread::sleep(Duration::from_millis(200));
                    };
                    if was_accepted {
                        accepted.lock().expect("nobody has panicked").insert(memo.uuid);
                    } else {
                        lost.lock().expect("nobody has panicked").push(memo.uuid);
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for fault in 0..faults {
            let due = messages * (fault + 1) / (faults + 1);
            while done.load(Ordering::Relaxed) < due {
                thread::sleep(Duration::from_millis(20));
            }
            let router = fault % ROUTERS;
            let kind = ["router killed", "line cut", "server crashed", "published", "line cut for long"][fault % 5];
            *kinds.entry(kind).or_default() += 1;
            match kind {
                "router killed" => {
                    routers[router] = None;
                    let again = start(router);
                    addresses.lock().expect("nobody has panicked")[router] = again.address();
                    routers[router] = Some(again);
                }
                "line cut" => lines.iter().for_each(Line::cut),
                "server crashed" => {
                    own.crash();
                    own.start_again();
                }
                "published" => {
                    let to = ["byg", "esdh"][(fault / 5) % 2];
                    shared.publish(&all_to(to, [&esdh, &byg]));
                }
                // Longer than a lease.
                _ => {
                    lines[router].is_cut.store(true, Ordering::Relaxed);
                    lines[router].cut();
                    thread::sleep(Duration::from_secs(35));
                    lines[router].is_cut.store(false, Ordering::Relaxed);
                }
            }
        }
    });
    let (by_esdh, by_byg) = (received(&esdh), received(&byg));
    let to_two: Vec<_> = by_esdh.keys().filter(|uuid| by_byg.contains_key(*uuid)).collect();
    let accepted = accepted.into_inner().expect("nobody has panicked");
    let of_nobody: Vec<_> =
        accepted.iter().filter(|uuid| !by_esdh.contains_key(*uuid) && !by_byg.contains_key(*uuid)).collect();
    let lost = lost.into_inner().expect("nobody has panicked");
    let twice = by_esdh.values().chain(by_byg.values()).filter(|count| **count > 1).count();
    let told = "SELECT count(DISTINCT message_uuid) FILTER (WHERE outcome = 'accepteret') || ' accepted, ' ||
                       count(DISTINCT message_uuid) FILTER (WHERE outcome = 'uvist') || ' unknown for a while, ' ||
                       count(DISTINCT (message_uuid, fagsystem)) FILTER (WHERE outcome = 'accepteret') || ' ways' FROM journal";
    println!(
        "{messages} messages, {} tries, faults {kinds:?}: {} to esdh, {} to byg, {} to two, {} accepted of nobody, {} never \
         accepted, {twice} came twice to the same; the journal: {}",
        tries.into_inner(),
        by_esdh.len(),
        by_byg.len(),
        to_two.len(),
        of_nobody.len(),
        lost.len(),
        shared.sql(told),
    );
    assert!(to_two.is_empty(), "{to_two:?}");
    assert!(of_nobody.is_empty(), "{of_nobody:?}");
    assert!(lost.is_empty(), "{lost:?}");
}
