//! Several API keys at a time: made, listed, used and revoked while a router runs.

use std::time::{Duration, Instant};

use reqwest::Client;
use rusqlite::Connection;

use super::certificates::Issuer;
use super::{Home, assert_accepted, assert_not_allowed, caller, deliver, events, metric};
use crate::support::{Running, eventually, postfordeler};

fn nobody() -> Client {
    caller(&Issuer::new("Ingen").pem(), None)
}

/// How a call with that key is answered.
fn status(client: &Client, router: &Running, key: &str) -> u16 {
    deliver(client, router, &[("X-Api-Key", key)]).unwrap().0.as_u16()
}

/// Waits until the key counts, or does not.
#[track_caller]
fn becomes(client: &Client, router: &Running, key: &str, expected: u16) {
    let begun = Instant::now();
    eventually("the key counts, or does not", || (status(client, router, key) == expected).then_some(()));
    // It takes a fifth of a second; anything near this is another way of finding out.
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn two_keys_count_side_by_side_until_one_is_revoked_and_none_of_it_needs_a_restart() {
    let home = Home::new();
    let (client, router) = (nobody(), home.serve::<&str>(&[]));
    assert_accepted("none is demanded", &client, &router, &[]);
    let first = home.make_api_key();
    eventually("one is demanded", || (deliver(&client, &router, &[]).unwrap().0 == 401).then_some(()));
    assert_eq!(status(&client, &router, &first), 200);
    let second = home.api_key(&["--add", "--name", "Serviceplatformen, produktion"]);
    assert_ne!(first, second);
    becomes(&client, &router, &second, 200);
    assert_eq!(status(&client, &router, &first), 200, "both count");

    let listed = home.api_key(&["--list"]);
    let lines: Vec<_> = listed.lines().collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert!(lines[0].contains("  first  made 20") && lines[1].contains("  Serviceplatformen, produktion  made 20"));
    for key in [&first, &second] {
        assert!(!listed.contains(key.as_str()), "a key is shown once");
    }
    // Names are the same in whatever case, and need not be a key of its own.
    let taken = postfordeler(&[
        "api-key",
        "--add",
        "--name",
        "SERVICEPLATFORMEN, Produktion",
        "--data",
        home.data.path().to_str().unwrap(),
    ]);
    assert_eq!((taken.status.code(), taken.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(taken.stderr).unwrap().contains("a key of that name already"));

    home.api_key(&["--revoke", "FIRST"]);
    becomes(&client, &router, &first, 403);
    assert_eq!(status(&client, &router, &second), 200);
    let id = lines[1].split(' ').next().unwrap();
    home.api_key(&["--revoke", id]);
    becomes(&client, &router, &second, 403);
    // To revoke the last one opens nothing.
    let (found, _, receipt) = deliver(&client, &router, &[]).unwrap();
    assert_eq!(found.as_u16(), 403, "{receipt}");
    let gone = postfordeler(&["api-key", "--revoke", "first", "--data", home.data.path().to_str().unwrap()]);
    let words = String::from_utf8(gone.stderr).unwrap();
    assert_eq!((gone.status.code(), words.lines().count()), (Some(2), 1), "{words}");
    drop(router);
    let router = home.serve::<&str>(&[]);
    assert_not_allowed("nor after a restart", 403, &client, &router, &[]);
    let third = home.api_key(&["--add"]);
    becomes(&client, &router, &third, 200);
}

#[test]
fn a_plain_new_key_takes_the_place_of_all_others_and_none_is_demanded_once_they_are_removed() {
    let home = Home::new();
    let (client, old) = (nobody(), home.make_api_key());
    home.api_key(&["--add"]);
    let router = home.serve::<&str>(&[]);
    assert_eq!(status(&client, &router, &old), 200);
    let new = home.make_api_key();
    becomes(&client, &router, &new, 200);
    becomes(&client, &router, &old, 403);
    assert_eq!(home.api_key(&["--list"]).lines().count(), 1);
    home.api_key(&["--remove"]);
    eventually("none is demanded", || (deliver(&client, &router, &[]).unwrap().0 == 200).then_some(()));
    assert_eq!(home.api_key(&["--list"]), "");
}

#[test]
fn a_router_that_others_can_reach_is_not_opened_by_removing_its_last_key() {
    let home = Home::new();
    let key = home.make_api_key();
    let mut router = home.serve_at("0.0.0.0:0", &["--self-signed", "--log", "json"]);
    let certificate = std::fs::read_to_string(home.data.path().join("self-signed/certificate.pem")).unwrap();
    let client = caller(&certificate, None);
    assert_eq!(status(&client, &router, &key), 200);
    home.api_key(&["--remove"]);
    becomes(&client, &router, &key, 403);
    assert_not_allowed("without one", 403, &client, &router, &[]);
    let shut = |router: &mut Running| {
        events(router).iter().any(|it| it["level"] == "ERROR" && it["message"].as_str().unwrap().contains("nobody can"))
    };
    eventually("the log says so", || shut(&mut router).then_some(()));
    let key = home.api_key(&["--add"]);
    becomes(&client, &router, &key, 200);
}

#[test]
fn the_one_key_of_an_older_database_is_carried_over() {
    let home = Home::new();
    let key = home.make_api_key();
    let database = Connection::open(home.data.path().join("postfordeler.db")).unwrap();
    let kept: String =
        database.query_row("SELECT value FROM settings WHERE key = 'api_key'", [], |it| it.get(0)).unwrap();
    let hash = kept.split('"').find(|text| text.len() == 64).unwrap().to_owned();
    database.execute("UPDATE settings SET value = ?1 WHERE key = 'api_key'", [format!("\"{hash}\"")]).unwrap();
    drop(database);
    let (client, router) = (nobody(), home.serve::<&str>(&[]));
    assert_eq!(status(&client, &router, &key), 200);
    assert!(home.api_key(&["--list"]).contains("  first  made unknown"));
    let second = home.api_key(&["--add"]);
    becomes(&client, &router, &second, 200);
    assert_eq!(status(&client, &router, &key), 200);
    home.api_key(&["--revoke", "first"]);
    becomes(&client, &router, &key, 403);
}

#[test]
fn a_list_says_when_a_key_was_used_last_and_the_journal_is_not_written_for_it() {
    let home = Home::new();
    let (client, key) = (nobody(), home.make_api_key());
    home.api_key(&["--add", "--name", "ubrugt"]);
    let router = home.serve::<&str>(&[]);
    let used = || home.api_key(&["--list"]);
    assert_eq!(used().matches("last used never").count(), 2);
    for _ in 0..5 {
        assert_eq!(status(&client, &router, &key), 200);
    }
    let listed = eventually("it is taken down", || Some(used()).filter(|it| it.matches("never").count() == 1));
    assert!(listed.lines().next().unwrap().contains("  first  ") && listed.contains("ubrugt"), "{listed}");
    let database = Connection::open(home.data.path().join("postfordeler.db")).unwrap();
    let rows: i64 = database.query_row("SELECT count(*) FROM api_key_uses", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1, "once for the key, not for the message");
    home.api_key(&["--revoke", "first"]);
    let rows: i64 = database.query_row("SELECT count(*) FROM api_key_uses", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0, "what is revoked is forgotten");
}

#[test]
fn keys_that_cannot_be_read_any_more_leave_those_before_in_force_and_are_told() {
    let home = Home::new();
    let (client, key) = (nobody(), home.make_api_key());
    let (mut router, metrics) = home.serve_watched::<&str>(&[]);
    assert_eq!(status(&client, &router, &key), 200);
    let sample = "postfordeler_files_in_force{what=\"api_keys\"}";
    eventually("they are in force", || (metric(metrics, sample) == 1).then_some(()));
    let database = Connection::open(home.data.path().join("postfordeler.db")).unwrap();
    let keep = |value: &str| database.execute("UPDATE settings SET value = ?1 WHERE key = 'api_key'", [value]).unwrap();
    let damaged = ["[]", "{\"keys\": [{}]}", "{\"keys\": [], \"flere\": 1}", "{"];
    for value in damaged {
        keep(value);
        let add = postfordeler(&["api-key", "--add", "--data", home.data.path().to_str().unwrap()]);
        assert_eq!(add.status.code(), Some(2), "{value}: it is not known which keys it would stand beside");
    }
    eventually("it is told", || (metric(metrics, sample) == 0).then_some(()));
    assert_eq!(status(&client, &router, &key), 200);
    assert_not_allowed("it is not open", 401, &client, &router, &[]);
    let is_meant = |it: &serde_json::Value| it["level"] == "ERROR" && it.to_string().contains("api_key");
    eventually("the log says it", || events(&mut router).iter().any(is_meant).then_some(()));
    let key = home.make_api_key();
    becomes(&client, &router, &key, 200);
    eventually("it is mended", || (metric(metrics, sample) == 1).then_some(()));
    router.terminate();
    assert_eq!(router.exit_status(), Some(0));
    for value in damaged {
        keep(value);
        let words = home.refusal(&["--listen", "127.0.0.1:0"]);
        assert!(words.contains("'api_key'"), "{value}: {words}");
    }
}
