//! `make-messages`: the same for the same seed, to whom it says, and never over another file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::{Workplace, text};
use crate::support::{AUTHORITY, configuration, fagsystem_entry, postfordeler};

/// Every file in the directory.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(directory).unwrap().map(|file| file.unwrap());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

fn make(workplace: &Workplace, out: &str, more: &[&str]) -> std::process::Output {
    let out = text(&workplace.path(out));
    workplace.call(&[&["make-messages", "--seed", "7", "--out", &out], more].concat())
}

#[test]
fn a_seed_makes_the_same_files_and_further_ones_with_a_higher_count() {
    let workplace = Workplace::new();
    for (out, count) in [("a", "30"), ("b", "30"), ("c", "40")] {
        let made = make(&workplace, out, &["--count", count]);
        assert!(made.status.success(), "{made:?}");
        assert!(String::from_utf8_lossy(&made.stdout).starts_with(&format!("{count} messages in ")), "{made:?}");
    }
    let [a, b, c] = ["a", "b", "c"].map(|out| files(&workplace.path(out)));
    assert_eq!((a.len(), c.len()), (30, 40));
    assert_eq!(a, b);
    assert!(a.iter().all(|(name, bytes)| c.get(name) == Some(bytes)));
    for (name, bytes) in &a {
        let message = String::from_utf8_lossy(bytes);
        assert!(message.contains(&format!("<memo:messageUUID>{}<", name.trim_end_matches(".xml"))), "{name}");
        let is_of = |cvr: &str| message.contains(&format!("<memo:recipientID>{cvr}<"));
        assert!(is_of("01102036") || is_of("01110217"), "the sample municipality's");
    }
    for version in ["1.1", "1.2"] {
        let of_it = format!("memoVersion=\"{version}\"");
        let is_such = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&of_it);
        assert!(a.values().any(is_such), "both occur");
        assert!(make(&workplace, version, &["--count", "20", "--version", version]).status.success());
        assert!(files(&workplace.path(version)).values().all(is_such));
    }
    assert!(!workplace.data().exists(), "no data directory is made for that");
}

#[test]
fn messages_are_to_those_who_are_published() {
    let esdh = fagsystem_entry("esdh", "http://127.0.0.1:9/postmodtag");
    let mut configuration = configuration(&[esdh], &[]);
    let mut other = configuration["myndigheder"][0].clone();
    other["cvr"] = "01506078".into();
    other["flereCvr"] = json!([]);
    configuration["myndigheder"].as_array_mut().unwrap().push(other);
    let workplace = Workplace::with_published(&configuration);
    let count = |out: &str, cvr: &str| {
        let to = format!("<memo:recipientID>{cvr}<");
        files(&workplace.path(out)).values().filter(|bytes| String::from_utf8_lossy(bytes).contains(&to)).count()
    };
    assert!(make(&workplace, "all", &["--count", "20"]).status.success());
    assert_eq!(count("all", "01506078"), 10, "each gets its share");
    assert!(make(&workplace, "one", &["--count", "20", "--authority", "01506078"]).status.success());
    assert_eq!(count("one", "01506078"), 20);
    let unknown = make(&workplace, "none", &["--count", "20", "--authority", "11111111"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains(AUTHORITY), "{unknown:?}");
    assert!(!workplace.path("none").exists());
}

#[test]
fn another_file_is_never_overwritten_and_what_is_there_is_told() {
    let workplace = Workplace::new();
    fs::create_dir(workplace.path("ud")).unwrap();
    workplace.file("ud/notat.txt", "mit eget");
    assert!(make(&workplace, "ud", &["--count", "10"]).status.success(), "other files may be there");
    let before = files(&workplace.path("ud"));
    assert_eq!(before.len(), 11);
    let again = make(&workplace, "ud", &["--count", "10"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("10 of them there already"), "{again:?}");
    let name = before.keys().next().unwrap();
    let mine = workplace.file(&format!("ud/{name}"), "mit eget");
    let refused = make(&workplace, "ud", &["--count", "10"]);
    let words = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words.contains(&mine) && words.contains("of 10 messages are there"), "{words}");
    assert_eq!(fs::read(&mine).unwrap(), b"mit eget");
    assert!(files(&workplace.path("ud")).keys().all(|name| !name.contains(".part")));
}

#[test]
fn sizes_and_counts_have_bounds() {
    let workplace = Workplace::new();
    assert!(make(&workplace, "ud", &["--count", "3", "--size", "50001"]).status.success());
    assert!(files(&workplace.path("ud")).values().all(|bytes| bytes.len() == 50_001));
    for (wrong, word) in [
        (["--count", "0"].as_slice(), "100000"),
        (&["--count", "100001"], "100000"),
        (&["--count", "1", "--size", "16383"], "16384"),
        (&["--count", "1", "--size", "104333313"], "104333312"),
        (&["--count", "101", "--size", "104333312"], "at most 100"),
        (&["--count", "1", "--version", "1.3"], "1.1, 1.2"),
    ] {
        let refused = make(&workplace, "intet", wrong);
        assert_eq!(refused.status.code(), Some(2), "{wrong:?}");
        let words = String::from_utf8_lossy(&refused.stderr);
        assert!(words.contains(word) && words.trim().lines().count() == 1, "{wrong:?}: {words}");
        assert!(!workplace.path("intet").exists());
    }
    let unseeded = postfordeler(&["make-messages", "--count", "1", "--seed", "-1", "--out", "x"]);
    assert_eq!(unseeded.status.code(), Some(2));
}
