//! Makes the database of the newest schema as this version of the program writes it: by its own router and store.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use postfordeler::exchange::read_configuration;
use postfordeler::rules::KlePlan;
use postfordeler::service_level::{ServiceWindow, Span, WindowScope};
use postfordeler::store::{RecordedReview, RouterSettings, Store};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{databases, name_of, number, read_only, with};
use crate::support::{AUTHORITY, Fagsystem, Memo, NobodyThere, Router, configuration, fagsystem_entry, rule};

/// How many messages the newest database has of each outcome.
const OUTCOMES: [(&str, i64); 5] = [
    ("accepteret", 4),
    ("fagsystem.afvist", 2),
    ("fagsystem.utilgaengeligt", 3),
    ("memo.ugyldig", 1),
    ("modtager.ukendt", 1),
];

fn rules(fagsystems: [&str; 4], note: &str) -> Value {
    let [esdh, rejecting, failing, absent] = fagsystems;
    let entries = [
        fagsystem_entry("esdh", esdh),
        fagsystem_entry("byggesag", rejecting),
        fagsystem_entry("dagtilbud", failing),
        fagsystem_entry("ydelse", absent),
    ];
    let mut with_note = rule(10, "byggesag", "kontaktpunkt", "byg");
    with_note["note"] = note.into();
    let rules = [with_note, rule(20, "dagtilbud", "kontaktpunkt", "dag"), rule(30, "ydelse", "kontaktpunkt", "ydelse")];
    let mut configuration = configuration(&entries, &rules);
    configuration["myndigheder"][0]["kontaktpunkter"] = json!([{"id": "byg"}, {"id": "dag"}, {"id": "ydelse"}]);
    configuration
}

/// Delivers messages that come to each of [`OUTCOMES`].
fn deliver(router: &Router) {
    let to = |point: Option<&str>| Memo { contact_point: point.map(str::to_owned), ..Memo::new() };
    let (again, unknown) = (to(None), Memo { recipient: Some(("55667788", "CVR")), ..Memo::new() });
    let messages = [to(None), again.clone(), again, to(None)].into_iter();
    let others = ["byg", "byg", "dag", "dag", "ydelse"].map(|point| to(Some(point)));
    for message in messages.chain(others).chain([unknown]) {
        router.deliver(&message.xml());
    }
    router.deliver(b"<ikke MeMo");
}

#[test]
#[ignore = "makes the file that the other tests read: once for each schema, when it is released"]
fn the_database_of_the_newest_schema_is_made() {
    let (esdh, byggesag, dagtilbud) = (
        Fagsystem::accepting(),
        Fagsystem::answering(422, r#"{"errorCode":"sag.lukket"}"#),
        Fagsystem::answering(503, ""),
    );
    let nobody = NobodyThere::new();
    let endpoints = [esdh.endpoint(), byggesag.endpoint(), dagtilbud.endpoint(), nobody.endpoint()];
    let of = |note| rules(endpoints.each_ref().map(String::as_str), note);
    let settings = RouterSettings { retention_days: 60, most_under_way: 64, ..RouterSettings::default() };
    let mut router = Router::start_with(&of(""), &settings);
    router.publish(&of("Aftalt med Byg og Miljø"));
    deliver(&router);
    router.running.terminate();
    router.running.exit_status();
    fill(router.data.path(), &of("Kladde"));
    let made = Connection::open(router.data.path().join("postfordeler.db")).expect("it opens");
    made.execute_batch("VACUUM").expect("there is room");
    made.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("nobody else reads");
    drop(made);
    fs::create_dir_all(databases()).expect("the folder can be made");
    fs::copy(router.data.path().join("postfordeler.db"), databases().join(name_of(Store::SCHEMA)))
        .expect("it is written");
}

/// What people and the window write.
fn fill(data: &Path, draft: &Value) {
    let store = Store::open(data).expect("it opens");
    let at: Timestamp = Timestamp::now();
    let newest = store.newest_publication_number().unwrap().expect("two were published");
    let draft = read_configuration(draft.to_string().as_bytes()).expect("no fault");
    store.save_draft(Some(&draft), Some(newest), 0).expect("nobody else edits");
    let mut plan = KlePlan::empty();
    plan.add("02.34.02".parse().expect("a number"), "Byggetilladelser");
    store.save_kle_plan(&plan).expect("it is kept");
    let span = Span { begin: at, end: at + jiff::SignedDuration::from_hours(2) };
    let note = "Flytning af server".to_owned();
    let window = ServiceWindow { number: 0, span, scope: WindowScope::All, note, entered_at: at };
    store.enter_service_window(&window).expect("it is kept");
    let authority = AUTHORITY.parse().expect("a CVR number");
    let review = RecordedReview {
        authority,
        reviewed_at: at,
        reviewed_by: "ahansen".to_owned(),
        publication: newest,
        day: postfordeler::clock::today(),
    };
    store.record_review(&review).expect("it is kept");
}

/// A newer program that cannot open it any more, or reads something else from it, has changed what this one wrote.
#[test]
fn the_database_of_the_newest_schema_opens_as_it_is() {
    let home = with(&name_of(Store::SCHEMA));
    let store = Store::open(home.path()).expect("it opens");
    assert!(store.upgrade().is_none());
    assert_eq!((store.publications().unwrap().len(), store.draft().unwrap().revision), (2, 1));
    let settings = store.settings().unwrap();
    assert_eq!((settings.retention_days, settings.most_under_way), (60, 64));
    assert_eq!((store.service_windows().unwrap().len(), store.last_reviews().unwrap().len()), (1, 1));
    assert!(store.kle_plan().unwrap().is_some());
    drop(store);
    let database = read_only(&home.path().join("postfordeler.db"));
    for (outcome, count) in OUTCOMES {
        let query = format!("SELECT count(*) FROM journal WHERE outcome = '{outcome}'");
        assert_eq!(number(&database, &query), count, "{outcome}");
    }
    let all: i64 = OUTCOMES.iter().map(|(_, count)| count).sum();
    assert_eq!(number(&database, "SELECT count(*) FROM journal"), all);
    assert_eq!(number(&database, "SELECT count(*) FROM journal WHERE repeats IS NOT NULL"), 1);
    assert_eq!(number(&database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
