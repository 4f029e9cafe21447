//! Training packages: writing one, and opening one.

use crate::desktop::language::grammar::Counted;
use crate::store::PastError;
use crate::training::{PackageFault, TrainingPackageError};

#[derive(Debug)]
pub(in crate::desktop) struct TrainingPackageTexts {
    /// The kind of file, what it is for, and the name that is suggested.
    pub kind: &'static str,
    pub hint: &'static str,
    pub file_name: &'static str,
    pub name: &'static str,
    pub name_example: &'static str,
    pub journal: &'static str,
    pub journal_hint: &'static str,
    /// That many of the journal's days; 0 for none.
    pub days: fn(u16) -> String,
    pub messages: &'static str,
    pub no_messages: &'static str,
    pub made_messages: &'static str,
    pub own_messages: &'static str,
    pub own_messages_hint: &'static str,
    pub count: &'static str,
    pub count_error: fn(most: usize) -> String,
    pub seed: &'static str,
    pub seed_hint: &'static str,
    pub seed_error: &'static str,
    pub directory: &'static str,
    pub directory_error: &'static str,
    pub lesson: &'static str,
    pub lesson_example: &'static str,
    pub browse: &'static str,
    pub rename: &'static str,
    pub replace_texts: &'static str,
    pub keep_notes: &'static str,
    /// What is never in it, and what remains.
    pub privacy: &'static str,
    pub written: fn(path: &str, messages: &str, calls: &str) -> String,
    pub left_out: fn(u64) -> String,
    pub message_count: Counted,
    pub call_count: Counted,
    pub rule_count: Counted,
    /// Above an opened package, by its name, which may be empty.
    pub title: fn(name: &str) -> String,
    pub has_lesson: &'static str,
    /// What it is, in the list of what can be read.
    pub in_list: &'static str,
    /// What it holds.
    pub contents: &'static str,
    pub calls: &'static str,
    /// What happens when it is opened, in training and among real data.
    pub about_here: &'static str,
    pub about_real: &'static str,
    /// Where its messages and lesson will be.
    pub place: fn(directory: &str) -> String,
    pub begin_here: &'static str,
    pub begin_there: &'static str,
    pub leave: &'static str,
    pub alone: &'static str,
    /// On the first screen, where no package can be opened.
    pub first: &'static str,
    pub start: &'static str,
    pub start_about: &'static str,
    pub start_sample: &'static str,
    pub error: fn(&TrainingPackageError) -> String,
    /// What is wrong with an entry that is named beside it.
    pub fault: fn(&PackageFault) -> String,
    pub no_chance: &'static str,
    pub no_past: fn(&PastError) -> &'static str,
    pub nothing_published: &'static str,
    pub no_messages_in: fn(path: &str) -> String,
    pub in_use: &'static str,
}
