//! What is stored: publications, the draft, settings, the journal; and that nothing stored is ever damaged.

/// Begins a test that looks into the file, or is about it: on a server there is none.
macro_rules! only_of_files {
    () => {
        if is_on_server() {
            return;
        }
    };
}

mod arrivals;
mod default_mail;
mod draft;
mod finding;
mod history;
mod kle_plan;
mod messages;
mod overview;
mod replay;
mod retention;
mod reviews;
mod settings;
mod times;
mod traffic;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use postfordeler::rules::{
    AddressedContactPoint, Caseless, CriterionKind, Distributor, Facts, FagsystemId, PostType, Priority, Sender,
    SenderKind,
};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed, Store, StoreError, Timing};
use rusqlite::Connection;
use tempfile::TempDir;

#[cfg(unix)]
use crate::support::server;
use crate::support::small_town;

fn directory() -> TempDir {
    TempDir::new().expect("a directory for the test")
}

/// Over whichever engine these tests are. Where PostgreSQL is not installed, over files again.
fn open(directory: &TempDir) -> Store {
    #[cfg(unix)]
    if is_on_server() {
        let address = server::database_of(directory.path());
        return Store::open_on_server(directory.path(), &address).expect("the store opens");
    }
    Store::open(directory.path()).expect("the store opens")
}

/// Whether these tests are over a database on a server: they are in the program twice.
fn is_on_server() -> bool {
    #[cfg(unix)]
    let is_there = server::is_available();
    #[cfg(not(unix))]
    let is_there = false;
    module_path!().ends_with("on_server") && is_there
}

/// The sample municipality under another name.
fn rules(name: &str) -> Distributor {
    let mut book = small_town(([127, 0, 0, 1], 9101).into());
    name.clone_into(&mut book.authorities[0].name);
    book.compile().expect("the sample has no fault")
}

fn newest_name(store: &Store) -> Option<String> {
    let publication = store.newest_publication().expect("it can be read");
    publication.map(|publication| publication.book.authorities[0].name.clone())
}

/// The database as another program sees it.
fn database(directory: &Path) -> Connection {
    Connection::open(directory.join("postfordeler.db")).expect("the database opens")
}

#[test]
fn a_publication_is_kept_as_it_was_published() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    assert_eq!(store.newest_publication_number().expect("it can be read"), None);
    assert_eq!(store.newest_publication().expect("it can be read"), None);
    let before = Timestamp::now();
    let first = store.publish(&rules("Første"), "Ny byggesag: \"A & B\"", None).expect("it is the first");
    let second = store.publish(&rules("Anden"), "", Some(first)).expect("nobody came between");
    assert_eq!((first.get(), second.get()), (1, 2));
    drop(store);
    let store = open(&home);
    assert_eq!(store.newest_publication_number().expect("it can be read"), Some(second));
    let newest = store.newest_publication().expect("it can be read").expect("there are two");
    assert_eq!((newest.number, newest.note.as_str()), (second, ""));
    assert_eq!(&newest.book, rules("Anden").book());
    assert!(before <= newest.published_at && newest.published_at <= Timestamp::now());
    let kept: (String, String) = database(home.path())
        .query_row("SELECT note, configuration FROM publications WHERE number = 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("the first is still there");
    assert_eq!(kept.0, "Ny byggesag: \"A & B\"");
    assert!(kept.1.contains("\"navn\": \"Første\""), "{}", kept.1);
}

#[test]
fn what_was_changed_elsewhere_meanwhile_is_not_overwritten() {
    let home = directory();
    let (window, other) = (open(&home), open(&home));
    let seen = window.publish(&rules("Set"), "", None).expect("it is the first");
    let newer = other.publish_over(&rules("Nyere"), "").expect("import asks nobody");
    for based_on in [Some(seen), None] {
        let refused = window.publish(&rules("Forældet"), "", based_on);
        assert!(matches!(refused, Err(StoreError::Overtaken)), "{refused:?}");
        assert_eq!(newest_name(&window).as_deref(), Some("Nyere"));
    }
    assert!(window.publish(&rules("Nyest"), "", Some(newer)).is_ok());
    assert_eq!(newest_name(&other).as_deref(), Some("Nyest"));
}

