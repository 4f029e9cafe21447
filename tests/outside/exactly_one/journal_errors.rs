//! When the journal cannot be written nothing is delivered, and nothing counts as accepted.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use postfordeler::rules::RuleBook;
use postfordeler::store::{RouterSettings, Store, StoreError};
use serde_json::Value;
use tempfile::TempDir;

use super::{begin_to_deliver, row, story};
use crate::support::{
    Answer, Call, Expected, Fagsystem, Gate, Memo, Request, Router, Running, assert_receipt, configuration, eventually,
    fagsystem_entry, publish,
};

fn router_to(fagsystem: &Fagsystem) -> Router {
    Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]))
}

/// Holds against the contract that the router refuses for the reason in those words, and says so.
fn assert_in_trouble(router: &Router, words: &str) {
    let answer = router.health();
    let reason = answer.json()["grund"].as_str().unwrap_or_default().to_owned();
    assert_eq!(answer.status(), 503, "{reason}");
    assert!(reason.contains(words), "{reason}");
    let message = Memo::new();
    let receipt = assert_not_written(words, &router.deliver(&message.xml()), &message);
    assert!(receipt["errorMessage"].as_str().unwrap().contains(words), "{receipt}");
}

fn assert_not_written(case: &str, answer: &Answer, message: &Memo) -> Value {
    // A message that comes once the journal is known to fail is refused unread.
    let was_read = !answer.json()["messageUUID"].is_null();
    assert_receipt(case, answer, Expected::NOT_WRITTEN, was_read.then_some(message.uuid.as_str()))
}

fn wait_until_well(router: &Router) {
    eventually("it is well again", || (router.health().status() == 200).then_some(()));
}

#[test]
fn while_the_database_is_locked_messages_are_refused() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let other_program = router.database();
    other_program.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let message = Memo::new();
    assert_not_written("locked", &router.deliver(&message.xml()), &message);
    assert_in_trouble(&router, "locked by another program");
    assert!(fagsystem.requests().is_empty());

    other_program.execute_batch("ROLLBACK").unwrap();
    wait_until_well(&router);
    assert_receipt("free", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!((fagsystem.requests().len(), story(&router)), (1, vec![row("accepteret", "esdh")]));
}

#[test]
fn callers_who_are_only_counted_do_not_hide_the_trouble() {
    let fagsystem = Fagsystem::accepting();
    let router = router_to(&fagsystem);
    let stranger = || Call::begin(router.address(), "POST /memo HTTP/1.1\r\nOrigin: https://fremmed.example").answer();
    // More than the journal tells of in a minute.
    for _ in 0..61 {
        assert_eq!(stranger().status(), 403);
    }
    let told = router.journal().iter().filter(|row| row.outcome == "afsender.ikke_godkendt").count();
    assert_eq!(told, 60);
    let other_program = router.database();
    other_program.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let message = Memo::new();
    assert_not_written("locked", &router.deliver(&message.xml()), &message);
    assert_eq!(stranger().status(), 403);
    assert_in_trouble(&router, "locked by another program");
}

/// A fagsystem that takes the whole message, and accepts it when the gate opens.
fn accepting_behind(gate: &Gate) -> Fagsystem {
    let held = gate.clone();
    Fagsystem::start(move |connection| {
        connection.take_all();
        held.pass();
        connection.answer(200, "");
    })
}

