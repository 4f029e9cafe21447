//! The settings, and the guards among them that must not be lost unseen.

use jiff::Timestamp;
use postfordeler::store::{CertificateChoice, Guard, Protection, RouterSettings, ShadowRun, WindowSettings};
use serde_json::json;

use super::{database, directory, is_on_server, open};

fn other_settings() -> RouterSettings {
    RouterSettings {
        listen: ([127, 0, 0, 2], 8700).into(),
        protection: Protection {
            certificate: CertificateChoice::Pkcs12 {
                file: "/srv/router.p12".into(),
                password_file: Some("/run/password".into()),
            },
            client_issuers: Some("/srv/oces3.pem".into()),
            client_cvrs: vec!["34051178".parse().unwrap()],
        },
        api_key: Some(serde_json::from_value(json!("09f0".repeat(16))).unwrap()),
        connect_timeout_ms: 17,
        answer_timeout_ms: 4_000,
        most_under_way: 7,
        most_per_fagsystem: 3,
        retention_days: 30,
        trusted_issuers: Some("/etc/postfordeler/udstedere.pem".into()),
        proxy: Some("http://proxy.example:3128".to_owned()),
        secrets: Some("/etc/postfordeler/hemmeligheder.json".into()),
        ..RouterSettings::default()
    }
}

#[test]
fn settings_have_defaults_and_survive() {
    let home = directory();
    let store = open(&home);
    let settings = store.settings().expect("they can be read");
    assert_eq!(settings, RouterSettings::default());
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8606");
    store.save_settings(&other_settings()).expect("they are kept");
    drop(store);
    let store = open(&home);
    assert_eq!(store.settings().expect("they can be read"), other_settings());
    store.save_settings(&RouterSettings::default()).expect("they are kept");
    assert_eq!(store.settings().expect("they can be read"), RouterSettings::default());
}

#[test]
fn a_setting_that_cannot_be_read_has_its_default_and_the_others_stay() {
    only_of_files!();
    let cases: [(&str, &[&str], RouterSettings); 2] = [
        (
            "connect_timeout_ms",
            &["-1", "1.5", "1e99", "[]"],
            RouterSettings { connect_timeout_ms: 2_000, ..other_settings() },
        ),
        ("answer_timeout_ms", &["4294967296", "{"], RouterSettings { answer_timeout_ms: 30_000, ..other_settings() }),
    ];
    let home = directory();
    let store = open(&home);
    let database = database(home.path());
    for (key, values, expected) in cases {
        for value in values {
            store.save_settings(&other_settings()).expect("they are kept");
            let changed = database.execute("UPDATE settings SET value = ?2 WHERE key = ?1", [key, value]);
            assert_eq!(changed, Ok(1), "{key}");
            assert_eq!(store.settings().expect("they can be read"), expected, "{key} = {value}");
        }
    }
    store.save_settings(&other_settings()).expect("they are kept");
    database.execute("INSERT INTO settings VALUES ('senere', '[1]')", []).expect("the test may write");
    assert_eq!(store.settings().expect("they can be read"), other_settings(), "a newer program's setting is no harm");
}

