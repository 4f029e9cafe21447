//! `import` of all that *Filer* takes in: whole or not at all, and shown beforehand by `--dry-run`.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use postfordeler::exchange::{Package, read_configuration, write_package};
use postfordeler::rules::RuleBook;
use postfordeler::store::Store;
use serde_json::{Value, json};

use super::reading::town;
use super::{Workplace, assert_done, assert_failed, err, out};
use crate::support::{configuration, fagsystem_entry, rule, small_town};

const HEAD: &str = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra;Gyldig til;Aktiv;Note";
const ONE_RULE: &str = "25;alle;KLE;27.36;Byggesag;01-01-2024;;ja;";

fn sample() -> RuleBook {
    small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 9101)))
}

fn rules_csv(workplace: &Workplace) -> String {
    workplace.file("regler.csv", format!("{HEAD}\r\n{ONE_RULE}\r\n"))
}

fn exported(workplace: &Workplace) -> Value {
    serde_json::from_slice(&workplace.call(&["export", "-"]).stdout).unwrap()
}

#[test]
fn tables_are_taken_into_the_published_authority() {
    let workplace = town();
    let imported = workplace.call(&["import", &rules_csv(&workplace)]);
    assert_done(&imported);
    assert!(out(&imported).starts_with("Published as number 2: 1 authority, 1 rule\n"), "{}", out(&imported));
    let own = &exported(&workplace)["myndigheder"][0];
    assert_eq!(own["regler"].as_array().map(Vec::len), Some(1));
    assert_eq!(own["regler"][0]["fagsystem"], "byggesag");
    assert_eq!(own["kontaktpunkter"].as_array().map(Vec::len), Some(6), "what the file does not speak of stays");
    let again = workplace.call(&["import", &rules_csv(&workplace)]);
    assert_done(&again);
    assert!(out(&again).contains("published already; nothing was published"), "{}", out(&again));
}

#[test]
fn several_files_are_taken_in_together_or_not_at_all() {
    let workplace = town();
    let before = exported(&workplace);
    let page =
        json!({"currentPage": 0, "totalPages": 1, "totalElements": 1, "contactPoints": [{"id": "ny", "name": "Nyt"}]});
    let page = workplace.file("side.json", page.to_string());
    let broken = workplace.file("fejl.csv", format!("{HEAD}\r\n0;alle;KLE;27.36;Bygesag;01-01-2024;;ja;\r\n"));
    let refused = workplace.call(&["import", &page, &broken]);
    assert_eq!((refused.status.code(), out(&refused).as_str()), (Some(1), ""));
    let words = err(&refused);
    assert!(
        words.starts_with("fejl.csv was not taken in, and what was published stays. It has 2 faults:\n  A2: "),
        "{words}"
    );
    assert!(words.contains("did you mean 'Byggesag'?"), "{words}");
    assert_eq!(exported(&workplace), before);
    assert_done(&workplace.call(&["import", &page, &rules_csv(&workplace)]));
    let own = &exported(&workplace)["myndigheder"][0];
    assert_eq!(own["regler"].as_array().map(Vec::len), Some(1));
    assert_eq!(own["kontaktpunkter"].as_array().map(Vec::len), Some(7));
}

#[test]
fn a_kle_plan_is_kept_without_a_publication() {
    let workplace = town();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kle/emneplan-uddrag.xml");
    let imported = workplace.call(&["import", plan]);
    assert_done(&imported);
    assert!(out(&imported).starts_with("Took the KLE plan in: "), "{}", out(&imported));
    let store = postfordeler::store::Store::open(&workplace.data()).unwrap();
    assert!(store.kle_plan().unwrap().is_some());
    assert_eq!(store.publications().unwrap().len(), 1);
}

#[test]
fn a_package_is_taken_over_where_its_fagsystems_are_known() {
    let workplace = town();
    let mut theirs = sample().authorities[0].clone();
    theirs.rules.truncate(1);
    let made_at = Timestamp::UNIX_EPOCH;
    let package = |authority| write_package(&Package::of(authority, None, "Test", made_at));
    let mut changed = theirs.clone();
    std::sync::Arc::make_mut(&mut changed.rules[0]).note = "Fra test".to_owned();
    let file = workplace.file("pakke.json", package(&changed));
    assert_done(&workplace.call(&["import", &file]));
    assert_eq!(exported(&workplace)["myndigheder"][0]["regler"][0]["note"], "Fra test");
    let text = package(&theirs).replace("\"dagtilbud\"", "\"andet\"").replace("Dagtilbud og pladsanvisning", "Andet");
    let refused = workplace.call(&["import", &workplace.file("fremmed.json", text)]);
    assert_eq!(refused.status.code(), Some(1), "{}", out(&refused));
    assert!(err(&refused).contains("'andet'"), "{}", err(&refused));
}

