//! Guards (*vagtmeddelelser*): messages that must reach a certain fagsystem.

use crate::desktop::language::changes::Change;
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, capitalised};
use crate::rules::{BrokenGuard, Priority};

#[derive(Debug)]
pub(in crate::desktop) struct GuardTexts {
    pub title: &'static str,
    /// How many are broken, for the bar above.
    pub broken: Counted,
    /// How many hold, of how many.
    pub held: fn(usize, usize) -> String,
    pub must: fn(fagsystem: &str) -> String,
    pub by_rule: fn(when: &str, fagsystem: &str, Priority) -> String,
    pub by_default: fn(when: &str, fagsystem: &str) -> String,
    pub refused: fn(when: &str) -> String,
    /// From a day on.
    pub from: fn(day: &str) -> String,
    /// On a day alone.
    pub on: fn(day: &str) -> String,
    pub remove: &'static str,
    /// Its message.
    pub see: &'static str,
    pub blocked: Counted,
    pub overrule: &'static str,
    pub why: &'static str,
    pub why_example: &'static str,
    pub why_missing: &'static str,
    /// What is written in the note of a publication that breaks guards.
    pub despite_names: fn(names: &str, why: &str) -> String,
    /// How many more names there are.
    pub and_more: fn(usize) -> String,
    pub keep: &'static str,
    /// What that button does, after its words, today or on that other day.
    pub keep_hint: fn(keep: &str, day: Option<&str>) -> String,
    pub decides_nothing: fn(day: Option<&str>) -> String,
    /// So many are broken from today on, where those of another day are shown.
    pub from_today: Counted,
    /// The name of a guard: what its message is, and where it must go.
    pub named: fn(about: &str, fagsystem: &str) -> String,
    /// How many guards require a fagsystem, which so cannot be deleted.
    pub needed: Counted,
}

/// More names than this are counted in a note.
const MOST_NAMED: usize = 20;

impl GuardTexts {
    /// The name of a guard, by what its message is and where it must go.
    pub fn name(&self, about: &str, fagsystem: &str) -> String {
        (self.named)(&capitalised(about), fagsystem)
    }

    /// When a guard is first broken: on the only day that it is for, or from a day on.
    pub fn when(&self, broken: &BrokenGuard) -> String {
        let day = date_text(broken.day);
        if broken.guard.day.is_some() { (self.on)(&day) } else { (self.from)(&day) }
    }

    /// The sentence in the note of a publication that breaks guards.
    pub fn despite(&self, broken: &[BrokenGuard], why: &str) -> String {
        (self.despite_names)(&self.names(broken), why.trim())
    }

    /// The names of guards; of many, the first ones.
    pub fn names(&self, broken: &[BrokenGuard]) -> String {
        let mut names: Vec<String> = broken.iter().take(MOST_NAMED).map(|it| it.guard.name.clone()).collect();
        let more = broken.len() - names.len();
        if more > 0 {
            names.push((self.and_more)(more));
        }
        names.join(", ")
    }
}

/// What changes of a guard: one text for each `GuardChange`.
#[derive(Debug)]
pub(in crate::desktop) struct GuardChangeTexts {
    pub added: fn(name: &str, fagsystem: &str, day: Option<&str>) -> String,
    pub removed: fn(name: &str) -> String,
    pub changed: fn(name: &str, changes: &str) -> String,
    pub fagsystem: fn(&Change<'_, str>) -> String,
    pub day: fn(day: &str) -> String,
    pub every_day: &'static str,
    pub message: &'static str,
}
