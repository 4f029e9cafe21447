//! What is delivered is not forgotten because of a clock, and a wrong clock takes nothing down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use tempfile::TempDir;

use super::{letter, rules_to};
use crate::support::{Call, Expected, Fagsystem, Memo, Router, assert_receipt, eventually, publish};

const DAY: i64 = 24 * 60 * 60;

/// What shows a program another time. It needs the C compiler that the program is built with.
fn other_clock() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/clock/clock.c");
        let library = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("clock-{}.so", std::process::id()));
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl").status();
        assert!(built.unwrap().success());
        library
    })
}

/// A router whose clock is that many seconds ahead of the machine's.
fn start_ahead(data: TempDir, seconds: i64, further: &[&str]) -> Router {
    let set = data.path().join("clock");
    fs::write(&set, seconds.to_string()).unwrap();
    let environment =
        [("LD_PRELOAD", other_clock().to_str().unwrap()), ("POSTFORDELER_TEST_CLOCK", set.to_str().unwrap())];
    Router::start_so(data, further, &environment)
}

fn start_again_ahead(router: Router, seconds: i64, further: &[&str]) -> Router {
    let Router { running, data } = router;
    drop(running);
    start_ahead(data, seconds, further)
}

/// Waits until the router has looked at its clock, and tells whether it doubts it.
fn doubts_its_clock(router: &mut Router, expected: bool) {
    let query = "SELECT clock_doubted IS NOT NULL FROM router_state WHERE clock_seen IS NOT NULL";
    eventually("the clock is looked at", || {
        let doubts: Option<bool> = router.database().query_row(query, [], |row| row.get(0)).ok();
        (doubts == Some(expected)).then_some(())
    });
    if expected {
        let told = eventually("the log tells", || {
            let log = router.running.log();
            log.lines().find(|line| line.contains("clock has jumped")).map(str::to_owned)
        });
        assert!(told.contains("ERROR") && told.contains("--clock-is-right"), "{told}");
    }
}

fn now_ahead(seconds: i64) -> Timestamp {
    Timestamp::now() + SignedDuration::from_secs(seconds)
}

#[test]
fn when_the_clock_jumps_ahead_nothing_accepted_is_forgotten_or_delivered_again() {
    let (old, new) = (Fagsystem::accepting(), Fagsystem::accepting());
    let mut router = Router::start(&rules_to("gammel", &old.endpoint(), &new.endpoint()));
    let messages: Vec<Memo> = std::iter::repeat_with(letter).take(5).collect();
    for message in &messages {
        assert_eq!(router.deliver(&message.xml()).status(), 200);
    }
    router.publish(&rules_to("ny", &old.endpoint(), &new.endpoint()));
    let again = |router: &Router, case: &str| {
        for message in &messages {
            assert_receipt(case, &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
        }
        assert_eq!((old.requests().len(), new.requests().len()), (5, 0), "{case}");
    };
    for days in [8, 400, 3_650] {
        router = start_again_ahead(router, days * DAY, &[]);
        doubts_its_clock(&mut router, true);
        again(&router, &format!("{days} days ahead"));
        let hours: i64 = router.database().query_row("SELECT count(*) FROM hours", [], |row| row.get(0)).unwrap();
        assert!(hours > 0, "what was counted stays too");
    }
    // Somebody says that it is right: what is there counts as if it had just come.
    router = start_again_ahead(router, 400 * DAY, &["--clock-is-right"]);
    doubts_its_clock(&mut router, false);
    again(&router, "confirmed");
    router = start_again_ahead(router, 400 * DAY, &[]);
    doubts_its_clock(&mut router, false);
    again(&router, "confirmed before");
    // And it was wrong after all.
    router = router.kill_and_start_again();
    doubts_its_clock(&mut router, true);
    again(&router, "set back");
}

#[test]
fn a_machine_that_was_off_for_days_is_believed_and_what_is_old_goes() {
    let fagsystem = Fagsystem::accepting();
    let mut router = Router::start(&rules_to("gammel", &fagsystem.endpoint(), &fagsystem.endpoint()));
    let (old, young) = (letter(), letter());
    assert_eq!(router.deliver(&old.xml()).status(), 200);
    assert_eq!(router.deliver(&young.xml()).status(), 200);
    let set = "UPDATE journal SET received_at = ?1 * 1000000000 WHERE message_uuid = ?2";
    router.settled_database().execute(set, params![now_ahead(-87 * DAY).as_second(), old.uuid]).unwrap();
    router = start_again_ahead(router, 6 * DAY, &[]);
    doubts_its_clock(&mut router, false);
    let left = eventually("the old one goes", || Some(router.journal()).filter(|rows| rows.len() == 1));
    assert_eq!(left[0].message_uuid.as_ref(), Some(&young.uuid));
}

#[test]
fn with_a_clock_before_1970_messages_are_answered_and_known_when_it_is_put_right() {
    let fagsystem = Fagsystem::accepting();
    let data = TempDir::new().unwrap();
    publish(data.path(), &rules_to("gammel", &fagsystem.endpoint(), &fagsystem.endpoint()));
    let mut router = start_ahead(data, -60 * 366 * DAY, &["--metrics", "127.0.0.1:0"]);
    let metrics = router.running.next_line();
    let metrics: std::net::SocketAddr = metrics.split('/').nth(2).unwrap().parse().unwrap();
    let message = letter();
    for _ in 0..2 {
        assert_receipt("1966", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    }
    assert_eq!(router.health().status(), 200);
    assert_eq!(Call::begin(metrics, "GET /metrics HTTP/1.1").answer().status(), 200);
    assert!(!router.running.log().contains("panicked"), "{}", router.running.log());
    let at = "SELECT strftime('%Y', min(received_at) / 1000000000, 'unixepoch') FROM journal";
    let at: String = router.database().query_row(at, [], |row| row.get(0)).unwrap();
    assert!(at.starts_with("196"), "{at}");
    router = router.kill_and_start_again();
    doubts_its_clock(&mut router, true);
    assert_receipt("put right", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    router = start_again_ahead(router, 0, &["--clock-is-right"]);
    doubts_its_clock(&mut router, false);
    assert_receipt("confirmed", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(fagsystem.requests().len(), 1);
}
