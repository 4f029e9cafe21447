//! One message whose way is shown on *Kort*.

#[derive(Debug)]
pub(in crate::desktop) struct TraceTexts {
    /// Leads to it from wherever the message is.
    pub show: &'static str,
    /// What it is, who writes it, and on which day it comes where that is not today.
    pub message: fn(what: &str, writer: &str, day: Option<&str>) -> String,
    pub by_rule: fn(message: &str, rule: &str, looks_at: &str, fagsystem: &str) -> String,
    pub by_default: fn(message: &str, fagsystem: &str) -> String,
    /// The rules in force decide nothing.
    pub undecided: &'static str,
    pub right: &'static str,
    /// It belongs there, but the fagsystem is paused.
    pub held: fn(fagsystem: &str) -> String,
    pub belongs_to: fn(fagsystem: &str) -> String,
    /// A rule would send it there, but an earlier one takes it.
    pub taken_from: fn(rule: &str, fagsystem: &str, by: &str) -> String,
    pub no_rule: fn(fagsystem: &str) -> String,
    /// Where it goes by the draft, and by which rule.
    pub by_draft: fn(fagsystem: &str, rule: Option<u32>) -> String,
    /// The map shows its rule together with others of these numbers.
    pub bundled: fn(numbers: &str) -> String,
    pub look_into: &'static str,
    pub its_way: &'static str,
    pub its_place: &'static str,
    pub back_to_lesson: &'static str,
    pub leave: &'static str,
}
