//! What is learnt is kept: the lesson that training begins with, who learns, and how far they have come.

use jiff::{Timestamp, ToSpan};
use postfordeler::store::{LessonUnderWay, Store, StoreError, StoredLesson};
use tempfile::TempDir;

fn training() -> (TempDir, Store) {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.dedicate_to_training().unwrap();
    (data, store)
}

#[test]
fn a_new_beginning_keeps_the_lesson_and_what_was_learnt() {
    let (_data, store) = training();
    let now = Timestamp::now();
    store.choose_lesson(Some("kle")).unwrap();
    store.name_learner("Åse Ørsted").unwrap();
    store.lesson_has_begun(now).unwrap();
    store.lesson_checked("kle", None, now + 1.minute()).unwrap();
    store.lesson_checked("kle", Some(3), now + 2.minutes()).unwrap();
    store.lesson_checked("kle", Some(2), now + 3.minutes()).unwrap();
    store.lesson_checked("kle", None, now + 4.minutes()).unwrap();
    store.lesson_hints_shown("kle", 2, now).unwrap();
    store.lesson_hints_shown("kle", 1, now).unwrap();
    store.begin_training_anew().unwrap();
    assert_eq!(store.lesson_under_way().unwrap(), Some(LessonUnderWay { id: "kle".to_owned(), begun_at: Some(now) }));
    let progress = store.lesson_progress().unwrap();
    assert_eq!(progress.len(), 1);
    assert_eq!((progress[0].learner.as_str(), progress[0].lesson.as_str()), ("Åse Ørsted", "kle"));
    assert_eq!((progress[0].checks, progress[0].rules, progress[0].hints), (4, Some(2), 2));
    assert_eq!((progress[0].begun_at, progress[0].solved_at), (now, Some(now + 2.minutes())), "the first time");
    store.choose_lesson(None).unwrap();
    assert_eq!(store.lesson_under_way().unwrap(), None);
    assert_eq!(store.lesson_progress().unwrap(), progress);
}

#[test]
fn what_was_done_before_a_name_was_given_is_theirs_and_nobody_elses() {
    let (_data, store) = training();
    let now = Timestamp::now();
    store.lesson_checked("kle", Some(1), now).unwrap();
    store.name_learner("Kirsten").unwrap();
    store.lesson_checked("form", None, now).unwrap();
    store.name_learner("Mogens").unwrap();
    store.lesson_checked("form", Some(4), now).unwrap();
    let progress = store.lesson_progress().unwrap();
    let told: Vec<_> = progress.iter().map(|it| (it.learner.as_str(), it.lesson.as_str(), it.rules)).collect();
    assert_eq!(told, [("Kirsten", "form", None), ("Kirsten", "kle", Some(1)), ("Mogens", "form", Some(4))]);
}

#[test]
fn real_data_learn_nothing() {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    let lesson = StoredLesson { id: "kle".to_owned(), file: String::new() };
    let refused = [
        store.choose_lesson(Some("kle")),
        store.lesson_has_begun(Timestamp::now()),
        store.lesson_checked("kle", None, Timestamp::now()),
        store.name_learner("Kirsten"),
        store.keep_lesson(&lesson),
        store.lesson_hints_shown("kle", 1, Timestamp::now()),
        store.begin_lesson_recording("", Timestamp::now()),
        store.end_lesson_recording(""),
        store.keep_lesson_recording(""),
        store.forget_lesson_recording(),
    ];
    assert!(refused.iter().all(|refused| matches!(refused, Err(StoreError::NoTraining(_)))), "{refused:?}");
    assert!(store.lesson_progress().unwrap().is_empty() && store.stored_lessons().unwrap().is_empty());
}
