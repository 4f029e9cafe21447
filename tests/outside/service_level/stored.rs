//! What the store keeps for the service agreement, and what it counts.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::SignedDuration;
use jiff::civil::date;
use postfordeler::rules::FagsystemId;
use postfordeler::service_level::{
    AnswerClass, Attendance, Part, Promise, RouterSpan, ServiceWindow, Span, Strain, TryAccount, Verdict, WindowScope,
};
use postfordeler::store::{Journal, JournalEntry, Outcome, PartLevels, Reason, Routed, Store, Timing};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{span, time};
use crate::support::{database_of, small_town};

fn id(id: &str) -> FagsystemId {
    FagsystemId::new(id).expect("an id")
}

struct Kept {
    home: TempDir,
    store: Store,
}

impl Kept {
    fn new() -> Self {
        let home = TempDir::new().expect("a directory");
        let store = Store::open(home.path()).expect("it opens");
        let rules = small_town(([127, 0, 0, 1], 9101).into()).compile().expect("no fault");
        store.publish_over(&rules, "").expect("published");
        Self { home, store }
    }

    async fn record(&self, entries: impl IntoIterator<Item = JournalEntry>) {
        let journal = Journal::start(&self.store).expect("it starts");
        for recorded in join_all(entries.into_iter().map(|entry| journal.record(entry))).await {
            recorded.expect("it is written");
        }
    }

    fn entry(&self, at: &str, outcome: Outcome) -> JournalEntry {
        let publication = self.store.newest_publication_number().expect("readable").expect("one");
        let routed = Routed {
            publication,
            authority: "66137112".parse().expect("a CVR number"),
            fagsystem: id("esdh"),
            priority: None,
            element: None,
        };
        JournalEntry {
            routed: Some(routed),
            bytes: 4_000,
            timing: Timing { total: Duration::from_millis(80), ..Timing::default() },
            ..JournalEntry::new(time(at), outcome)
        }
    }

    fn november(&self) -> PartLevels {
        let parts = [Part::month(date(2026, 11, 1))];
        let mut levels = self.store.service_levels(&parts, true, time("2026-11-27T12:00:00Z")).expect("readable");
        levels.remove(0)
    }

    fn esdh(&self) -> [TryAccount; 2] {
        let key = ("66137112".parse().expect("a CVR number"), id("esdh"));
        self.november().fagsystems.get(&key).copied().unwrap_or_default()
    }

    fn database(&self) -> Connection {
        Connection::open(self.home.path().join("postfordeler.db")).expect("it opens")
    }
}

#[tokio::test]
async fn tries_are_counted_by_promise_and_what_says_nothing_of_the_fagsystem_is_left_out() {
    let kept = Kept::new();
    let unavailable = |at: &str, reason| JournalEntry { reason: Some(reason), ..kept.entry(at, Outcome::Unavailable) };
    kept.record([
        kept.entry("2026-11-10T08:00:00Z", Outcome::Accepted),
        kept.entry("2026-11-10T08:10:00Z", Outcome::Rejected),
        unavailable("2026-11-10T09:00:00Z", Reason::ConnectionRefused),
        kept.entry("2026-11-10T09:01:00Z", Outcome::Unknown),
        unavailable("2026-11-10T09:02:00Z", Reason::Paused),
        unavailable("2026-11-10T09:03:00Z", Reason::NoAccess),
        kept.entry("2026-11-10T09:04:00Z", Outcome::Busy),
        kept.entry("2026-11-10T09:05:00Z", Outcome::BrokenOff),
        // Before six in the morning, and on a Sunday.
        kept.entry("2026-11-10T04:59:59Z", Outcome::Accepted),
        kept.entry("2026-11-08T10:00:00Z", Outcome::Accepted),
        // In October.
        kept.entry("2026-10-31T22:59:59Z", Outcome::Accepted),
    ])
    .await;
    let [working, other] = kept.esdh();
    assert_eq!((working.answered, working.unanswered, working.not_tried), (2, 2, 3));
    assert_eq!((working.millionths(), working.verdict(Promise::WorkingHours)), (Some(500_000), Verdict::Broken));
    assert_eq!((other.answered, other.unanswered, other.not_tried), (2, 0, 0));
    assert_eq!((other.millionths(), other.strain(Promise::OtherTimes)), (Some(1_000_000), Strain::Low));
}

