//! What became of the messages that came, and what would become of them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use postfordeler::exchange::Progress;
use postfordeler::rules::{
    Cvr, Distributor, Facts, FagsystemId, Priority, Receiver, Replay, RuleBook, Sender, SenderKind, Way,
};
use postfordeler::store::{DaySpan, Journal, JournalEntry, Outcome, PublicationNumber, ReplayQuestion, Routed, Store};
use proptest::prelude::*;

use super::{directory, is_on_server, open};
use crate::rules::books;
use crate::support::{block_on, settled_database};

const DAY: Date = date(2026, 3, 1);

fn cvr() -> Cvr {
    "66137112".parse().expect("a CVR number")
}

fn receiver(authority: Cvr, fagsystem: &str) -> Receiver {
    Receiver { authority, fagsystem: FagsystemId::new(fagsystem).expect("not empty") }
}

/// Everything on KLE group 32 goes to `ydelse`, by rule 7, and the rest to `esdh`.
fn rules() -> Distributor {
    let rule = books::rule(7, postfordeler::rules::Criterion::Kle("32".parse().expect("a KLE number")));
    let book = RuleBook { authorities: vec![books::authority(cvr(), vec![rule])], ..RuleBook::default() };
    book.compile().expect("it has no fault")
}

fn store() -> (tempfile::TempDir, Store, PublicationNumber) {
    let home = directory();
    let store = open(&home);
    let publication = store.publish_over(&rules(), "").expect("it is published");
    (home, store, publication)
}

/// A person's message on that KLE number, which came at that time and went to `esdh`.
fn message(publication: PublicationNumber, at: &str, uuid: &str, kle: &str) -> JournalEntry {
    let facts = Facts { kle: kle.parse().ok(), ..Facts::new(Sender::Person, cvr()) };
    JournalEntry {
        message_uuid: Some(uuid.to_owned()),
        facts: Some((facts, SenderKind::Person)),
        routed: Some(routed(publication, cvr(), "esdh")),
        ..JournalEntry::new(at.parse().expect("a time"), Outcome::Accepted)
    }
}

fn routed(publication: PublicationNumber, authority: Cvr, fagsystem: &str) -> Routed {
    let fagsystem = receiver(authority, fagsystem).fagsystem;
    Routed { publication, authority, fagsystem, priority: None, element: None }
}

fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for entry in entries {
        block_on(journal.record(entry)).expect("it is written");
    }
}

fn question() -> ReplayQuestion {
    ReplayQuestion { span: DaySpan { from: DAY, to: DAY + 30.days() }, day: DAY, most_listed: 10 }
}

fn replay(store: &Store, rules: &Distributor, question: &ReplayQuestion) -> Replay {
    store.replay(rules, question, &Progress::default()).expect("it can be read").expect("nobody stops it")
}

/// From where to where, by which rule, how many. Nobody is a dash.
type Told = (String, String, Option<u32>, u64);

fn told(replay: &Replay) -> Vec<Told> {
    let name =
        |receiver: &Option<Receiver>| receiver.as_ref().map_or_else(|| "-".to_owned(), |it| it.fagsystem.to_string());
    let of = |(way, flow): (&Way, &postfordeler::rules::Flow)| {
        let (from, to) = (name(&way.from), name(&way.to));
        let rules = flow.rules.iter();
        let told = rules.map(|(priority, share)| (from.clone(), to.clone(), priority.map(Priority::get), share.count));
        told.collect::<Vec<_>>()
    };
    replay.flows.iter().flat_map(of).collect()
}

fn to(fagsystem: &str) -> String {
    fagsystem.to_owned()
}

#[test]
fn messages_are_told_by_where_they_went_and_where_they_would_go() {
    let (_home, store, publication) = store();
    let at = "2026-03-02T10:00:00Z";
    record(
        &store,
        [
            message(publication, at, "A", "32.18.04"),
            message(publication, at, "B", "32.18.04"),
            message(publication, at, "C", "27.36"),
        ],
    );
    let replay = replay(&store, &rules(), &question());
    assert_eq!(told(&replay), [(to("esdh"), to("esdh"), None, 1), (to("esdh"), to("ydelse"), Some(7), 2)]);
    assert_eq!((replay.messages(), replay.unchanged()), (3, 1));
    let [(_, flow)] = replay.moved()[..] else { panic!("one flow: {replay:?}") };
    assert_eq!(flow.rules[&Priority::new(7)].listed, [2, 1], "the newest first");
    let rows = store.journal_rows(&[2, 99, 1]).expect("they can be read");
    assert_eq!(rows.iter().map(|row| row.message_uuid.as_deref()).collect::<Vec<_>>(), [Some("B"), Some("A")]);
}

