use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{MADE_NEW, Workplace, assert_done, assert_failed, err, out, text};
use crate::support::{Running, configuration, fagsystem_entry, postfordeler, postfordeler_reading, rule};

const ENDPOINT: &str = "http://127.0.0.1:9101/postmodtag";

/// A configuration that uses all of the format.
fn full() -> Value {
    let element = |number: u32, element: &str, value: &str| rule(number * 10, "ydelse", element, value);
    let mut rules = vec![
        element(1, "kontaktpunkt", "241d39f6-998e-4929-b198-ccacbbf4b330"),
        element(2, "kontaktgruppe", "Børn & unge"),
        element(3, "afsenderCvr", "12345678"),
        element(4, "modtagerCvr", "11223344"),
        element(5, "kle", "31 - 35"),
        element(6, "form", "26.05"),
        element(7, "udenKontaktpunkt", "ikkeAngivet"),
    ];
    rules[0]["gyldigTil"] = "2030-01-01".into();
    rules[1]["segment"] = "person".into();
    rules[2]["aktiv"] = false.into();
    rules[3]["note"] = "\"Citat\" og\nny linje".into();
    let mut paused = fagsystem_entry("ydelse", "https://ydelse.example.dk/ind?a=b");
    paused["aktiv"] = false.into();
    let mut full = configuration(&[fagsystem_entry("esdh", ENDPOINT), paused], &rules);
    full["kendteMyndigheder"] = json!(["12345678"]);
    full["myndigheder"][0]["flereCvr"] = json!(["55667788"]);
    full["myndigheder"][0]["kontaktpunkter"] = json!([
        {"id": "241d39f6-998e-4929-b198-ccacbbf4b330", "kontaktgrupper": ["Børn & unge"], "titel": "Pladsanvisningen"},
    ]);
    full
}

