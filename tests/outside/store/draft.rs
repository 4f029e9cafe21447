//! The draft: saved as it is edited, and never over somebody else's.

use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use postfordeler::rules::RuleBook;
use postfordeler::store::{Draft, Imprint, Store, StoreError};

use super::{database, directory, is_on_server, newest_name, open, rules};

fn book(name: &str) -> RuleBook {
    rules(name).book().as_ref().clone()
}

fn draft(store: &Store) -> Draft {
    store.draft().expect("it can be read")
}

fn draft_name(store: &Store) -> Option<String> {
    draft(store).book.map(|book| book.authorities[0].name.clone())
}

#[test]
fn at_first_there_is_no_draft() {
    let home = directory();
    let store = open(&home);
    assert_eq!(store.draft_revision().expect("it can be read"), 0);
    assert_eq!(draft(&store), Draft { revision: 0, based_on: None, book: None });
}

#[test]
fn a_draft_is_kept_when_the_program_ends() {
    let home = directory();
    let store = open(&home);
    let first = store.publish_over(&rules("Gældende"), "").expect("it is published");
    let revision = store.save_draft(Some(&book("Kladde")), Some(first), 0).expect("it is the first");
    assert!(revision > 0);
    drop(store);
    let store = open(&home);
    assert_eq!(store.draft_revision().expect("it can be read"), revision);
    let kept = Draft { revision, based_on: Some(first), book: Some(Arc::new(book("Kladde"))) };
    assert_eq!(draft(&store), kept);
    assert_eq!(newest_name(&store).as_deref(), Some("Gældende"), "nothing is in force by being edited");
}

#[test]
fn a_draft_that_cannot_decide_yet_is_kept_all_the_same() {
    let home = directory();
    let store = open(&home);
    let mut unfinished = book("Kladde");
    let again = unfinished.authorities[0].rules[0].clone();
    unfinished.authorities[0].rules.push(again);
    unfinished.authorities[0].fagsystems.clear();
    assert!(unfinished.compile().is_err());
    store.save_draft(Some(&unfinished), None, 0).expect("it is the first");
    assert_eq!(draft(&store).book.as_deref(), Some(&unfinished));
}

#[test]
fn a_draft_that_another_window_has_changed_meanwhile_is_not_overwritten() {
    let home = directory();
    let (window, other) = (open(&home), open(&home));
    let seen = window.save_draft(Some(&book("Set")), None, 0).expect("it is the first");
    let newer = other.save_draft(Some(&book("Nyere")), None, seen).expect("it has seen the newest");
    for over in [0, seen, newer + 1, -1, i64::MAX] {
        for late in [Some(&book("Forældet")), None] {
            let refused = window.save_draft(late, None, over);
            assert!(matches!(refused, Err(StoreError::Overtaken)), "{over}: {refused:?}");
        }
    }
    assert_eq!((draft(&window).revision, draft_name(&window).as_deref()), (newer, Some("Nyere")));
    let newest = window.save_draft(Some(&book("Nyest")), None, newer).expect("it has seen the newest");
    assert_eq!((other.draft_revision().expect("it can be read"), draft_name(&other)), (newest, Some("Nyest".into())));
}

#[test]
fn of_many_that_save_over_the_same_revision_one_is_let_through() {
    let home = directory();
    let store = open(&home);
    let saved: Vec<_> = thread::scope(|scope| {
        let save = |_| {
            let own = store.reopen().expect("it opens again");
            scope.spawn(move || own.save_draft(Some(&book("Samtidig")), None, 0))
        };
        let threads: Vec<_> = (0..8).map(save).collect();
        threads.into_iter().map(|thread| thread.join().expect("it saves")).collect()
    });
    assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1, "{saved:?}");
    assert!(saved.iter().all(|saved| matches!(saved, Ok(_) | Err(StoreError::Overtaken))), "{saved:?}");
}

