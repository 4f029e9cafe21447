//! How long rows stay in the journal.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use postfordeler::store::{Journal, JournalEntry, MessageQuery, Outcome, RouterSettings, Store};
use rusqlite::Connection;

use super::{directory, entry, is_on_server, open, rules};
use crate::support::settled_database;

const DAY: i64 = 24;

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

/// A message that came that many hours ago.
fn came(store: &Store, hours: i64, outcome: Outcome) -> JournalEntry {
    let message_uuid = Some(format!("{hours}-{}", outcome.code()));
    JournalEntry { received_at: now() - hours.hours(), message_uuid, ..entry(store, 0, outcome) }
}

async fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for entry in entries {
        journal.record(entry).await.expect("it is written");
    }
}

fn kept(store: &Store) -> Vec<(i64, Outcome)> {
    let page = store.read_messages(&MessageQuery::default(), None, 1_000, || true).expect("readable").expect("wanted");
    page.rows.iter().map(|row| (now().duration_since(row.received_at).as_hours(), row.outcome)).collect()
}

fn column(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("readable");
    rows.collect::<Result<_, _>>().expect("texts")
}

#[tokio::test]
async fn what_is_old_goes_and_what_may_be_with_its_fagsystem_stays() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    store.save_settings(&RouterSettings { retention_days: 20, ..RouterSettings::default() }).expect("kept");
    let entries = [
        came(&store, 200 * DAY, Outcome::Accepted),
        came(&store, 100 * DAY, Outcome::Unknown),
        came(&store, 90 * DAY, Outcome::UnderWay),
        came(&store, 40 * DAY, Outcome::Rejected),
        came(&store, 25 * DAY, Outcome::Accepted),
        came(&store, 20 * DAY + 1, Outcome::Accepted),
        came(&store, 20 * DAY, Outcome::Accepted),
        came(&store, 1, Outcome::Accepted),
    ];
    record(&store, entries).await;
    assert_eq!(store.prune_journal(now()).expect("deleted"), 4);
    let expected = [
        (1, Outcome::Accepted),
        (20 * DAY, Outcome::Accepted),
        (90 * DAY, Outcome::UnderWay),
        (100 * DAY, Outcome::Unknown),
    ];
    assert_eq!(kept(&store), expected);
    assert_eq!(store.prune_journal(now()).expect("nothing left"), 0);
    let database = settled_database(home.path());
    // The hour of the oldest row that stays is complete.
    let hours =
        column(&database, "SELECT strftime('%Y-%m-%dT%H', hour / 1000000000, 'unixepoch') FROM hours ORDER BY hour");
    assert_eq!(hours, ["2026-11-03T12", "2026-11-23T11"]);
    // What is shown of the last thirty days stays, however short the journal.
    let days = column(&database, "SELECT DISTINCT date(day / 1000000000, 'unixepoch') FROM hits ORDER BY day");
    assert_eq!(days, ["2026-10-29", "2026-11-03", "2026-11-23"]);
    let ever = store.rule_hits(date(2020, 1, 1)).expect("readable");
    assert_eq!(ever.iter().map(|hits| hits.hits).sum::<u64>(), 4);
}

#[tokio::test]
async fn nothing_goes_before_the_shortest_time_or_by_default_before_ninety_days() {
    for (settings, days) in [
        (
            RouterSettings { retention_days: 1, ..RouterSettings::default() },
            i64::from(RouterSettings::MIN_RETENTION_DAYS),
        ),
        (RouterSettings::default(), 90),
    ] {
        let home = directory();
        let store = open(&home);
        store.publish_over(&rules("Første"), "").expect("it is published");
        store.save_settings(&settings).expect("kept");
        let ages = [days * DAY + 1, days * DAY - 1];
        record(&store, ages.map(|hours| came(&store, hours, Outcome::Accepted))).await;
        assert_eq!(store.prune_journal(now()).expect("deleted"), 1);
        assert_eq!(kept(&store), [(days * DAY - 1, Outcome::Accepted)]);
    }
}

#[test]
fn much_goes_while_others_write_and_leaves_room_for_what_comes() {
    const OLD: i64 = 30_000;
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let database = settled_database(home.path());
    database.pragma_update(None, "synchronous", "OFF").expect("a setting");
    let insert = "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted LIMIT ?1)
                  INSERT INTO journal (received_at, message_uuid, bytes, outcome, total_us)
                  SELECT unixepoch('2026-01-01') * 1000000000, printf('%036d', n), 1, 'accepteret', 1 FROM counted";
    database.execute(insert, [OLD]).expect("the test may write");
    let pages = |pragma: &str| database.query_row(pragma, [], |row| row.get::<_, i64>(0)).expect("a number");
    let before = pages("PRAGMA page_count");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let journal = Journal::start(&store).expect("it starts");
    let forgetting = std::thread::scope(|scope| {
        let forgetting = scope.spawn(|| store.prune_journal(now()).expect("deleted"));
        for second in 0..20 {
            let new =
                JournalEntry { received_at: now() - second.seconds(), ..JournalEntry::new(now(), Outcome::Invalid) };
            runtime.block_on(journal.record(new)).expect("the journal goes on");
        }
        forgetting.join().expect("it ends")
    });
    assert_eq!(forgetting, OLD as u64);
    assert_eq!(kept(&store).len(), 20);
    assert!(pages("PRAGMA freelist_count") > before / 2, "the room is free for others");
    database.execute(insert, [OLD / 2]).expect("the test may write");
    assert!(pages("PRAGMA page_count") <= before + before / 10, "and is used again");
}

