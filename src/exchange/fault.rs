use std::fmt;

use crate::rules::{EndsBeforeStart, Place, Problem};

/// Something in a configuration file that must be mended before it can be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct FileFault {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub problem: FileProblem,
}

/// What can be wrong in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// The file is no JSON.
    #[error("the file is not JSON: {0}")]
    NotJson(String),
    /// A key that the format does not have.
    #[error("this key is unknown here; known are {0}")]
    UnknownKey(String),
    /// A key that stands twice.
    #[error("this key stands twice")]
    RepeatedKey,
    /// A key that must be there.
    #[error("this is missing")]
    Missing,
    /// A value of another kind.
    #[error("here belongs {0}")]
    Expected(&'static str),
    /// A value that is not one of those that are possible.
    #[error("'{found}' is not possible here; choose one of {choices}")]
    NoSuchChoice {
        /// What stands there.
        found: String,
        /// What could.
        choices: String,
    },
    /// A text that does not say what it should.
    #[error("'{found}': {why}")]
    Unreadable {
        /// What stands there.
        found: String,
        /// What is wrong with it.
        why: String,
    },
    /// A version of the format that this program does not know.
    #[error("version {0} of the format is unknown to this program, which reads version 1; use a newer program")]
    Version(u64),
    /// A validity that ends before it begins.
    #[error("{0}")]
    EndsBeforeStart(#[from] EndsBeforeStart),
    /// The parts of the configuration contradict each other.
    #[error("{0}")]
    Contradiction(#[from] Problem),
}

/// Every fault of a configuration file; never empty when it is an error.
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
