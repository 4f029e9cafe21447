//! What a running router notes of itself.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use postfordeler::clock::Clock;
use postfordeler::router::{ConnectionLimits, Router as OwnRouter};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::service_level::{Attendance, Recorder, RouterSpan};
use postfordeler::store::Store;
use tempfile::TempDir;

use super::{span, time};
use crate::support::{Router, block_on, configuration, eventually, fagsystem_entry, publish};

const SECOND: Duration = Duration::from_secs(1);
use Attendance::{JournalFails, Ready};

/// Looks at a router so many times, a second apart.
fn look_on(recorder: &mut Recorder, now: &mut Timestamp, times: usize, state: Attendance) {
    for _ in 0..times {
        *now += SignedDuration::from_secs(1);
        recorder.look(*now, SECOND, state);
    }
}

fn told(recorder: &Recorder) -> Vec<(String, u64, Attendance)> {
    let spans = recorder.to_store();
    spans
        .iter()
        .map(|it| (it.span.begin.to_string()[11..19].to_owned(), it.span.length().as_secs(), it.state))
        .collect()
}

fn begun() -> (Recorder, Timestamp) {
    let (mut recorder, now) = (Recorder::default(), time("2026-11-10T08:00:00Z"));
    recorder.look(now, Duration::from_secs(3), Ready);
    (recorder, now)
}

#[test]
fn time_between_looks_that_agree_is_one_span() {
    let (mut recorder, mut now) = begun();
    assert_eq!(told(&recorder), []);
    look_on(&mut recorder, &mut now, 90, Ready);
    assert_eq!(told(&recorder), [("08:00:00".to_owned(), 90, Ready)]);
    assert!(!recorder.has_news());
}

#[test]
fn the_second_in_which_it_stopped_taking_mail_counts_as_lost() {
    let (mut recorder, mut now) = begun();
    look_on(&mut recorder, &mut now, 10, Ready);
    look_on(&mut recorder, &mut now, 5, JournalFails);
    look_on(&mut recorder, &mut now, 4, Ready);
    // Lost from the last look at which it could until the first at which it could again.
    let expected = [
        ("08:00:00".to_owned(), 10, Ready),
        ("08:00:10".to_owned(), 6, JournalFails),
        ("08:00:16".to_owned(), 3, Ready),
    ];
    assert_eq!(told(&recorder), expected);
    assert!(recorder.has_news());
    recorder.is_stored();
    look_on(&mut recorder, &mut now, 1, Ready);
    assert_eq!(told(&recorder), [("08:00:16".to_owned(), 4, Ready)]);
}

#[test]
fn no_time_is_made_up_where_the_clock_was_set_or_the_machine_slept() {
    // How far the clock went on between two looks, and how long it truly was.
    for (shown, passed) in [
        // Set forward, and back, by more than clocks stray.
        (SignedDuration::from_hours(3), SECOND),
        (SignedDuration::from_hours(-3), SECOND),
        (SignedDuration::from_secs(-1), SECOND),
        (SignedDuration::from_secs(9), SECOND),
        // Asleep, on a system that counts sleep as time and on one that does not.
        (SignedDuration::from_hours(8), Duration::from_hours(8)),
        (SignedDuration::from_hours(8), SECOND),
        // The program stood still.
        (SignedDuration::from_secs(16), Duration::from_secs(16)),
    ] {
        let (mut recorder, mut now) = begun();
        look_on(&mut recorder, &mut now, 10, Ready);
        now += shown;
        recorder.look(now, passed, Ready);
        let after = now;
        look_on(&mut recorder, &mut now, 5, Ready);
        let begin = after.to_string()[11..19].to_owned();
        assert_eq!(told(&recorder), [("08:00:00".to_owned(), 10, Ready), (begin, 5, Ready)], "{shown} {passed:?}");
    }
}

#[test]
fn a_clock_that_runs_fast_gains_no_more_than_it_may_stray() {
    let (mut recorder, mut now) = begun();
    // Two seconds are shown for each that passes.
    for _ in 0..600 {
        now += SignedDuration::from_secs(2);
        recorder.look(now, SECOND, Ready);
    }
    let most = told(&recorder).iter().map(|(_, seconds, _)| *seconds).max();
    assert!(most <= Some(10), "{most:?}");
    let all: u64 = told(&recorder).iter().map(|(_, seconds, _)| seconds).sum();
    assert!(all <= 1_100, "{all}");
}

#[test]
fn while_nothing_can_be_stored_the_memory_stays_bounded_and_nothing_lost_becomes_ready() {
    let (mut recorder, mut now) = begun();
    for _ in 0..3_000 {
        look_on(&mut recorder, &mut now, 1, JournalFails);
        look_on(&mut recorder, &mut now, 2, Ready);
    }
    let spans = recorder.to_store();
    assert!(spans.len() <= 1_001, "{}", spans.len());
    let seconds = |wanted: Attendance| -> u64 {
        spans.iter().filter(|it| it.state == wanted).map(|it| it.span.length().as_secs()).sum()
    };
    // Each time two seconds of three are lost, and in those that were joined all three.
    assert!(seconds(JournalFails) >= 6_000, "{}", seconds(JournalFails));
    assert_eq!(seconds(JournalFails) + seconds(Ready), 9_000);
}

