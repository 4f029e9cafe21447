//! The progress of a room: a file from each machine, taken in once, told apart, replaced by a newer one, and removed.

use jiff::{Timestamp, ToSpan};
use postfordeler::store::{Gathered, LessonProgress, MachineProgress, Store, StoreError};
use postfordeler::training::{ProgressFault, ProgressFile, ProgressFileError};
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn training() -> (TempDir, Store) {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.dedicate_to_training().unwrap();
    (data, store)
}

fn line(learner: &str, lesson: &str, solved_with: Option<usize>) -> LessonProgress {
    LessonProgress {
        learner: learner.to_owned(),
        lesson: lesson.to_owned(),
        begun_at: at("2026-11-27T12:00:00.123456789Z"),
        checks: 3,
        hints: 1,
        solved_at: solved_with.map(|_| at("2026-11-27T12:20:00Z")),
        rules: solved_with,
    }
}

fn machine(number: u128, progress: Vec<LessonProgress>) -> MachineProgress {
    let saved_at = at("2026-11-27T13:00:00.5Z");
    MachineProgress { machine: Uuid::from_u128(number), name: format!("LAPTOP-{number:02}"), saved_at, progress }
}

fn file_of(machine: &MachineProgress) -> String {
    ProgressFile::write(machine).expect("it is not too much")
}

#[test]
fn a_file_says_what_was_written() {
    let saved = machine(
        7,
        vec![line("", "kle", None), line("Åse Ørsted", "form", Some(2)), line("Åse Ørsted", "kle", Some(0))],
    );
    let file = file_of(&saved);
    assert_eq!(ProgressFile::read(file.as_bytes()), Ok(saved));
    assert!(file.contains("\"format\": \"postfordeler-fremgang\"") && file.contains("\"version\": 1"), "{file}");
    let with_mark = format!("\u{feff}{file}");
    assert!(ProgressFile::read(with_mark.as_bytes()).is_ok(), "an editor may have saved it");
}

#[test]
fn what_a_file_cannot_hold_is_made_fit() {
    let strange = MachineProgress {
        name: "LAP\u{202e}TOP\n".to_owned(),
        ..machine(
            1,
            vec![
                line("Å\u{200b}se", "kle", Some(3)),
                LessonProgress { begun_at: at("1970-01-01T00:00:00Z"), ..line("Åse", "kle", Some(2)) },
                LessonProgress { checks: u64::MAX, ..line("251216-9996", "kle", None) },
                line(&"x".repeat(300), "kle", None),
            ],
        )
    };
    let file = file_of(&strange);
    assert!(!file.contains("251216"), "{file}");
    let read = ProgressFile::read(file.as_bytes()).expect("what was written can be read");
    assert_eq!(read.name, "LAPTOP");
    let of_aase: Vec<_> = read.progress.iter().filter(|it| it.learner == "Åse").collect();
    assert_eq!(of_aase.len(), 1, "nothing tells the two apart");
    assert_eq!((of_aase[0].rules, of_aase[0].checks, of_aase[0].begun_at), (Some(2), 6, at("2000-01-01T00:00:00Z")));
    let many = machine(1, (0..6_000).map(|number| line("Åse", &format!("nr-{number}"), None)).collect());
    assert!(ProgressFile::write(&many).is_err(), "rather none than a part");
}

