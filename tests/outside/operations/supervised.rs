//! What a service manager hears of a router: systemd's `sd_notify` protocol, on a socket of the test's own.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

use rusqlite::Connection;
use tempfile::TempDir;

use super::everything_to;
use crate::support::{Running, TIMEOUT, eventually, publish};

/// A router, and what it tells its manager.
struct Supervised {
    running: Running,
    data: TempDir,
    manager: UnixDatagram,
}

impl Supervised {
    fn start(further: &[&str], watchdog: &str) -> Self {
        let data = TempDir::new().unwrap();
        let path = data.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        Self::start_at(data, manager, path.to_str().unwrap(), further, watchdog)
    }

    fn start_at(data: TempDir, manager: UnixDatagram, socket: &str, further: &[&str], watchdog: &str) -> Self {
        manager.set_read_timeout(Some(TIMEOUT)).unwrap();
        publish(data.path(), &everything_to("http://127.0.0.1:9/"));
        let directory = data.path().to_str().unwrap();
        let always = ["serve", "--listen", "127.0.0.1:0", "--data", directory];
        let environment = [("NOTIFY_SOCKET", socket), ("WATCHDOG_USEC", watchdog)];
        let running = Running::start_within(&[&always, further].concat(), &environment);
        Self { running, data, manager }
    }

    /// What the manager hears next.
    fn hears(&self) -> String {
        let mut word = [0; 4096];
        let length = self.manager.recv(&mut word).expect("the router says something");
        String::from_utf8(word[..length].to_vec()).unwrap()
    }

    /// Waits until the manager hears something that begins so.
    fn hears_in_time(&self, beginning: &str) {
        while !self.hears().starts_with(beginning) {}
    }

    /// All that it has heard and not looked at.
    fn has_heard(&self) -> Vec<String> {
        self.manager.set_nonblocking(true).unwrap();
        let mut words = Vec::new();
        let mut word = [0; 4096];
        while let Ok(length) = self.manager.recv(&mut word) {
            words.push(String::from_utf8(word[..length].to_vec()).unwrap());
        }
        self.manager.set_nonblocking(false).unwrap();
        words
    }
}

#[test]
fn the_manager_hears_when_it_listens_that_it_lives_and_when_it_ends() {
    for further in [vec![], vec!["--self-signed"]] {
        let mut router = Supervised::start(&further, "1500000");
        let first = router.hears();
        let status = format!("READY=1\nSTATUS=Receiving at {}, by publication 1", router.running.receiving_at);
        assert_eq!(first, status);
        for _ in 0..2 {
            let word = router.hears();
            assert!(word.starts_with("WATCHDOG=1\nSTATUS=Receiving at "), "{word}");
        }
        router.running.terminate();
        router.hears_in_time("STOPPING=1\n");
        assert_eq!(router.running.exit_status(), Some(0));
    }
}

#[test]
fn a_manager_may_listen_at_a_name_without_a_path_and_have_no_watchdog() {
    let data = TempDir::new().unwrap();
    let name = format!("postfordeler-test-{}", std::process::id());
    let manager = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    let mut router = Supervised::start_at(data, manager, &format!("@{name}"), &[], "0");
    assert!(router.hears().starts_with("READY=1\n"));
    router.running.terminate();
    assert!(router.hears().starts_with("STOPPING=1\n"), "nothing else is said");
    assert_eq!(router.running.exit_status(), Some(0));
}

#[test]
fn a_router_without_rules_listens_and_says_why_it_refuses() {
    let data = TempDir::new().unwrap();
    let path = data.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(TIMEOUT)).unwrap();
    let directory = data.path().join("data");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", directory.to_str().unwrap()];
    let _running = Running::start_within(&arguments, &[("NOTIFY_SOCKET", path.to_str().unwrap())]);
    let mut word = [0; 4096];
    let length = manager.recv(&mut word).unwrap();
    let word = String::from_utf8_lossy(&word[..length]);
    assert!(word.starts_with("READY=1\nSTATUS=Listening at http://127.0.0.1:"), "{word}");
    assert!(word.ends_with("refusing messages: no configuration has been published"), "{word}");
}

/// A timer that runs freely would go on saying so.
#[test]
fn a_router_whose_journal_hangs_is_not_said_to_live() {
    let mut router = Supervised::start(&[], "900000");
    router.hears_in_time("WATCHDOG=1");
    let database = Connection::open(router.data.path().join("postfordeler.db")).unwrap();
    eventually("the database is to be had", || database.execute_batch("BEGIN IMMEDIATE").ok());
    let silences = |router: &mut Supervised| router.running.log().matches("does not answer itself in time").count();
    let first = eventually("it notices", || Some(silences(&mut router)).filter(|count| *count > 0));
    router.has_heard();
    eventually("it notices again", || (silences(&mut router) > first).then_some(()));
    let heard = router.has_heard();
    assert!(!heard.iter().any(|word| word.starts_with("WATCHDOG=1")), "{heard:?}");
    database.execute_batch("ROLLBACK").unwrap();
    router.hears_in_time("WATCHDOG=1");
}
