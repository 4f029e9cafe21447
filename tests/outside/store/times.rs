//! Times of the journal: stored as integers and read back exactly, also those that earlier versions wrote as text.

use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use postfordeler::store::{
    DeliveryRecord, Journal, JournalEntry, MessageQuery, Outcome, OverviewPeriod, Store, StoreError, restore,
};
use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::{Connection, params};

use super::{database, directory, is_on_server, open, rules};
use crate::support::database_of;

const BEFORE: u8 = 10;
const FIRST: &str = "1678-01-01T00:00:00Z";
const LAST: &str = "2261-12-31T23:59:59.999999999Z";

/// With every number of digits that a second can have, before 1970 and after, in order.
const WRITTEN: [&str; 17] = [
    FIRST,
    "1904-01-01T00:00:00.000000001Z",
    "1966-11-26T20:14:48.5Z",
    "1969-12-31T23:59:59.999999999Z",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.1Z",
    "2024-02-29T23:59:59.12Z",
    "2026-03-29T00:59:59.999Z",
    "2026-03-29T01:00:00Z",
    "2026-03-29T01:00:00.0001Z",
    "2026-03-29T01:00:00.00012Z",
    "2026-03-29T01:00:00.123456Z",
    "2026-03-29T01:00:00.1234567Z",
    "2026-03-29T01:00:00.12345678Z",
    "2026-03-29T01:00:00.123456789Z",
    "2026-03-29T01:00:01Z",
    LAST,
];

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn came(database: &Connection, at: &str) {
    let row = "INSERT INTO journal (received_at, bytes, outcome, total_us) VALUES (?1, 1, 'memo.ugyldig', 1)";
    database.execute(row, [at]).expect("the test may write");
}

/// The times of the journal's rows, the oldest row first.
fn times(store: &Store) -> Vec<String> {
    let mut rows = store.newest_journal_rows(10_000).expect("they can be read");
    rows.reverse();
    rows.iter().map(|row| row.received_at.to_string()).collect()
}

#[test]
fn times_that_an_older_version_wrote_read_as_it_wrote_them() {
    only_of_files!();
    let home = directory();
    let before = database_of(home.path(), BEFORE);
    for at in WRITTEN {
        came(&before, at);
    }
    drop(before);
    let store = open(&home);
    assert_eq!(times(&store), WRITTEN);
    for (number, at) in (1..).zip(WRITTEN) {
        let details = store.message_details(number).expect("readable").expect("it is there");
        assert_eq!(details.entry.received_at, time(at));
        // They sort as they were.
        let since = MessageQuery { from: Some(time(at)), ..MessageQuery::default() };
        let until = MessageQuery { to: Some(time(at)), ..MessageQuery::default() };
        let count = |query| store.count_messages(query, || true).expect("readable").expect("it is wanted");
        assert_eq!((count(&since), count(&until)), (18 - number.unsigned_abs(), number.unsigned_abs() - 1), "{at}");
    }
}

#[test]
fn a_time_that_no_clock_shows_is_the_nearest_that_can_be_kept() {
    only_of_files!();
    let odd = [
        ("-000044-03-15T10:00:00.5Z", FIRST),
        ("0001-01-01T00:00:00Z", FIRST),
        ("1677-12-31T23:59:59Z", FIRST),
        ("2262-01-01T00:00:00Z", "2261-12-31T23:59:59Z"),
        ("9999-12-30T22:00:00Z", "2261-12-31T23:59:59Z"),
        ("i går", "1970-01-01T00:00:00Z"),
        ("", "1970-01-01T00:00:00Z"),
    ];
    let home = directory();
    let before = database_of(home.path(), BEFORE);
    for (at, _) in odd {
        came(&before, at);
    }
    drop(before);
    assert_eq!(times(&open(&home)), odd.map(|(_, nearest)| nearest));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_time_of_an_older_version_reads_the_same(
        moments in vec((-9_214_560_000_i64..9_214_646_400, 0_i32..1_000_000_000, 0_u32..=9), 40)
    ) {
        if is_on_server() {
            return Ok(());
        }
        let home = directory();
        let before = database_of(home.path(), BEFORE);
        let moments: Vec<_> = moments
            .into_iter()
            .map(|(second, nanosecond, digits)| {
                let part = 10_i64.pow(9 - digits);
                let nanosecond = i64::from(nanosecond) / part * part;
                let at = i128::from(second) * 1_000_000_000 + i128::from(nanosecond);
                Timestamp::from_nanosecond(at).expect("in range").to_string()
            })
            .collect();
        for at in &moments {
            came(&before, at);
        }
        drop(before);
        prop_assert_eq!(times(&open(&home)), moments);
    }
}

