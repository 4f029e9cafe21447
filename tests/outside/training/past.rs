//! A month of mail that never came: by the rules, believable, and only where nothing has happened yet.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};
use postfordeler::clock;
use postfordeler::rules::RuleBook;
use postfordeler::service_level::Part;
use postfordeler::store::{Imprint, Journal, JournalEntry, Outcome, OverviewPeriod, PastError, Reason, Store};
use postfordeler::training::{PastMail, PastMailError};
use tempfile::TempDir;

use super::{book, configuration, read, sample};

/// A Friday afternoon.
const UNTIL: &str = "2026-11-27T14:30:00Z";

fn until() -> Timestamp {
    UNTIL.parse().expect("a time")
}

/// A store with that book in force, since long ago.
fn store(home: &TempDir, book: &RuleBook) -> Store {
    let store = Store::open(home.path()).expect("it opens");
    publish(&store, book, 60);
    store
}

fn publish(store: &Store, book: &RuleBook, days_ago: i64) {
    let at = until() - SignedDuration::from_hours(24 * days_ago);
    let imprint = Imprint { at, by: String::new(), note: "Til øvelse".to_owned() };
    store.publish_over(&book.compile().expect("no faults"), imprint).expect("it is published");
}

#[test]
fn a_month_of_mail_is_as_large_and_as_uneven_as_mail_is() {
    let home = TempDir::new().unwrap();
    let past = PastMail::make(&store(&home, &sample()), 7, until()).expect("it is made");
    let rows = past.rows();
    assert!((3_000..=6_000).contains(&rows.len()), "{} rows", rows.len());
    assert!(rows.is_sorted_by_key(|row| row.received_at) && rows.iter().all(|row| row.received_at <= until()));
    let days: BTreeMap<_, usize> = rows.iter().fold(BTreeMap::new(), |mut days, row| {
        *days.entry(clock::day_of(row.received_at)).or_default() += 1;
        days
    });
    assert_eq!(days.len(), 31, "thirty days and today");
    for (day, count) in &days {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert!(if is_weekend { *count < 60 } else { *count > 80 }, "{count} on {day}");
    }
    let at = |hours: std::ops::Range<i8>| {
        rows.iter().filter(|row| hours.contains(&clock::in_denmark(row.received_at).hour())).count()
    };
    assert!(at(9..12) > 5 * at(0..3), "more in the morning than at night");
}

#[test]
fn each_message_is_decided_by_what_was_in_force_when_it_came() {
    let home = TempDir::new().unwrap();
    let mut moved = configuration();
    let older = book();
    moved["myndigheder"][0]["regler"][0]["fagsystem"] = "esdh".into();
    let newer = read(&moved);
    let store = store(&home, &older);
    publish(&store, &newer, 10);
    let change = until() - SignedDuration::from_hours(240);
    let past = PastMail::make(&store, 3, until()).expect("it is made");
    let rules = [older.compile().unwrap(), newer.compile().unwrap()];
    let mut receivers = HashSet::new();
    for row in past.rows() {
        let (Some(routed), Some((facts, sender))) = (&row.routed, &row.facts) else { continue };
        let is_newer = row.received_at >= change;
        // What was refused as unavailable comes again a while later.
        let is_soon_after = row.received_at.duration_since(change) < SignedDuration::from_hours(3);
        assert!(routed.publication.get() == 1 + i64::from(is_newer) || is_soon_after);
        let by = &rules[usize::try_from(routed.publication.get()).unwrap() - 1];
        let decision = by.decide(facts, clock::day_of(row.received_at)).expect("it is to the authority");
        assert_eq!((&decision.fagsystem.id, decision.ground.priority()), (&routed.fagsystem, routed.priority));
        assert_eq!(by.sender_kind(facts), *sender);
        if routed.priority.is_some_and(|priority| priority.get() == 10) {
            receivers.insert((routed.publication.get() == 2, routed.fagsystem.to_string()));
        }
    }
    assert_eq!(receivers, HashSet::from([(false, "dagtilbud".to_owned()), (true, "esdh".to_owned())]));
}