#[test]
fn what_is_no_progress_is_refused_with_its_place() {
    let file = file_of(&machine(1, vec![line("Åse", "kle", Some(1)), line("Bo", "kle", None)]));
    let wrong = |place: &str, fault| ProgressFileError::Wrong { place: place.to_owned(), fault };
    let spoilt = |from: &str, to: &str| {
        assert!(file.contains(from), "{from} is not in {file}");
        ProgressFile::read(file.replacen(from, to, 1).as_bytes()).expect_err(to)
    };
    let name = "\"navn\": \"Bo\"";
    let cases = [
        (spoilt("postfordeler-fremgang", "postfordeler-pakke"), ProgressFileError::NotOurs),
        (spoilt("\"version\": 1", "\"version\": 2"), ProgressFileError::Newer(2)),
        (spoilt("\"version\": 1", "\"version\": 0"), ProgressFileError::NotOurs),
        (spoilt(name, "\"navn\": \" Bo\""), wrong("fremgang[0].navn", ProgressFault::Name)),
        (spoilt(name, "\"navn\": \"B\\u0007o\""), wrong("fremgang[0].navn", ProgressFault::Name)),
        (spoilt(name, &format!("\"navn\": \"{}\"", "x".repeat(81))), wrong("fremgang[0].navn", ProgressFault::Name)),
        (spoilt(name, "\"navn\": \"Åse\""), wrong("fremgang[1]", ProgressFault::Twice)),
        (spoilt("\"opgave\": \"kle\"", "\"opgave\": \"../kle\""), wrong("fremgang[0].opgave", ProgressFault::Lesson)),
        (spoilt("2026-11-27T12:00:00.123456789Z", "i går"), wrong("fremgang[0].begyndt", ProgressFault::Moment)),
        (spoilt("2026-11-27T12:20:00Z", "9999-01-01T00:00:00Z"), wrong("fremgang[1].loest", ProgressFault::Moment)),
        (spoilt("2026-11-27T13:00:00.5Z", "-009999-01-01T00:00:00Z"), wrong("gemt", ProgressFault::Moment)),
        (spoilt("\"regler\": 1", "\"regler\": null"), wrong("fremgang[1].loest", ProgressFault::HalfSolved)),
        (ProgressFile::read(b"PK\x03\x04").expect_err("no JSON"), ProgressFileError::NotOurs),
        (ProgressFile::read(b"").expect_err("nothing"), ProgressFileError::NotOurs),
    ];
    for (refused, right) in cases {
        assert_eq!(refused, right);
        assert_eq!(refused.to_string().lines().count(), 1, "{refused}");
    }
    for (from, to, line) in
        [("\"tjek\": 3", "\"tjek\": -3", 12), ("\"vink\": 1", "\"vunk\": 1", 13), ("\"gemt\"", "\"navn\"", 6)]
    {
        let refused = spoilt(from, to);
        assert!(matches!(refused, ProgressFileError::Foreign { line: at, .. } if at == line), "{refused}");
    }
    let cut = ProgressFile::read(&file.as_bytes()[..file.len() / 2]).expect_err("it is cut");
    assert!(matches!(cut, ProgressFileError::Damaged { .. }), "{cut}");
    let deep = format!("{{\"format\": \"postfordeler-fremgang\", \"version\": 1, \"x\": {}", "[".repeat(100_000));
    assert!(matches!(ProgressFile::read(deep.as_bytes()), Err(ProgressFileError::Damaged { .. })));
    let long = vec![b' '; usize::try_from(ProgressFile::MOST_BYTES).unwrap() + 1];
    assert_eq!(ProgressFile::read(&long), Err(ProgressFileError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_file_ends_in_an_error_or_in_progress(at in 0_usize..800, byte in any::<u8>(), cut in 0_usize..900) {
        let file = file_of(&machine(1, vec![line("Åse", "kle", Some(1)), line("Bo", "kle", None)])).into_bytes();
        let mut spoilt = file.clone();
        let place = at % spoilt.len();
        spoilt[place] = byte;
        for file in [&spoilt[..], &file[..cut.min(file.len())]] {
            if let Ok(read) = ProgressFile::read(file) {
                let again = ProgressFile::write(&read).expect("it was in a file");
                prop_assert_eq!(ProgressFile::read(again.as_bytes()).map(|it| it.progress.len()), Ok(read.progress.len()));
            }
        }
    }

    #[test]
    fn whatever_was_learnt_can_be_written_and_read(name in any::<String>(), other in any::<String>(), checks in any::<u64>(),
                                                   second in any::<i32>(), rules in proptest::option::of(any::<usize>())) {
        let begun_at = Timestamp::from_second(i64::from(second) * 8).unwrap();
        let learnt = LessonProgress { learner: name, begun_at, checks, rules, solved_at: rules.map(|_| begun_at), ..line("", "kle", None) };
        let saved = MachineProgress { name: other, saved_at: begun_at, ..machine(1, vec![learnt]) };
        prop_assert!(ProgressFile::read(file_of(&saved).as_bytes()).is_ok());
    }
}

#[test]
fn the_same_twice_changes_nothing_and_a_newer_one_replaces() {
    let (_data, store) = training();
    let first = machine(1, vec![line("Bo", "kle", Some(1)), line("Åse", "kle", None)]);
    let other = machine(2, vec![line("Åse", "kle", Some(4))]);
    assert_eq!(store.gather_progress(&first).unwrap(), Gathered::Added);
    assert_eq!(store.gather_progress(&other).unwrap(), Gathered::Added);
    let before = store.room_progress().unwrap();
    assert_eq!(before, [first.clone(), other.clone()]);
    assert_eq!(store.gather_progress(&first).unwrap(), Gathered::Known);
    assert_eq!(store.room_progress().unwrap(), before);
    let newer =
        MachineProgress { saved_at: first.saved_at + 1.nanosecond(), ..machine(1, vec![line("Åse", "kle", Some(2))]) };
    assert_eq!(store.gather_progress(&newer).unwrap(), Gathered::Replaced);
    assert_eq!(store.room_progress().unwrap(), [newer.clone(), other.clone()]);
    assert_eq!(store.gather_progress(&first).unwrap(), Gathered::Older);
    assert_eq!(store.room_progress().unwrap(), [newer.clone(), other.clone()]);
    store.begin_training_anew().unwrap();
    assert_eq!(
        store.room_progress().unwrap(),
        [newer, other.clone()],
        "a new beginning of a lesson is none of the room"
    );
    store.forget_room(Some(Uuid::from_u128(1))).unwrap();
    assert_eq!(store.room_progress().unwrap(), [other]);
    store.forget_room(None).unwrap();
    assert_eq!(store.room_progress().unwrap(), []);
    assert_eq!(store.gather_progress(&first).unwrap(), Gathered::Added, "what was removed can be taken in again");
}

#[test]
fn what_these_data_have_saved_themselves_is_not_taken_in() {
    let (_data, store) = training();
    assert_eq!(store.progress_machine().unwrap(), None, "nothing was saved yet");
    let own = store.draw_progress_machine().unwrap();
    assert_eq!(store.draw_progress_machine().unwrap(), own);
    let saved = MachineProgress { machine: own, ..machine(1, vec![line("Åse", "kle", None)]) };
    assert_eq!(store.gather_progress(&saved).unwrap(), Gathered::Own);
    assert_eq!(store.room_progress().unwrap(), []);
}

#[test]
fn real_data_gather_nothing() {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    let refused = [
        store.gather_progress(&machine(1, Vec::new())).map(|_| ()),
        store.draw_progress_machine().map(|_| ()),
        store.forget_room(None),
    ];
    assert!(refused.iter().all(|refused| matches!(refused, Err(StoreError::NoTraining(_)))), "{refused:?}");
    assert_eq!(store.room_progress().unwrap(), []);
}
