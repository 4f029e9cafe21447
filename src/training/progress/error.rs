use super::limits::{ENDING, LONGEST_NAME, MOST_BYTES, MOST_LINES};

/// Why a file is not taken for the progress of a machine. Nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProgressFileError {
    /// It is larger than any such file.
    #[error("the file is too large: progress takes at most {} MB", MOST_BYTES >> 20)]
    TooLarge,
    /// It is something else.
    #[error("this is no progress of a machine: choose a file that *Lessons* has saved (.{})", ENDING)]
    NotOurs,
    /// It was saved by a newer version of the program.
    #[error("the progress was saved by a newer version of the program (version {0} of the format): update this one")]
    Newer(u64),
    /// It ends too soon, or something in it was overwritten.
    #[error("line {line}, column {column}: the file is damaged or cut short; have it saved again")]
    Damaged {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// It has other keys than such files have, or values of another kind.
    #[error("line {line}, column {column}: this does not belong in a file of progress; have it saved again")]
    Foreign {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// A value cannot be.
    #[error("{place}: {fault}; have it saved again")]
    Wrong {
        /// Which, such as `fremgang[3].navn`.
        place: String,
        /// What is wrong with it.
        fault: ProgressFault,
    },
}

/// What is wrong with a value in a file of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProgressFault {
    /// There are more than there may be.
    #[error("there are more than {}", MOST_LINES)]
    TooMany,
    /// It is no name of a person or machine.
    #[error("a name has at most {} characters, all of them visible", LONGEST_NAME)]
    Name,
    /// It is no id of a lesson.
    #[error("the id of a lesson is lower-case letters, digits and hyphens")]
    Lesson,
    /// It is no moment at which anybody can have learnt.
    #[error("a moment is written as 2026-11-24T08:30:00Z, in the years 2000 to 2199")]
    Moment,
    /// It is said when a lesson was solved, but not with how many rules; or the reverse.
    #[error("loest and regler belong together: the one is there without the other")]
    HalfSolved,
    /// The same person has the same lesson twice.
    #[error("the same person has the same lesson twice")]
    Twice,
}