#[test]
fn a_draft_thrown_away_leaves_a_revision_that_has_grown() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let first = store.publish_over(&rules("Gældende"), "").expect("it is published");
    let edited = store.save_draft(Some(&book("Kladde")), Some(first), 0).expect("it is the first");
    let thrown_away = store.save_draft(None, Some(first), edited).expect("nobody came between");
    assert!(edited < thrown_away);
    assert_eq!(draft(&store), Draft { revision: thrown_away, based_on: Some(first), book: None });
    let database = database(home.path());
    for revision in ["revision", "0", "revision - 1"] {
        let error = database.execute(&format!("UPDATE draft SET revision = {revision}"), []).expect_err(revision);
        assert!(error.to_string().contains("only grows"), "{error}");
    }
}

#[test]
fn publishing_the_draft_puts_it_in_force_and_empties_it() {
    let home = directory();
    let store = open(&home);
    let first = store.publish_over(&rules("Gældende"), "").expect("it is published");
    let edited = store.save_draft(Some(&book("Kladde")), Some(first), 0).expect("it is the first");
    let at: Timestamp = "2026-03-01T12:00:00.25Z".parse().expect("a time");
    let imprint = Imprint { at, by: "anne".to_owned(), note: "Nyt jobcenter".to_owned() };
    let (number, revision) =
        store.publish_draft(&rules("Kladde"), imprint, Some(first), edited).expect("nobody came between");
    assert!(first < number && edited < revision);
    assert_eq!(draft(&store), Draft { revision, based_on: Some(number), book: None });
    let newest = store.newest_publication().expect("it can be read").expect("it was published");
    assert_eq!((newest.number, newest.published_at), (number, at));
    assert_eq!((newest.published_by.as_str(), newest.note.as_str()), ("anne", "Nyt jobcenter"));
    assert_eq!(&newest.book, rules("Kladde").book());
    let next = store.save_draft(Some(&book("Næste")), Some(number), revision).expect("editing goes on");
    assert!(revision < next);
}

#[test]
fn a_draft_is_not_published_when_others_have_published_or_edited_meanwhile() {
    let home = directory();
    let (window, other) = (open(&home), open(&home));
    let first = window.publish_over(&rules("Gældende"), "").expect("it is published");
    let seen = window.save_draft(Some(&book("Kladde")), Some(first), 0).expect("it is the first");
    let edited = other.save_draft(Some(&book("Andens")), Some(first), seen).expect("it has seen the newest");
    let refuses = |based_on, over| {
        let before = (draft(&window), window.publications().expect("they can be read"));
        let refused = window.publish_draft(&rules("Kladde"), "", based_on, over);
        assert!(matches!(refused, Err(StoreError::Overtaken)), "{refused:?}");
        assert_eq!((draft(&window), window.publications().expect("they can be read")), before);
    };
    refuses(Some(first), seen);
    refuses(None, edited);
    let second = other.publish_over(&rules("Importeret"), "").expect("import asks nobody");
    refuses(Some(first), edited);
    refuses(Some(second), seen);
    assert_eq!(draft_name(&other).as_deref(), Some("Andens"));
    assert_eq!(newest_name(&other).as_deref(), Some("Importeret"));
    assert!(window.publish_draft(&rules("Andens"), "", Some(second), edited).is_ok());
}

#[test]
fn a_draft_that_cannot_be_read_is_reported_as_the_draft_and_can_be_thrown_away() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    let database = database(home.path());
    for spoilt in ["", "{\"format\": \"postfordeler-konfiguration\", \"version\": 1}"] {
        let changed = "UPDATE draft SET revision = revision + 1, configuration = ?1";
        database.execute(changed, [spoilt]).expect("the test may write");
        let error = store.draft().expect_err("it is no configuration");
        assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains("the draft has 1 fault"), "{error}");
    }
    let revision = store.draft_revision().expect("it can be read");
    store.save_draft(None, None, revision).expect("nobody came between");
    assert_eq!(draft(&store).book, None);
}
