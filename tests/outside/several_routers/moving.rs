use std::path::Path;

use postfordeler::store::{JournalRow, Store};
use tempfile::TempDir;

use crate::support::{Fagsystem, Memo, Router, configuration, fagsystem_entry, postfordeler, server};

fn carry(from: &str, to: &str) -> std::process::Output {
    postfordeler(&["move", "--from", from, "--to", to])
}

/// A data directory in which a router has run, and a message that it has delivered.
fn used(fagsystem: &Fagsystem) -> (TempDir, Vec<u8>) {
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
    let messages: Vec<_> = (0..5).map(|_| Memo::new().xml()).collect();
    for message in &messages {
        assert_eq!(router.deliver(message).status(), 200);
    }
    router.deliver(b"<nothing/>");
    let Router { running, data } = router;
    drop(running);
    (data, messages[0].clone())
}

fn rows(store: &Store) -> Vec<JournalRow> {
    store.newest_journal_rows(1_000).expect("they can be read")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn everything_is_carried_over_to_a_server_and_back_with_the_same_digest() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let ((here, message), there) = (used(&fagsystem), TempDir::new().expect("a directory"));
    let address = server::database_of(here.path());
    let digest = |done: &std::process::Output| {
        let words = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        words.split("the digest of all of it is ").nth(1).map(|rest| rest[..64].to_owned()).expect("it says so")
    };
    let went = digest(&carry(text(here.path()), &address.to_string()));
    let before = rows(&Store::open(here.path()).expect("it is still there"));
    let on_server = Store::open_on_server(here.path(), &address).expect("it opens");
    assert_eq!(rows(&on_server), before);
    let newest = |store: &Store| store.newest_publication_number().expect("it can be read");
    assert_eq!(newest(&on_server), newest(&Store::open(here.path()).expect("it is still there")));
    drop(on_server);
    let came_back = digest(&carry(&address.to_string(), text(there.path())));
    assert_eq!(went, came_back);
    let back = Store::open(there.path()).expect("it opens");
    assert_eq!(rows(&back), before);
    // What was accepted before is recognised there by its digest, and numbers go on.
    let router = Router::start_on(there);
    let delivered = fagsystem.whole_requests().len();
    assert_eq!(router.deliver(&message).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), delivered);
    assert!(rows(&back)[0].number > before[0].number);
}

#[test]
fn nothing_is_put_among_what_is_there_or_taken_from_under_a_router() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let ((here, _), (other, _)) = (used(&fagsystem), used(&fagsystem));
    let address = server::database_of(here.path()).to_string();
    assert!(carry(text(here.path()), &address).status.success());
    let refused = carry(text(other.path()), &address);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("at the target already"));
    let router = Router::start_on(other);
    let refused = carry(text(router.data.path()), &address);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another router runs"));
    let same = carry(text(here.path()), "somewhere");
    assert!(String::from_utf8_lossy(&same.stderr).contains("backup"));
}
