//! What was published when and by whom; and databases of the first version, which had less to tell.

use std::fs;
use std::path::Path;
use std::thread;

use jiff::Timestamp;
use jiff::civil::date;
use postfordeler::exchange::write_configuration;
use postfordeler::rules::Priority;
use postfordeler::store::{Draft, Imprint, PublicationEntry, Store};
use rusqlite::{Connection, params};

use super::{database, directory, is_on_server, open, rules};
use crate::support::database_of;

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[test]
fn the_history_tells_who_published_what_and_when_the_newest_first() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    assert_eq!(store.publications().expect("they can be read"), []);
    let imprints = [("anne", "Første", "2026-03-01T12:00:00Z"), ("", "", "2026-03-01T11:00:00.123456789Z")];
    let mut expected = Vec::new();
    for (by, note, at) in imprints {
        let imprint = Imprint { at: time(at), by: by.to_owned(), note: note.to_owned() };
        let number = store.publish_over(&rules(note), imprint).expect("it is published");
        let entry =
            PublicationEntry { number, published_at: time(at), published_by: by.to_owned(), note: note.to_owned() };
        expected.insert(0, entry);
    }
    drop(store);
    assert_eq!(open(&home).publications().expect("they can be read"), expected);
}

#[test]
fn a_note_alone_is_of_this_moment_by_the_one_who_runs_the_program() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let before = Timestamp::now();
    let first = store.publish(&rules("Første"), "En note", None).expect("it is the first");
    store.publish(&rules("Anden"), "En anden".to_owned(), Some(first)).expect("nobody came between");
    let history = store.publications().expect("they can be read");
    let notes: Vec<_> = history.iter().map(|entry| entry.note.as_str()).collect();
    assert_eq!(notes, ["En anden", "En note"]);
    for entry in history {
        assert_eq!(entry.published_by, whoami::username().unwrap_or_default());
        assert!(before <= entry.published_at && entry.published_at <= Timestamp::now());
    }
}

#[test]
fn any_publication_can_be_looked_up_with_its_rules() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let first = store.publish_over(&rules("Første"), "en").expect("it is published");
    let second = store.publish_over(&rules("Anden"), "to").expect("it is published");
    for (number, name, note) in [(first, "Første", "en"), (second, "Anden", "to")] {
        let found = store.publication(number).expect("it can be read").expect("it was published");
        assert_eq!((found.number, found.note.as_str()), (number, note));
        assert_eq!(&found.book, rules(name).book());
    }
    let elsewhere = directory();
    let other = open(&elsewhere);
    other.publish_over(&rules("Første"), "").expect("it is published");
    assert_eq!(other.publication(second).expect("it can be read"), None);
}

/// A database as the first version of the program left it: a publication, and a message that came twice among others.
fn first_version(home: &Path) -> Connection {
    const FIRST: &str = "8C2EA15D-61FB-4BA9-9366-42F8B194C114";
    const SECOND: &str = "1D2EA15D-61FB-4BA9-9366-42F8B194C115";
    let database = database(home);
    database.pragma_update(None, "journal_mode", "WAL").expect("the test may write");
    database.execute_batch(include_str!("../../../src/store/migrations/001_beginning.sql")).expect("it is SQL");
    database.pragma_update(None, "user_version", 1).expect("the test may write");
    let published = "INSERT INTO publications (published_at, note, configuration) VALUES (?1, 'Første', ?2)";
    let configuration = write_configuration(rules("Første").book());
    database.execute(published, params!["2026-02-01T08:00:00Z", configuration]).expect("the test may write");
    let messages = [
        ("2026-03-01T23:59:59.5Z", Some(FIRST), Some(25)),
        ("2026-03-01T23:59:59Z", Some(SECOND), Some(25)),
        ("2026-03-02T00:00:00Z", Some(FIRST), Some(25)),
        ("2026-03-02T01:00:00Z", None, None),
        ("2026-03-02T02:00:00Z", None, None),
    ];
    for (at, uuid, priority) in messages {
        let insert = "INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, authority, recipient_cvr,
                          contact_point, post_type, publication, fagsystem, priority, outcome, total_us)
                      VALUES (?1, ?2, 1000, 'person', '66137112', '66137112', 0, 'ikkeAngivet', 1, 'esdh', ?3,
                          'accepteret', 20000)";
        database.execute(insert, params![at, uuid, priority]).expect("the test may write");
    }
    let unread = "INSERT INTO journal (received_at, bytes, outcome, total_us)
                  VALUES ('2026-03-02T03:00:00Z', 0, 'afbrudt', 1)";
    database.execute(unread, []).expect("the test may write");
    database
}

