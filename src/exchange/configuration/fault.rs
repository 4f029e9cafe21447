use std::borrow::Cow;
use std::fmt;

use crate::rules::{
    Cvr, EndsBeforeStart, FagsystemId, JsonPath, NotACvr, NotAHeaderName, NotAnEndpoint, NotAnInterval, Problem,
    looks_like_interval, short_without_cpr, without_cpr,
};

/// A fault in a configuration file, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct FileFault {
    /// Where it is.
    pub place: JsonPath,
    /// What it is.
    pub problem: FileProblem,
}

/// What can be wrong in a configuration file. Messages never contain anything that looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// The file is no JSON.
    #[error("the file is not JSON: {0}")]
    NotJson(String),
    /// The reading was stopped.
    #[error("it was stopped")]
    Stopped,
    /// That many more faults, which are not listed.
    #[error("and {0} more faults; mend these first")]
    More(usize),
    /// There is no such fagsystem, but there is one with a similar id.
    #[error("there is no business system with the id '{}' in this authority (did you mean '{}'?)", without_cpr(.id.as_str()), without_cpr(.meant))]
    MisspeltFagsystem {
        /// The id in the file.
        id: FagsystemId,
        /// A suggestion.
        meant: String,
    },
    /// A known authority is listed twice.
    #[error("the known authority {cvr} stands there already, at {first}; keep one of them")]
    KnownAuthorityTaken {
        /// Its number.
        cvr: Cvr,
        /// Where it was listed first.
        first: JsonPath,
    },
    /// The file is larger than any configuration.
    #[error("the file is too large: it may have 32 MB and about a million values")]
    TooLarge,
    /// A key that the format does not have.
    #[error("this key is unknown here{}; known are {known}", or_meant(.meant.as_ref()))]
    UnknownKey {
        /// The keys that are allowed there.
        known: String,
        /// The one that may have been meant.
        meant: Option<String>,
    },
    /// A key that occurs twice in one object.
    #[error("this key stands twice")]
    RepeatedKey,
    /// A key that must be there.
    #[error("this is missing")]
    Missing,
    /// A value of another kind.
    #[error("here belongs {0}")]
    Expected(ValueKind),
    /// A value that is not among the choices.
    #[error("'{}' is not possible here{}; choose one of {choices}", without_cpr(.found), or_meant(.meant.as_ref()))]
    NoSuchChoice {
        /// The text that was found.
        found: String,
        /// The choices.
        choices: String,
        /// The one that may have been meant.
        meant: Option<String>,
    },
    /// A text that cannot be parsed.
    #[error("'{}': {why}", .why.shown(.found))]
    Unreadable {
        /// The text that was found.
        found: String,
        /// Why.
        why: InvalidText,
    },
    /// A version of the format that this program cannot read.
    #[error(
        "version {} of the format is unknown to this program, which reads version 1; use a newer program",
        without_cpr(&.0.to_string())
    )]
    Version(u64),
    /// A validity that ends before it begins.
    #[error("{0}")]
    EndsBeforeStart(#[from] EndsBeforeStart),
    /// A person with a CVR number or a contact point of its own.
    #[error("a person has none; leave it out, or say that afsenderType is \"cvr\"")]
    NotOfAPerson,
    /// A CVR number or a contact point of a sender of an unknown kind.
    #[error("only a sender with a CVR number has this; say that afsenderType is \"cvr\"")]
    SenderTypeMissing,
    /// The parts of the configuration contradict each other.
    #[error("{0}")]
    Contradiction(#[from] Problem),
}

/// The longest text that may be an interval, in bytes.
const LONGEST_INTERVAL: usize = 100;

impl FileProblem {
    /// A text that cannot be parsed.
    pub(in crate::exchange) fn unreadable(text: &str, why: InvalidText) -> Self {
        let is_short = text.len() <= LONGEST_INTERVAL;
        let is_interval = is_short && why.is_about_numbers() && looks_like_interval(text);
        Self::Unreadable { found: if is_interval { text.to_owned() } else { quoted(text) }, why }
    }
}

/// A text of the file as messages quote it: shortened, and without anything that looks like a CPR number.
pub(in crate::exchange) fn quoted(text: &str) -> String {
    const MAX_CHARACTERS: usize = 200;
    // Searching a whole file's text for CPR numbers would take several times its memory.
    const LOOKED_AT: usize = 4_000;
    short_without_cpr(&text[..text.floor_char_boundary(LOOKED_AT)], MAX_CHARACTERS)
}

/// A kind of value in a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueKind {
    /// The version that this program writes.
    #[error("the number 1")]
    One,
    /// A number of things.
    #[error("a whole number, 0 or more")]
    Count,
    /// A priority.
    #[error("a whole number from 1 to 4,294,967,295")]
    Priority,
    /// A limit of time.
    #[error("a whole number of seconds from 1 to 3,600")]
    Seconds,
    /// A size.
    #[error("a number of megabytes, more than 0")]
    Megabytes,
    /// On or off.
    #[error("true or false")]
    Switch,
    /// A text.
    #[error("a text")]
    Text,
    /// A text that is not empty.
    #[error("a text that is not empty")]
    SomeText,
    /// A list.
    #[error("a list")]
    List,
    /// The groups above one.
    #[error("a list of at most 100 groups")]
    Levels,
    /// An object.
    #[error("an object")]
    Object,
}

/// Why a text is not of the form that is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// It is no CVR number.
    #[error(transparent)]
    Cvr(#[from] NotACvr),
    /// It is no number of KLE or FORM, and no interval of them.
    #[error(transparent)]
    Interval(#[from] NotAnInterval),
    /// It is no number of the classification of that name.
    #[error("a {0} number is two digits a level with dots between")]
    Number(&'static str),
    /// It is no address that messages can be sent to.
    #[error(transparent)]
    Endpoint(#[from] NotAnEndpoint),
    /// It cannot be the name of a header that holds a secret.
    #[error(transparent)]
    HeaderName(#[from] NotAHeaderName),
    /// It is no day of the calendar.
    #[error("a date is written YYYY-MM-DD and must be in the calendar")]
    Date,
    /// It is no moment.
    #[error("a moment is written as in RFC 3339: 2026-11-24T08:30:00Z")]
    Moment,
}

impl InvalidText {
    /// The text that was found, without anything that looks like a CPR number. The digits of an interval are not mistaken
    /// for one.
    #[must_use]
    pub fn shown<'a>(&self, found: &'a str) -> Cow<'a, str> {
        let is_interval = self.is_about_numbers() && looks_like_interval(found);
        if is_interval { Cow::Borrowed(found) } else { without_cpr(found) }
    }

    fn is_about_numbers(self) -> bool {
        matches!(self, Self::Interval(_) | Self::Number(_))
    }
}

/// The end of a message: a suggestion, if there is one.
fn or_meant(meant: Option<&String>) -> String {
    meant.map_or_else(String::new, |meant| format!(" (did you mean '{meant}'?)"))
}

/// Every fault of a configuration file; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFaults(pub Vec<FileFault>);

impl fmt::Display for FileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} {}:", if count == 1 { "fault" } else { "faults" })?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for FileFaults {}
