//! The overview: what is counted, when, and the delivery record of each fagsystem.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp, ToSpan};
use postfordeler::rules::{Cvr, FagsystemId, Priority};
use postfordeler::store::{
    Counts, DeliveryFailure, DeliveryRecord, Journal, JournalEntry, Outcome, OutcomeGroup, Overview, OverviewPeriod,
    PublicationNumber, Reason, Routed, Store, Timing, Urgency,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{database, directory, is_on_server, open, rules};

/// Two days after clocks are put forward.
const NOW: &str = "2026-03-31T10:20:30Z";
const LIMITS: [u64; 5] = [100, 300, 1000, 1500, 4000];
const OUTCOMES: [Outcome; 12] = [
    Outcome::Accepted,
    Outcome::Rejected,
    Outcome::Unavailable,
    Outcome::Unknown,
    Outcome::Busy,
    Outcome::NotWritten,
    Outcome::Invalid,
    Outcome::NemSms,
    Outcome::TooLarge,
    Outcome::UnknownRecipient,
    Outcome::NotAllowed,
    Outcome::BrokenOff,
];

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn cvr() -> Cvr {
    "66137112".parse().expect("a CVR number")
}

fn id(id: &str) -> FagsystemId {
    FagsystemId::new(id).expect("an id")
}

fn to(publication: PublicationNumber, fagsystem: &str, priority: u32) -> Routed {
    let priority = Priority::new(priority);
    Routed { publication, authority: cvr(), fagsystem: id(fagsystem), priority, element: None }
}

/// A message that came at that time, went there by a rule, and ended so.
fn message(publication: PublicationNumber, at: &str, fagsystem: &str, outcome: Outcome) -> JournalEntry {
    JournalEntry { routed: Some(to(publication, fagsystem, 10)), ..JournalEntry::new(time(at), outcome) }
}

/// A store with a publication.
fn begin(home: &tempfile::TempDir) -> (Store, PublicationNumber) {
    let store = open(home);
    let publication = store.publish_over(&rules("Første"), "").expect("it is published");
    (store, publication)
}

async fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for recorded in join_all(entries.into_iter().map(|entry| journal.record(entry))).await {
        recorded.expect("it is written");
    }
}

fn read(store: &Store, period: OverviewPeriod, now: &str) -> Overview {
    store.overview(period, time(now)).expect("it can be read")
}

/// What a random message is made of.
#[derive(Debug, Clone)]
struct Any {
    /// How long before the end of the period it came.
    ago: i64,
    fagsystem: Option<&'static str>,
    priority: u32,
    outcome: Outcome,
    milliseconds: u64,
}

prop_compose! {
    fn any_message()(
        ago in prop_oneof![0..60 * 60 * 30_000_i64, 0..40 * 24 * 60 * 60 * 1000_i64],
        fagsystem in option::weighted(0.9, select(vec!["esdh", "ydelse", "byggesag"])),
        priority in 0..3_u32,
        outcome in select(&OUTCOMES[..]),
        milliseconds in prop_oneof![select(&LIMITS[..]), 0..6000_u64],
    ) -> Any {
        Any { ago, fagsystem, priority, outcome, milliseconds }
    }
}

impl Any {
    fn at(&self) -> Timestamp {
        time(NOW) - SignedDuration::from_millis(self.ago)
    }

    fn entry(&self, publication: PublicationNumber) -> JournalEntry {
        JournalEntry {
            routed: self.fagsystem.map(|fagsystem| to(publication, fagsystem, self.priority)),
            reason: (self.outcome == Outcome::Unknown).then_some(Reason::Silent),
            timing: Timing { total: Duration::from_millis(self.milliseconds), ..Timing::default() },
            ..JournalEntry::new(self.at(), self.outcome)
        }
    }
}

fn groups(counts: &Counts) -> [u64; 4] {
    OutcomeGroup::ALL.map(|group| counts.of(group))
}

