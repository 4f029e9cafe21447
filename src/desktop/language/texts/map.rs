//! *Kort*: the map of the rules.

use jiff::civil::Date;

use super::trace::TraceTexts;
use super::travels::TravelTexts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::language::names::Names;
use crate::desktop::model::map::{Group, RowKind, Share, Subject, What};
use crate::rules::{
    Criterion, CriterionKind, Interval, Kle, KleNumbers, PostType, Priority, Rule, Segment, SenderKind,
};

#[derive(Debug)]
pub(in crate::desktop) struct MapTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub working_out: &'static str,
    pub contradiction: &'static str,
    pub no_rules: &'static str,
    pub new_rule: &'static str,
    /// The last thirty days' mail.
    pub mail: Counted,
    pub no_mail: &'static str,
    pub against: fn(publication: i64) -> String,
    pub on_day: fn(day: &str) -> String,
    /// Rules that do not apply on the day.
    pub elsewhen: Counted,
    /// What the picture shows, for those who cannot see it.
    pub about: fn(authority: &str) -> String,
    pub columns: [&'static str; 4],
    pub by_mail: &'static str,
    pub evenly: &'static str,
    pub changes: &'static str,
    pub whole: &'static str,
    pub hint: &'static str,
    pub sender: fn(SenderKind) -> &'static str,
    pub kinds: fn(CriterionKind) -> &'static str,
    pub group: fn(name: &str) -> String,
    /// Mail without a contact point, of that type; what tells the types apart comes first.
    pub without_contact_point: fn(PostType) -> &'static str,
    pub others: Counted,
    pub rest: &'static str,
    pub rest_about: &'static str,
    pub rules: Counted,
    pub otherwise: &'static str,
    pub never: &'static str,
    pub is_new: &'static str,
    pub paused: &'static str,
    pub default_recipient: &'static str,
    pub segment: fn(Segment) -> &'static str,
    pub element: fn(CriterionKind) -> &'static str,
    pub messages: Counted,
    pub none_lately: &'static str,
    pub never_about: &'static str,
    pub overlapped: fn(by: &str) -> String,
    pub moved: fn(count: &str) -> String,
    pub moving: &'static str,
    pub opens: &'static str,
    pub draws: &'static str,
    pub gained: fn(count: &str) -> String,
    pub lost: fn(count: &str) -> String,
    pub open_rule: &'static str,
    pub list_rules: &'static str,
    pub open_fagsystem: &'static str,
    pub make_rule: &'static str,
    pub to_the_map: &'static str,
    pub more_rules: Counted,
    pub proof: &'static str,
    pub trace: TraceTexts,
    pub travels: TravelTexts,
}

impl MapTexts {
    /// What a group is called.
    pub fn group_name(&self, what: &What, names: Names<'_>) -> String {
        match what {
            What::Rest => self.rest.to_owned(),
            What::Others(count, None) => self.others.of(*count),
            What::Others(count, Some(of)) => format!("{} · {}", self.others.of(*count), self.subject(of, names)),
            What::Subject(subject) => self.subject(subject, names),
        }
    }

    /// What rules look at, by name.
    pub fn subject(&self, subject: &Subject, names: Names<'_>) -> String {
        match subject {
            Subject::Kind(kind) => (self.kinds)(*kind).to_owned(),
            Subject::Kle(number) => kle(names, &(*number).into(), Some(*number)),
            Subject::Form(number) => format!("FORM {number}"),
            Subject::Value(criterion) => self.value(criterion, names),
        }
    }

    fn value(&self, criterion: &Criterion, names: Names<'_>) -> String {
        let value = names.value(criterion);
        match criterion {
            Criterion::Kle(interval) => kle(names, interval, None),
            Criterion::Form(interval) => format!("FORM {interval}"),
            Criterion::ContactGroup(name) => (self.group)(name.as_str()),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => {
                let name = names.registers.cvr_name(*cvr);
                name.map_or_else(|| format!("CVR {cvr}"), |name| format!("{name} ({cvr})"))
            }
            Criterion::ContactPoint(_) => value.unwrap_or_default(),
            Criterion::NoContactPoint(post_type) => (self.without_contact_point)(*post_type).to_owned(),
        }
    }

    /// "30 Contact point", and whom it is for where that is not everyone.
    pub fn rule_name(&self, rule: &Rule) -> String {
        let element = (self.element)(CriterionKind::of(&rule.criterion));
        match rule.segment {
            Segment::Everyone => format!("{} {element}", rule.priority),
            segment => format!("{} {element} · {}", rule.priority, (self.segment)(segment)),
        }
    }

    /// What a row is called.
    pub fn row_name(&self, kind: &RowKind, rule: impl Fn(Priority) -> Option<String>) -> String {
        match kind {
            RowKind::Rule(priority) => rule(*priority).unwrap_or_else(|| priority.to_string()),
            RowKind::Rules(rules) => self.rules.of(rules.len()),
            RowKind::Default => self.otherwise.to_owned(),
        }
    }

    /// "690 · 14 % · +690".
    pub fn share(&self, share: Share, all: u64) -> String {
        let mut words = self.grammar.number(share.count);
        if all > 0 && share.count > 0 {
            words = format!("{words} · {}", self.grammar.percent(share.count, all));
        }
        if share.gained > 0 {
            words = format!("{words} · +{}", self.grammar.number(share.gained));
        }
        if share.lost > 0 {
            words = format!("{words} · −{}", self.grammar.number(share.lost));
        }
        words
    }

    pub fn on_day(&self, day: Date) -> String {
        (self.on_day)(&date_text(day))
    }

    /// What a group says of itself.
    pub fn about_group(&self, group: &Group) -> Option<String> {
        match group.what {
            What::Rest => Some(self.rest_about.to_owned()),
            _ if group.rules.len() > 1 => Some(self.rules.of(group.rules.len())),
            _ => None,
        }
    }
}

/// "KLE 32 Kontante ydelser".
fn kle(names: Names<'_>, interval: &Interval<KleNumbers>, number: Option<Kle>) -> String {
    let written = number.map_or_else(|| interval.to_string(), |number| number.to_string());
    match names.registers.kle.about(interval) {
        Some(about) => format!("KLE {written} {about}"),
        None => format!("KLE {written}"),
    }
}
