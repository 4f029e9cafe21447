//! *Dækning*.

use crate::desktop::language::grammar::{Counted, Grammar, capitalised};
use crate::desktop::language::names::{Names, fagsystem_name};
use crate::desktop::model::coverage::ShownPlan;
use crate::rules::{CriterionKind, Part, PartOrigin, PlanTree, Priority, SenderKind, TakenBy, Taker, Taking};

/// More takers of a part than this are counted.
const MOST_TAKERS: usize = 6;

#[derive(Debug)]
pub(in crate::desktop) struct CoverageTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub about: fn(plan: &str) -> String,
    pub working_out: &'static str,
    pub plan: fn(ShownPlan) -> &'static str,
    pub sized_by_mail: &'static str,
    pub sized_evenly: &'static str,
    /// How many messages of the last thirty days had a number of a part.
    pub messages: Counted,
    pub unplanned: &'static str,
    /// What a part without a title of its own is a part of.
    pub part_of: fn(title: &str) -> String,
    /// A fagsystem gets it by a rule.
    pub by_rule: fn(fagsystem: &str, Priority) -> String,
    /// Nothing takes it, so that the default recipient gets it.
    pub by_default: fn(fagsystem: &str) -> String,
    pub from_senders: fn(senders: &str, sentence: &str) -> String,
    pub senders: fn(SenderKind) -> &'static str,
    pub to_recipients: fn(numbers: &str) -> String,
    pub some_numbers: &'static str,
    /// By which facts an earlier rule may take it.
    pub unless_earlier: fn(facts: &str) -> String,
    /// By which facts any rule may take it.
    pub unless_any: fn(facts: &str) -> String,
    pub fact: fn(CriterionKind) -> &'static str,
    pub or: &'static str,
    /// Who takes the numbers that the plan does not have.
    pub others: fn(takers: &str) -> String,
    pub more_takers: Counted,
    /// On an area that no rule takes.
    pub uncovered: &'static str,
    pub uncovered_of: fn(fagsystem: &str) -> String,
    pub split: &'static str,
    pub uncovered_heading: &'static str,
    pub all_covered: &'static str,
    pub more_uncovered: Counted,
    pub chosen_hint: &'static str,
    pub new_rule: fn(numbers: &str) -> String,
    pub open_rule: fn(Priority) -> String,
    pub look_into: &'static str,
    pub up: &'static str,
    pub no_rules: fn(plan: &str) -> String,
    pub main_groups_alone: &'static str,
    pub form_areas_alone: &'static str,
    pub no_mail: fn(plan: &str) -> String,
    pub contradiction: &'static str,
    /// How many messages had a number that the plan does not have.
    pub outside_the_plan: Counted,
    /// How many had no number.
    pub without_number: Counted,
    pub small_parts: &'static str,
}

impl CoverageTexts {
    /// A part's number and title.
    pub fn name(&self, tree: &PlanTree, part: &Part) -> String {
        format!("{} {}", part.numbers, self.name_of(tree, part))
    }

    /// A part's title, or what it is instead.
    pub fn name_of(&self, tree: &PlanTree, part: &Part) -> String {
        match (&part.title, part.origin) {
            (Some(title), _) => title.to_string(),
            (None, PartOrigin::Divided) => {
                let above = part.above.and_then(|above| tree.parts[above].title.as_deref());
                above.map(self.part_of).unwrap_or_default()
            }
            (None, _) => self.unplanned.to_owned(),
        }
    }

    /// Who takes a part, a sentence each.
    pub fn takers(&self, taking: &[Taking], names: Names<'_>) -> Vec<String> {
        let mut sentences: Vec<_> =
            taking.iter().take(MOST_TAKERS).map(|it| capitalised(&self.taker(it, names))).collect();
        let more = taking.len().saturating_sub(MOST_TAKERS);
        sentences.extend((more > 0).then(|| self.more_takers.of(more)));
        sentences
    }

    fn taker(&self, taking: &Taking, names: Names<'_>) -> String {
        let Taker { rule, fagsystem, unless } = &*taking.taker;
        let name = fagsystem_name(names.authority, fagsystem);
        let mut sentence = match rule {
            Some(rule) => (self.by_rule)(name, *rule),
            None => (self.by_default)(name),
        };
        if taking.senders.len() < 3 {
            let senders: Vec<_> = taking.senders.iter().map(|sender| (self.senders)(*sender)).collect();
            sentence = (self.from_senders)(&self.grammar.joined(&senders), &sentence);
        }
        if !taking.recipients.is_empty() {
            sentence.push_str(&(self.to_recipients)(&self.grammar.joined(&taking.recipients)));
        }
        if !taking.is_whole {
            sentence.push_str(self.some_numbers);
        }
        if !unless.is_empty() {
            let facts: Vec<_> = unless.iter().map(|kind| (self.fact)(*kind)).collect();
            let facts = self.either(&facts);
            sentence.push_str(&if rule.is_some() { (self.unless_earlier)(&facts) } else { (self.unless_any)(&facts) });
        }
        sentence
    }

    /// "kontaktpunkt, kontaktgruppe eller FORM".
    fn either(&self, words: &[&str]) -> String {
        match words {
            [others @ .., last] if !others.is_empty() => format!("{} {} {last}", others.join(", "), self.or),
            words => words.concat(),
        }
    }

    /// What a part says of itself: its name, its mail, and who takes it.
    pub fn told(&self, tree: &PlanTree, part: &Part, names: Names<'_>) -> Vec<String> {
        let mut lines = vec![self.name(tree, part), self.messages.of(part.mail)];
        lines.extend(self.takers(&part.taking, names));
        if !part.others.is_empty() {
            lines.push((self.others)(&self.takers(&part.others, names).join("; ")));
        }
        lines
    }

    /// Who gets mail, in the legend.
    pub fn taken_by(&self, by: &TakenBy, names: Names<'_>) -> String {
        let name = fagsystem_name(names.authority, &by.fagsystem);
        if by.is_default { (self.uncovered_of)(name) } else { name.to_owned() }
    }
}
