//! `replay`: what would become of the messages that a router has received.

use jiff::{Timestamp, ToSpan};
use postfordeler::exchange::read_configuration;
use postfordeler::store::Store;
use serde_json::{Value, json};

use super::{Workplace, assert_done, assert_failed, err, out, text};
use crate::support::{AUTHORITY, Fagsystem, Memo, Router, configuration, fagsystem_entry, postfordeler, publish, rule};

/// A router that has given each message for `punkt` to `ydelse`, and the others to `esdh`; one came three times, and one is for
/// nobody here.
struct Past {
    router: Router,
    /// Answers as long as it is kept.
    _esdh: Fagsystem,
    configuration: Value,
    uuids: Vec<String>,
}

fn past() -> Past {
    let esdh = Fagsystem::accepting();
    let fagsystems = ["esdh", "ydelse"].map(|id| fagsystem_entry(id, &esdh.endpoint()));
    let configuration = configuration(&fagsystems, &[rule(25, "ydelse", "kontaktpunkt", "punkt")]);
    let router = Router::start(&configuration);
    let to_point = || Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() };
    let messages = [to_point(), to_point(), Memo::new(), Memo { recipient: Some(("29189846", "CVR")), ..Memo::new() }];
    for message in &messages {
        router.deliver(&message.xml());
    }
    router.deliver(&messages[0].xml());
    router.deliver(&messages[0].xml());
    router.deliver(b"ingen meddelelse");
    let uuids = messages.iter().map(|message| message.uuid.clone()).collect();
    Past { router, _esdh: esdh, configuration, uuids }
}

impl Past {
    fn call(&self, arguments: &[&str]) -> std::process::Output {
        let data = text(self.router.data.path());
        postfordeler(&[&["replay"], arguments, &["--data", &data]].concat())
    }

