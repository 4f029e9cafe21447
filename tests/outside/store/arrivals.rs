//! Rows stand among the arrivals before they are in the journal: nothing that is read may tell the difference, whenever they are
//! moved and by whom.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{Timestamp, ToSpan};
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, FagsystemId, Priority, SenderKind};
use postfordeler::store::{
    Digest, Entered, Journal, JournalEntry, Outcome, PublicationNumber, Reason, Routed, Store, Timing,
};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{directory, facts, is_on_server, open, rules};
use crate::support::settled_database;

const UUIDS: [&str; 3] = [
    "5f0c6ab1-58b0-4f3d-a9a0-000000000001",
    "5F0C6AB1-58B0-4F3D-A9A0-00000000000A",
    "5f0c6ab1-58b0-4f3d-a9a0-00000000000a",
];

fn now() -> Timestamp {
    "2026-11-25T10:20:30Z".parse().expect("a time")
}

fn message(publication: PublicationNumber, journal: &Journal, uuid: &str, point: &str, content: &str) -> JournalEntry {
    let contact_point = Some(AddressedContactPoint { id: Some(Caseless::new(point)), group: None });
    let routed = Routed {
        publication,
        authority: "66137112".parse().expect("a CVR number"),
        fagsystem: FagsystemId::new(if point == "a" { "esdh" } else { "kp" }).expect("an id"),
        priority: (point == "a").then(|| Priority::new(10).expect("a priority")),
        element: None,
    };
    JournalEntry {
        message_uuid: Some(uuid.to_owned()),
        bytes: content.len() as u64,
        announced: Some(content.len() as u64),
        digest: Some(journal.digest_key().message(content.as_bytes(), uuid).digest()),
        facts: Some((Facts { contact_point, ..facts() }, SenderKind::Company)),
        routed: Some(routed),
        ..JournalEntry::new(now(), Outcome::UnderWay)
    }
}

/// All that is counted of the journal, and what its rows say should be counted. Rows that repeat another count for nothing, and
/// those under way not yet.
fn counts(database: &Connection) -> [BTreeMap<String, i64>; 4] {
    let counted = |query: &str| {
        let mut statement = database.prepare(query).expect("the query is right");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("it can be read");
        rows.map(Result::unwrap).collect()
    };
    [
        counted("SELECT outcome || ' ' || fagsystem || ' ' || by_default, sum(messages) FROM hours GROUP BY 1"),
        counted(
            "SELECT outcome || ' ' || coalesce(fagsystem, '') || ' ' || (fagsystem IS NOT NULL AND priority IS NULL), count(*)
             FROM journal WHERE repeats IS NULL AND outcome <> 'undervejs' GROUP BY 1",
        ),
        counted("SELECT publication || ' ' || priority, sum(hits) FROM hits GROUP BY 1"),
        counted(
            "SELECT publication || ' ' || coalesce(priority, 0), count(*) FROM journal
             WHERE is_first AND fagsystem IS NOT NULL GROUP BY 1",
        ),
    ]
}

fn assert_counted(database: &Connection) {
    let [hours, of_rows, hits, hits_of_rows] = counts(database);
    assert_eq!(hours, of_rows, "the hours count what the rows say");
    assert_eq!(hits, hits_of_rows, "the hits count what the rows say");
}

/// Puts all rows back where a router writes them first, and takes back what was counted of them: so a router leaves them that is
/// killed before they are moved.
fn as_left_by_a_killed_router(data: &Path) {
    let database = settled_database(data);
    let columns = "number, received_at, message_uuid, transmission_id, bytes, sender_kind, sender_cvr, authority,
                   recipient_cvr, contact_point, contact_point_id, contact_group, kle, form, post_type, publication,
                   fagsystem, priority, element, outcome, reason, answer_status, answer_code, header_us, whole_us,
                   answer_us, total_us, repeats, follows, is_first, facts_digest, digest, differs_from, caller";
    let undo = format!(
        "BEGIN; INSERT INTO arrivals ({columns}, ended) SELECT {columns}, iif(outcome = 'undervejs', NULL, number) FROM journal;
         DELETE FROM journal; DELETE FROM hours; DELETE FROM hits; DELETE FROM standings; COMMIT"
    );
    database.execute_batch(&undo).expect("the test may write");
}

