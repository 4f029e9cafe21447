//! What `schema` prints: it says of a configuration file what the reader says, and the guide's page is made of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

use postfordeler::exchange::{
    ReferenceLanguage, configuration_reference, configuration_schema, read_configuration, read_unfinished,
    write_configuration,
};
use proptest::prelude::*;
use regex_lite::Regex;
use serde_json::{Value, json};

use crate::rules::books::any_book_of_files;
use crate::support::postfordeler;

/// What a schema says of a value: `Err` tells where it does not hold. Only of what is used here.
fn holds(schema: &Value, value: &Value, root: &Value, at: &str) -> Result<(), String> {
    let fail = |what: &str| Err(format!("{at}: {what}"));
    if let Some(reference) = schema["$ref"].as_str() {
        holds(root.pointer(reference.strip_prefix('#').unwrap()).unwrap(), value, root, at)?;
    }
    if let Some(wanted) = schema.get("const")
        && wanted != value
    {
        return fail("const");
    }
    if let Some(choices) = schema["enum"].as_array()
        && !choices.contains(value)
    {
        return fail("enum");
    }
    let kinds = match &schema["type"] {
        Value::Null => Vec::new(),
        Value::Array(kinds) => kinds.iter().map(|kind| kind.as_str().unwrap()).collect(),
        kind => vec![kind.as_str().unwrap()],
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_a(kind, value)) {
        return fail("type");
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !matches(pattern, text)
    {
        return fail("pattern");
    }
    if let Some(number) = value.as_f64() {
        let limit = |key: &str| schema[key].as_f64();
        let is_within = limit("minimum").is_none_or(|least| number >= least)
            && limit("maximum").is_none_or(|most| number <= most)
            && limit("exclusiveMaximum").is_none_or(|beyond| number < beyond);
        if !is_within {
            return fail("number");
        }
    }
    let one_of = |key: &str| {
        schema[key].as_array().map(|all| all.iter().filter(|it| holds(it, value, root, at).is_ok()).count())
    };
    if one_of("anyOf") == Some(0) || one_of("oneOf").is_some_and(|count| count != 1) {
        return fail("none of several");
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if holds(&part["if"], value, root, at).is_ok() {
            holds(&part["then"], value, root, at)?;
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            holds(items, item, root, &format!("{at}[{index}]"))?;
        }
    }
    let Some(object) = value.as_object() else { return Ok(()) };
    for key in schema["required"].as_array().into_iter().flatten() {
        if !object.contains_key(key.as_str().unwrap()) {
            return fail(&format!("{key} is missing"));
        }
    }
    for (key, part) in object {
        match schema["properties"].get(key) {
            Some(known) => holds(known, part, root, &format!("{at}.{key}"))?,
            None if schema["additionalProperties"] == json!(false) => return fail(&format!("{key} is unknown")),
            None => {}
        }
    }
    Ok(())
}

/// A pattern is made ready once.
fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static READY: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    READY.with_borrow_mut(|ready| {
        ready.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).unwrap()).is_match(text)
    })
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the test does not know the type {other}"),
    }
}

fn fits(configuration: &Value) -> Result<(), String> {
    let schema = configuration_schema();
    holds(&schema, configuration, &schema, "")
}

/// A configuration with every key of the format.
fn whole() -> Value {
    let rule = |priority: u32, element: &str, value: &str| {
        json!({
            "prioritet": priority, "fagsystem": "esdh", "segment": "virksomhed", "regelelement": element,
            "regelvaerdi": value, "gyldigFra": "2020-10-25", "gyldigTil": "2030-01-01", "aktiv": false, "note": "Ja",
        })
    };
    json!({
        "format": "postfordeler-konfiguration",
        "version": 1,
        "kendteMyndigheder": ["12345678", {"cvr": "87654321", "navn": "Anden"}],
        "myndigheder": [{
            "cvr": "11223344", "navn": "Eksempel Kommune", "flereCvr": ["55667788"], "opsamlingssystem": "esdh",
            "fagsystemer": [
                {
                    "id": "esdh", "navn": "ESDH", "endpoint": "https://esdh.example.dk/ind?a=b", "aktiv": true,
                    "adgang": {"type": "header", "navn": "X-Key"}, "tidsgraenser": {"forbindelse": 5, "svar": 3600},
                    "kontaktperson": "Vagten", "note": "Ja",
                },
                {"id": "kmd", "navn": "KMD", "endpoint": "HTTPS://kmd.example.dk:8443", "adgang": {"type": "klientcertifikat"}},
            ],
            "kontaktpunkter": [{
                "id": "241d39f6-998e-4929-b198-ccacbbf4b330",
                "kontaktgrupper": ["Dagtilbud", {"navn": "Borger", "under": ["Kommunen"]}], "titel": "Pladsanvisningen",
                "beskrivelse": "Om plads", "maalgrupper": ["borger", "virksomhed", "myndighed"], "maksMB": 99.5,
                "maksBilag": 10, "aktivt": true, "synligt": false,
                "koder": [{"type": "KLE", "kode": "28.06", "navn": "Dagtilbud"}], "soegeord": ["vuggestue"],
                "felter": ["cpr"],
            }],
            "regler": [
                rule(1, "kontaktpunkt", "241d39f6-998e-4929-b198-ccacbbf4b330"), rule(2, "kontaktgruppe", "Dagtilbud"),
                rule(3, "afsenderCvr", "12345678"), rule(4, "modtagerCvr", "11223344"), rule(5, "kle", "27.36 - 28"),
                rule(6, "form", "26.05.01.10"), rule(7, "udenKontaktpunkt", "ikkeAngivet"),
            ],
        }],
    })
}