#[tokio::test]
async fn answers_are_in_time_by_the_size_of_their_message() {
    let kept = Kept::new();
    let answered = |bytes, milliseconds| JournalEntry {
        bytes,
        timing: Timing { total: Duration::from_millis(milliseconds), ..Timing::default() },
        ..kept.entry("2026-11-10T08:00:00Z", Outcome::Accepted)
    };
    kept.record([
        answered(1_000_000, 1_000),
        answered(1_000_000, 1_001),
        answered(1_000_001, 1_500),
        answered(10_000_000, 1_501),
        answered(10_000_001, 4_000),
        answered(90_000_000, 4_001),
        JournalEntry {
            timing: Timing { total: Duration::from_secs(30), ..Timing::default() },
            ..kept.entry("2026-11-10T08:00:00Z", Outcome::Unknown)
        },
    ])
    .await;
    let times = kept.esdh()[0].times;
    assert_eq!(times.classes.map(|class| (class.answered, class.in_time)), [(2, 1), (2, 1), (2, 1)]);
    assert_eq!(AnswerClass::ALL.map(|class| class.limit().as_millis()), [1_000, 1_500, 4_000]);
    // Three of six took at most 1.5 s, and the slowest is what 95 per cent kept.
    assert_eq!((times.count, times.percentile(50)), (6, Some(Duration::from_millis(1_500))));
    assert_eq!(times.percentile(95), Some(Duration::from_millis(4_001)));
    assert_eq!(TryAccount::default().times.percentile(50), None);
}

#[tokio::test]
async fn an_hour_that_a_service_window_touches_is_left_out() {
    let kept = Kept::new();
    kept.record(["08:10", "08:50", "09:10"].map(|at| kept.entry(&format!("2026-11-10T{at}:00Z"), Outcome::Accepted)))
        .await;
    let enter = |begin, end, scope| {
        let window = ServiceWindow::new(span(begin, end), scope, "", time("2026-11-01T00:00:00Z")).expect("it can be");
        kept.store.enter_service_window(&window).expect("stored").expect("there is room")
    };
    let of_router = enter("2026-11-10T08:00:00Z", "2026-11-10T10:00:00Z", WindowScope::Router);
    assert_eq!(kept.esdh()[0].answered, 3);
    let cvr = "66137112".parse().expect("a CVR number");
    enter("2026-11-10T08:45:00Z", "2026-11-10T09:00:00Z", WindowScope::Fagsystem(cvr, id("esdh")));
    let working = kept.esdh()[0];
    assert_eq!((working.answered, working.in_windows), (1, 2));
    assert_eq!(kept.november().router[0].in_windows, Duration::from_hours(2));
    kept.store.delete_service_window(of_router).expect("deleted");
    kept.store.delete_service_window(of_router).expect("it stays gone");
    let windows = kept.store.service_windows().expect("readable");
    assert_eq!((windows.len(), kept.november().router[0].in_windows), (1, Duration::ZERO));
}

