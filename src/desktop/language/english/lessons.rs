//! *Opgaver* in English.

use super::grammar::{MESSAGES, RULES, counted};
use crate::desktop::language::texts::lessons::{
    LessonFaultTexts, LessonPaperTexts, LessonStateTexts, LessonTexts, WrongWay,
};
use crate::training::Writer;

pub(super) const TEXTS: LessonTexts = LessonTexts {
    title: "Lessons",
    about: "Learn the rules by solving lessons. Each has a beginning of its own and is checked with made-up mail.",
    only_in_training: "Lessons belong to training. Open it with Ctrl+K, “Open training”.",
    reading: "Reading the lessons …",
    numbered: |number, title| format!("Lesson {number}: {title}"),
    number: |number| format!("Lesson {number}"),
    states: LessonStateTexts {
        new: "Not begun",
        under_way: "Under way",
        tried: "Tried",
        solved: "Solved",
        within: "Solved with the fewest rules",
    },
    learner: "Your name",
    learner_hint: "Stands on the certificate",
    keep_name: "Save the name",
    correct_name: "Correct the name",
    new_learner: "Somebody else",
    begin: "Begin the lesson",
    begin_about: "The rules, the draft and the journal of training are emptied, and the lesson's own rules take force. What you have solved stays.",
    begin_anew: "Begin again",
    end: "Leave the lesson",
    other_day: |day| {
        format!("Begun on {day}. The lesson's dates are counted from today: begin again if it is about dates.")
    },
    check: "Check",
    checking: "Checking …",
    goals: "Goals",
    par: |par, have| format!("Can be solved with {par} in all. There are {have} now."),
    par_alone: |par| format!("Can be solved with {par} in all."),
    rules: RULES,
    unpublished: |changes| format!("{changes}. Check looks only at what is published."),
    changes: counted("1 change of the draft is unpublished", |count| {
        format!("{count} changes of the draft are unpublished")
    }),
    publish: "Publish …",
    next: |title| format!("Next: {title}"),
    solved_within: "Solved, and with as few rules as possible.",
    solved: |par, have| format!("Solved. You used {have}; it can be done with {par}."),
    reached: |reached, of| format!("{reached} of {of} goals are reached."),
    fault: LessonFaultTexts {
        writer: |writer| match writer {
            Writer::Citizen => "a citizen",
            Writer::Doctor => "a doctor (company)",
            Writer::Employer => "an employer (company)",
            Writer::Builder => "a builder (company)",
            Writer::HousingAssociation => "a housing association (company)",
            Writer::Company => "a company",
            Writer::VehicleInspection => "a vehicle inspection company",
            Writer::CriminalRecords => "the police (authority, criminal records)",
            Writer::ChildrensRecords => "the police (authority, children's records)",
            Writer::Statistics => "Danmarks Statistik (authority)",
            Writer::BenefitsAuthority => "Udbetaling Danmark (authority)",
            Writer::Authority => "an authority",
        },
        misrouted: |wrong| {
            let by = wrong.rule.map_or_else(|| "without any rule".to_owned(), |rule| format!("by rule {rule}"));
            format!(
                "{} goes to {} {by}, but belongs in {}. {}.",
                letter(wrong),
                wrong.goes_to,
                wrong.belongs_to,
                share(wrong)
            )
        },
        held: |wrong| {
            format!("{} stays with Digital Post, since {} is paused. {}.", letter(wrong), wrong.goes_to, share(wrong))
        },
        unguarded: |fagsystem| format!("No guard says that anything must reach {fagsystem}."),
        not_received: |fagsystem, accepted, wanted| {
            format!("{fagsystem} has accepted {accepted} since the lesson began. It should have {wanted}.")
        },
        messages: MESSAGES.or_none("nothing"),
        unanswered: "Choose an answer.",
        wrong_answer: "That is not the right answer.",
    },
    try_it: "Try it",
    hints: "Hints",
    hint: |number| format!("{number}. "),
    more_hints: |shown, of| format!("Show a hint ({shown} of {of})"),
    no_more_hints: "There are no more hints.",
    solution_later: "The solution can be shown once a check has found something wrong.",
    solution: "Solution",
    show_solution: "Show the solution",
    really_show: "Do you want to see the solution? It says every change that is needed from the beginning.",
    yes_show: "Yes, show it",
    no_show: "No, I will try again",
    solution_answer: |question, answer| format!("{question} {answer}."),
    nothing_to_change: "The rules need no change.",
    certificate: "Certificate",
    room: "The room's progress",
    take_in: "Load a lesson …",
    take_in_about: "A lesson is a text file (TOML) that a trainer can write; the guide to training shows its keys. It comes last \
                    in the list. A lesson with the same id is replaced.",
    take: "Load",
    taken: |title| format!("The lesson “{title}” is loaded"),
    papers: LessonPaperTexts {
        certificate: "Certificate",
        certificate_file: "certificate",
        nobody: "Write your name on the left",
        has_solved: |who, solved, of| format!("{who} has solved {solved} of {of} lessons in distribution rules."),
        has_solved_all: |who, of| format!("{who} has solved all {of} lessons in distribution rules."),
        none_solved: "No lesson has been solved yet.",
        lesson: "Lesson",
        day: "Solved",
        rules: "Rules",
        rules_of: |rules, par| format!("{rules} (fewest: {par})"),
        checks: "Checks",
        hints: "Hints",
        within: |within| format!("{within} of them with as few rules as possible."),
        about: "The lessons were solved in Postfordeler's training, where each is checked with made-up mail.",
        signature: ["Date", "Trainer"],
        room: "The room's progress",
        room_file: "progress",
        room_about: "Everybody on this machine, and those whose progress was loaded from other machines.",
        nobody_yet: "Nobody has begun a lesson yet.",
        who: "Name",
        solved: "Solved",
        solved_of: |solved, of| format!("{solved} of {of}"),
        marks: ["F", "S", "–"],
        marks_mean: "F: solved with the fewest rules. S: solved. –: begun, not solved.",
    },
    builder: super::lesson_builder::TEXTS,
};

/// "Mail to the contact point Pladsanvisningen from a citizen, which comes on 27-12-2026,"
fn letter(wrong: &WrongWay<'_>) -> String {
    let day = wrong.day.map_or_else(String::new, |day| format!(", which comes on {day},"));
    format!("{} from {}{day}", wrong.what, wrong.writer)
}

fn share(wrong: &WrongWay<'_>) -> String {
    format!("{} of {} go wrong", wrong.wrong, wrong.of)
}
