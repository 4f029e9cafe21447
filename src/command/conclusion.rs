//! How a subcommand ends.

use std::error::Error;

/// The result of a subcommand that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conclusion {
    /// Done: exit status 0.
    Done,
    /// The answer is "no": a fault found, a message refused. Exit status 1.
    No,
}

/// A failure: what happened, where, and what to do, in one line. Exit status 2.
pub(super) type Failure = Box<dyn Error>;