#[test]
fn of_several_authorities_the_one_is_named() {
    let workplace = Workplace::new();
    let mut two = configuration(&[fagsystem_entry("byggesag", "http://127.0.0.1:9101/")], &[]);
    let mut other = two["myndigheder"][0].clone();
    other["cvr"] = "55667788".into();
    two["myndigheder"].as_array_mut().unwrap().push(other);
    assert_done(&workplace.call(&["import", &workplace.file("to.json", two.to_string())]));
    let csv = rules_csv(&workplace);
    assert_failed("nobody knows", &workplace.call(&["import", &csv]), "--authority <CVR>");
    assert_failed("not there", &workplace.call(&["import", &csv, "--authority", "99999999"]), "55667788");
    assert_failed("no number", &workplace.call(&["import", &csv, "--authority", "9999"]), "eight digits");
    assert_done(&workplace.call(&["import", &csv, "--authority", "55667788"]));
    let elsewhere = Workplace::new();
    assert_failed("none yet", &elsewhere.call(&["import", &csv, "--authority", "55667788"]), "there are: none");
    let bytes = new_authority();
    assert_done(&elsewhere.call(&["import", &elsewhere.file("ny.xlsx", bytes), "--authority", "55667788"]));
    let rules = |at: usize| exported(&workplace)["myndigheder"][at]["regler"].as_array().map(Vec::len);
    assert_eq!((rules(0), rules(1)), (Some(0), Some(1)));
}

