//! Lessons: the twelve that come with the program can be solved and not by chance, and a faulty file says what is wrong where.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use jiff::civil::{Date, date};
use postfordeler::LanguageChoice;
use postfordeler::rules::{FagsystemId, Priority, RuleBook};
use postfordeler::training::{Attempt, Evidence, Fault, GoalKind, Lesson, LessonFlaw, Verdict};

const TODAY: Date = date(2026, 11, 27);
const FIRST: &str = include_str!("../../../resources/training/01-foerste-regel.toml");

fn practice() -> SocketAddr {
    ([127, 0, 0, 1], 9111).into()
}

fn lessons() -> Vec<Lesson> {
    Lesson::built_in(TODAY).unwrap_or_else(|(file, error)| panic!("{file}: {error}"))
}

fn start(lesson: &Lesson) -> RuleBook {
    lesson.begin(practice(), TODAY).expect("its rules have no fault")
}

fn check(
    lesson: &Lesson,
    book: &RuleBook,
    answers: &[Option<usize>],
    accepted: &BTreeMap<FagsystemId, u64>,
) -> Verdict {
    let rules = book.compile().expect("its rules have no fault");
    lesson.check(&Evidence { rules: &rules, today: TODAY, accepted, answers })
}

fn after(lesson: &Lesson, attempt: &Attempt) -> Verdict {
    let book = attempt.apply(&start(lesson), TODAY).unwrap_or_else(|error| panic!("{}: {error}", lesson.id));
    check(lesson, &book, &attempt.answers(lesson.goals.len()), &attempt.accepted())
}

#[test]
fn there_are_twelve_and_each_is_itself() {
    let lessons = lessons();
    assert_eq!(lessons.len(), 12);
    for (at, lesson) in lessons.iter().enumerate() {
        assert!(lessons[..at].iter().all(|other| other.id != lesson.id), "{} is there twice", lesson.id);
        assert!(!lesson.hints.is_empty(), "{} gives no hint", lesson.id);
        for language in [LanguageChoice::Danish, LanguageChoice::English] {
            let texts = lesson.goals.iter().map(|goal| lesson.goal_text(goal, language, TODAY));
            for text in texts.chain([lesson.text(language, TODAY), lesson.title.of(language).to_owned()]) {
                assert!(!text.trim().is_empty() && !text.contains(['{', '}']), "{}: {text:?}", lesson.id);
            }
        }
    }
}

#[test]
fn each_is_solved_by_its_solution_with_the_fewest_rules_and_not_by_doing_nothing() {
    for lesson in lessons() {
        let flaws = lesson.flaws(TODAY);
        assert!(flaws.is_empty(), "{}: {flaws:#?}", lesson.id);
        let verdict = after(&lesson, &lesson.solution);
        assert!(verdict.is_within_par() && verdict.rules == verdict.par, "{}", lesson.id);
        assert!(!check(&lesson, &start(&lesson), &[], &BTreeMap::new()).is_solved(), "{}", lesson.id);
    }
}

/// The flaws of the first lesson with that in place of something.
fn flaws_of(from: &str, to: &str) -> Vec<LessonFlaw> {
    assert!(FIRST.contains(from), "{from}");
    let lesson = Lesson::read(&FIRST.replacen(from, to, 1), TODAY).unwrap_or_else(|error| panic!("{error}"));
    lesson.flaws(TODAY)
}

#[test]
fn a_lesson_that_is_none_says_why() {
    let esdh = "regler = [\n    { prioritet = 10, fagsystem = \"esdh\",";
    let dagtilbud = "regler = [\n    { prioritet = 10, fagsystem = \"dagtilbud\",";
    assert!(matches!(&flaws_of(dagtilbud, esdh)[..], [LessonFlaw::Unsolved(fault)] if fault.goal() == 0));
    assert!(matches!(&flaws_of("par = 1", "par = 2")[..], [LessonFlaw::Par { rules: 1, par: 2 }]));
    // At the start, all mail goes to ESDH.
    let goes_there = flaws_of("[[maal]]\nfagsystem = \"dagtilbud\"", "[[maal]]\nfagsystem = \"esdh\"");
    assert!(goes_there.iter().any(|flaw| matches!(flaw, LessonFlaw::SolvedFromStart)), "{goes_there:?}");
    assert!(matches!(&flaws_of("[[forkert]]\nmaal = 2", "[[forkert]]\nmaal = 3")[..], [LessonFlaw::Mistake(2)]));
}

#[test]
fn mistakes_are_named_by_the_goal_and_the_message_that_they_spoil() {
    for lesson in lessons() {
        assert!(lesson.mistakes.len() >= 3, "{} has {} mistakes", lesson.id, lesson.mistakes.len());
        for (number, mistake) in (1..).zip(&lesson.mistakes) {
            let of = format!("{}, mistake {number}", lesson.id);
            let verdict = after(&lesson, &mistake.attempt);
            let fault = verdict.faults.first().unwrap_or_else(|| panic!("{of}: it solves the lesson"));
            assert_eq!(fault.goal(), mistake.goal, "{of}: {:#?}", verdict.faults);
            let GoalKind::Mail { fagsystem, .. } = &lesson.goals[mistake.goal].kind else { continue };
            let wrong = fault.message().unwrap_or_else(|| panic!("{of}: no message"));
            assert_eq!(wrong.belongs_to, *fagsystem, "{of}");
            assert!(matches!(fault, Fault::Held(_)) || wrong.goes_to != *fagsystem, "{of}");
            let messages = lesson.messages(mistake.goal, TODAY);
            let sent = messages.iter().map(|message| message.letter.message_uuid);
            assert!(sent.into_iter().any(|uuid| uuid == wrong.message.letter.message_uuid), "{of}: it was never sent");
            assert!((1..=wrong.of).contains(&wrong.wrong) && wrong.of == messages.len(), "{of}");
        }
    }
}

