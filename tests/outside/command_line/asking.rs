use serde_json::{Value, json};

use super::{Workplace, assert_done, assert_failed, err, out, text};
use crate::support::{AUTHORITY, Memo, configuration, fagsystem_entry, postfordeler, postfordeler_reading, rule};

const ENDPOINT: &str = "http://127.0.0.1:9101/postmodtag";

fn two_fagsystems() -> [Value; 2] {
    ["esdh", "ydelse"].map(|id| fagsystem_entry(id, ENDPOINT))
}

/// A rule for a contact point until the end of 2024, then another one.
fn published() -> Workplace {
    let mut first = rule(25, "ydelse", "kontaktpunkt", "punkt");
    first["gyldigTil"] = "2024-12-31".into();
    let mut second = rule(30, "esdh", "kontaktpunkt", "punkt");
    second["gyldigFra"] = "2025-01-01".into();
    Workplace::with_published(&configuration(&two_fagsystems(), &[first, second]))
}

fn to_point(id: &str) -> Memo {
    Memo { contact_point: Some(id.to_owned()), ..Memo::new() }
}

fn decided(workplace: &Workplace, arguments: &[&str]) -> Value {
    let output = workplace.call(arguments);
    assert_done(&output);
    assert_eq!(out(&output).lines().count(), 1, "one object: {}", out(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn decide_says_for_people_where_a_message_goes_and_why() {
    let workplace = published();
    let message = to_point("PUNKT");
    let file = workplace.file("besked.xml", message.xml());
    let by_rule = workplace.call(&["decide", &file, "--on", "2024-06-01"]);
    assert_done(&by_rule);
    for word in [message.uuid.as_str(), "ydelse", "YDELSE", "Eksempel Kommune", AUTHORITY, "rule 25", "2025-01-01"] {
        assert!(out(&by_rule).contains(word), "{word} in {}", out(&by_rule));
    }
    let other = workplace.file("andet.xml", to_point("andet").xml());
    let by_default = workplace.call(&["decide", &other]);
    assert_done(&by_default);
    assert!(out(&by_default).contains("esdh") && out(&by_default).contains("opsamlingssystem"), "{}", out(&by_default));
}

#[test]
fn decide_says_for_programs_where_a_message_goes_on_that_day() {
    let workplace = published();
    let message = to_point("punkt");
    let file = workplace.file("besked.xml", message.xml());
    let cases = [
        ("2020-10-24", "esdh", None),
        ("2020-10-25", "ydelse", Some(25)),
        ("2024-12-31", "ydelse", Some(25)),
        ("2025-01-01", "esdh", Some(30)),
    ];
    for (day, fagsystem, priority) in cases {
        let found = decided(&workplace, &["decide", &file, "--on", day, "--json"]);
        let promised = json!({
            "messageUUID": message.uuid,
            "myndighed": AUTHORITY,
            "fagsystem": fagsystem,
            "grundlag": if priority.is_some() { "regel" } else { "opsamlingssystem" },
            "prioritet": priority,
        });
        for (key, value) in promised.as_object().unwrap() {
            assert_eq!(found.get(key), Some(value), "{day}: {key}");
        }
        assert!(found.get("afvist").is_none(), "{day}: only a refusal says that");
    }
    let today = decided(&workplace, &["decide", "--json", &file]);
    assert_eq!(today["prioritet"], 30, "the second rule has no end");
}

/// Rules look at the message alone, whatever the register has of its contact point.
#[test]
fn decide_says_that_a_message_names_no_group_though_the_register_knows_it() {
    let group = rule(10, "ydelse", "kontaktgruppe", "Byg og Miljø");
    let other = rule(20, "ydelse", "kontaktgruppe", "Havn");
    let mut configuration = configuration(&two_fagsystems(), &[group, other]);
    configuration["myndigheder"][0]["kontaktpunkter"] =
        json!([{"id": "punkt", "titel": "Byg", "kontaktgrupper": ["Byg og Miljø"]}]);
    let workplace = Workplace::with_published(&configuration);
    let file = workplace.file("besked.xml", to_point("PUNKT").xml());
    let found = decided(&workplace, &["decide", &file, "--json"]);
    assert_eq!(found["grundlag"], "opsamlingssystem");
    let remark = "Meddelelsen nævner ingen kontaktgruppe; kontaktpunktet står i Byg og Miljø i registret";
    assert_eq!(found["regler"][0], json!({"prioritet": 10, "udfald": "mangler", "bemaerkning": remark}));
    assert_eq!(found["regler"][1], json!({"prioritet": 20, "udfald": "mangler"}));
    let words = out(&workplace.call(&["decide", &file]));
    let line = "the message names no contact group; its contact point is in Byg og Miljø in the register";
    assert!(words.contains(&format!("rule    10  {line}")), "{words}");
    assert!(words.contains("rule    20  the message has no contact group"), "{words}");
    let elsewhere = workplace.file("andet.xml", to_point("andet").xml());
    assert!(!out(&workplace.call(&["decide", &elsewhere])).contains("register"));
}

#[test]
fn decide_reads_a_message_from_standard_input() {
    let workplace = published();
    let message = to_point("punkt");
    let arguments = ["decide", "-", "--json", "--on", "2024-06-01", "--data", &text(&workplace.data())];
    let output = postfordeler_reading(&arguments, &message.xml_of_length(300_000));
    assert_done(&output);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["messageUUID"], &found["fagsystem"]), (&message.uuid.into(), &"ydelse".into()));
}

#[test]
fn decide_refuses_what_the_router_would_refuse() {
    let mut paused = configuration(&two_fagsystems(), &[rule(25, "ydelse", "kontaktpunkt", "punkt")]);
    paused["myndigheder"][0]["fagsystemer"][1]["aktiv"] = false.into();
    let workplace = Workplace::with_published(&paused);
    let sound = Memo::new().xml();
    let doctype = String::from_utf8(sound.clone()).unwrap().replacen("?>", "?><!DOCTYPE memo>", 1);
    let cases = [
        ("memo.ugyldig", b"hej".to_vec()),
        ("memo.ugyldig", sound[..sound.len() - 1].to_vec()),
        ("memo.ugyldig", doctype.into_bytes()),
        ("memo.ugyldig", Memo { uuid: String::new(), ..Memo::new() }.xml()),
        ("memo.ugyldig", Memo { sender: None, ..Memo::new() }.xml()),
        ("memo.ugyldig", Memo { recipient: None, ..Memo::new() }.xml()),
        ("memo.type", Memo { message_type: "NEMSMS", ..Memo::new() }.xml()),
        ("memo.for_stor", Memo::new().xml_of_length(104_333_313)),
        ("modtager.ukendt", Memo { recipient: Some(("2211771212", "CPR")), ..Memo::new() }.xml()),
        ("modtager.ukendt", Memo { recipient: Some(("12345678", "CVR")), ..Memo::new() }.xml()),
        ("fagsystem.utilgaengeligt", to_point("punkt").xml()),
    ];
    for (number, (code, message)) in cases.iter().enumerate() {
        let file = workplace.file("besked.xml", message);
        let told = workplace.call(&["decide", &file, "--json"]);
        assert_eq!((told.status.code(), err(&told).as_str()), (Some(1), ""), "case {number}");
        let answer: Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!(answer["afvist"], *code, "case {number}: {answer}");
        assert!(!out(&told).contains("2211771212"), "{answer}");
        let told = workplace.call(&["decide", &file]);
        assert_eq!(told.status.code(), Some(1), "case {number}");
        assert!(out(&told).contains(code), "case {number}: {}", out(&told));
    }
}

#[test]
fn check_finds_no_fault_where_there_is_none() {
    let workplace = Workplace::with_published(&configuration(&two_fagsystems(), &[rule(25, "ydelse", "kle", "27.36")]));
    let told = workplace.call(&["check"]);
    assert_done(&told);
    assert!(out(&told).contains("0 faults"), "{}", out(&told));
    let found = decided(&workplace, &["check", "--json"]);
    assert_eq!((&found["udgivelse"], &found["fejl"]), (&1.into(), &json!([])));
}

#[test]
fn check_lists_the_faults_with_their_places_and_says_no() {
    let rules =
        [rule(10, "esdh", "kle", "27"), rule(20, "ydelse", "kle", "27.36"), rule(30, "ydelse", "kontaktpunkt", "x")];
    let workplace = Workplace::with_published(&configuration(&two_fagsystems(), &rules));
    let told = workplace.call(&["check"]);
    assert_eq!((told.status.code(), err(&told).as_str()), (Some(1), ""));
    let fault = out(&told).lines().find(|line| line.starts_with("fault: ")).map(str::to_owned).unwrap();
    assert!(fault.contains("myndigheder[0].regler[1]") && fault.contains("20") && fault.contains("10"), "{fault}");
    assert!(out(&told).contains("1 fault,"), "{}", out(&told));

    let told = workplace.call(&["check", "--json"]);
    assert_eq!(told.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&told.stdout).unwrap();
    let places = |kind: &str| -> Vec<String> {
        found[kind].as_array().unwrap().iter().map(|it| it["sted"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(places("fejl"), ["myndigheder[0].regler[1]"]);
    assert!(places("advarsler").contains(&"myndigheder[0].regler[2].regelvaerdi".to_owned()), "{found}");
}

#[test]
fn check_names_the_rules_that_leave_nothing_to_another_and_the_day_that_it_sees_from() {
    let mut own = rule(10, "ydelse", "modtagerCvr", "11223344");
    own["gyldigFra"] = "2027-01-01".into();
    let mut person = rule(5, "ydelse", "afsenderCvr", "66137112");
    person["segment"] = "person".into();
    let rules = [person, own, rule(20, "ydelse", "kle", "27.36")];
    let workplace = Workplace::with_published(&configuration(&two_fagsystems(), &rules));
    let never = |day: &str| -> (Value, Vec<Value>) {
        let told = workplace.call(&["check", "--json", "--on", day]);
        assert_eq!(told.status.code(), Some(1));
        let found: Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!(found["oplysninger"], json!([]));
        let faults = found["fejl"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| json!([it["slags"], it["myndighed"], it["regel"], it["af"], it["sted"]]));
        (found["dag"].clone(), faults.collect())
    };
    let person = json!(["aldrig", "11223344", 5, [], "myndigheder[0].regler[0]"]);
    assert_eq!(never("2026-12-31"), (json!("2026-12-31"), vec![person.clone()]));
    let later = json!(["aldrig", "11223344", 20, [10], "myndigheder[0].regler[2]"]);
    assert_eq!(never("2027-01-01"), (json!("2027-01-01"), vec![person, later]));

    let told = workplace.call(&["check", "--on", "31-12-2026"]);
    assert_eq!(told.status.code(), Some(2), "{}", err(&told));
}

#[test]
fn warnings_alone_are_no_faults() {
    let mut expired = rule(10, "ydelse", "kle", "27");
    expired["gyldigTil"] = "2021-01-01".into();
    let mut warned = configuration(&two_fagsystems(), &[expired]);
    warned["myndigheder"][0]["fagsystemer"][0]["aktiv"] = false.into();
    let workplace = Workplace::with_published(&warned);
    let told = workplace.call(&["check"]);
    assert_done(&told);
    let warnings = out(&told).lines().filter(|line| line.starts_with("warning: ")).count();
    assert!(warnings >= 2, "{}", out(&told));
}

#[test]
fn a_standard_input_without_a_message_is_refused() {
    let workplace = published();
    let output = postfordeler_reading(&["decide", "-", "--data", &text(&workplace.data())], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_failed("a directory", &workplace.call(&["decide", &text(&workplace.data())]), "cannot read");
}

#[test]
fn the_reference_of_reasons_has_every_code_once_with_words_in_both_languages() {
    use postfordeler::reasons::Reason;
    use postfordeler::store::Outcome;

    let codes: std::collections::BTreeSet<_> = Reason::all().map(Reason::code).collect();
    assert_eq!(codes.len(), Reason::all().count(), "no code stands for two reasons");
    for language in ["en", "da"] {
        let output = postfordeler(&["reasons", "--language", language]);
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8(output.stdout).unwrap();
        for reason in Reason::all() {
            let explained = reason.explanation();
            let wording = if language == "da" { explained.danish } else { explained.english };
            let rows: Vec<_> = text
                .lines()
                .filter(|line| line.starts_with(&format!("| `{}` | {}", reason.code(), wording.label)))
                .collect();
            assert_eq!(rows.len(), 1, "{language}: {rows:?}");
            assert!(rows[0].contains(&wording.sentence()) && rows[0].contains(wording.remedy), "{}", rows[0]);
            assert_eq!(rows[0].matches('|').count(), 7, "{}", rows[0]);
        }
        for outcome in Outcome::all().filter(|outcome| *outcome != Outcome::UnderWay) {
            assert!(text.contains(&format!("| `{}` |", outcome.code())), "{outcome:?}");
        }
        assert!(text.contains("| `fagsystem.utilgaengeligt` | 503 | INVALID | `fagsystem.utilgaengeligt` |"), "{text}");
        assert!(text.contains("| `accepteret` | 200 | COMPLETED | null |"), "{text}");
    }
}
