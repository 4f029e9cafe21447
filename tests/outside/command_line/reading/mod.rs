//! What files from outside hold, as `read` tells it, and every fault in them by its place.

mod memory;
mod written;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use postfordeler::exchange::{Progress, ReadRequest, read_files, write_configuration};
use postfordeler::training::TrainingPackage;
use serde_json::{Value, json};

use super::{Workplace, assert_done, assert_failed, err, out};
use crate::support::small_town;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases/files");
const HEAD: &str = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra;Gyldig til;Aktiv;Note";

/// With the sample municipality in force.
pub(super) fn town() -> Workplace {
    let workplace = Workplace::new();
    let sample = small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 9101)));
    let file = workplace.file("eksempelby.json", write_configuration(&sample));
    assert_done(&workplace.call(&["import", &file]));
    workplace
}

/// What `read --json` prints of a file; its status must fit.
fn told(workplace: &Workplace, path: &str) -> Value {
    let output = workplace.call(&["read", path, "--json"]);
    assert_eq!(err(&output), "", "{path}");
    let told: Value = serde_json::from_str(&out(&output)).unwrap();
    let has_faults = told["fejl"].as_array().is_some_and(|faults| !faults.is_empty());
    assert_eq!(output.status.code(), Some(i32::from(has_faults)), "{told:#}");
    told
}

fn case(name: &str) -> String {
    format!("{CASES}/{name}")
}

/// The file, which has no fault.
fn sound(workplace: &Workplace, path: &str) -> Value {
    let told = told(workplace, path);
    assert_eq!(told["fejl"], json!([]), "{path}");
    told
}

fn texts(list: &Value) -> Vec<String> {
    let text = |it: &Value| format!("{}: {}", it["sted"].as_str().unwrap_or("-"), it["tekst"].as_str().unwrap());
    list.as_array().unwrap().iter().map(text).collect()
}

fn rule_values(told: &Value) -> Vec<&str> {
    let rules = told["myndigheder"][0]["regler"].as_array().unwrap();
    rules.iter().map(|rule| rule["regelvaerdi"].as_str().unwrap()).collect()
}

/// A CSV file of rules from everyone to the default recipient, each with that element and value.
fn rules_csv(workplace: &Workplace, values: &[(&str, &str)]) -> String {
    let rows: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(at, (element, value))| format!("{};alle;{element};{value};esdh;01-01-2024;;ja;", at + 1))
        .collect();
    workplace.file("regler.csv", format!("{HEAD}\r\n{}\r\n", rows.join("\r\n")))
}

#[test]
fn what_a_file_of_each_kind_holds_is_told_by_numbers_and_in_the_form_of_a_configuration() {
    let workplace = town();
    let book = small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 9101)));
    let configuration = workplace.file("alt.json", write_configuration(&book));
    let told_all = sound(&workplace, &configuration);
    let counts = json!({"regler": 10, "fagsystemer": 5, "kontaktpunkter": 6, "kendteMyndigheder": 1, "kleNumre": 0,
        "historiske": 0});
    assert_eq!(told_all["filer"], json!([{"fil": "alt.json", "slags": "konfiguration", "antal": counts}]));
    let written: Value = serde_json::from_str(&write_configuration(&book)).unwrap();
    assert_eq!(told_all["myndigheder"], written["myndigheder"]);

    let csv = rules_csv(&workplace, &[("KLE", "27.36")]);
    let told_rules = sound(&workplace, &csv);
    assert_eq!(told_rules["filer"][0]["slags"], "csv");
    assert_eq!(told_rules["filer"][0]["antal"]["regler"], 1);
    let own = &told_rules["myndigheder"][0];
    assert_eq!(
        (&own["cvr"], &own["fagsystemer"], &own["kontaktpunkter"]),
        (&json!("01102036"), &Value::Null, &Value::Null)
    );
    assert_eq!(own["regler"][0]["fagsystem"], "esdh");

    let told_book = sound(&workplace, &case("heading-with-no-break-space.xlsx"));
    assert_eq!(told_book["filer"][0]["slags"], "arbejdsbog");

    let structure = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kontaktstruktur/contact-points.json");
    let told_structure = sound(&workplace, structure);
    assert_eq!(told_structure["filer"][0]["slags"], "kontaktstruktur");
    let points = told_structure["myndigheder"][0]["kontaktpunkter"].as_array().unwrap().len();
    assert_eq!(told_structure["filer"][0]["antal"]["kontaktpunkter"], points);

    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kle/emneplan-uddrag.xml");
    let told_plan = sound(&workplace, plan);
    assert_eq!(told_plan["filer"][0]["slags"], "kle-plan");
    assert!(told_plan["filer"][0]["antal"]["kleNumre"].as_u64() > Some(0), "{told_plan}");
    assert_eq!(told_plan["myndigheder"], json!([]));
}