#[tokio::test]
async fn what_is_written_now_keeps_every_digit_that_the_clock_shows() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let journal = Journal::start(&store).expect("it starts");
    for at in WRITTEN {
        journal.record(JournalEntry::new(time(at), Outcome::Invalid)).await.expect("it is written");
    }
    for (at, nearest) in [("-000044-03-15T10:00:00.5Z", FIRST), ("9999-12-30T22:00:00Z", LAST)] {
        journal.record(JournalEntry::new(time(at), Outcome::Invalid)).await.expect("it is written");
        assert_eq!(times(&store).pop().as_deref(), Some(nearest));
    }
    assert_eq!(times(&store)[..WRITTEN.len()], WRITTEN);
    // Hours begin before what came in them, before 1970 too.
    let hours = "SELECT strftime('%Y-%m-%dT%H:%M', hour / 1000000000, 'unixepoch'), sum(messages) FROM hours
                 WHERE hour BETWEEN ?1 AND ?2 GROUP BY hour ORDER BY hour";
    let (from, to) = (time("1960-01-01T00:00:00Z"), time("2026-12-31T00:00:00Z"));
    let bounds = [from, to].map(|at| i64::try_from(at.as_nanosecond()).expect("in range"));
    let database = database(home.path());
    let mut statement = database.prepare(hours).expect("it is SQL");
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
    let found: Vec<_> = statement.query_map(bounds, read).expect("readable").map(Result::unwrap).collect();
    let expected = [
        ("1966-11-26T20:00", 1),
        ("1969-12-31T23:00", 1),
        ("1970-01-01T00:00", 2),
        ("2024-02-29T23:00", 1),
        ("2026-03-29T00:00", 1),
        ("2026-03-29T01:00", 8),
    ];
    assert_eq!(found, expected.map(|(hour, count)| (hour.to_owned(), count)));
}

/// A database of the version before with something in every table that has times.
fn with_counts(home: &Path) -> Connection {
    let database = database_of(home, BEFORE);
    let rows = "
        INSERT INTO journal (received_at, message_uuid, bytes, authority, fagsystem, publication, priority, outcome, total_us)
        VALUES ('2026-11-26T10:00:00Z', 'a', 1, '66137112', 'esdh', 1, 7, 'accepteret', 1),
               ('2026-11-26T10:00:00.5Z', 'b', 1, '66137112', 'esdh', 1, 7, 'fagsystem.afvist', 1),
               ('2026-11-26T11:30:00.25Z', 'c', 1, '66137112', 'esdh', 1, 7, 'undervejs', 1);
        INSERT INTO hours VALUES
            ('2026-11-26T10', '66137112', 'esdh', 'accepteret', 0, 1, 1, 1, 1, 1, 1, 1, 1, '2026-11-26T10:00:00Z'),
            ('2026-11-26T10', '66137112', 'esdh', 'fagsystem.afvist', 0, 1, 1, 1, 1, 1, 1, 1, 1, '2026-11-26T10:00:00.5Z');
        INSERT INTO standings VALUES
            ('66137112', 'esdh', '2026-11-26T10:00:00Z', 1, '2026-11-26T10:00:00.5Z', '2026-11-26T10:00:00.5Z',
             'fagsystem.afvist', NULL),
            ('66137112', 'ydelse', NULL, 0, NULL, NULL, NULL, NULL);
        UPDATE router_state SET clock_seen = '2026-11-26T11:00:00.123456789Z', clock_doubted = '2031-01-01T00:00:00Z',
                                aged_anew_at = '2026-11-20T00:00:00Z', aged_anew_to = 2, commits = 41,
                                last_program = 'serve';";
    let published =
        "INSERT INTO publications (published_at, note, configuration) VALUES ('2026-02-01T08:00:00Z', '', ?1)";
    let configuration = postfordeler::exchange::write_configuration(rules("Første").book());
    database.execute(published, [configuration]).expect("the test may write");
    database.execute_batch(rows).expect("the test may write");
    database
}

