//! Everything that is printed passes through here, since text from others may hold escape sequences.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::conclusion::Failure;
use crate::visible::{visible, visible_json};

/// Prints one line on standard output, with control characters made visible. A closed pipe is no failure: the reader may
/// have seen enough.
pub(super) fn print_line(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{}", visible(&line.to_string()));
}

/// Prints JSON on one line, with control characters escaped.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let _ = writeln!(io::stdout(), "{}", visible_json(&serde_json::to_string(value)?));
    Ok(())
}

/// Prints one line on standard error, with control characters made visible.
pub(super) fn eprint_line(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{}", visible(&line.to_string()));
}

/// A number with its noun.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Prints on standard error why the program ends, as one line, and returns exit status 2.
#[must_use]
pub fn fail(words: &str) -> ExitCode {
    let lines: Vec<_> = words.lines().map(str::trim).collect();
    eprint_line(format_args!("{}", lines.join(" ")));
    ExitCode::from(2)
}
