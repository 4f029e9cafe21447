//! The data directory: closed to others, one router's alone, and missed when a part of it is gone.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{
    Expected, Fagsystem, Memo, Router, Running, assert_receipt, configuration, eventually, fagsystem_entry,
    postfordeler, publish,
};

fn rules_to(fagsystem: &Fagsystem) -> serde_json::Value {
    configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[])
}

fn serve(data: &Path) -> Output {
    postfordeler(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
}

/// That the call failed, and the line that it said at last; before that it may report what was open to others.
fn refusal(case: &str, output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{case}: {said}");
    let told = said.lines().filter(|line| !line.contains("open to other users"));
    let told: Vec<_> = told.map(str::to_owned).collect();
    assert_eq!(told.len(), 1, "{case}: {said}");
    told.concat()
}

fn kill(router: Router) -> TempDir {
    let Router { running, data } = router;
    drop(running);
    data
}

#[test]
fn when_the_log_of_a_killed_router_is_gone_it_is_missed_until_somebody_goes_on_without_it() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start(&rules_to(&fagsystem));
    let message = Memo::new();
    assert_eq!(router.deliver(&message.xml()).status(), 200);
    let data = kill(router);
    let (log, index) = (data.path().join("postfordeler.db-wal"), data.path().join("postfordeler.db-shm"));
    let kept = fs::read(&log).unwrap();
    fs::remove_file(&log).unwrap();
    fs::remove_file(&index).unwrap();
    let marker = data.path().join("router.running");
    for _ in 0..2 {
        let said = refusal("serve", &serve(data.path()));
        for words in ["-wal", marker.to_str().unwrap(), "delivered again", "put that file back"] {
            assert!(said.contains(words), "{said}");
        }
        let exported = postfordeler(&["export", "-", "--data", data.path().to_str().unwrap()]);
        assert!(refusal("export", &exported).contains("-wal"));
    }
    // Put back, all is as it was.
    for left in [&log, &index] {
        let _ = fs::remove_file(left);
    }
    fs::write(&log, kept).unwrap();
    let router = Router::start_on(data);
    assert_receipt("put back", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(fagsystem.requests().len(), 1);
    let data = kill(router);
    fs::remove_file(&log).unwrap();
    refusal("serve", &serve(data.path()));
    fs::remove_file(&marker).unwrap();
    let router = Router::start_on(data);
    assert_receipt("without it", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
}

#[test]
fn a_log_that_is_not_needed_is_not_missed() {
    let fagsystem = Fagsystem::accepting();
    let mut router = Router::start(&rules_to(&fagsystem));
    let message = Memo::new();
    assert_eq!(router.deliver(&message.xml()).status(), 200);
    // Killed, and then the last to close the database has put into it what was in the log.
    let data = kill(router);
    rusqlite::Connection::open(data.path().join("postfordeler.db"))
        .unwrap()
        .execute_batch("SELECT 1 FROM journal")
        .unwrap();
    assert!(!data.path().join("postfordeler.db-wal").exists());
    router = Router::start_on(data);
    assert_eq!(router.deliver(&message.xml()).status(), 200);
    // Ended as it should.
    router.running.terminate();
    assert_eq!(router.running.exit_status(), Some(0));
    assert!(!router.data.path().join("router.running").exists());
    router = router.kill_and_start_again();
    assert_receipt("again", &router.deliver(&message.xml()), Expected::ACCEPTED, Some(&message.uuid));
    assert_eq!(fagsystem.requests().len(), 1);
}

#[test]
fn what_should_be_locked_is_never_followed_emptied_or_waited_for() {
    type Case = (&'static str, fn(&Path, &Path));
    let cases: [Case; 4] = [
        ("a link", |lock, other| symlink(other, lock).unwrap()),
        ("a link to nothing", |lock, other| symlink(other.with_extension("none"), lock).unwrap()),
        ("a pipe", |lock, _| assert!(Command::new("mkfifo").arg(lock).status().unwrap().success())),
        ("a directory", |lock, _| fs::create_dir(lock).unwrap()),
    ];
    for name in ["router.lock", "router.running"] {
        for (case, make) in cases {
            let data = TempDir::new().unwrap();
            publish(data.path(), &rules_to(&Fagsystem::accepting()));
            let other = data.path().join("andet");
            fs::write(&other, "værdifuldt").unwrap();
            make(&data.path().join(name), &other);
            let said = refusal(case, &serve(data.path()));
            assert!(said.contains(name) && said.contains("no plain file"), "{case}: {said}");
            assert_eq!(fs::read_to_string(&other).unwrap(), "værdifuldt", "{case}");
            assert!(!other.with_extension("none").exists(), "{case}");
        }
    }
}

#[test]
fn a_second_router_is_refused_though_the_file_that_is_locked_has_been_removed_or_replaced() {
    type Case = (&'static str, fn(&Path));
    let cases: [Case; 2] = [
        ("removed", |lock| fs::remove_file(lock).unwrap()),
        ("replaced", |lock| {
            fs::remove_file(lock).unwrap();
            fs::write(lock, "").unwrap();
        }),
    ];
    for (case, spoil) in cases {
        let router = Router::start(&rules_to(&Fagsystem::accepting()));
        spoil(&router.data.path().join("router.lock"));
        assert!(refusal(case, &serve(router.data.path())).contains("another router"), "{case}");
        assert_eq!(router.deliver(&Memo::new().xml()).status(), 200, "{case}");
    }
}

/// The path and mode of a directory and all that is in it.
fn modes(directory: &Path) -> Vec<(PathBuf, u32)> {
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    let mut all = vec![(directory.to_owned(), mode(directory))];
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(modes(&path));
        } else {
            all.push((path.clone(), mode(&path)));
        }
    }
    all
}

fn assert_closed(case: &str, directory: &Path) {
    for (path, mode) in modes(directory) {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{case}: {} has {mode:o}", path.display());
    }
}

#[test]
fn the_data_directory_and_all_in_it_is_closed_to_others_from_the_beginning() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("over").join("data");
    let shown = data.to_str().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--self-signed", "--data", shown];
    let mut running = Running::start_after("umask 000", &arguments);
    assert_closed("while it runs", &data);
    let names: Vec<_> = modes(&data).into_iter().map(|(path, _)| path).collect();
    for name in ["postfordeler.db", "postfordeler.db-wal", "postfordeler.db-shm", "journal.key", "router.lock"] {
        assert!(names.contains(&data.join(name)), "{name}");
    }
    assert!(names.contains(&data.join("self-signed").join("key.pem")));
    running.terminate();
    assert_eq!(running.exit_status(), Some(0));
    assert!(!running.log().contains("open to other users"), "{}", running.log());
    assert_closed("afterwards", &data);
}

#[test]
fn a_data_directory_that_was_open_to_others_is_closed_with_a_word_and_links_in_it_are_left_alone() {
    let fagsystem = Fagsystem::accepting();
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    publish(&data, &rules_to(&fagsystem));
    let open = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let database = data.join("postfordeler.db");
    let outside = home.path().join("uden for");
    fs::write(&outside, "").unwrap();
    open(&outside, 0o666);
    symlink(&outside, data.join("postfordeler.link")).unwrap();
    let own = data.join("mit eget.txt");
    fs::write(&own, "").unwrap();
    open(&own, 0o644);
    for told_by in ["export", "serve"] {
        open(&data, 0o755);
        open(&database, 0o644);
        let said = if told_by == "export" {
            String::from_utf8(postfordeler(&["export", "-", "--data", data.to_str().unwrap()]).stderr).unwrap()
        } else {
            let mut running = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
            eventually("it tells", || Some(running.log()).filter(|log| log.contains("postfordeler.db was open")))
        };
        assert!(said.contains(&format!("{} was open to other users (mode 755)", data.display())), "{said}");
        assert!(said.contains(&format!("{} was open to other users (mode 644)", database.display())), "{said}");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(&data), mode(&database)), (0o700, 0o600), "{told_by}");
        assert_eq!((mode(&outside), mode(&own)), (0o666, 0o644), "{told_by}");
    }
}
