//! What the check of the rules finds, and what would mend it.

use jiff::civil::Date;

use super::rules::NeverTexts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::Grammar;
use crate::desktop::language::names::fagsystem_name;
use crate::rules::{Authority, Caseless, Cvr, Finding, FindingKind, Priority, Problem, Remedy};

/// What the check of the rules finds.
#[derive(Debug)]
pub(in crate::desktop) struct FindingTexts {
    pub never: NeverTexts,
    pub idle: IdleTexts,
    pub redundant: fn(Priority) -> String,
    /// The earlier rule or rules that take a part of what a rule matches.
    pub overlap: fn(by: &str, Priority) -> String,
    /// Some rules, and perhaps more.
    pub perhaps_more: fn(&str) -> String,
    pub default_unreachable: fn(by: &str) -> String,
    pub expires_soon: fn(Priority, day: &str) -> String,
    pub contradiction: fn(&Problem) -> String,
    pub expired: fn(Priority, day: &str) -> String,
    pub paused: fn(fagsystem: &str) -> String,
    pub unlisted_contact_point: fn(&Caseless) -> String,
    pub unlisted_contact_group: fn(&Caseless) -> String,
    pub secret_unencrypted: fn(fagsystem: &str) -> String,
    pub unencrypted: fn(fagsystem: &str) -> String,
    pub check_digit: fn(Cvr) -> String,
}

/// What would mend a finding.
#[derive(Debug)]
pub(in crate::desktop) struct RemedyTexts {
    pub delete: &'static str,
    pub move_before: fn(Priority) -> String,
    pub extend: &'static str,
    /// Let it begin on that day, and let it end.
    pub begin_on: fn(day: &str) -> String,
    pub end_on: fn(day: &str) -> String,
}

/// When a rule decides nothing, and why.
#[derive(Debug)]
pub(in crate::desktop) struct IdleTexts {
    pub grammar: &'static Grammar,
    pub sentence: fn(Priority, periods: &str, by: &str) -> String,
    pub from: fn(day: &str) -> String,
    pub through: fn(from: &str, to: &str) -> String,
    /// The earlier rule or rules that take everything then.
    pub taken_by_one: fn(rule: &str) -> String,
    pub taken_by_several: fn(rules: &str) -> String,
}

impl FindingTexts {
    /// What the check of the rules finds, in a sentence or two.
    pub fn of(&self, authority: &Authority, finding: &FindingKind) -> String {
        match finding {
            FindingKind::Contradiction(problem) => (self.contradiction)(problem),
            FindingKind::Never { rule, why } => self.never.of_number(*rule, why),
            FindingKind::SometimesIdle { rule, idle } => {
                let periods: Vec<_> = idle.periods.iter().map(|period| self.idle.period(*period)).collect();
                let by = self.never.list.of(&idle.by);
                let taken = if idle.by.len() == 1 { self.idle.taken_by_one } else { self.idle.taken_by_several };
                (self.idle.sentence)(*rule, &self.idle.grammar.joined(&periods), &taken(&by))
            }
            FindingKind::Redundant(rule) => (self.redundant)(*rule),
            FindingKind::Overlap { rule, by } => {
                let named = self.never.list.of(by);
                // More than those may not have been looked for.
                let by = if by.len() < Finding::MAX_OVERLAPS { named } else { (self.perhaps_more)(&named) };
                (self.overlap)(&by, *rule)
            }
            FindingKind::DefaultUnreachable(by) => (self.default_unreachable)(&self.never.list.of(by)),
            FindingKind::ExpiresSoon { rule, to } => (self.expires_soon)(*rule, &date_text(*to)),
            FindingKind::Expired { rule, to } => (self.expired)(*rule, &date_text(*to)),
            FindingKind::Paused(id) => (self.paused)(fagsystem_name(authority, id)),
            FindingKind::UnlistedContactPoint(id) => (self.unlisted_contact_point)(id),
            FindingKind::UnlistedContactGroup(name) => (self.unlisted_contact_group)(name),
            FindingKind::SecretUnencrypted(id) => (self.secret_unencrypted)(fagsystem_name(authority, id)),
            FindingKind::Unencrypted(id) => (self.unencrypted)(fagsystem_name(authority, id)),
            FindingKind::CheckDigit(cvr) => (self.check_digit)(*cvr),
        }
    }
}

impl RemedyTexts {
    /// What would mend a finding, as a button says it.
    pub fn of(&self, remedy: Remedy) -> String {
        match remedy {
            Remedy::Delete(_) => self.delete.to_owned(),
            Remedy::MoveBefore(_, other) => (self.move_before)(other),
            Remedy::Extend(_) => self.extend.to_owned(),
            Remedy::BeginOn(_, day) => (self.begin_on)(&date_text(day)),
            Remedy::EndOn(_, day) => (self.end_on)(&date_text(day)),
        }
    }
}

impl IdleTexts {
    /// "from 01-12-2026 through 24-12-2026".
    pub fn period(&self, (from, to): (Date, Option<Date>)) -> String {
        match to {
            Some(to) => (self.through)(&date_text(from), &date_text(to)),
            None => (self.from)(&date_text(from)),
        }
    }
}
