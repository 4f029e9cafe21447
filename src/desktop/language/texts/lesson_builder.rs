//! *Opgaver*: the builder, which records a lesson from what a trainer does.

use crate::desktop::language::grammar::Counted;
use crate::training::LessonError;

#[derive(Debug)]
pub(in crate::desktop) struct LessonBuilderTexts {
    /// In the list of lessons.
    pub open: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub steps: [&'static str; 3],
    pub start_now: fn(rules: &str) -> String,
    /// What is in the draft when recording begins.
    pub draft_is_solution: fn(changes: &str) -> String,
    pub record: &'static str,
    pub unlike: &'static str,
    /// In the list, the heading, and the band on every screen.
    pub recording: &'static str,
    pub written: &'static str,
    pub since: &'static str,
    pub letters: Counted,
    pub nothing_yet: &'static str,
    pub left_out: &'static str,
    pub survives: &'static str,
    pub finish: &'static str,
    pub give_up: &'static str,
    pub really_give_up: &'static str,
    pub yes_give_up: &'static str,
    pub keep: &'static str,
    /// After training was taken back to its beginning.
    pub ended: &'static str,
    pub texts: &'static str,
    pub title_field: [&'static str; 2],
    pub text_field: [&'static str; 2],
    pub hint_field: [&'static str; 2],
    pub add_hint: &'static str,
    pub remove_hint: &'static str,
    pub as_in_danish: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub start: &'static str,
    pub fagsystem_answers: fn(fagsystem: &str, mood: &str) -> String,
    pub solution: &'static str,
    pub par: fn(rules: &str) -> String,
    pub retake: &'static str,
    pub retaken: &'static str,
    pub goals: &'static str,
    pub goals_about: &'static str,
    pub no_goals: &'static str,
    pub add_goal: &'static str,
    pub edit_goal: &'static str,
    pub close_goal: &'static str,
    pub remove_goal: &'static str,
    pub goal: GoalTexts,
    pub check: &'static str,
    pub checking: &'static str,
    pub holds: fn(rules: &str) -> String,
    pub no_title: &'static str,
    pub no_text: &'static str,
    pub unsolved: fn(goal: &str, fault: &str) -> String,
    pub wrong_par: fn(rules: usize, par: usize) -> String,
    pub solved_from_start: &'static str,
    pub mistake: fn(number: usize) -> String,
    pub error: fn(&LessonError) -> String,
    /// A fault in the goal with that number.
    pub in_goal: fn(number: usize, fault: &str) -> String,
    pub save: &'static str,
    pub by_hand: &'static str,
    pub try_it: &'static str,
    pub try_about: &'static str,
    pub discard: &'static str,
    pub really_discard: &'static str,
    pub yes_discard: &'static str,
}

/// A goal, as it is filled in.
#[derive(Debug)]
pub(in crate::desktop) struct GoalTexts {
    pub kind: &'static str,
    pub letters: &'static str,
    pub guard: &'static str,
    pub received: &'static str,
    pub question: &'static str,
    pub fagsystem: &'static str,
    pub choose_fagsystem: &'static str,
    pub count: &'static str,
    pub day: &'static str,
    pub day_hint: &'static str,
    pub text: [&'static str; 2],
    /// What a goal of letters says where nobody has written it: who writes, what they are like, the day if not today, and where they
    /// belong.
    pub reach: fn(letters: &str, day: Option<&str>, fagsystem: &str) -> String,
    pub mail: &'static str,
    pub and: &'static str,
    pub guarded: fn(fagsystem: &str) -> String,
    pub accepted: fn(fagsystem: &str, count: &str) -> String,
    pub some: Counted,
}
