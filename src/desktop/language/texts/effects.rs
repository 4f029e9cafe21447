//! What past messages would notice of other rules.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar, RuleList};
use crate::rules::Priority;

#[derive(Debug)]
pub(in crate::desktop) struct EffectTexts {
    pub grammar: &'static Grammar,
    pub list: RuleList,
    pub working_out: &'static str,
    /// Nobody can say, since the rules contradict one another.
    pub contradiction: &'static str,
    /// The draft is begun on an older publication than that one.
    pub behind: fn(i64) -> String,
    /// On how many more days it changes.
    pub more_days: Counted,
    /// On how many more days it may change; that has not been worked out.
    pub left_out: Counted,
    /// The messages that were tried.
    pub tried: Counted,
    pub turnout: TurnoutTexts,
    pub catch: CatchTexts,
    pub none_fits: &'static str,
    /// The rule's last day is past.
    pub is_over: fn(day: &str) -> String,
    /// It will be on the day that is shown.
    pub will_be_over: fn(last: &str, day: &str) -> String,
}

/// How many messages change receiver, and from where to where.
#[derive(Debug)]
pub(in crate::desktop) struct TurnoutTexts {
    pub nothing_to_try: &'static str,
    pub none: &'static str,
    pub always: fn(count: &str, tried: &str) -> String,
    pub always_none: fn(tried: &str) -> String,
    pub today: fn(count: &str, tried: &str) -> String,
    /// The same on another day, and from another day on.
    pub on_day: fn(day: &str, count: &str, tried: &str) -> String,
    pub always_from: fn(day: &str, count: &str, tried: &str) -> String,
    pub from_day: fn(day: &str, count: &str) -> String,
    pub moved: fn(count: &str, from: &str, to: &str) -> String,
    pub refused: fn(count: &str, from: &str) -> String,
    pub no_longer_refused: fn(count: &str, to: &str) -> String,
    pub elsewhere: fn(count: &str) -> String,
    /// After the sentence: how many wait for a fagsystem that is paused.
    pub held: Counted,
}

/// What a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct CatchTexts {
    pub nothing_to_try: &'static str,
    pub none: &'static str,
    pub begun: fn(&CatchBegun<'_>) -> String,
    pub same: fn(count: &str, fagsystem: &str) -> String,
    /// Where they go now, or on another day.
    pub from: fn(count: &str, fagsystem: &str, is_now: bool) -> String,
    pub refused: fn(count: &str, is_now: bool) -> String,
    pub first_day: fn(day: &str, count: &str) -> String,
    pub other_day: fn(day: &str, count: &str) -> String,
    /// Earlier rules match all the messages that this one would; how many rules, and how many messages.
    pub all_lost: fn(rules: &str, is_one_rule: bool, messages: &str) -> String,
    pub one_of_all_lost: fn(rules: &str, is_one_rule: bool) -> String,
    /// So are some of them.
    pub some_lost: fn(rules: &str, is_one_rule: bool, messages: &str) -> String,
    pub one_lost: fn(rules: &str, is_one_rule: bool) -> String,
}

/// How the sentence begins that says what a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct CatchBegun<'a> {
    /// From that later day on.
    pub day: Option<&'a str>,
    /// It is switched off.
    pub is_off: bool,
    /// How many it would take; `None` for none.
    pub count: Option<&'a str>,
    pub tried: &'a str,
}

/// What becomes of messages.
#[derive(Debug)]
pub(in crate::desktop) struct Turnout {
    pub when: When,
    /// The day whose rules decide first, where that is not today.
    pub day: Option<Date>,
    /// How many were tried.
    pub all: u64,
    pub ways: Vec<Way>,
    /// How many go another way than those.
    pub elsewhere: u64,
    /// How many wait for a fagsystem that is paused.
    pub held: u64,
}

impl Turnout {
    /// How many change receiver.
    fn changed(&self) -> u64 {
        self.ways.iter().map(|way| way.count).sum::<u64>() + self.elsewhere
    }
}

/// On which day something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum When {
    /// On any, from today on or from another day that is shown.
    Always,
    /// Today or on that day, and no longer from a later day on.
    Today,
    From(Date),
}

/// How many messages would go from one receiver to another, by name; `None`: they are refused.
#[derive(Debug)]
pub(in crate::desktop) struct Way {
    pub from: Option<String>,
    pub to: Option<String>,
    pub count: u64,
}

/// What a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct Caught {
    /// From that other day on.
    pub from: Option<Date>,
    /// The rules of today are shown.
    pub is_seen_today: bool,
    /// It is switched off.
    pub is_off: bool,
    /// How many messages were tried.
    pub all: u64,
    pub taken: Vec<Taken>,
}

impl Caught {
    /// How many it would take.
    pub fn count(&self) -> u64 {
        self.taken.iter().map(|taken| taken.count).sum()
    }
}

