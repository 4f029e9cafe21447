//! Lessons that are recorded: what they begin with and what solves them is found in rule books, their goals in letters, and the file
//! says the same when it is read again.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use postfordeler::rules::{
    AddressedContactPoint, Caseless, Criterion, Facts, FagsystemId, Guard, Priority, Rule, RuleBook, Segment, Sender,
    Validity,
};
use postfordeler::store::{Imprint, Store};
use postfordeler::training::{
    AttemptFile, GoalFile, GuardFile, InTwoLanguages, Lesson, LessonFile, LessonFlaw, LettersFile, MovedFile,
    PracticeMood, ReceivedFile, RecordedLetters, TrainingPackage, TrainingStart, sample_book,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use tempfile::TempDir;

const TODAY: Date = date(2026, 11, 27);
const MAYOR: &str = "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b54";

fn practice() -> SocketAddr {
    ([127, 0, 0, 1], 9111).into()
}

fn sample() -> RuleBook {
    sample_book(practice())
}

fn starting(book: &RuleBook) -> LessonFile {
    LessonFile::starting(book, &BTreeMap::new(), practice(), TODAY).expect("it is the sample with other rules")
}

fn fagsystem(id: &str) -> FagsystemId {
    FagsystemId::new(id).unwrap()
}

fn rule(priority: u32, criterion: Criterion, to: &str) -> Rule {
    Rule::new(Priority::new(priority).unwrap(), criterion, fagsystem(to), Validity::new(TODAY, None).unwrap())
}

fn with(book: &RuleBook, rules: impl IntoIterator<Item = Rule>) -> RuleBook {
    let mut book = book.clone();
    book.authorities[0].rules.extend(rules.into_iter().map(Into::into));
    book
}

/// A file that can be given to somebody: with a title and texts.
fn written(mut file: LessonFile) -> String {
    "egen".clone_into(&mut file.id);
    let text = || InTwoLanguages { danish: "På dansk".to_owned(), english: "In English".to_owned() };
    (file.title, file.text) = (text(), text());
    for goal in &mut file.goals {
        goal.text = text();
    }
    file.write()
}

#[test]
fn the_programs_own_lessons_are_written_as_they_are_read() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/resources/training");
    for entry in std::fs::read_dir(directory).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let file = LessonFile::read(&text).unwrap();
        let again = file.write();
        assert_eq!(LessonFile::read(&again).unwrap(), file, "{again}");
        assert_eq!(Lesson::read(&again, TODAY).unwrap(), Lesson::read(&text, TODAY).unwrap());
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~æøåÆØÅ\"\\\\\n\r\t{}]{0,40}"]
}

fn in_two() -> impl Strategy<Value = InTwoLanguages> {
    (any_text(), any_text()).prop_map(|(danish, english)| InTwoLanguages { danish, english })
}

fn any_table() -> impl Strategy<Value = toml::Table> {
    let value = prop_oneof![
        any_text().prop_map(toml::Value::String),
        any::<i64>().prop_map(toml::Value::Integer),
        any::<bool>().prop_map(toml::Value::Boolean),
    ];
    btree_map(prop_oneof![Just("note".to_owned()), any_text()], value, 0..4).prop_map(|map| map.into_iter().collect())
}

fn any_attempt() -> impl Strategy<Value = AttemptFile> {
    (
        (option::of(0_usize..9), vec(any::<u32>(), 0..3), vec((any::<u32>(), any::<u32>()), 0..3)),
        (vec(any_table(), 0..3), vec(any_table(), 0..2), vec(any_text(), 0..3)),
        (btree_map(any_text(), 0_usize..9, 0..3), btree_map(any_text(), 0_u64..9, 0..3)),
    )
        .prop_map(|((goal, deleted, moved), (rules, guards, paused), (answers, received))| AttemptFile {
            goal,
            deleted,
            moved: moved.into_iter().map(|(from, to)| MovedFile { from, to }).collect(),
            rules,
            guards,
            paused,
            answers,
            received,
        })
}

