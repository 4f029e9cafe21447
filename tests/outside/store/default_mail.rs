//! What rules decided, and what fell to the default recipient.

use jiff::Timestamp;
use jiff::civil::date;
use postfordeler::rules::{Cvr, Facts, Priority, SenderKind};
use postfordeler::store::{DecidedDay, Journal, JournalEntry, Outcome, Routed, Store};

use super::{directory, entry, facts, is_on_server, open, rules};
use crate::support::settled_database;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn cvr() -> Cvr {
    "66137112".parse().expect("a CVR number")
}

/// A message that came at that time, and whether a rule took it.
fn message(store: &Store, at: &str, uuid: &str, by_rule: bool) -> JournalEntry {
    let entry = entry(store, 0, Outcome::Accepted);
    let routed =
        entry.routed.clone().map(|routed| Routed { priority: Priority::new(25).filter(|_| by_rule), ..routed });
    JournalEntry { received_at: time(at), message_uuid: Some(uuid.to_owned()), routed, ..entry }
}

fn with_kle(entry: JournalEntry, kle: &str) -> JournalEntry {
    JournalEntry { facts: Some((Facts { kle: kle.parse().ok(), ..facts() }, SenderKind::Company)), ..entry }
}

async fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for entry in entries {
        journal.record(entry).await.expect("it is written");
    }
}

/// The KLE number of each kind of message that fell, how many there were, and how many in all.
fn fallen(store: &Store, authority: Cvr, since: Option<&str>) -> (Vec<(String, u64)>, u64) {
    let mut found = Vec::new();
    let messages = store.default_messages(authority, since.map(time), |facts, count| {
        found.push((facts.kle.map(|kle| kle.to_string()).unwrap_or_default(), count));
    });
    found.sort();
    (found, messages.expect("it can be read"))
}

#[tokio::test]
async fn each_message_counts_once_on_the_day_on_which_it_first_came() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let messages = [
        message(&store, "2026-03-01T10:00:00Z", "A", true),
        message(&store, "2026-03-01T11:00:00Z", "B", false),
        message(&store, "2026-03-02T09:00:00Z", "B", true),
        message(&store, "2026-03-03T09:00:00Z", "C", false),
    ];
    record(&store, messages).await;
    let days = store.decided_days(cvr()).expect("they can be read");
    let day = |day, by_rule, by_default| DecidedDay { day, by_rule, by_default };
    assert_eq!(days, [day(date(2026, 3, 1), 1, 1), day(date(2026, 3, 3), 0, 1)]);
    assert_eq!(store.decided_days("11223344".parse().expect("a CVR number")).expect("they can be read"), []);
}

#[tokio::test]
async fn what_no_rule_took_is_counted_by_its_facts() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let messages = [
        with_kle(message(&store, "2026-03-01T10:00:00Z", "A", false), "32.18.04"),
        with_kle(message(&store, "2026-03-05T10:00:00Z", "B", false), "32.18.04"),
        with_kle(message(&store, "2026-03-05T11:00:00Z", "C", false), "28.06.00"),
        // Sent again; taken by a rule; refused before it was decided; without a readable header.
        with_kle(message(&store, "2026-03-06T11:00:00Z", "C", false), "28.06.00"),
        with_kle(message(&store, "2026-03-06T12:00:00Z", "D", true), "28.06.00"),
        JournalEntry { routed: None, ..message(&store, "2026-03-06T13:00:00Z", "E", false) },
        JournalEntry { facts: None, ..message(&store, "2026-03-06T14:00:00Z", "F", false) },
    ];
    record(&store, messages).await;
    let of = |kle: &str, count| (kle.to_owned(), count);
    assert_eq!(fallen(&store, cvr(), None), (vec![of("28.06.00", 1), of("32.18.04", 2)], 4));
    let since = Some("2026-03-05T00:00:00Z");
    assert_eq!(fallen(&store, cvr(), since), (vec![of("28.06.00", 1), of("32.18.04", 1)], 3));
    assert_eq!(fallen(&store, cvr(), Some("2026-03-07T00:00:00Z")), (vec![], 0));
    assert_eq!(fallen(&store, "11223344".parse().expect("a CVR number"), None), (vec![], 0));
}

/// Digits of the messageUUID in a hundred thousand rows; by hand the test was run with a million.
#[test]
fn a_long_journal_is_read_in_little_time() {
    const ROWS: u32 = 100_000;
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let filled = settled_database(home.path()).execute(
        "INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, authority, recipient_cvr, contact_point,
                              contact_point_id, kle, post_type, publication, fagsystem, priority, outcome, total_us)
         WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
         SELECT 1770000000000000000 + n * 7776000000000, 'uuid-' || n, 4000, 'person', '66137112', '66137112', 1,
                'punkt-' || (n % 300), printf('%02d.%02d.00', n % 30, n % 12), 'ikkeAngivet', 1, 'esdh',
                iif(n % 7 = 0, NULL, 25), 'accepteret', 50000
         FROM number",
        [ROWS],
    );
    filled.expect("the test may write");
    let begun = std::time::Instant::now();
    let (found, messages) = fallen(&store, cvr(), None);
    let took = begun.elapsed();
    assert_eq!(messages, u64::from(ROWS / 7));
    assert!(found.len() > 100);
    assert!(took.as_secs() < 5, "{took:?}");
}