/// Everything that is counted of [those](with_counts).
fn must_have_counts(store: &Store) {
    let now = time("2026-11-26T12:00:00Z");
    let hits = store.rule_hits(date(2026, 11, 26)).expect("readable");
    let hits: Vec<_> = hits.iter().map(|hits| (hits.hits, hits.last)).collect();
    assert_eq!(hits, [(3, time("2026-11-26T11:30:00.25Z"))]);
    let later = store.rule_hits(date(2026, 11, 27)).expect("readable");
    assert_eq!(later.iter().map(|hits| hits.hits).sum::<u64>(), 0);
    let overview = store.overview(OverviewPeriod::Day, now).expect("readable");
    let slots: Vec<_> = overview.slots.iter().filter(|slot| slot.counts.messages() > 0).collect();
    let [only] = slots.as_slice() else { panic!("{slots:?}") };
    assert_eq!((only.begin, only.counts.messages()), (time("2026-11-26T10:00:00Z"), 2));
    assert_eq!(overview.under_way(), 1);
    let doubt = store.clock_doubt().expect("readable").expect("it is doubted");
    assert_eq!((doubt.expected, doubt.shown), (time("2026-11-26T11:00:00.123456789Z"), time("2031-01-01T00:00:00Z")));
    let mut records: Vec<_> = store.delivery_records().expect("readable").into_iter().collect();
    records.sort_by_key(|((_, id), _)| id.as_str().to_owned());
    let [(_, esdh), (_, other)] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(*other, DeliveryRecord::default());
    assert_eq!(esdh.last_accepted, Some(time("2026-11-26T10:00:00Z")));
    assert_eq!(esdh.failing_since, Some(time("2026-11-26T10:00:00.5Z")));
    assert_eq!(esdh.last_failure.map(|failure| failure.at), Some(time("2026-11-26T10:00:00.5Z")));
}

#[test]
fn what_an_older_version_counted_by_the_hour_and_the_day_counts_on() {
    only_of_files!();
    let home = directory();
    drop(with_counts(home.path()));
    let store = open(&home);
    must_have_counts(&store);
    let state = "SELECT aged_anew_to, commits, last_program FROM router_state";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let state: (i64, i64, String) = database(home.path()).query_row(state, [], read).expect("readable");
    assert_eq!(state, (2, 41, "serve".to_owned()));
    // The message that was under way ends, and counts in its hour; the next one counts in its day.
    drop(store.lock_router().expect("nobody has it"));
    let overview = store.overview(OverviewPeriod::Day, time("2026-11-26T12:00:00Z")).expect("readable");
    let counted: Vec<_> = overview.slots.iter().map(|slot| slot.counts.messages()).filter(|count| *count > 0).collect();
    assert_eq!(counted, [2, 1]);
}

#[test]
fn indexes_of_times_find_rows_without_going_through_the_journal() {
    only_of_files!();
    let home = directory();
    drop(open(&home));
    for (query, index) in [
        ("SELECT number FROM journal WHERE received_at >= ?1 AND received_at < ?2", "journal_by_arrival"),
        ("SELECT number FROM journal WHERE differs_from IS NOT NULL AND received_at >= ?1", "journal_differing"),
    ] {
        let plan = format!("EXPLAIN QUERY PLAN {query}");
        let values = params![1, 2];
        let values = &values[..query.matches('?').count()];
        let plan: String = database(home.path()).query_row(&plan, values, |row| row.get(3)).expect("a plan");
        assert!(plan.contains("SEARCH") && plan.contains(index), "{plan}");
    }
}

#[test]
fn an_upgrade_that_does_not_reach_its_end_leaves_the_database_as_it_was() {
    only_of_files!();
    let home = directory();
    let before = with_counts(home.path());
    // In the way of the last of the tables.
    before.execute_batch("CREATE TABLE router_state_next (noget TEXT)").expect("the test may write");
    before.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all is in the file");
    drop(before);
    let path = home.path().join("postfordeler.db");
    let bytes = fs::read(&path).expect("it is there");
    let error = Store::open(home.path()).expect_err("something stands in the way");
    assert!(error.to_string().contains("router_state_next"), "{error}");
    assert!(fs::read(&path).expect("it is there") == bytes, "it was changed");
    let again = database(home.path());
    again.execute_batch("DROP TABLE router_state_next").expect("the test may write");
    drop(again);
    must_have_counts(&open(&home));
}

#[test]
fn while_a_router_of_an_older_version_runs_nothing_is_upgraded_under_it() {
    only_of_files!();
    let home = directory();
    drop(with_counts(home.path()));
    let lock = File::create(home.path().join("router.lock")).expect("a file");
    lock.lock().expect("nobody has it");
    let error = Store::open(home.path()).expect_err("a router runs");
    assert!(matches!(error, StoreError::OlderRouterRuns(_)), "{error}");
    assert!(error.to_string().contains("stop that router"), "{error}");
    let version: u8 = database(home.path()).query_row("PRAGMA user_version", [], |row| row.get(0)).expect("readable");
    assert_eq!(version, BEFORE);
    drop(lock);
    must_have_counts(&open(&home));
}

#[test]
fn a_copy_that_an_older_version_made_is_put_back() {
    only_of_files!();
    let (home, other) = (directory(), directory());
    let before = with_counts(home.path());
    before.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all is in the file");
    drop(before);
    let restored = restore(other.path(), &home.path().join("postfordeler.db"), None).expect("it is put back");
    assert_eq!(restored.copy.last_message, Some(time("2026-11-26T11:30:00.25Z")));
    assert_eq!(restored.copy.rows, 3);
    must_have_counts(&open(&other));
}
