//! How much memory a file takes while it is read, measured in a process of its own.
#![cfg(target_os = "linux")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use postfordeler::exchange::{Progress, TablesError, read_tables};
use tempfile::TempDir;

use super::hostile::{open_document, workbook_with, zipped};
use super::{sample, sample_cvr};

const FILE: &str = "POSTFORDELER_TEST_FILE";
const CHILD: &str = "workbook::memory::reads_the_file_it_is_given";
const MEBIBYTE: usize = 1024;

/// What is run in a process of its own; without a file, it is no test.
#[test]
fn reads_the_file_it_is_given() {
    let Some(path) = env::var_os(FILE) else { return };
    let path = PathBuf::from(path);
    let bytes = fs::read(&path).expect("it is there");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    println!("outcome {}; most {}", read(&name, &bytes), most_memory());
}

/// What comes of a file of tables.
fn read(name: &str, bytes: &[u8]) -> &'static str {
    match read_tables(bytes, name, &sample(), Some(sample_cvr()), &Progress::default()) {
        Ok(_) => "taken",
        Err(TablesError::TooLarge) => "too large",
        Err(TablesError::Faults(_)) => "faults",
        Err(_) => "refused",
    }
}

/// The most memory that this process has used so far, in KiB.
fn most_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("the process lives");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells it");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Reads a file in a process of its own, which must stay within 256 MiB, and says what came of it.
fn outcome(name: &str, bytes: &[u8]) -> String {
    let desk = TempDir::new().expect("a directory");
    let path = desk.path().join(name);
    fs::write(&path, bytes).expect("written");
    let mut child = Command::new(env::current_exe().expect("a program"));
    let output = child.args(["--exact", CHILD, "--nocapture", "--test-threads=1"]).env(FILE, &path).output();
    let output = output.expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = said.split_once("outcome ").map_or_else(|| panic!("{name}: {output:?}"), |(_, said)| said);
    let (outcome, rest) = said.split_once("; ").expect("an outcome");
    let most = rest.split_once("most ").and_then(|(_, most)| most.split_whitespace().next());
    let most: usize = most.and_then(|most| most.parse().ok()).expect("a number");
    println!("{name}: {outcome}, {} MiB", most / MEBIBYTE);
    assert!(most <= 256 * MEBIBYTE, "{name} took {} MiB", most / MEBIBYTE);
    outcome.to_owned()
}