#[test]
fn the_message_is_decided_as_the_check_says() {
    let lesson = &lessons()[1];
    let book = start(lesson);
    let verdict = check(lesson, &book, &[], &BTreeMap::new());
    let wrong = verdict.faults[0].message().expect("a message");
    let rules = book.compile().expect("no fault");
    let decision = rules.decide(&wrong.facts, wrong.day).expect("it is for the municipality");
    assert_eq!((&decision.fagsystem.id, decision.ground.priority()), (&wrong.goes_to, wrong.by));
    assert_eq!(wrong.goes_to.as_str(), "dagtilbud");
    assert_eq!(wrong.by.map(Priority::get), Some(10));
}

/// The lesson that the guide shows to whoever writes one.
#[test]
fn the_guides_lesson_can_be_read_and_solved() {
    let guides = [
        include_str!("../../../resources/guide/da/training.md"),
        include_str!("../../../resources/guide/en/training.md"),
    ];
    for guide in guides {
        let shown = guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a lesson");
        let lesson = Lesson::read(shown, TODAY).unwrap_or_else(|error| panic!("{error}"));
        let verdict = after(&lesson, &lesson.solution);
        // Of what is done besides the rules, it shows the answer alone.
        assert!(verdict.reaches(0) && verdict.reaches(3) && !verdict.reaches(1) && !verdict.reaches(2));
        assert!(!check(&lesson, &start(&lesson), &[], &BTreeMap::new()).reaches(0));
    }
}

#[test]
fn days_are_counted_from_the_day_on_which_it_is_played() {
    let lesson = lessons().into_iter().find(|lesson| lesson.id == "gyldighed").expect("there is one");
    assert!(lesson.text(LanguageChoice::Danish, TODAY).contains("27-12-2026"));
    for today in [date(2027, 2, 28), date(2028, 2, 29), date(2030, 12, 31)] {
        let book = lesson.begin(practice(), today).expect("no fault");
        let book = lesson.solution.apply(&book, today).expect("no fault");
        let rules = book.compile().expect("no fault");
        let evidence = Evidence { rules: &rules, today, accepted: &BTreeMap::new(), answers: &[] };
        assert!(lesson.check(&evidence).is_solved(), "{today}");
    }
}

#[test]
fn a_faulty_file_says_what_is_wrong_where() {
    let cases = [
        ("format = \"postfordeler-opgave\"", "format = \"opgave\"", "format: this is no lesson"),
        ("version = 1", "version = 2", "version: version 2 is unknown"),
        ("par = 1", "par = 1\npoint = 5", "line 5: lessons have no key point here"),
        ("par = 1", "par = ", "line 4: this is not TOML: "),
        ("par = 1", "", "line 1: the key par is missing"),
        ("par = 1", "par = \"en\"", "line 4: the value is of another kind"),
        ("par = 1", "par = 1\npar = 1", "line 5: a key stands here twice"),
        ("id = \"foerste-regel\"", "id = \"Første\"", "id: lower-case letters"),
        (
            "fagsystem = \"esdh\"",
            "fagsystem = \"arkiv\"",
            "maal[2].fagsystem: the sample municipality has no business system",
        ),
        ("antal = 12", "antal = 1000", "maal[1].breve.antal: from 1 through 200"),
        ("antal = 12, ", "antal = 12, afsender = \"onkel\", ", "maal[1].breve.afsender: one of borger, laege"),
        ("antal = 12, ", "antal = 12, kle = \"32,39\", ", "maal[1].breve.kle: a KLE number"),
        ("antal = 12, ", "antal = 12, uden = [\"navn\"], ", "maal[1].breve.uden: kontaktpunkt, nummer"),
        ("maal = 2\n", "maal = 9\n", "forkert[2].maal: the number of the goal"),
        ("gyldigFra = \"+14\"", "gyldigFra = \"i morgen\"", ""),
        ("prioritet = 10, fagsystem = \"dagtilbud\"", "prioritet = 0, fagsystem = \"dagtilbud\"", "loesning: "),
        ("prioritet = 10, fagsystem = \"dagtilbud\"", "prioritet = 10, fagsystem = \"daginstitution\"", "loesning: "),
    ];
    for (from, to, said) in cases {
        assert!(FIRST.contains(from), "{from}");
        let read = Lesson::read(&FIRST.replacen(from, to, 1), TODAY);
        match read {
            Err(error) => assert!(error.to_string().starts_with(said), "{to}: {error}"),
            // A mistake need not make sense until it is tried.
            Ok(lesson) => {
                assert!(said.is_empty(), "{to} is taken for a lesson");
                assert!(lesson.mistakes[2].attempt.apply(&start(&lesson), TODAY).is_err());
            }
        }
    }
    assert!(Lesson::read(&format!("{FIRST}{}", "#".repeat(256 * 1024)), TODAY).is_err());
}