#[test]
fn a_publication_can_be_neither_changed_nor_deleted() {
    only_of_files!();
    let home = directory();
    open(&home).publish(&rules("Første"), "", None).expect("it is the first");
    let database = database(home.path());
    for (statement, word) in [
        ("UPDATE publications SET note = 'x'", "never changed"),
        ("UPDATE publications SET configuration = '{}' WHERE number = 1", "never changed"),
        ("DELETE FROM publications", "never deleted"),
        ("DELETE FROM publications WHERE number = 1", "never deleted"),
    ] {
        let error = database.execute(statement, []).expect_err(statement).to_string();
        assert!(error.contains(word), "{statement}: {error}");
    }
    assert_eq!(newest_name(&open(&home)).as_deref(), Some("Første"));
}

#[test]
fn each_connection_sees_what_another_has_published() {
    let home = directory();
    let (router, window) = (open(&home), open(&home));
    let at_first = router.data_version().expect("it can be read");
    assert_eq!(router.data_version().expect("it can be read"), at_first, "nothing happened");
    window.publish_over(&rules("Vindue"), "").expect("it is published");
    assert_ne!(router.data_version().expect("it can be read"), at_first);
    assert_eq!(newest_name(&router).as_deref(), Some("Vindue"));
    let again = router.reopen().expect("it opens again");
    again.publish_over(&rules("Genåbnet"), "").expect("it is published");
    assert_eq!(newest_name(&window).as_deref(), Some("Genåbnet"));
}

#[test]
fn publications_from_many_connections_get_numbers_of_their_own() {
    let home = directory();
    let store = open(&home);
    let numbers: Vec<i64> = std::thread::scope(|scope| {
        let publish = |_| {
            let own = store.reopen().expect("it opens again");
            scope.spawn(move || own.publish_over(&rules("Samtidig"), "").expect("it waits its turn").get())
        };
        let threads: Vec<_> = (0..8).map(publish).collect();
        threads.into_iter().map(|thread| thread.join().expect("it publishes")).collect()
    });
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=8).collect::<Vec<_>>(), "{numbers:?}");
}

/// What a file is made to look like, and a word that the report must have.
fn spoilt_files(sound: &[u8]) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut overwritten = sound.to_vec();
    for page in overwritten.chunks_mut(4096).skip(1) {
        page.fill(0xA5);
    }
    let mut newer = sound.to_vec();
    // The user version is in bytes 60 to 63 of SQLite's file header.
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    let others = directory();
    let other = database(others.path());
    other.execute_batch("CREATE TABLE breve (tekst TEXT); PRAGMA user_version = 1").expect("the test may write");
    drop(other);
    let other = fs::read(others.path().join("postfordeler.db")).expect("the database is there");
    let spoilt_header = [b"SQLite format 4\0", &sound[16..]].concat();
    vec![
        ("of a newer program", newer, "newer version"),
        ("that is a letter", b"Dette er et brev, ikke en database. ".repeat(500), "damaged"),
        ("of another program", other, "damaged"),
        ("that is a short text", b"x".to_vec(), "damaged"),
        ("without a byte", Vec::new(), "damaged"),
        ("with another beginning", spoilt_header, "damaged"),
        ("with overwritten pages", overwritten, "damaged"),
        ("cut off in the middle", sound[..sound.len() / 2].to_vec(), "damaged"),
        ("cut off after the header", sound[..100].to_vec(), "damaged"),
    ]
}

#[test]
fn a_database_that_cannot_be_used_is_reported_and_left_as_it_is() {
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish(&rules(&"Lang ".repeat(4000)), "", None).expect("it is the first");
    let path = store.path().to_owned();
    drop(store);
    let sound = fs::read(&path).expect("the database is there");
    for (what, bytes, word) in spoilt_files(&sound) {
        fs::write(&path, &bytes).expect("the test may write");
        let error = Store::open(home.path()).err().unwrap_or_else(|| panic!("a database {what} was opened"));
        let words = error.to_string();
        assert!(words.contains(word), "a database {what}: {words}");
        assert!(words.contains("postfordeler.db") && !words.contains('\n'), "a database {what}: {words}");
        let after = fs::read(&path).expect("the database is there");
        assert!(after == bytes, "a database {what} was changed");
    }
    fs::write(&path, &sound).expect("the test may write");
    assert!(newest_name(&open(&home)).is_some(), "a copy that is put back is used");
}

#[test]
fn a_directory_that_cannot_be_used_is_named() {
    let home = directory();
    let file = home.path().join("en fil");
    fs::write(&file, "x").expect("the test may write");
    let error = Store::open(&file.join("data")).expect_err("it is no directory");
    assert!(error.to_string().contains("en fil"), "{error}");
    assert!(Store::open(&home.path().join("ny/mappe")).is_ok(), "one that is absent is made");
}

