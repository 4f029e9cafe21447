//! Deciding by facts in place of a message, and guards that hold a publication back.

use std::sync::Arc;

use postfordeler::exchange::read_unfinished;
use postfordeler::store::Store;
use serde_json::{Value, json};

use super::{Workplace, assert_done, assert_failed, err, out};
use crate::support::{AUTHORITY, configuration, fagsystem_entry, postfordeler_reading, rule};

const ENDPOINT: &str = "http://127.0.0.1:9101/postmodtag";

/// KLE 32 goes to `ksd` by rule 10, and anything else to `esdh`.
fn rules() -> Value {
    let fagsystems = ["esdh", "ksd"].map(|id| fagsystem_entry(id, ENDPOINT));
    configuration(&fagsystems, &[rule(10, "ksd", "kle", "32")])
}

fn guarded(guards: &Value) -> Value {
    let mut configuration = rules();
    configuration["myndigheder"][0]["vagtmeddelelser"] = guards.clone();
    configuration
}

fn guard(name: &str, fagsystem: &str, kle: &str) -> Value {
    json!({"navn": name, "fagsystem": fagsystem, "meddelelse": {"kle": kle}})
}

fn decided(workplace: &Workplace, facts: &Value, further: &[&str]) -> Value {
    let file = workplace.file("fakta.json", facts.to_string());
    let output = workplace.call(&[&["decide", &file, "--facts", "--json"], further].concat());
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn decide_reads_facts_in_place_of_a_message() {
    let workplace = Workplace::with_published(&rules());
    let facts = json!({"modtager": AUTHORITY, "afsenderType": "person", "kle": "32.24"});
    let found = decided(&workplace, &facts, &[]);
    let expected =
        json!({"messageUUID": null, "myndighed": AUTHORITY, "fagsystem": "ksd", "grundlag": "regel", "prioritet": 10});
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(found.get(key), Some(value), "{key}");
    }
    let early = decided(&workplace, &facts, &["--on", "2019-01-01"]);
    assert_eq!((&early["fagsystem"], &early["prioritet"]), (&json!("esdh"), &Value::Null));
    let stranger = decided(&workplace, &json!({"modtager": "99999999"}), &[]);
    assert_eq!((&stranger["afvist"], &stranger["messageUUID"]), (&json!("modtager.ukendt"), &Value::Null));
    let data = super::text(&workplace.data());
    let piped = postfordeler_reading(&["decide", "-", "--facts", "--data", &data], facts.to_string().as_bytes());
    assert_done(&piped);
    assert!(out(&piped).contains("ksd") && out(&piped).contains("by rule 10"), "{}", out(&piped));
}