/// A workbook that brings an authority with its fagsystem.
fn new_authority() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, [[&str; 4]; 2]); 2] = [
        ("Myndighed", [["CVR", "Navn", "Flere CVR", "Opsamlingssystem"], ["55667788", "Ny By", "", "post"]]),
        ("Fagsystemer", [["Id", "Navn", "Endpoint", "Note"], ["post", "Post", "http://127.0.0.1:9101/", ""]]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (at, row) in (0..).zip(rows) {
            sheet.write_row(at, 0, row).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_rehearsal_prints_what_would_change_and_changes_nothing() {
    let workplace = town();
    let before = exported(&workplace);
    let rehearsed = workplace.call(&["import", &rules_csv(&workplace), "--dry-run"]);
    assert_done(&rehearsed);
    let words = out(&rehearsed);
    assert!(words.contains("New rule 25: ") && words.contains("KLE 27.36"), "{words}");
    assert!(words.contains("Rule 10 is deleted: "), "{words}");
    assert!(words.ends_with("11 changes; nothing was taken in\n"), "{words}");
    assert_eq!(exported(&workplace), before);
    let elsewhere = Workplace::new();
    assert_done(&elsewhere.call(&["import", &workplace.file("k.json", before.to_string()), "--dry-run"]));
    assert!(!elsewhere.data().exists());
}

#[test]
fn a_new_authority_is_shown_with_its_rules_and_fagsystems() {
    let workplace = town();
    let mut both = exported(&workplace);
    let fagsystems =
        [fagsystem_entry("post", "https://post.example.dk/ind"), fagsystem_entry("sag", "https://sag.example.dk/ind")];
    let mut new =
        configuration(&fagsystems, &[rule(7, "sag", "kle", "27.36"), rule(9, "post", "kontaktgruppe", "Borger")]);
    new["myndigheder"][0]["flereCvr"] = json!(["55667788"]);
    both["myndigheder"].as_array_mut().unwrap().push(new["myndigheder"][0].clone());
    let words = out(&workplace.call(&["import", &workplace.file("begge.json", both.to_string()), "--dry-run"]));
    for part in [
        "New authority: Eksempel Kommune (CVR 11223344) with 2 rules",
        "POST: https://post.example.dk/ind",
        "SAG: https://sag.example.dk/ind",
        "The default recipient is POST",
        "55667788",
        "New rule 7: ",
        "27.36",
        "New rule 9: ",
        "1 change; nothing was taken in",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[test]
fn the_strict_take_nothing_in_that_has_a_notice() {
    let workplace = town();
    let before = exported(&workplace);
    let csv =
        workplace.file("regler.csv", format!("{HEAD}\r\n1;alle;Kontaktgruppe;Kultur;Byggesag;01-01-2024;;ja;\r\n"));
    let refused = workplace.call(&["import", &csv, "--strict"]);
    assert_eq!(refused.status.code(), Some(1), "{}", out(&refused));
    assert!(out(&refused).contains("'Kultur' is in no list"), "{}", out(&refused));
    assert!(err(&refused).contains("--strict allows none"), "{}", err(&refused));
    assert_eq!(exported(&workplace), before);
    assert_done(&workplace.call(&["import", &csv]));
    assert_done(&workplace.call(&["import", &rules_csv(&workplace), "--strict"]));
}

/// A configuration with a rule, a contact point, notes and a contact person, as a window may have made them.
fn tended() -> Value {
    let mut fagsystem = fagsystem_entry("esdh", "http://127.0.0.1:9101/");
    fagsystem["kontaktperson"] = "Vagten, 12 34 56 78".into();
    let mut noted = rule(10, "esdh", "kle", "27.36");
    noted["note"] = "Aftalt med Teknik".into();
    noted["gyldigTil"] = "2099-12-31".into();
    let mut tended = configuration(&[fagsystem], &[noted, rule(20, "esdh", "kontaktgruppe", "Borger")]);
    let own = &mut tended["myndigheder"][0];
    own["cvr"] = "66137112".into();
    own["kontaktpunkter"] = json!([
        {"id": "a", "titel": "Pladsanvisningen", "kontaktgrupper": ["Borger"], "soegeord": ["vuggestue"]},
        {"id": "b", "titel": "Borgerservice", "kontaktgrupper": ["Borger"]},
    ]);
    tended
}

#[test]
fn an_import_tells_what_it_changes_finds_and_drops() {
    let workplace = Workplace::new();
    assert_done(&workplace.call(&["import", &workplace.file("før.json", tended().to_string())]));
    let mut poorer = tended();
    let own = &mut poorer["myndigheder"][0];
    own["fagsystemer"][0].as_object_mut().unwrap().remove("kontaktperson");
    own["regler"][0].as_object_mut().unwrap().retain(|key, _| key != "note" && key != "gyldigTil");
    own["kontaktpunkter"].as_array_mut().unwrap().truncate(1);
    own["kontaktpunkter"][0].as_object_mut().unwrap().remove("soegeord");
    own["regler"].as_array_mut().unwrap().push(rule(30, "esdh", "kontaktgruppe", "Kultur"));
    let file = workplace.file("efter.json", poorer.to_string());
    let told = [
        "New rule 30: ",
        "The contact point Borgerservice is deleted",
        "dropped: contact points: Borgerservice\n",
        "dropped: search terms of contact points: Pladsanvisningen\n",
        "dropped: notes of rules: 10\n",
        "dropped: last days of rules: 10\n",
        "dropped: contact persons of business systems: ESDH\n",
        "'Kultur' is in no list of this authority (new)\n",
    ];
    let before = exported(&workplace);
    let rehearsed = workplace.call(&["import", &file, "--dry-run"]);
    assert_done(&rehearsed);
    let refused = workplace.call(&["import", &file, "--strict"]);
    assert_eq!(refused.status.code(), Some(1), "{}", out(&refused));
    assert_eq!(exported(&workplace), before);
    let imported = workplace.call(&["import", &file]);
    assert_done(&imported);
    for words in [out(&rehearsed), out(&refused), out(&imported)] {
        for part in told {
            assert!(words.contains(part), "{part}: {words}");
        }
    }
    // What the publication before had as well is not new, and is no reason to refuse.
    let again = workplace.call(&["import", &file, "--strict"]);
    assert_done(&again);
    let words = out(&again);
    assert!(words.contains("warning: ") && !words.contains("(new)") && !words.contains("dropped"), "{words}");
}

#[test]
fn an_import_tells_what_the_draft_has_and_the_files_have_not() {
    let workplace = Workplace::new();
    assert_done(&workplace.call(&["import", &workplace.file("før.json", tended().to_string())]));
    let mut drafted = tended();
    let rules = drafted["myndigheder"][0]["regler"].as_array_mut().unwrap();
    rules.push(rule(40, "esdh", "kle", "31"));
    rules.push(rule(50, "esdh", "kle", "32"));
    let store = Store::open(&workplace.data()).unwrap();
    let book = read_configuration(drafted.to_string().as_bytes()).unwrap();
    store.save_draft(Some(&book), store.newest_publication_number().unwrap(), 0).unwrap();
    // The file has the one of them.
    let mut file = tended();
    file["myndigheder"][0]["regler"].as_array_mut().unwrap().push(rule(40, "esdh", "kle", "31"));
    let imported = workplace.call(&["import", &workplace.file("efter.json", file.to_string())]);
    assert_done(&imported);
    let words = out(&imported);
    assert!(words.contains("dropped: 1 unpublished change in the window's draft"), "{words}");
    assert!(words.contains("  New rule 50: ") && !words.contains("  New rule 40: "), "{words}");
    assert!(store.draft().unwrap().book.is_some(), "the draft stays");
}

#[test]
fn before_the_first_publication_tables_must_name_their_authority() {
    let workplace = Workplace::new();
    let refused = workplace.call(&["import", &rules_csv(&workplace)]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("the sheet 'Myndighed'"), "{}", err(&refused));
    let page = workplace.file("side.json", json!({"contactPoints": [{"id": "a"}]}).to_string());
    let refused = workplace.call(&["import", &page]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("there is no authority"), "{}", err(&refused));
    assert!(fs::read_dir(workplace.data()).is_err(), "nothing was made");
}

/// What `import --dry-run` says of a changed configuration, line by line.
fn changes(before: &Value, after: &Value) -> Vec<String> {
    let workplace = Workplace::new();
    assert_done(&workplace.call(&["import", &workplace.file("before.json", before.to_string())]));
    let rehearsed = workplace.call(&["import", &workplace.file("after.json", after.to_string()), "--dry-run"]);
    assert_done(&rehearsed);
    out(&rehearsed).lines().map(str::to_owned).collect()
}

fn must_say(lines: &[String], sentence: &str) {
    assert!(lines.iter().any(|line| line.ends_with(sentence)), "{sentence}: {lines:#?}");
}

#[test]
fn every_field_that_differs_is_named_in_its_sentence() {
    let before = configuration(&[fagsystem_entry("esdh", "https://esdh.example.dk/ind")], &[]);
    let mut after = before.clone();
    after["myndigheder"][0]["fagsystemer"][0] = json!({
        "id": "esdh", "navn": "Arkiv", "endpoint": "https://arkiv.example.dk/ind", "aktiv": false,
        "adgang": {"type": "header", "navn": "X-Api-Key"}, "tidsgraenser": {"forbindelse": 2, "svar": 9},
        "kontaktperson": "Ida", "note": "fra maj",
    });
    let lines = changes(&before, &after);
    must_say(
        &lines,
        "The business system ESDH is now called Arkiv, now receives at https://arkiv.example.dk/ind instead of \
         https://esdh.example.dk/ind, now requires a key in the header X-Api-Key instead of no key, is paused, now has 2 s to \
         connect, now has 9 s to answer, now has the contact person Ida and gets the note “fra maj”",
    );
    let mut points = before.clone();
    points["myndigheder"][0]["kontaktpunkter"] =
        json!([{"id": "borger", "titel": "Borger", "kontaktgrupper": ["Alle"]}]);
    let mut changed = points.clone();
    changed["myndigheder"][0]["kontaktpunkter"] = json!([{
        "id": "Borger", "titel": "Borgere", "kontaktgrupper": ["Alle", "Dagtilbud"], "beskrivelse": "Om alt",
        "maalgrupper": ["borger"], "maksMB": 2.5, "maksBilag": 1, "aktivt": false, "synligt": false,
        "koder": [{"type": "KLE", "kode": "28.06"}], "soegeord": ["barn", "leg"], "felter": ["Adresse"],
    }]);
    let lines = changes(&points, &changed);
    must_say(
        &lines,
        "The contact point Borger is now called Borgere, now spells its id Borger, is now in the contact groups Alle and \
         Dagtilbud, gets a new description, is no longer active, is hidden from those who write, is now for citizens, now takes \
         at most 2.5 MB, now takes at most 1 attachment, now has the code KLE 28.06, now has the search terms barn and leg and \
         now asks for Adresse",
    );
}

#[test]
fn a_rule_whose_name_is_spelt_otherwise_says_so() {
    let fagsystems = [fagsystem_entry("esdh", "https://esdh.example.dk/ind")];
    let before = configuration(&fagsystems, &[rule(10, "esdh", "kontaktgruppe", "Dagtilbud")]);
    let after = configuration(&fagsystems, &[rule(10, "esdh", "kontaktgruppe", "dagtilbud")]);
    must_say(&changes(&before, &after), "Rule 10 now spells it “dagtilbud” instead of “Dagtilbud”");
}
