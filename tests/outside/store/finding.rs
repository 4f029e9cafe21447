//! Messages found by what they said: the right ones, and quickly in a long journal.

use std::cell::Cell;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::{Timestamp, ToSpan};
use postfordeler::rules::{
    AddressedContactPoint, Caseless, Cvr, Facts, FagsystemId, PostType, Priority, Sender, SenderKind,
};
use postfordeler::store::{
    Journal, JournalEntry, MessageConcern, MessageQuery, MessageSubject, Outcome, OverviewPeriod, OwnNames, Reason,
    Routed, Store, Timing,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tokio::runtime::Runtime;

use super::{directory, is_on_server, open, rules};
use crate::support::settled_database;

const CVRS: [&str; 4] = ["29189846", "29180001", "66137112", "01102036"];
const POINTS: [&str; 4] =
    ["5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10", "5F0C2A51-8f43-4d0c-9d6c-1e2b7c9a4d10", "Forsyning-Øst", "forsyning-øst"];
const GROUPS: [&str; 4] = ["Børn og familie", "BØRN OG FAMILIE", "Byg og bolig", "27.36"];
const KLE: [&str; 5] = ["27", "27.36", "27.36.04", "27.4", "31.99.99"];
const FORM: [&str; 3] = ["26.05", "26.05.10.20", "27.36"];

fn cvr(text: &str) -> Cvr {
    text.parse().expect("a CVR number")
}

/// What a message said, and what became of it.
#[derive(Debug, Clone)]
struct Said {
    sender: Option<&'static str>,
    recipient: &'static str,
    point: Option<(&'static str, Option<&'static str>)>,
    kle: Option<&'static str>,
    form: Option<&'static str>,
    milliseconds: u64,
    outcome: Outcome,
    reason: Option<Reason>,
    repeats: bool,
    is_routed: bool,
}

prop_compose! {
    fn any_message()(
        sender in option::of(select(&CVRS[..])),
        recipient in select(&CVRS[..]),
        point in option::of((select(&POINTS[..]), option::of(select(&GROUPS[..])))),
        kle in option::of(select(&KLE[..])),
        form in option::of(select(&FORM[..])),
        milliseconds in select(vec![100, 1_000, 1_001, 4_000, 5_000]),
        (outcome, reason) in select(vec![
            (Outcome::Accepted, None),
            (Outcome::Unavailable, Some(Reason::Paused)),
            (Outcome::Unavailable, Some(Reason::Silent)),
            (Outcome::Unknown, Some(Reason::Silent)),
            (Outcome::Invalid, None),
        ]),
        repeats in any::<bool>(),
        is_routed in any::<bool>(),
    ) -> Said {
        let repeats = repeats && outcome == Outcome::Accepted;
        Said { sender, recipient, point, kle, form, milliseconds, outcome, reason, repeats, is_routed }
    }
}

impl Said {
    fn entry(&self, number: usize, store: &Store) -> JournalEntry {
        let text = |text: &'static str| Caseless::new(text);
        let facts = Facts {
            sender: self.sender.map_or(Sender::Person, |it| Sender::Organisation(Some(cvr(it)))),
            sender_has_contact_point: false,
            recipient: Some(cvr(self.recipient)),
            contact_point: self
                .point
                .map(|(id, group)| AddressedContactPoint { id: Some(text(id)), group: group.map(text) }),
            kle: self.kle.and_then(|kle| kle.parse().ok()),
            form: self.form.and_then(|form| form.parse().ok()),
            post_type: Some(PostType::Unspecified),
        };
        let publication = store.newest_publication_number().expect("readable").expect("there is one");
        let routed = Routed {
            publication,
            authority: cvr(CVRS[2]),
            fagsystem: FagsystemId::new("esdh").expect("an id"),
            priority: Priority::new(1),
            element: None,
        };
        JournalEntry {
            message_uuid: Some(format!("{number:08x}-0000-4000-8000-00000000cafe")),
            facts: Some((facts, SenderKind::Company)),
            own_names: OwnNames { contact_point: true, contact_group: true },
            routed: self.is_routed.then_some(routed),
            reason: self.reason,
            repeats: self.repeats.then_some(1),
            timing: Timing { total: Duration::from_millis(self.milliseconds), ..Timing::default() },
            ..JournalEntry::new(Timestamp::UNIX_EPOCH + 1.second(), self.outcome)
        }
    }

    /// Whether it is about one of those subjects, as one would see by looking.
    fn is_about(&self, subjects: &[MessageSubject]) -> bool {
        subjects.iter().any(|subject| match subject {
            MessageSubject::Sender(it) => self.sender == Some(it.to_string().as_str()),
            MessageSubject::Recipient(it) => self.recipient == it.to_string(),
            MessageSubject::ContactPoint(id) => self.point.is_some_and(|(it, _)| Caseless::new(it) == *id),
            MessageSubject::ContactGroup(name) => {
                self.point.and_then(|(_, group)| group).is_some_and(|it| Caseless::new(it) == *name)
            }
            MessageSubject::Kle(interval) => {
                self.kle.and_then(|it| it.parse().ok()).is_some_and(|it| interval.contains(it))
            }
            MessageSubject::Form(interval) => {
                self.form.and_then(|it| it.parse().ok()).is_some_and(|it| interval.contains(it))
            }
            MessageSubject::Fagsystem(authority, id) => {
                self.is_routed && *authority == cvr(CVRS[2]) && id.as_str() == "esdh"
            }
        })
    }

    fn has_text(&self, text: &str) -> bool {
        let folded = Caseless::new(text);
        let holds = |it: &str| Caseless::new(it).folded().contains(folded.folded());
        let (point, group) = self.point.map_or((None, None), |(id, group)| (Some(id), group));
        let is_digits = text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let begins = |it: Option<&str>| it.is_some_and(|it| it.starts_with(text));
        point.is_some_and(holds)
            || group.is_some_and(holds)
            || is_digits && (begins(self.sender) || self.recipient.starts_with(text))
            || begins(self.kle.filter(|kle| kle.len() % 3 == 2))
            || begins(self.form)
    }
}

fn subjects() -> Vec<MessageSubject> {
    vec![
        MessageSubject::Sender(cvr(CVRS[0])),
        MessageSubject::Recipient(cvr(CVRS[3])),
        MessageSubject::ContactPoint(Caseless::new(POINTS[0])),
        MessageSubject::ContactPoint(Caseless::new(POINTS[2])),
        MessageSubject::ContactGroup(Caseless::new(GROUPS[0])),
        MessageSubject::Kle("27.36".parse().expect("an interval")),
        MessageSubject::Kle("28 - 31".parse().expect("an interval")),
        MessageSubject::Form("26.05".parse().expect("an interval")),
        MessageSubject::Fagsystem(cvr(CVRS[2]), FagsystemId::new("esdh").expect("an id")),
    ]
}

fn numbers(store: &Store, query: &MessageQuery) -> Vec<i64> {
    let page = store.read_messages(query, None, 1_000, || true).expect("readable").expect("wanted");
    let numbers: Vec<_> = page.rows.iter().map(|row| row.number).collect();
    let count = store.count_messages(query, || true).expect("readable").expect("wanted");
    assert_eq!(count, numbers.len() as u64);
    numbers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_one_would_find_by_looking(
        messages in prop::collection::vec(any_message(), 1..40),
        wanted in prop::collection::vec(subsequence(subjects(), 0..=3), 6),
        texts in subsequence(
            vec!["2918", "29189846", "27.36", "27", "31.99", "26.05", "forsyning-ØST", "børn OG", "bolig", "8f43", "xyz"],
            1..=6,
        ),
    ) {
        let home = directory();
        let store = open(&home);
        store.publish_over(&rules("Første"), "").expect("it is published");
        let journal = Journal::start(&store).expect("it starts");
        let runtime = Runtime::new().expect("a runtime");
        let entries = messages.iter().enumerate().map(|(number, said)| journal.record(said.entry(number, &store)));
        for written in runtime.block_on(join_all(entries.collect::<Vec<_>>())) {
            written.expect("it is written");
        }
        let expected = |fits: &dyn Fn(&Said) -> bool| {
            let fitting = messages.iter().zip(1_i64..).filter(|(said, _)| fits(said));
            let mut numbers: Vec<_> = fitting.map(|(_, number)| number).collect();
            numbers.reverse();
            numbers
        };
        for subjects in wanted {
            let kinds = |said: &Said| {
                subjects.iter().all(|subject| {
                    let like: Vec<_> = subjects
                        .iter()
                        .filter(|it| std::mem::discriminant(*it) == std::mem::discriminant(subject))
                        .cloned()
                        .collect();
                    said.is_about(&like)
                })
            };
            let query = MessageQuery { subjects: subjects.clone(), ..MessageQuery::default() };
            prop_assert_eq!(numbers(&store, &query), expected(&kinds), "{:?}", subjects);
            let meant = MessageQuery { text: "xyz".to_owned(), meanings: subjects.clone(), ..MessageQuery::default() };
            prop_assert_eq!(numbers(&store, &meant), expected(&|said| said.is_about(&subjects)), "{:?}", subjects);
        }
        for text in texts {
            let query = MessageQuery { text: text.to_owned(), ..MessageQuery::default() };
            // None of the texts occurs in a messageUUID other than those of zeros and a number.
            let in_uuid = |said: &Said| {
                let at = messages.iter().position(|it| std::ptr::eq(it, said)).unwrap_or_default();
                let uuid = format!("{at:08x}-0000-4000-8000-00000000cafe");
                if text.len() == 8 { uuid.starts_with(text) } else { uuid.contains(text) }
            };
            prop_assert_eq!(numbers(&store, &query), expected(&|said| said.has_text(text) || in_uuid(said)), "{}", text);
        }
        let counted = MessageQuery { counts: true, ..MessageQuery::default() };
        prop_assert_eq!(numbers(&store, &counted), expected(&|said| !said.repeats));
        let second = Duration::from_secs(1);
        let within = MessageQuery { within: Some(second), ..MessageQuery::default() };
        prop_assert_eq!(numbers(&store, &within), expected(&|said| said.is_routed && said.milliseconds <= 1_000));
        let longer = MessageQuery { longer_than: Some(second), ..MessageQuery::default() };
        prop_assert_eq!(numbers(&store, &longer), expected(&|said| said.is_routed && said.milliseconds > 1_000));
        let why = MessageQuery {
            outcomes: vec![Outcome::Unknown],
            reasons: vec![Reason::Silent],
            ..MessageQuery::default()
        };
        let is_so = |said: &Said| {
            said.outcome == Outcome::Unknown
                || said.outcome == Outcome::Unavailable && said.reason == Some(Reason::Silent)
        };
        prop_assert_eq!(numbers(&store, &why), expected(&is_so));
    }
}

#[test]
fn in_a_long_journal_few_are_found_without_going_through_it() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let database = settled_database(home.path());
    database.pragma_update(None, "synchronous", "OFF").expect("a setting");
    let insert = "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted LIMIT 400000)
                  INSERT INTO journal (received_at, bytes, outcome, fagsystem, authority, publication, total_us, message_uuid,
                                       sender_cvr, recipient_cvr, contact_point_id, contact_group, kle, form)
                  SELECT n * 1000000000, 1, 'accepteret', 'esdh', '66137112', 1, 1,
                         printf('%08x-0000-4000-8000-00000000cafe', n), iif(n = 7, '29189846', '29180001'), '66137112',
                         iif(n = 8, 'Forsyning-Øst', '5f0c2a51-8f43'), iif(n = 9, 'Byg og bolig', 'Børn'),
                         iif(n = 10, '27.36.04', '31.10'), iif(n = 11, '26.05', '10.05') FROM counted";
    database.execute(insert, []).expect("the test may write");
    let text = |text: &str| MessageQuery { text: text.to_owned(), ..MessageQuery::default() };
    let about = |subject| MessageQuery { subjects: vec![subject], ..MessageQuery::default() };
    let queries = [
        (text("29189846"), 7),
        (text("forsyning-ØST"), 8),
        (text("byg og"), 9),
        (text("27.36"), 10),
        (text("26.05"), 11),
        (text("0000000c-0000-4000-8000-00000000CAFE"), 12),
        (about(MessageSubject::Sender(cvr("29189846"))), 7),
        (about(MessageSubject::ContactPoint(Caseless::new("FORSYNING-øst"))), 8),
        (about(MessageSubject::ContactGroup(Caseless::new("BYG OG BOLIG"))), 9),
        (about(MessageSubject::Kle("27".parse().expect("an interval"))), 10),
        (about(MessageSubject::Form("26".parse().expect("an interval"))), 11),
    ];
    for (query, number) in queries {
        // Before each piece of the journal, the callback says whether to go on.
        let pieces = Cell::new(0);
        let asked = || {
            pieces.set(pieces.get() + 1);
            true
        };
        let page = store.read_messages(&query, None, 200, asked).expect("readable").expect("wanted");
        assert_eq!(page.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [number], "{query:?}");
        assert_eq!(store.count_messages(&query, asked).expect("readable"), Some(1));
        assert_eq!(pieces.get(), 2, "{query:?} goes through the journal");
    }
    // What nearly all have is come upon at once, and counted whole.
    assert_eq!(store.count_messages(&text("29180001"), || true).expect("readable"), Some(399_999));
}