#[test]
fn what_is_only_read_changes_nothing_and_makes_no_data_directory() {
    let workplace = Workplace::new();
    let csv = rules_csv(&workplace, &[("KLE", "27.36"), ("Kontaktgruppe", "Borger")]);
    let told = sound(&workplace, &csv);
    assert_eq!(told["myndigheder"][0]["cvr"], Value::Null);
    assert_eq!(rule_values(&told), ["27.36", "Borger"]);
    assert!(texts(&told["bemaerkninger"])[0].contains("ingen myndighed endnu"), "{told}");
    assert!(!workplace.data().exists());
    let workplace = town();
    let before = workplace.call(&["export", "-"]).stdout;
    sound(&workplace, &rules_csv(&workplace, &[("KLE", "27.36")]));
    assert_eq!(workplace.call(&["export", "-"]).stdout, before);
    assert_failed("absent", &workplace.call(&["read", "findes-ikke.xlsx"]), "findes-ikke.xlsx");
    assert_failed("another authority", &workplace.call(&["read", &csv, "--authority", "99999999"]), "01102036");
}

#[test]
fn people_read_the_same_in_lines() {
    let workplace = town();
    let csv = rules_csv(&workplace, &[("KLE", "27.3"), ("FORM", "26.05")]);
    let output = workplace.call(&["read", &csv]);
    let words = out(&output);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""), "{words}");
    assert!(
        words.starts_with("regler.csv: CSV with 2 rules\nfault: regler.csv: D2: '27.3' is no KLE number"),
        "{words}"
    );
    assert!(words.ends_with("1 fault, 0 notices; nothing was taken in\n"), "{words}");
}

#[test]
fn groups_above_themselves_are_read_in_a_moment_and_told() {
    let workplace = town();
    for name in ["group-without-name-that-is-its-own-parent.json", "two-groups-without-names-above-each-other.json"] {
        let told = sound(&workplace, &case(name));
        let point = &told["myndigheder"][0]["kontaktpunkter"][0];
        assert_eq!((&point["id"], &point["kontaktgrupper"]), (&json!("p1"), &json!(["Borger"])), "{name}");
        let notices = texts(&told["bemaerkninger"]);
        assert!(notices.iter().any(|it| it.contains("står over sig selv")), "{name}: {notices:?}");
        assert!(notices.iter().any(|it| it.starts_with("contactPoints[0].contactGroups: ")), "{name}: {notices:?}");
    }
}

/// A chain of groups of which the last has the first above it.
fn circle(length: usize, name: impl Fn(usize) -> Value) -> Value {
    let mut group = json!({"id": "g0"});
    for at in (0..length).rev() {
        group = json!({"id": format!("g{at}"), "name": name(at), "parent": group});
    }
    group
}

#[test]
fn circles_of_any_length_end_where_they_close() {
    let workplace = town();
    for length in [1, 2, 3, 7, 40] {
        let named = circle(length, |at| format!("Gruppe {at}").into());
        let nameless = json!({"id": "ny", "name": "Borger", "parent": circle(length, |_| Value::Null)});
        let by_id = json!({"id": "ny", "name": "Borger", "parent": {"id": "g0"}});
        let elsewhere = circle(length, |_| "".into());
        let page = json!({"contactPoints": [
            {"id": "a", "contactGroups": [named]},
            {"id": "b", "contactGroups": [nameless]},
            {"id": "c", "contactGroups": [by_id, elsewhere]},
        ]});
        let told = sound(&workplace, &workplace.file("side.json", page.to_string()));
        let points = &told["myndigheder"][0]["kontaktpunkter"];
        let above: Vec<_> = (1..length).rev().map(|at| format!("Gruppe {at}")).collect();
        let own = &points[0]["kontaktgrupper"][0];
        if length == 1 {
            assert_eq!(*own, "Gruppe 0");
        } else {
            assert_eq!((&own["navn"], &own["under"]), (&json!("Gruppe 0"), &json!(above)), "{length}");
        }
        assert!(points[1]["kontaktgrupper"].to_string().contains("Borger"), "{told:#}");
        assert!(texts(&told["bemaerkninger"]).iter().any(|it| it.contains("over sig selv")), "{told:#}");
    }
}

