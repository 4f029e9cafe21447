//! *KLE-plan*.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::exchange::{KleFlaw, KlePlanError};
use crate::rules::{Interval, KleNumbers, KlePlan, Priority};

#[derive(Debug)]
pub(in crate::desktop) struct KleTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    /// Which plan is in use, and how many numbers it has.
    pub plan_of: fn(day: &str, numbers: &str) -> String,
    pub plan_without_day: fn(numbers: &str) -> String,
    pub main_groups_alone: fn(numbers: &str) -> String,
    pub fetch: &'static str,
    pub forget: &'static str,
    /// That a plan is in use from now on.
    pub in_use: fn(plan: &str) -> String,
    pub search: &'static str,
    pub unfold_all: &'static str,
    pub fold_all: &'static str,
    pub found: Counted,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub number_and_title: &'static str,
    /// The heading of the rules that take numbers today, or on that other day.
    pub taken_by: fn(is_today: bool) -> &'static str,
    /// The rule that takes a number, and to which fagsystem.
    pub taken: fn(Priority, fagsystem: &str) -> String,
    /// Whose messages alone.
    pub segment_alone: fn(segment: &str) -> String,
    /// How many other rules are for it.
    pub others: Counted,
    /// How many rules take a part of it.
    pub in_part: Counted,
    pub nobody: &'static str,
    pub rules: &'static str,
    /// That a rule decides today, or on that other day.
    pub decides: fn(day: Option<&str>) -> String,
    pub since: fn(date: &str) -> String,
    pub only_part: fn(&Interval<KleNumbers>) -> String,
    pub goes_to_default: fn(fagsystem: &str) -> String,
    pub rest_goes_to_default: fn(fagsystem: &str, day: Option<&str>) -> String,
    pub more_rules: Counted,
    /// How many of the last messages carried the number.
    pub carried: Counted,
    pub new_rule: &'static str,
    /// What the title of a number is called in a table.
    pub sheet_title: &'static str,
    pub error: fn(KlePlanError) -> &'static str,
    /// Why a part of a file was left out.
    pub flaw: fn(&KleFlaw) -> String,
}

impl KleTexts {
    /// Which plan is in use, and how many numbers it has.
    pub fn plan(&self, plan: &KlePlan) -> String {
        let numbers = self.grammar.number(plan.len());
        match plan.published {
            Some(day) => (self.plan_of)(&date_text(day), &numbers),
            None if plan.has_main_groups_alone() => (self.main_groups_alone)(&numbers),
            None => (self.plan_without_day)(&numbers),
        }
    }

    /// That a plan is in use from now on.
    pub fn in_use(&self, plan: &KlePlan) -> String {
        (self.in_use)(&self.plan(plan))
    }
}