/// Three rows with their outcomes, and one under way.
fn some_rows(home: &TempDir) -> PublicationNumber {
    let store = open(home);
    let publication = store.publish_over(&rules("By"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    Runtime::new().expect("a runtime").block_on(async {
        for (uuid, outcome) in UUIDS.into_iter().zip([Some(Outcome::Accepted), Some(Outcome::Unavailable), None]) {
            // The last two have one messageUUID: it is written in two ways.
            let entry = message(publication, &journal, uuid, "a", "indhold");
            let Ok(Entered::Written(number)) = journal.enter(entry.clone()).await else { panic!("it is new") };
            if let Some(outcome) = outcome {
                let reason = (outcome == Outcome::Unavailable).then_some(Reason::NoAnswer);
                let ended = JournalEntry { outcome, reason, ..entry };
                journal.conclude(number, ended).await.expect("it is written");
            }
        }
        journal.record(JournalEntry::new(now(), Outcome::Invalid)).await.expect("it is written");
    });
    publication
}

#[test]
fn what_has_just_been_written_is_read_by_everybody() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let other = open(&home);
    let publication = store.publish_over(&rules("By"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    Runtime::new().expect("a runtime").block_on(async {
        for round in 1..=20 {
            let uuid = uuid::Uuid::new_v4().to_string();
            let entry = message(publication, &journal, &uuid, "a", "indhold");
            let Ok(Entered::Written(number)) = journal.enter(entry.clone()).await else { panic!("it is new") };
            let rows = other.newest_journal_rows(1).expect("they can be read");
            assert_eq!((rows[0].number, rows[0].outcome), (number, Outcome::UnderWay));
            assert_eq!(rows[0].message_uuid.as_deref(), Some(uuid.as_str()));
            let ended = JournalEntry { outcome: Outcome::Accepted, ..entry };
            journal.conclude(number, ended).await.expect("it is written");
            // Even rounds read in between, so that the row has been moved when it ends.
            if round % 2 == 0 {
                assert_eq!(other.newest_journal_rows(1).expect("they can be read")[0].outcome, Outcome::Accepted);
            }
            let hits = other.rule_hits("2026-11-01".parse().expect("a day")).expect("they can be read");
            assert_eq!(hits.iter().map(|rule| rule.hits).collect::<Vec<_>>(), [round]);
            let days = other.tally_by_day(now() - 48.hours()).expect("they can be read");
            assert_eq!(days.iter().map(|day| day.messages).collect::<Vec<_>>(), [i64::try_from(round).unwrap()]);
        }
    });
    drop(journal);
    assert_counted(&settled_database(home.path()));
}

#[test]
fn what_a_killed_router_left_among_the_arrivals_is_taken_up_by_the_next() {
    only_of_files!();
    let home = directory();
    some_rows(&home);
    let before: Vec<_> = open(&home).newest_journal_rows(9).expect("they can be read");
    as_left_by_a_killed_router(home.path());
    let store = open(&home);
    assert_eq!(store.newest_journal_rows(9).expect("they can be read"), before, "a window reads them as they were");
    assert_counted(&settled_database(home.path()));

    as_left_by_a_killed_router(home.path());
    let lock = store.lock_router().expect("no router runs");
    let outcomes: Vec<_> =
        store.newest_journal_rows(9).expect("they can be read").iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Invalid, Outcome::Unknown, Outcome::Unavailable, Outcome::Accepted]);
    assert_counted(&settled_database(home.path()));
    drop(lock);
}

#[test]
fn more_arrivals_than_are_moved_at_a_time_are_all_read() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("By"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    let rows = JournalEntry::new(now(), Outcome::Invalid);
    Runtime::new().expect("a runtime").block_on(async {
        futures_util::future::try_join_all((0..600).map(|_| journal.record(rows.clone())))
            .await
            .expect("they are written");
    });
    drop(journal);
    as_left_by_a_killed_router(home.path());
    assert_eq!(store.newest_journal_rows(700).expect("they can be read").len(), 600);
    assert_counted(&settled_database(home.path()));
}

#[test]
fn a_message_is_recognised_while_its_row_stands_among_the_arrivals() {
    only_of_files!();
    let home = directory();
    let publication = some_rows(&home);
    as_left_by_a_killed_router(home.path());
    let store = open(&home);
    // Without a look at the journal before it, and in other letters than the row has.
    let journal = Journal::start(&store).expect("it starts");
    Runtime::new().expect("a runtime").block_on(async {
        let again = message(publication, &journal, &UUIDS[0].to_ascii_uppercase(), "a", "indhold");
        let entered = journal.enter(again).await.expect("it can be read");
        assert!(matches!(&entered, Entered::Accepted(earlier) if earlier.number == 1), "{entered:?}");
        let bound = message(publication, &journal, UUIDS[1], "a", "indhold");
        let entered = journal.enter(bound).await.expect("it can be read");
        assert!(matches!(&entered, Entered::Bound(earlier) if earlier.number == 3), "{entered:?}");
    });
}

#[test]
fn a_copy_has_the_rows_that_stand_among_the_arrivals() {
    only_of_files!();
    let home = directory();
    some_rows(&home);
    as_left_by_a_killed_router(home.path());
    let copies = directory();
    let to = copies.path().join("kopi.zip");
    let facts = open(&home).back_up(&to, None, false).expect("it is copied");
    assert_eq!((facts.rows, facts.last_message), (4, Some(now())));

    // What is replaced has a message more than the copy, and that one is only among the arrivals.
    let store = open(&home);
    let journal = Journal::start(&store).expect("it starts");
    Runtime::new().expect("a runtime").block_on(async {
        let publication = store.newest_publication_number().expect("it can be read").expect("there is one");
        let later = message(publication, &journal, "5f0c6ab1-58b0-4f3d-a9a0-0000000000ff", "a", "indhold");
        journal.record(JournalEntry { outcome: Outcome::Accepted, ..later }).await.expect("it is written");
    });
    drop((journal, store));
    as_left_by_a_killed_router(home.path());
    let restored = postfordeler::store::restore(home.path(), &to, None).expect("it is restored");
    assert_eq!((restored.copy.rows, restored.accepted_besides), (4, Some(1)));
    assert_counted(&settled_database(home.path()));
}

/// What happens to a journal.
#[derive(Debug, Clone)]
enum Step {
    /// A message comes, with that messageUUID, contact point and content, of which the length is told beforehand or not.
    Comes { uuid: usize, point: bool, content: bool, is_announced: bool },
    /// One of those under way ends.
    Ends { which: usize, outcome: Outcome },
    /// One is refused.
    Refused { uuid: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let outcomes = [Outcome::Accepted, Outcome::Rejected, Outcome::Unavailable, Outcome::Unknown];
    prop_oneof![
        4 => (0..UUIDS.len(), any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(uuid, point, content, is_announced)| Step::Comes { uuid, point, content, is_announced }),
        4 => (any::<usize>(), prop::sample::select(outcomes.to_vec()))
            .prop_map(|(which, outcome)| Step::Ends { which, outcome }),
        1 => (0..UUIDS.len()).prop_map(|uuid| Step::Refused { uuid }),
    ]
}

/// Without the digests, whose key each data directory has for itself.
fn in_short(entered: &Entered) -> String {
    match entered {
        Entered::Accepted(earlier) => format!("accepted in row {}", earlier.number),
        Entered::Bound(earlier) => format!("bound to row {}", earlier.number),
        Entered::Differs(earlier) => format!("differs from row {}", earlier.number),
        Entered::Undecided { accepted, has_differed } => {
            let rows: Vec<_> = accepted.iter().map(|earlier| earlier.number).collect();
            format!("one of rows {rows:?} or another, {has_differed}")
        }
        other => format!("{other:?}"),
    }
}

/// Carries the steps out; after each, everything written is moved into the journal where that is so. Returns what each call
/// was told.
async fn carry_out(store: &Store, steps: &[(Step, bool)], publication: PublicationNumber) -> Vec<String> {
    let journal = Journal::start(store).expect("it starts");
    let (mut under_way, mut told) = (Vec::new(), Vec::new());
    for (step, is_read) in steps {
        match step {
            Step::Comes { uuid, point, content, is_announced } => {
                let (point, content) = (if *point { "a" } else { "b" }, if *content { "et" } else { "andet" });
                let whole = message(publication, &journal, UUIDS[*uuid], point, content);
                let digest: Option<Digest> = whole.digest.filter(|_| *is_announced);
                let announced = whole.announced.filter(|_| *is_announced);
                let mut entry = JournalEntry { digest, announced, ..whole };
                loop {
                    let entered = journal.enter(entry.clone()).await.expect("it can be written");
                    told.push(in_short(&entered));
                    match entered {
                        Entered::Written(number) => under_way.push((number, entry)),
                        // It follows the one that it is bound to.
                        Entered::Bound(earlier) | Entered::Differs(earlier) => {
                            entry.follows = Some(earlier.number);
                            continue;
                        }
                        _ => {}
                    }
                    break;
                }
            }
            Step::Ends { which, outcome } if !under_way.is_empty() => {
                let (number, entry) = under_way.swap_remove(which % under_way.len());
                let timing = Timing { total: std::time::Duration::from_millis(number.unsigned_abs()), ..entry.timing };
                let ended = JournalEntry { outcome: *outcome, timing, ..entry };
                journal.conclude(number, ended).await.expect("it can be written");
            }
            Step::Ends { .. } => {}
            Step::Refused { uuid } => {
                let entry = JournalEntry {
                    message_uuid: Some(UUIDS[*uuid].to_owned()),
                    ..JournalEntry::new(now(), Outcome::Busy)
                };
                journal.record(entry).await.expect("it can be written");
            }
        }
        if *is_read {
            store.count_journal().expect("it can be read");
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_a_call_is_told_and_what_is_counted_do_not_depend_on_when_rows_are_moved(
        steps in prop::collection::vec((step(), any::<bool>()), 1..24)
    ) {
        if is_on_server() {
            return Ok(());
        }
        let runtime = Runtime::new().expect("a runtime");
        let run = |steps: &[(Step, bool)]| {
            let home = directory();
            let store = open(&home);
            let publication = store.publish_over(&rules("By"), "").expect("it is published");
            let told = runtime.block_on(carry_out(&store, steps, publication));
            let rows = store.newest_journal_rows(99).expect("they can be read");
            assert_counted(&settled_database(home.path()));
            let records = store.delivery_records().expect("they can be read");
            (told, rows, records.len())
        };
        let moved_at_once: Vec<_> = steps.iter().map(|(step, _)| (step.clone(), true)).collect();
        prop_assert_eq!(run(&steps), run(&moved_at_once));
    }
}