/// Counts as one would by hand.
fn agrees(counts: &Counts, messages: &[&Any]) -> Result<(), TestCaseError> {
    let count = |is_so: &dyn Fn(&Any) -> bool| messages.iter().filter(|it| is_so(it)).count() as u64;
    let taken_by_rule_of = |any: &Any| match any.outcome {
        Outcome::Accepted => 0,
        Outcome::Rejected => 1,
        Outcome::Unavailable | Outcome::Unknown => 2,
        _ => 3,
    };
    prop_assert_eq!(groups(counts), [0, 1, 2, 3].map(|group| count(&|any| taken_by_rule_of(any) == group)));
    prop_assert_eq!(counts.messages(), messages.len() as u64);
    prop_assert_eq!(counts.by_default, count(&|any| any.fagsystem.is_some() && any.priority == 0));
    let routed: Vec<_> = messages.iter().filter(|any| any.fagsystem.is_some()).collect();
    prop_assert_eq!(counts.answers.count, routed.len() as u64);
    let slowest = routed.iter().map(|any| any.milliseconds).max().unwrap_or_default();
    prop_assert_eq!(counts.answers.slowest, Duration::from_millis(slowest));
    for limit in LIMITS {
        let within = routed.iter().filter(|any| any.milliseconds <= limit).count() as u64;
        prop_assert_eq!(counts.answers.within(Duration::from_millis(limit)), Some(within));
    }
    let mut took: Vec<_> = routed.iter().map(|any| any.milliseconds).collect();
    took.sort_unstable();
    let median = took.get(took.len().saturating_sub(1) / 2);
    let median = median.and_then(|median| LIMITS.into_iter().find(|limit| median <= limit));
    prop_assert_eq!(counts.answers.median_within(), median.map(Duration::from_millis));
    Ok(())
}

/// The delivery record of a fagsystem after those messages, in that order.
fn delivery_record(messages: &[&Any]) -> DeliveryRecord {
    let mut record = DeliveryRecord::default();
    for any in messages {
        match any.outcome {
            Outcome::Accepted => {
                record.last_accepted = record.last_accepted.max(Some(any.at()));
                (record.failures, record.failing_since) = (0, None);
            }
            Outcome::Rejected | Outcome::Unavailable | Outcome::Unknown => {
                record.failures += 1;
                record.failing_since.get_or_insert(any.at());
                let reason = (any.outcome == Outcome::Unknown).then_some(Reason::Silent);
                record.last_failure = Some(DeliveryFailure { at: any.at(), outcome: any.outcome, reason });
            }
            _ => {}
        }
    }
    record
}

fn sent_to<'a>(fagsystem: &str, messages: impl Iterator<Item = &'a Any>) -> Vec<&'a Any> {
    messages.filter(|any| any.fagsystem == Some(fagsystem)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn everything_is_counted_as_one_would_by_hand(messages in vec(vec(any_message(), 0..12), 0..6)) {
        let home = directory();
        let (store, publication) = begin(&home);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        for together in &messages {
            runtime.block_on(record(&store, together.iter().map(|any| any.entry(publication))));
        }
        let messages: Vec<_> = messages.concat();
        for period in OverviewPeriod::ALL {
            let overview = read(&store, period, NOW);
            let (first, last) = (overview.slots[0].begin, overview.ends());
            let within: Vec<_> = messages.iter().filter(|any| first <= any.at() && any.at() < last).collect();
            agrees(&overview.total, &within)?;
            for slot in &overview.slots {
                let here: Vec<_> =
                    within.iter().copied().filter(|any| slot.begin <= any.at() && any.at() < slot.end).collect();
                agrees(&slot.counts, &here)?;
            }
            for name in ["esdh", "ydelse", "byggesag", "nobody"] {
                let own = sent_to(name, within.iter().copied());
                let figures = overview.fagsystem(cvr(), &id(name));
                agrees(&figures.total, &own)?;
                let by_slot: Vec<_> = overview.slots.iter().map(|slot| {
                    own.iter().filter(|any| slot.begin <= any.at() && any.at() < slot.end).count() as u64
                }).collect();
                let nothing = own.is_empty() && figures.by_slot.is_empty();
                prop_assert!(nothing || figures.by_slot == by_slot, "{:?} against {by_slot:?}", figures.by_slot);
                prop_assert_eq!(figures.record, delivery_record(&sent_to(name, messages.iter())));
            }
        }
    }
}

#[test]
fn slots_are_hours_and_days_in_denmark_also_when_the_clocks_are_changed() {
    let home = directory();
    let store = open(&home);
    let hours = |overview: &Overview| -> Vec<i64> {
        let hours = |slot: &postfordeler::store::Slot| slot.end.duration_since(slot.begin).as_hours();
        overview.slots.iter().map(hours).collect()
    };
    // Now, the days of the change counted from the last, and how many hours that day has.
    for (now, days_ago, day, night) in [
        ("2026-03-30T22:30:00Z", 2, 23, [2, 3]),
        ("2026-10-25T22:59:59Z", 0, 25, [4, 3]),
        ("2026-07-15T10:00:00Z", 3, 24, [3, 3]),
    ] {
        let overview = read(&store, OverviewPeriod::Month, now);
        let mut expected = vec![24; 30];
        expected[29 - days_ago] = day;
        assert_eq!(hours(&overview), expected, "{now}");
        let overview = read(&store, OverviewPeriod::Week, now);
        assert_eq!(overview.slots.len(), 56);
        assert_eq!(hours(&overview)[(6 - days_ago) * 8..][..2], night, "{now}");
        let overview = read(&store, OverviewPeriod::Day, now);
        assert_eq!(hours(&overview), vec![1; 24]);
        assert!(overview.slots.windows(2).all(|pair| pair[0].end == pair[1].begin));
        let this = overview.slots[23];
        assert!(this.begin <= time(now) && time(now) < this.end, "{this:?}");
    }
    let summer = read(&store, OverviewPeriod::Month, "2026-07-15T21:59:59Z");
    assert_eq!((summer.slots[0].begin, summer.ends()), (time("2026-06-15T22:00:00Z"), time("2026-07-15T22:00:00Z")));
    let winter = read(&store, OverviewPeriod::Week, "2026-01-07T22:59:59Z");
    assert_eq!((winter.slots[0].begin, winter.ends()), (time("2025-12-31T23:00:00Z"), time("2026-01-07T23:00:00Z")));
}

