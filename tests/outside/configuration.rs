//! The configuration file: what is read from it, what is written, and what is said of its faults.

use postfordeler::exchange::{FileFault, FileFaults, FileProblem, read_configuration, write_configuration};
use postfordeler::rules::{Criterion, PostType, Priority, RuleBook, Segment};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::rules::books::any_book_of_files;

/// The example that the contract gives.
const EXAMPLE: &str = include_str!("../data/example_configuration.json");

fn example() -> Value {
    serde_json::from_str(EXAMPLE).expect("the example is JSON")
}

fn read(configuration: &Value) -> Result<RuleBook, FileFaults> {
    read_configuration(configuration.to_string().as_bytes())
}

fn written(book: &RuleBook) -> Value {
    serde_json::from_str(&write_configuration(book)).expect("what is written is JSON")
}

/// The places of the faults, in the order of the report.
fn places(read: Result<RuleBook, FileFaults>) -> Vec<String> {
    read.expect_err("the file has faults").0.into_iter().map(|fault| fault.place.to_string()).collect()
}

#[test]
fn the_example_is_read_and_written_as_it_is() {
    let book = read_configuration(EXAMPLE.as_bytes()).expect("the example has no fault");
    let rule = &book.authorities[0].rules[0];
    assert_eq!(rule.priority, Priority::new(25).expect("not 0"));
    assert_eq!(rule.segment, Segment::Everyone);
    assert_eq!(rule.validity.to().map(|day| day.to_string()).as_deref(), Some("2030-01-01"));
    assert_eq!(written(&book), example());
}

#[test]
fn what_is_left_out_is_written_with_its_default() {
    let mut brief = example();
    brief.as_object_mut().expect("an object").remove("kendteMyndigheder");
    let authority = brief["myndigheder"][0].as_object_mut().expect("an object");
    authority.remove("flereCvr");
    authority.remove("kontaktpunkter");
    authority["fagsystemer"][0].as_object_mut().expect("an object").remove("aktiv");
    let rule = authority["regler"][0].as_object_mut().expect("an object");
    for key in ["aktiv", "gyldigTil", "note"] {
        rule.remove(key);
    }
    let mut full = example();
    full["kendteMyndigheder"] = json!([]);
    full["myndigheder"][0]["kontaktpunkter"] = json!([]);
    full["myndigheder"][0]["regler"][0].as_object_mut().expect("an object").remove("gyldigTil");
    let book = read(&brief).expect("nothing that is left out must be there");
    assert_eq!(written(&book), full);
    // A null says as much as nothing.
    for key in ["aktiv", "gyldigTil", "note"] {
        brief["myndigheder"][0]["regler"][0][key] = Value::Null;
    }
    brief["kendteMyndigheder"] = Value::Null;
    assert_eq!(read(&brief), Ok(book));
    let mut point = example();
    point["myndigheder"][0]["kontaktpunkter"] = json!([{"id": "kp"}]);
    let book = read(&point).expect("a contact point needs no more than its id");
    point["myndigheder"][0]["kontaktpunkter"] = json!([{"id": "kp", "kontaktgrupper": [], "titel": ""}]);
    assert_eq!(written(&book), point);
}