#[test]
fn a_group_without_a_name_between_others_is_left_out_and_told() {
    let workplace = town();
    let group =
        json!({"id": "1", "name": "Byg", "parent": {"id": "2", "name": null, "parent": {"id": "3", "name": "Borger"}}});
    let page = json!({"contactPoints": [{"id": "a", "contactGroups": [group]}]});
    let told = sound(&workplace, &workplace.file("side.json", page.to_string()));
    let own = &told["myndigheder"][0]["kontaktpunkter"][0]["kontaktgrupper"][0];
    assert_eq!(*own, json!({"navn": "Byg", "under": ["Borger"]}));
    assert!(texts(&told["bemaerkninger"]).iter().any(|it| it.contains("intet navn")), "{told:#}");
}

/// Before, each of a hundred thousand was compared with all before it.
#[test]
fn long_lists_in_a_contact_point_are_read_in_one_go() {
    let workplace = town();
    let terms: Vec<_> = (0..100_000).map(|at| format!("ord nummer {at}")).collect();
    let groups: Vec<_> =
        (0..100_000).map(|at| json!({"name": format!("g{at}"), "organisation": {"name": format!("o{at}")}})).collect();
    let page = json!({"contactPoints": [{"id": "a", "searchTerms": terms, "contactGroups": groups}]});
    let told = sound(&workplace, &workplace.file("side.json", page.to_string()));
    let point = &told["myndigheder"][0]["kontaktpunkter"][0];
    assert_eq!(point["soegeord"].as_array().map(Vec::len), Some(100_000));
    assert_eq!(point["kontaktgrupper"].as_array().map(Vec::len), Some(100_000));
}

/// Before, each of them was looked for among all that had begun.
#[test]
fn ends_that_nothing_began_are_counted_in_one_go() {
    let workplace = town();
    let (begun, ended) = ("<Historisk>".repeat(300_000), "</Emne>".repeat(300_000));
    let plan = format!(
        "<KLE-Emneplan><Hovedgruppe><HovedgruppeNr>27</HovedgruppeNr><HovedgruppeTitel>Social</HovedgruppeTitel>\
         </Hovedgruppe>{begun}{ended}</KLE-Emneplan>"
    );
    let told = sound(&workplace, &workplace.file("plan.xml", plan));
    assert_eq!(told["filer"][0]["antal"]["kleNumre"], 1);
}

#[test]
fn what_is_stopped_is_not_read_to_its_end() {
    let workplace = town();
    let configuration = fs::read(workplace.path("eksempelby.json")).unwrap();
    for (name, bytes) in
        [("a.json", configuration), ("b.json", fs::read(case("contact-structure-pascal-case.json")).unwrap())]
    {
        let path = workplace.path(name);
        fs::write(&path, bytes).unwrap();
        let progress = std::sync::Arc::new(Progress::default());
        progress.stop();
        assert!(read_files(&ReadRequest::new(vec![path], std::sync::Arc::default(), None, progress)).is_none());
    }
}

#[test]
fn pages_of_a_contact_structure_are_known_in_whatever_style_their_keys_are_written() {
    let workplace = town();
    let pascal = fs::read_to_string(case("contact-structure-pascal-case.json")).unwrap();
    let expected = &sound(&workplace, &case("contact-structure-pascal-case.json"))["myndigheder"];
    let point = &expected[0]["kontaktpunkter"][0];
    assert_eq!(point["titel"], "Kontanthjælp og sygedagpenge");
    assert_eq!(point["kontaktgrupper"], json!([{"navn": "Borger", "under": ["Eksempel Kommune"]}]));
    assert_eq!((&point["maksBilag"], &point["aktivt"]), (&json!(99), &json!(false)));
    let styles: [(&str, Style); 4] = [
        ("camelCase", |key| key[..1].to_lowercase() + &key[1..]),
        ("snake_case", |key| snake(key, '_')),
        ("kebab-case", |key| snake(key, '-')),
        ("UPPER CASE", str::to_uppercase),
    ];
    for (name, style) in styles {
        let page = restyled(&serde_json::from_str(&pascal).unwrap(), style).to_string();
        let told = sound(&workplace, &workplace.file("side.json", page));
        assert_eq!(told["filer"][0]["slags"], "kontaktstruktur", "{name}");
        assert_eq!(told["myndigheder"], *expected, "{name}");
    }
}

