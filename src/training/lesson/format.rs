//! The file of a lesson: its keys, in the Danish of configuration files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Table;

use super::{InTwoLanguages, LessonError};

pub(super) const FORMAT: &str = "postfordeler-opgave";
pub(super) const VERSION: u32 = 1;
/// The largest file, in bytes.
const MAX_BYTES: usize = 256 * 1024;

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonFile {
    pub format: String,
    pub version: u32,
    pub id: String,
    pub par: usize,
    #[serde(rename = "titel")]
    pub title: InTwoLanguages,
    #[serde(rename = "tekst")]
    pub text: InTwoLanguages,
    #[serde(rename = "vink", default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<InTwoLanguages>,
    #[serde(default)]
    pub start: StartFile,
    #[serde(rename = "maal")]
    pub goals: Vec<GoalFile>,
    #[serde(rename = "loesning")]
    pub solution: AttemptFile,
    #[serde(rename = "forkert", default, skip_serializing_if = "Vec::is_empty")]
    pub mistakes: Vec<AttemptFile>,
}

/// Where one begins: the sample municipality with other rules.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StartFile {
    /// Whether its own rules are there too.
    #[serde(rename = "eksempelregler", default)]
    pub keeps_rules: bool,
    #[serde(rename = "regler", default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Table>,
    /// How fagsystems answer, by their ids.
    #[serde(rename = "humoer", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moods: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoalFile {
    #[serde(rename = "tekst")]
    pub text: InTwoLanguages,
    /// Messages that must reach `fagsystem`.
    #[serde(rename = "breve", skip_serializing_if = "Option::is_none")]
    pub letters: Option<LettersFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fagsystem: Option<String>,
    #[serde(rename = "dag", skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// A guard that must stand in the rules.
    #[serde(rename = "vagt", skip_serializing_if = "Option::is_none")]
    pub guard: Option<GuardFile>,
    /// How many messages a fagsystem must have accepted since the lesson began.
    #[serde(rename = "modtaget", skip_serializing_if = "Option::is_none")]
    pub received: Option<ReceivedFile>,
    /// The choices of a question, and the number of the right one, counted from 1.
    #[serde(rename = "valg", default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<InTwoLanguages>,
    #[serde(rename = "rigtigt", skip_serializing_if = "Option::is_none")]
    pub right: Option<usize>,
}

/// Which messages are sent.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LettersFile {
    #[serde(rename = "antal")]
    pub count: u32,
    #[serde(rename = "afsender", skip_serializing_if = "Option::is_none")]
    pub writer: Option<String>,
    #[serde(rename = "kontaktpunkt", skip_serializing_if = "Option::is_none")]
    pub contact_point: Option<String>,
    #[serde(rename = "kontaktgruppe", skip_serializing_if = "Option::is_none")]
    pub contact_group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    #[serde(rename = "posttype", skip_serializing_if = "Option::is_none")]
    pub post_type: Option<String>,
    /// `kontaktpunkt`, `nummer`, or both.
    #[serde(rename = "uden", default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardFile {
    pub fagsystem: String,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceivedFile {
    pub fagsystem: String,
    #[serde(rename = "antal")]
    pub count: u64,
}

/// What somebody does to solve it.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttemptFile {
    /// In `forkert`: the number of the goal, counted from 1, that it does not reach.
    #[serde(rename = "maal", skip_serializing_if = "Option::is_none")]
    pub goal: Option<usize>,
    /// The priorities of rules that are deleted.
    #[serde(rename = "slet", default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<u32>,
    #[serde(rename = "flyt", default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedFile>,
    /// Rules that are made, or take the place of the one with that priority.
    #[serde(rename = "regler", default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Table>,
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

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MovedFile {
    #[serde(rename = "fra")]
    pub from: u32,
    #[serde(rename = "til")]
    pub to: u32,
}

impl LessonFile {
    pub fn read(text: &str) -> Result<Self, LessonError> {
        if text.len() > MAX_BYTES {
            return Err(LessonError::TooLarge);
        }
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = 1 + text.get(..at).map_or(0, |before| before.matches('\n').count());
            LessonError::NotALesson { line, reason: error.message().to_owned() }
        })?;
        if file.format != FORMAT {
            return Err(LessonError::wrong("format", format!("this is no lesson; its format is {FORMAT:?}")));
        }
        if file.version != VERSION {
            let reason = format!("version {} is unknown; this program reads version {VERSION}", file.version);
            return Err(LessonError::wrong("version", reason));
        }
        Ok(file)
    }
}