fn any_goal() -> impl Strategy<Value = GoalFile> {
    let words = || option::of(any_text());
    let letters = ((any::<u32>(), words(), words(), words()), (words(), words(), words(), vec(any_text(), 0..3)));
    let letters =
        letters.prop_map(|((count, writer, contact_point, contact_group), (kle, form, post_type, without))| {
            LettersFile { count, writer, contact_point, contact_group, kle, form, post_type, without }
        });
    let others = (words(), words(), vec(in_two(), 0..3), option::of(0_usize..9));
    (in_two(), option::of(letters), words(), words(), others).prop_map(|(text, letters, fagsystem, day, others)| {
        let (guard, received, choices, right) = others;
        GoalFile {
            text,
            letters,
            fagsystem,
            day,
            guard: guard.map(|fagsystem| GuardFile { fagsystem }),
            received: received.map(|fagsystem| ReceivedFile { fagsystem, count: 3 }),
            choices,
            right,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_in_a_lesson_reads_back_as_it_was_written(
        texts in (any_text(), in_two(), in_two(), vec(in_two(), 0..3)),
        start in (any::<bool>(), vec(any_table(), 0..3), btree_map(any_text(), any_text(), 0..3)),
        goals in vec(any_goal(), 0..4),
        attempts in (any_attempt(), vec(any_attempt(), 0..3)),
    ) {
        let mut file = starting(&sample());
        (file.id, file.title, file.text, file.hints) = texts;
        (file.start.keeps_rules, file.start.rules, file.start.moods) = start;
        (file.goals, (file.solution, file.mistakes)) = (goals, attempts);
        file.par = 3;
        let text = file.write();
        let read = LessonFile::read(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(read, file);
    }

    #[test]
    fn what_was_done_to_the_rules_leads_from_the_start_to_the_solution(
        edits in vec((0_usize..6, 0_usize..25, 1_u32..300, 0_usize..8, -700_i32..700), 0..8),
        begins_with in 0_usize..3,
    ) {
        let start = match begins_with {
            0 => sample(),
            1 => RuleBook { authorities: vec![{
                let mut authority = sample().authorities.remove(0);
                authority.rules.clear();
                authority
            }], ..sample() },
            _ => edited(&sample(), &edits[..edits.len() / 2]),
        };
        let solution = edited(&start, &edits);
        let mut file = starting(&start);
        file.take_solution(&solution, practice(), TODAY).unwrap();
        let recorded = file.recorded(&solution, practice(), TODAY).unwrap();
        prop_assert!(recorded.left_out.is_empty(), "{:?}", recorded.left_out);
        // It says the same when its file is read on the same day.
        let file = LessonFile::read(&file.write()).unwrap();
        let (begun, solved) = file.books(practice(), TODAY).unwrap();
        prop_assert_eq!(begun.compare(&start), vec![]);
        prop_assert_eq!(solved.compare(&solution), vec![]);
        prop_assert_eq!(file.par, solution.authorities[0].rules.iter().filter(|rule| rule.active).count());
    }
}

/// The book after edits: rules that are made, changed, moved, deleted, and switched off, and notes with strange letters.
fn edited(book: &RuleBook, edits: &[(usize, usize, u32, usize, i32)]) -> RuleBook {
    let mut book = book.clone();
    let authority = &mut book.authorities[0];
    let fagsystems: Vec<_> = authority.fagsystems.iter().map(|it| it.id.clone()).collect();
    for (what, which, priority, to, days) in edits {
        let priority = Priority::new(*priority).unwrap();
        let is_free = authority.rules.iter().all(|rule| rule.priority != priority);
        let from = TODAY.checked_add(days.days()).unwrap();
        let at = which % authority.rules.len().max(1);
        match what {
            0 if is_free => {
                let kle = Criterion::Kle("27.36 - 27.45".parse().unwrap());
                let validity = Validity::new(from, (*days > 0).then(|| from.checked_add(30.days()).unwrap())).unwrap();
                let made = Rule::new(priority, kle, fagsystems[to % fagsystems.len()].clone(), validity);
                authority.rules.push(Rule { segment: Segment::Person, ..made }.into());
            }
            1 if !authority.rules.is_empty() => drop(authority.rules.remove(at)),
            2 if is_free && !authority.rules.is_empty() => {
                let moved = Rule { priority, ..Rule::clone(&authority.rules[at]) };
                authority.rules[at] = moved.into();
            }
            3 if !authority.rules.is_empty() => {
                let off = Rule { active: false, note: "»æ\"\\\n".to_owned(), ..Rule::clone(&authority.rules[at]) };
                authority.rules[at] = off.into();
            }
            4 if !authority.rules.is_empty() => {
                let to = fagsystems[to % fagsystems.len()].clone();
                authority.rules[at] = Rule { fagsystem: to, ..Rule::clone(&authority.rules[at]) }.into();
            }
            _ => {}
        }
    }
    book
}

#[test]
fn guards_and_pauses_are_recorded_and_what_a_lesson_cannot_hold_is_told() {
    let start = sample();
    let mut solution = start.clone();
    let authority = &mut solution.authorities[0];
    let facts = Facts { kle: Some("15.00.00".parse().unwrap()), ..Facts::new(Sender::Person, authority.cvr) };
    let day = Some(TODAY.checked_add(30.days()).unwrap());
    authority.guards.push(Guard { name: "Jobcenterets post".to_owned(), fagsystem: fagsystem("ydelse"), day, facts });
    authority.fagsystems.iter_mut().find(|it| it.id == fagsystem("ksd")).unwrap().active = false;
    let file = starting(&start);
    let recorded = file.recorded(&solution, practice(), TODAY).unwrap();
    assert!(recorded.left_out.is_empty(), "{:?}", recorded.left_out);
    assert_eq!((recorded.solution.paused.as_slice(), recorded.solution.guards.len()), (&["ksd".to_owned()][..], 1));
    assert_eq!(recorded.solution.guards[0]["dag"].as_str(), Some("+30"));
    solution.authorities[0].contact_points.remove(0);
    solution.authorities[0].default_fagsystem = fagsystem("ydelse");
    let recorded = file.recorded(&solution, practice(), TODAY).unwrap();
    assert_eq!(recorded.left_out.len(), 2, "{:?}", recorded.left_out);
}

#[test]
fn a_lesson_begins_in_the_sample_municipality_alone() {
    let mut other = sample();
    "Nabokøbing Kommune".clone_into(&mut other.authorities[0].name);
    other.authorities[0].rules.clear();
    let differences = LessonFile::starting(&other, &BTreeMap::new(), practice(), TODAY).unwrap_err();
    assert_eq!(differences.len(), 1, "{differences:?}");
}

#[test]
fn goals_are_proposed_from_letters_and_make_a_lesson() {
    let start = sample();
    let rules = [
        rule(7, Criterion::ContactPoint(Caseless::new(MAYOR)), "byggesag"),
        rule(8, Criterion::Kle("14 - 14.05".parse().unwrap()), "personale"),
    ];
    let solution = with(&start, rules);
    let mut file = starting(&start);
    file.take_solution(&solution, practice(), TODAY).unwrap();
    let cvr = start.authorities[0].cvr;
    let mayor = AddressedContactPoint { id: Some(Caseless::new(MAYOR)), group: None };
    let to_the_mayor = Facts { contact_point: Some(mayor), ..Facts::new(Sender::Person, cvr) };
    let without = Facts::new(Sender::Person, cvr);
    let kinds = vec![(to_the_mayor, 3), (without, 40)];
    file.propose_goals(&RecordedLetters { kinds, accepted: BTreeMap::new() }, practice(), TODAY).unwrap();
    let told: Vec<_> = file
        .goals
        .iter()
        .map(|goal| {
            let letters = goal.letters.as_ref().unwrap();
            (letters.contact_point.as_deref(), letters.kle.as_deref(), goal.fagsystem.as_deref().unwrap())
        })
        .collect();
    // What moves comes first; the rule that no letter has shown is shown by one that it decides.
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(told[0], (Some(MAYOR), None, "byggesag"));
    assert!(matches!(told[1], (None, Some(kle), "personale") if kle.starts_with("14")), "{told:?}");
    assert_eq!(told[2], (None, None, "esdh"));
    let text = written(file);
    let lesson = Lesson::read(&text, TODAY).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(lesson.flaws(TODAY).is_empty(), "{:?}\n{text}", lesson.flaws(TODAY));
    // Days are counted from the day on which it is played.
    let later = TODAY.checked_add(400.days()).unwrap();
    assert!(Lesson::read(&text, later).unwrap().flaws(later).is_empty());
    for foreign in ["127.0.0.1", "9111", "http", "/tmp", "localhost", "2026"] {
        assert!(!text.contains(foreign), "{foreign} is in\n{text}");
    }
}

#[test]
fn a_recording_without_letters_proposes_what_the_rules_do_and_without_rules_is_no_lesson() {
    let start = sample();
    let mut solution = start.clone();
    solution.authorities[0].rules.retain(|rule| rule.priority.get() != 10);
    let mut file = starting(&start);
    file.take_solution(&solution, practice(), TODAY).unwrap();
    file.propose_goals(&RecordedLetters::default(), practice(), TODAY).unwrap();
    assert_eq!(file.solution.deleted, [10]);
    let lesson = Lesson::read(&written(file.clone()), TODAY).unwrap();
    assert!(lesson.flaws(TODAY).is_empty(), "{:?}", lesson.flaws(TODAY));
    file.solution = AttemptFile::default();
    let flaws = Lesson::read(&written(file), TODAY).unwrap().flaws(TODAY);
    assert!(flaws.iter().any(|flaw| matches!(flaw, LessonFlaw::Unsolved(_))), "{flaws:?}");
    let nothing = starting(&start);
    assert!(Lesson::read(&written(nothing), TODAY).unwrap_err().to_string().contains("a lesson has a goal"));
}

#[test]
fn a_fagsystem_that_was_away_and_accepted_something_is_a_goal() {
    let moods = BTreeMap::from([(fagsystem("ksd"), PracticeMood::Down), (fagsystem("esdh"), PracticeMood::Accepts)]);
    let mut file = LessonFile::starting(&sample(), &moods, practice(), TODAY).unwrap();
    assert_eq!(file.start.moods, BTreeMap::from([("ksd".to_owned(), "nede".to_owned())]));
    file.take_solution(&sample(), practice(), TODAY).unwrap();
    let accepted = BTreeMap::from([(fagsystem("ksd"), 4), (fagsystem("esdh"), 9)]);
    file.propose_goals(&RecordedLetters { kinds: Vec::new(), accepted }, practice(), TODAY).unwrap();
    assert_eq!(file.goals.len(), 1);
    let lesson = Lesson::read(&written(file), TODAY).unwrap();
    assert!(lesson.flaws(TODAY).is_empty(), "{:?}", lesson.flaws(TODAY));
}

#[test]
fn the_lesson_that_was_chosen_comes_first_and_the_package_waits_for_its_end() {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.dedicate_to_training().unwrap();
    assert_eq!(TrainingStart::chosen(&store, TODAY).unwrap(), TrainingStart::Sample);
    let mut book = sample();
    "Pakkeby Kommune".clone_into(&mut book.authorities[0].name);
    let package = TrainingPackage { name: "Pakke".to_owned(), book, ..TrainingPackage::default() };
    TrainingStart::keep(data.path(), Some(&package.write().unwrap())).unwrap();
    assert!(matches!(TrainingStart::chosen(&store, TODAY).unwrap(), TrainingStart::Package(_)));
    store.choose_lesson(Some("kle")).unwrap();
    let start = TrainingStart::chosen(&store, TODAY).unwrap();
    assert!(matches!(&start, TrainingStart::Lesson(lesson) if lesson.id == "kle"), "{start:?}");
    let at = "2026-11-27T09:00:00Z".parse().unwrap();
    start.begin(&store, practice(), Imprint { at, by: String::new(), note: String::new() }).unwrap();
    assert_eq!(store.newest_publication().unwrap().unwrap().book.authorities[0].name, "Eksempelby Kommune");
    assert_eq!(store.lesson_under_way().unwrap().unwrap().begun_at, Some(at));
    assert!(store.newest_journal_rows(1).unwrap().is_empty(), "a lesson has no mail from before");
    store.choose_lesson(None).unwrap();
    assert!(matches!(TrainingStart::chosen(&store, TODAY).unwrap(), TrainingStart::Package(_)));
    store.choose_lesson(Some("findes-ikke")).unwrap();
    assert_eq!(
        TrainingStart::chosen(&store, TODAY).unwrap_err().to_string(),
        "there is no lesson with the id findes-ikke"
    );
}
