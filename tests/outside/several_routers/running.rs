use std::path::PathBuf;
use std::thread;

use serde_json::Value;

use super::Shared;
use crate::support::{
    Answer, Call, Fagsystem, Memo, Running, configuration, eventually, fagsystem_entry, postfordeler, server,
};

impl Shared {
    fn arguments<'a>(&'a self, router: usize, address: &'a str) -> [&'a str; 4] {
        ["--data", self.home(router).to_str().expect("UTF-8"), "--database", address]
    }

    /// Starts a router in a process of its own.
    pub(super) fn serve(&self, router: usize) -> Running {
        let address = self.address.to_string();
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0"];
        arguments.extend(self.arguments(router, &address));
        Running::start(&arguments)
    }

    pub(super) fn publish(&self, configuration: &Value) {
        let file: PathBuf = self.home(0).join("configuration.json");
        std::fs::write(&file, configuration.to_string()).expect("the test may write");
        let address = self.address.to_string();
        let mut arguments = vec!["import", file.to_str().expect("UTF-8")];
        arguments.extend(self.arguments(0, &address));
        let done = postfordeler(&arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

pub(super) fn deliver(router: &Running, message: &[u8]) -> Answer {
    let mut call = Call::with_length(router.address(), "application/xml", message.len());
    call.send(message);
    call.answer()
}

pub(super) fn health(router: &Running) -> Answer {
    Call::begin(router.address(), "GET /sundhed HTTP/1.1").answer()
}

pub(super) fn to(fagsystem: &Fagsystem) -> Value {
    configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[])
}

#[test]
fn a_message_that_comes_to_all_of_them_at_once_is_delivered_once() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let shared = Shared::new(3);
    shared.publish(&to(&fagsystem));
    let routers: Vec<_> = (0..3).map(|router| shared.serve(router)).collect();
    for _ in 0..10 {
        let message = Memo::new().xml();
        let statuses: Vec<_> = thread::scope(|scope| {
            let calls: Vec<_> =
                routers.iter().map(|router| scope.spawn(|| deliver(router, &message).status())).collect();
            calls.into_iter().map(|call| call.join().expect("it is answered")).collect()
        });
        assert!(statuses.contains(&200) && statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
        assert_eq!(deliver(&routers[0], &message).status(), 200, "sent again, it is known to all");
    }
    assert_eq!(fagsystem.whole_requests().len(), 10);
    let told = "SELECT count(DISTINCT message_uuid) || ' ' || count(*) FILTER (WHERE outcome = 'accepteret' AND repeats IS NULL) FROM journal";
    assert_eq!(shared.sql(told), "10 10");
}

#[test]
fn a_publication_is_in_force_on_all_of_them() {
    if !server::is_available() {
        return;
    }
    let (before, after) = (Fagsystem::accepting(), Fagsystem::accepting());
    let shared = Shared::new(2);
    shared.publish(&to(&before));
    let routers = [shared.serve(0), shared.serve(1)];
    shared.publish(&to(&after));
    for router in &routers {
        eventually("the publication is in force", || (health(router).json()["udgivelse"] == 2).then_some(()));
        assert_eq!(deliver(router, &Memo::new().xml()).status(), 200);
    }
    assert_eq!((before.requests().len(), after.whole_requests().len()), (0, 2));
    let followed = "SELECT string_agg(publication::text, ' ') FROM routers WHERE process IS NOT NULL";
    assert_eq!(shared.sql(followed), "2 2");
}

#[test]
fn a_router_that_loses_the_database_refuses_and_says_so_until_it_is_back() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let own = server::Server::start(&[]);
    own.run("createdb", &["own"]);
    let home = tempfile::TempDir::new().expect("a directory");
    let shared = Shared { address: own.address("own"), homes: vec![home] };
    shared.publish(&to(&fagsystem));
    let router = shared.serve(0);
    assert_eq!(deliver(&router, &Memo::new().xml()).status(), 200);
    own.stop();
    let message = Memo::new().xml();
    let refused = deliver(&router, &message);
    assert_eq!((refused.status(), refused.header("retry-after").is_some()), (503, true));
    assert_eq!(refused.json()["errorCode"], "router.utilgaengelig");
    eventually("it says so", || (health(&router).status() == 503).then_some(()));
    own.start_again();
    eventually("it is healthy again", || (health(&router).status() == 200).then_some(()));
    assert_eq!(deliver(&router, &message).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), 2);
}

#[test]
fn the_address_of_a_database_has_no_password_and_no_clear_text_to_another_machine() {
    let home = tempfile::TempDir::new().expect("a directory");
    let told = |address: &str| {
        let data = home.path().to_str().expect("UTF-8");
        let done = postfordeler(&["export", "-", "--data", data, "--database", address]);
        assert_eq!(done.status.code(), Some(2), "{address}");
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    assert!(told("postgresql://me:secret@db/name").contains("has a password in it"));
    assert!(!told("postgresql://me:secret@db/name").contains("secret"));
    assert!(told("postgresql://me@db.example/name?sslmode=disable").contains("has to be encrypted"));
    assert!(told("mysql://me@db/name").contains("postgresql://user@host/name"));
    assert!(told("postgresql://me@127.0.0.1:1/name").contains("cannot be reached"));
}