/// How a key is written, of one in PascalCase.
type Style = fn(&str) -> String;

fn snake(key: &str, between: char) -> String {
    let mut out = String::new();
    for letter in key.chars() {
        if letter.is_uppercase() && out.chars().last().is_some_and(char::is_lowercase) {
            out.push(between);
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn restyled(json: &Value, style: Style) -> Value {
    match json {
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (style(key), restyled(value, style))).collect())
        }
        Value::Array(items) => items.iter().map(|item| restyled(item, style)).collect(),
        other => other.clone(),
    }
}

#[test]
fn a_known_authority_that_stands_twice_is_a_fault() {
    let workplace = town();
    let told_case = told(&workplace, &case("known-authority-twice.xlsx"));
    let faults = texts(&told_case["fejl"]);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("A3: ") && faults[0].contains("12345678") && faults[0].contains("A2"), "{faults:?}");
    let mut configuration: Value =
        serde_json::from_slice(&fs::read(workplace.path("eksempelby.json")).unwrap()).unwrap();
    configuration["kendteMyndigheder"] = json!(["33236498", {"cvr": "33236498", "navn": "Udbetaling Danmark"}]);
    let told = told(&workplace, &workplace.file("to.json", configuration.to_string()));
    assert_eq!(told["fejl"][0]["sted"], "kendteMyndigheder[1].cvr");
}