#[test]
fn a_message_counts_once_and_went_where_it_was_accepted_in_the_end() {
    use Outcome::{Accepted, Busy, Rejected, Unavailable};
    let (_home, store, publication) = store();
    let came = |uuid: &str, outcome, fagsystem: Option<&str>| JournalEntry {
        outcome,
        routed: fagsystem.map(|id| routed(publication, cvr(), id)),
        ..message(publication, "2026-03-02T10:00:00Z", uuid, "32.18.04")
    };
    let of_another = |entry| JournalEntry { differs_from: Some(1), ..entry };
    record(
        &store,
        [
            // Accepted at once: nothing later counts.
            came("A", Accepted, Some("esdh")),
            came("A", Accepted, Some("ydelse")),
            // Accepted in the end, by another one.
            came("B", Unavailable, Some("esdh")),
            came("b", Accepted, Some("ydelse")),
            came("B", Unavailable, Some("arkiv")),
            // Never accepted: where it went last.
            came("C", Busy, None),
            came("C", Rejected, Some("esdh")),
            came("C", Rejected, Some("arkiv")),
            came("C", Busy, None),
            // What another message with the same messageUUID met says nothing.
            came("D", Rejected, Some("esdh")),
            of_another(came("D", Accepted, Some("arkiv"))),
            // Refused before a fagsystem was chosen.
            came("E", Busy, None),
        ],
    );
    assert_eq!(
        told(&replay(&store, &rules(), &question())),
        [
            (to("-"), to("ydelse"), Some(7), 1),
            (to("arkiv"), to("ydelse"), Some(7), 1),
            (to("esdh"), to("ydelse"), Some(7), 2),
            (to("ydelse"), to("ydelse"), Some(7), 1),
        ]
    );
}

#[test]
fn messages_that_nobody_could_read_are_left_out_and_those_for_nobody_are_refused() {
    let (_home, store, publication) = store();
    let at = "2026-03-02T10:00:00Z";
    let other = Facts::new(Sender::Person, "29189846".parse().expect("a CVR number"));
    let none = JournalEntry { routed: None, ..message(publication, at, "A", "32.18.04") };
    record(
        &store,
        [
            JournalEntry { facts: None, ..none.clone() },
            JournalEntry {
                message_uuid: Some("B".to_owned()),
                facts: Some((other.clone(), SenderKind::Person)),
                outcome: Outcome::UnknownRecipient,
                ..none
            },
            JournalEntry { facts: Some((other, SenderKind::Person)), ..message(publication, at, "C", "32") },
        ],
    );
    let replay = replay(&store, &rules(), &question());
    assert_eq!(told(&replay), [(to("-"), to("-"), None, 1), (to("esdh"), to("-"), None, 1)]);
    assert_eq!((replay.messages(), replay.unchanged()), (2, 1));
}

#[test]
fn the_days_of_a_span_are_danish_and_both_inside() {
    let (_home, store, publication) = store();
    // The first and the last moment of 10 March in Denmark, and their neighbours.
    let times = ["2026-03-09T22:59:59.9Z", "2026-03-09T23:00:00Z", "2026-03-10T22:59:59.9Z", "2026-03-10T23:00:00Z"];
    let entries = times.iter().zip(["27", "28", "29", "30"]).map(|(at, kle)| message(publication, at, kle, kle));
    record(&store, entries);
    let within = |from, to| {
        let span = DaySpan { from, to };
        replay(&store, &rules(), &ReplayQuestion { span, ..question() }).messages()
    };
    let (ninth, tenth, eleventh) = (date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11));
    assert_eq!(within(tenth, tenth), 2);
    assert_eq!((within(ninth, tenth), within(tenth, eleventh), within(ninth, eleventh)), (3, 3, 4));
    assert_eq!((within(Date::MIN, ninth), within(eleventh, Date::MAX), within(Date::MIN, Date::MAX)), (1, 1, 4));
    assert_eq!(within(eleventh, ninth), 0, "a span that ends before it begins is empty");
    assert_eq!(DaySpan::last(30, tenth), DaySpan { from: date(2026, 2, 9), to: tenth });
    assert_eq!(DaySpan::last(1, tenth), DaySpan { from: tenth, to: tenth });
}

#[test]
fn rows_far_apart_in_time_are_found_all_the_same() {
    only_of_files!();
    let (home, store, publication) = store();
    record(&store, (0..3).map(|at| message(publication, "2026-03-10T12:00:00Z", &format!("M{at}"), "27")));
    // Many others between the first and the last, as after a clock that was wrong.
    let others = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 500)
                  INSERT INTO journal (received_at, bytes, sender_kind, contact_point, post_type, outcome, total_us)
                  SELECT 0, 1, 'person', 0, 'anden', 'accepteret', 1 FROM numbers";
    settled_database(home.path()).execute(others, []).expect("the test may write");
    record(&store, (3..6).map(|at| message(publication, "2026-03-10T12:00:00Z", &format!("M{at}"), "32")));
    assert_eq!(
        told(&replay(&store, &rules(), &question())),
        [(to("esdh"), to("esdh"), None, 3), (to("esdh"), to("ydelse"), Some(7), 3)]
    );
}