fn rules_sheet(rows: &str) -> String {
    let headings =
        ["Prioritet", "Segment", "Regelelement", "Regelværdi", "Fagsystem", "Gyldig fra", "Gyldig til", "Aktiv"];
    let headings = headings.map(|it| format!(r#"<c t="str"><v>{it}</v></c>"#)).concat();
    format!("<worksheet><sheetData><row>{headings}</row>{rows}</sheetData></worksheet>")
}

fn with_rows(rows: &str) -> Vec<u8> {
    workbook_with(&[("xl/worksheets/sheet1.xml", rules_sheet(rows).as_bytes())])
}

#[test]
fn columns_that_are_filled_down_take_little_memory() {
    let row = |at: u32| format!(r#"<row r="{at}"><c r="H{at}" t="b"><v>1</v></c></row>"#);
    let filled: String = (2..300_000).map(row).collect();
    assert_eq!(outcome("udfyldt.xlsx", &with_rows(&filled)), "taken");
    let faulty =
        |at: u32| format!(r#"<row r="{at}"><c r="A{at}" t="str"><v>x</v></c><c r="G{at}" t="str"><v>y</v></c></row>"#);
    let faulty: String = (2..40_000).map(faulty).collect();
    assert_eq!(outcome("fejl.xlsx", &with_rows(&faulty)), "faults");
    let repeated = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell/><table:table-cell
                      office:value-type="float" office:value="1"/></table:table-row>"#;
    assert_eq!(outcome("gentaget.ods", &open_document(repeated)), "faults");
}

#[test]
fn files_made_to_be_large_are_read_or_refused_within_bounds() {
    let texts = format!("<sst>{}</sst>", format!("<si><t>{}</t></si>", "x".repeat(1 << 19)).repeat(100));
    let of_texts = workbook_with(&[("xl/sharedStrings.xml", texts.as_bytes())]);
    assert_eq!(outcome("tekster.xlsx", &of_texts), "too large");
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 19));
    let cells = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(1_000);
    let parts =
        [("xl/sharedStrings.xml", texts.as_bytes()), ("xl/worksheets/sheet1.xml", &rules_sheet(&cells).into_bytes())];
    assert_eq!(outcome("tekst-mange-gange.xlsx", &workbook_with(&parts)), "too large");
    let numbers = "<row>".to_owned() + &"<c><v>1</v></c>".repeat(2_000_000) + "</row>";
    assert_eq!(outcome("celler.xlsx", &with_rows(&numbers)), "too large");
    let deep = "<a>".repeat(20_000_000);
    assert_eq!(outcome("dyb.xlsx", &with_rows(&deep)), "refused");
    let long = format!("<row><c t='inlineStr'><is><t>{}</t></is></c></row>", "x".repeat(100 << 20));
    assert_eq!(outcome("lang.xlsx", &with_rows(&long)), "too large");
    let sheet = format!(r#"<sheet name="{}" r:id="r"/>"#, "x".repeat(1 << 19));
    let sheets = format!("<workbook><sheets>{}</sheets></workbook>", sheet.repeat(400));
    assert_eq!(outcome("ark.xlsx", &workbook_with(&[("xl/workbook.xml", sheets.as_bytes())])), "refused");
    let relation = r#"<Relationship Id="x" Type="y" Target="z"/>"#;
    let relations: String = (0..2_000_000).map(|at| relation.replace('x', &format!("r{at}"))).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let related = workbook_with(&[("xl/_rels/workbook.xml.rels", relations.as_bytes())]);
    assert_eq!(outcome("relationer.xlsx", &related), "too large");
    let names: Vec<String> = (0..60_000).map(|at| format!("a{at}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(outcome("dele.xlsx", &zipped(&many)), "too large");
    let delimiters = [b"CVR;Navn\n".as_slice(), &b";".repeat(16 << 20)].concat();
    assert_eq!(outcome("semikolon.csv", &delimiters), "too large");
    let quoted = [b"CVR;Navn\n\"".as_slice(), &b";\"\"\n".repeat(6 << 20)].concat();
    assert_eq!(outcome("anførsel.csv", &quoted), "faults");
    let names = [b"CVR;Navn\n".as_slice(), &b"33236498;Udbetaling Danmark\n".repeat(1_000_000)].concat();
    assert_eq!(outcome("rækker.csv", &names), "too large");
}

/// The most rows that are read, in tables that are nothing but those.
#[test]
fn the_largest_tables_stay_within_bounds() {
    let rules = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra;Gyldig til;Aktiv;Note\n".to_owned();
    let rule =
        |at: u32| format!("{at};alle;Kontaktgruppe;Gruppe nummer {at};esdh;25-10-2020;;ja;Skrevet om nummer {at}\n");
    let rules = (1..=50_000).map(rule).fold(rules, |rules, rule| rules + &rule);
    assert_eq!(outcome("regler.csv", rules.as_bytes()), "taken");
    let faulty = rules.replace(";esdh;", ";findes ikke;");
    assert_eq!(outcome("fejl.csv", faulty.as_bytes()), "faults");
    let points = "Id;Titel;Kontaktgrupper;Beskrivelse;Søgeord\n".to_owned();
    let point = |at: u32| format!("k{at};Punkt {at};Borger › Gruppe {at}; {};a{at}, b{at}\n", "x".repeat(200));
    let points = (1..=50_000).map(point).fold(points, |points, point| points + &point);
    assert_eq!(outcome("punkter.csv", points.as_bytes()), "taken");
    let systems = "Id;Navn;Endpoint\n".to_owned();
    let system = |at: u32| format!("f{at};Fagsystem nummer {at};https://fagsystem.example/{at}\n");
    let systems = (1..=50_000).map(system).fold(systems, |systems, system| systems + &system);
    assert_eq!(outcome("fagsystemer.csv", systems.as_bytes()), "faults");
}