#[tokio::test]
async fn what_nobody_knows_of_and_shared_ids_are_listed_as_often_as_they_are_counted() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    let said = |outcome, reason| Said {
        sender: None,
        recipient: CVRS[2],
        point: None,
        kle: None,
        form: None,
        milliseconds: 1,
        outcome,
        reason,
        repeats: false,
        is_routed: true,
    };
    let unknown = said(Outcome::Unknown, Some(Reason::Silent));
    let accepted = said(Outcome::Accepted, None);
    // One that came twice, one that was accepted since, one that is still unknown; two with shared ids, one of them twice.
    let entries = [
        unknown.entry(1, &store),
        unknown.entry(1, &store),
        unknown.entry(2, &store),
        accepted.entry(2, &store),
        unknown.entry(3, &store),
        JournalEntry { differs_from: Some(1), ..said(Outcome::Reused, None).entry(4, &store) },
        JournalEntry { differs_from: Some(1), ..said(Outcome::Reused, None).entry(4, &store) },
        JournalEntry { differs_from: Some(1), ..said(Outcome::Reused, None).entry(5, &store) },
    ];
    for entry in entries {
        journal.record(entry).await.expect("it is written");
    }
    let overview = store.overview(OverviewPeriod::Day, Timestamp::UNIX_EPOCH + 1.hour()).expect("readable");
    let figures = overview.fagsystem(cvr(CVRS[2]), &FagsystemId::new("esdh").expect("an id"));
    let unsettled = MessageQuery { concerns: vec![MessageConcern::Unsettled], ..MessageQuery::default() };
    assert_eq!(numbers(&store, &unsettled), [5, 2]);
    assert_eq!(figures.unknown, 2);
    let shared = MessageQuery { concerns: vec![MessageConcern::SharedUuid], ..MessageQuery::default() };
    assert_eq!(numbers(&store, &shared), [8, 7]);
    assert_eq!(overview.shared_uuids, 2);
}