#[test]
fn a_guard_that_cannot_be_read_is_damaged_until_it_is_chosen_anew() {
    only_of_files!();
    let hash = "09f0".repeat(16);
    let whole = r#"{"certificate": "none", "client_issuers": null, "client_cvrs": []}"#;
    let protections = [
        "\"høj\"".to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
        String::new(),
        whole[..whole.len() - 1].to_owned(),
        whole.replace("[]", r#"["12345678", "1"]"#),
        whole.replace("[]", "null"),
        whole.replace("client_cvrs", "client_cvr"),
        whole.replace(r#""client_issuers": null, "#, ""),
        whole.replace("null", "7"),
        whole.replace("\"none\"", "\"selvlavet\""),
        whole.replace("\"none\"", r#"{"pem": {"certificate": "a.pem"}}"#),
        whole.replace("[]", r#"["12345678"], "client_cvrs": []"#),
    ];
    let keys = [
        "[]".to_owned(),
        String::new(),
        "nul".to_owned(),
        "\"\"".to_owned(),
        "\"09f0\"".to_owned(),
        format!("\"{hash}0\""),
        format!("\"{}\"", hash.to_uppercase()),
        format!("\"{} \"", &hash[1..]),
        format!("\"{hash}"),
        "true".to_owned(),
    ];
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let cases = [
        (Guard::Listen, text(&["\"her\"", "8606", "x", "", "null", "\"127.0.0.1\""])),
        (Guard::Protection, protections.to_vec()),
        (Guard::ApiKey, keys.to_vec()),
        (Guard::TrustedIssuers, text(&["7", "[]", "x", ""])),
        (Guard::Proxy, text(&["7", "{}", "x", ""])),
        (Guard::Secrets, text(&["7", "[\"a\"]", "x", ""])),
        (Guard::Retention, text(&["-1", "\"90\"", "70000", "null", ""])),
    ];
    let home = directory();
    let store = open(&home);
    let database = database(home.path());
    let damage = |guard: Guard, value: &dyn rusqlite::ToSql| {
        store.save_settings(&other_settings()).expect("they are kept");
        let changed = database.execute("UPDATE settings SET value = ?2 WHERE key = ?1", (guard.key(), value));
        assert_eq!(changed, Ok(1), "{guard:?}");
    };
    let kept = |guard: Guard| -> Vec<u8> {
        let query = "SELECT CAST(value AS BLOB) FROM settings WHERE key = ?1";
        database.query_row(query, [guard.key()], |row| row.get(0)).expect("it is there")
    };
    for (guard, values) in cases {
        for value in values {
            damage(guard, &value);
            let read = store.settings().expect("they can be read");
            assert_eq!(read.damaged.iter().collect::<Vec<_>>(), [guard], "{guard:?} = {value}");
            let words = read.damaged.to_string();
            assert!(words.contains(guard.key()) && words.lines().count() == 1, "{words}");

            // Saving other settings does not repair it.
            store
                .save_changed_settings(&read, &RouterSettings { most_under_way: 150, ..read.clone() })
                .expect("it is kept");
            store.save_settings(&RouterSettings { most_under_way: 175, ..read.clone() }).expect("it is kept");
            assert_eq!(kept(guard), value.as_bytes(), "{guard:?}");

            // Its default is chosen on purpose, or whatever else.
            let mut reset = read.clone();
            reset.reset(guard);
            store.save_changed_settings(&read, &reset).expect("it is kept");
            let read = store.settings().expect("they can be read");
            assert!(read.damaged.is_empty(), "{guard:?} = {value}");
            assert_eq!(RouterSettings { most_under_way: 7, ..read }, RouterSettings { most_under_way: 7, ..reset });
        }
    }
    database
        .execute("UPDATE settings SET value = CAST(x'22ff22' AS TEXT) WHERE key = 'api_key'", [])
        .expect("the test may write");
    assert!(store.settings().expect("they can be read").damaged.contains(Guard::ApiKey), "it is not UTF-8");
}

#[test]
fn the_journal_forgets_nothing_while_nobody_knows_for_how_long_it_is_to_be_kept() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.save_settings(&RouterSettings { retention_days: 365, ..RouterSettings::default() }).expect("they are kept");
    let database = database(home.path());
    database.execute("UPDATE settings SET value = '36S' WHERE key = 'retention_days'", []).expect("it is damaged");
    let words = store.prune_journal(jiff::Timestamp::now()).expect_err("it must not go by the default").to_string();
    assert!(words.contains("retention_days"), "{words}");
}

fn other_window_settings() -> WindowSettings {
    let shadow = ShadowRun { after: 70_000, revision: 12, begun_at: Timestamp::UNIX_EPOCH };
    WindowSettings { router_runs: true, practice: Some(([127, 0, 0, 1], 9101).into()), shadow: Some(shadow) }
}

#[test]
fn what_windows_remember_has_defaults_and_survives() {
    let home = directory();
    let store = open(&home);
    assert_eq!(store.window_settings().expect("they can be read"), WindowSettings::default());
    let keep = |before, now| store.save_changed_window_settings(before, now).expect("they are kept");
    keep(WindowSettings::default(), other_window_settings());
    assert_eq!(open(&home).window_settings().expect("they can be read"), other_window_settings());
    assert_eq!(store.settings().expect("they can be read"), RouterSettings::default(), "the router has its own");
    // What another window has changed meanwhile stays.
    keep(WindowSettings::default(), WindowSettings::default());
    assert_eq!(store.window_settings().expect("they can be read"), other_window_settings());
    keep(other_window_settings(), WindowSettings::default());
    assert_eq!(open(&home).window_settings().expect("they can be read"), WindowSettings::default());
}

#[test]
fn what_windows_remember_and_cannot_be_read_has_its_default_and_the_rest_stays() {
    only_of_files!();
    let cases: [(&str, &[&str], WindowSettings); 2] = [
        ("router_runs", &["1", "\"ja\"", "null"], WindowSettings { router_runs: false, ..other_window_settings() }),
        ("practice", &["\"der\"", "false", "null"], WindowSettings { practice: None, ..other_window_settings() }),
    ];
    let home = directory();
    let store = open(&home);
    let database = database(home.path());
    store.save_settings(&other_settings()).expect("they are kept");
    for (key, values, expected) in cases {
        for value in values {
            let kept = store.save_changed_window_settings(WindowSettings::default(), other_window_settings());
            kept.expect("they are kept");
            let changed = database.execute("UPDATE settings SET value = ?2 WHERE key = ?1", [key, value]);
            assert_eq!(changed, Ok(1), "{key}");
            assert_eq!(store.window_settings().expect("they can be read"), expected, "{key} = {value}");
            assert_eq!(store.settings().expect("they can be read"), other_settings(), "{key} = {value}");
        }
    }
}