#[test]
fn configurations_that_are_accepted_fit_the_schema() {
    assert_eq!(fits(&whole()), Ok(()));
    read_configuration(whole().to_string().as_bytes()).expect("it has no fault");
    let data = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for directory in ["tests/data", "tests/data/cases/files", "resources/sample", "tests/fuzz/corpus/configuration"] {
        for entry in fs::read_dir(data.join(directory)).into_iter().flatten().flatten() {
            let Ok(bytes) = fs::read(entry.path()) else { continue };
            if read_configuration(&bytes).is_err() {
                continue;
            }
            let Ok(json) = serde_json::from_slice::<Value>(&bytes) else { continue };
            assert_eq!(fits(&json), Ok(()), "{}", entry.path().display());
            seen += 1;
        }
    }
    assert!(seen >= 2, "{seen}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_exported_fits_the_schema(book in any_book_of_files()) {
        let written: Value = serde_json::from_str(&write_configuration(&book)).unwrap();
        prop_assert_eq!(fits(&written), Ok(()));
    }
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, part)| places(part, &format!("{at}/{key}"), all)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

/// Schema and reader agree on whatever is wrong with one part: left out, of another kind, unknown.
#[test]
fn the_schema_says_what_the_reader_says() {
    let schema = configuration_schema();
    let whole = whole();
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(5_000_000_000_u64),
        json!(""),
        json!(" "),
        json!("x"),
        json!("1234567"),
        json!("header"),
        json!("12.3"),
        json!("20201025"),
        json!("ftp://a/"),
        json!("https://a:b@c/"),
        json!([]),
        json!([null]),
        json!([7]),
        json!({}),
        json!({"ukendt": 1}),
    ];
    let mut judged = 0;
    let mut judge = |changed: &Value, what: String| {
        let read = read_unfinished(changed.to_string().as_bytes());
        let fit = holds(&schema, changed, &schema, "");
        assert_eq!(read.is_ok(), fit.is_ok(), "{what}: the reader says {read:?}, the schema {fit:?}");
        judged += 1;
    };
    for place in &all {
        for other in &others {
            let mut changed = whole.clone();
            *changed.pointer_mut(place).unwrap() = other.clone();
            judge(&changed, format!("{place} becomes {other}"));
        }
        let mut changed = whole.clone();
        if let Some(object) = changed.pointer_mut(place).unwrap().as_object_mut() {
            object.insert("ukendt".to_owned(), json!(1));
            judge(&changed, format!("{place} has another key"));
        }
        if let Some((object, key)) = place.rsplit_once('/') {
            let mut changed = whole.clone();
            if let Some(object) = changed.pointer_mut(object).unwrap().as_object_mut() {
                object.remove(key);
                judge(&changed, format!("{place} is left out"));
            }
        }
    }
    assert!(judged > 2_000, "{judged}");
}

/// Every description within that part of a schema.
fn descriptions<'a>(schema: &'a Value, all: &mut Vec<&'a str>) {
    match schema {
        Value::Object(object) => {
            all.extend(object.get("description").and_then(Value::as_str));
            object.values().for_each(|part| descriptions(part, all));
        }
        Value::Array(parts) => parts.iter().for_each(|part| descriptions(part, all)),
        _ => {}
    }
}

/// Editors show them as they are written.
#[test]
fn descriptions_in_the_schema_have_no_emphasis_and_no_links() {
    let schema = configuration_schema();
    let mut all = Vec::new();
    descriptions(&schema, &mut all);
    assert!(all.len() > 40, "{all:?}");
    for description in all {
        assert!(!description.contains('*') && !description.contains("]("), "{description}");
    }
}

#[test]
fn the_call_prints_the_schema_and_the_reference() {
    let printed = |arguments: &[&str]| {
        let output = postfordeler(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(serde_json::from_str::<Value>(&printed(&["schema"])).unwrap(), configuration_schema());
    assert_eq!(printed(&["schema", "--markdown"]), configuration_reference(ReferenceLanguage::English));
    assert_eq!(printed(&["schema", "--markdown", "--danish"]), configuration_reference(ReferenceLanguage::Danish));
}

/// `UPDATE_GUIDE=1 cargo test --test outside -- schema::` writes the pages anew.
#[test]
fn the_guides_page_is_what_is_generated() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/guide");
    let pages =
        [("en/configuration.md", ReferenceLanguage::English), ("da/configuration.md", ReferenceLanguage::Danish)];
    for (name, language) in pages {
        let (page, reference) = (guide.join(name), configuration_reference(language));
        if std::env::var_os("UPDATE_GUIDE").is_some() {
            fs::create_dir_all(page.parent().unwrap()).unwrap();
            fs::write(&page, &reference).unwrap();
        }
        assert!(
            fs::read_to_string(&page).unwrap() == reference,
            "{name} is out of date: UPDATE_GUIDE=1 writes it anew"
        );
    }
}
