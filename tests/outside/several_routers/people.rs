//! Who may do what with a database that is shared, and who else works on it.

use postfordeler::rules::Distributor;
use postfordeler::store::{
    Address, DatabaseError, OtherWindow, Permissions, PostgresError, Program, Store, StoreError,
};
use tempfile::TempDir;

use super::Shared;
use super::running::{deliver, to};
use crate::support::{Fagsystem, Memo, Running, eventually, postfordeler, server, small_town};

impl Shared {
    /// A new user of the database with that role, named after both.
    fn user(&self, role: &str) -> Address {
        let name = format!("{role}_{}", self.sql("SELECT current_database()"));
        self.sql(&format!("CREATE ROLE {name} LOGIN IN ROLE postfordeler_{role}"));
        self.address.to_string().replace("//postgres@", &format!("//{name}@")).parse().expect("an address")
    }
}

/// A directory of somebody's, and the store as that user sees it.
fn opened(address: &Address) -> (TempDir, Store) {
    let home = TempDir::new().expect("a directory");
    let store = Store::open_on_server(home.path(), address).expect("the store opens");
    (home, store)
}

fn rules() -> Distributor {
    small_town(([127, 0, 0, 1], 9101).into()).compile().expect("the sample has no fault")
}

fn is_refused<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Database(DatabaseError::Postgres(PostgresError::NotAllowed { .. }))))
}

#[test]
fn a_reader_sees_everything_and_changes_nothing() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(1);
    shared.open(0).publish_over(&rules(), "The first").expect("its owner publishes");
    let (_home, store) = opened(&shared.user("reader"));
    assert_eq!(store.permissions().expect("told"), Permissions { may_edit: false, may_route: false });
    assert_eq!(store.newest_publication().expect("read").expect("there is one").note, "The first");
    assert!(store.newest_journal_rows(10).expect("read").is_empty());
    let draft = store.draft().expect("read");
    assert!(is_refused(&store.publish_over(&rules(), "Another")));
    assert!(is_refused(&store.save_draft(None, draft.based_on, draft.revision)));
    assert_eq!(store.draft().expect("it can be read as before").revision, draft.revision);
    assert!(is_refused(&store.lock_router()));
    assert_eq!(shared.sql("SELECT count(*) FROM publications"), "1");
}

#[test]
fn an_editor_publishes_under_the_name_that_the_database_has_for_them() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(1);
    drop(shared.open(0));
    let address = shared.user("editor");
    let (home, store) = opened(&address);
    assert_eq!(store.permissions().expect("told"), Permissions { may_edit: true, may_route: false });
    let file = home.path().join("configuration.json");
    std::fs::write(&file, to(&Fagsystem::accepting()).to_string()).expect("the test may write");
    let database = address.to_string();
    let data = home.path().to_str().expect("UTF-8");
    let imported = postfordeler(&["import", file.to_str().expect("UTF-8"), "--data", data, "--database", &database]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let published = store.newest_publication().expect("read").expect("there is one");
    assert_eq!(published.published_by, address.user());
    let served = postfordeler(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--database", &database]);
    let told = String::from_utf8_lossy(&served.stderr).into_owned();
    assert!(!served.status.success() && told.contains("postfordeler_router"), "{told}");
}

#[test]
fn a_router_takes_messages_in_and_publishes_nothing() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let shared = Shared::new(1);
    shared.publish(&to(&fagsystem));
    let address = shared.user("router");
    let (home, store) = opened(&address);
    assert!(is_refused(&store.publish_over(&rules(), "Its own")));
    let (data, database) = (home.path().to_str().expect("UTF-8"), address.to_string());
    let mut router = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--database", &database]);
    let message = Memo::new().xml();
    assert_eq!(deliver(&router, &message).status(), 200);
    let answered = "SELECT accepted || ' ' || not_accepted FROM routers";
    eventually("it tells what it has done", || (shared.sql(answered) == "1 0").then_some(()));
    assert_eq!(deliver(&router, &message).status(), 200, "it is known");
    assert_eq!(fagsystem.whole_requests().len(), 1);
    router.terminate();
    assert_eq!(router.exit_status(), Some(0));
    eventually("it has said so", || (shared.sql("SELECT count(process) FROM routers") == "0").then_some(()));
    assert_eq!(shared.sql("SELECT count(*) FROM journal WHERE outcome = 'accepteret' AND repeats IS NULL"), "1");
}

#[test]
fn those_who_have_a_window_open_see_each_other() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(1);
    drop(shared.open(0));
    let (editor, reader) = (shared.user("editor"), shared.user("reader"));
    let (_first_home, first) = opened(&editor);
    let (_second_home, second) = opened(&reader);
    assert_eq!(first.other_windows().expect("told"), [], "what is no window is not told");
    let second = second.run_by(Program::Window);
    let told = first.other_windows().expect("told");
    assert!(matches!(&told[..], [OtherWindow { user, .. }] if user == reader.user()), "{told:?}");
    assert_eq!(second.other_windows().expect("told"), [], "not itself");
    drop(second);
    eventually("it is closed", || first.other_windows().expect("told").is_empty().then_some(()));
}

#[test]
fn whoever_watches_is_told_by_the_server_also_after_the_connection_broke() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(1);
    let store = shared.open(0);
    let listening = "FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN postfordeler'";
    let listens = || (shared.sql(&format!("SELECT count(*) {listening}")) == "1").then_some(());
    let mut watch = store.watch();
    eventually("it listens", listens);
    shared.sql(&format!("SELECT pg_terminate_backend(pid) {listening}"));
    eventually("it listens again", listens);
    watch.wait();
    drop(watch);
    eventually("it listens no more", || (shared.sql(&format!("SELECT count(*) {listening}")) == "0").then_some(()));
    let told = shared.sql("LISTEN postfordeler; UPDATE draft SET revision = revision + 1; SELECT 1");
    assert!(told.contains("postfordeler") && told.contains("draft"), "{told}");
}

#[test]
fn a_server_that_is_away_is_passed_over_for_another_that_takes_its_place() {
    if !server::is_available() {
        return;
    }
    let fagsystem = Fagsystem::accepting();
    let mut shared = Shared::new(1);
    shared.publish(&to(&fagsystem));
    // Nobody listens at port 1.
    let both = shared.address.to_string().replace('@', "@127.0.0.1:1,");
    shared.address = both.parse().expect("an address");
    assert_eq!(shared.address.to_string(), both);
    let router = shared.serve(0);
    assert_eq!(deliver(&router, &Memo::new().xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), 1);
    let strange: Result<Address, _> = "postgresql://postgres@127.0.0.1:1,/name".parse();
    assert!(strange.is_err(), "a host without a name");
}
