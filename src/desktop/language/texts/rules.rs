//! *Fordelingsregler*, and a rule in a sentence.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar, RuleList};
use crate::desktop::language::names::Names;
use crate::desktop::model::rule_state::RuleState;
use crate::rules::{
    Clash, Criterion, CriterionKind, Cvr, FindingKind, GroupFirst, Never, PostType, Priority, Renumbering, Rule,
    Segment, Switch, Validity,
};

/// This many new numbers of rules are shown.
const MAX_RENUMBERED: usize = 5;

#[derive(Debug)]
pub(in crate::desktop) struct RuleTexts {
    pub title: &'static str,
    /// How many rules there are, where all are listed.
    pub count: Counted,
    pub count_of: fn(shown: &str, all: &str) -> String,
    pub new: &'static str,
    pub new_above: &'static str,
    pub clone: &'static str,
    pub rule: fn(Priority) -> String,
    pub delete: &'static str,
    pub delete_chosen: &'static str,
    pub switch_on: &'static str,
    pub switch_off: &'static str,
    pub spread: &'static str,
    pub none: &'static str,
    pub none_in_draft: &'static str,
    pub none_found: &'static str,
    pub show_all: &'static str,
    pub search: &'static str,
    pub filter: &'static str,
    pub filter_name: &'static str,
    pub save_filter: &'static str,
    pub forget_filter: &'static str,
    pub saved_filter: &'static str,
    pub columns_button: &'static str,
    pub no_room: &'static str,
    pub otherwise: &'static str,
    pub default_recipient: &'static str,
    pub never: &'static str,
    pub priority_hint: &'static str,
    pub through: &'static str,
    pub through_button: &'static str,
    pub optional: &'static str,
    pub tree: &'static str,
    pub known_number: &'static str,
    pub unfinished: &'static str,
    pub list: RuleList,
    pub never_wins: NeverTexts,
    /// What becomes of rules that this one leaves nothing to.
    pub shadows: fn(rules: &str) -> String,
    /// An earlier rule takes what names a group of the rule's contact point.
    pub group_first: fn(&GroupFirst) -> String,
    /// The state of such a rule.
    pub is_after_group: &'static str,
    pub put_before: fn(Priority) -> String,
    pub overtaken: &'static str,
    pub overtaken_hint: &'static str,
    pub deleted_elsewhere: &'static str,
    pub is_now: fn(sentence: &str) -> String,
    pub reload: &'static str,
    pub keep_mine: &'static str,
    pub is_active: &'static str,
    pub chosen: Counted,
    pub chosen_hint: &'static str,
    pub different: &'static str,
    pub set_dates: &'static str,
    pub without_end: &'static str,
    pub ends_before_start: fn(Priority) -> String,
    pub new_numbers: NewNumbersTexts,
    pub move_hint: &'static str,
    pub switch: SwitchTexts,
    pub columns: RuleColumns,
    pub state: fn(RuleState) -> &'static str,
    pub segment: fn(Segment) -> &'static str,
    pub element: fn(CriterionKind) -> &'static str,
    pub post_type: fn(PostType) -> &'static str,
    pub value_placeholder: fn(CriterionKind) -> &'static str,
    pub not_in_the_plan: &'static str,
    pub wrong_check_digit: &'static str,
    pub sentence: RuleSentence,
}

/// *Skift fagsystem*.
#[derive(Debug)]
pub(in crate::desktop) struct SwitchTexts {
    pub grammar: &'static Grammar,
    pub title: &'static str,
    pub about: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub day: &'static str,
    pub same: &'static str,
    /// Shown in place of the effect while those fields are missing.
    pub unfinished: fn(fields: &str) -> String,
    pub quoted: fn(field: &str) -> String,
    /// Rules that end, and have successors.
    pub ended: Counted,
    /// Rules that begin on the day or later.
    pub redirected: Counted,
    /// Rules that are over before the day.
    pub untouched: Counted,
    pub renumbered: Counted,
    pub no_rules: &'static str,
    pub default_stays: &'static str,
    pub in_the_past: &'static str,
    pub make: &'static str,
}

#[derive(Debug)]
pub(in crate::desktop) struct RuleColumns {
    pub priority: &'static str,
    pub state: &'static str,
    pub segment: &'static str,
    pub element: &'static str,
    pub value: &'static str,
    pub fagsystem: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub hits: &'static str,
    pub last_hit: &'static str,
    pub note: &'static str,
}

/// Why a rule never gets a message.
#[derive(Debug)]
pub(in crate::desktop) struct NeverTexts {
    pub list: RuleList,
    pub the_rule: &'static str,
    pub never: fn(rule: &str, why: &str) -> String,
    /// The earlier rule or rules that take everything.
    pub taken_by_one: fn(rule: &str) -> String,
    pub taken_by_several: fn(rules: &str) -> String,
    pub person_with_cvr: &'static str,
    pub company_with_cvr_of_authority: fn(Cvr) -> String,
    pub recipient_of_another: fn(Cvr) -> String,
}

