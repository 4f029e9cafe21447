//! *Tidslinje*.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar, within_sentence};
use crate::desktop::language::texts::findings::IdleTexts;
use crate::desktop::model::timeline::redating::{End, NotThere};
use crate::desktop::model::timeline::rows::{Grouping, Selection};
use crate::rules::{Priority, SenderKind};

#[derive(Debug)]
pub(in crate::desktop) struct TimelineTexts {
    pub grammar: &'static Grammar,
    pub title: &'static str,
    pub rules: Counted,
    pub gaps: Counted,
    /// How many days in the coming ninety mail goes to another fagsystem on.
    pub changes: Counted,
    pub grouping: fn(Grouping) -> &'static str,
    pub selection: fn(Selection) -> &'static str,
    pub months: &'static str,
    pub quarters: &'static str,
    pub years: &'static str,
    pub all: &'static str,
    pub show_today: &'static str,
    pub search: &'static str,
    pub none: &'static str,
    pub none_in_selection: &'static str,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub to_rules: &'static str,
    pub today: &'static str,
    pub shown_day: fn(day: &str) -> String,
    pub quarter: fn(u8) -> String,
    /// "KLE 32 Kontante ydelser": the heading of a group.
    pub main_group: fn(number: &str, title: &str) -> String,
    /// A rule in words: its number, what it looks at, and to which fagsystem.
    pub bar: fn(Priority, value: &str, fagsystem: &str) -> String,
    pub only_for: fn(senders: &str) -> String,
    pub period: fn(from: &str, to: &str) -> String,
    pub open: fn(from: &str) -> String,
    pub published: fn(period: &str) -> String,
    pub is_new: &'static str,
    pub is_off: &'static str,
    pub is_idle: fn(periods: &str) -> String,
    pub in_part: fn(periods: &str) -> String,
    pub gap: fn(period: &str, fagsystem: &str) -> String,
    pub gap_after: fn(from: &str, fagsystem: &str) -> String,
    /// The same for a part of the value or some senders: "… for 32.18".
    pub limited: fn(words: &str, to: &str) -> String,
    /// On a gap that has little room.
    pub gap_short: fn(fagsystem: &str) -> String,
    pub then_short: fn(fagsystem: &str) -> String,
    pub handover: fn(from: &str, to: &str, day: &str) -> String,
    pub sender: fn(SenderKind) -> &'static str,
    pub more: Counted,
    /// What an end that is being moved does.
    pub ends: fn(Priority, day: &str) -> String,
    pub never_ends: fn(Priority) -> String,
    pub begins: fn(Priority, day: &str) -> String,
    pub changes_on: fn(from: Priority, to: Priority, day: &str) -> String,
    pub backwards: fn(Priority, from: &str, to: &str) -> String,
    pub gone: fn(Priority) -> String,
    /// What earlier rules take on more days.
    pub overlap: fn(Priority, periods: &str) -> String,
    pub no_trouble: &'static str,
    pub too_many: &'static str,
    pub how: &'static str,
    pub how_by_keys: &'static str,
    pub working_out: &'static str,
    pub legend: LegendTexts,
}

/// What the bars look like.
#[derive(Debug)]
pub(in crate::desktop) struct LegendTexts {
    pub decides: &'static str,
    pub in_part: &'static str,
    pub idle: &'static str,
    pub off: &'static str,
    pub gap: &'static str,
    pub published: &'static str,
}

impl TimelineTexts {
    /// A name within a sentence.
    pub fn within(name: &str) -> String {
        within_sentence(name)
    }

    /// "25-10-2020 – 31-12-2026".
    pub fn period(&self, (from, to): (Date, Option<Date>)) -> String {
        match to {
            Some(to) if to == from => date_text(from),
            Some(to) => (self.period)(&date_text(from), &date_text(to)),
            None => (self.open)(&date_text(from)),
        }
    }

    /// The first of these periods, and how many there are besides.
    pub fn periods(&self, idle: &IdleTexts, periods: &[(Date, Option<Date>)]) -> String {
        const MOST: usize = 3;
        let mut words: Vec<_> = periods.iter().take(MOST).map(|period| idle.period(*period)).collect();
        if periods.len() > MOST {
            words.push(self.more.of(periods.len() - MOST));
        }
        self.grammar.joined(&words)
    }

    /// Days that go to the default recipient.
    pub fn gap_of(&self, (from, to): (Date, Option<Date>), fagsystem: &str) -> String {
        match to {
            Some(_) => (self.gap)(&self.period((from, to)), fagsystem),
            None => (self.gap_after)(&date_text(from), fagsystem),
        }
    }

    /// The new end of a rule.
    pub fn redated(&self, rule: Priority, end: End, day: Option<Date>) -> String {
        match (end, day) {
            (End::First, Some(day)) => (self.begins)(rule, &date_text(day)),
            (End::Last, Some(day)) => (self.ends)(rule, &date_text(day)),
            (_, None) => (self.never_ends)(rule),
        }
    }

    /// Why an end cannot be where it was let go.
    pub fn not_there(&self, why: NotThere) -> String {
        match why {
            NotThere::Backwards { rule, from, to } => (self.backwards)(rule, &date_text(from), &date_text(to)),
            NotThere::Gone(rule) => (self.gone)(rule),
        }
    }
}
