//! Any bytes as a configuration file.

use std::collections::HashSet;

use postfordeler::exchange::{
    FileFaults, FileProblem, InvalidText, read_configuration, read_unfinished, write_configuration,
};
use postfordeler::rules::{RuleBook, without_cpr};
use serde_json::Value;

pub fn check(file: &[u8]) {
    let (whole, unfinished) = (read_configuration(file), read_unfinished(file));
    match &whole {
        Ok(book) => {
            assert_eq!(unfinished.as_ref(), Ok(book), "what is whole is the same where less is asked");
            assert_eq!(read_configuration(write_configuration(book).as_bytes()).as_ref(), Ok(book));
            assert!(book.compile().is_ok(), "what is taken in can decide");
        }
        Err(faults) => check_faults(file, faults),
    }
    match &unfinished {
        Ok(book) => check_unfinished(book, whole.is_ok()),
        Err(faults) => check_faults(file, faults),
    }
}

fn check_unfinished(book: &RuleBook, is_whole: bool) {
    assert_eq!(read_unfinished(write_configuration(book).as_bytes()).as_ref(), Ok(book));
    let known: HashSet<_> = book.known_authorities.iter().map(|it| it.cvr).collect();
    let is_known_twice = known.len() < book.known_authorities.len();
    assert_eq!(book.faults().is_empty() && !is_known_twice, is_whole);
    assert_eq!(book.compile().is_ok(), is_whole || (is_known_twice && book.faults().is_empty()));
    let today = jiff::civil::date(2026, 6, 1);
    for finding in book.findings(today) {
        assert!(!finding.to_string().is_empty());
    }
}

/// Each fault names a place where something is or should be, and has nothing that looks like a CPR number.
fn check_faults(file: &[u8], faults: &FileFaults) {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let json = serde_json::from_slice::<Value>(file);
    let mut places = HashSet::from(["(top)".to_owned()]);
    if let Ok(json) = &json {
        add_places(json, "", &mut places);
    }
    assert!(!faults.0.is_empty());
    // Only one of them is among the places here, and it need not be the one that was read.
    let has_repeated_keys = faults.0.iter().any(|fault| fault.problem == FileProblem::RepeatedKey);
    for fault in &faults.0 {
        let (place, words) = (fault.place.to_string(), fault.to_string());
        // The digits of an interval may be as many as those of a CPR number.
        let is_interval = matches!(fault.problem, FileProblem::Unreadable { why: InvalidText::Interval(_), .. });
        assert!(is_interval || without_cpr(&words) == words, "{words}");
        assert!(!matches!(fault.problem, FileProblem::NotJson(_)) || json.is_err(), "{words}");
        let parent = place.rsplit_once('.').map_or("(top)", |(parent, _)| parent);
        let is_missing = fault.problem == FileProblem::Missing && places.contains(parent);
        assert!(has_repeated_keys || is_missing || places.contains(&place), "{words}");
    }
}

/// Every place of a value, written as the faults write it.
fn add_places(value: &Value, place: &str, places: &mut HashSet<String>) {
    let mut add = |place: String, value: &Value| {
        add_places(value, &place, places);
        places.insert(place);
    };
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = without_cpr(key);
                add(if place.is_empty() { key.into_owned() } else { format!("{place}.{key}") }, value);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| add(format!("{place}[{index}]"), item));
        }
        _ => {}
    }
}
