//! Any file is read within 256 MB, or refused. The system holds the program to it: whoever asks for more is ended.

#![cfg(target_os = "linux")]

use std::process::Command;

use serde_json::Value;

use super::super::{Workplace, text};
use super::town;

const PROGRAM: &str = env!("CARGO_BIN_EXE_postfordeler");
const MEBIBYTE: usize = 1 << 20;
/// In units of 1,024 bytes.
const MAX_MEMORY: usize = 256 * 1024;

/// What a program with no more memory than that reports of the file.
fn told_within(workplace: &Workplace, path: &str) -> Value {
    let limited = format!("ulimit -d {MAX_MEMORY} && exec \"$0\" read \"$1\" --json --data \"$2\"");
    let data = text(&workplace.data());
    let output = Command::new("sh").args(["-c", &limited, PROGRAM, path, &data]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{path}: {}: {words}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn one_text_as_long_as_a_file_takes_no_more_memory_than_there_is() {
    let workplace = town();
    let long = "x".repeat(30 * MEBIBYTE);
    let shapes = [
        ("key.json", format!("{{\"format\":\"postfordeler-konfiguration\",\"{long}\":1}}")),
        (
            "number.json",
            format!(
                "{{\"format\":\"postfordeler-konfiguration\",\"version\":1,\"myndigheder\":[{{\"cvr\":\"{long}\"}}]}}"
            ),
        ),
        ("id.json", format!("{{\"contactPoints\":[{{\"id\":\"{long}\"}}]}}")),
        ("name.json", format!("{{\"contactPoints\":[{{\"id\":\"a\",\"contactGroups\":[{{\"name\":\"{long}\"}}]}}]}}")),
    ];
    for (name, content) in shapes {
        let told = told_within(&workplace, &workplace.file(name, content));
        let faults = told["fejl"].as_array().unwrap();
        assert!(!faults.is_empty(), "{name}");
        let told = told["fejl"].to_string();
        assert!(told.len() < 10_000, "{name}: what is told of it is {} bytes long", told.len());
    }
}

#[test]
fn groups_that_thousands_of_contact_points_name_by_their_id_are_not_copied_without_bound() {
    let workplace = town();
    let mut tree = Value::Null;
    for level in 0..90 {
        let name = format!("{}{level}", "n".repeat(2_000));
        tree = serde_json::json!({"id": format!("g{level}"), "name": name, "parent": tree});
    }
    let points: Vec<_> = (0..3_000)
        .map(|at| serde_json::json!({"id": format!("p{at}"), "contactGroups": [{"id": "g89"}]}))
        .chain([serde_json::json!({"id": "whole", "contactGroups": [tree]})])
        .collect();
    let page = serde_json::json!({"contactPoints": points}).to_string();
    assert!(page.len() < MEBIBYTE);
    let told = told_within(&workplace, &workplace.file("side.json", page));
    let fault = told["fejl"][0]["tekst"].as_str().unwrap();
    assert!(fault.contains("større end nogen kontaktstruktur"), "{fault}");
}

#[test]
fn no_plan_is_larger_than_32_mb() {
    let workplace = town();
    let plan = format!("<KLE-Emneplan>{}", " ".repeat(32 * MEBIBYTE));
    let told = told_within(&workplace, &workplace.file("plan.xml", plan));
    assert!(told["fejl"][0]["tekst"].as_str().unwrap().contains("32 MB"), "{}", told["fejl"]);
}

#[test]
fn thousands_of_groups_in_a_cell_are_no_table() {
    let workplace = town();
    let groups: Vec<_> = (0..250_000).map(|at| format!("g{at:x}")).collect();
    let csv = format!("Id;Titel;Kontaktgrupper\r\np1;x;\"{}\"\r\n", groups.join("; "));
    let told = told_within(&workplace, &workplace.file("punkter.csv", csv));
    assert!(told["fejl"][0]["tekst"].as_str().unwrap().starts_with("Filen er for stor."), "{}", told["fejl"]);
}
