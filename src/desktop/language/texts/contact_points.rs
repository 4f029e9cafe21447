//! *Kontaktpunkter*, and what is said of the contact structures that they are read from.

use crate::desktop::language::grammar::{Counted, Grammar, RuleList};
use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{FoundInstead, StructureError, StructureNotice, StructureProblem};
use crate::rules::{Audience, Criterion, Priority, Rule, Segment, without_cpr};

#[derive(Debug)]
pub(in crate::desktop) struct ContactPointTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub points: Counted,
    pub points_of: fn(shown: &str, all: &str) -> String,
    pub all_taken: &'static str,
    /// How many are only partly covered by rules.
    pub partly_taken: fn(&str) -> String,
    /// How many no rule takes.
    pub not_taken: fn(&str) -> String,
    pub new: &'static str,
    pub import: &'static str,
    pub none: &'static str,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub search: &'static str,
    pub as_tree: &'static str,
    pub as_list: &'static str,
    pub without_rule: &'static str,
    pub group: &'static str,
    pub no_group: &'static str,
    pub name: &'static str,
    pub groups: &'static str,
    pub groups_hint: &'static str,
    pub groups_example: &'static str,
    pub codes: &'static str,
    pub codes_hint: &'static str,
    pub not_a_code: fn(&str) -> String,
    pub state_title: &'static str,
    pub state: fn(PointState) -> &'static str,
    pub taken_by: &'static str,
    /// Where a message goes that names the contact point, when no rule for the contact point takes it.
    pub goes_on: fn(Rest) -> &'static str,
    pub only_segment: fn(Segment) -> Option<&'static str>,
    pub when_group_named: &'static str,
    pub all_mail: &'static str,
    /// After the rules that take messages: where the others go.
    pub otherwise: fn(Rest) -> &'static str,
    /// Where all of it goes, with the default recipient's name.
    pub all_to_default: fn(fagsystem: &str, Rest) -> String,
    pub rest_to_default: fn(fagsystem: &str, Rest) -> String,
    /// That a rule for a group takes only what names the group.
    pub by_group: &'static str,
    /// How many of the last 30 days' messages named it.
    pub addressed: Counted,
    pub new_rule: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub id_taken: &'static str,
    pub description: &'static str,
    pub audiences: &'static str,
    pub audience: fn(Audience) -> &'static str,
    pub is_active: &'static str,
    pub is_visible: &'static str,
    pub largest: &'static str,
    pub not_a_size: &'static str,
    /// The two ways in which a size can be read.
    pub ambiguous_size: fn(&str, &str) -> String,
    pub attachments: &'static str,
    pub not_a_count: &'static str,
    pub terms: &'static str,
    pub terms_hint: &'static str,
    pub fields: &'static str,
    pub fields_hint: &'static str,
    pub overtaken: &'static str,
    pub delete: &'static str,
    pub list: RuleList,
    pub needed_by_rules: fn(rules: &str, is_one: bool) -> String,
}

/// What is said of a contact structure.
#[derive(Debug)]
pub(in crate::desktop) struct StructureTexts {
    pub no_file: &'static str,
    pub not_json: fn(file: &str, line: usize, column: usize) -> String,
    pub something_else: fn(file: &str, found: &str) -> String,
    pub found: fn(FoundInstead) -> &'static str,
    pub too_large: &'static str,
    pub stopped: &'static str,
    pub problem: fn(StructureProblem) -> &'static str,
    /// What people should know of one that was read. In how many places comes within it, where they are several.
    pub notice: fn(&StructureNotice, name: &str, places: &str) -> String,
    pub places: Counted,
}

impl ContactPointTexts {
    /// How many are shown of how many, how many of all no rule takes, and of how many rules take a part.
    pub fn count(&self, shown: usize, all: usize, without_rule: usize, partly: usize) -> String {
        let points = match (shown, all) {
            (_, 0) => return self.points.of(0),
            (shown, all) if shown < all => (self.points_of)(&self.grammar.number(shown), &self.points.of(all)),
            (_, all) => self.points.of(all),
        };
        let taken = match (without_rule, partly) {
            (0, 0) => self.all_taken.to_owned(),
            (0, partly) => (self.partly_taken)(&self.grammar.number(partly)),
            _ => (self.not_taken)(&self.grammar.number(without_rule)),
        };
        format!("{points} · {taken}")
    }

    /// The first rule that takes its messages, with the fagsystem's name, how many more there are, and where what is left
    /// goes.
    pub fn taken(&self, rule: &Rule, fagsystem: &str, more: usize, rest: Option<Rest>) -> String {
        let what = match rule.criterion {
            Criterion::ContactGroup(_) => Some(self.when_group_named),
            Criterion::RecipientCvr(_) => Some(self.all_mail),
            _ => None,
        };
        let only: Vec<_> = (self.only_segment)(rule.segment).into_iter().chain(what).collect();
        let whom = if only.is_empty() { String::new() } else { format!(" ({})", only.join(", ")) };
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let rest = rest.map_or("", self.otherwise);
        format!("{} → {fagsystem}{whom}{more}{rest}", rule.priority)
    }

    pub fn needed_by_rules(&self, rules: &[Priority]) -> String {
        (self.needed_by_rules)(&self.list.of(rules), rules.len() == 1)
    }
}

impl StructureTexts {
    /// Why files could not be read as a contact structure.
    pub fn error(&self, error: &StructureError) -> String {
        match error {
            StructureError::NoFile => self.no_file.to_owned(),
            StructureError::NotJson { file, line, column, .. } => (self.not_json)(&without_cpr(file), *line, *column),
            StructureError::SomethingElse { file, found } => {
                (self.something_else)(&without_cpr(file), (self.found)(*found))
            }
            StructureError::TooLarge => self.too_large.to_owned(),
            StructureError::Faults(faults) => {
                let faults = faults.iter().map(|fault| format!("{}: {}", fault.at, (self.problem)(fault.problem)));
                faults.collect::<Vec<_>>().join("\n")
            }
            StructureError::Stopped(_) => self.stopped.to_owned(),
        }
    }

    /// What people should know of a contact structure that was read.
    pub fn notice(&self, notice: &StructureNotice) -> String {
        let (name, count) = match notice {
            StructureNotice::Differs { id, title, .. } => (if title.is_empty() { id.as_str() } else { title }, 1),
            StructureNotice::Circle { count, .. }
            | StructureNotice::NamelessAbove { count, .. }
            | StructureNotice::TooDeep { count, .. }
            | StructureNotice::Invisible { count, .. }
            | StructureNotice::LeftOut { count, .. } => ("", *count),
        };
        (self.notice)(notice, &without_cpr(name), &self.places.of(count))
    }
}
