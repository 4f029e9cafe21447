use std::fmt;

use super::words::{FORMAT, MAX_MESSAGES, VERSION, WRITERS};
use crate::exchange::FileFaults;
use crate::rules::FagsystemId;
use crate::training::{PracticeMood, Writer};

/// Why a lesson cannot be read. Places are keys of its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// The file is not TOML, or has other keys than lessons have.
    #[error("line {line}: {reason}")]
    NotALesson {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: LessonSyntax,
    },
    /// A value means nothing, or contradicts another.
    #[error("{place}: {reason}")]
    Wrong {
        /// The key, such as `maal[2].fagsystem`.
        place: String,
        /// What is wrong with it.
        reason: LessonProblem,
    },
    /// The rules of the lesson have faults, as those of a configuration file can.
    #[error("{place}: {faults}")]
    Rules {
        /// Which rules: `start`, `loesning` or `forkert[1]`.
        place: String,
        /// The faults.
        faults: FileFaults,
    },
    /// The file is larger than a lesson may be.
    #[error("the file is larger than 256 KiB; a lesson is a short text")]
    TooLarge,
}

/// What is wrong with a lesson's file as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonSyntax {
    /// Lessons have no such key here.
    UnknownKey(String),
    /// A key is missing.
    MissingKey(String),
    /// A key stands there twice.
    RepeatedKey,
    /// The value is of another kind than the key takes, such as a text in place of a number.
    WrongKind,
    /// It is not TOML, as the reader of TOML says in English.
    NotToml(String),
}

/// What is wrong with a value in a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonProblem {
    /// The file is of another format.
    Format,
    /// This program does not know that version of the format.
    Version(u32),
    /// The lesson's id has other characters than it may have, or too many.
    Id,
    /// One of the program's own lessons has that id.
    IdTaken(String),
    /// There is no goal.
    NoGoal,
    /// A goal asks for nothing, or for several things.
    NotOneKind,
    /// The id of a fagsystem is empty.
    EmptyId,
    /// The sample municipality has no fagsystem with that id.
    NoFagsystem(FagsystemId),
    /// A practice fagsystem cannot answer so.
    Mood,
    /// The typical mistake does not say which goal it does not reach.
    NoSuchGoal,
    /// That is no day.
    Day(String),
    /// A day does not stand in quotation marks.
    BareDay,
    /// Too few or too many messages.
    Count,
    /// Nobody writes who is called so.
    Writer,
    /// Messages cannot be without that.
    Without,
    /// A message has a KLE number or a FORM number.
    BothNumbers,
    /// That is no KLE number.
    Kle,
    /// That is no FORM number.
    Form,
    /// That is no post type.
    PostType,
    /// The right answer is none of the choices.
    Right,
    /// The rules cannot be put together.
    Unwritable,
}

impl LessonError {
    pub(super) fn wrong(place: impl Into<String>, reason: LessonProblem) -> Self {
        Self::Wrong { place: place.into(), reason }
    }
}

impl LessonSyntax {
    /// What the reader of TOML means.
    pub(super) fn of(said: &str) -> Self {
        let quoted = |begin: &str| {
            let (name, _) = said.strip_prefix(begin)?.split_once('`')?;
            Some(name.to_owned())
        };
        if let Some(key) = quoted("unknown field `") {
            Self::UnknownKey(key)
        } else if let Some(key) = quoted("missing field `") {
            Self::MissingKey(key)
        } else if said.starts_with("duplicate") {
            Self::RepeatedKey
        } else if said.starts_with("invalid type") || said.starts_with("invalid value") {
            Self::WrongKind
        } else {
            Self::NotToml(said.to_owned())
        }
    }
}

impl LessonProblem {
    /// The words for who writes, as files have them.
    #[must_use]
    pub fn writers() -> String {
        WRITERS.map(|(word, _): (_, Writer)| word).join(", ")
    }

    /// The words for how practice fagsystems answer, as files have them.
    #[must_use]
    pub fn moods() -> String {
        PracticeMood::ALL.map(PracticeMood::word).join(", ")
    }
}

impl fmt::Display for LessonSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(key) => write!(f, "lessons have no key {key} here"),
            Self::MissingKey(key) => write!(f, "the key {key} is missing"),
            Self::RepeatedKey => f.write_str("a key stands here twice"),
            Self::WrongKind => f.write_str("the value is of another kind than its key takes"),
            Self::NotToml(said) => write!(f, "this is not TOML: {said}"),
        }
    }
}

impl fmt::Display for LessonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format => write!(f, "this is no lesson; its format is {FORMAT:?}"),
            Self::Version(version) => {
                write!(f, "version {version} is unknown; this program reads version {VERSION}")
            }
            Self::Id => f.write_str("lower-case letters, digits and hyphens, at most 64"),
            Self::IdTaken(id) => {
                write!(f, "{id:?} is the id of one of the program's own lessons; choose another")
            }
            Self::NoGoal => f.write_str("a lesson has a goal"),
            Self::NotOneKind => f.write_str("a goal has one of breve, vagt, modtaget and valg"),
            Self::EmptyId => f.write_str("an id is not empty"),
            Self::NoFagsystem(id) => write!(f, "the sample municipality has no business system with the id {id}"),
            Self::Mood => write!(f, "one of {}", Self::moods()),
            Self::NoSuchGoal => f.write_str("the number of the goal that it does not reach"),
            Self::Day(day) => {
                write!(f, "{day:?} is no day; write days from today as \"+30\", or a date as \"2027-01-01\"")
            }
            Self::BareDay => f.write_str("a day stands in quotation marks"),
            Self::Count => write!(f, "from 1 through {MAX_MESSAGES} messages"),
            Self::Writer => write!(f, "one of {}", Self::writers()),
            Self::Without => f.write_str("kontaktpunkt, nummer, or both"),
            Self::BothNumbers => f.write_str("a KLE number or a FORM number, not both"),
            Self::Kle => f.write_str("a KLE number, as \"32.39.04\""),
            Self::Form => f.write_str("a FORM number, as \"54.05.05.10\""),
            Self::PostType => f.write_str("myndighedspost, virksomhedspost or ikkeAngivet"),
            Self::Right => f.write_str("the number of one of the choices, counted from 1"),
            Self::Unwritable => f.write_str("the rules cannot be put together"),
        }
    }
}
