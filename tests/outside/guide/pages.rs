//! What the pages of the guide say, beside what the program does: reasons, alerts, lines of the log, metrics, links.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::documents;
use crate::support::postfordeler;

const LANGUAGES: [&str; 2] = ["en", "da"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(language: &str, name: &str) -> String {
    fs::read_to_string(top().join("resources/guide").join(language).join(name)).unwrap()
}

/// All of the program's own text, with what is broken over two lines made whole.
fn source() -> String {
    fn collect(directory: &Path, text: &mut String) {
        for entry in fs::read_dir(directory).unwrap().map(|it| it.unwrap().path()) {
            if entry.is_dir() {
                collect(&entry, text);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(entry).unwrap());
            }
        }
    }
    let mut text = String::new();
    collect(&top().join("src"), &mut text);
    let mut parts = text.split("\\\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + part.trim_start())
}

#[test]
fn the_page_of_reasons_is_what_the_program_says() {
    for language in LANGUAGES {
        let output = postfordeler(&["reasons", "--language", language]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.lines().count() > 60, "{said}");
        let advice = format!("postfordeler reasons --language {language} > resources/guide/{language}/reasons.md");
        assert!(page(language, "reasons.md") == said, "the page is not what the program says; write it with: {advice}");
    }
}

#[test]
fn the_runbook_has_every_alert_and_no_other() {
    let rules = fs::read_to_string(top().join("packaging/prometheus/postfordeler.rules.yml")).unwrap();
    let alerts: Vec<_> = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(alerts.len() > 10, "{alerts:?}");
    for language in LANGUAGES {
        let page = page(language, "runbook.md");
        let headings: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, alerts, "{language}");
        for section in page.split("\n## ").skip(1) {
            assert_eq!(section.matches("\n**").count(), 4, "{language}: {section}");
        }
    }
}

/// What `jq` is given to find each event.
fn programs(language: &str) -> Vec<String> {
    let page = page(language, "log.md");
    let rows = page.lines().filter_map(|line| line.split_once("| `jq -c "));
    rows.map(|(_, program)| program.trim_end_matches("` |").replace("\\|", "|")).collect()
}

/// What those compare a line's words with.
fn words_looked_for(program: &str) -> impl Iterator<Item = &str> {
    let beginnings = [".message == \"", "startswith(\"", "contains(\""];
    let found = beginnings.into_iter().flat_map(|beginning| program.split(beginning).skip(1));
    found.filter_map(|rest| rest.split('"').next())
}

#[test]
fn the_guide_finds_lines_that_the_program_writes() {
    let (source, programs) = (source(), LANGUAGES.map(programs));
    assert_eq!(programs[0], programs[1]);
    let looked_for: Vec<_> = programs[0].iter().flat_map(|program| words_looked_for(program)).collect();
    assert!(looked_for.len() > 10, "{looked_for:?}");
    for words in looked_for {
        let is_written = source.contains(words);
        assert!(is_written, "no line of the log says {words:?}");
    }
}

#[test]
fn the_documents_name_metrics_that_there_are() {
    let source = source();
    let is_name = |sign: char| sign.is_ascii_lowercase() || sign == '_';
    let mut named = BTreeSet::new();
    for (_, document) in documents() {
        for rest in document.split("`postfordeler_").skip(1) {
            let name: String = rest.chars().take_while(|sign| is_name(*sign)).collect();
            named.insert(format!("postfordeler_{name}"));
        }
    }
    assert!(named.len() > 15, "{named:?}");
    for name in named {
        assert!(source.contains(&format!("\"{name}\"")), "{name}");
    }
}

#[test]
fn both_languages_have_the_same_pages() {
    let pages = |language: &str| -> BTreeSet<_> {
        let directory = fs::read_dir(top().join("resources/guide").join(language)).unwrap();
        directory.map(|entry| entry.unwrap().file_name()).collect()
    };
    assert_eq!(pages("en"), pages("da"));
    for language in LANGUAGES {
        let contents = page(language, "README.md");
        for name in pages(language).iter().map(|name| name.to_str().unwrap()).filter(|name| *name != "README.md") {
            assert!(contents.contains(&format!("({name})")), "{language}/README.md does not name {name}");
        }
    }
}

/// The name by which a heading is linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || " -_".contains(*sign));
    kept.flat_map(char::to_lowercase).map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut followed = 0;
    for (name, document) in documents() {
        let directory = top().join(&name).parent().unwrap().to_owned();
        for target in document.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("http") {
                continue;
            }
            let (path, part) = target.split_once('#').map_or((target, None), |(path, part)| (path, Some(part)));
            let path: PathBuf = if path.is_empty() { top().join(&name) } else { directory.join(path) };
            assert!(path.exists(), "{name}: {target}");
            if let Some(part) = part {
                let linked = fs::read_to_string(&path).unwrap();
                let mut headings = linked.lines().filter(|line| line.starts_with('#'));
                let is_there = headings.any(|heading| anchor(heading.trim_start_matches(['#', ' '])) == part);
                assert!(is_there, "{name}: {target}");
            }
            followed += 1;
        }
    }
    assert!(followed > 50, "{followed}");
}
