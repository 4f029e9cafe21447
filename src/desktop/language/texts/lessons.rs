//! *Opgaver*: lessons, what is still wrong, and how far people have come.

use super::lesson_builder::LessonBuilderTexts;
use crate::desktop::language::grammar::Counted;
use crate::training::Writer;

#[derive(Debug)]
pub(in crate::desktop) struct LessonTexts {
    pub title: &'static str,
    pub about: &'static str,
    /// Where the data are not for training.
    pub only_in_training: &'static str,
    pub reading: &'static str,
    /// "Lesson 3", before its title.
    pub numbered: fn(number: usize, title: &str) -> String,
    pub number: fn(number: usize) -> String,
    pub states: LessonStateTexts,
    pub learner: &'static str,
    pub learner_hint: &'static str,
    pub keep_name: &'static str,
    /// The name is of the same person, written otherwise.
    pub correct_name: &'static str,
    pub new_learner: &'static str,
    pub begin: &'static str,
    pub begin_about: &'static str,
    pub begin_anew: &'static str,
    pub end: &'static str,
    /// The lesson was begun on that day, and its days are counted from today.
    pub other_day: fn(day: &str) -> String,
    pub check: &'static str,
    pub checking: &'static str,
    pub goals: &'static str,
    /// How few rules will do, and how many are switched on.
    pub par: fn(par: &str, have: &str) -> String,
    pub par_alone: fn(par: &str) -> String,
    pub rules: Counted,
    pub unpublished: fn(changes: &str) -> String,
    pub changes: Counted,
    pub publish: &'static str,
    /// Goes on to the lesson after one that is solved.
    pub next: fn(title: &str) -> String,
    pub solved_within: &'static str,
    pub solved: fn(par: &str, have: &str) -> String,
    pub reached: fn(reached: usize, of: usize) -> String,
    pub fault: LessonFaultTexts,
    pub try_it: &'static str,
    pub hints: &'static str,
    pub hint: fn(number: usize) -> String,
    pub more_hints: fn(shown: usize, of: usize) -> String,
    pub no_more_hints: &'static str,
    /// Why the solution is not offered after the last hint.
    pub solution_later: &'static str,
    pub solution: &'static str,
    pub show_solution: &'static str,
    pub really_show: &'static str,
    pub yes_show: &'static str,
    pub no_show: &'static str,
    pub solution_answer: fn(question: &str, answer: &str) -> String,
    pub nothing_to_change: &'static str,
    pub certificate: &'static str,
    pub room: &'static str,
    pub take_in: &'static str,
    pub take_in_about: &'static str,
    pub take: &'static str,
    pub taken: fn(title: &str) -> String,
    pub papers: LessonPaperTexts,
    pub builder: LessonBuilderTexts,
}

/// How far somebody has come with a lesson.
#[derive(Debug)]
pub(in crate::desktop) struct LessonStateTexts {
    pub new: &'static str,
    pub under_way: &'static str,
    pub tried: &'static str,
    pub solved: &'static str,
    pub within: &'static str,
}

/// Why a goal is not reached.
#[derive(Debug)]
pub(in crate::desktop) struct LessonFaultTexts {
    pub writer: fn(Writer) -> &'static str,
    pub misrouted: fn(&WrongWay<'_>) -> String,
    pub held: fn(&WrongWay<'_>) -> String,
    pub unguarded: fn(fagsystem: &str) -> String,
    pub not_received: fn(fagsystem: &str, accepted: &str, wanted: &str) -> String,
    pub messages: Counted,
    pub unanswered: &'static str,
    pub wrong_answer: &'static str,
}

/// A message that goes wrong.
#[derive(Debug)]
pub(in crate::desktop) struct WrongWay<'a> {
    /// What it is: "Post til kontaktpunktet Pladsanvisningen".
    pub what: &'a str,
    pub writer: &'a str,
    /// The day on which it comes, where that is not today.
    pub day: Option<&'a str>,
    pub goes_to: &'a str,
    /// The number of the rule; `None`: the default recipient gets it.
    pub rule: Option<u32>,
    pub belongs_to: &'a str,
    pub wrong: usize,
    pub of: usize,
}

/// The certificate, and the sheet of the room's progress.
#[derive(Debug)]
pub(in crate::desktop) struct LessonPaperTexts {
    pub certificate: &'static str,
    pub certificate_file: &'static str,
    pub nobody: &'static str,
    pub has_solved: fn(who: &str, solved: usize, of: usize) -> String,
    pub has_solved_all: fn(who: &str, of: usize) -> String,
    pub none_solved: &'static str,
    pub lesson: &'static str,
    pub day: &'static str,
    pub rules: &'static str,
    pub rules_of: fn(rules: usize, par: usize) -> String,
    pub checks: &'static str,
    pub hints: &'static str,
    pub within: fn(within: usize) -> String,
    pub about: &'static str,
    pub signature: [&'static str; 2],
    pub room: &'static str,
    pub room_file: &'static str,
    pub room_about: &'static str,
    pub nobody_yet: &'static str,
    pub who: &'static str,
    pub solved: &'static str,
    pub solved_of: fn(solved: usize, of: usize) -> String,
    /// In the cells of the sheet: solved within par, solved, tried, and not begun.
    pub marks: [&'static str; 3],
    pub marks_mean: &'static str,
}