#[tokio::test]
async fn the_hour_that_comes_twice_counts_twice() {
    let home = directory();
    let (store, publication) = begin(&home);
    let times = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T01:59:59.999Z"];
    record(&store, times.map(|at| message(publication, at, "esdh", Outcome::Accepted))).await;
    let overview = read(&store, OverviewPeriod::Day, "2026-10-25T12:00:00Z");
    let counted: Vec<_> = overview.slots.iter().map(|slot| slot.counts.messages()).filter(|count| *count > 0).collect();
    assert_eq!(counted, [1, 2]);
    let overview = read(&store, OverviewPeriod::Week, "2026-10-25T12:00:00Z");
    assert_eq!(overview.slots[48].counts.messages(), 3);
}

#[test]
fn digital_post_deactivates_after_seven_days_without_success() {
    let accepted = time("2026-03-26T10:00:00Z");
    let record = DeliveryRecord { last_accepted: Some(accepted), ..DeliveryRecord::default() };
    let never = DeliveryRecord { failing_since: Some(accepted), failures: 1, ..DeliveryRecord::default() };
    let edges = [
        (0, 0, Urgency::Calm),
        (4, 23, Urgency::Calm),
        (5, 0, Urgency::Soon),
        (5, 23, Urgency::Soon),
        (6, 0, Urgency::VerySoon),
        (6, 23, Urgency::VerySoon),
        (7, 0, Urgency::Over),
        (400, 0, Urgency::Over),
    ];
    for (days, hours, urgency) in edges {
        let now = accepted + SignedDuration::from_hours(days * 24 + hours);
        for record in [record, never] {
            assert_eq!(record.urgency(now), Some(urgency), "{days} d {hours} h");
            assert_eq!(record.deactivation(), Some(accepted + 168.hours()));
        }
    }
    let just_before = accepted + SignedDuration::from_hours(5 * 24) - SignedDuration::from_nanos(1);
    assert_eq!(record.urgency(just_before), Some(Urgency::Calm));
    let before = accepted - SignedDuration::from_secs(1);
    assert_eq!(record.urgency(before), Some(Urgency::Calm), "a clock that was put back is no success");
    let untried = DeliveryRecord::default();
    assert_eq!((untried.urgency(accepted), untried.deactivation(), untried.was_tried()), (None, None, false));
}

#[tokio::test]
async fn what_is_under_way_and_what_nobody_knows_the_outcome_of_is_told() {
    let home = directory();
    let (store, publication) = begin(&home);
    let journal = Journal::start(&store).expect("it starts");
    let named = |uuid: &str, outcome| JournalEntry {
        message_uuid: Some(uuid.to_owned()),
        ..message(publication, "2026-03-31T10:00:00Z", "esdh", outcome)
    };
    let open = |store: &Store| {
        let figures = read(store, OverviewPeriod::Day, NOW).fagsystem(cvr(), &id("esdh"));
        (figures.under_way, figures.unknown, figures.total.messages())
    };
    let entered = journal.enter(named("A", Outcome::UnderWay)).await.expect("it is written");
    assert_eq!(open(&store), (1, 0, 0));
    let postfordeler::store::Entered::Written(first) = entered else { panic!("{entered:?}") };
    journal.conclude(first, named("A", Outcome::Unknown)).await.expect("it is written");
    assert_eq!(open(&store), (0, 1, 1));
    let again = JournalEntry { follows: Some(first), ..named("a", Outcome::UnderWay) };
    let entered = journal.enter(again.clone()).await.expect("it is written");
    let postfordeler::store::Entered::Written(second) = entered else { panic!("{entered:?}") };
    journal.conclude(second, JournalEntry { outcome: Outcome::Unknown, ..again }).await.expect("it is written");
    assert_eq!(open(&store), (0, 1, 2), "it is still one message");
    let again = JournalEntry { follows: Some(first), ..named("A", Outcome::Accepted) };
    journal.record(again).await.expect("it is written");
    assert_eq!(open(&store), (0, 0, 3));
    journal.record(named("B", Outcome::Unknown)).await.expect("it is written");
    assert_eq!(open(&store), (0, 1, 4));
    let later = store.overview(OverviewPeriod::Day, time(NOW) + 169.hours()).expect("it can be read");
    assert_eq!(later.fagsystem(cvr(), &id("esdh")).unknown, 0, "nobody sends it any more");
}

