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

/// `UPDATE_GUIDE=1 cargo test --test outside -- guide::` writes the pages anew.
#[test]
fn the_page_of_reasons_is_what_the_program_says() {
    for language in LANGUAGES {
        let output = postfordeler(&["reasons", "--language", language]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.lines().count() > 60, "{said}");
        if std::env::var_os("UPDATE_GUIDE").is_some() {
            fs::write(top().join("resources/guide").join(language).join("reasons.md"), &said).unwrap();
        }
        let is_right = page(language, "reasons.md") == said;
        assert!(is_right, "{language}/reasons.md is out of date: UPDATE_GUIDE=1 writes it anew");
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
    let (source, roles) = (source(), include_str!("../../../src/store/migrations/postgres/002_roles.sql"));
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
        let is_role = roles.contains(&format!("'{name}'"));
        assert!(is_role || source.contains(&format!("\"{name}\"")), "{name}");
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

/// The lines of a document that are not within blocks of code.
fn prose(document: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    document.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// How deep each heading of a document is, and what kind of block follows which.
fn outline(document: &str) -> Vec<&str> {
    let begins = |line: &&str| line.starts_with('#') || line.starts_with("```");
    document.lines().filter(begins).map(|line| line.split_once(' ').map_or(line, |(depth, _)| depth)).collect()
}

/// What a document links to, without the parts of pages, whose names are translated. Of pictures each language has its own.
fn targets(document: &str) -> Vec<String> {
    let targets = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets.filter_map(|target| target.split('#').next()).filter(|file| !file.is_empty());
    let files = files.filter(|file| !file.starts_with("../da/") && !file.starts_with("../en/"));
    let mut files: Vec<_> = files.map(|file| file.replace("-en.png", ".png")).collect();
    files.sort_unstable();
    files
}

#[test]
fn pages_of_both_languages_have_the_same_headings_blocks_and_links() {
    for entry in fs::read_dir(top().join("resources/guide/en")).unwrap() {
        let name = entry.unwrap().file_name();
        let name = name.to_str().unwrap();
        let [english, danish] = LANGUAGES.map(|language| page(language, name));
        assert_eq!(outline(&english), outline(&danish), "{name}");
        assert_eq!(targets(&english), targets(&danish), "{name}");
    }
}

/// A line without code and italics, whose words the writer of a page does not choose.
fn own_words(line: &str) -> String {
    let outside = |line: &str, mark: char| line.split(mark).step_by(2).collect::<Vec<_>>().join(" ");
    outside(&outside(line, '`'), '*')
}

/// One thing has one name: what carries messages to an authority is mail, and what receives them is a business system, whose
/// Danish name a page gives in italics.
#[test]
fn english_documents_call_one_thing_by_one_word() {
    let english = documents().into_iter().filter(|(name, _)| !name.starts_with("resources/guide/da"));
    for (name, document) in english {
        for line in prose(&document).map(own_words) {
            let line = line.replace("Digital Post", "").replace("post type", "");
            let words = line.split(|sign: char| !sign.is_alphanumeric() && !"/.-#".contains(sign));
            for word in words.map(|word| word.trim_matches(['.', '-'])) {
                let lower = word.to_lowercase();
                let is_name = word.contains(['/', '.', '#']) || word.starts_with("Postfordeler");
                assert!(is_name || lower != "post", "{name}: mail is called post in {line:?}");
                let is_danish = lower.starts_with("fagsystem");
                assert!(is_name || !is_danish, "{name}: a business system is called {word} in {line:?}");
            }
        }
    }
}

#[test]
fn every_picture_is_shown_in_the_guide() {
    for language in LANGUAGES {
        let pages = fs::read_dir(top().join("resources/guide").join(language)).unwrap();
        let shown: String = pages.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
        for picture in fs::read_dir(top().join("resources/pictures")).unwrap() {
            let name = picture.unwrap().file_name();
            let name = name.to_str().unwrap();
            let is_there = shown.contains(&format!("pictures/{name})"));
            let is_english = name.ends_with("-en.png");
            assert_eq!(is_there, is_english == (language == "en"), "{name} in {language}");
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
