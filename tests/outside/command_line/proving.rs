//! `check` and `compare`: what is said of all messages.

use std::sync::Arc;

use postfordeler::exchange::read_unfinished;
use postfordeler::store::Store;
use serde_json::{Value, json};

use super::{Workplace, assert_done, assert_failed, err, out};
use crate::support::{AUTHORITY, configuration, fagsystem_entry, rule};

const ENDPOINT: &str = "http://127.0.0.1:9101/postmodtag";

fn rules_of(rules: &[Value]) -> Value {
    let fagsystems = ["esdh", "ydelse", "ky2"].map(|id| fagsystem_entry(id, ENDPOINT));
    configuration(&fagsystems, rules)
}

fn answer(workplace: &Workplace, arguments: &[&str], status: i32) -> Value {
    let output = workplace.call(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}{}", out(&output), err(&output));
    assert_eq!(out(&output).lines().count(), 1, "one object: {}", out(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn found<'a>(answer: &'a Value, list: &str, kind: &str) -> Vec<&'a Value> {
    answer[list].as_array().unwrap().iter().filter(|it| it["slags"] == kind).collect()
}

/// Keeps a configuration as the draft of what is published.
fn draft(workplace: &Workplace, configuration: &Value) {
    let store = Store::open(&workplace.data()).unwrap();
    let book = read_unfinished(configuration.to_string().as_bytes()).unwrap();
    let published = store.newest_publication_number().unwrap();
    store.save_draft(Some(&Arc::new(book)), published, store.draft_revision().unwrap()).unwrap();
}

#[test]
fn check_says_which_rules_do_nothing_and_by_which_others() {
    let mut segment = rule(40, "ydelse", "kle", "27.36");
    segment["segment"] = "person".into();
    let mut late = rule(50, "ky2", "kle", "40 - 41");
    late["gyldigFra"] = "2026-01-01".into();
    let mut early = rule(45, "esdh", "kle", "40 - 42");
    early["gyldigTil"] = "2026-06-30".into();
    let book = rules_of(&[
        rule(10, "esdh", "kle", "27"),
        rule(20, "ydelse", "kle", "28 - 31"),
        rule(30, "ydelse", "kle", "27 - 30"),
        segment,
        early,
        late,
        rule(60, "esdh", "form", "10"),
    ]);
    let workplace = Workplace::new();
    let file = workplace.file("regler.json", book.to_string());
    // A file needs no data directory.
    let told = answer(&workplace, &["check", &file, "--on", "2026-03-01", "--json"], 1);
    assert_eq!((&told["udgivelse"], &told["dag"]), (&Value::Null, &json!("2026-03-01")));
    let never: Vec<_> =
        found(&told, "fejl", "aldrig").iter().map(|it| (it["regel"].clone(), it["af"].clone())).collect();
    assert_eq!(never, [(json!(30), json!([10, 20])), (json!(40), json!([10]))]);
    let idle = found(&told, "advarsler", "periodevis");
    assert_eq!(idle.len(), 1);
    assert_eq!((&idle[0]["regel"], &idle[0]["af"]), (&json!(50), &json!([45])));
    assert_eq!(idle[0]["perioder"], json!([{"fra": "2026-03-01", "til": "2026-06-30"}]));
    // Rule 45 takes nothing that would not go to the default recipient, but for what rule 50 would take.
    let redundant: Vec<_> = found(&told, "advarsler", "overfloedig").iter().map(|it| it["regel"].clone()).collect();
    assert_eq!(redundant, [json!(60)]);
    let overlaps = found(&told, "oplysninger", "overlap");
    assert!(overlaps.iter().any(|it| it["regel"] == 50 && it["af"].as_array().unwrap().contains(&json!(45))));
    assert!(told["fejl"].as_array().unwrap().iter().all(|it| it["myndighed"] == AUTHORITY && it["sted"].is_string()));
}

#[test]
fn check_tells_of_an_end_that_is_near_and_of_a_default_recipient_that_nothing_reaches() {
    let mut ends = rule(10, "ydelse", "kle", "27");
    ends["gyldigTil"] = "2026-12-20".into();
    let workplace = Workplace::with_published(&rules_of(&[ends, rule(20, "ky2", "modtagerCvr", AUTHORITY)]));
    let told = answer(&workplace, &["check", "--on", "2026-11-27", "--json"], 0);
    assert_eq!(told["udgivelse"], 1);
    let soon = found(&told, "advarsler", "udloeber");
    assert_eq!((&soon[0]["regel"], &soon[0]["sted"]), (&json!(10), &json!("myndigheder[0].regler[0].gyldigTil")));
    assert_eq!(soon[0]["derefter"], json!([{"fagsystem": "ky2", "grundlag": "regel", "prioritet": 20}]));
    let unreachable = found(&told, "advarsler", "opsamling_uopnaaelig");
    assert_eq!(unreachable[0]["af"], json!([20]));
}

#[test]
fn check_looks_at_the_draft_and_names_the_guards_that_it_breaks() {
    let mut book = rules_of(&[rule(10, "ydelse", "kle", "32")]);
    book["myndigheder"][0]["vagtmeddelelser"] = json!([{"navn": "Sygedagpenge", "fagsystem": "ydelse", "meddelelse": {"afsenderType": "person", "kle": "32.10"}}]);
    let workplace = Workplace::with_published(&book);
    assert_done(&workplace.call(&["check"]));
    let mut drafted = book.clone();
    let mut first = rule(5, "ky2", "kle", "32");
    first["gyldigFra"] = "2099-01-01".into();
    drafted["myndigheder"][0]["regler"].as_array_mut().unwrap().push(first);
    draft(&workplace, &drafted);
    assert_done(&workplace.call(&["check"]));
    let told = answer(&workplace, &["check", "--draft", "--json"], 1);
    assert_eq!(told["udgivelse"], Value::Null);
    let broken = found(&told, "fejl", "vagt_brudt");
    assert_eq!(broken[0]["sted"], "myndigheder[0].vagtmeddelelser[0]");
    assert_eq!((&broken[0]["af"], &broken[0]["perioder"][0]["fra"]), (&json!([5]), &json!("2099-01-01")));
    let words = broken[0]["tekst"].as_str().unwrap();
    assert!(words.contains("Sygedagpenge") && words.contains("ky2") && words.contains("rule 5"), "{words}");
}

#[test]
fn check_lists_every_fault_of_a_file() {
    let workplace = Workplace::new();
    let mut book = rules_of(&[rule(10, "ydelse", "kle", "27"), rule(10, "findes-ikke", "kle", "28")]);
    book["myndigheder"][0]["ukendt"] = json!(1);
    let file = workplace.file("regler.json", book.to_string());
    let told = answer(&workplace, &["check", &file, "--json"], 1);
    let places: Vec<_> = found(&told, "fejl", "selvmodsigelse").iter().map(|it| it["sted"].clone()).collect();
    for place in ["myndigheder[0].ukendt", "myndigheder[0].regler[1].prioritet", "myndigheder[0].regler[1].fagsystem"] {
        assert!(places.contains(&json!(place)), "{place} in {places:?}");
    }
}

#[test]
fn compare_has_every_way_in_which_messages_change_receiver_with_one_that_does() {
    let published = rules_of(&[rule(30, "ydelse", "kontaktpunkt", "kontanthjælp"), rule(80, "ydelse", "kle", "32")]);
    let workplace = Workplace::with_published(&published);
    let mut drafted = published.clone();
    let mut new = rule(75, "ky2", "kle", "32");
    new["gyldigFra"] = "2099-01-01".into();
    drafted["myndigheder"][0]["regler"].as_array_mut().unwrap().push(new);
    // Nothing is drafted yet.
    let same = answer(&workplace, &["compare", "--draft", "--json"], 0);
    assert_eq!((&same["foer"], &same["efter"], &same["forskelle"]), (&json!(1), &Value::Null, &json!([])));
    assert!(out(&workplace.call(&["compare"])).contains("No message changes receiver"));
    draft(&workplace, &drafted);
    let told = answer(&workplace, &["compare", "--draft", "--json"], 1);
    let changes = told["forskelle"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{told}");
    let change = &changes[0];
    assert_eq!(
        (&change["myndighed"], &change["fra"], &change["til"]),
        (&json!(AUTHORITY), &json!("ydelse"), &json!("ky2"))
    );
    assert_eq!(change["foer"], json!({"grundlag": "regel", "prioritet": 80}));
    assert_eq!(change["efter"], json!({"grundlag": "regel", "prioritet": 75}));
    assert_eq!(change["perioder"], json!([{"fra": "2099-01-01", "til": null}]));
    // The example, as it stands, is decided so by either.
    let example = workplace.file("eksempel.json", change["eksempel"].to_string());
    for (further, fagsystem, priority) in [(vec![], "ydelse", 80), (vec!["--draft"], "ky2", 75)] {
        let decided = answer(&workplace, &[&["decide", &example, "--facts", "--json"], &further[..]].concat(), 0);
        assert_eq!((&decided["fagsystem"], &decided["prioritet"]), (&json!(fagsystem), &json!(priority)));
    }
    // The same from a file; on a day alone there are no periods.
    let file = workplace.file("kladde.json", drafted.to_string());
    assert_eq!(answer(&workplace, &["compare", &file, "--json"], 1), told);
    assert_eq!(answer(&workplace, &["compare", &file, "--on", "2098-12-31", "--json"], 0)["forskelle"], json!([]));
    let on = answer(&workplace, &["compare", &file, "--on", "2099-01-01", "--json"], 1);
    assert_eq!(on["dag"], "2099-01-01");
    assert!(on["forskelle"][0]["eksempel"].get("dag").is_none() && on["forskelle"][0].get("perioder").is_none());
    let words = workplace.call(&["compare", &file]);
    for word in ["ydelse (rule 80)", "ky2 (rule 75)", "from 2099-01-01 on", "nothing else changes"] {
        assert!(out(&words).contains(word), "{word} in {}", out(&words));
    }
}

#[test]
fn compare_goes_back_to_the_publication_that_is_named() {
    let workplace = Workplace::with_published(&rules_of(&[rule(10, "ydelse", "kle", "27")]));
    let newer = workplace.file("nyere.json", rules_of(&[rule(10, "ky2", "kle", "27")]).to_string());
    assert_done(&workplace.call(&["import", &newer]));
    let told = answer(&workplace, &["compare", "--with", "1", "--json"], 1);
    assert_eq!((&told["foer"], &told["efter"]), (&json!(1), &json!(2)));
    assert_eq!((&told["forskelle"][0]["fra"], &told["forskelle"][0]["til"]), (&json!("ydelse"), &json!("ky2")));
    assert_failed("a number", &workplace.call(&["compare", "--with", "9"]), "there is no publication 9");
    assert_eq!(workplace.call(&["compare", &newer, "--draft"]).status.code(), Some(2));
}

#[test]
fn compare_tells_of_messages_that_are_refused_by_one_of_the_books() {
    let workplace = Workplace::with_published(&rules_of(&[rule(10, "ydelse", "kle", "27")]));
    let mut more = rules_of(&[rule(10, "ydelse", "kle", "27")]);
    more["myndigheder"][0]["flereCvr"] = json!(["29189846"]);
    let file = workplace.file("flere.json", more.to_string());
    let told = answer(&workplace, &["compare", &file, "--json"], 1);
    let refused: Vec<_> =
        told["forskelle"].as_array().unwrap().iter().filter(|it| it["foer"]["grundlag"] == "afvist").collect();
    assert_eq!(refused.len(), 2, "{told}");
    assert!(refused.iter().all(|it| it["fra"].is_null() && it["eksempel"]["modtager"] == "29189846"));
}

#[test]
fn check_says_on_which_days_a_guard_is_broken() {
    let mut later = rule(10, "ky2", "kle", "32");
    later["gyldigFra"] = "2027-01-01".into();
    let mut book = rules_of(&[later]);
    book["myndigheder"][0]["vagtmeddelelser"] =
        json!([{"navn": "Sygedagpenge", "fagsystem": "ky2", "meddelelse": {"afsenderType": "person", "kle": "32.10"}}]);
    let workplace = Workplace::new();
    let file = workplace.file("regler.json", book.to_string());
    let told = answer(&workplace, &["check", &file, "--on", "2026-11-27", "--json"], 1);
    assert_eq!(told["fejl"][0]["perioder"], json!([{"fra": "2026-11-27", "til": "2026-12-31"}]));
    assert_eq!(answer(&workplace, &["check", &file, "--on", "2027-01-01", "--json"], 0)["fejl"], json!([]));
}

/// Deciders of two authorities are two, even where neither has a rule.
#[test]
fn compare_tells_apart_what_two_authorities_send_to_one() {
    let authority = |cvr: &str, more: &[&str], endpoint: &str, default: &str| {
        let mut book = configuration(&[fagsystem_entry(default, endpoint)], &[]);
        let mut authority = book["myndigheder"][0].take();
        authority["cvr"] = cvr.into();
        authority["flereCvr"] = json!(more);
        authority["opsamlingssystem"] = default.into();
        authority
    };
    let book = |authorities: Vec<Value>| {
        let mut book = rules_of(&[]);
        book["myndigheder"] = json!(authorities);
        book.to_string()
    };
    let before = book(vec![
        authority("11223344", &[], "http://127.0.0.1:9101/", "s0"),
        authority("22334455", &["55667788"], "http://127.0.0.1:9102/", "s1"),
    ]);
    let after = book(vec![
        authority("11223344", &["55667788"], "http://127.0.0.1:9103/", "s2"),
        authority("22334455", &[], "http://127.0.0.1:9102/", "s1"),
    ]);
    let workplace = Workplace::new();
    let published = workplace.file("foer.json", before);
    assert_done(&workplace.call(&["import", &published]));
    let file = workplace.file("efter.json", after);
    let told = answer(&workplace, &["compare", &file, "--json"], 1);
    let changes = told["forskelle"].as_array().unwrap().iter();
    let ways: Vec<_> =
        changes.map(|it| (it["fra"].clone(), it["til"].clone(), it["eksempel"]["modtager"].clone())).collect();
    assert_eq!(ways, [(json!("s0"), json!("s2"), json!("11223344")), (json!("s1"), json!("s2"), json!("55667788"))]);
}

#[test]
fn a_date_that_is_written_otherwise_is_misuse() {
    let workplace = Workplace::with_published(&rules_of(&[]));
    for day in ["20261127", "2026-11-27T00", "27-11-2026", "2026-02-30"] {
        for call in ["check", "compare"] {
            assert_eq!(workplace.call(&[call, "--on", day]).status.code(), Some(2), "{call} {day}");
        }
    }
}