#[test]
fn what_a_lost_database_left_behind_is_not_taken_for_a_new_ones() {
    only_of_files!();
    let directory = directory();
    drop(open(&directory));
    let left = directory.path().join("postfordeler.db-wal");
    fs::remove_file(directory.path().join("postfordeler.db")).unwrap();
    fs::write(&left, "pages of the lost one").unwrap();
    let error = Store::open(directory.path()).unwrap_err().to_string();
    assert!(error.contains("postfordeler.db-wal"), "{error}");
    assert_eq!(fs::read(&left).unwrap(), b"pages of the lost one");
    assert!(!directory.path().join("postfordeler.db").exists());
}

#[test]
fn many_that_open_a_fresh_directory_at_once_all_get_the_same_database() {
    let directory = directory();
    let opened: Vec<_> = thread::scope(|scope| {
        let opening: Vec<_> = (0..16).map(|_| scope.spawn(|| Store::open(directory.path()).map(drop))).collect();
        opening.into_iter().map(|opening| opening.join().unwrap()).collect()
    });
    for opened in opened {
        assert!(opened.is_ok(), "{opened:?}");
    }
    let files: Vec<_> = fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(files.iter().all(|name| name.to_string_lossy().starts_with("postfordeler.db")), "{files:?}");
    assert!(!files.iter().any(|name| name.to_string_lossy().ends_with(".new")), "{files:?}");
}

fn facts() -> Facts {
    Facts {
        sender: Sender::Organisation("29189846".parse().ok()),
        sender_has_contact_point: false,
        recipient: "66137112".parse().ok(),
        contact_point: Some(AddressedContactPoint {
            id: Some(Caseless::new("163710AE-5078-350c-0000-000000000440")),
            group: Some(Caseless::new("Børn")),
        }),
        kle: "27.36.04".parse().ok(),
        form: "10.05".parse().ok(),
        post_type: Some(PostType::Company),
    }
}

/// The story of a message that came at that second, and ended so.
fn entry(store: &Store, second: i64, outcome: Outcome) -> JournalEntry {
    let newest = store.newest_publication_number().expect("it can be read");
    JournalEntry {
        message_uuid: Some("8C2EA15D-61FB-4BA9-9366-42F8B194C114".to_owned()),
        bytes: 104_333_312,
        facts: Some((facts(), SenderKind::Company)),
        routed: newest.map(|publication| Routed {
            publication,
            authority: "66137112".parse().expect("a CVR number"),
            fagsystem: FagsystemId::new("esdh").expect("not empty"),
            priority: Priority::new(25),
            element: Some(CriterionKind::ContactPoint),
        }),
        answer: (Some(422), Some("sag.lukket".to_owned())),
        timing: Timing {
            header: Some(Duration::from_micros(1_500)),
            whole: Some(Duration::from_millis(30)),
            answer: Some(Duration::from_millis(20)),
            total: Duration::from_secs(2),
        },
        ..JournalEntry::new(Timestamp::UNIX_EPOCH + second.seconds(), outcome)
    }
}

#[tokio::test]
async fn a_journal_entry_is_written_and_read_back() {
    use Outcome::{
        Accepted, BrokenOff, Invalid, NemSms, NotAllowed, Rejected, TooLarge, Unavailable, UnknownRecipient,
    };
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    let outcomes =
        [Accepted, Rejected, Unavailable, Invalid, NemSms, TooLarge, UnknownRecipient, NotAllowed, BrokenOff];
    for (second, outcome) in (0..).zip(outcomes) {
        journal.record(entry(&store, second, outcome)).await.expect("it is written");
    }
    let rows = store.newest_journal_rows(100).expect("they can be read");
    assert_eq!(rows.len(), outcomes.len());
    for (row, (second, outcome)) in rows.iter().rev().zip((0..).zip(outcomes)) {
        assert_eq!((row.outcome, row.number), (outcome, second + 1));
        assert_eq!(row.received_at, Timestamp::UNIX_EPOCH + second.seconds());
        assert_eq!(row.message_uuid.as_deref(), Some("8C2EA15D-61FB-4BA9-9366-42F8B194C114"));
        assert_eq!((row.bytes, row.total), (104_333_312, Duration::from_secs(2)));
        assert_eq!(row.sender, Some(SenderKind::Company));
        assert_eq!(row.contact_point.as_deref(), Some("163710AE-5078-350c-0000-000000000440"));
        assert_eq!(row.kle.as_deref(), Some("27.36.04"));
        assert_eq!(row.authority.map(|cvr| cvr.to_string()).as_deref(), Some("66137112"));
        assert_eq!(row.fagsystem.as_ref().map(FagsystemId::as_str), Some("esdh"));
        assert_eq!(row.priority, Priority::new(25));
    }
    let newest = store.newest_journal_rows(2).expect("they can be read");
    assert_eq!(newest.iter().map(|row| row.number).collect::<Vec<_>>(), [9, 8]);
}

