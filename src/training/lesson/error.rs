use crate::exchange::FileFaults;

/// Why a lesson cannot be read. Places are keys of its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// The file is not TOML, or has other keys than lessons have.
    #[error("line {line}: {reason}")]
    NotALesson {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A value means nothing, or contradicts another.
    #[error("{place}: {reason}")]
    Wrong {
        /// The key, such as `maal[2].fagsystem`.
        place: String,
        /// What is wrong with it, and what it can be.
        reason: String,
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

impl LessonError {
    pub(super) fn wrong(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Wrong { place: place.into(), reason: reason.into() }
    }
}