#[test]
fn decide_says_what_is_wrong_with_facts() {
    let workplace = Workplace::with_published(&rules());
    let cases = [
        (r#"{"kle": "32.2"}"#, "kle: '32.2'"),
        (r#"{"kle": "32", "kle": "33"}"#, "kle: this key stands twice"),
        (r#"{"klee": "32"}"#, "klee: this key is unknown here (did you mean 'kle'?)"),
        (r#"{"afsenderType": "person", "afsenderCvr": "11223344"}"#, "afsenderCvr: a person has none"),
        ("<memo/>", "not JSON"),
        ("", "not JSON"),
    ];
    for (facts, about) in cases {
        let file = workplace.file("fakta.json", facts);
        assert_failed(facts, &workplace.call(&["decide", "--facts", &file]), about);
    }
    let file = workplace.file("fakta.json", "x".repeat(2_000_000));
    assert_failed("too large", &workplace.call(&["decide", "--facts", &file]), "too large");
}

/// Saves that draft over the publication.
fn draft(workplace: &Workplace, configuration: &Value) {
    let book = read_unfinished(configuration.to_string().as_bytes()).unwrap();
    let store = Store::open(&workplace.data()).unwrap();
    let based_on = store.newest_publication().unwrap().map(|publication| publication.number);
    let revision = store.draft_revision().unwrap();
    store.save_draft(Some(&Arc::new(book)), based_on, revision).unwrap();
}

#[test]
fn decide_by_the_draft() {
    let workplace = Workplace::with_published(&rules());
    let facts = json!({"modtager": AUTHORITY, "kle": "32.24"});
    assert_eq!(decided(&workplace, &facts, &["--draft"])["fagsystem"], "ksd", "nothing is drafted");
    let mut drafted = rules();
    drafted["myndigheder"][0]["regler"][0]["regelvaerdi"] = "33".into();
    draft(&workplace, &drafted);
    assert_eq!(decided(&workplace, &facts, &["--draft"])["fagsystem"], "esdh");
    assert_eq!(decided(&workplace, &facts, &[])["fagsystem"], "ksd");
    drafted["myndigheder"][0]["regler"][0]["fagsystem"] = "ukendt".into();
    draft(&workplace, &drafted);
    let file = workplace.file("fakta.json", facts.to_string());
    let output = workplace.call(&["decide", "--facts", &file, "--draft"]);
    assert_failed("a contradiction", &output, "the draft contradicts itself");
    assert_eq!(decided(&workplace, &facts, &[])["fagsystem"], "ksd");
}

fn notes(workplace: &Workplace) -> Vec<String> {
    let store = Store::open(&workplace.data()).unwrap();
    store.publications().unwrap().into_iter().map(|publication| publication.note).collect()
}

#[test]
fn a_configuration_with_a_broken_guard_is_not_published() {
    let workplace = Workplace::with_published(&rules());
    let published = notes(&workplace);
    let guards = json!([
        guard("Sygedagpenge fra læger", "esdh", "32.24"),
        guard("Skole", "esdh", "17"),
        guard("Alt", "ksd", "99")
    ]);
    let file = workplace.file("ny.json", guarded(&guards).to_string());
    let refused = workplace.call(&["import", &file]);
    assert_eq!((refused.status.code(), out(&refused)), (Some(1), String::new()));
    let told = err(&refused);
    for words in [
        "2 guards are broken",
        "--despite-guards",
        "'Sygedagpenge fra læger' of 11223344 is broken: it must go to esdh, and would go to ksd by rule 10, from 20",
        "'Alt' of 11223344 is broken: it must go to ksd, and would go to esdh as the default recipient, from 20",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(!told.contains("Skole"), "{told}");
    assert_eq!(notes(&workplace), published);
    let rehearsed = workplace.call(&["import", &file, "--dry-run"]);
    assert_eq!(rehearsed.status.code(), Some(1));
    assert!(out(&rehearsed).contains("'Alt' of 11223344 is broken"), "{}", out(&rehearsed));
    assert!(out(&rehearsed).contains("New guard “Skole”: must go to ESDH"), "{}", out(&rehearsed));
    assert_eq!(notes(&workplace), published);
}

#[test]
fn a_broken_guard_is_overruled_with_a_reason_that_is_kept() {
    let workplace = Workplace::with_published(&rules());
    let file = workplace.file("ny.json", guarded(&json!([guard("Alt", "ksd", "99")])).to_string());
    assert_failed("no reason", &workplace.call(&["import", &file, "--despite-guards", " "]), "why");
    assert_failed("nothing", &workplace.call(&["import", &file, "--despite-guards"]), "--despite-guards");
    let rehearsed = workplace.call(&["import", &file, "--dry-run", "--despite-guards", "KY2 tager over"]);
    assert_done(&rehearsed);
    assert!(out(&rehearsed).contains("'Alt' of 11223344 is broken"), "{}", out(&rehearsed));
    assert_done(&workplace.call(&["import", &file, "--despite-guards", " KY2 tager over "]));
    let last = notes(&workplace).remove(0);
    assert!(last.ends_with("Trods brudte vagter (Alt): KY2 tager over"), "{last}");
    // Without a broken guard, the reason is not needed, and not kept.
    let sound = workplace.file("sund.json", guarded(&json!([guard("Alt", "esdh", "99")])).to_string());
    assert_done(&workplace.call(&["import", &sound, "--despite-guards", "for en sikkerheds skyld"]));
    assert!(!notes(&workplace).remove(0).contains("Trods"));
}

#[test]
fn what_is_exported_has_the_guards_that_were_taken_in() {
    let workplace = Workplace::with_published(&guarded(&json!([guard("Alt", "esdh", "99")])));
    let exported = workplace.call(&["export", "-"]);
    let written: Value = serde_json::from_slice(&exported.stdout).unwrap();
    let guards = &written["myndigheder"][0]["vagtmeddelelser"];
    assert_eq!((&guards[0]["navn"], &guards[0]["meddelelse"]["kle"]), (&json!("Alt"), &json!("99")));
    let file = workplace.file("igen.json", &exported.stdout);
    assert_done(&workplace.call(&["import", &file]));
}