#[tokio::test]
async fn what_is_not_known_of_a_message_is_left_open() {
    let home = directory();
    let store = open(&home);
    let journal = Journal::start(&store).expect("it starts");
    let bare = JournalEntry::new(Timestamp::UNIX_EPOCH, Outcome::BrokenOff);
    journal.record(bare).await.expect("it is written");
    let row = store.newest_journal_rows(1).expect("they can be read").remove(0);
    assert_eq!((row.message_uuid, row.sender, row.contact_point, row.kle), (None, None, None, None));
    assert_eq!((row.authority, row.fagsystem, row.priority), (None, None, None));
    assert_eq!(row.total, Duration::ZERO);
}

/// Every byte of every file in the data directory.
fn everything_on_disk(home: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(home).expect("the directory is there").map(|file| file.expect("a file").path());
    files.map(|path| (path.clone(), fs::read(path).expect("it can be read"))).collect()
}

#[tokio::test]
async fn no_cpr_number_gets_into_the_database() {
    const NUMBERS: [&str; 4] = ["2512169996", "251216-9996", "251216 9996", "8512169996"];
    only_of_files!();
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    let journal = Journal::start(&store).expect("it starts");
    for number in NUMBERS {
        let mut entry = entry(&store, 0, Outcome::Rejected);
        if let Some((facts, _)) = &mut entry.facts {
            facts.contact_point = Some(AddressedContactPoint {
                id: Some(Caseless::new(number)),
                group: Some(Caseless::new(&format!("Vedr. barnet {number}, Emilie"))),
            });
        }
        entry.answer = (Some(422), Some(format!("borger.{number}.ukendt")));
        journal.record(entry).await.expect("it is written");
    }
    let assert_clean = |when: &str| {
        let files = everything_on_disk(home.path());
        let holds =
            |needle: &str| files.iter().any(|(_, bytes)| memchr::memmem::find(bytes, needle.as_bytes()).is_some());
        assert!(holds("27.36.04"), "the entries are there {when}");
        for number in NUMBERS {
            assert!(!holds(number), "{number} is on disk {when}");
        }
        assert!(!holds("Emilie"), "what stands beside a number is left out with it");
    };
    assert_clean("while the database is open");
    drop((journal, store));
    assert_clean("afterwards");
    let rows = open(&home).newest_journal_rows(10).expect("they can be read");
    assert_eq!(rows.len(), NUMBERS.len());
    assert!(rows.iter().all(|row| row.contact_point.is_some()), "that there was a contact point is still told");
}

#[tokio::test]
async fn entries_that_come_all_at_once_all_land() {
    const CALLERS: i64 = 20;
    const EACH: i64 = 25;
    let home = directory();
    let store = open(&home);
    store.publish_over(&rules("Første"), "").expect("it is published");
    // Two routers, and a window that publishes at the same time.
    let journals = [Journal::start(&store).expect("it starts"), Journal::start(&store).expect("it starts")];
    let mut callers = tokio::task::JoinSet::new();
    for caller in 0..CALLERS {
        let journal = journals[usize::from(caller % 2 == 0)].clone();
        let entries: Vec<_> = (0..EACH).map(|at| entry(&store, caller * EACH + at, Outcome::Accepted)).collect();
        callers.spawn(async move {
            for entry in entries {
                journal.record(entry).await.expect("it is written");
            }
        });
    }
    let window = store.reopen().expect("it opens again");
    callers.spawn_blocking(move || {
        for _ in 0..5 {
            window.publish_over(&rules("Imens"), "").expect("it waits its turn");
        }
    });
    while let Some(done) = callers.join_next().await {
        done.expect("every caller is told that its entries are written");
    }
    let rows = store.newest_journal_rows(10_000).expect("they can be read");
    let mut seconds: Vec<_> = rows.iter().map(|row| row.received_at.as_second()).collect();
    seconds.sort_unstable();
    assert_eq!(seconds, (0..CALLERS * EACH).collect::<Vec<_>>());
}
