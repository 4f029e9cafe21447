//! The progress of a room: saved on one machine, gathered on another, listed and printed.

use super::Texts;
use super::lessons::LessonPaperTexts;
use crate::desktop::language::grammar::Counted;
use crate::desktop::model::room::{LessonMark, RoomLearner, RoomMachine};
use crate::store::Gathered;
use crate::training::ProgressFileError;

#[derive(Debug)]
pub(in crate::desktop) struct RoomTexts {
    pub save: &'static str,
    pub save_about: &'static str,
    pub file_name: &'static str,
    pub saved: fn(path: &str) -> String,
    pub nothing_to_save: &'static str,
    pub gather: &'static str,
    pub gather_about: &'static str,
    pub take: &'static str,
    pub taking: &'static str,
    pub gathered: fn(Gathered) -> &'static str,
    pub not_gathered: fn(why: &str) -> String,
    pub full: fn(most: usize) -> String,
    pub only_in_training: &'static str,
    /// Others whose progress was taken in.
    pub machines: &'static str,
    pub nameless_machine: &'static str,
    pub machine: fn(name: &str, learners: &str, saved: &str) -> String,
    pub learners: Counted,
    pub remove: &'static str,
    pub remove_all: &'static str,
    pub really_remove_all: &'static str,
    pub yes_remove_all: &'static str,
    pub keep: &'static str,
    pub removed: fn(name: &str) -> String,
    pub removed_all: &'static str,
    pub everybody: &'static str,
    /// How many there are, whether some of them are on this machine, and from how many others they are.
    pub summary: fn(learners: &str, has_own: bool, machines: usize) -> String,
    pub files: Counted,
    pub this_machine: &'static str,
    /// The name of somebody, and what tells them from others of that name.
    pub at: fn(who: &str, machine: &str) -> String,
    pub solved_of: fn(solved: usize, of: usize) -> String,
    pub hints: Counted,
    pub checks: Counted,
    /// In a list, before a lesson that the program does not know.
    pub strange_lesson: fn(id: &str) -> String,
    pub line: fn(&LearntLine<'_>) -> String,
    pub columns: RoomColumns,
    pub rules_of: fn(rules: usize, par: Option<usize>) -> String,
    pub not_solved: &'static str,
    /// Above a list of the lessons.
    pub fewest: &'static str,
    pub one_by_one: &'static str,
    pub error: fn(&ProgressFileError) -> String,
}

/// What the columns of the sheet are called.
#[derive(Debug)]
pub(in crate::desktop) struct RoomColumns {
    pub lessons: &'static str,
    pub hints: &'static str,
    pub checks: &'static str,
    pub last: &'static str,
    pub when: &'static str,
}

/// How far somebody has come with a lesson, for a sentence.
#[derive(Debug)]
pub(in crate::desktop) struct LearntLine<'a> {
    /// When it was solved; `None` while it is not.
    pub solved: Option<&'a str>,
    /// With how many rules.
    pub rules: &'a str,
    /// The fewest rules that will do, as far as that is known.
    pub par: Option<usize>,
    pub hints: &'a str,
    pub checks: &'a str,
}

impl LessonPaperTexts {
    /// What stands for how far somebody has come with a lesson.
    pub fn mark(&self, mark: LessonMark) -> &'static str {
        self.marks[match mark {
            LessonMark::Within => 0,
            LessonMark::Solved => 1,
            LessonMark::Tried => 2,
        }]
    }
}

impl Texts {
    /// Who somebody is, and at which machine where the name alone does not say it.
    pub fn learner_words(&self, learner: &RoomLearner) -> String {
        let who = if learner.name.is_empty() { self.paper.unknown } else { &learner.name };
        let machine = match &learner.machine {
            None => return who.to_owned(),
            Some(RoomMachine::Own) => self.room.this_machine.to_owned(),
            Some(RoomMachine::Other(name, id)) => {
                let name = self.machine_words(name);
                id.as_ref().map_or_else(|| name.to_owned(), |id| format!("{name}, {id}"))
            }
        };
        (self.room.at)(who, &machine)
    }

    /// What a machine is called.
    pub fn machine_words<'a>(&self, name: &'a str) -> &'a str {
        if name.is_empty() { self.room.nameless_machine } else { name }
    }
}