#[test]
fn it_tells_how_far_it_is_and_can_be_stopped() {
    only_of_files!();
    let (home, store, _) = store();
    let many = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 10000)
                INSERT INTO journal (received_at, bytes, sender_kind, contact_point, post_type, outcome, total_us)
                SELECT 1773144000000000000 + n, 1, 'person', 0, 'anden', 'accepteret', 1 FROM numbers";
    settled_database(home.path()).execute(many, []).expect("the test may write");
    let progress = Progress::default();
    let done = store.replay(&rules(), &question(), &progress).expect("it can be read");
    assert_eq!(done.expect("nobody stops it").messages(), 10_000);
    assert_eq!((progress.done(), progress.all()), (10_000, Some(10_000)));
    let stopped = Progress::default();
    stopped.stop();
    assert_eq!(store.replay(&rules(), &question(), &stopped).expect("it can be read"), None);
    assert!(stopped.done() < 10_000, "{}", stopped.done());
}

#[test]
fn an_authority_with_a_new_main_number_is_still_the_same() {
    let (_home, store, publication) = store();
    record(&store, [message(publication, "2026-03-02T10:00:00Z", "A", "27")]);
    let mut book = RuleBook::clone(rules().book());
    book.authorities[0].more_cvrs = vec![cvr()];
    book.authorities[0].cvr = "29189846".parse().expect("a CVR number");
    let replay = replay(&store, &book.compile().expect("it has no fault"), &question());
    assert_eq!((replay.messages(), replay.unchanged()), (1, 1));
}

/// A message as it came, once or several times: what it said, whether an authority wrote it, and each time where it went.
#[derive(Debug, Clone)]
struct Came {
    facts: Facts,
    times: Vec<(bool, Option<usize>)>,
}

const WENT_TO: [&str; 3] = ["esdh", "ydelse", "arkiv"];

fn any_came() -> impl Strategy<Value = Came> {
    let time = (any::<bool>(), proptest::option::weighted(0.8, 0..WENT_TO.len()));
    (books::any_facts(), prop::collection::vec(time, 1..4)).prop_map(|(facts, times)| Came { facts, times })
}

/// Where the journal says that it went in the end.
fn went(came: &Came) -> Option<usize> {
    let accepted = came.times.iter().find(|(is_accepted, _)| *is_accepted).and_then(|(_, to)| *to);
    accepted.or_else(|| came.times.iter().rev().find_map(|(_, to)| *to))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_replay_is_what_becomes_of_each_message_alone(
        book in books::any_book(),
        came in prop::collection::vec(any_came(), 1..20),
        repeated in 1..4_usize,
        day in books::any_day(),
    ) {
        let (_home, store, publication) = store();
        let distributor = book.compile().expect("the books of tests have no fault");
        let authority = book.authorities[0].cvr;
        let mut expected = BTreeMap::new();
        let mut entries = Vec::new();
        for (number, came) in (0..repeated).flat_map(|_| &came).enumerate() {
            let mut came = came.clone();
            // Of a sender whom the store's publication lists it is taken that the number makes it an authority.
            let lists = |cvr: Cvr| rules().book().authority_cvrs().contains(&cvr);
            if let Sender::Organisation(Some(cvr)) = came.facts.sender
                && lists(cvr)
            {
                came.facts.sender_has_contact_point = false;
            }
            let kind = distributor.sender_kind(&came.facts);
            let is_accepted = |(accepted, to): &(bool, Option<usize>)| *accepted && to.is_some();
            // Once accepted, a message is not sent anywhere else.
            let until = came.times.iter().position(is_accepted).map_or(came.times.len(), |at| at + 1);
            let came = Came { times: came.times[..until].to_vec(), ..came.clone() };
            for time in &came.times {
                entries.push(JournalEntry {
                    message_uuid: Some(format!("M{number}")),
                    facts: Some((came.facts.clone(), kind)),
                    routed: time.1.map(|to| routed(publication, authority, WENT_TO[to])),
                    ..JournalEntry::new(
                        Timestamp::UNIX_EPOCH,
                        if is_accepted(time) { Outcome::Accepted } else { Outcome::Unavailable },
                    )
                });
            }
            let times = came.times.iter().map(|it| (is_accepted(it), it.1)).collect();
            let from = went(&Came { times, ..came.clone() }).map(|to| receiver(authority, WENT_TO[to]));
            let decision = distributor.decide(&came.facts, day).ok();
            let to = decision.as_ref().map(|it| receiver(it.authority.cvr, it.fagsystem.id.as_str()));
            let priority = decision.and_then(|it| it.ground.priority());
            *expected.entry((Way { from, to }, priority)).or_insert(0) += 1;
        }
        record(&store, entries);
        let question = ReplayQuestion { span: DaySpan { from: Date::MIN, to: Date::MAX }, day, most_listed: 1_000 };
        let replay = replay(&store, &distributor, &question);
        let mut counted = BTreeMap::new();
        for (way, flow) in &replay.flows {
            for (priority, share) in &flow.rules {
                counted.insert((way.clone(), *priority), share.count);
                prop_assert_eq!(share.listed.len() as u64, if way.is_move() { share.count } else { 0 });
            }
        }
        prop_assert_eq!(counted, expected);
    }
}
