//! What comes from files and from the network never reaches a terminal as it is: no character that a terminal obeys, no line
//! that the program did not write, and in JSON the same texts all the same.

use std::fs;

use postfordeler::exchange::read_configuration;
use serde_json::{Value, json};

use super::{Workplace, err, out, text};
use crate::support::{
    AUTHORITY, Fagsystem, Memo, Running, configuration, fagsystem_entry, postfordeler, postfordeler_reading, rule,
};

/// Wipes a line, sets a title, changes colours by a single character, turns the text round, hides a tag, and begins a line of
/// its own.
const TRAP: &str = "E\u{1b}[2J\u{1b}]0;titel\u{7}\u{9b}31m\u{7f}\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{2029}\u{200b}\u{feff}\u{ad}\u{e0041}\r\n\tfalsk linje";
/// What the trap begins a line with.
const FALSE_LINE: &str = "falsk linje";
const NAMES: &str = include_str!("../../data/cases/security/configurations/names-with-escapes.json");

/// The characters that no terminal may see, told apart here as the standards name them.
fn is_obeyed(character: char) -> bool {
    matches!(u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f // C0, DEL, C1
        | 0xad | 0x61c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x2069 | 0xfeff // marks and separators
        | 0xe0000..=0xe007f // tags
    )
}

/// Lines, each of them the program's own.
fn assert_harmless(case: &str, text: &str) {
    for line in text.lines() {
        assert!(!line.contains(is_obeyed), "{case}: {line:?}");
        assert!(!line.trim_start().starts_with(FALSE_LINE), "{case}: {text:?}");
    }
}

/// With the trap as name, note, id and contact of its fagsystem, in a contact point, a group and a rule's value.
fn trapped(endpoint: &str) -> Value {
    let mut fagsystem = fagsystem_entry(TRAP, endpoint);
    for key in ["navn", "note", "kontaktperson"] {
        fagsystem[key] = TRAP.into();
    }
    let mut configuration = configuration(&[fagsystem], &[rule(10, TRAP, "kontaktgruppe", TRAP)]);
    configuration["myndigheder"][0]["navn"] = TRAP.into();
    configuration["myndigheder"][0]["kontaktpunkter"] = json!([{"id": TRAP, "titel": TRAP, "kontaktgrupper": []}]);
    configuration
}

#[test]
fn names_from_a_configuration_are_printed_so_that_they_can_be_seen() {
    let configurations = [("the case", NAMES.to_owned()), ("everywhere", trapped("http://post.example/").to_string())];
    for (case, configuration) in configurations {
        let workplace = Workplace::new();
        let message = workplace.file("besked.xml", Memo::new().xml());
        let file = workplace.file("navne.json", &configuration);
        let calls: [&[&str]; 7] = [
            &["import", &file],
            &["check"],
            &["check", "--json"],
            &["decide", &message],
            &["decide", &message, "--json"],
            &["secret", "list"],
            &["export", "-"],
        ];
        for arguments in calls {
            let output = workplace.call(arguments);
            let case = format!("{case}: {arguments:?}");
            assert_eq!(output.status.code(), Some(0), "{case}: {}", err(&output));
            assert_harmless(&case, &out(&output));
            assert_harmless(&case, &err(&output));
        }
        let decided = out(&workplace.call(&["decide", &message]));
        assert!(decided.contains("\\u{1b}[2J") && decided.contains("falsk linje"), "{case}: {decided}");
        // In JSON the texts are what they are.
        let exported = out(&workplace.call(&["export", "-"]));
        assert_eq!(read_configuration(exported.as_bytes()), read_configuration(configuration.as_bytes()), "{case}");
    }
    let workplace = Workplace::with_published(&trapped("http://127.0.0.1:9101/"));
    let message = workplace.file("besked.xml", Memo::new().xml());
    let decided: Value = serde_json::from_str(&out(&workplace.call(&["decide", &message, "--json"]))).unwrap();
    assert_eq!(decided["fagsystem"], TRAP.trim());
    let checked: Value = serde_json::from_str(&out(&workplace.call(&["check", "--json"]))).unwrap();
    assert!(checked["advarsler"].to_string().contains("falsk linje"), "{checked}");
}

