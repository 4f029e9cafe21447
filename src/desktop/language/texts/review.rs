//! *Gennemsyn*: the page, its document, and when the last one was.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::model::point_state::Rest;

#[derive(Debug)]
pub(in crate::desktop) struct ReviewTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub working_out: &'static str,
    pub file_name: &'static str,
    pub past: &'static str,
    pub past_line: fn(day: &str, who: &str) -> String,
    pub past_publication: fn(i64) -> String,
    /// Where the rules of another day than that of the review were looked through.
    pub past_day: fn(day: &str) -> String,
    /// After the document has been saved or printed: what pressing the button says.
    pub to_record: fn(publication: i64, day: &str, who: &str) -> String,
    pub not_made: &'static str,
    pub record: &'static str,
    pub recorded: &'static str,
    pub show: &'static str,
    pub last: LastReviewTexts,
    pub document: ReviewDocumentTexts,
}

/// When the last review was.
#[derive(Debug)]
pub(in crate::desktop) struct LastReviewTexts {
    pub none: &'static str,
    /// The day, who, and how long ago that is.
    pub was: fn(day: &str, who: &str, ago: &str) -> String,
    pub someone: &'static str,
    pub today: &'static str,
    pub days: Counted,
    pub months: Counted,
    /// After twelve months.
    pub overdue: &'static str,
    /// Between the name of an authority and its sentence, where there are several.
    pub of_authority: fn(authority: &str, sentence: &str) -> String,
}

/// What the document says.
#[derive(Debug)]
pub(in crate::desktop) struct ReviewDocumentTexts {
    pub grammar: &'static Grammar,
    pub title: &'static str,
    pub authority: &'static str,
    pub cvr: &'static str,
    pub day: &'static str,
    pub publication: &'static str,
    pub publication_is: fn(number: i64, at: &str, who: &str) -> String,
    pub note: fn(&str) -> String,
    pub unpublished: Counted,
    pub summary: &'static str,
    pub rules: Counted,
    /// How many rules there are, and how many of them apply on the day.
    pub rules_apply: fn(authority: &str, rules: &str, apply: &str) -> String,
    pub fagsystems: Counted,
    pub sends_to: fn(fagsystems: &str) -> String,
    pub default_is: fn(fagsystem: &str) -> String,
    pub mail: fn(messages: &str, by_rule: &str, by_default: &str) -> String,
    pub messages: Counted,
    pub no_mail: &'static str,
    pub points_without: Counted,
    pub no_points: &'static str,
    pub guards_hold: Counted,
    pub guards_broken: Counted,
    pub no_guards: &'static str,
    pub findings_open: Counted,
    pub changed_since: fn(day: &str, publications: &str) -> String,
    pub publications: Counted,
    pub never_reviewed: &'static str,
    pub map: &'static str,
    pub who_gets_what: &'static str,
    pub how_rules_work: &'static str,
    pub no_rules: &'static str,
    pub number: &'static str,
    pub rule: &'static str,
    pub state: &'static str,
    pub hits: &'static str,
    pub otherwise: &'static str,
    pub otherwise_is: fn(fagsystem: &str) -> String,
    pub receivers: &'static str,
    pub receiver: &'static str,
    pub is_default: &'static str,
    pub where_: &'static str,
    pub host: fn(host: &str) -> String,
    pub encrypted: &'static str,
    pub on_this_machine: &'static str,
    pub unencrypted: &'static str,
    pub contact: &'static str,
    pub no_contact: &'static str,
    pub in_use: &'static str,
    pub paused: &'static str,
    pub for_rules: Counted,
    pub default_mail: &'static str,
    pub default_got: fn(fagsystem: &str, messages: &str) -> String,
    pub default_got_nothing: fn(fagsystem: &str) -> String,
    pub default_by_point: &'static str,
    pub points: &'static str,
    pub all_points_have: &'static str,
    pub points_intro: fn(Rest, fagsystem: &str) -> String,
    pub guards: &'static str,
    pub guards_intro: &'static str,
    pub guard: &'static str,
    pub holds: &'static str,
    pub holds_on: fn(day: &str) -> String,
    pub broken: fn(how: &str) -> String,
    pub findings: &'static str,
    pub no_findings: &'static str,
    pub faults: &'static str,
    pub warnings: &'static str,
    pub information: &'static str,
    /// Many overlaps in one: how many rules are touched, and their numbers.
    pub overlaps: fn(rules: &str, numbers: &str) -> String,
    /// After the numbers of rules, those that are not named.
    pub more_rules: Counted,
    pub was_known: &'static str,
    pub is_new: &'static str,
    pub changes: &'static str,
    pub no_changes: &'static str,
    pub changes_since: fn(day: &str, number: i64) -> String,
    pub changes_of_all: &'static str,
    pub no_differences: &'static str,
    pub more_publications: Counted,
    pub more_differences: Counted,
    pub signature: &'static str,
    pub signature_intro: &'static str,
    pub next: fn(day: &str) -> String,
    pub lines: [&'static str; 3],
}

/// From this many months on, a review is overdue.
pub(in crate::desktop) const MONTHS_BETWEEN: i32 = 12;

/// How long ago a review was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct ReviewAge {
    pub months: i32,
    pub days: i32,
}

impl ReviewAge {
    pub fn of(day: Date, today: Date) -> Self {
        let whole = |unit| today.since((unit, day)).ok();
        let months = whole(jiff::Unit::Month).map_or(0, |span| span.get_months());
        let days = whole(jiff::Unit::Day).map_or(0, |span| span.get_days());
        Self { months: months.max(0), days: days.max(0) }
    }

    pub fn is_overdue(self) -> bool {
        self.months >= MONTHS_BETWEEN
    }
}

impl LastReviewTexts {
    /// When the last review was, and how long ago that is; that there was none without a day.
    pub fn sentence(&self, last: Option<(Date, &str)>, today: Date) -> String {
        let Some((day, who)) = last else { return self.none.to_owned() };
        let age = ReviewAge::of(day, today);
        let ago = match age {
            ReviewAge { months: 1.., .. } => self.months.of(age.months.unsigned_abs()),
            ReviewAge { days: 0, .. } => self.today.to_owned(),
            ReviewAge { days, .. } => self.days.of(days.unsigned_abs()),
        };
        let who = if who.is_empty() { self.someone } else { who };
        let sentence = (self.was)(&date_text(day), who, &ago);
        if age.is_overdue() { format!("{sentence} {}", self.overdue) } else { sentence }
    }
}
