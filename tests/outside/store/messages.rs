//! The list of messages: what fits a search, page by page, and a row's whole story.

use std::ops::ControlFlow;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp, ToSpan};
use postfordeler::rules::{CriterionKind, Cvr, FagsystemId, Priority, SenderKind};
use postfordeler::store::{
    Entered, Journal, JournalEntry, JournalRow, MessageGround, MessageQuery, Outcome, Reason, Routed, Store, Timing,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{directory, entry, facts, is_on_server, open, rules};
use crate::support::settled_database;

const UUIDS: [&str; 4] = [
    "8C2EA15D-61FB-4BA9-9366-42F8B194C114",
    "8c2ea15d-61fb-4ba9-9366-42f8b194c114",
    "0f6ab15d-0000-4ba9-9366-42f8b194c1aa",
    "0F6AB_5D-%000-4BA9-9366-42F8B194C1BB",
];
const OUTCOMES: [Outcome; 5] =
    [Outcome::Accepted, Outcome::Rejected, Outcome::Unavailable, Outcome::Unknown, Outcome::Invalid];
const AUTHORITIES: [&str; 2] = ["66137112", "29189846"];
const FAGSYSTEMS: [&str; 2] = ["esdh", "byggesag"];
const ELEMENTS: [CriterionKind; 2] = [CriterionKind::Kle, CriterionKind::ContactPoint];

fn cvr(number: &str) -> Cvr {
    number.parse().expect("a CVR number")
}

fn fagsystem(id: &str) -> FagsystemId {
    FagsystemId::new(id).expect("not empty")
}

/// A time within a minute, to a tenth of a second, so that many fall together.
fn moment() -> impl Strategy<Value = Timestamp> {
    (0_i64..600).prop_map(|tenths| Timestamp::UNIX_EPOCH + SignedDuration::from_millis(tenths * 100))
}

prop_compose! {
    fn some_routed()(
        authority in select(&AUTHORITIES[..]),
        id in select(&FAGSYSTEMS[..]),
        rule in option::of((1_u32..4, select(&ELEMENTS[..]))),
    ) -> (Cvr, FagsystemId, Option<Priority>, Option<CriterionKind>) {
        let (priority, element) = rule.unzip();
        (cvr(authority), fagsystem(id), priority.and_then(Priority::new), element)
    }
}

prop_compose! {
    fn some_entry()(
        received_at in moment(),
        uuid in option::of(select(&UUIDS[..])),
        outcome in select(&OUTCOMES[..]),
        routed in option::of(some_routed()),
    ) -> (JournalEntry, Option<(Cvr, FagsystemId, Option<Priority>, Option<CriterionKind>)>) {
        let entry = JournalEntry { message_uuid: uuid.map(str::to_owned), ..JournalEntry::new(received_at, outcome) };
        (entry, routed)
    }
}

prop_compose! {
    fn some_query()(
        text in select(vec!["", " 8c2EA1 ", "366-42f8", "b_5d", "%", "\\", UUIDS[0], UUIDS[3], "ø"]),
        from in option::of(moment()),
        to in option::of(moment()),
        outcomes in subsequence(&OUTCOMES[..], 0..=3),
        fagsystems in subsequence(vec![(AUTHORITIES[0], FAGSYSTEMS[0]), (AUTHORITIES[1], FAGSYSTEMS[1])], 0..=2),
        grounds in subsequence(vec![None, Some(1), Some(3)], 0..=2),
        elements in subsequence(&ELEMENTS[..], 0..=1),
    ) -> MessageQuery {
        let ground = |rule: Option<u32>| match rule.and_then(Priority::new) {
            None => MessageGround::Default,
            Some(priority) => MessageGround::Rule { authority: cvr(AUTHORITIES[0]), priority, publication: None },
        };
        MessageQuery {
            text: text.to_owned(),
            from,
            to,
            outcomes,
            fagsystems: fagsystems.into_iter().map(|(authority, id)| (cvr(authority), fagsystem(id))).collect(),
            grounds: grounds.into_iter().map(ground).collect(),
            elements,
            ..MessageQuery::default()
        }
    }
}

/// Whether an entry fits, one condition after the other.
fn fits(query: &MessageQuery, entry: &JournalEntry) -> bool {
    let text = query.text.trim().to_lowercase();
    let has_text =
        text.is_empty() || entry.message_uuid.as_ref().is_some_and(|uuid| uuid.to_lowercase().contains(&text));
    let routed = entry.routed.as_ref();
    let is_on = |ground: &MessageGround| {
        routed.is_some_and(|routed| match ground {
            MessageGround::Default => routed.priority.is_none(),
            MessageGround::Rule { authority, priority, .. } => {
                routed.authority == *authority && routed.priority == Some(*priority)
            }
        })
    };
    let to = |(authority, id): &(Cvr, FagsystemId)| {
        routed.is_some_and(|routed| routed.authority == *authority && routed.fagsystem == *id)
    };
    has_text
        && query.from.is_none_or(|from| entry.received_at >= from)
        && query.to.is_none_or(|to| entry.received_at < to)
        && (query.outcomes.is_empty() || query.outcomes.contains(&entry.outcome))
        && (query.fagsystems.is_empty() || query.fagsystems.iter().any(to))
        && (query.grounds.is_empty() || query.grounds.iter().any(is_on))
        && (query.elements.is_empty()
            || routed.and_then(|it| it.element).is_some_and(|it| query.elements.contains(&it)))
}

fn numbers(rows: &[JournalRow]) -> Vec<i64> {
    rows.iter().map(|row| row.number).collect()
}

/// All pages after one another; before each, something is done.
fn all_pages(store: &Store, query: &MessageQuery, most: usize, mut before: impl FnMut()) -> Vec<i64> {
    let (mut read, mut place) = (Vec::new(), None);
    loop {
        let page = store.read_messages(query, place, most, || true).expect("readable").expect("wanted");
        assert!(page.rows.len() <= most);
        read.extend(numbers(&page.rows));
        place = page.next;
        if place.is_none() {
            return read;
        }
        before();
    }
}

fn count(store: &Store, query: &MessageQuery) -> u64 {
    store.count_messages(query, || true).expect("readable").expect("wanted")
}

/// A store with a publication.
fn published() -> (TempDir, Store) {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    (home, store)
}

async fn record(journal: &Journal, entries: impl IntoIterator<Item = JournalEntry>) {
    for written in join_all(entries.into_iter().map(|entry| journal.record(entry))).await {
        written.expect("it is written");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_fits_is_found_page_by_page_while_more_comes(
        entries in prop::collection::vec(some_entry(), 0..60),
        later in prop::collection::vec(some_entry(), 1..4),
        queries in prop::collection::vec((some_query(), 1_usize..9), 12),
    ) {
        let runtime = Runtime::new().expect("a runtime");
        let (_home, store) = published();
        let publication = store.newest_publication_number().expect("readable").expect("there is one");
        let journal = Journal::start(&store).expect("it starts");
        let whole = |(entry, routed): (JournalEntry, Option<_>)| {
            let routed = routed.map(|(authority, fagsystem, priority, element)| {
                Routed { publication, authority, fagsystem, priority, element }
            });
            JournalEntry { routed, ..entry }
        };
        let mut kept: Vec<_> = entries.into_iter().map(whole).collect();
        let later: Vec<_> = later.into_iter().map(whole).collect();
        runtime.block_on(record(&journal, kept.clone()));
        for (query, most) in queries {
            let fitting = kept.iter().zip(1_i64..).filter(|(entry, _)| fits(&query, entry));
            let mut expected: Vec<_> = fitting.map(|(_, number)| number).collect();
            expected.reverse();
            prop_assert_eq!(count(&store, &query), expected.len() as u64);
            let mut added = false;
            let found = all_pages(&store, &query, most, || {
                if !std::mem::replace(&mut added, true) {
                    runtime.block_on(record(&journal, later.clone()));
                    kept.extend(later.clone());
                }
            });
            prop_assert_eq!(found, expected, "{:?}", query);
        }
    }
}

#[test]
fn a_long_journal_is_read_whole_in_pieces() {
    only_of_files!();
    let (home, store) = published();
    let database = settled_database(home.path());
    database.pragma_update(None, "synchronous", "OFF").expect("a setting");
    let insert = "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted LIMIT 150000)
                  INSERT INTO journal (received_at, bytes, outcome, fagsystem, authority, publication, total_us)
                  SELECT n * 1000000000, 1,
                         iif(n % 9973 = 0, 'fagsystem.afvist', 'accepteret'), iif(n % 7919 = 0, 'esdh', 'byggesag'),
                         '66137112', 1, 1 FROM counted";
    database.execute(insert, []).expect("the test may write");
    // Numbers need not be next to one another.
    database.execute("DELETE FROM journal WHERE number BETWEEN 20000 AND 90000", []).expect("the test may write");
    let is_there = |number: &i64| !(20_000..=90_000).contains(number);
    let every = |nth: i64| (1..=150_000).rev().filter(|n| n % nth == 0).filter(is_there).collect::<Vec<_>>();
    let rejected = MessageQuery { outcomes: vec![Outcome::Rejected], ..MessageQuery::default() };
    let esdh = MessageQuery { fagsystems: vec![(cvr("66137112"), fagsystem("esdh"))], ..MessageQuery::default() };
    for (query, expected) in [(rejected, every(9_973)), (esdh, every(7_919))] {
        assert_eq!(all_pages(&store, &query, 3, || ()), expected);
        assert_eq!(count(&store, &query), expected.len() as u64);
        let mut handed = Vec::new();
        let each = |number, _| {
            handed.push(number);
            ControlFlow::Continue(())
        };
        store.each_message(&query, each).expect("readable");
        assert_eq!(handed, expected);
    }
    let all = all_pages(&store, &MessageQuery::default(), 10_000, || ());
    assert_eq!(all, (1..=150_000).rev().filter(is_there).collect::<Vec<_>>());
    let mut handed = 0;
    let each = |_, _| {
        handed += 1;
        if handed < 1_500 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    store.each_message(&MessageQuery::default(), each).expect("readable");
    assert_eq!(handed, 1_500);
    let limited = |from: i64, to: i64| MessageQuery {
        from: Some(Timestamp::UNIX_EPOCH + from.seconds()),
        to: Some(Timestamp::UNIX_EPOCH + to.seconds()),
        ..MessageQuery::default()
    };
    assert_eq!(all_pages(&store, &limited(19_990, 90_010), 4, || ()).len(), 10 + 9);
    assert_eq!(all_pages(&store, &limited(30_000, 40_000), 4, || ()), [0_i64; 0]);
    assert_eq!(count(&store, &limited(100_000, 100_500)), 500);
}

#[test]
fn a_search_that_is_no_longer_wanted_is_given_up() {
    let (_home, store) = published();
    let runtime = Runtime::new().expect("a runtime");
    let journal = Journal::start(&store).expect("it starts");
    runtime.block_on(record(&journal, [entry(&store, 0, Outcome::Accepted)]));
    let query = MessageQuery { text: "8c2e".to_owned(), ..MessageQuery::default() };
    assert!(store.read_messages(&query, None, 10, || false).expect("readable").is_none());
    assert_eq!(store.count_messages(&query, || false).expect("readable"), None);
    assert_eq!(count(&store, &query), 1);
}

#[tokio::test]
async fn news_are_new_rows_and_those_that_have_come_to_their_end() {
    let (_home, store) = published();
    let journal = Journal::start(&store).expect("it starts");
    let of = |uuid: &str, outcome| JournalEntry { message_uuid: Some(uuid.to_owned()), ..entry(&store, 0, outcome) };
    let mut under_way = Vec::new();
    for uuid in ["a", "b", "c"] {
        match journal.enter(of(uuid, Outcome::UnderWay)).await {
            Ok(Entered::Written(number)) => under_way.push(number),
            other => panic!("{other:?}"),
        }
    }
    let rejected = MessageQuery { outcomes: vec![Outcome::Rejected, Outcome::UnderWay], ..MessageQuery::default() };
    let page = store.read_messages(&rejected, None, 10, || true).expect("readable").expect("wanted");
    assert_eq!(numbers(&page.rows), [3, 2, 1]);
    let quiet = store.message_updates(&rejected, &page.watch, 10).expect("readable");
    assert!(quiet.rows.is_empty() && quiet.ended.is_empty() && !quiet.is_more && quiet.others == 0);
    assert_eq!(quiet.watch, page.watch);
    journal.conclude(1, of("a", Outcome::Accepted)).await.expect("written");
    journal.conclude(2, of("b", Outcome::Rejected)).await.expect("written");
    record(&journal, [of("d", Outcome::Rejected), of("e", Outcome::Accepted), of("f", Outcome::Rejected)]).await;
    let news = store.message_updates(&rejected, &page.watch, 10).expect("readable");
    let mut ended: Vec<_> = news.ended.iter().map(|(row, fits)| (row.number, row.outcome, *fits)).collect();
    ended.sort_by_key(|(number, ..)| *number);
    assert_eq!(ended, [(1, Outcome::Accepted, false), (2, Outcome::Rejected, true)]);
    assert_eq!((numbers(&news.rows), news.others, news.is_more), (vec![6, 4], 1, false));
    let few = store.message_updates(&rejected, &page.watch, 1).expect("readable");
    assert_eq!((numbers(&few.rows), few.is_more), (vec![6], true));
    let later = store.message_updates(&rejected, &news.watch, 10).expect("readable");
    assert!(later.rows.is_empty() && later.ended.is_empty() && later.others == 0);
}

#[tokio::test]
async fn a_story_tells_all_that_is_kept_and_every_time_that_the_message_came() {
    let (_home, store) = published();
    let journal = Journal::start(&store).expect("it starts");
    let first = JournalEntry { reason: Some(Reason::Silent), ..entry(&store, 0, Outcome::Unknown) };
    let lower = first.message_uuid.as_ref().map(|uuid| uuid.to_lowercase());
    let second = JournalEntry { message_uuid: lower, follows: Some(1), ..entry(&store, 60, Outcome::Accepted) };
    let other = JournalEntry { message_uuid: Some("another".to_owned()), ..entry(&store, 61, Outcome::Accepted) };
    let third = JournalEntry { repeats: Some(2), ..entry(&store, 120, Outcome::Accepted) };
    let nameless = JournalEntry::new(Timestamp::UNIX_EPOCH, Outcome::Invalid);
    record(&journal, [first, second.clone(), other, third, nameless]).await;
    let story = store.message_details(2).expect("readable").expect("it is there");
    let JournalEntry { facts: said, routed, answer, timing, outcome, reason, follows, .. } = story.entry;
    assert_eq!(said, Some((facts(), SenderKind::Company)));
    assert_eq!((routed, answer, timing), (second.routed, second.answer, second.timing));
    assert_eq!((story.number, outcome, reason, follows), (2, Outcome::Accepted, None, Some(1)));
    assert_eq!((story.entry.received_at, story.entry.bytes), (second.received_at, second.bytes));
    assert_eq!(numbers(&story.tries), [1, 2, 4]);
    assert_eq!(story.tries[0].reason, Some(Reason::Silent));
    assert_eq!(story.tries[2].repeats, Some(2));
    let nameless = store.message_details(5).expect("readable").expect("it is there");
    assert_eq!((numbers(&nameless.tries), nameless.entry.facts, nameless.entry.routed), (vec![5], None, None));
    assert_eq!(nameless.entry.timing, Timing::default());
    assert!(store.message_details(6).expect("readable").is_none());
}
