//! *Opsamling*: what rules decide, and what falls to the default recipient.

use jiff::civil::Date;

use super::fields::CalendarTexts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::model::default_mail::{Decided, DefaultGroup, Facet, Span, Step};

#[derive(Debug)]
pub(in crate::desktop) struct DefaultMailTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub calendar: &'static CalendarTexts,
    /// Where it goes.
    pub about: fn(fagsystem: &str) -> String,
    pub none: &'static str,
    pub working_out: &'static str,
    /// The one number.
    pub number: fn(share: &str, compared: &str) -> String,
    pub in_month: fn(share: &str, month: &str) -> String,
    pub unknown: &'static str,
    pub of_messages: fn(by_rule: &str, all: &str) -> String,
    pub counted_once: &'static str,
    pub span: fn(Span) -> &'static str,
    pub compare_with: &'static str,
    pub no_month: &'static str,
    pub step: fn(Step) -> &'static str,
    /// The heading of the curve.
    pub curve: &'static str,
    pub week_from: fn(day: &str) -> String,
    pub no_mail: &'static str,
    pub by_rule: fn(share: &str, by_rule: &str, all: &str) -> String,
    pub fallen: &'static str,
    pub fallen_count: Counted,
    /// Groups of different kinds overlap.
    pub overlap: &'static str,
    pub facet: fn(Facet) -> &'static str,
    pub none_of_facet: &'static str,
    pub columns: GroupColumns,
    /// What rules of the draft would take of a group: all of it, or so many. It is for now, or for another day.
    pub drafted_all: fn(is_now: bool) -> &'static str,
    pub drafted: fn(count: &str, is_now: bool) -> String,
    pub not_drafted: &'static str,
    pub make_rule: &'static str,
    pub no_rule: &'static str,
    pub more_groups: Counted,
}

#[derive(Debug)]
pub(in crate::desktop) struct GroupColumns {
    pub messages: &'static str,
    pub share: &'static str,
    /// The rules of the draft, today or on another day.
    pub draft: fn(is_now: bool) -> &'static str,
}

impl DefaultMailTexts {
    /// The one number, with that of an earlier month.
    pub fn number(&self, now: Decided, compared: Option<(Date, Decided)>) -> String {
        let compared = match compared {
            Some((month, before)) => (self.in_month)(&self.share(before), &self.month(month)),
            None => String::new(),
        };
        (self.number)(&self.share(now), &compared)
    }

    /// The share that rules decided; that it is unknown where there is no mail.
    pub fn share(&self, decided: Decided) -> String {
        if decided.all == 0 {
            return self.unknown.to_owned();
        }
        self.grammar.percent(decided.by_rule, decided.all)
    }

    pub fn of_messages(&self, decided: Decided) -> String {
        (self.of_messages)(&self.grammar.number(decided.by_rule), &self.grammar.number(decided.all))
    }

    /// What rules decided in a step of the curve.
    pub fn by_rule(&self, decided: Decided) -> String {
        let number = |number| self.grammar.number(number);
        match decided.all {
            0 => self.no_mail.to_owned(),
            all => (self.by_rule)(&self.share(decided), &number(decided.by_rule), &number(all)),
        }
    }

    /// A month with its year.
    pub fn month(&self, first: Date) -> String {
        format!("{} {}", self.calendar.month(first), first.year())
    }

    /// When a step of the curve was.
    pub fn when(&self, step: Step, first: Date) -> String {
        match step {
            Step::Day => format!("{} {}", self.calendar.weekday(first.weekday()), date_text(first)),
            Step::Week => (self.week_from)(&date_text(first)),
        }
    }

    /// What rules of the draft would take of a group now, or on another day.
    pub fn drafted(&self, group: &DefaultGroup, is_now: bool) -> String {
        match group.drafted {
            0 => self.not_drafted.to_owned(),
            all if all == group.messages => (self.drafted_all)(is_now).to_owned(),
            some => (self.drafted)(&self.grammar.number(some), is_now),
        }
    }
}