#[test]
fn there_is_an_end_to_the_windows_that_may_be_entered() {
    let kept = Kept::new();
    let window = ServiceWindow::new(
        span("2026-11-10T08:00:00Z", "2026-11-10T10:00:00Z"),
        WindowScope::All,
        "",
        time("2026-11-01T00:00:00Z"),
    )
    .expect("it can be");
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
                INSERT INTO service_windows (begin, \"end\", scope, authority, fagsystem, note, entered_at)
                SELECT i, i + 1, 'alt', '', '', '', 0 FROM n";
    kept.database().execute_batch(many).expect("the test may write");
    assert!(kept.store.enter_service_window(&window).expect("stored").is_some());
    assert_eq!(kept.store.enter_service_window(&window).expect("readable"), None);
    assert_eq!(kept.store.service_windows().expect("readable").len(), 1_000);
}

#[tokio::test]
async fn what_the_journal_forgets_is_still_counted() {
    let kept = Kept::new();
    let mut entries = Vec::new();
    for minute in 0..50 {
        let at = format!("2026-11-03T{:02}:{minute:02}:00Z", 6 + minute % 7);
        let outcome = [Outcome::Accepted, Outcome::Rejected, Outcome::Unavailable, Outcome::Busy][minute % 4];
        let reason = [None, Some(Reason::Silent), Some(Reason::Paused)][minute % 3].filter(|_| minute % 4 == 2);
        let timing = Timing { total: Duration::from_millis(40 * minute as u64), ..Timing::default() };
        entries.push(JournalEntry { reason, timing, bytes: minute as u64 * 300_000, ..kept.entry(&at, outcome) });
    }
    kept.record(entries).await;
    let before = kept.esdh();
    assert!(before[0].tries() > 30 && before[0].not_tried > 0);
    kept.store.prune_journal(time("2027-03-01T12:00:00Z")).expect("pruned");
    let count = |table: &str| -> i64 {
        kept.database().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("readable")
    };
    assert_eq!((count("journal"), count("hours"), count("past_hours")), (0, 0, 7));
    assert_eq!(kept.esdh(), before);
    // Until three years have passed.
    kept.store.prune_service_levels(time("2029-11-01T00:00:00Z")).expect("pruned");
    assert_eq!(count("past_hours"), 7);
    kept.store.prune_service_levels(time("2029-11-12T00:00:00Z")).expect("pruned");
    assert_eq!(count("past_hours"), 0);
}

#[test]
fn hours_of_an_earlier_version_are_counted_from_its_journal() {
    let home = TempDir::new().expect("a directory");
    let before = database_of(home.path(), 10);
    let journal = "INSERT INTO publications VALUES (1, '2026-11-01T00:00:00Z', '', '{}', '');
                   INSERT INTO journal (received_at, message_uuid, bytes, authority, fagsystem, publication, priority,
                                        outcome, reason, total_us)
                   VALUES ('2026-11-10T08:00:00Z', 'a', 5, '66137112', 'esdh', 1, 7, 'accepteret', NULL, 900000),
                          ('2026-11-10T08:01:00Z', 'b', 2000000, '66137112', 'esdh', 1, 7, 'accepteret', NULL, 1600000),
                          ('2026-11-10T08:02:00Z', 'c', 5, '66137112', 'esdh', 1, 7, 'fagsystem.utilgaengeligt', 'pauset', 9),
                          ('2026-11-10T08:03:00Z', 'd', 5, '66137112', 'esdh', 1, 7, 'fagsystem.utilgaengeligt', 'ukendt_navn', 9);
                   INSERT INTO hours VALUES
                       ('2026-11-10T08', '66137112', 'esdh', 'accepteret', 0, 2, 2000005, 0, 0, 1, 1, 2, 1600000, '2026-11-10T08:01:00Z'),
                       ('2026-11-10T08', '66137112', 'esdh', 'fagsystem.utilgaengeligt', 0, 2, 10, 2, 2, 2, 2, 2, 9, '2026-11-10T08:03:00Z');";
    before.execute_batch(journal).expect("the test may write");
    drop(before);
    let kept = Kept { store: Store::open(home.path()).expect("it opens"), home };
    let [working, _] = kept.esdh();
    assert_eq!((working.answered, working.unanswered, working.not_tried), (2, 1, 1));
    assert_eq!(working.times.classes.map(|class| (class.answered, class.in_time)), [(1, 1), (1, 0), (0, 0)]);
}

#[test]
fn a_router_is_counted_by_what_it_noted() {
    let kept = Kept::new();
    let of = |begin, end, state| RouterSpan { span: span(begin, end), state };
    kept.store
        .record_router_spans(&[
            of("2026-10-15T00:00:00Z", "2026-11-10T08:00:00Z", Attendance::Ready),
            of("2026-11-10T08:00:00Z", "2026-11-10T08:10:00Z", Attendance::JournalFails),
            of("2026-11-10T08:10:00Z", "2026-11-20T08:00:00Z", Attendance::Ready),
        ])
        .expect("stored");
    let levels = kept.november();
    let minutes = |time: Duration| time.as_secs() / 60;
    let [working, other] = levels.router;
    assert_eq!(minutes(working.lost), 10);
    // From nine on the 20th nothing is known, a Friday, until 13 on the 27th: nine hours, four days, and seven hours.
    assert_eq!(minutes(working.not_running), 9 * 60 + 4 * 720 + 7 * 60);
    assert_eq!((minutes(other.lost), other.verdict()), (0, Verdict::Kept));
    assert_eq!(kept.store.router_levels(time("2026-11-27T12:00:00Z")).expect("readable").accounts, levels.router);
}

/// Run by hand: `cargo test --release --test outside a_million -- --ignored --nocapture`.
#[test]
#[ignore = "takes a while, and only tells figures"]
fn a_million_rows_are_counted_quickly() {
    let kept = Kept::new();
    let rows = "
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
        INSERT INTO journal (received_at, message_uuid, bytes, authority, fagsystem, publication, priority, outcome, total_us)
        SELECT 1761955200000000000 + i * 33800000000, 'm' || i, 4000, '66137112', 'system-' || (i % 12), 1, 7,
               iif(i % 500 = 0, 'fagsystem.utilgaengeligt', 'accepteret'), 80000 FROM n;
        INSERT INTO hours
        SELECT received_at - received_at % 3600000000000, authority, fagsystem, outcome, 0, count(*), sum(bytes), count(*),
               count(*), count(*), count(*), count(*), max(total_us), max(received_at), 0, count(*), count(*), 0, 0, 0, 0
        FROM journal GROUP BY 1, 2, 3, 4;";
    kept.database().execute_batch(rows).expect("the test may write");
    let now = time("2026-11-27T12:00:00Z");
    let mut begin = time("2025-11-01T00:00:00Z");
    let mut spans = Vec::new();
    while begin < now {
        let end = begin + SignedDuration::from_hours(9);
        spans.push(RouterSpan { span: Span::new(begin, end), state: Attendance::Ready });
        begin = end + SignedDuration::from_mins(1);
    }
    kept.store.record_router_spans(&spans).expect("stored");
    let measure = |what: &str, kept: &Kept, parts: &[Part]| {
        let begun = Instant::now();
        let levels = kept.store.service_levels(parts, true, now).expect("readable");
        let tries: u64 = levels.iter().flat_map(|it| it.fagsystems.values().flatten()).map(TryAccount::tries).sum();
        eprintln!("{what}: {:?}, {tries} tries, {} spans", begun.elapsed(), spans.len());
    };
    let hours: i64 = kept.database().query_row("SELECT count(*) FROM hours", [], |row| row.get(0)).expect("readable");
    eprintln!("{hours} hours");
    measure("thirteen months", &kept, &Part::months(date(2026, 11, 27), 13));
    measure("a month, day by day", &kept, &Part::month(date(2026, 10, 1)).days());
    let begun = Instant::now();
    kept.store.router_levels(now).expect("readable");
    eprintln!("the router this month: {:?}", begun.elapsed());
    let begun = Instant::now();
    kept.store.prune_journal(now).expect("pruned");
    eprintln!("pruned: {:?}", begun.elapsed());
    measure("thirteen months after pruning", &kept, &Part::months(date(2026, 11, 27), 13));
}