/// New numbers of rules.
#[derive(Debug)]
pub(in crate::desktop) struct NewNumbersTexts {
    pub none: &'static str,
    pub becomes: fn(from: Priority, to: Priority) -> String,
    pub all: fn(numbers: &str) -> String,
    /// After those that are shown.
    pub more: fn(count: &str) -> String,
}

/// A rule as one sentence.
#[derive(Debug)]
pub(in crate::desktop) struct RuleSentence {
    /// Which messages a criterion asks for, by the plain name of its value.
    pub which: fn(&Criterion, value: &str) -> String,
    /// From whom they come; empty for everyone.
    pub from_whom: fn(Segment) -> &'static str,
    pub from: fn(day: &str) -> String,
    pub from_through: fn(first: &str, last: &str) -> String,
    pub whole: fn(which: &str, from_whom: &str, fagsystem: &str, validity: &str) -> String,
    /// After the sentence.
    pub is_off: &'static str,
}

impl RuleTexts {
    /// How many rules are listed, of how many.
    pub fn count(&self, shown: usize, all: usize) -> String {
        if shown < all {
            (self.count_of)(&self.list.grammar.number(shown), &self.list.many.of(all))
        } else {
            self.count.of(all)
        }
    }

    /// Why the rule never gets a message.
    pub fn never_wins(&self, why: &Never) -> String {
        self.never_wins.of(self.never_wins.the_rule, why)
    }

    pub fn shadows(&self, rules: &[Priority]) -> String {
        (self.shadows)(&self.list.of(rules))
    }

    /// "New numbers: 50 becomes 22, 60 becomes 25", and how many more.
    pub fn new_numbers(&self, Renumbering(numbers): &Renumbering) -> String {
        let words = &self.new_numbers;
        if numbers.is_empty() {
            return words.none.to_owned();
        }
        let shown: Vec<_> = numbers.iter().take(MAX_RENUMBERED).map(|(from, to)| (words.becomes)(*from, *to)).collect();
        let more = numbers.len().saturating_sub(MAX_RENUMBERED);
        let more = if more > 0 { (words.more)(&self.list.grammar.number(more)) } else { String::new() };
        format!("{}{more}", (words.all)(&shown.join(", ")))
    }

    /// What may be wrong with a rule's value.
    pub fn value_doubt(&self, doubt: &FindingKind) -> Option<&'static str> {
        matches!(doubt, FindingKind::CheckDigit(_)).then_some(self.wrong_check_digit)
    }

    pub fn sentence(&self, names: Names<'_>, rule: &Rule) -> String {
        self.sentence.of(names, rule)
    }
}

impl NeverTexts {
    /// Why the rule with that number never gets a message.
    pub fn of_number(&self, rule: Priority, why: &Never) -> String {
        self.of(&(self.list.one)(rule), why)
    }

    fn of(&self, rule: &str, why: &Never) -> String {
        let why = match why {
            Never::Covered(by) if by.len() == 1 => (self.taken_by_one)(&self.list.of(by)),
            Never::Covered(by) => (self.taken_by_several)(&self.list.of(by)),
            Never::Clash(Clash::PersonWithCvr) => self.person_with_cvr.to_owned(),
            Never::Clash(Clash::CompanyWithCvrOfAuthority(cvr)) => (self.company_with_cvr_of_authority)(*cvr),
            Never::Clash(Clash::RecipientOfAnother(cvr)) => (self.recipient_of_another)(*cvr),
        };
        (self.never)(rule, &why)
    }
}

impl RuleSentence {
    pub fn of(&self, names: Names<'_>, rule: &Rule) -> String {
        let value = names.value(&rule.criterion).unwrap_or_default();
        let which = (self.which)(&rule.criterion, &value);
        let (whom, fagsystem) = ((self.from_whom)(rule.segment), names.fagsystem(&rule.fagsystem));
        let off = if rule.active { "" } else { self.is_off };
        format!("{}{off}", (self.whole)(&which, whom, fagsystem, &self.validity(rule.validity)))
    }

    /// "from 25-10-2020 through 01-01-2030".
    pub fn validity(&self, validity: Validity) -> String {
        let first = date_text(validity.from());
        match validity.to() {
            Some(last) => (self.from_through)(&first, &date_text(last)),
            None => (self.from)(&first),
        }
    }
}

impl SwitchTexts {
    /// What is shown while those fields are missing.
    pub fn unfinished(&self, fields: &[&str]) -> String {
        let fields: Vec<_> = fields.iter().map(|field| (self.quoted)(field)).collect();
        (self.unfinished)(&self.grammar.joined(&fields))
    }

    /// What the switch does, a line for each kind of rule.
    pub fn summary(&self, switch: &Switch) -> Vec<String> {
        let kinds = [
            (switch.ended.len(), self.ended),
            (switch.redirected.len(), self.redirected),
            (switch.untouched.len(), self.untouched),
            (switch.renumbered.0.len(), self.renumbered),
        ];
        let lines: Vec<_> =
            kinds.iter().filter(|(count, _)| *count > 0).map(|(count, words)| words.of(*count)).collect();
        if lines.is_empty() { vec![self.no_rules.to_owned()] } else { lines }
    }
}