#[test]
fn a_fault_is_one_line_whatever_stands_in_the_file() {
    let workplace = Workplace::new();
    let mut faulty = trapped("http://127.0.0.1:9101/");
    faulty[TRAP] = 1.into();
    let authority = &mut faulty["myndigheder"][0];
    authority["cvr"] = TRAP.into();
    authority["regler"][0]["segment"] = TRAP.into();
    authority["regler"][0]["gyldigFra"] = TRAP.into();
    authority["regler"][0]["fagsystem"] = format!("andet {TRAP}").into();
    authority["fagsystemer"][0]["adgang"] = json!({"type": "header", "navn": TRAP});
    let refused = workplace.call(&["import", &workplace.file("fejl.json", faulty.to_string())]);
    let words = err(&refused);
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert_harmless("import", &words);
    assert_eq!(words.lines().count(), 1 + 6, "a line for the file and one for each fault: {words}");
}

#[test]
fn what_a_caller_writes_is_repeated_harmlessly_too() {
    let name = format!("findes ikke {TRAP}");
    let calls: [&[&str]; 6] = [
        &["import", &name],
        &["export", &format!("{name}/ud.json")],
        &["decide", "-", "--on", &name],
        &[&name],
        &["fagsystem", "--listen", &name],
        &["send", &name, "--to", "http://127.0.0.1:1/"],
    ];
    let workplace = Workplace::with_published(&trapped("http://127.0.0.1:9101/"));
    for arguments in calls {
        let output = workplace.call(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_harmless(&format!("{arguments:?}"), &err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{arguments:?}: {}", err(&output));
    }
    let (file, directory) = (text(&workplace.path("hemmeligheder.json")), text(&workplace.path(TRAP)));
    fs::create_dir(&directory).unwrap();
    let secret = |arguments: &[&str]| {
        let data = text(&workplace.data());
        postfordeler_reading(&[&["secret", "--secrets", &file, "--data", &data], arguments].concat(), b"noegle")
    };
    for arguments in [["set", AUTHORITY, TRAP], ["remove", AUTHORITY, TRAP], ["remove", AUTHORITY, TRAP]] {
        let output = secret(&arguments);
        assert_harmless(&format!("{arguments:?}"), &out(&output));
        assert_harmless(&format!("{arguments:?}"), &err(&output));
    }
    let nowhere = postfordeler(&["check", "--data", &format!("{directory}/fil\n{FALSE_LINE}")]);
    assert_harmless("check", &err(&nowhere));
}

#[test]
fn a_receipt_is_printed_as_json_that_a_terminal_has_nothing_to_obey_in() {
    let receipt = json!({
        "transmissionId": "6b3b1a0e-3c1f-4f0e-8a52-0d6a6b6a1c11",
        "messageUUID": TRAP,
        "receiptStatus": "INVALID",
        "errorCode": TRAP,
        "errorMessage": TRAP,
        "timeStamp": "2026-11-26T12:00:00Z",
    });
    // As many senders write it: with the characters themselves wherever JSON allows that.
    let router = Fagsystem::answering(422, receipt.to_string().leak());
    let workplace = Workplace::new();
    let message = workplace.file("besked.xml", Memo::new().xml());
    let sent = workplace.call(&["send", &message, "--to", &router.endpoint()]);
    assert_eq!(sent.status.code(), Some(1), "{}", err(&sent));
    let printed = out(&sent);
    assert_harmless("send", &printed);
    assert_eq!(printed.lines().count(), 1, "{printed:?}");
    let printed: Value = serde_json::from_str(&printed).unwrap();
    for key in ["messageUUID", "errorCode", "errorMessage"] {
        assert_eq!(printed[key], TRAP, "{key}");
    }
}

#[test]
fn the_log_has_a_line_for_an_event_whatever_a_fagsystem_is_called() {
    let fagsystem = Fagsystem::answering(422, r#"{"errorCode": "nej"}"#);
    for format in ["text", "json"] {
        let workplace = Workplace::with_published(&trapped(&fagsystem.endpoint()));
        let data = text(&workplace.data());
        let mut served = Running::start(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            &data,
            "--log",
            format,
            "--log-level",
            "debug",
        ]);
        let message = workplace.file("besked.xml", Memo::new().xml());
        let sent = workplace.call(&["send", &message, "--to", &served.receiving_at]);
        assert_eq!(sent.status.code(), Some(1), "{}", err(&sent));
        served.terminate();
        assert_eq!(served.exit_status(), Some(0));
        let log = served.log();
        assert_harmless(format, &log);
        assert!(log.contains("falsk linje"), "it says which fagsystem: {log}");
        if format == "json" {
            let objects: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert!(objects.iter().any(|object| object["fagsystem"] == TRAP.trim()), "{log}");
        }
    }
}
