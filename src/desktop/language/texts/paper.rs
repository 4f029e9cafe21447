//! Documents as files and on paper, whatever they say.

use crate::desktop::language::grammar::Counted;

/// How a document is saved and printed.
#[derive(Debug)]
pub(in crate::desktop) struct PaperTexts {
    pub document: &'static str,
    pub save_pdf: &'static str,
    pub save_page: &'static str,
    pub print: &'static str,
    pub file: &'static str,
    pub browse: &'static str,
    pub no_file: &'static str,
    pub not_a_file: &'static str,
    pub write: &'static str,
    pub working: &'static str,
    pub written: fn(path: &str) -> String,
    /// It is on its way to the printer.
    pub sent: &'static str,
    /// It is open in another program, which can print it.
    pub shown: &'static str,
    /// Rows of a table that the window does not show.
    pub more_rows: Counted,
    /// A moment by the clock in Denmark, so many hours ahead of UTC.
    pub moment: fn(moment: &str, hours: i32) -> String,
    pub program: fn(version: &str) -> String,
    pub made_by: &'static str,
    pub made_at: &'static str,
    pub made_with: &'static str,
    /// Where a name is unknown.
    pub unknown: &'static str,
}