/// The result of a check of the clock that shows the first number of hours after the first check, of which the second have
/// passed.
#[test]
fn a_clock_is_doubted_when_it_shows_what_it_cannot_well_have_come_to() {
    const WEEK: i64 = 7 * DAY;
    type Look = (i64, u64, bool);
    let cases: [(&str, &[Look]); 9] = [
        ("as it should", &[(0, 0, false), (1, 1, false), (2, 1, false)]),
        ("off for a week", &[(0, 0, false), (WEEK, 0, false)]),
        ("off for longer", &[(0, 0, false), (WEEK + 1, 0, true), (WEEK + 2, 1, true)]),
        ("a computer that slept", &[(0, 0, false), (60, 1, false)]),
        ("ahead, and put right", &[(0, 0, false), (10_000, 1, true), (2, 1, false), (3, 1, false)]),
        ("ahead by less each time", &[(0, 0, false), (100, 0, false), (200, 0, true), (300, 0, true)]),
        ("less each time, with time between", &[(0, 0, false), (100, 0, false), (106, 6, false), (206, 0, false)]),
        ("a little back", &[(0, 0, false), (-23, 0, false), (-22, 1, false)]),
        ("far back, and put right", &[(0, 0, false), (-500_000, 1, true), (2, 1, false)]),
    ];
    for (case, looks) in cases {
        let home = directory();
        let store = open(&home);
        for &(hours, passed, is_doubted) in looks {
            let doubt = store.look_at_clock(now() + hours.hours(), std::time::Duration::from_hours(passed));
            let doubt = doubt.expect("it is looked at");
            assert_eq!(doubt.is_some(), is_doubted, "{case}: {hours} {passed} {doubt:?}");
            assert_eq!(store.clock_doubt().expect("readable"), doubt, "{case}");
        }
        store.confirm_clock(now() + 1_000_000.hours()).expect("it is believed");
        assert_eq!(store.clock_doubt().expect("readable"), None);
        let look = store.look_at_clock(now() + 1_000_001.hours(), std::time::Duration::ZERO);
        assert_eq!(look.expect("it is looked at"), None, "{case}");
    }
}

#[tokio::test]
async fn where_no_router_has_looked_at_the_clock_it_was_right_when_the_newest_message_came() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    record(&store, [came(&store, 60 * DAY, Outcome::Accepted), came(&store, 50 * DAY, Outcome::Accepted)]).await;
    assert!(store.look_at_clock(now(), std::time::Duration::ZERO).expect("it is looked at").is_some());
}

#[tokio::test]
async fn what_came_while_the_clock_was_wrong_stays_for_as_long_as_what_came_before_it() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let entries = [
        came(&store, 200 * DAY, Outcome::Accepted),
        came(&store, -400 * DAY, Outcome::Accepted),
        came(&store, 150 * DAY, Outcome::Accepted),
        came(&store, 30 * DAY, Outcome::Accepted),
        // The clock has been put back by some years.
        came(&store, 3_000 * DAY, Outcome::Accepted),
        came(&store, 1, Outcome::Accepted),
    ];
    record(&store, entries).await;
    assert_eq!(store.prune_journal(now()).expect("deleted"), 2);
    let left: Vec<_> = kept(&store).into_iter().map(|(hours, _)| hours / DAY).collect();
    assert_eq!(left, [0, 3_000, 30, -400]);
    // Confirmed, all of it counts as new.
    store.confirm_clock(now() + (500 * DAY).hours()).expect("it is believed");
    assert_eq!(store.prune_journal(now() + (501 * DAY).hours()).expect("nothing"), 0);
    assert_eq!(store.prune_journal(now() + (591 * DAY).hours()).expect("deleted"), 4);
}

#[test]
fn the_clock_is_looked_at_while_others_write() {
    let home = directory();
    let (store, others) = (open(&home), open(&home));
    let (done, begun) = (AtomicBool::new(false), Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut settings = RouterSettings::default();
            begun.wait();
            while !done.load(Ordering::Relaxed) {
                settings.most_under_way ^= 1;
                others.save_settings(&settings).expect("they are kept");
            }
        });
        begun.wait();
        let failed = (0..200).filter_map(|_| store.look_at_clock(Timestamp::now(), Duration::ZERO).err());
        let failed: Vec<_> = failed.map(|error| error.to_string()).collect();
        done.store(true, Ordering::Relaxed);
        assert!(failed.is_empty(), "{failed:?}");
    });
}