#[test]
fn what_is_imported_is_exported_and_imports_again_as_the_same() {
    let workplace = Workplace::new();
    let file = workplace.file("ind.json", full().to_string());
    let imported = workplace.call(&["import", &file]);
    assert_done(&imported);
    assert!(out(&imported).contains("number 1"), "{}", out(&imported));

    let export = workplace.path("ud.json");
    assert_done(&workplace.call(&["export", &text(&export)]));
    let exported = fs::read(&export).unwrap();
    let to_output = workplace.call(&["export", "-"]);
    assert_done(&to_output);
    assert!(to_output.stdout == exported, "both exports are the same bytes");

    let mut expected = full();
    // What may be left out is written out.
    expected["myndigheder"][0]["fagsystemer"][0]["aktiv"] = true.into();
    for rule in expected["myndigheder"][0]["regler"].as_array_mut().unwrap() {
        let rule = rule.as_object_mut().unwrap();
        rule.entry("aktiv").or_insert(true.into());
        rule.entry("note").or_insert("".into());
    }
    let mut found: Value = serde_json::from_slice(&exported).unwrap();
    for rule in found["myndigheder"][0]["regler"].as_array_mut().unwrap() {
        rule.as_object_mut().unwrap().retain(|key, value| key != "gyldigTil" || !value.is_null());
    }
    assert_eq!(found, expected);

    let elsewhere = Workplace::new();
    assert_done(&elsewhere.call(&["import", &text(&export)]));
    assert!(elsewhere.call(&["export", "-"]).stdout == exported);
    // Over an older export of the same name.
    assert_done(&elsewhere.call(&["export", &text(&export)]));
    assert!(fs::read(&export).unwrap() == exported);
    let names: Vec<_> = fs::read_dir(workplace.directory.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nothing is left beside them: {names:?}");
}

#[test]
fn a_configuration_is_imported_from_standard_input_and_with_a_byte_order_mark() {
    let workplace = Workplace::new();
    let data = text(&workplace.data());
    let imported = postfordeler_reading(&["import", "-", "--data", &data], full().to_string().as_bytes());
    assert_done(&imported);
    let with_mark = workplace.file("mark.json", format!("\u{FEFF}{}", full()));
    assert_done(&workplace.call(&["import", &with_mark]));
}

#[test]
fn the_data_directory_is_named_before_or_after_the_call_and_made_when_absent() {
    let workplace = Workplace::new();
    let file = workplace.file("ind.json", full().to_string());
    let deep = text(&workplace.path("her/og/der"));
    assert_done(&postfordeler(&["--data", &deep, "import", &file]));
    let before = postfordeler(&["--data", &deep, "export", "-"]);
    let between = postfordeler(&["export", "--data", &deep, "-"]);
    let after = postfordeler(&["export", "-", &format!("--data={deep}")]);
    for output in [&before, &between, &after] {
        assert_done(output);
        assert_eq!(output.stdout, before.stdout);
    }
}

#[test]
fn a_data_directory_that_was_not_there_is_said_to_be_new() {
    let workplace = Workplace::new();
    let file = workplace.file("ind.json", full().to_string());
    let new = |name: &str, call: &[&str]| {
        let data = text(&workplace.path(name));
        (postfordeler(&[call, &["--data", &data]].concat()), format!("{MADE_NEW}{data}"))
    };
    let (imported, words) = new("a", &["import", &file]);
    assert_eq!((imported.status.code(), err(&imported)), (Some(0), format!("{words}\n")));
    let (again, _) = new("a", &["import", &file]);
    assert_eq!((again.status.code(), err(&again).as_str()), (Some(0), ""));
    for (name, call) in
        [("b", vec!["check"]), ("c", vec!["export", "-"]), ("d", vec!["decide", &file]), ("e", vec!["api-key"])]
    {
        let (output, words) = new(name, &call);
        assert!(err(&output).contains(&words), "{call:?}: {}", err(&output));
        if output.status.code() == Some(2) {
            assert_failed(name, &output, "no published configuration");
        }
    }
    // What only looks makes none, and has nothing to say.
    let (rehearsed, _) = new("f", &["import", &file, "--dry-run"]);
    assert_eq!((rehearsed.status.code(), err(&rehearsed).as_str()), (Some(0), ""));
    let data = text(&workplace.path("g"));
    let mut served = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", &data]);
    served.terminate();
    assert_eq!(served.exit_status(), Some(0));
    assert!(served.log().contains(&format!("{MADE_NEW}{data}")), "{}", served.log());
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_data_directory_named_it_is_the_platforms() {
    let workplace = Workplace::new();
    let file = workplace.file("ind.json", full().to_string());
    let home = workplace.path("home");
    let imported = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["import", &file])
        .env("XDG_DATA_HOME", &home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_done(&imported);
    assert!(home.join("postfordeler/postfordeler.db").is_file(), "{:?}", fs::read_dir(&home).unwrap().next());
}

#[test]
fn a_configuration_with_faults_is_refused_whole_with_every_fault_and_its_place() {
    let workplace = Workplace::with_published(&full());
    let before = workplace.call(&["export", "-"]).stdout;
    let mut faulty = full();
    faulty["ukendt"] = 1.into();
    faulty["kendteMyndigheder"][0] = "1234".into();
    let authority = &mut faulty["myndigheder"][0];
    authority["cvr"] = "1122334".into();
    authority.as_object_mut().unwrap().remove("opsamlingssystem");
    authority["regler"][0]["gyldigTil"] = "2019-01-01".into();
    authority["regler"][1]["fagsystem"] = "findes ikke".into();
    authority["regler"][2]["segment"] = "alien".into();
    authority["regler"][3]["prioritet"] = 30.into();
    authority["regler"][4]["regelvaerdi"] = "35 - 31".into();
    authority["regler"][5]["regelelement"] = "andet".into();
    authority["regler"][6]["regelvaerdi"] = "måske".into();
    let places = [
        "ukendt",
        "kendteMyndigheder[0]",
        "myndigheder[0].cvr",
        "myndigheder[0].opsamlingssystem",
        "myndigheder[0].regler[0].gyldigTil",
        "myndigheder[0].regler[1].fagsystem",
        "myndigheder[0].regler[2].segment",
        "myndigheder[0].regler[3].prioritet",
        "myndigheder[0].regler[4].regelvaerdi",
        "myndigheder[0].regler[5].regelelement",
        "myndigheder[0].regler[6].regelvaerdi",
    ];
    let file = workplace.file("fejl.json", faulty.to_string());
    let refused = workplace.call(&["import", &file]);
    let words = err(&refused);
    assert_eq!((refused.status.code(), out(&refused).as_str()), (Some(1), ""), "{words}");
    for place in places {
        assert!(words.lines().any(|line| line.trim().starts_with(&format!("{place}: "))), "{place} in {words}");
    }
    // The first line is about the file as a whole.
    assert_eq!(words.lines().count(), places.len() + 1, "{words}");
    assert_eq!(workplace.call(&["export", "-"]).stdout, before, "what was there stays");
}

#[test]
fn what_is_no_configuration_is_refused_and_publishes_nothing() {
    let cases = [
        ("nothing", "", "(top): the file is not JSON: EOF while parsing a value at line 1 column 0"),
        ("no JSON", "<memo/>", "(top): the file is not JSON: expected value at line 1 column 1"),
        (
            "broken off",
            r#"{"format": "postfordeler-konfiguration", "version": 1, "#,
            "(top): the file is not JSON: EOF while parsing a value at line 1 column 55",
        ),
        (
            "another format",
            r#"{"format": "noget andet", "version": 1, "myndigheder": []}"#,
            "format: 'noget andet' is not possible here; choose one of postfordeler-konfiguration",
        ),
        (
            "another version",
            r#"{"format": "postfordeler-konfiguration", "version": 2, "myndigheder": []}"#,
            "version: version 2 of the format is unknown to this program, which reads version 1; use a newer program",
        ),
    ];
    for (case, content, fault) in cases {
        let workplace = Workplace::new();
        let file = workplace.file("fejl.json", content);
        let refused = workplace.call(&["import", &file]);
        let words = format!("{file} was not taken in, and what was published stays. It has 1 fault:\n  {fault}\n");
        assert_eq!((refused.status.code(), out(&refused), err(&refused)), (Some(1), String::new(), words), "{case}");
        assert_failed(case, &workplace.call(&["export", "-"]), "no published configuration");
    }
}

#[test]
fn a_file_that_cannot_be_read_or_written_is_told_in_one_line() {
    let workplace = Workplace::with_published(&full());
    let absent = text(&workplace.path("findes/ikke.json"));
    assert_failed("import", &workplace.call(&["import", &absent]), &absent);
    assert_failed("export", &workplace.call(&["export", &absent]), &absent);
    assert_failed("decide", &workplace.call(&["decide", &absent]), &absent);
    let directory = text(workplace.directory.path());
    assert_failed("import", &workplace.call(&["import", &directory]), &directory);
    assert_failed("export", &workplace.call(&["export", &directory]), &directory);
    assert!(!workplace.path("findes").exists());
}

#[test]
fn before_the_first_import_there_is_nothing_to_ask() {
    let workplace = Workplace::new();
    let message = workplace.file("besked.xml", crate::support::Memo::new().xml());
    let calls: [&[&str]; 4] = [&["export", "-"], &["check"], &["check", "--json"], &["decide", &message]];
    for arguments in calls {
        assert_failed(&format!("{arguments:?}"), &workplace.call(arguments), "postfordeler import");
    }
}