#[test]
fn every_rule_element_and_segment_is_read_and_written() {
    let parse = |text: &str| postfordeler::rules::Caseless::new(text);
    let cases = [
        ("kontaktpunkt", "KP-Å", "KP-Å", Criterion::ContactPoint(parse("kp-å"))),
        ("kontaktgruppe", " Børn og unge ", "Børn og unge", Criterion::ContactGroup(parse("BØRN OG UNGE"))),
        ("afsenderCvr", "00000012", "00000012", Criterion::SenderCvr("00000012".parse().expect("CVR"))),
        ("modtagerCvr", "11223344", "11223344", Criterion::RecipientCvr("11223344".parse().expect("CVR"))),
        ("kle", "31-35", "31 - 35", Criterion::Kle("31 - 35".parse().expect("KLE"))),
        ("kle", "27.36", "27.36", Criterion::Kle("27.36".parse().expect("KLE"))),
        (
            "form",
            "10.05 - 10.05.10.05",
            "10.05 - 10.05.10.05",
            Criterion::Form("10.05-10.05.10.05".parse().expect("FORM")),
        ),
        ("udenKontaktpunkt", "myndighedspost", "myndighedspost", Criterion::NoContactPoint(PostType::Authority)),
        ("udenKontaktpunkt", "virksomhedspost", "virksomhedspost", Criterion::NoContactPoint(PostType::Company)),
        ("udenKontaktpunkt", "ikkeAngivet", "ikkeAngivet", Criterion::NoContactPoint(PostType::Unspecified)),
    ];
    for (element, value, shown, criterion) in cases {
        let mut configuration = example();
        configuration["myndigheder"][0]["regler"][0]["regelelement"] = json!(element);
        configuration["myndigheder"][0]["regler"][0]["regelvaerdi"] = json!(value);
        let book = read(&configuration).expect(element);
        assert_eq!(book.authorities[0].rules[0].criterion, criterion);
        configuration["myndigheder"][0]["regler"][0]["regelvaerdi"] = json!(shown);
        assert_eq!(written(&book), configuration);
    }
    let segments = [
        ("alle", Segment::Everyone),
        ("person", Segment::Person),
        ("virksomhed", Segment::Company),
        ("myndighed", Segment::Authority),
    ];
    for (word, segment) in segments {
        let mut configuration = example();
        configuration["myndigheder"][0]["regler"][0]["segment"] = json!(word);
        let book = read(&configuration).expect(word);
        assert_eq!(book.authorities[0].rules[0].segment, segment);
        assert_eq!(written(&book), configuration);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_and_written_the_same(book in any_book_of_files()) {
        let text = write_configuration(&book);
        let again = read_configuration(text.as_bytes()).expect("what is written has no fault");
        prop_assert_eq!(&again, &book);
        prop_assert_eq!(write_configuration(&again), text);
    }
}

#[test]
fn each_fault_is_told_with_its_place() {
    let authority = "/myndigheder/0";
    let fagsystem = "/myndigheder/0/fagsystemer/0";
    let point = "/myndigheder/0/kontaktpunkter/0";
    let rule = "/myndigheder/0/regler/0";
    let none = json!({"fjernes": "her"});
    let cases = [
        ("", "format", json!("noget andet"), "format"),
        ("", "format", none.clone(), "format"),
        ("", "version", json!(2), "version"),
        ("", "version", json!("1"), "version"),
        ("", "version", none.clone(), "version"),
        ("", "myndigheder", none.clone(), "myndigheder"),
        ("", "myndigheder", json!({}), "myndigheder"),
        ("", "myndigheder", json!([7]), "myndigheder[0]"),
        ("", "nyt", json!(1), "nyt"),
        ("", "kendteMyndigheder", json!("12345678"), "kendteMyndigheder"),
        ("", "kendteMyndigheder", json!(["12345678", "1234567"]), "kendteMyndigheder[1]"),
        ("", "kendteMyndigheder", json!(["12345678", "12345678"]), "kendteMyndigheder[1]"),
        (authority, "cvr", json!("1122334"), "myndigheder[0].cvr"),
        (authority, "cvr", json!("112233445"), "myndigheder[0].cvr"),
        (authority, "cvr", json!("1122334x"), "myndigheder[0].cvr"),
        (authority, "cvr", json!(11_223_344), "myndigheder[0].cvr"),
        (authority, "cvr", none.clone(), "myndigheder[0].cvr"),
        (authority, "navn", json!(["x"]), "myndigheder[0].navn"),
        (authority, "navn", none.clone(), "myndigheder[0].navn"),
        (authority, "flereCvr", json!(["55133018", "x"]), "myndigheder[0].flereCvr[1]"),
        (authority, "flereCvr", json!(["11223344"]), "myndigheder[0].flereCvr[0]"),
        (authority, "flereCvr", json!(["55133018", "55133018"]), "myndigheder[0].flereCvr[1]"),
        (authority, "opsamlingssystem", none.clone(), "myndigheder[0].opsamlingssystem"),
        (authority, "opsamlingssystem", json!("findes ikke"), "myndigheder[0].opsamlingssystem"),
        (authority, "opsamlingssystem", json!("ESDH"), "myndigheder[0].opsamlingssystem"),
        (authority, "opsamlingssystem", json!(" "), "myndigheder[0].opsamlingssystem"),
        (authority, "regler", none.clone(), "myndigheder[0].regler"),
        (authority, "Regler", json!([]), "myndigheder[0].Regler"),
        (fagsystem, "navn", none.clone(), "myndigheder[0].fagsystemer[0].navn"),
        (fagsystem, "endpoint", none.clone(), "myndigheder[0].fagsystemer[0].endpoint"),
        (fagsystem, "endpoint", json!("127.0.0.1:9101"), "myndigheder[0].fagsystemer[0].endpoint"),
        (fagsystem, "endpoint", json!("ftp://127.0.0.1/"), "myndigheder[0].fagsystemer[0].endpoint"),
        (fagsystem, "endpoint", json!("http://"), "myndigheder[0].fagsystemer[0].endpoint"),
        (fagsystem, "aktiv", json!("ja"), "myndigheder[0].fagsystemer[0].aktiv"),
        (fagsystem, "url", json!(""), "myndigheder[0].fagsystemer[0].url"),
        (point, "id", none.clone(), "myndigheder[0].kontaktpunkter[0].id"),
        (point, "id", json!(" "), "myndigheder[0].kontaktpunkter[0].id"),
        (point, "kontaktgrupper", json!(["a", ""]), "myndigheder[0].kontaktpunkter[0].kontaktgrupper[1]"),
        (point, "titel", json!(1), "myndigheder[0].kontaktpunkter[0].titel"),
        (point, "navn", json!("x"), "myndigheder[0].kontaktpunkter[0].navn"),
        (rule, "prioritet", none.clone(), "myndigheder[0].regler[0].prioritet"),
        (rule, "prioritet", json!(0), "myndigheder[0].regler[0].prioritet"),
        (rule, "prioritet", json!(-1), "myndigheder[0].regler[0].prioritet"),
        (rule, "prioritet", json!(1.5), "myndigheder[0].regler[0].prioritet"),
        (rule, "prioritet", json!(4_294_967_296_u64), "myndigheder[0].regler[0].prioritet"),
        (rule, "prioritet", json!("25"), "myndigheder[0].regler[0].prioritet"),
        (rule, "fagsystem", none.clone(), "myndigheder[0].regler[0].fagsystem"),
        (rule, "fagsystem", json!("findes ikke"), "myndigheder[0].regler[0].fagsystem"),
        (rule, "segment", none.clone(), "myndigheder[0].regler[0].segment"),
        (rule, "segment", json!("Alle"), "myndigheder[0].regler[0].segment"),
        (rule, "regelelement", none.clone(), "myndigheder[0].regler[0].regelelement"),
        (rule, "regelelement", json!("kontaktPunkt"), "myndigheder[0].regler[0].regelelement"),
        (rule, "regelvaerdi", none.clone(), "myndigheder[0].regler[0].regelvaerdi"),
        (rule, "regelvaerdi", json!(""), "myndigheder[0].regler[0].regelvaerdi"),
        (rule, "regelvaerdi", json!(27), "myndigheder[0].regler[0].regelvaerdi"),
        (rule, "gyldigFra", none.clone(), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("25-10-2020"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("2023-02-29"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("20201025"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("2020-10-25T10"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("2020-W43-7"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigFra", json!("20201025T1"), "myndigheder[0].regler[0].gyldigFra"),
        (rule, "gyldigTil", json!("2020-10-24"), "myndigheder[0].regler[0].gyldigTil"),
        (rule, "gyldigTil", json!(""), "myndigheder[0].regler[0].gyldigTil"),
        (rule, "aktiv", json!(1), "myndigheder[0].regler[0].aktiv"),
        (rule, "note", json!(false), "myndigheder[0].regler[0].note"),
        (rule, "bemærkning", json!(""), "myndigheder[0].regler[0].bemærkning"),
    ];
    for (object, key, value, place) in cases {
        let mut configuration = example();
        let object = configuration.pointer_mut(object).and_then(Value::as_object_mut).expect("an object");
        if value == none {
            object.remove(key).expect("it was there");
        } else {
            object.insert(key.to_owned(), value.clone());
        }
        assert_eq!(places(read(&configuration)), [place], "{key}: {value}");
    }
}

#[test]
fn a_value_that_its_rule_element_cannot_want_is_a_fault() {
    let cases = [
        ("afsenderCvr", "1234567"),
        ("modtagerCvr", "12 34 56 78"),
        ("kle", "35 - 31"),
        ("kle", "27.36.04 A00"),
        ("kle", "27.36.04.01"),
        ("kle", "3 - 5"),
        ("form", "10.05.10.05.01"),
        ("form", "31 – 35 – 37"),
        ("udenKontaktpunkt", "MYNDIGHEDSPOST"),
        ("udenKontaktpunkt", "borgerpost"),
    ];
    for (element, value) in cases {
        let mut configuration = example();
        configuration["myndigheder"][0]["regler"][0]["regelelement"] = json!(element);
        configuration["myndigheder"][0]["regler"][0]["regelvaerdi"] = json!(value);
        assert_eq!(places(read(&configuration)), ["myndigheder[0].regler[0].regelvaerdi"], "{element}: {value}");
    }
}

#[test]
fn what_must_be_unique_names_the_second_place_and_the_first() {
    let mut configuration = example();
    let authority = &mut configuration["myndigheder"][0];
    let mut rule = authority["regler"][0].clone();
    rule["prioritet"] = json!(30);
    let rules = authority["regler"].as_array_mut().expect("a list");
    rules.extend([rule.clone(), rule.clone()]);
    rule["prioritet"] = json!(25);
    rules.push(rule);
    let fagsystem = authority["fagsystemer"][0].clone();
    authority["fagsystemer"].as_array_mut().expect("a list").push(fagsystem);
    let mut point = authority["kontaktpunkter"][0].clone();
    point["id"] = json!("241D39F6-998E-4929-B198-CCACBBF4B330");
    authority["kontaktpunkter"].as_array_mut().expect("a list").push(point);
    let mut second = example()["myndigheder"][0].clone();
    second["flereCvr"] = json!(["55133018"]);
    configuration["myndigheder"].as_array_mut().expect("a list").push(second);
    let faults = read(&configuration).expect_err("there is much twice");
    let mut told: Vec<_> = faults.0.iter().map(ToString::to_string).collect();
    told.sort_unstable();
    let beginnings = [
        ("myndigheder[0].fagsystemer[1].id: ", "myndigheder[0].fagsystemer[0].id"),
        ("myndigheder[0].kontaktpunkter[1].id: ", "myndigheder[0].kontaktpunkter[0].id"),
        ("myndigheder[0].regler[2].prioritet: ", "myndigheder[0].regler[1].prioritet"),
        ("myndigheder[0].regler[3].prioritet: ", "myndigheder[0].regler[0].prioritet"),
        ("myndigheder[1].cvr: ", "myndigheder[0].cvr"),
    ];
    assert_eq!(told.len(), beginnings.len(), "{told:#?}");
    for (line, (place, first)) in told.iter().zip(beginnings) {
        assert!(line.starts_with(place) && line.contains(first), "{line}");
    }
}

#[test]
fn every_fault_of_a_file_is_in_one_report() {
    let configuration = json!({
        "format": "postfordeler-konfiguration",
        "version": 3,
        "ukendt": 1,
        "kendteMyndigheder": ["1", "12345678", 2],
        "myndigheder": [
            {
                "cvr": "x", "navn": "A", "flereCvr": [null], "ekstra": 1, "opsamlingssystem": "b",
                "fagsystemer": [{"id": "a", "navn": 1, "endpoint": "nej", "aktiv": 0}, {"id": "", "navn": "c"}],
                "kontaktpunkter": [{"titel": "t"}, 3],
                "regler": [
                    {"prioritet": 1, "fagsystem": "a", "segment": "alle", "regelelement": "kle", "regelvaerdi": "27",
                     "gyldigFra": "2020-01-01"},
                    {"prioritet": 1, "fagsystem": "z", "segment": "ingen", "regelelement": "kle", "regelvaerdi": "x",
                     "gyldigFra": "2020-01-02", "gyldigTil": "2020-01-01", "aktiv": "ja", "note": 1, "x": 1},
                    {"regelelement": "andet", "regelvaerdi": "27"},
                    "regel",
                ],
            },
            false,
            {"cvr": "11223344", "navn": "C", "opsamlingssystem": "a", "fagsystemer": {}, "regler": 1},
        ],
    });
    let mut found = places(read(&configuration));
    found.sort_unstable();
    let mut expected = [
        "version",
        "ukendt",
        "kendteMyndigheder[0]",
        "kendteMyndigheder[2]",
        "myndigheder[0].cvr",
        "myndigheder[0].flereCvr[0]",
        "myndigheder[0].ekstra",
        "myndigheder[0].opsamlingssystem",
        "myndigheder[0].fagsystemer[0].navn",
        "myndigheder[0].fagsystemer[0].endpoint",
        "myndigheder[0].fagsystemer[0].aktiv",
        "myndigheder[0].fagsystemer[1].id",
        "myndigheder[0].fagsystemer[1].endpoint",
        "myndigheder[0].kontaktpunkter[0].id",
        "myndigheder[0].kontaktpunkter[1]",
        "myndigheder[0].regler[1].prioritet",
        "myndigheder[0].regler[1].fagsystem",
        "myndigheder[0].regler[1].segment",
        "myndigheder[0].regler[1].regelvaerdi",
        "myndigheder[0].regler[1].gyldigTil",
        "myndigheder[0].regler[1].aktiv",
        "myndigheder[0].regler[1].note",
        "myndigheder[0].regler[1].x",
        "myndigheder[0].regler[2].prioritet",
        "myndigheder[0].regler[2].fagsystem",
        "myndigheder[0].regler[2].segment",
        "myndigheder[0].regler[2].regelelement",
        "myndigheder[0].regler[2].gyldigFra",
        "myndigheder[0].regler[3]",
        "myndigheder[1]",
        "myndigheder[2].fagsystemer",
        "myndigheder[2].regler",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn the_report_says_what_is_wrong_and_what_could_stand_there() {
    let mut configuration = example();
    configuration["myndigheder"][0]["regler"][0]["segment"] = json!("borger");
    configuration["version"] = json!(7);
    let report = read(&configuration).expect_err("two faults").to_string();
    let lines: Vec<_> = report.lines().collect();
    assert_eq!(lines[0], "2 faults:");
    assert_eq!(
        lines[2].trim(),
        "myndigheder[0].regler[0].segment: 'borger' is not possible here; choose one of alle, person, virksomhed, \
         myndighed"
    );
    assert!(lines[1].contains("version 7"), "{report}");
}

#[test]
fn a_key_that_stands_twice_is_a_fault() {
    let cases = [
        ("\"version\": 1,", "version"),
        ("\"navn\": \"Eksempel Kommune\",", "myndigheder[0].navn"),
        ("\"prioritet\": 25, ", "myndigheder[0].regler[0].prioritet"),
        ("\"aktiv\": true, ", "myndigheder[0].regler[0].aktiv"),
        ("\"id\": \"esdh\", ", "myndigheder[0].fagsystemer[0].id"),
    ];
    for (entry, place) in cases {
        assert!(EXAMPLE.contains(entry), "{entry}");
        let twice = EXAMPLE.replacen(entry, &entry.repeat(2), 1);
        let faults = read_configuration(twice.as_bytes()).expect_err("a key stands twice").0;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].place.to_string().as_str(), &faults[0].problem), (place, &FileProblem::RepeatedKey));
    }
}

#[test]
fn what_the_window_only_warns_of_is_no_fault() {
    let mut configuration = example();
    let authority = &mut configuration["myndigheder"][0];
    let mut rule = authority["regler"][0].clone();
    let mut add = |priority: u32, element: &str, value: &str| {
        rule["prioritet"] = json!(priority);
        rule["regelelement"] = json!(element);
        rule["regelvaerdi"] = json!(value);
        authority["regler"].as_array_mut().expect("a list").push(rule.clone());
    };
    add(26, "kontaktpunkt", "i ingen liste");
    add(27, "kontaktgruppe", "i ingen liste");
    add(28, "afsenderCvr", "11111111");
    add(29, "modtagerCvr", "99999999");
    add(4_294_967_295, "kontaktpunkt", "241d39f6-998e-4929-b198-ccacbbf4b330");
    authority["cvr"] = json!("00000001");
    authority["regler"][0]["gyldigTil"] = json!("2020-10-25");
    authority["fagsystemer"][0]["aktiv"] = json!(false);
    configuration["kendteMyndigheder"] = json!(["11111111", "00000001"]);
    assert!(read(&configuration).is_ok(), "{:?}", read(&configuration));
    assert_eq!(written(&read(&configuration).expect("no fault")), configuration);
    let empty = json!({"format": "postfordeler-konfiguration", "version": 1, "myndigheder": []});
    assert_eq!(read(&empty), Ok(RuleBook::default()));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let marked = format!("\u{FEFF}{EXAMPLE}");
    assert_eq!(read_configuration(marked.as_bytes()), read_configuration(EXAMPLE.as_bytes()));
    let twice =
        read_configuration(format!("\u{FEFF}\u{FEFF}{EXAMPLE}").as_bytes()).expect_err("one stands there still");
    assert!(matches!(twice.0[..], [FileFault { problem: FileProblem::NotJson(_), .. }]), "{twice}");
}

#[test]
fn utf_16_with_its_mark_is_fine() {
    let marked = format!("\u{FEFF}{EXAMPLE}");
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let file: Vec<u8> = marked.encode_utf16().flat_map(bytes).collect();
        assert_eq!(read_configuration(&file), read_configuration(EXAMPLE.as_bytes()));
    }
}

#[test]
fn what_is_larger_than_any_configuration_is_refused() {
    let many = format!("[{}0]", "0,".repeat(4_000_000));
    let large = format!("\"{}\"", "x".repeat(64 << 20));
    for file in [many, large] {
        let faults = read_configuration(file.as_bytes()).expect_err("too large").0;
        assert_eq!(faults.iter().map(|fault| &fault.problem).collect::<Vec<_>>(), [&FileProblem::TooLarge]);
    }
}

#[test]
fn what_is_no_json_is_told_with_line_and_column() {
    let missing_comma = EXAMPLE.replacen("\"version\": 1,", "\"version\": 1", 1);
    let cut_off = EXAMPLE.trim_end().strip_suffix('}').expect("an object");
    let cases = [
        (missing_comma.as_bytes().to_vec(), "line 4 column 3"),
        (cut_off.as_bytes().to_vec(), "line"),
        (b"".to_vec(), "line 1 column 0"),
        (b"<xml/>".to_vec(), "line 1 column 1"),
        (format!("{EXAMPLE}}}").into_bytes(), "line"),
        (b"{\"format\": \"\xE6\"}".to_vec(), "line 1"),
        ("[".repeat(100_000).into_bytes(), "line 1"),
    ];
    for (file, position) in cases {
        let faults = read_configuration(&file).expect_err("it is no JSON").0;
        assert_eq!(faults.len(), 1);
        let FileProblem::NotJson(words) = &faults[0].problem else { panic!("{faults:?}") };
        assert!(words.contains(position) && words.contains("column"), "{words}");
    }
    let list = read_configuration(b"[1, 2]").expect_err("it is no object");
    assert_eq!(list.to_string(), "1 fault:\n  (top): here belongs an object");
}
