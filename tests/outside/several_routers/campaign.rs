//! A long campaign of faults: three routers and two windows on one server, each behind a line that can be cut.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use postfordeler::store::DataPlace;
use serde_json::Value;
use tempfile::TempDir;

use super::Shared;
use crate::support::{Fagsystem, Memo, Running, configuration, fagsystem_entry, rule, server};
use crate::window::Window;

const ROUTERS: usize = 3;
const WINDOWS: usize = 2;
const SENDERS: usize = 12;
const KINDS: [&str; 7] = [
    "router killed",
    "line cut",
    "cut before a commit is answered",
    "server crashed",
    "published",
    "cut before a commit comes",
    "line cut for long",
];
/// How long a message may take until it is accepted: several leases.
const PATIENCE: Duration = Duration::from_mins(6);

/// A line to the server that can be cut, kept cut for a while, and cut at the next commit.
struct Line {
    port: u16,
    is_cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
    at_commit: Arc<AtomicU8>,
}

/// When a connection is cut at a commit: before the server has it, or before it has answered.
const BEFORE_IT_COMES: u8 = 1;
const BEFORE_THE_ANSWER: u8 = 2;
/// How a client commits.
const COMMIT: &[u8] = b"COMMIT\0";

impl Line {
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it has one").port();
        let line = Self { port, is_cut: Arc::default(), open: Arc::default(), at_commit: Arc::default() };
        let (is_cut, open) = (Arc::clone(&line.is_cut), Arc::clone(&line.open));
        let at_commit = Arc::clone(&line.at_commit);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                if is_cut.load(Ordering::Relaxed) {
                    continue;
                }
                let both = |stream: &TcpStream| stream.try_clone().expect("it is open");
                open.lock().expect("nobody has panicked").extend([both(&near), both(&far)]);
                for (mut from, mut to) in [(both(&near), both(&far)), (far, near)] {
                    let at_commit = Arc::clone(&at_commit);
                    thread::spawn(move || {
                        let mut bytes = [0; 16 * 1024];
                        while let Ok(count @ 1..) = from.read(&mut bytes) {
                            let is_commit = bytes[..count].windows(COMMIT.len()).any(|word| word == COMMIT);
                            let cut = if is_commit { at_commit.swap(0, Ordering::Relaxed) } else { 0 };
                            let is_passed_on = cut != BEFORE_IT_COMES && to.write_all(&bytes[..count]).is_ok();
                            if !is_passed_on || cut != 0 {
                                break;
                            }
                        }
                        // The one who commits does not hear of it; the server has what was passed on.
                        let _ = from.shutdown(Shutdown::Both);
                        let _ = to.shutdown(Shutdown::Write);
                    });
                }
            }
        });
        line
    }

    fn cut(&self) {
        for stream in self.open.lock().expect("nobody has panicked").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
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

/// What all messages of the campaign are for.
const CONTACT_POINT: &str = "241d39f6-998e-4929-b198-ccacbbf4b330";

/// Rules by which all of them go to the first.
fn all_to_esdh(both: [&Fagsystem; 2]) -> Value {
    let entries = ["esdh", "byg"].iter().zip(both).map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    configuration(&entries.collect::<Vec<_>>(), &[rule(20, "esdh", "kontaktpunkt", CONTACT_POINT)])
}

/// Publishes in a window that all go to the fagsystem of that name.
fn publish_in(window: &mut Window, name: &str) {
    window.click("Fordelingsregler");
    // What the other window has published comes first.
    window.wait_until(|window| window.shows("Alt er udgivet") && window.cell(20, "Fagsystem") != name);
    window.click_rule(20);
    window.choose("rule-fagsystem", &name[..1]);
    window.ctrl("s");
    window.wait_for("1 ændring ikke udgivet");
    window.click("Ændringer");
    window.fill("publication-note", "Et andet fagsystem");
    window.click("Udgiv og sæt i kraft");
    window.wait_for("Alt er udgivet");
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
    shared.publish(&all_to_esdh([&esdh, &byg]));
    let lines: Vec<_> = (0..ROUTERS + WINDOWS).map(|_| Line::to(own.port())).collect();
    let address = |of: usize| format!("postgresql://postgres@127.0.0.1:{}/own", lines[of].port);
    let desks: Vec<_> = (0..WINDOWS).map(|_| TempDir::new().expect("a directory")).collect();
    let open = |(desk, at): (&TempDir, usize)| {
        let server = Some(address(at).parse().expect("an address"));
        Window::open_at_place(&DataPlace { directory: desk.path().to_owned(), server })
    };
    let mut windows: Vec<_> = desks.iter().zip(ROUTERS..).map(open).collect();
    let start = |router: usize| {
        let address = address(router);
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
                    let memo = Memo { contact_point: Some(CONTACT_POINT.to_owned()), ..Memo::new() };
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
            let kind = KINDS[fault % KINDS.len()];
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
                    let turn = fault / KINDS.len() % 2;
                    publish_in(&mut windows[turn], ["BYG", "ESDH"][turn]);
                }
                "cut before a commit comes" => {
                    lines
                        .iter()
                        .take(ROUTERS)
                        .for_each(|line| line.at_commit.store(BEFORE_IT_COMES, Ordering::Relaxed));
                }
                "cut before a commit is answered" => {
                    lines
                        .iter()
                        .take(ROUTERS)
                        .for_each(|line| line.at_commit.store(BEFORE_THE_ANSWER, Ordering::Relaxed));
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