#[test]
fn an_acceptance_that_cannot_be_written_does_not_count_until_it_is() {
    let gate = Gate::default();
    let fagsystem = accepting_behind(&gate);
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let call = begin_to_deliver(&router, &message.xml());
    fagsystem.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    let other_program = router.database();
    other_program.execute_batch("BEGIN EXCLUSIVE").unwrap();
    gate.open();
    assert_not_written("locked", &call.answer(), &message);
    assert_eq!(story(&router), [row("undervejs", "esdh")]);

    other_program.execute_batch("ROLLBACK").unwrap();
    wait_until_well(&router);
    assert_eq!(story(&router), [row("accepteret", "esdh")], "it is written as soon as it can be");
    assert_receipt("again", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(fagsystem.requests().len(), 1);
}

#[test]
fn when_the_database_is_deleted_moved_or_replaced_messages_are_refused() {
    type Case = (&'static str, fn(&Router));
    fn database(router: &Router) -> PathBuf {
        router.data.path().join("postfordeler.db")
    }
    fn move_away(router: &Router) {
        fs::rename(database(router), router.data.path().join("andetsteds.db")).unwrap();
    }
    let cases: [Case; 4] = [
        ("deleted", |router| fs::remove_file(database(router)).unwrap()),
        ("moved", move_away),
        ("replaced", |router| {
            fs::copy(database(router), router.data.path().join("kopi.db")).unwrap();
            fs::rename(router.data.path().join("kopi.db"), database(router)).unwrap();
        }),
        ("its log deleted", |router| fs::remove_file(router.data.path().join("postfordeler.db-wal")).unwrap()),
    ];
    for (case, spoil) in cases {
        let fagsystem = Fagsystem::accepting();
        let router = router_to(&fagsystem);
        assert_eq!(router.deliver(&Memo::new().xml()).status(), 200, "{case}");
        spoil(&router);
        let message = Memo::new();
        assert_not_written(case, &router.deliver(&message.xml()), &message);
        assert_in_trouble(&router, "deleted, moved or replaced");
        assert_eq!(fagsystem.requests().len(), 1, "{case}");
    }
}

#[test]
fn a_database_that_is_put_back_is_used_again() {
    let fagsystem = Fagsystem::accepting();
    let mut router = router_to(&fagsystem);
    let accepted = Memo::new();
    assert_eq!(router.deliver(&accepted.xml()).status(), 200);
    let (place, elsewhere) = (router.data.path().join("postfordeler.db"), router.data.path().join("andetsteds.db"));
    fs::rename(&place, &elsewhere).unwrap();
    let refused = Memo::new();
    assert_eq!(router.deliver(&refused.xml()).status(), 503);
    fs::rename(&elsewhere, &place).unwrap();
    router = router.kill_and_start_again();
    for message in [&accepted, &refused] {
        assert_receipt("put back", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    }
    assert_eq!(fagsystem.requests().len(), 2, "what was accepted before is still known");
}

fn move_away(router: &Router) {
    fs::rename(router.data.path().join("postfordeler.db"), router.data.path().join("andetsteds.db")).unwrap();
}

fn put_back(router: &Router) {
    fs::rename(router.data.path().join("andetsteds.db"), router.data.path().join("postfordeler.db")).unwrap();
}

/// Waits until the router has looked for its database so often while it was gone.
fn look_at_trouble_often(router: &Router) {
    let mut looks = 0;
    eventually("it has had time to try again", || {
        looks += 1;
        assert_in_trouble(router, "deleted, moved or replaced");
        (looks == 50).then_some(())
    });
}

/// How many messages were counted, by outcome.
fn counted(router: &Router) -> Vec<(String, i64)> {
    let database = router.settled_database();
    let query = "SELECT outcome, sum(messages) FROM hours WHERE fagsystem <> '' GROUP BY outcome";
    let mut statement = database.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn what_was_refused_while_the_database_was_away_has_left_nothing_in_it() {
    let (fagsystem, other) = (Fagsystem::accepting(), Fagsystem::accepting());
    let router = router_to(&fagsystem);
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);
    let written = || router.journal().len();
    let before = written();
    move_away(&router);
    let refused = Memo::new();
    assert_not_written("moved", &router.deliver(&refused.xml()), &refused);
    look_at_trouble_often(&router);
    put_back(&router);
    wait_until_well(&router);
    assert_eq!(written(), before, "{:?}", router.journal());
    // It is bound to no fagsystem: it never went to one.
    router.publish(&configuration(&[fagsystem_entry("anden", &other.endpoint())], &[]));
    assert_receipt("put back", &router.deliver(&refused.xml()), Expected::ACCEPTED, Some(&refused.uuid));
    assert_eq!(story(&router), [row("accepteret", "esdh"), row("accepteret", "anden")]);
    assert_eq!((fagsystem.requests().len(), other.requests().len()), (1, 1));
    assert_eq!(counted(&router), [("accepteret".to_owned(), 2)]);
}

#[test]
fn what_was_accepted_while_the_database_was_away_is_written_once_when_it_is_back() {
    let gate = Gate::default();
    let fagsystem = accepting_behind(&gate);
    let router = router_to(&fagsystem);
    let message = Memo::new();
    let call = begin_to_deliver(&router, &message.xml());
    fagsystem.wait_until("the message is there", |requests| requests.iter().any(Request::is_whole));
    move_away(&router);
    gate.open();
    assert_not_written("moved", &call.answer(), &message);
    look_at_trouble_often(&router);
    put_back(&router);
    wait_until_well(&router);
    assert_eq!(story(&router), [row("accepteret", "esdh")]);
    assert_eq!(counted(&router), [("accepteret".to_owned(), 1)]);
    assert_receipt("again", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(fagsystem.requests().len(), 1);
}

#[test]
fn nothing_is_published_or_kept_in_a_database_that_has_been_moved() {
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9101/")], &[]));
    let store = Store::open(data.path()).unwrap();
    let book = store.newest_publication().unwrap().unwrap().book;
    let (place, elsewhere) = (data.path().join("postfordeler.db"), data.path().join("andetsteds.db"));
    fs::rename(&place, &elsewhere).unwrap();
    let is_gone = |result: Result<(), StoreError>| assert!(matches!(result, Err(StoreError::Gone(_))), "{result:?}");
    is_gone(store.publish_over(&RuleBook::clone(&book).compile().unwrap(), "").map(|_| ()));
    is_gone(store.save_draft(Some(&book), store.newest_publication_number().unwrap(), 0).map(|_| ()));
    is_gone(store.save_settings(&RouterSettings { most_under_way: 150, ..RouterSettings::default() }));
    is_gone(store.forget_kle_plan().map(|_| ()));
    fs::rename(&elsewhere, &place).unwrap();
    assert_eq!((store.publications().unwrap().len(), store.draft_revision().unwrap()), (1, 0));
    assert_eq!(store.settings().unwrap(), RouterSettings::default());
    assert_eq!(store.kle_plan_revision().unwrap(), 0);
}

/// The system lets the program's files grow no further, which is as near to a full disk as a test comes without rights.
#[cfg(target_os = "linux")]
#[test]
fn when_there_is_no_room_left_messages_are_refused_until_there_is() {
    /// In units of 512 bytes.
    const ROOM: u32 = 800;
    let fagsystem = Fagsystem::accepting();
    let data = TempDir::new().unwrap();
    publish(data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    // The system's own way to say so, SIGXFSZ, would end a program that does not see to it.
    let limits = format!("ulimit -S -f {ROOM}");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()];
    let mut router = Router { running: Running::start_after(&limits, &serve), data };

    let mut sent = Vec::new();
    let refused = eventually("there is no room left", || {
        let message = Memo::new();
        let answer = router.deliver(&message.xml());
        sent.push((message.clone(), answer.status()));
        (answer.status() != 200).then_some((message, answer))
    });
    assert_not_written("no room", &refused.1, &refused.0);
    assert_in_trouble(&router, "the disk is full");
    let accepted = sent.iter().filter(|(_, status)| *status == 200).count();
    let written = story(&router).iter().filter(|(outcome, ..)| outcome == "accepteret").count();
    assert_eq!(written, accepted, "what counts as accepted is in the journal");

    let mut looks = 0;
    eventually("it has had time to try again", || {
        looks += 1;
        assert_in_trouble(&router, "the disk is full");
        (looks == 50).then_some(())
    });

    let process = router.running.process().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited"]).status().unwrap();
    assert!(lifted.success());
    wait_until_well(&router);
    for (message, _) in &sent {
        assert_receipt("room again", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    }
    assert_eq!(fagsystem.requests().len(), sent.len(), "each was delivered once");
    let log = router.running.log();
    assert_eq!(log.matches("can be written again").count(), 1, "not before there was room: {log}");
}