#[tokio::test]
async fn an_acceptance_that_is_told_again_is_no_message() {
    let home = directory();
    let (store, publication) = begin(&home);
    assert!(read(&store, OverviewPeriod::Day, NOW).is_empty());
    record(&store, [message(publication, "2026-03-31T08:00:00Z", "esdh", Outcome::Accepted)]).await;
    let told_again = message(publication, "2026-03-31T10:00:00Z", "esdh", Outcome::Accepted);
    record(&store, [JournalEntry { repeats: Some(1), ..told_again }]).await;
    let overview = read(&store, OverviewPeriod::Day, NOW);
    assert_eq!((overview.total.messages(), overview.is_empty()), (1, false));
    let record = overview.fagsystem(cvr(), &id("esdh")).record;
    assert_eq!(record.last_accepted, Some(time("2026-03-31T08:00:00Z")));
}

#[test]
fn a_journal_of_an_older_program_tells_how_it_stands() {
    only_of_files!();
    let home = directory();
    {
        let database = database(home.path());
        database.pragma_update(None, "journal_mode", "WAL").expect("the test may write");
        let steps = [
            include_str!("../../../src/store/migrations/001_beginning.sql"),
            include_str!("../../../src/store/migrations/002_workbench.sql"),
        ];
        for step in steps {
            database.execute_batch(step).expect("it is SQL");
        }
        database.pragma_update(None, "user_version", 2).expect("the test may write");
        let published =
            "INSERT INTO publications (published_at, note, configuration) VALUES ('2026-02-01T08:00:00Z', '', '{}')";
        database.execute(published, []).expect("the test may write");
        let rows = [
            ("2026-03-20T10:00:00Z", Some("esdh"), "fagsystem.afvist"),
            ("2026-03-20T11:00:00Z", Some("esdh"), "accepteret"),
            ("2026-03-20T11:00:00.5Z", Some("esdh"), "accepteret"),
            ("2026-03-30T08:00:00Z", Some("esdh"), "fagsystem.utilgaengeligt"),
            ("2026-03-30T09:00:00Z", Some("esdh"), "afbrudt"),
            ("2026-03-30T10:00:00Z", Some("esdh"), "fagsystem.afvist"),
            ("2026-03-30T10:00:00Z", Some("ydelse"), "fagsystem.utilgaengeligt"),
            ("2026-03-30T10:00:00Z", Some("byggesag"), "accepteret"),
            ("2026-03-30T10:00:00Z", None, "modtager.ukendt"),
        ];
        for (at, fagsystem, outcome) in rows {
            let insert =
                "INSERT INTO journal (received_at, bytes, authority, fagsystem, outcome, total_us, publication)
                          VALUES (?1, 1, ?2, ?3, ?4, 7, 1)";
            let authority = fagsystem.map(|_| cvr().to_string());
            let values = rusqlite::params![at, authority, fagsystem, outcome];
            database.execute(insert, values).expect("the test may write");
        }
    }
    let overview = read(&open(&home), OverviewPeriod::Month, NOW);
    assert_eq!(groups(&overview.total), [3, 2, 2, 2]);
    let record = |name| overview.fagsystem(cvr(), &id(name)).record;
    let failure = |at, outcome| Some(DeliveryFailure { at: time(at), outcome, reason: None });
    let expected = DeliveryRecord {
        last_accepted: Some(time("2026-03-20T11:00:00.5Z")),
        failures: 2,
        failing_since: Some(time("2026-03-30T08:00:00Z")),
        last_failure: failure("2026-03-30T10:00:00Z", Outcome::Rejected),
    };
    assert_eq!(record("esdh"), expected);
    let expected = DeliveryRecord {
        last_accepted: None,
        failures: 1,
        failing_since: Some(time("2026-03-30T10:00:00Z")),
        last_failure: failure("2026-03-30T10:00:00Z", Outcome::Unavailable),
    };
    assert_eq!(record("ydelse"), expected);
    let expected = DeliveryRecord { last_accepted: Some(time("2026-03-30T10:00:00Z")), ..DeliveryRecord::default() };
    assert_eq!(record("byggesag"), expected);
}
