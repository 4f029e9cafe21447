//! What came: how often each rule decided, and what the messages said.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, PostType, Priority, Sender, SenderKind};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed, Store, Traffic};

use super::{directory, entry, facts, is_on_server, open, rules};
use crate::support::settled_database;

const SINCE_EVER: Timestamp = Timestamp::UNIX_EPOCH;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A message that came at that time, a rule's.
fn message(store: &Store, at: &str, uuid: &str) -> JournalEntry {
    let message_uuid = Some(uuid.to_owned());
    JournalEntry { received_at: time(at), message_uuid, ..entry(store, 0, Outcome::Accepted) }
}

/// A message that says this.
fn saying(store: &Store, second: i64, facts: Facts, sender: SenderKind) -> JournalEntry {
    let facts = Some((facts, sender));
    JournalEntry { message_uuid: None, facts, ..entry(store, second, Outcome::Accepted) }
}

fn by(entry: JournalEntry, change: impl FnOnce(&mut Routed)) -> JournalEntry {
    let mut routed = entry.routed.expect("it was sent somewhere");
    change(&mut routed);
    JournalEntry { routed: Some(routed), ..entry }
}

async fn record(store: &Store, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(store).expect("it starts");
    for entry in entries {
        journal.record(entry).await.expect("it is written");
    }
}

fn hits(store: &Store, since: Date) -> Vec<(Option<u32>, u64, Timestamp)> {
    let hits = store.rule_hits(since).expect("they can be read");
    hits.iter().map(|hits| (hits.priority.map(Priority::get), hits.hits, hits.last)).collect()
}

fn read(store: &Store, since: Timestamp, after: i64) -> Traffic {
    store.traffic(since, after).expect("it can be read")
}

#[tokio::test]
async fn a_message_that_is_sent_again_counts_once_for_the_rule_that_took_it_first() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    record(&store, [message(&store, "2026-03-01T10:00:00Z", "A"), message(&store, "2026-03-01T11:00:00Z", "B")]).await;
    drop(store);
    let store = open(&home);
    store.publish_over(&rules("Anden"), "").expect("it is published");
    let elsewhere = by(message(&store, "2026-03-02T10:00:00Z", "A"), |routed| routed.priority = Priority::new(1));
    record(&store, [message(&store, "2026-03-02T09:00:00Z", "B"), elsewhere]).await;
    assert_eq!(hits(&store, date(2026, 3, 1)), [(Some(25), 2, time("2026-03-01T11:00:00Z"))]);
    let traffic = read(&store, SINCE_EVER, 0);
    assert_eq!((traffic.count(), traffic.newest()), (2, 4));
}

#[tokio::test]
async fn messages_without_a_uuid_are_each_another() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let nameless = JournalEntry { message_uuid: None, ..message(&store, "2026-03-01T10:00:00Z", "") };
    record(&store, [nameless.clone(), nameless]).await;
    assert_eq!(hits(&store, date(2026, 3, 1)), [(Some(25), 2, time("2026-03-01T10:00:00Z"))]);
    assert_eq!(read(&store, SINCE_EVER, 0).count(), 2);
}

#[tokio::test]
async fn messages_that_went_nowhere_are_no_rules() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    record(&store, [JournalEntry { routed: None, ..message(&store, "2026-03-01T10:00:00Z", "A") }]).await;
    assert_eq!(hits(&store, date(2026, 3, 1)), []);
    assert_eq!(read(&store, SINCE_EVER, 0).count(), 1, "what it said is known all the same");
}

