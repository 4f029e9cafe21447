//! What is watched: what usually comes in this hour, and how mail goes since a publication.

use jiff::Timestamp;
use postfordeler::rules::{AddressedContactPoint, Caseless, Cvr, Facts, FagsystemId, Priority, SenderKind};
use postfordeler::store::{
    BeforeAndAfter, Imprint, Journal, JournalEntry, Outcome, Overview, OverviewPeriod, PublicationNumber, Routed, Store,
};
use tempfile::TempDir;

use super::{directory, facts, open, rules};

/// A Wednesday, at twenty past twelve in Denmark.
const NOW: &str = "2026-07-15T10:20:30Z";

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn cvr() -> Cvr {
    "66137112".parse().expect("a CVR number")
}

fn id(id: &str) -> FagsystemId {
    FagsystemId::new(id).expect("an id")
}

/// A store whose rules were first published long ago.
fn begin(home: &TempDir) -> (Store, PublicationNumber) {
    let store = open(home);
    let first = publish(&store, "2026-01-01T00:00:00Z");
    (store, first)
}

fn publish(store: &Store, at: &str) -> PublicationNumber {
    let imprint = Imprint { at: time(at), by: String::new(), note: String::new() };
    store.publish_over(&rules("By"), imprint).expect("it is published")
}

/// An accepted message that came at that time, and went there by a rule.
fn message(publication: PublicationNumber, at: Timestamp, fagsystem: &str) -> JournalEntry {
    let routed =
        Routed { publication, authority: cvr(), fagsystem: id(fagsystem), priority: Priority::new(10), element: None };
    JournalEntry { routed: Some(routed), ..JournalEntry::new(at, Outcome::Accepted) }
}

fn to_point(entry: JournalEntry, point: &str) -> JournalEntry {
    let contact_point = Some(AddressedContactPoint { id: Some(Caseless::new(point)), group: None });
    JournalEntry { facts: Some((Facts { contact_point, ..facts() }, SenderKind::Company)), ..entry }
}

fn by_default(entry: JournalEntry) -> JournalEntry {
    let routed = entry.routed.clone().map(|routed| Routed { priority: None, ..routed });
    JournalEntry { routed, ..entry }
}

async fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for entry in entries {
        journal.record(entry).await.expect("it is written");
    }
}

fn overview(store: &Store) -> Overview {
    store.overview(OverviewPeriod::Day, time(NOW)).expect("it can be read")
}

#[tokio::test]
async fn what_usually_comes_is_counted_in_this_hour_of_the_weekday() {
    let home = directory();
    let (store, publication) = begin(&home);
    let at = |text: &str, point: &str| to_point(message(publication, time(text), "esdh"), point);
    let again = JournalEntry { message_uuid: Some("A".to_owned()), ..at("2026-07-08T10:30:00Z", "byg") };
    let entries = [
        // The journal begins in the week before the last of the four.
        at("2026-06-16T22:00:00Z", "byg"),
        at("2026-06-24T10:00:00Z", "byg"),
        at("2026-07-01T10:59:59Z", "BYG"),
        at("2026-07-08T10:15:00Z", "vej"),
        again.clone(),
        again,
        // Another hour, another weekday, this very hour.
        at("2026-07-08T09:59:59Z", "byg"),
        at("2026-07-08T11:00:00Z", "byg"),
        at("2026-07-07T10:30:00Z", "byg"),
        at("2026-07-15T10:05:00Z", "byg"),
    ];
    record(&store, entries).await;
    let overview = overview(&store);
    assert_eq!(overview.usual_weeks, 4);
    let usual = overview.fagsystem(cvr(), &id("esdh")).usual;
    let points: Vec<_> = usual.contact_points.iter().map(|(point, count)| (point.folded(), *count)).collect();
    assert_eq!((usual.messages, points), (4, vec![("byg", 3), ("vej", 1)]));
    assert_eq!(overview.fagsystem(cvr(), &id("ydelse")).usual.messages, 0);
}

#[tokio::test]
async fn weeks_before_the_journal_began_do_not_count() {
    let home = directory();
    let (store, publication) = begin(&home);
    assert_eq!(overview(&store).usual_weeks, 0);
    record(&store, [message(publication, time("2026-07-01T10:30:00Z"), "esdh")]).await;
    // In the hour in which it began it may have missed something.
    assert_eq!(overview(&store).usual_weeks, 1);
}

#[tokio::test]
async fn since_a_publication_the_same_hours_of_the_days_before_are_counted() {
    let home = directory();
    let (store, publication) = begin(&home);
    let newest = publish(&store, "2026-07-15T08:20:30Z");
    let at = |text: &str, to: &str| message(publication, time(text), to);
    let refused = |entry| JournalEntry { outcome: Outcome::Rejected, ..entry };
    let entries = [
        at("2026-07-01T00:00:00Z", "esdh"),
        at("2026-07-08T08:20:30Z", "esdh"),
        by_default(at("2026-07-09T10:20:29Z", "esdh")),
        refused(at("2026-07-14T09:00:00Z", "ydelse")),
        // Other hours of the days before.
        at("2026-07-14T08:20:29Z", "esdh"),
        at("2026-07-14T10:20:30Z", "esdh"),
        by_default(at("2026-07-15T08:20:30Z", "esdh")),
        refused(at("2026-07-15T09:00:00Z", "ydelse")),
        JournalEntry { outcome: Outcome::UnderWay, ..at("2026-07-15T09:00:01Z", "ydelse") },
        JournalEntry { routed: None, ..refused(at("2026-07-15T09:00:02Z", "ydelse")) },
    ];
    record(&store, entries).await;
    let after = overview(&store).after_publishing.expect("it is less than a day old");
    assert_eq!((after.publication.number, after.previous, after.days), (newest, publication, 7));
    let count = |before, after| BeforeAndAfter { before, after };
    let mail = after.authorities[&cvr()];
    assert_eq!((mail.messages, mail.by_default), (count(3, 3), count(1, 1)));
    let ydelse = after.fagsystems[&(cvr(), id("ydelse"))];
    assert_eq!((ydelse.messages, ydelse.refused), (count(1, 2), count(1, 1)));
}

#[tokio::test]
async fn a_publication_is_watched_for_a_day() {
    let home = directory();
    let (store, _) = begin(&home);
    assert_eq!(overview(&store).after_publishing, None);
    let first = directory();
    let store_of_one = open(&first);
    publish(&store_of_one, "2026-07-15T10:00:00Z");
    assert_eq!(overview(&store_of_one).after_publishing, None, "the first is compared with nothing");
    for (at, is_watched) in
        [("2026-07-14T10:20:30Z", false), ("2026-07-14T10:20:31Z", true), ("2026-07-15T10:20:31Z", false)]
    {
        publish(&store, at);
        assert_eq!(overview(&store).after_publishing.is_some(), is_watched, "{at}");
    }
    let in_period = overview(&store).publications;
    assert_eq!(in_period.len(), 1, "those of this hour and the 23 before it: {in_period:?}");
}
