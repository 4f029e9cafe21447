//! Facts as flat JSON, and guards in files.

use postfordeler::exchange::{
    Package, read_configuration, read_facts, read_package, write_configuration, write_facts, write_package,
};
use postfordeler::rules::{Facts, PostType, RuleBook, Sender};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::rules::books::{any_book, any_facts, in_flat_form};
use crate::support::{AUTHORITY, configuration, fagsystem_entry, rule};

const ENDPOINT: &str = "http://127.0.0.1:9101/postmodtag";

fn facts(json: &Value) -> Facts {
    read_facts(json.to_string().as_bytes()).unwrap()
}

fn fault(json: &Value) -> String {
    let faults = read_facts(json.to_string().as_bytes()).expect_err("there is a fault").0;
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].to_string()
}

proptest! {
    #[test]
    fn facts_survive(facts in any_facts()) {
        let written = write_facts(&facts);
        prop_assert_eq!(read_facts(written.as_bytes()).unwrap(), in_flat_form(facts), "{}", written);
    }

    #[test]
    fn guards_survive_in_a_package(book in any_book()) {
        for authority in &book.authorities {
            let package = Package::of(authority, None, "Test", jiff::Timestamp::UNIX_EPOCH);
            prop_assert_eq!(&package.authority.guards, &authority.guards);
            prop_assert_eq!(read_package(write_package(&package).as_bytes()), Ok(package));
        }
    }
}

#[test]
fn a_key_that_is_absent_counts_as_null() {
    let nothing = facts(&json!({}));
    assert_eq!(
        (nothing.sender, nothing.recipient, nothing.post_type),
        (Sender::Other, None, Some(PostType::Unspecified))
    );
    let all_null: Value = serde_json::from_str(&write_facts(&nothing)).unwrap();
    let keys = ["modtager", "afsenderType", "afsenderCvr", "kontaktpunkt", "kontaktgruppe", "posttype", "kle", "form"];
    for key in keys {
        assert_eq!(all_null.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(all_null["afsenderKontaktpunkt"], false);
    assert_eq!(facts(&all_null), nothing);
}

#[test]
fn a_group_counts_only_beside_a_contact_point() {
    assert_eq!(facts(&json!({"kontaktgruppe": "Dagtilbud"})).contact_point, None);
    let point = facts(&json!({"kontaktgruppe": "Dagtilbud", "kontaktpunkt": "kp-1"})).contact_point.unwrap();
    assert_eq!(point.group.unwrap().as_str(), "Dagtilbud");
}

#[test]
fn each_fault_of_facts_names_its_key() {
    let cases = [
        (json!({"kle": "27.3"}), "kle: '27.3': a KLE number"),
        (json!({"kle": "27 - 30"}), "kle: '27 - 30': a KLE number"),
        (json!({"form": 27}), "form: here belongs a text"),
        (json!({"modtager": "1122334"}), "modtager: '1122334'"),
        (json!({"afsenderType": "virksomhed"}), "afsenderType: 'virksomhed' is not possible here"),
        (json!({"posttype": "brev"}), "posttype: 'brev' is not possible here"),
        (json!({"afsenderType": "person", "afsenderCvr": "11223344"}), "afsenderCvr: a person has none"),
        (json!({"afsenderType": "person", "afsenderKontaktpunkt": true}), "afsenderKontaktpunkt: a person has none"),
        (json!({"afsenderCvr": "11223344"}), "afsenderCvr: only a sender with a CVR number has this"),
        (json!({"afsenderKontaktpunkt": "ja"}), "afsenderKontaktpunkt: here belongs true or false"),
        (json!({"kontaktpunkt": " "}), "kontaktpunkt: here belongs a text that is not empty"),
        (json!({"cpr": "2512169996"}), "cpr: this key is unknown here"),
        (json!(["kle"]), "(top): here belongs an object"),
    ];
    for (json, words) in cases {
        let told = fault(&json);
        assert!(told.starts_with(words), "{told}");
        assert!(!told.contains("2512169996"), "{told}");
    }
    assert_eq!(facts(&json!({"afsenderType": "person", "afsenderKontaktpunkt": false})).sender, Sender::Person);
}

/// A configuration with that guard.
fn with_guards(guards: &Value) -> Value {
    let fagsystems = ["esdh", "ksd"].map(|id| fagsystem_entry(id, ENDPOINT));
    let mut configuration = configuration(&fagsystems, &[rule(10, "ksd", "kle", "32")]);
    configuration["myndigheder"][0]["vagtmeddelelser"] = guards.clone();
    configuration
}

fn read(configuration: &Value) -> Result<RuleBook, Vec<String>> {
    let read = read_configuration(configuration.to_string().as_bytes());
    read.map_err(|faults| faults.0.iter().map(ToString::to_string).collect())
}

#[test]
fn a_guard_is_to_its_authority_unless_it_says_otherwise() {
    let guard = json!({"navn": " Sygedagpenge ", "fagsystem": "ksd", "meddelelse": {"kle": "32.24"}});
    let book = read(&with_guards(&json!([guard]))).unwrap();
    let guard = &book.authorities[0].guards[0];
    assert_eq!((guard.name.as_str(), guard.day), ("Sygedagpenge", None));
    assert_eq!(guard.facts.recipient.unwrap().to_string(), AUTHORITY);
    let written: Value = serde_json::from_str(&write_configuration(&book)).unwrap();
    assert_eq!(written["myndigheder"][0]["vagtmeddelelser"][0]["meddelelse"]["modtager"], AUTHORITY);
    let without = read(&with_guards(&json!([]))).unwrap();
    assert!(!write_configuration(&without).contains("vagtmeddelelser"), "an empty list is left out");
}

#[test]
fn every_fault_of_a_guard_is_told_with_its_place() {
    let guards = json!([
        {"navn": "A", "fagsystem": "ksd", "meddelelse": {}},
        {"navn": "A", "fagsystem": "ksd", "meddelelse": {}},
        {"navn": "B", "fagsystem": "ukendt", "meddelelse": {"modtager": "99999999"}},
        {"navn": " ", "fagsystem": "ksd", "dag": "2027-02-30", "meddelelse": {"kle": "3"}},
        {"navn": "C", "fagsystem": "ksd", "meddelelse": {"cpr": null}, "note": ""},
        {"navn": "251216-9996", "fagsystem": "ksd", "meddelelse": {}},
        {"navn": "251216-9996", "fagsystem": "ksd", "meddelelse": {}},
    ]);
    let faults = read(&with_guards(&guards)).unwrap_err();
    let places = [
        "[1].navn: the guard name 'A' is taken already, at myndigheder[0].vagtmeddelelser[0].navn",
        "[2].fagsystem: there is no business system with the id 'ukendt'",
        "[2].meddelelse.modtager: the recipient 99999999 is none of this authority's CVR numbers",
        "[3].navn: here belongs a text that is not empty",
        "[3].dag: '2027-02-30'",
        "[3].meddelelse.kle: '3': a KLE number",
        "[4].meddelelse.cpr: this key is unknown here",
        "[4].note: this key is unknown here",
        "[6].navn: the guard name '",
    ];
    assert_eq!(faults.len(), places.len(), "{faults:#?}");
    for place in places {
        let place = format!("myndigheder[0].vagtmeddelelser{place}");
        assert!(faults.iter().any(|fault| fault.starts_with(&place)), "{place} in {faults:#?}");
    }
    assert!(!faults.concat().contains("9996"), "{faults:#?}");
}