/// Where messages go now that a rule would take.
#[derive(Debug)]
pub(in crate::desktop) struct Taken {
    /// By name; `None`: they are refused now.
    pub from: Option<String>,
    /// It is where the rule sends them, too.
    pub is_same: bool,
    pub count: u64,
}

impl EffectTexts {
    /// What becomes of past messages, in a sentence or two.
    pub fn turnout(&self, it: &Turnout) -> String {
        let words = &self.turnout;
        if it.all == 0 {
            return words.nothing_to_try.to_owned();
        }
        let tried = self.tried.of(it.all);
        let changed = it.changed();
        let count = if changed == 0 { words.none.to_owned() } else { self.number(changed) };
        let begun = match it.when {
            When::Always if let Some(day) = it.day => (words.always_from)(&date_text(day), &count, &tried),
            When::Today if let Some(day) = it.day => (words.on_day)(&date_text(day), &count, &tried),
            When::Always if changed == 0 => (words.always_none)(&tried),
            When::Always => (words.always)(&count, &tried),
            When::Today => (words.today)(&count, &tried),
            When::From(day) => (words.from_day)(&date_text(day), &count),
        };
        let mut ways: Vec<_> = it.ways.iter().map(|way| self.way(way)).collect();
        ways.extend((it.elsewhere > 0).then(|| (words.elsewhere)(&self.number(it.elsewhere))));
        let ways = if ways.is_empty() { String::new() } else { format!(": {}", ways.join(", ")) };
        let held = if it.held > 0 { format!(" {}", words.held.of(it.held)) } else { String::new() };
        format!("{begun}{ways}.{held}")
    }

    fn way(&self, way: &Way) -> String {
        let (words, count) = (&self.turnout, self.number(way.count));
        match (&way.from, &way.to) {
            (Some(from), Some(to)) => (words.moved)(&count, from, to),
            (Some(from), None) => (words.refused)(&count, from),
            (None, Some(to)) => (words.no_longer_refused)(&count, to),
            (None, None) => count,
        }
    }

    /// What a rule would take of past messages, in a sentence.
    pub fn catch(&self, it: &Caught) -> String {
        let words = &self.catch;
        if it.all == 0 {
            return words.nothing_to_try.to_owned();
        }
        let (day, count) = (it.from.map(date_text), Some(it.count()).filter(|count| *count > 0));
        let count = count.map(|count| self.number(count));
        let tried = self.tried.of(it.all);
        let begun = CatchBegun { day: day.as_deref(), is_off: it.is_off, count: count.as_deref(), tried: &tried };
        let begun = (words.begun)(&begun);
        let taken: Vec<_> = it.taken.iter().map(|taken| self.taken(taken, it.is_seen_today)).collect();
        if taken.is_empty() { format!("{begun}.") } else { format!("{begun}: {}.", taken.join(", ")) }
    }

    fn taken(&self, taken: &Taken, is_now: bool) -> String {
        let (words, count) = (&self.catch, self.number(taken.count));
        match &taken.from {
            Some(name) if taken.is_same => (words.same)(&count, name),
            Some(name) => (words.from)(&count, name, is_now),
            None => (words.refused)(&count, is_now),
        }
    }

    /// How many a rule would take from later days on: "From 01-03-2027 it would take 5, from 01-06-2027 none."
    pub fn later(&self, days: &[(Date, u64)]) -> String {
        let words = &self.catch;
        let part = |(at, (day, taken)): (usize, &(Date, u64))| {
            let count = if *taken == 0 { words.none.to_owned() } else { self.number(*taken) };
            let text = if at == 0 { words.first_day } else { words.other_day };
            text(&date_text(*day), &count)
        };
        format!("{}.", days.iter().enumerate().map(part).collect::<Vec<_>>().join(", "))
    }

    /// Which earlier rules take how many of the messages that fit, and whether none is left.
    pub fn lost(&self, rules: &[Priority], messages: u64, is_all: bool) -> String {
        let words = &self.catch;
        let (list, is_one_rule) = (self.list.of(rules), rules.len() == 1);
        match (is_all, messages) {
            (true, 1) => (words.one_of_all_lost)(&list, is_one_rule),
            (true, count) => (words.all_lost)(&list, is_one_rule, &self.number(count)),
            (false, 1) => (words.one_lost)(&list, is_one_rule),
            (false, count) => (words.some_lost)(&list, is_one_rule, &self.number(count)),
        }
    }

    /// That the rule's last day is past on the day that is shown.
    pub fn is_over(&self, last: Date, day: Date, today: Date) -> String {
        if last < today {
            (self.is_over)(&date_text(last))
        } else {
            (self.will_be_over)(&date_text(last), &date_text(day))
        }
    }

    fn number(&self, number: u64) -> String {
        self.grammar.number(number)
    }
}
