//! Lessons: what to reach with the rules, where one begins, and whether one is there.
//!
//! A lesson is a TOML file (`format`), which a trainer can write. `Lesson::begin` makes the rule book to begin with (`start`);
//! `Lesson::check` sends made-up messages through the published rules and says which went wrong, and why (`check`, `verdict`). Its
//! own solution and typical mistakes stand in the file too (`attempt`), so that it can be tested (`flaws`).
//!
//! A lesson can be recorded (`recording`): its start and solution are found in rule books (`recorded`), its goals in the letters that
//! were sent meanwhile (`proposing`), and it is written as people write one (`writing`).

mod attempt;
mod check;
mod error;
mod flaws;
mod format;
mod goal;
mod library;
mod proposing;
mod recorded;
mod recording;
mod relative_day;
mod start;
mod verdict;
mod words;
mod writing;

pub use self::attempt::Attempt;
pub use self::check::Evidence;
pub use self::error::{LessonError, LessonProblem, LessonSyntax};
pub use self::flaws::LessonFlaw;
pub use self::format::{AttemptFile, GoalFile, GuardFile, LessonFile, LettersFile, MovedFile, ReceivedFile, StartFile};
pub use self::goal::{Goal, GoalKind};
pub use self::recording::{Recorded, RecordedLetters};
pub use self::verdict::{Fault, Verdict, WrongMessage};

use std::collections::BTreeMap;

use crate::language::LanguageChoice;
use crate::rules::FagsystemId;
use crate::training::PracticeMood;

use self::start::Start;

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What progress knows it by: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its title.
    pub title: InTwoLanguages,
    /// What it is about, in paragraphs. Days in it are still relative: see [`Lesson::text`].
    text: InTwoLanguages,
    /// What helps, the gentlest first.
    pub hints: Vec<InTwoLanguages>,
    /// The fewest rules that it can be solved with, those to begin with included.
    pub par: usize,
    /// What must be reached. Never empty.
    pub goals: Vec<Goal>,
    /// How practice fagsystems answer at first, where they do not accept.
    pub moods: BTreeMap<FagsystemId, PracticeMood>,
    /// One way to solve it.
    pub solution: Attempt,
    /// Ways that people try and that do not solve it.
    pub mistakes: Vec<Mistake>,
    start: Start,
}

/// A wrong way to solve a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// What is done.
    pub attempt: Attempt,
    /// The goal, counted from 0, that it does not reach.
    pub goal: usize,
}

/// A text in the languages of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct InTwoLanguages {
    /// In Danish.
    #[serde(rename = "da")]
    pub danish: String,
    /// In English.
    #[serde(rename = "en")]
    pub english: String,
}

impl InTwoLanguages {
    /// The text in that language.
    #[must_use]
    pub fn of(&self, language: LanguageChoice) -> &str {
        match language {
            LanguageChoice::Danish => &self.danish,
            LanguageChoice::English => &self.english,
        }
    }
}
