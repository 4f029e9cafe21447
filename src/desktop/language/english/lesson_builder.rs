//! The builder of lessons in English, and what can be wrong in a lesson's file.

use super::grammar::counted;
use crate::desktop::language::texts::lesson_builder::{GoalTexts, LessonBuilderTexts};
use crate::training::LessonError;

pub(super) const TEXTS: LessonBuilderTexts = LessonBuilderTexts {
    open: "Build a lesson …",
    title: "Build a lesson",
    about: "Make a lesson by showing it: record, do what solves it, and choose afterwards what it is to reach.",
    steps: [
        "See to it that the rules are as they should be at the start: what is published when you press Record is the lesson's \
         start. As the practice systems answer then, they answer when the lesson begins.",
        "Press Record and make the solution: rules, guards and pauses, published or in the draft. Do send letters on Traffic \
         meanwhile; they become suggestions for goals.",
        "Come back here and press Done. Then you write the title, text and hints, edit the goals and save the lesson.",
    ],
    start_now: |rules| format!("Published now: {rules}. The lesson starts like that."),
    draft_is_solution: |changes| format!("{changes}. That becomes part of the solution."),
    record: "Record",
    unlike: "Lessons begin in Eksempelby Kommune as it is to begin with, with whatever rules one likes. Here something else differs as \
             well, and a lesson cannot begin with that. Reset training, or change it back and publish:",
    recording: "Recording a lesson",
    written: "Under way, not saved as a file",
    since: "Since you began",
    letters: counted("1 letter has been received", |count| format!("{count} letters have been received"))
        .or_none("No letters have been received"),
    nothing_yet: "The rules are as they were when you began.",
    left_out: "A lesson cannot hold this, so it is left out:",
    survives: "The recording goes on while you are on other pages, publish or close the window. Reset ends it: what you have made by \
               then becomes the solution.",
    finish: "Done: use it as the solution",
    give_up: "Give up the recording",
    really_give_up: "Throw the recording away? The rules stay as they are now.",
    yes_give_up: "Yes, throw it away",
    keep: "Keep it",
    ended: "The recording ended when training began anew. The lesson waits on Lessons, “Build a lesson”, with what you had made.",
    texts: "Texts",
    title_field: ["Title in Danish", "Title in English"],
    text_field: ["Text in Danish", "Text in English"],
    hint_field: ["Hint in Danish", "Hint in English"],
    add_hint: "Add a hint",
    remove_hint: "Remove the hint",
    as_in_danish: "Where nothing is written in English, the Danish text stands there as well.",
    id: "Id",
    id_hint: "Lower-case letters, digits and hyphens. Progress knows the lesson by it.",
    start: "Start",
    fagsystem_answers: |fagsystem, mood| format!("{fagsystem}: {mood}"),
    solution: "Solution",
    par: |rules| format!("Can be solved with {rules}, as the solution has."),
    retake: "Take the solution from the draft again",
    retaken: "The solution was taken from the draft again",
    goals: "Goals",
    goals_about: "Suggested by the letters that came and the rules that were changed. Edit, remove and add.",
    no_goals: "There are no goals yet.",
    add_goal: "Add a goal",
    edit_goal: "Edit",
    close_goal: "Close",
    remove_goal: "Remove",
    goal: GoalTexts {
        kind: "What is to be reached?",
        letters: "Letters reach a business system",
        guard: "A guard is set",
        received: "A business system accepts",
        question: "A question is answered",
        fagsystem: "Business system",
        choose_fagsystem: "Choose a business system",
        count: "Count",
        day: "Days from today",
        day_hint: "Empty: today. 30 is in 30 days.",
        text: ["The goal in Danish", "The goal in English"],
        reach: |letters, day, fagsystem| match day {
            Some(day) => format!("On {day}, {letters} reach {fagsystem}"),
            None => format!("{} reach {fagsystem}", capital(letters)),
        },
        mail: "letters",
        and: " and ",
        guarded: |fagsystem| format!("A guard says that something must reach {fagsystem}"),
        accepted: |fagsystem, count| format!("{fagsystem} has accepted {count}"),
        some: counted("a letter", |count| format!("{count} letters")),
    },
    check: "Does the lesson hold?",
    checking: "Checking …",
    holds: |rules| {
        format!("Yes: the solution reaches every goal with {rules}, and the lesson is not solved by itself.")
    },
    no_title: "Write a title in Danish.",
    no_text: "Write in Danish what the lesson is about.",
    unsolved: |goal, fault| format!("The solution does not reach the goal “{goal}”: {fault}"),
    wrong_par: |rules, par| format!("The solution has {rules} rules, but the lesson says {par}."),
    solved_from_start: "The lesson is solved before anybody has done anything. Add a goal that the rules at the start do not reach.",
    mistake: |number| format!("The typical mistake number {number} spoils another goal than it says, or none."),
    error: lesson_error,
    in_goal: |number, fault| format!("Goal {number}: {fault}"),
    save: "Save as a file",
    by_hand: "The file is text (TOML) and can be edited further by hand. Questions and typical mistakes are added there; the guide shows \
              how.",
    try_it: "Try the lesson",
    try_about: "“Try the lesson” begins training anew. The lesson stays here, so that you can go on editing afterwards.",
    discard: "Discard the lesson",
    really_discard: "Discard the lesson? What is not saved as a file is gone.",
    yes_discard: "Yes, discard it",
};

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What is wrong in a lesson's file, as sentences.
pub(super) fn lesson_error(error: &LessonError) -> String {
    match error {
        LessonError::NotALesson { line, reason } => format!("Line {line}: {reason}."),
        LessonError::TooLarge => "The file is larger than 256 KiB. A lesson is a short text.".to_owned(),
        LessonError::Wrong { place, reason } => format!("{place}: {reason}."),
        LessonError::Rules { place, faults } => {
            let faults: Vec<_> = faults.0.iter().map(ToString::to_string).collect();
            format!("The rules in {place} have faults: {}.", faults.join("; "))
        }
    }
}
