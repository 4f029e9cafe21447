use std::fmt;

use crate::exchange::progress::Stopped;
use crate::rules::{Caseless, JsonPath, without_cpr};

/// Why files were not read as a contact structure. Messages never contain anything that looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StructureError {
    /// No file was named.
    #[error("no file was named")]
    NoFile,
    /// A file breaks off, or is no JSON.
    #[error("{}, line {line}, column {column}: the file is not JSON: {reason}", without_cpr(.file))]
    NotJson {
        /// The file's name.
        file: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// Why it is not JSON.
        reason: String,
    },
    /// A file is something else.
    #[error("{}: this is no page of a contact structure, but {found}", without_cpr(.file))]
    SomethingElse {
        /// The file's name.
        file: String,
        /// What it is.
        found: FoundInstead,
    },
    /// The files are larger than any contact structure.
    #[error(
        "the files are larger than any contact structure: together they may have 32 MB, about a million values and 100,000 \
         contact points"
    )]
    TooLarge,
    /// Contact points that cannot be identified; never empty.
    #[error("{}", listed(.0))]
    Faults(Vec<StructureFault>),
    /// The reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

fn listed(faults: &[StructureFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What a file holds instead of contact points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundInstead {
    /// Nothing at all.
    Nothing,
    /// HTML or XML; a log-in page, as a rule.
    Markup,
    /// A configuration file of this program.
    Configuration,
    /// Anything else: a spreadsheet, or JSON without contact points.
    Other,
}

impl fmt::Display for FoundInstead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "an empty file",
            Self::Markup => "an HTML or XML page, perhaps that of a log-in",
            Self::Configuration => "a configuration file of Postfordeler",
            Self::Other => "something in which no contact points stand",
        })
    }
}

/// A place in one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePosition {
    /// The file's name.
    pub file: String,
    /// Where in it: `contactPoints[3].id`.
    pub place: JsonPath,
}

impl fmt::Display for FilePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", without_cpr(&self.file), self.place)
    }
}

/// A contact point that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct StructureFault {
    /// Where it is.
    pub at: FilePosition,
    /// What it is.
    pub problem: StructureProblem,
}

/// What can be wrong with a contact point of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StructureProblem {
    /// It has no id, by which rules and messages refer to it.
    #[error("this is missing")]
    NoId,
    /// It is no object.
    #[error("here belongs a contact point")]
    NotAContactPoint,
}

/// Something that was read but may not be what was intended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StructureNotice {
    /// A contact point occurs twice with different content; the later one counts.
    Differs {
        /// Its id.
        id: Caseless,
        /// Its title in the one that counts.
        title: String,
        /// Where it occurs first.
        first: FilePosition,
        /// Where the one that counts is.
        taken: FilePosition,
    },
    /// A group is above itself, directly or through others. The groups up to that point count.
    Circle {
        /// How many contact points are in such groups.
        count: usize,
        /// The first of them.
        first: FilePosition,
    },
    /// A group above others has no name, and was left out.
    NamelessAbove {
        /// How many contact points are in groups below it.
        count: usize,
        /// The first of them.
        first: FilePosition,
    },
    /// More groups are above each other than the limit of 100.
    TooDeep {
        /// How many contact points are in such groups.
        count: usize,
        /// The first of them.
        first: FilePosition,
    },
    /// Invisible characters in ids or names were left out.
    Invisible {
        /// In how many of them.
        count: usize,
        /// The first time.
        first: FilePosition,
    },
    /// A key's value was not understood and was left out.
    LeftOut {
        /// The key.
        key: &'static str,
        /// How often.
        count: usize,
        /// The first time.
        first: FilePosition,
    },
}

impl StructureNotice {
    /// Where it is, or where it is first.
    #[must_use]
    pub fn place(&self) -> &FilePosition {
        match self {
            Self::Differs { taken, .. } => taken,
            Self::Circle { first, .. }
            | Self::NamelessAbove { first, .. }
            | Self::TooDeep { first, .. }
            | Self::Invisible { first, .. }
            | Self::LeftOut { first, .. } => first,
        }
    }
}

impl fmt::Display for StructureNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs { id, title, first, taken } => write!(
                f,
                "the contact point {} ({}) is not the same at {first} and {taken}; the latter was taken",
                without_cpr(id.as_str()),
                without_cpr(title)
            ),
            Self::Circle { count, first } => {
                write!(f, "a group stands above itself in {count} place(s), first at {first}; it was left out there")
            }
            Self::NamelessAbove { count, first } => {
                write!(
                    f,
                    "a group without a name stands above others in {count} place(s), first at {first}; it was left out"
                )
            }
            Self::TooDeep { count, first } => {
                write!(
                    f,
                    "more groups than 100 stand above each other in {count} place(s), first at {first}; those further up were left out"
                )
            }
            Self::Invisible { count, first } => {
                write!(f, "characters that cannot be seen were left out in {count} place(s), first at {first}")
            }
            Self::LeftOut { key, count, first } => {
                write!(f, "{key} could not be understood in {count} place(s) and was left out there, first at {first}")
            }
        }
    }
}