    fn told(&self, arguments: &[&str]) -> Value {
        let output = self.call(&[arguments, &["--json"]].concat());
        assert_done(&output);
        assert_eq!(out(&output).lines().count(), 1, "one object: {}", out(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The same with other rules.
    fn changed(&self, rules: &[Value]) -> Value {
        let mut changed = self.configuration.clone();
        changed["myndigheder"][0]["regler"] = json!(rules);
        changed
    }

    fn file(&self, configuration: &Value) -> String {
        let path = self.router.data.path().join("andre-regler.json");
        std::fs::write(&path, configuration.to_string()).unwrap();
        text(&path)
    }
}

fn nothing_moves(messages: u64) -> Value {
    json!({"meddelelser": messages, "uaendret": messages, "flyttet": [], "vagter": {"holdt": 0, "brudt": []}})
}

#[test]
fn the_published_rules_do_today_what_they_did() {
    let past = past();
    assert_eq!(past.told(&[]), nothing_moves(4));
    let words = past.call(&[]);
    assert_done(&words);
    assert!(out(&words).contains("4 messages"), "{}", out(&words));
    assert!(out(&words).contains("0 would change receiver"), "{}", out(&words));
}

#[test]
fn a_files_rules_move_messages_and_each_flow_is_told_with_its_rules() {
    let past = past();
    let file = past.file(&past.changed(&[rule(30, "ydelse", "udenKontaktpunkt", "ikkeAngivet")]));
    let moved = past.told(&[&file, "--list"]);
    assert_eq!((&moved["meddelelser"], &moved["uaendret"]), (&json!(4), &json!(1)));
    let mut expected = past.uuids[..2].to_vec();
    expected.reverse();
    assert_eq!(
        moved["flyttet"],
        json!([
            {"fra": "ydelse", "til": "esdh", "antal": 2, "regler": [{"prioritet": null, "antal": 2}],
             "messageUUIDs": expected},
            {"fra": "esdh", "til": "ydelse", "antal": 1, "regler": [{"prioritet": 30, "antal": 1}],
             "messageUUIDs": [past.uuids[2]]},
        ])
    );
    assert_eq!(past.told(&[&file])["flyttet"][0].get("messageUUIDs"), None);
    let words = out(&past.call(&[&file, "--list"]));
    for part in ["ydelse -> esdh: 2 messages", "opsamlingssystem", "by rule 30: 1 message", past.uuids[2].as_str()] {
        assert!(words.contains(part), "{part} in {words}");
    }
}

#[test]
fn messages_are_decided_as_if_they_came_on_the_day_that_is_named() {
    let past = past();
    let mut later = rule(10, "esdh", "kontaktpunkt", "PUNKT");
    later["gyldigFra"] = "2031-01-01".into();
    let file = past.file(&past.changed(&[later, rule(25, "ydelse", "kontaktpunkt", "punkt")]));
    assert_eq!(past.told(&[&file, "--on", "2030-12-31"]), nothing_moves(4));
    let moved = past.told(&[&file, "--on", "2031-01-01"]);
    let flow = json!({"fra": "ydelse", "til": "esdh", "antal": 2, "regler": [{"prioritet": 10, "antal": 2}]});
    assert_eq!(moved["flyttet"], json!([flow]));
}

#[test]
fn the_draft_is_replayed_where_it_is_asked_for() {
    let past = past();
    assert_eq!(past.told(&["--draft"]), nothing_moves(4), "without a draft, the published rules are the draft");
    let store = Store::open(past.router.data.path()).unwrap();
    let book = read_configuration(past.changed(&[]).to_string().as_bytes()).unwrap();
    let newest = store.newest_publication_number().unwrap();
    store.save_draft(Some(&book), newest, 0).unwrap();
    assert_eq!(past.told(&["--draft"])["uaendret"], 2);
    assert_eq!(past.told(&[]), nothing_moves(4), "what is published is not the draft");
}

#[test]
fn what_is_refused_goes_nowhere_and_authorities_are_named_where_there_are_several() {
    let past = past();
    let mut both = past.configuration.clone();
    let mut second = both["myndigheder"][0].clone();
    (second["cvr"], second["navn"]) = ("29189846".into(), "Anden Kommune".into());
    both["myndigheder"].as_array_mut().unwrap().push(second);
    let moved = past.told(&[&past.file(&both)]);
    let flow = json!({"fra": null, "til": "esdh", "antal": 1, "regler": [{"prioritet": null, "antal": 1}],
                      "myndighed": "29189846"});
    assert_eq!(moved["flyttet"], json!([flow]));

    let mut other = past.configuration.clone();
    other["myndigheder"][0]["cvr"] = "29189846".into();
    let moved = past.told(&[&past.file(&other)]);
    let refused = json!({"fra": "ydelse", "til": null, "antal": 2, "regler": [{"prioritet": null, "antal": 2}],
                         "myndighed": AUTHORITY});
    assert_eq!((&moved["flyttet"][0], &moved["uaendret"]), (&refused, &json!(0)));
}

#[test]
fn the_span_is_named_by_days_or_by_its_first_and_last_day() {
    let past = past();
    let ages = [(0, 0), (1, 6), (2, 7), (3, 89)];
    for (at, days) in ages {
        let received_at = (Timestamp::now() - (24 * days).hours()).as_nanosecond();
        let database = past.router.settled_database();
        let moment = i64::try_from(received_at).unwrap();
        let uuid = &past.uuids[at];
        database.execute("UPDATE journal SET received_at = ?1 WHERE message_uuid = ?2", (moment, uuid)).unwrap();
    }
    let count = |arguments: &[&str]| past.told(arguments)["meddelelser"].clone();
    assert_eq!((count(&[]), count(&["--days", "7"]), count(&["--days", "90"])), (3.into(), 2.into(), 4.into()));
    assert_eq!((count(&["--days", "1"]), count(&["--days", "65535"])), (1.into(), 4.into()));
    let day = |days: i64| postfordeler::clock::day_of(Timestamp::now() - (24 * days).hours()).to_string();
    assert_eq!(count(&["--from", &day(7), "--to", &day(6)]), 2);
    assert_eq!((count(&["--from", &day(6)]), count(&["--to", &day(7)])), (2.into(), 2.into()));
}

#[test]
fn what_cannot_be_replayed_is_told_in_one_line() {
    let workplace = Workplace::new();
    assert_failed("nothing published", &workplace.call(&["replay"]), "no published configuration");
    publish(&workplace.data(), &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9")], &[]));
    let faulty =
        workplace.file("fejl.json", r#"{"format": "postfordeler-konfiguration", "version": 1, "myndigheder": [{}]}"#);
    let cases: [(&[&str], &str); 8] = [
        (&["replay", "findes-ikke.json"], "findes-ikke.json"),
        (&["replay", &faulty], "myndigheder[0].cvr"),
        (&["replay", "--draft", &faulty], "--draft"),
        (&["replay", "--days", "0"], "--days"),
        (&["replay", "--days", "7", "--from", "2026-01-01"], "--from"),
        (&["replay", "--from", "2026-02-01", "--to", "2026-01-31"], "before it begins"),
        (&["replay", "--on", "i morgen"], "i morgen"),
        (&["replay", "--from", "2026-02-30"], "2026-02-30"),
    ];
    for (arguments, about) in cases {
        assert_failed(&format!("{arguments:?}"), &workplace.call(arguments), about);
    }
    let store = Store::open(&workplace.data()).unwrap();
    let twice = [rule(1, "esdh", "kle", "27"), rule(1, "esdh", "kle", "28")];
    let broken = configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9")], &twice);
    let book = postfordeler::exchange::read_unfinished(broken.to_string().as_bytes()).unwrap();
    store.save_draft(Some(&book), store.newest_publication_number().unwrap(), 0).unwrap();
    assert_failed(
        "a draft that contradicts itself",
        &workplace.call(&["replay", "--draft"]),
        "the draft contradicts itself",
    );
    let empty = workplace.call(&["replay", "--json"]);
    assert_done(&empty);
    assert_eq!(serde_json::from_slice::<Value>(&empty.stdout).unwrap(), nothing_moves(0), "{}", err(&empty));
}

/// The journal knows that a sender was an authority, and not by what; one that the publication lists is one by its number.
#[test]
fn a_sender_that_the_rules_no_longer_list_is_a_company_again() {
    let esdh = Fagsystem::accepting();
    let fagsystems = ["esdh", "ydelse"].map(|id| fagsystem_entry(id, &esdh.endpoint()));
    let mut by_authorities = rule(10, "ydelse", "modtagerCvr", AUTHORITY);
    by_authorities["segment"] = "myndighed".into();
    let mut configuration = configuration(&fagsystems, &[by_authorities]);
    configuration["kendteMyndigheder"] = json!(["12345678"]);
    let router = Router::start(&configuration);
    router.deliver(&Memo { sender: Some(("12345678", "CVR")), ..Memo::new() }.xml());
    let past = Past { router, _esdh: esdh, configuration: configuration.clone(), uuids: Vec::new() };
    assert_eq!(past.told(&[])["uaendret"], 1);
    configuration["kendteMyndigheder"] = json!([]);
    let told = past.told(&[&past.file(&configuration)]);
    let expected = json!([{"fra": "ydelse", "til": "esdh", "antal": 1, "regler": [{"prioritet": null, "antal": 1}]}]);
    assert_eq!(told["flyttet"], expected);
}
