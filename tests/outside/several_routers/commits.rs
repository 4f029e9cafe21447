//! Commits that the server does not confirm, or not as it should: nothing goes out on the strength of one.

use std::thread;

use tempfile::TempDir;

use super::Shared;
use super::running::{deliver, health, to};
use crate::support::{Fagsystem, Memo, Running, eventually, server};

/// A router on a server of its own, whose settings can be changed.
struct Alone {
    _server: server::Server,
    shared: Shared,
    fagsystem: Fagsystem,
    router: Running,
}

impl Alone {
    fn start() -> Self {
        let (server, fagsystem) = (server::Server::start(&[]), Fagsystem::accepting());
        server.run("createdb", &["own"]);
        let shared = Shared { address: server.address("own"), homes: vec![TempDir::new().expect("a directory")] };
        shared.publish(&to(&fagsystem));
        let router = shared.serve(0);
        assert_eq!(deliver(&router, &Memo::new().xml()).status(), 200);
        Self { _server: server, shared, fagsystem, router }
    }

    fn set(&self, setting: &str, value: &str) {
        self.shared.sql(&format!("ALTER SYSTEM SET {setting} = '{value}'"));
        self.shared.sql("SELECT pg_reload_conf()");
    }

    fn wait_until_health_is(&self, status: u16) {
        eventually("it says so", || (health(&self.router).status() == status).then_some(()));
    }
}

#[test]
fn while_commits_wait_for_a_standby_messages_are_refused_and_nothing_is_lost() {
    if !server::is_available() {
        return;
    }
    let mut alone = Alone::start();
    alone.set("synchronous_standby_names", "nobody");
    let message = Memo::new().xml();
    assert_eq!(deliver(&alone.router, &message).status(), 503);
    alone.wait_until_health_is(503);
    assert_eq!(alone.fagsystem.requests().len(), 1, "nothing went out");
    alone.set("synchronous_standby_names", "");
    alone.wait_until_health_is(200);
    // What was not confirmed may have been written, and binds the message until its lease lapses: it is not renewed.
    eventually("it is taken", || {
        alone.shared.let_claims_lapse();
        (deliver(&alone.router, &message).status() == 200).then_some(())
    });
    assert_eq!(alone.fagsystem.whole_requests().len(), 2);
    // It also ends while nothing can be committed.
    alone.set("synchronous_standby_names", "nobody");
    alone.router.terminate();
    assert_eq!(alone.router.exit_status(), Some(0));
}

#[test]
fn a_commit_that_the_server_did_not_wait_for_counts_as_none() {
    if !server::is_available() {
        return;
    }
    let alone = Alone::start();
    alone.set("synchronous_standby_names", "nobody");
    let message = Memo::new().xml();
    let status = thread::scope(|scope| {
        let call = scope.spawn(|| deliver(&alone.router, &message).status());
        eventually("it is answered", || {
            alone.shared.sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
            call.is_finished().then_some(())
        });
        call.join().expect("it is answered")
    });
    assert_eq!(status, 503);
    assert_eq!(alone.fagsystem.requests().len(), 1, "nothing went out");
}

#[test]
fn a_server_that_stops_keeping_what_it_commits_is_noticed_while_the_router_runs() {
    if !server::is_available() {
        return;
    }
    let alone = Alone::start();
    for (setting, bad, good) in [("fsync", "off", "on"), ("synchronous_commit", "off", "on")] {
        alone.set(setting, bad);
        alone.wait_until_health_is(503);
        let told = health(&alone.router).json()["grund"].to_string();
        assert!(told.contains(setting), "{told}");
        assert_eq!(deliver(&alone.router, &Memo::new().xml()).status(), 503);
        alone.set(setting, good);
        alone.wait_until_health_is(200);
    }
    // A standby that is named and not waited for.
    alone.set("synchronous_commit", "local");
    alone.set("synchronous_standby_names", "nobody");
    alone.wait_until_health_is(503);
    alone.set("synchronous_standby_names", "");
    alone.wait_until_health_is(200);
    assert_eq!(alone.fagsystem.requests().len(), 1);
}

#[test]
fn a_server_that_has_lost_what_it_had_confirmed_is_noticed_until_somebody_has_looked() {
    if !server::is_available() {
        return;
    }
    let alone = Alone::start();
    let heartbeats = || alone.shared.sql("SELECT heartbeats FROM routers").parse::<i64>().expect("a number");
    eventually("it has had some heartbeats", || (heartbeats() >= 2).then_some(()));
    // As a server would have it that was made the first one without the last commits.
    alone.shared.sql("UPDATE routers SET heartbeats = 0");
    alone.wait_until_health_is(503);
    let told = health(&alone.router).json()["grund"].to_string();
    assert!(told.contains("has lost"), "{told}");
    assert_eq!(deliver(&alone.router, &Memo::new().xml()).status(), 503);
    assert_eq!(alone.fagsystem.requests().len(), 1);
    assert_eq!(health(&alone.router).status(), 503, "it does not go on by itself");
}
