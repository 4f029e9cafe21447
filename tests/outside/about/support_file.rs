//! The support file: what it tells, and that nothing personal or secret gets into it.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use postfordeler::rules::without_cpr;
use postfordeler::store::{ApiKey, ApiKeys, CertificateChoice, RouterSettings, Store};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    Fagsystem, Memo, Router, configuration, eventually, fagsystem_entry, postfordeler, publish, rule,
};

/// The entries of a support file, by name.
fn entries(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("it is there")).expect("a ZIP archive");
    let mut entries = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = entry.name().expect("its name is text").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("it is whole");
        entries.push((name, bytes));
    }
    entries
}

/// Makes one, and returns what it says.
fn made(data: &Path) -> (TempDir, Value) {
    let place = TempDir::new().expect("a directory");
    let file = place.path().join("support.zip");
    let output = postfordeler(&["support-file", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let entries = entries(&file);
    let names: Vec<_> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["laes-mig.txt", "support.json"]);
    let facts = serde_json::from_slice(&entries[1].1).expect("JSON");
    (place, facts)
}

/// Everywhere that people, messages and other systems can put words.
const PLANTED: [&str; 22] = [
    "2211771212",
    "221177-1212",
    "Ansøgning om plads",
    "Emilie Zqsen",
    "kommune-zq",
    "fagsystem-zq",
    "punkt-zq",
    "gruppe-zq",
    "note-zq",
    "endpoint-zq",
    "sti-zq",
    "udsteder-zq",
    "nøgle-zq",
    "kode-zq",
    "proxy-zq",
    "hemmelig-zq",
    "uuid-zq",
    "bruger-zq",
    "kle-titel-zq",
    "fil-zq",
    "header-zq",
    "udgivelse-zq",
];

/// A data directory that has one of [`PLANTED`] in every place.
fn planted() -> (TempDir, Vec<String>) {
    let answer = r#"{"errorCode":"kode-zq","errorMessage":"Emilie Zqsen 221177-1212"}"#;
    let fagsystem = Fagsystem::answering(422, answer);
    let mut entry = fagsystem_entry("fagsystem-zq", &format!("{}/endpoint-zq", fagsystem.endpoint()));
    entry["note"] = "Ring til Emilie Zqsen, 2211771212".into();
    entry["kontaktperson"] = "Emilie Zqsen".into();
    let mut noted = rule(1, "fagsystem-zq", "kontaktgruppe", "gruppe-zq");
    noted["note"] = "note-zq om 221177-1212".into();
    let mut rules = configuration(&[entry.clone()], &[noted]);
    rules["myndigheder"][0]["navn"] = "kommune-zq".into();
    rules["myndigheder"][0]["kontaktpunkter"] = json!([{"id": "punkt-zq", "titel": "Emilie Zqsen"}]);
    let router = Router::start(&rules);
    for message in [Memo::new(), Memo { contact_point: Some("punkt-zq".to_owned()), ..Memo::new() }] {
        router.deliver(&message.xml());
    }
    router.deliver("<ikke MeMo, men om 2211771212".as_bytes());
    let Router { mut running, data } = router;
    running.terminate();
    running.exit_status();

    let mut secret = entry;
    secret["endpoint"] = "https://endpoint-zq.example/x".into();
    secret["adgang"] = json!({"type": "header", "navn": "X-header-zq"});
    publish(data.path(), &configuration(&[secret], &[]));
    let store = Store::open(data.path()).expect("it opens");
    let key = ApiKey::random().expect("random numbers");
    let path = |name: &str| Some(data.path().join("sti-zq").join(name));
    let mut settings = RouterSettings {
        trusted_issuers: path("udsteder-zq.pem"),
        proxy: Some("http://proxy-zq.example:8080".to_owned()),
        secrets: path("hemmelig-zq.json"),
        api_key: Some(ApiKeys::only(&key, Timestamp::now())),
        ..RouterSettings::default()
    };
    settings.protection.certificate =
        CertificateChoice::Pem { certificate: path("certifikat-zq.pem").unwrap(), key: path("nøgle-zq.pem").unwrap() };
    store.save_settings(&settings).expect("they are kept");
    drop(store);
    let database = Connection::open(data.path().join("postfordeler.db")).expect("it opens");
    database
        .execute_batch(
            "INSERT INTO journal (received_at, message_uuid, bytes, outcome, reason, answer_code, total_us, caller, contact_group)
             VALUES (unixepoch() * 1000000000, 'uuid-zq', 1, 'udfald 221177-1212', 'Emilie Zqsen', 'kode-zq', 1, 'bruger-zq', 'gruppe-zq');
             INSERT INTO hours (hour, authority, fagsystem, outcome, by_default, messages, bytes, within_100, within_300,
                                within_1000, within_1500, within_4000, slowest_us, last)
             SELECT unixepoch() / 3600 * 3600000000000, 'kommune-zq', 'fagsystem-zq', 'udfald 221177-1212', 0, 1, 1, 0, 0, 0, 0, 0, 1, 1;
             UPDATE kle_plan SET revision = 1, entries = '[[\"02\", \"kle-titel-zq\"]]';
             UPDATE settings SET value = '\"2211771212\"' WHERE key = 'schema_by';
             INSERT INTO settings VALUES ('udgivelse-zq', '\"hemmelig-zq\"')",
        )
        .expect("the test may write");
    let keys: String =
        database.query_row("SELECT value FROM settings WHERE key = 'api_key'", [], |row| row.get(0)).unwrap();
    let hashes = keys.split('"').filter(|part| part.len() >= 32).map(str::to_owned);
    let keys: Vec<_> = hashes.chain([key.reveal().to_owned()]).collect();
    assert!(keys.len() >= 2, "the hash of the key is stored");
    drop(database);
    fs::write(data.path().join("fil-zq 221177-1212.txt"), "hemmelig-zq").expect("the test may write");
    (data, keys)
}

fn must_hold_nothing_of(bytes: &[u8], data: &Path, keys: &[String], what: &str) {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let lower = text.to_lowercase();
    for words in PLANTED {
        assert!(!lower.contains(&words.to_lowercase()), "{what} has {words}: {text}");
    }
    for key in keys {
        assert!(!text.contains(key.as_str()), "{what} has a key");
    }
    assert!(!text.contains(data.to_str().unwrap()) && !text.contains("/tmp"), "{what} has a path: {text}");
    let user = std::env::var("USER").unwrap_or_default();
    assert!(user.len() < 5 || !text.contains(&user), "{what} has the user's name");
}

#[test]
fn nothing_personal_or_secret_gets_in_wherever_it_was() {
    let (data, keys) = planted();
    let (place, facts) = made(data.path());
    for (name, bytes) in entries(&place.path().join("support.zip")) {
        must_hold_nothing_of(&bytes, data.path(), &keys, &name);
    }
    assert_eq!(facts["database"]["opened"], true);
    let days = facts["journal"]["messages_by_day"].as_object().expect("days");
    let counted = |outcome: &str| days.values().filter_map(|day| day[outcome].as_i64()).sum::<i64>();
    assert_eq!(
        (counted("fagsystem.afvist"), counted("memo.ugyldig"), counted("unknown_to_this_version")),
        (2, 1, 1),
        "{facts}"
    );
    let settings = &facts["router_settings"];
    let told =
        ["has_proxy", "has_trusted_issuers", "certificate", "api_keys", "secrets"].map(|key| settings[key].clone());
    assert_eq!(told, [json!(true), json!(true), json!("pem"), json!(1), json!("file")]);
    assert!(facts["hindrances"]["certifikat_ulaeseligt"].as_i64() >= Some(1), "{facts}");
    assert_eq!(facts["published_rules"]["authorities"][0]["fagsystems_by_access"]["header"], 1);
    assert!(facts["data_directory"]["other_files"].as_i64() >= Some(1));
}

#[test]
fn a_database_that_cannot_be_opened_is_told_by_a_code() {
    let (data, keys) = planted();
    let path = data.path().join("postfordeler.db");
    let newer = Connection::open(&path).expect("it opens");
    newer.pragma_update(None, "user_version", 4711).expect("the test may write");
    drop(newer);
    let (place, facts) = made(data.path());
    let told = |facts: &Value| (facts["database"]["error"].clone(), facts["database"]["schema"].clone());
    assert_eq!(told(&facts), ("newer".into(), 4711.into()));
    for (name, bytes) in entries(&place.path().join("support.zip")) {
        must_hold_nothing_of(&bytes, data.path(), &keys, &name);
    }
    fs::write(&path, "Dette er et brev om 221177-1212. ".repeat(500)).expect("the test may write");
    let (_, facts) = made(data.path());
    assert_eq!(told(&facts), ("damaged".into(), Value::Null));
    let nothing = TempDir::new().expect("a directory");
    let (_, facts) = made(nothing.path());
    assert_eq!(told(&facts), ("absent".into(), Value::Null));
    assert!(!nothing.path().join("postfordeler.db").exists(), "none is made");
}

#[test]
fn a_file_of_that_name_stays_unless_it_is_said() {
    let data = TempDir::new().expect("a directory");
    let file = data.path().join("support.zip");
    fs::write(&file, "noget andet").expect("the test may write");
    let call = |further: &[&str]| {
        let always = ["support-file", file.to_str().unwrap(), "--data", data.path().to_str().unwrap()];
        postfordeler(&[&always, further].concat())
    };
    let refused = call(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is there already"));
    assert_eq!(fs::read(&file).unwrap(), b"noget andet");
    assert_eq!(call(&["--overwrite"]).status.code(), Some(0));
    assert_eq!(entries(&file).len(), 2);
}

/// It is read beside a router that runs, and says what that one is doing.
#[test]
fn it_is_made_while_a_router_runs() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    router.deliver(&Memo::new().xml());
    let counted = eventually("the message is counted", || {
        let (_, facts) = made(router.data.path());
        (facts["router"]["runs"] == true && facts["journal"]["rows"] == 1).then_some(facts)
    });
    assert_eq!(without_cpr(&counted.to_string()), counted.to_string());
}