#[test]
fn several_files_are_told_each_by_its_name() {
    let workplace = town();
    let page = |number: u32, id: &str| json!({"currentPage": number, "totalPages": 2, "totalElements": 2, "contactPoints": [{"id": id}]});
    let first = workplace.file("side-1.json", page(0, "a").to_string());
    let second = workplace.file("side-2.json", page(1, "b").to_string());
    let broken = workplace.file("regler.csv", format!("{HEAD}\r\n0;alle;KLE;27.36;esdh;01-01-2024;;;\r\n"));
    let output = workplace.call(&["read", &second, &broken, &first, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_str(&out(&output)).unwrap();
    let files: Vec<_> = told["filer"].as_array().unwrap().iter().map(|it| it["fil"].as_str().unwrap()).collect();
    assert_eq!(files, ["side-2.json", "regler.csv", "side-1.json"]);
    assert_eq!(told["filer"][0]["antal"]["kontaktpunkter"], 1);
    assert_eq!(told["filer"][1]["antal"]["regler"], 1);
    assert_eq!((&told["fejl"][0]["fil"], &told["fejl"][0]["sted"]), (&json!("regler.csv"), &json!("A2")));
    let unknown = workplace.file("billede.png", b"\x89PNG\r\n");
    let told = self::told(&workplace, &unknown);
    assert_eq!((&told["filer"][0]["slags"], &told["fejl"][0]["sted"]), (&Value::Null, &Value::Null));
    assert!(Path::new(&unknown).exists());
}

#[test]
fn files_are_read_against_the_draft_where_there_is_one() {
    let workplace = town();
    let csv = workplace.file("regler.csv", format!("{HEAD}\r\n1;alle;KLE;27.36;Nyt system;01-01-2024;;;\r\n"));
    assert!(!texts(&told(&workplace, &csv)["fejl"]).is_empty());
    let store = postfordeler::store::Store::open(&workplace.data()).unwrap();
    let publication = store.newest_publication().unwrap().unwrap();
    let mut draft = postfordeler::rules::RuleBook::clone(&publication.book);
    "Nyt system".clone_into(&mut draft.authorities[0].fagsystems[1].name);
    store.save_draft(Some(&draft), Some(publication.number), store.draft_revision().unwrap()).unwrap();
    let told = sound(&workplace, &csv);
    assert_eq!(told["myndigheder"][0]["regler"][0]["fagsystem"], "dagtilbud");
}

#[test]
fn what_is_good_to_know_is_told_of_a_file_with_faults_too_and_no_name_of_a_person() {
    let workplace = town();
    let rows = "1;alle;Kontaktgruppe;Byg og boligg;esdh;01-01-2024;;;\r\n0;alle;KLE;27.36;esdh;01-01-2024;;;";
    let file = workplace.file("010170-1234.csv", format!("{HEAD}\r\n{rows}\r\n"));
    let told = told(&workplace, &file);
    assert_eq!(told["filer"][0]["antal"]["regler"], 2);
    assert_eq!(told["fejl"].as_array().map(Vec::len), Some(1));
    assert!(texts(&told["bemaerkninger"]).iter().any(|it| it.ends_with("Mente du »Byg og bolig«?")), "{told:#}");
    assert_eq!(told["filer"][0]["fil"], "(udeladt)");
    assert!(!told.to_string().contains("010170"), "{told:#}");
}

/// Six million keys would take far more memory than the file; it is refused before they do.
#[test]
fn a_file_that_would_take_too_much_memory_is_refused() {
    let workplace = town();
    let keys: Vec<_> = (0..2_000_000).map(|at| format!("\"{at:x}\":0")).collect();
    let file = workplace.file("stor.json", format!("{{\"format\":\"postfordeler-konfiguration\",{}}}", keys.join(",")));
    let faults = texts(&told(&workplace, &file)["fejl"]);
    assert_eq!(
        faults,
        ["(top): Filen er for stor. Den må fylde højst 32 MB og have højst omkring en million værdier."]
    );
}

#[test]
fn groups_stand_below_a_hundred_others_at_most() {
    let workplace = town();
    let names: Vec<_> = (0..102).map(|at| format!("g{at}")).collect();
    let csv = workplace.file("punkter.csv", format!("Id;Titel;Kontaktgrupper\r\np1;Plads;{}\r\n", names.join(" > ")));
    assert!(texts(&told(&workplace, &csv)["fejl"])[0].starts_with("C2: "));
    let mut configuration: Value =
        serde_json::from_slice(&fs::read(workplace.path("eksempelby.json")).unwrap()).unwrap();
    configuration["myndigheder"][0]["kontaktpunkter"][0]["kontaktgrupper"] = json!([{"navn": "g", "under": names}]);
    let told = told(&workplace, &workplace.file("k.json", configuration.to_string()));
    assert_eq!(told["fejl"][0]["sted"], "myndigheder[0].kontaktpunkter[0].kontaktgrupper[0].under");
}

#[test]
fn a_training_package_is_told_with_all_that_it_holds() {
    let workplace = town();
    let book = small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 9101)));
    let package = TrainingPackage { lesson: Some("format".to_owned()), book, ..TrainingPackage::default() };
    let path = workplace.file("fredag.pfoevelse", package.write().unwrap());
    let table = rules_csv(&workplace, &[("kle", "27.36")]);
    let told = sound(&workplace, &path);
    assert_eq!(told["filer"][0]["slags"], "oevelsespakke");
    assert_eq!(told["filer"][0]["antal"]["regler"], package.book.authorities[0].rules.len());
    assert_eq!((&told["filer"][0]["antal"]["opgaver"], &told["filer"][0]["antal"]["kald"]), (&json!(1), &json!(0)));
    assert_eq!(told["myndigheder"][0]["navn"], "Eksempelby Kommune");
    let output = workplace.call(&["read", &table, &path]);
    assert_done(&output);
    assert!(out(&output).contains("fredag.pfoevelse: training package with ") && out(&output).contains(", 1 lesson"));
    assert!(out(&output).contains(": CSV with 1 rule"), "{}", out(&output));
    let spoilt = workplace.file("spoilt.pfoevelse", b"PK\x03\x04 and no more");
    let told_of = told_faults(&workplace, &spoilt);
    assert_eq!(told_of, ["-: Filen er ikke en øvelsespakke. Vælg en fil, der er skrevet på Filer som øvelsespakke."]);
    let refused = workplace.call(&["import", &path]);
    assert!(err(&refused).contains("this is a training package"), "{}", err(&refused));
}

#[test]
fn other_files_of_training_say_where_they_belong() {
    let workplace = town();
    let lesson = include_str!("../../../../resources/training/01-foerste-regel.toml");
    let cases = [
        (workplace.file("opgave.toml", lesson), "-: Filen er en opgave til øvelsen."),
        (
            workplace.file("fremskridt.pffremgang", r#"{"format": "postfordeler-fremgang"}"#),
            "-: Filen er fremskridt fra en maskine",
        ),
    ];
    for (path, words) in cases {
        let told = told_faults(&workplace, &path);
        assert!(told[0].starts_with(words), "{told:?}");
    }
}

fn told_faults(workplace: &Workplace, path: &str) -> Vec<String> {
    texts(&told(workplace, path)["fejl"])
}
