//! A database of every schema opens, and what was there means what it meant.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use postfordeler::desktop::Page;
use postfordeler::reasons::Reason;
use postfordeler::rules::RuleBook;
use postfordeler::store::{JournalEntry, MessageQuery, Store};
use serde_json::Value;

use super::{databases, name_of, number, read_only, with};
use crate::support::postfordeler;
use crate::window::Window;

/// The schemas of the databases that `tests/data/databases/make-earlier` made; a test makes later ones.
const MADE_BY_SCRIPT: std::ops::RangeInclusive<usize> = 1..=16;

#[test]
fn there_is_a_database_of_every_schema() {
    for schema in 1..=Store::SCHEMA {
        let path = databases().join(name_of(schema));
        assert!(
            path.is_file(),
            "{} is missing: run 'cargo test the_database_of_the_newest_schema_is_made -- --ignored' before the schema after it comes",
            path.display()
        );
        // Its copy: SQLite puts files beside what it opens.
        let home = with(&name_of(schema));
        let database = read_only(&home.path().join("postfordeler.db"));
        assert_eq!(number(&database, "PRAGMA user_version"), i64::try_from(schema).unwrap(), "{}", path.display());
    }
}

fn entries(store: &Store) -> Vec<JournalEntry> {
    let mut entries = Vec::new();
    let each = |_, entry| {
        entries.push(entry);
        ControlFlow::Continue(())
    };
    store.each_message(&MessageQuery::default(), each).expect("the journal can be read");
    entries
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// What the program says that was published, with status 0.
fn exported(home: &Path) -> Value {
    let output = postfordeler(&["export", "-", "--data", home.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a configuration")
}

#[test]
fn what_was_kept_under_every_schema_means_the_same_now() {
    for schema in MADE_BY_SCRIPT {
        let name = name_of(schema);
        let home = with(&name);
        let published = exported(home.path());
        let authority = &published["myndigheder"][0];
        assert_eq!(
            (&authority["cvr"], &authority["navn"]),
            (&"11223344".into(), &"Eksempelby Kommune".into()),
            "{name}"
        );
        let rules = authority["regler"].as_array().expect("rules");
        let told: Vec<_> =
            rules.iter().map(|rule| (&rule["prioritet"], &rule["fagsystem"], &rule["regelvaerdi"])).collect();
        assert_eq!(told[0], (&10.into(), &"byggesag".into(), &"02.34.02".into()), "{name}");
        assert_eq!((told.len(), rules[0]["note"].as_str()), (3, Some("Aftalt med Byg og Miljø")), "{name}");
        let paused = authority["fagsystemer"].as_array().unwrap().iter().filter(|it| it["aktiv"] == false).count();
        assert_eq!((paused, authority["kontaktpunkter"].as_array().map(Vec::len)), (1, Some(1)), "{name}");
        let check = postfordeler(&["check", "--json", "--on", "2026-11-27", "--data", home.path().to_str().unwrap()]);
        let check: Value = serde_json::from_slice(&check.stdout).expect("findings");
        assert_eq!((&check["udgivelse"], &check["fejl"]), (&2.into(), &Value::Array(Vec::new())), "{name}");

        let store = Store::open(home.path()).expect("it opens again");
        must_have_the_journal(&store, schema);
        must_have_the_rest(&store, schema);
        drop(store);
        must_be_sound(home.path(), &name);
    }
}

fn must_have_the_journal(store: &Store, schema: usize) {
    let entries = entries(store);
    let unknown = if schema < 3 { 0 } else { 4 };
    let mut expected = BTreeMap::from([
        ("accepteret", 25),
        ("fagsystem.afvist", 4),
        ("fagsystem.utilgaengeligt", 12 - unknown),
        ("uvist", unknown),
        ("modtager.ukendt", 4),
        ("memo.ugyldig", 4),
    ]);
    expected.retain(|_, count| *count > 0);
    assert_eq!(counted(entries.iter().map(|entry| entry.outcome.code())), expected, "schema {schema}");
    let reasons = counted(entries.iter().filter_map(|entry| entry.reason).map(Reason::code));
    let known = BTreeMap::from([("pauset", 4), ("midlertidig_fejl", 4), ("intet_svar_i_tide", 4)]);
    assert_eq!(reasons, if schema < 3 { BTreeMap::new() } else { known }, "schema {schema}");
    let first = entries.iter().map(|entry| entry.received_at).min();
    let time: Timestamp = "2026-11-20T10:15:07.125Z".parse().unwrap();
    assert_eq!(first, Some(time), "schema {schema}");
    let of_second = entries.iter().filter(|entry| entry.routed.as_ref().is_some_and(|it| it.publication.get() == 2));
    assert_eq!(of_second.count(), 31, "schema {schema}");
    let repeats = entries.iter().filter(|entry| entry.repeats.is_some()).count();
    assert_eq!(repeats, usize::from(schema >= 3), "schema {schema}");
    let counted = store.tally_by_day(Timestamp::MIN).expect("the sums can be read");
    // Before there were repeated acceptances, a message that came again was delivered again.
    let all: i64 = counted.iter().map(|tally| tally.messages).sum();
    assert_eq!(all, if schema < 3 { 49 } else { 48 }, "schema {schema}");
}

fn must_have_the_rest(store: &Store, schema: usize) {
    let publications = store.publications().expect("they can be read");
    let notes: Vec<_> = publications.iter().map(|it| it.note.as_str()).collect();
    assert!(notes.contains(&"Første udgivelse") && notes.contains(&"Note til byggesag"), "schema {schema}: {notes:?}");
    let by: Vec<_> = publications.iter().map(|it| it.published_by.as_str()).collect();
    assert_eq!(by, [if schema < 2 { "" } else { "ahansen" }; 2], "schema {schema}");
    let draft = store.draft().expect("it can be read");
    let priorities =
        |book: &RuleBook| book.authorities[0].rules.iter().map(|rule| rule.priority.get()).collect::<Vec<_>>();
    let draft = (draft.revision, draft.book.as_deref().map(priorities));
    assert_eq!(draft, if schema < 2 { (0, None) } else { (3, Some(vec![10, 20, 30, 40])) }, "schema {schema}");
    let settings = store.settings().expect("they can be read");
    let chosen = (settings.listen.to_string(), settings.connect_timeout_ms, settings.answer_timeout_ms);
    assert_eq!(chosen, ("127.0.0.1:8707".to_owned(), 2500, 45000), "schema {schema}");
    assert_eq!(settings.retention_days, if schema < 3 { 90 } else { 60 }, "schema {schema}");
    assert_eq!(settings.most_under_way, if schema < 7 { 128 } else { 64 }, "schema {schema}");
    assert!(settings.damaged.is_empty() && store.window_settings().unwrap().router_runs, "schema {schema}");
    let former = store.former_preferences().expect("they can be read");
    assert_eq!(former.get("language").is_some(), schema < 6, "schema {schema}");
    let plan = store.kle_plan().expect("it can be read");
    assert_eq!(plan.is_some(), schema >= 4, "schema {schema}");
    assert_eq!(store.service_windows().expect("they can be read").len(), usize::from(schema >= 12), "schema {schema}");
    assert_eq!(store.last_reviews().expect("they can be read").len(), usize::from(schema >= 13), "schema {schema}");
    assert_eq!(store.training_beginnings().expect("it can be read"), None, "schema {schema}");
}

fn must_be_sound(home: &Path, name: &str) {
    let database = read_only(&home.join("postfordeler.db"));
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be read");
    assert_eq!(sound, "ok", "{name}");
    assert_eq!(number(&database, "SELECT count(*) FROM pragma_foreign_key_check"), 0, "{name}");
    assert_eq!(number(&database, "PRAGMA user_version"), i64::try_from(Store::SCHEMA).unwrap(), "{name}");
}

#[test]
fn training_data_of_earlier_schemas_are_still_for_training() {
    for schema in 14..=16 {
        let name = format!("schema-{schema:03}-training.db");
        let home = with(&name);
        let store = Store::open(home.path()).expect("it opens");
        assert_eq!(store.training_beginnings().expect("it can be read"), Some(2), "{name}");
        drop(store);
        must_be_sound(home.path(), &name);
        let database = read_only(&home.path().join("postfordeler.db"));
        let solved =
            "SELECT count(*) FROM lesson_progress WHERE learner = 'Hold A, plads 3' AND checks = 4 AND rules = 1
                      AND solved_at - begun_at = 720000000000";
        assert_eq!(number(&database, solved), i64::from(schema >= 15), "{name}");
        let hints = "SELECT coalesce(max(hints), 0) FROM lesson_progress";
        assert_eq!(number(&database, hints), if schema >= 16 { 2 } else { 0 }, "{name}");
    }
}

#[test]
fn a_window_opens_on_the_data_of_every_schema_and_says_what_was_done() {
    for schema in MADE_BY_SCRIPT {
        let home = with(&name_of(schema));
        // Else the window starts the router that ran, on an address that others may have.
        let database = rusqlite::Connection::open(home.path().join("postfordeler.db")).expect("it opens");
        database
            .execute("UPDATE settings SET value = 'false' WHERE key = 'router_runs'", [])
            .expect("the test may write");
        drop(database);
        let mut window = Window::open(home.path());
        let is_english = schema < 6;
        let told = if is_english { "was brought up to date, from schema" } else { "er bragt ajour, fra skema" };
        assert!(window.shows_part(told), "schema {schema}");
        for (page, words) in [(Page::Messages, "Byggesag"), (Page::Rules, "Kontante ydelser")] {
            window.send(postfordeler::desktop::Message::Show(page));
            assert!(window.shows_part(words), "schema {schema}, {page:?}");
        }
        window.close();
        let mut again = Window::open(home.path());
        assert!(!again.shows_part(told), "schema {schema}: it is said once");
        again.close();
    }
}
