//! The proof: what changes for all messages that there can be.

use jiff::civil::Date;

use super::findings::IdleTexts;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::rules::{Caseless, Priority};

#[derive(Debug)]
pub(in crate::desktop) struct ProofTexts {
    pub grammar: &'static Grammar,
    pub title: &'static str,
    /// For what it holds: from today on, or from that other day on.
    pub about: fn(day: Option<&str>) -> String,
    pub working_out: &'static str,
    pub contradiction: &'static str,
    /// The draft is begun on an older publication than that one.
    pub behind: fn(i64) -> String,
    /// How many kinds of mail change receiver, and that nothing else does.
    pub kinds: Counted,
    pub nothing: &'static str,
    pub nothing_else: &'static str,
    /// Too much changes to be listed.
    pub cut_off: &'static str,
    /// Which mail it is: "Mail with KLE 32 from companies".
    pub mail: fn(which: &str, from_whom: &str) -> String,
    /// Mail that no rule takes.
    pub rest: &'static str,
    pub refused: &'static str,
    /// Where such a message stays if it names that group of its contact point.
    pub stays: fn(group: &Caseless, fagsystem: &str, by: &str) -> String,
    pub example: &'static str,
    pub always: &'static str,
    /// A sentence that holds from another day on than today.
    pub seen_from: fn(day: &str, &str) -> String,
    /// How many more lines there are.
    pub more: Counted,
    /// From one fagsystem to another, or from what decides before to what decides after.
    pub way: fn(from: &str, to: &str) -> String,
    pub rule: fn(Priority) -> String,
    pub default: &'static str,
    /// Where there are more ways than are named.
    pub and_more: fn(usize) -> String,
}

impl ProofTexts {
    /// A sentence that holds from today on, or from that other day on.
    pub fn seen_on(&self, words: impl Into<String>, day: Option<&str>) -> String {
        let words = words.into();
        day.map_or_else(|| words.clone(), |day| (self.seen_from)(day, &words))
    }

    /// "from 01-01-2027 on", or that it is from today on, without an end. `today` is today by the calendar.
    pub fn periods(&self, idle: &IdleTexts, periods: &[(Date, Option<Date>)], today: Date) -> String {
        if *periods == [(today, None)] {
            return self.always.to_owned();
        }
        let words: Vec<_> = periods.iter().map(|period| idle.period(*period)).collect();
        self.grammar.joined(&words)
    }
}