#[tokio::test]
async fn hits_are_told_of_each_authority_publication_and_rule_and_of_the_default_recipient() {
    let home = directory();
    let store = open(&home);
    let first = store.publish_over(&rules("Første"), "").expect("it is published");
    let own = || JournalEntry { message_uuid: None, ..message(&store, "2026-03-01T10:00:00Z", "") };
    record(&store, [own(), own(), by(own(), |it| it.priority = Priority::new(7))]).await;
    record(&store, [by(own(), |it| it.priority = None)]).await;
    let other = "29189846".parse().expect("a CVR number");
    record(&store, [by(own(), |it| it.authority = other)]).await;
    let second = store.publish_over(&rules("Anden"), "").expect("it is published");
    record(&store, [own()]).await;
    let ours = "66137112".parse().expect("a CVR number");
    let mut told: Vec<_> = store.rule_hits(date(2026, 3, 1)).expect("they can be read");
    told.sort_by_key(|hits| (hits.authority, hits.publication, hits.priority));
    let told: Vec<_> = told.iter().map(|it| (it.authority, it.publication, it.priority, it.hits)).collect();
    let expected = [
        (other, first, Priority::new(25), 1),
        (ours, first, None, 1),
        (ours, first, Priority::new(7), 1),
        (ours, first, Priority::new(25), 2),
        (ours, second, Priority::new(25), 1),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn hits_are_those_since_the_day_and_the_last_is_the_last_ever() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    // The part of a second is the later one, though a point comes before a Z.
    let times = ["2026-02-28T23:59:59.5Z", "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z", "2026-02-28T12:00:00Z"];
    for (at, uuid) in times.iter().zip(["A", "B", "C", "D"]) {
        record(&store, [message(&store, at, uuid)]).await;
    }
    let last = time("2026-03-01T00:00:00Z");
    assert_eq!(hits(&store, date(2026, 2, 27)), [(Some(25), 4, last)]);
    assert_eq!(hits(&store, date(2026, 2, 28)), [(Some(25), 4, last)]);
    assert_eq!(hits(&store, date(2026, 3, 1)), [(Some(25), 1, last)]);
    assert_eq!(hits(&store, date(2026, 3, 2)), [(Some(25), 0, last)], "that it ever decided is told");
    let other = directory();
    let store = open(&other);
    store.publish_over(&rules("Første"), "").expect("it is published");
    record(&store, [message(&store, times[0], "A"), message(&store, times[1], "B")]).await;
    assert_eq!(hits(&store, date(2026, 2, 28)), [(Some(25), 2, time(times[0]))]);
}

#[tokio::test]
async fn messages_that_say_the_same_are_counted_together() {
    let home = directory();
    let store = open(&home);
    let shouted = AddressedContactPoint {
        id: Some(Caseless::new("163710ae-5078-350C-0000-000000000440")),
        group: Some(Caseless::new("BØRN")),
    };
    let same = Facts { contact_point: Some(shouted), ..facts() };
    let other = Facts { kle: "27.36".parse().ok(), ..facts() };
    let said = [facts(), other.clone(), same, facts()];
    record(&store, said.into_iter().zip(0..).map(|(said, at)| saying(&store, at, said, SenderKind::Company))).await;
    let traffic = read(&store, SINCE_EVER, 0);
    assert_eq!((traffic.count(), traffic.kinds()), (4, 2));
    let count_of = |facts: &Facts| traffic.messages().find(|(said, _)| *said == facts).map(|(_, count)| count);
    assert_eq!((count_of(&facts()), count_of(&other)), (Some(3), Some(1)));
    assert_eq!(traffic.messages().count(), 2);
}

#[tokio::test]
async fn everything_that_rules_look_at_is_told_again() {
    let home = directory();
    let store = open(&home);
    let bare = Facts {
        sender: Sender::Person,
        sender_has_contact_point: false,
        recipient: None,
        contact_point: None,
        kle: None,
        form: None,
        post_type: None,
    };
    let point = |id: Option<&str>, group: Option<&str>| {
        let (id, group) = (id.map(Caseless::new), group.map(Caseless::new));
        Facts { contact_point: Some(AddressedContactPoint { id, group }), ..bare.clone() }
    };
    let post = |post_type| Facts { post_type: Some(post_type), ..bare.clone() };
    let authority = Facts { sender_has_contact_point: true, ..facts() };
    let all = [
        (bare.clone(), SenderKind::Person),
        (Facts { sender: Sender::Other, ..bare.clone() }, SenderKind::Other),
        (Facts { sender: Sender::Organisation(None), ..bare.clone() }, SenderKind::Company),
        (Facts { recipient: "66137112".parse().ok(), ..bare.clone() }, SenderKind::Person),
        (facts(), SenderKind::Company),
        (authority, SenderKind::Authority),
        (point(None, None), SenderKind::Person),
        (point(Some("Dagtilbud"), None), SenderKind::Person),
        (point(None, Some("Dagtilbud")), SenderKind::Person),
        (Facts { kle: "27".parse().ok(), ..bare.clone() }, SenderKind::Person),
        (Facts { form: "10.05.03.10".parse().ok(), ..bare.clone() }, SenderKind::Person),
        (post(PostType::Authority), SenderKind::Person),
        (post(PostType::Company), SenderKind::Person),
        (post(PostType::Unspecified), SenderKind::Person),
    ];
    record(&store, all.iter().zip(0..).map(|((said, sender), at)| saying(&store, at, said.clone(), *sender))).await;
    let traffic = read(&store, SINCE_EVER, 0);
    assert_eq!(traffic.kinds(), all.len());
    for (said, _) in all {
        assert!(traffic.messages().any(|(told, count)| *told == said && count == 1), "{said:?}");
    }
}

#[tokio::test]
async fn a_sender_seen_as_an_authority_stays_one_and_no_other_becomes_one() {
    let home = directory();
    let store = open(&home);
    // One was known by its number, the other one's contact point did not count.
    let known = Facts { sender_has_contact_point: false, ..facts() };
    record(&store, [saying(&store, 0, known.clone(), SenderKind::Authority)]).await;
    let traffic = read(&store, SINCE_EVER, 0);
    let told: Vec<_> = traffic.messages().map(|(facts, _)| facts.sender_has_contact_point).collect();
    assert_eq!(told, [true]);
    assert!(read(&store, SINCE_EVER, 1).messages().next().is_none());
}

#[tokio::test]
async fn only_messages_since_the_time_and_after_the_number_are_told() {
    let home = directory();
    let store = open(&home);
    let kle = |at: usize| Facts { kle: format!("27.{at:02}").parse().ok(), ..facts() };
    let times = ["2026-03-01T10:00:00.5Z", "2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z", "2026-03-01T09:00:00Z"];
    for (at, received_at) in times.iter().enumerate() {
        let came = JournalEntry { received_at: time(received_at), ..saying(&store, 0, kle(at), SenderKind::Company) };
        record(&store, [came]).await;
    }
    let told = |since: &str, after| {
        let traffic = read(&store, time(since), after);
        assert_eq!(traffic.newest(), 4);
        let mut told: Vec<_> = (0..4).filter(|at| traffic.messages().any(|(said, _)| *said == kle(*at))).collect();
        assert_eq!((told.len(), told.len() as u64), (traffic.kinds(), traffic.count()));
        told.sort_unstable();
        told
    };
    assert_eq!(told("2026-03-01T09:00:00Z", 0), [0, 1, 2, 3]);
    assert_eq!(told("2026-03-01T09:00:00.000000001Z", 0), [0, 1, 2]);
    assert_eq!(told("2026-03-01T10:00:00Z", 0), [0, 1, 2]);
    assert_eq!(told("2026-03-01T10:00:00.25Z", 0), [0, 2]);
    assert_eq!(told("2026-03-01T10:00:00.75Z", 0), [2]);
    assert!(told("2026-03-01T10:00:02Z", 0).is_empty());
    assert_eq!(told("2026-03-01T09:00:00Z", 1), [1, 2, 3]);
    assert_eq!(told("2026-03-01T10:00:00Z", 2), [2]);
    assert!(told("2026-03-01T09:00:00Z", 4).is_empty());
    assert_eq!(read(&store, SINCE_EVER, i64::MIN).count(), 4);
}

#[tokio::test]
async fn what_came_later_is_taken_in_and_nothing_is_counted_twice() {
    let home = directory();
    let store = open(&home);
    let mut traffic = read(&store, SINCE_EVER, 0);
    assert_eq!((traffic.count(), traffic.kinds(), traffic.newest()), (0, 0, 0));
    let unread = || JournalEntry { facts: None, ..entry(&store, 0, Outcome::BrokenOff) };
    let other = || Facts { kle: None, ..facts() };
    let said = |facts| saying(&store, 0, facts, SenderKind::Company);
    let steps = [
        (vec![said(facts()), said(other()), said(facts())], (3, 2, 3)),
        (vec![unread(), unread()], (3, 2, 5)),
        (vec![], (3, 2, 5)),
        (vec![unread(), said(facts()), unread()], (4, 2, 8)),
    ];
    for (entries, expected) in steps {
        record(&store, entries).await;
        traffic.add(read(&store, SINCE_EVER, traffic.newest()));
        assert_eq!((traffic.count(), traffic.kinds(), traffic.newest()), expected);
    }
    let of = |facts: &Facts| traffic.messages().find(|(said, _)| *said == facts).map(|(_, count)| count);
    assert_eq!((of(&facts()), of(&other())), (Some(3), Some(1)));
}

#[test]
fn of_a_long_journal_the_part_since_a_time_is_told() {
    const MESSAGES: i64 = 12_000;
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let database = settled_database(home.path());
    // One a second; the very first took longest, so that it was written last.
    let insert = "WITH RECURSIVE seconds (second) AS (SELECT 1 UNION ALL SELECT second + 1 FROM seconds LIMIT ?1)
                  INSERT INTO journal (received_at, bytes, sender_kind, contact_point, post_type, outcome, total_us)
                  SELECT second % ?1 * 1000000000, 1, 'person', 0, 'anden',
                         'accepteret', 1 FROM seconds";
    database.execute(insert, [MESSAGES]).expect("the test may write");
    let since = |second: i64, after| read(&store, Timestamp::UNIX_EPOCH + second.seconds(), after);
    for second in [0_u32, 1, 2, 6_000, 11_998, 11_999] {
        let traffic = since(second.into(), 0);
        assert_eq!(traffic.count(), u64::from(12_000 - second), "since {second}");
        assert_eq!((traffic.kinds(), traffic.newest()), (1, MESSAGES));
    }
    assert_eq!((since(12_000, 0).count(), since(12_000, 0).newest()), (0, MESSAGES));
    assert_eq!(since(0, 100).count(), 11_900);
    assert_eq!(since(6_000, 100).count(), 6_000);
}

#[tokio::test]
async fn no_cpr_number_is_told() {
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let point = AddressedContactPoint {
        id: Some(Caseless::new("2512169996")),
        group: Some(Caseless::new("Vedr. 251216-9996, Emilie")),
    };
    let said = Facts { sender: Sender::Person, contact_point: Some(point), ..facts() };
    record(&store, [saying(&store, 0, said, SenderKind::Person)]).await;
    let (traffic, hits) = (read(&store, SINCE_EVER, 0), store.rule_hits(date(1970, 1, 1)).expect("they can be read"));
    assert_eq!((traffic.count(), hits.len()), (1, 1));
    let told = format!("{traffic:?} {hits:?}");
    assert!(!told.contains("251216") && !told.contains("Emilie"), "{told}");
    assert!(traffic.messages().all(|(facts, _)| facts.contact_point.is_some()), "that there was one is still told");
}