#[test]
fn most_mail_is_accepted_and_what_waits_comes_again() {
    let home = TempDir::new().unwrap();
    let past = PastMail::make(&store(&home, &sample()), 7, until()).expect("it is made");
    let count = |is_such: &dyn Fn(&JournalEntry) -> bool| past.rows().iter().filter(|row| is_such(row)).count();
    let all = past.rows().len();
    let accepted = count(&|row| row.outcome == Outcome::Accepted);
    assert!(accepted * 100 / all >= 94 && accepted < all, "{accepted} of {all}");
    for outcome in [Outcome::Rejected, Outcome::Unavailable, Outcome::Invalid, Outcome::BrokenOff] {
        assert!(count(&|row| row.outcome == outcome) > 0, "{outcome:?}");
    }
    let late = |row: &JournalEntry| row.timing.total > std::time::Duration::from_secs(1);
    assert!(count(&late) > 20 && count(&late) < all / 10);
    let known: HashSet<_> =
        past.rows().iter().filter(|row| row.outcome == Outcome::Accepted).map(|row| &row.message_uuid).collect();
    let hour_ago = until() - SignedDuration::from_hours(3);
    let waited = past.rows().iter().filter(|row| row.outcome == Outcome::Unavailable && row.received_at < hour_ago);
    for row in waited.filter(|row| row.reason != Some(Reason::Paused)) {
        assert!(known.contains(&row.message_uuid), "{row:?} never came again");
    }
}

#[test]
fn the_same_seed_has_the_same_past() {
    let rows = |seed| {
        let home = TempDir::new().unwrap();
        let past = PastMail::make(&store(&home, &book()), seed, until()).expect("it is made");
        past.rows().iter().map(|row| format!("{row:?}")).collect::<Vec<_>>()
    };
    assert_eq!(rows(1), rows(1));
    assert_ne!(rows(1), rows(2));
}

#[test]
fn a_past_shows_on_every_count() {
    let home = TempDir::new().unwrap();
    let store = store(&home, &sample());
    let past = PastMail::make(&store, 7, until()).expect("it is made");
    past.enter(&store).expect("the journal is empty");
    let rows = store.newest_journal_rows(10_000).expect("they can be read");
    assert_eq!(rows.len(), past.rows().len());
    assert_eq!(rows[0].received_at, past.rows().last().unwrap().received_at);
    let overview = store.overview(OverviewPeriod::Month, until()).expect("it can be read");
    assert!(overview.fagsystems().count() > 3, "{overview:?}");
    let part = Part::month(clock::day_of(until()));
    let levels = store.service_levels(&[part], true, until()).expect("they can be read");
    assert!(levels[0].router[0].ready > std::time::Duration::from_hours(24 * 5));
    assert!(levels[0].router[0].lost > std::time::Duration::ZERO, "the journal failed for a while");
}

#[tokio::test]
async fn what_has_happened_is_never_mixed_with_what_is_made_up() {
    let home = TempDir::new().unwrap();
    let store = store(&home, &book());
    let past = PastMail::make(&store, 1, until()).expect("it is made");
    let journal = Journal::start(&store).expect("it starts");
    journal.record(JournalEntry::new(until(), Outcome::BrokenOff)).await.expect("it is written");
    let refused = past.enter(&store);
    assert!(matches!(refused, Err(PastMailError::Past(PastError::NotEmpty))), "{refused:?}");
    assert_eq!(store.newest_journal_rows(10).unwrap().len(), 1);

    let other = TempDir::new().unwrap();
    let fresh = self::store(&other, &book());
    past.enter(&fresh).expect("the journal is empty");
    assert!(matches!(past.enter(&fresh), Err(PastMailError::Past(PastError::NotEmpty))), "once is enough");
    let nothing = TempDir::new().unwrap();
    let empty = Store::open(nothing.path()).unwrap();
    assert!(matches!(PastMail::make(&empty, 1, until()), Err(PastMailError::NothingPublished)));
    let row = |second| JournalEntry::new(Timestamp::from_second(second).unwrap(), Outcome::Accepted);
    let now = Timestamp::from_second(100).unwrap();
    for wrong in [vec![row(5), row(4)], vec![row(101)], vec![JournalEntry { outcome: Outcome::UnderWay, ..row(1) }]] {
        assert!(matches!(empty.enter_past(&wrong, now), Err(PastError::NotThePast)));
    }
    assert_eq!(empty.newest_message_number().unwrap(), 0);
}