#[tokio::test]
async fn what_was_under_way_when_a_router_ended_is_counted() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    let said = Said {
        sender: None,
        recipient: CVRS[2],
        point: None,
        kle: None,
        form: None,
        milliseconds: 1,
        outcome: Outcome::UnderWay,
        reason: None,
        repeats: false,
        is_routed: true,
    };
    for number in 0..3 {
        journal.enter(said.entry(number, &store)).await.expect("it is written");
    }
    let now = Timestamp::UNIX_EPOCH + 1.hour();
    assert_eq!(store.overview(OverviewPeriod::Day, now).expect("readable").total.messages(), 0);
    drop(store.lock_router().expect("the next router"));
    let overview = store.overview(OverviewPeriod::Day, now).expect("readable");
    assert_eq!(overview.total.messages(), 3);
    let counted = MessageQuery { counts: true, ..MessageQuery::default() };
    assert_eq!(numbers(&store, &counted).len(), 3);
    drop(store.lock_router().expect("and one after it"));
    assert_eq!(store.overview(OverviewPeriod::Day, now).expect("readable").total.messages(), 3);
}

#[tokio::test]
async fn a_message_is_found_by_the_id_of_its_receipt() {
    const IDS: [&str; 3] = [
        "8c2ea15d-61fb-4ba9-9366-42f8b194c114",
        "12345678-61fb-4ba9-9366-42f8b194c115",
        "8c2ea15d-0000-4ba9-9366-42f8b194c116",
    ];
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let journal = Journal::start(&store).expect("it starts");
    // The first row is from before the id was stored.
    let ids = [None, Some(IDS[0]), Some(IDS[1]), Some(IDS[2])];
    for id in ids {
        let entry = JournalEntry::new(Timestamp::UNIX_EPOCH, Outcome::Invalid);
        let transmission_id = id.map(|id| id.parse().expect("a UUID"));
        journal.record(JournalEntry { transmission_id, ..entry }).await.expect("it is written");
    }
    let cases: [(&str, &[i64]); 8] = [
        (IDS[0], &[2]),
        (&IDS[1].to_uppercase(), &[3]),
        (&format!(" {} ", IDS[2]), &[4]),
        ("8C2EA15D", &[4, 2]),
        ("12345678", &[3]),
        ("-0000-4ba9", &[4]),
        ("00000000-61fb-4ba9-9366-42f8b194c114", &[]),
        ("", &[4, 3, 2, 1]),
    ];
    for (text, expected) in cases {
        let query = MessageQuery { text: text.to_owned(), ..MessageQuery::default() };
        assert_eq!(numbers(&store, &query), expected, "{text}");
    }
    for (number, id) in (1..).zip(ids) {
        let story = store.message_details(number).expect("readable").expect("it is there");
        assert_eq!(story.entry.transmission_id.map(|id| id.to_string()).as_deref(), id);
    }
    // However long the journal is: each way to it has an index.
    let plan = "EXPLAIN QUERY PLAN SELECT number FROM journal INDEXED BY journal_by_transmission
                WHERE transmission_id IS NOT NULL AND transmission_id = 'x'";
    let plan: String = settled_database(home.path()).query_row(plan, [], |row| row.get(3)).expect("a plan");
    assert!(plan.contains("SEARCH") && plan.contains("journal_by_transmission"), "{plan}");
}
