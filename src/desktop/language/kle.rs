use crate::exchange::{KleFlaw, KlePlanError};
use crate::rules::{Interval, KleNumbers, KlePlan, Priority};

/// *KLE-plan*.
#[derive(Debug)]
pub(in crate::desktop) struct KleTexts {
    pub title: &'static str,
    /// Which plan is in use, and how many numbers it has.
    pub plan: fn(&KlePlan) -> String,
    pub fetch: &'static str,
    pub forget: &'static str,
    /// That a plan counts from now on.
    pub counts: fn(&KlePlan) -> String,
    pub search: &'static str,
    pub unfold_all: &'static str,
    pub fold_all: &'static str,
    pub found: fn(usize) -> String,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub number_and_title: &'static str,
    pub taken_by: &'static str,
    /// The rule that takes a number, and to which fagsystem.
    pub taken: fn(Priority, fagsystem: &str) -> String,
    /// Whose messages alone.
    pub segment_alone: fn(segment: &str) -> String,
    /// How many other rules speak of it.
    pub others: fn(usize) -> String,
    /// So many rules take a part of it.
    pub in_part: fn(usize) -> String,
    pub nobody: &'static str,
    pub rules: &'static str,
    pub decides: &'static str,
    pub since: fn(date: &str) -> String,
    pub only_part: fn(&Interval<KleNumbers>) -> String,
    pub goes_to_default: fn(fagsystem: &str) -> String,
    pub rest_goes_to_default: fn(fagsystem: &str) -> String,
    pub more_rules: fn(usize) -> String,
    /// How many of the last messages carried the number.
    pub carried: fn(u64) -> String,
    pub new_rule: &'static str,
    /// What the title of a number is called in a table.
    pub sheet_title: &'static str,
    pub error: fn(KlePlanError) -> &'static str,
    /// Why a part of a file was left out.
    pub flaw: fn(&KleFlaw) -> String,
}
