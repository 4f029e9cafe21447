//! What a program that was killed, or that cannot write, leaves behind.

use std::fs;
use std::process::{Command, Stdio};

use postfordeler::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use super::super::{Served, everything_to};
use super::{Place, out, refusal};
use crate::support::{Fagsystem, Memo, configuration, fagsystem_entry, postfordeler, publish, rule};

/// Whatever it was doing: what is there is what was there, or what was put back, and can be opened.
#[cfg(unix)]
#[test]
fn killed_in_the_middle_it_leaves_nothing_half() {
    let place = Place::new();
    publish(
        &place.at("data"),
        &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9/")], &[rule(1, "esdh", "kle", "27")]),
    );
    out(&place.call("backup", "to.zip", "data", &[]));
    let (data, copy) = (place.at("data"), place.at("to.zip"));
    let begins: [&dyn Fn(&str) -> bool; 4] = [
        &|_| true,
        &|name| name.starts_with("postfordeler.restore-"),
        &|name| name.starts_with("before-restore-"),
        &|name| name == "journal.key.next",
    ];
    for is_there in begins {
        // Something else is in force before each.
        publish(&data, &everything_to("http://127.0.0.1:9/"));
        let before = place.publications("data");
        for entry in fs::read_dir(&data).unwrap().flatten() {
            if entry.path().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
        let mut restore = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
            .args(["restore".as_ref(), copy.as_os_str(), "--data".as_ref(), data.as_os_str()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let names = || fs::read_dir(&data).unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        while restore.try_wait().unwrap().is_none() && !names().any(|name| is_there(&name)) {
            std::thread::yield_now();
        }
        let _ = restore.kill();
        restore.wait().unwrap();
        let after = place.publications("data");
        assert!(after == before || after == 2, "{before} publications before, {after} after");
        out(&place.call("restore", "to.zip", "data", &[]));
        assert_eq!(place.publications("data"), 2);
        let left: Vec<_> =
            names().filter(|name| name.starts_with("postfordeler.restore-") || name == "journal.key.next").collect();
        assert!(left.is_empty(), "{left:?}");
    }
    // A copy that is being made has no name until it is whole.
    let mut backup = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["backup".as_ref(), place.at("halv.zip").as_os_str(), "--data".as_ref(), data.as_os_str()])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let part = |name: &str| name.starts_with("halv.zip.");
    let names =
        || fs::read_dir(place.directory.path()).unwrap().flatten().filter_map(|it| it.file_name().into_string().ok());
    while backup.try_wait().unwrap().is_none() && !names().any(|name| part(&name)) {
        std::thread::yield_now();
    }
    let _ = backup.kill();
    backup.wait().unwrap();
    if place.at("halv.zip").exists() {
        out(&place.call("restore", "halv.zip", "ny", &[]));
    }
}

/// The key comes into its place after the database; whoever opens the directory in between finishes that.
#[test]
fn a_key_that_was_not_yet_in_its_place_is_put_there() {
    let fagsystem = Fagsystem::accepting();
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let message = Memo::new();
    assert_eq!(served.deliver(&message.xml()).status(), 200);
    let Served { mut running, data } = served;
    running.terminate();
    assert_eq!(running.exit_status(), Some(0));
    let (key, next) = (data.path().join("journal.key"), data.path().join("journal.key.next"));
    let own = fs::read(&key).unwrap();
    fs::rename(&key, &next).unwrap();
    fs::write(&key, [7; 32]).unwrap();
    let served = Served::start_on(data, &[]);
    assert_eq!((fs::read(&key).unwrap(), next.exists()), (own.clone(), false));
    assert_eq!(served.deliver(&message.xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), 1, "its digest is known");
    let Served { mut running, data } = served;
    running.terminate();
    assert_eq!(running.exit_status(), Some(0));
    // One of a database that did not come is removed.
    fs::write(&next, [8; 32]).unwrap();
    drop(Served::start_on(data, &[]));
    assert!(!next.exists());
}

#[test]
fn what_a_killed_call_left_for_the_same_copy_is_removed() {
    let place = Place::new();
    let id = "0123456789abcdef0123456789abcdef";
    let part = |name: &str, hours: u64| {
        let path = place.at(name);
        let file = fs::File::create(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(hours * 60 * 60)).unwrap();
        path
    };
    let left = [part(&format!("kopi.zip.{id}.db.part"), 2), part(&format!("kopi.zip.{id}.zip.part"), 2)];
    // Of another copy, of a call that is under way, and of somebody else.
    let stay = [
        part(&format!("anden.zip.{id}.db.part"), 2),
        part(&format!("kopi.zip.{}.db.part", id.replace('0', "f")), 0),
        part("kopi.zip.mit.db.part", 2),
    ];
    out(&place.call("backup", "kopi.zip", "data", &[]));
    assert!(left.iter().all(|path| !path.exists()));
    assert!(stay.iter().all(|path| path.exists()));
}

/// As a restore has it, which says nothing of a router.
#[test]
fn what_a_killed_router_said_of_itself_is_not_said_of_who_has_the_lock_now() {
    let served = Served::start(&everything_to("http://127.0.0.1:9/"), &[]);
    let process = served.running.process();
    let Served { running, data } = served;
    let directory = data.path().to_str().unwrap();
    let again = ["serve", "--listen", "127.0.0.1:0", "--data", directory];
    let words = refusal(&postfordeler(&again));
    assert!(words.contains(&format!("'postfordeler serve' (process {process}) at ")), "{words}");
    drop(running);
    let own = Store::open(data.path()).unwrap();
    let lock = own.lock_router().unwrap();
    let words = refusal(&postfordeler(&again));
    assert!(words.contains(&format!(": a program (process {}), which is starting", std::process::id())), "{words}");
    drop(lock);
    // What the killed one left is still there.
    let row = format!("UPDATE router_state SET program = 'serve', process = {process}, since = '2026-11-26T20:14:48Z'");
    Connection::open(data.path().join("postfordeler.db")).unwrap().execute(&row, []).unwrap();
    let file = fs::File::options().write(true).open(data.path().join("router.lock")).unwrap();
    file.lock().unwrap();
    let words = refusal(&postfordeler(&again));
    assert!(words.contains("another router runs") && !words.contains("process"), "{words}");
}

/// As on a disk without room.
#[test]
fn a_router_that_cannot_write_what_it_says_of_itself_runs_all_the_same() {
    let fagsystem = Fagsystem::accepting();
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to(&fagsystem.endpoint()));
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    let trigger = "CREATE TRIGGER full BEFORE UPDATE OF process, address ON router_state
                   BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
    database.execute(trigger, []).unwrap();
    drop(database);
    let served = Served::start_on(data, &[]);
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    let directory = served.data.path().to_str().unwrap().to_owned();
    let words = refusal(&postfordeler(&["serve", "--listen", "127.0.0.1:0", "--data", &directory]));
    assert!(words.contains("another router runs") && !words.contains("process"), "{words}");
    let log = served.end();
    assert!(log.contains("cannot tell which one runs the router"), "{log}");
}
