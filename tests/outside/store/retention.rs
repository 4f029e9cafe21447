//! How long the journal is kept.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use postfordeler::store::{Journal, JournalEntry, LogQuery, Outcome, Settings, Store};
use rusqlite::Connection;

use super::{database, directory, entry, open, rules};

const DAY: i64 = 24;

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

/// A message that came so many hours ago.
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
    let page = store.read_log(&LogQuery::default(), None, 1_000, || true).expect("readable").expect("wanted");
    page.rows.iter().map(|row| (now().duration_since(row.received_at).as_hours(), row.outcome)).collect()
}

fn column(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("readable");
    rows.collect::<Result<_, _>>().expect("texts")
}

#[tokio::test]
async fn what_is_old_goes_and_what_may_be_with_its_fagsystem_stays() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    store.save_settings(&Settings { retention_days: 20, ..Settings::default() }).expect("kept");
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
    assert_eq!(store.forget_old(now()).expect("deleted"), 4);
    let expected = [
        (1, Outcome::Accepted),
        (20 * DAY, Outcome::Accepted),
        (90 * DAY, Outcome::UnderWay),
        (100 * DAY, Outcome::Unknown),
    ];
    assert_eq!(kept(&store), expected);
    assert_eq!(store.forget_old(now()).expect("nothing left"), 0);
    let database = database(home.path());
    // The hour of the oldest moment that is kept is kept whole.
    let hours = column(&database, "SELECT hour FROM hours ORDER BY hour");
    assert_eq!(hours, ["2026-11-03T12", "2026-11-23T11"]);
    // What is shown of the last thirty days stays, however short the journal.
    let days = column(&database, "SELECT DISTINCT day FROM hits ORDER BY day");
    assert_eq!(days, ["2026-10-29", "2026-11-03", "2026-11-23"]);
    let ever = store.rule_hits(date(2020, 1, 1)).expect("readable");
    assert_eq!(ever.iter().map(|hits| hits.hits).sum::<u64>(), 4);
}

#[tokio::test]
async fn nothing_goes_before_the_shortest_time_or_by_default_before_ninety_days() {
    for (settings, days) in [
        (Settings { retention_days: 1, ..Settings::default() }, i64::from(Settings::LEAST_RETENTION)),
        (Settings::default(), 90),
    ] {
        let home = directory();
        let store = open(&home);
        store.publish_over(&rules("Første"), "").expect("it is published");
        store.save_settings(&settings).expect("kept");
        let ages = [days * DAY + 1, days * DAY - 1];
        record(&store, ages.map(|hours| came(&store, hours, Outcome::Accepted))).await;
        assert_eq!(store.forget_old(now()).expect("deleted"), 1);
        assert_eq!(kept(&store), [(days * DAY - 1, Outcome::Accepted)]);
    }
}

#[test]
fn much_goes_while_others_write_and_leaves_room_for_what_comes() {
    const OLD: i64 = 30_000;
    let home = directory();
    let store = open(&home);
    let database = database(home.path());
    database.pragma_update(None, "synchronous", "OFF").expect("a setting");
    let insert = "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted LIMIT ?1)
                  INSERT INTO journal (received_at, message_uuid, bytes, outcome, total_us)
                  SELECT '2026-01-01T00:00:00Z', printf('%036d', n), 1, 'accepteret', 1 FROM counted";
    database.execute(insert, [OLD]).expect("the test may write");
    let pages = |pragma: &str| database.query_row(pragma, [], |row| row.get::<_, i64>(0)).expect("a number");
    let before = pages("PRAGMA page_count");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let journal = Journal::start(&store).expect("it starts");
    let forgetting = std::thread::scope(|scope| {
        let forgetting = scope.spawn(|| store.forget_old(now()).expect("deleted"));
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