#[test]
fn a_database_of_the_first_version_is_brought_up_to_date_with_what_it_can_tell() {
    only_of_files!();
    let home = directory();
    drop(first_version(home.path()));
    let store = open(&home);

    let history = store.publications().expect("they can be read");
    let [only] = history.as_slice() else { panic!("{history:?}") };
    assert_eq!((only.number.get(), only.published_at), (1, time("2026-02-01T08:00:00Z")));
    assert_eq!((only.published_by.as_str(), only.note.as_str()), ("", "Første"));
    let newest = store.newest_publication().expect("it can be read").expect("there is one");
    assert_eq!(&newest.book, rules("Første").book());
    assert_eq!(store.draft().expect("it can be read"), Draft { revision: 0, based_on: None, book: None });

    let hits = store.rule_hits(date(2026, 3, 1)).expect("they can be read");
    let told: Vec<_> = hits.iter().map(|hits| (hits.priority, hits.hits, hits.last)).collect();
    let expected = [(None, 2, time("2026-03-02T02:00:00Z")), (Priority::new(25), 2, time("2026-03-01T23:59:59.5Z"))];
    assert_eq!(told, expected);

    let traffic = store.traffic(Timestamp::UNIX_EPOCH, 0).expect("it can be read");
    assert_eq!((traffic.count(), traffic.kinds(), traffic.newest()), (4, 1, 6));
    assert_eq!(store.newest_journal_rows(10).expect("they can be read").len(), 6);
}

#[test]
fn many_that_open_a_database_of_the_first_version_at_once_all_get_it_up_to_date() {
    only_of_files!();
    let home = directory();
    drop(first_version(home.path()));
    let opened: Vec<_> = thread::scope(|scope| {
        let opening: Vec<_> = (0..16).map(|_| scope.spawn(|| Store::open(home.path()))).collect();
        opening.into_iter().map(|opening| opening.join().expect("it opens")).collect()
    });
    for store in opened {
        let store = store.expect("one waits for the other");
        assert_eq!(store.draft_revision().expect("it can be read"), 0);
        let hits = store.rule_hits(date(2026, 3, 1)).expect("they can be read");
        assert_eq!(hits.iter().map(|hits| hits.hits).sum::<u64>(), 4);
    }
}

#[test]
fn what_cannot_be_brought_up_to_date_is_reported_and_left_as_it_is() {
    only_of_files!();
    let home = directory();
    let database = first_version(home.path());
    database.execute_batch("CREATE TABLE hits (noget TEXT)").expect("the test may write");
    drop(database);
    let path = home.path().join("postfordeler.db");
    let before = fs::read(&path).expect("the database is there");
    let error = Store::open(home.path()).expect_err("something stands in the way");
    assert!(error.to_string().contains("hits"), "{error}");
    assert!(fs::read(&path).expect("the database is there") == before, "it was changed");
}

#[test]
fn reasons_of_an_older_program_have_plain_words_afterwards() {
    only_of_files!();
    let data = directory();
    let database = database_of(data.path(), 6);
    let cases = [
        ("utilpas", Some(503), "midlertidig_fejl"),
        ("tavs", None, "intet_svar_i_tide"),
        ("ulaest", None, "laengde_kraeves"),
        ("for_tidligt", None, "svarede_for_tidligt"),
        ("afbrudt", None, "brudt_undervejs"),
        ("afsluttet", None, "router_stoppede"),
        ("intet_svar", None, "brudt_foer_svar"),
        ("intet_svar", Some(504), "mellemled_uden_svar"),
        ("pauset", None, "pauset"),
    ];
    for (before, status, _) in cases {
        let row = "INSERT INTO journal (received_at, bytes, outcome, reason, answer_status, total_us)
                   VALUES ('2026-07-15T10:00:00Z', 1, 'fagsystem.utilgaengeligt', ?1, ?2, 1)";
        database.execute(row, params![before, status]).expect("the test may write");
    }
    let standing = "INSERT INTO standings (authority, fagsystem, failures, last_failure, last_outcome, last_reason)
                    VALUES ('11223344', 'esdh', 1, '2026-07-15T10:00:00Z', 'fagsystem.utilgaengeligt', 'utilpas')";
    database.execute(standing, []).expect("the test may write");
    drop(database);
    let store = Store::open(data.path()).expect("it opens");
    let database = Connection::open(data.path().join("postfordeler.db")).expect("it opens");
    let mut statement = database.prepare("SELECT reason FROM journal ORDER BY number").expect("it is read");
    let after: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("it is read").map(Result::unwrap).collect();
    assert_eq!(after, cases.map(|(.., after)| after));
    let records = store.delivery_records().expect("they are read");
    let failure = records.values().next().expect("there is one").last_failure.expect("it failed");
    assert_eq!(failure.reason.map(postfordeler::store::Reason::code), Some("midlertidig_fejl"));
}
