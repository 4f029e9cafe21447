//! The file of a lesson: its keys, in the Danish of configuration files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Table;

use super::error::{LessonProblem, LessonSyntax};
use super::words::{FORMAT, VERSION};
use super::{InTwoLanguages, LessonError};

/// The largest file, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// A lesson as its file has it. Its values stand as they are written, and need not make sense: [`Lesson::read`](super::Lesson::read) finds out.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LessonFile {
    /// What kind of file it is.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// What progress knows the lesson by.
    pub id: String,
    /// The fewest rules that it can be solved with.
    pub par: usize,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: InTwoLanguages,
    /// What it is about.
    #[serde(rename = "tekst")]
    pub text: InTwoLanguages,
    /// What helps.
    #[serde(rename = "vink", default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<InTwoLanguages>,
    /// Where one begins.
    #[serde(default)]
    pub start: StartFile,
    /// What must be reached.
    #[serde(rename = "maal", default)]
    pub goals: Vec<GoalFile>,
    /// What solves it.
    #[serde(rename = "loesning")]
    pub solution: AttemptFile,
    /// What people try, and does not solve it.
    #[serde(rename = "forkert", default, skip_serializing_if = "Vec::is_empty")]
    pub mistakes: Vec<AttemptFile>,
}

/// Where one begins: the sample municipality with other rules.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StartFile {
    /// Whether its own rules are there too.
    #[serde(rename = "eksempelregler", default)]
    pub keeps_rules: bool,
    /// Rules, as configuration files have them. One takes the place of the one with its priority.
    #[serde(rename = "regler", default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Table>,
    /// How fagsystems answer, by their ids.
    #[serde(rename = "humoer", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moods: BTreeMap<String, String>,
}

/// A goal: letters for a fagsystem, a guard, messages that are accepted, or a question.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GoalFile {
    /// What it asks for.
    #[serde(rename = "tekst")]
    pub text: InTwoLanguages,
    /// Messages that must reach `fagsystem`.
    #[serde(rename = "breve", skip_serializing_if = "Option::is_none")]
    pub letters: Option<LettersFile>,
    /// The id of the fagsystem that the letters must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fagsystem: Option<String>,
    /// The day on which they come; `None`: today.
    #[serde(rename = "dag", skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// A guard that must stand in the rules.
    #[serde(rename = "vagt", skip_serializing_if = "Option::is_none")]
    pub guard: Option<GuardFile>,
    /// How many messages a fagsystem must have accepted since the lesson began.
    #[serde(rename = "modtaget", skip_serializing_if = "Option::is_none")]
    pub received: Option<ReceivedFile>,
    /// The choices of a question.
    #[serde(rename = "valg", default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<InTwoLanguages>,
    /// The number of the right choice, counted from 1.
    #[serde(rename = "rigtigt", skip_serializing_if = "Option::is_none")]
    pub right: Option<usize>,
}

/// Which messages are sent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LettersFile {
    /// How many.
    #[serde(rename = "antal")]
    pub count: u32,
    /// Who writes.
    #[serde(rename = "afsender", skip_serializing_if = "Option::is_none")]
    pub writer: Option<String>,
    /// The id of the contact point that they are for.
    #[serde(rename = "kontaktpunkt", skip_serializing_if = "Option::is_none")]
    pub contact_point: Option<String>,
    /// The group that they name.
    #[serde(rename = "kontaktgruppe", skip_serializing_if = "Option::is_none")]
    pub contact_group: Option<String>,
    /// Their KLE number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kle: Option<String>,
    /// Their FORM number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Their post type.
    #[serde(rename = "posttype", skip_serializing_if = "Option::is_none")]
    pub post_type: Option<String>,
    /// `kontaktpunkt`, `nummer`, or both.
    #[serde(rename = "uden", default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// A guard.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GuardFile {
    /// The id of the fagsystem that something must reach.
    pub fagsystem: String,
}

/// Messages that are accepted.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedFile {
    /// The id of the fagsystem.
    pub fagsystem: String,
    /// How many it must have accepted.
    #[serde(rename = "antal")]
    pub count: u64,
}

/// What somebody does to solve it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptFile {
    /// In `forkert`: the number of the goal, counted from 1, that it does not reach.
    #[serde(rename = "maal", skip_serializing_if = "Option::is_none")]
    pub goal: Option<usize>,
    /// The priorities of rules that are deleted.
    #[serde(rename = "slet", default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<u32>,
    /// Rules that get other priorities.
    #[serde(rename = "flyt", default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedFile>,
    /// Rules that are made, or take the place of the one with that priority.
    #[serde(rename = "regler", default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Table>,
    /// Guards that are made, as configuration files have them.
    #[serde(rename = "vagter", default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Table>,
    /// The ids of fagsystems that are paused.
    #[serde(rename = "pause", default, skip_serializing_if = "Vec::is_empty")]
    pub paused: Vec<String>,
    /// By the number of the goal, the number of the choice.
    #[serde(rename = "svar", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, usize>,
    /// By the id of a fagsystem, how many messages it accepts meanwhile.
    #[serde(rename = "modtaget", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub received: BTreeMap<String, u64>,
}

/// A rule that gets another priority.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MovedFile {
    /// The one that it has.
    #[serde(rename = "fra")]
    pub from: u32,
    /// The one that it gets.
    #[serde(rename = "til")]
    pub to: u32,
}

impl LessonFile {
    /// Reads a file as such: that its keys are those of lessons, and nothing more.
    ///
    /// # Errors
    ///
    /// It is no lesson of this version.
    pub fn read(text: &str) -> Result<Self, LessonError> {
        if text.len() > MAX_BYTES {
            return Err(LessonError::TooLarge);
        }
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = 1 + text.get(..at).map_or(0, |before| before.matches('\n').count());
            LessonError::NotALesson { line, reason: LessonSyntax::of(error.message()) }
        })?;
        if file.format != FORMAT {
            return Err(LessonError::wrong("format", LessonProblem::Format));
        }
        if file.version != VERSION {
            return Err(LessonError::wrong("version", LessonProblem::Version(file.version)));
        }
        Ok(file)
    }
}
