//! *Øvelsesfagsystemer*: what practice fagsystems have received, and how they answer.

use crate::desktop::language::grammar::Counted;
use crate::training::{LetterFate, PracticeMood};

#[derive(Debug)]
pub(in crate::desktop) struct PracticeTexts {
    pub title: &'static str,
    pub about: &'static str,
    /// The list's first line: every practice fagsystem at once.
    pub all: &'static str,
    pub add: &'static str,
    pub new_name: fn(number: usize) -> String,
    pub empty_all: &'static str,
    pub received: Counted,
    /// How many messages came while it was down.
    pub missed: Counted,
    pub mood: fn(PracticeMood) -> &'static str,
    /// What that means for a message, and what the router makes of it.
    pub mood_about: fn(PracticeMood) -> &'static str,
    /// Where not all have the same mood.
    pub mixed: &'static str,
    pub only_in_draft: &'static str,
    /// Messages came to its path, and no fagsystem has it.
    pub nobodys: &'static str,
    pub none: fn(page: &str) -> String,
    pub no_systems: &'static str,
    pub elsewhere: &'static str,
    pub start_here: &'static str,
    pub columns: InboxColumns,
    pub fate: fn(LetterFate) -> &'static str,
    /// A message whose header could not be read.
    pub no_header: &'static str,
    pub no_subject: &'static str,
    pub no_document: &'static str,
    pub not_text: fn(name: &str, format: &str) -> String,
    pub is_cut: &'static str,
    pub try_out: &'static str,
    /// The palette's line that gives all of them that mood.
    pub all_in_mood: fn(mood: &str) -> String,
}

/// The columns of an inbox.
#[derive(Debug)]
pub(in crate::desktop) struct InboxColumns {
    pub time: &'static str,
    pub fate: &'static str,
    pub fagsystem: &'static str,
    pub subject: &'static str,
    pub bytes: &'static str,
}