/// A router in this process, whose clock goes on from that time.
fn start(data: &TempDir, from: &str) -> (OwnRouter, Timestamp) {
    let store = Store::open(data.path()).expect("it opens");
    let settings = store.settings().expect("readable");
    let secrets = Arc::new(Secrets::at(SecretsLocation::of(Some(data.path().join("secrets")))));
    let (begun, from) = (Instant::now(), time(from));
    let clock = Clock::by(move || from + SignedDuration::try_from(begun.elapsed()).expect("short"));
    let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
    let router = OwnRouter::start_by(&store, anywhere, &settings, secrets, ConnectionLimits::default(), clock);
    (block_on(router).expect("it starts"), from)
}

fn stored(data: &TempDir) -> Vec<(Timestamp, Timestamp, String)> {
    let database = rusqlite::Connection::open(data.path().join("postfordeler.db")).expect("it opens");
    let mut statement =
        database.prepare(r#"SELECT begin, "end", state FROM router_spans ORDER BY begin"#).expect("it is SQL");
    let moment = |row: &rusqlite::Row<'_>, column| {
        Timestamp::from_nanosecond(row.get::<_, i64>(column).expect("a number").into()).expect("a time")
    };
    let rows = statement.query_map([], |row| Ok((moment(row, 0), moment(row, 1), row.get(2)?))).expect("readable");
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_router_that_is_stopped_and_started_leaves_a_gap_between() {
    let data = TempDir::new().expect("a directory");
    publish(data.path(), &configuration(&[fagsystem_entry("rest", "http://127.0.0.1:9")], &[]));
    for from in ["2026-11-10T08:00:00Z", "2026-11-10T10:00:00Z"] {
        let (router, from) = start(&data, from);
        let is_noted = || stored(&data).iter().any(|(begin, ..)| *begin >= from).then_some(());
        eventually("it is noted that it runs", is_noted);
        block_on(router.stop());
    }
    let spans = stored(&data);
    assert_eq!(spans.len(), 2, "{spans:?}");
    for ((begin, end, state), from) in spans.iter().zip(["2026-11-10T08:00:00Z", "2026-11-10T10:00:00Z"]) {
        assert!(begin < end && *begin >= time(from) && end.duration_since(*begin).as_secs() < 60, "{spans:?}");
        assert_eq!(state, "klar");
    }
}

#[test]
fn before_anything_is_published_it_takes_no_mail_and_says_why() {
    let data = TempDir::new().expect("a directory");
    drop(Store::open(data.path()).expect("it opens"));
    let (router, _) = start(&data, "2026-11-10T08:00:00Z");
    eventually("it is noted that it runs", || (!stored(&data).is_empty()).then_some(()));
    block_on(router.stop());
    let spans = stored(&data);
    assert!(spans.iter().all(|(.., state)| state == "intet_udgivet") && spans.len() == 1, "{spans:?}");
}

#[test]
fn what_a_killed_router_noted_last_is_where_its_span_ends() {
    let router = Router::start(&configuration(&[fagsystem_entry("rest", "http://127.0.0.1:9")], &[]));
    eventually("something is noted", || (!stored(&router.data).is_empty()).then_some(()));
    let router = router.kill_and_start_again();
    eventually("the next one notes too", || (stored(&router.data).len() > 1).then_some(()));
    let spans = stored(&router.data);
    assert!(spans[0].1 <= spans[1].0, "{spans:?}");
}

#[test]
fn a_clock_that_was_ahead_leaves_no_mail_taken_in_the_future() {
    let data = TempDir::new().expect("a directory");
    let store = Store::open(data.path()).expect("it opens");
    let of = |begin, end, state| RouterSpan { span: span(begin, end), state };
    let before = [
        of("2026-11-10T08:00:00Z", "2026-11-10T09:00:00Z", Ready),
        of("2026-11-10T12:00:00Z", "2026-11-10T13:00:00Z", Ready),
        of("2026-11-10T13:00:00Z", "2026-11-10T13:05:00Z", JournalFails),
        of("2026-11-10T13:05:00Z", "2026-11-10T14:00:00Z", Ready),
    ];
    store.record_router_spans(&before).expect("stored");
    // The clock is put right: it is half past eight, and then a quarter to nine.
    store.record_router_spans(&[of("2026-11-10T08:30:00Z", "2026-11-10T08:40:00Z", Ready)]).expect("stored");
    store.record_router_spans(&[of("2026-11-10T08:30:00Z", "2026-11-10T08:45:00Z", Ready)]).expect("stored");
    let spans: Vec<_> = stored(&data)
        .into_iter()
        .map(|(begin, end, state)| (begin.to_string()[11..16].to_owned(), end.to_string()[11..16].to_owned(), state))
        .collect();
    let row = |begin: &str, end: &str, state: &str| (begin.to_owned(), end.to_owned(), state.to_owned());
    assert_eq!(spans, [row("08:00", "08:30", "klar"), row("08:30", "08:45", "klar"), row("13:00", "13:05", "journal")]);
}
