//! A proof as people read it: a line for each rule that moves mail from one fagsystem to another.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use crate::rules::{
    AddressedContactPoint, Caseless, ContactGroup, Cvr, Destination, Distributor, Facts, FagsystemId, Priority, Proof,
    ReceiverChange, Rule, RuleBook,
};

/// The changes of a proof that one rule causes between two receivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofLine {
    pub authority: Cvr,
    pub cause: Cause,
    /// Who gets the mail before; `None`: it is refused.
    pub from: Option<FagsystemId>,
    pub to: Option<FagsystemId>,
    pub periods: Vec<(Date, Option<Date>)>,
    /// What decides before and after, for each two between which mail changes.
    pub ways: Vec<(Option<Destination>, Option<Destination>)>,
    /// A made-up message that changes, and a day on which it does.
    pub example: (Facts, Date),
    /// Where that message would stay if it named a group of its contact point, which it does not.
    pub stays: Option<Stays>,
}

/// Where a message stays that names a group in which its contact point is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stays {
    pub group: Caseless,
    pub at: Destination,
}

impl Stays {
    fn of(line: &ProofLine, [before, after]: [&Distributor; 2]) -> Option<Self> {
        let (facts, day) = &line.example;
        let address = facts.contact_point.as_ref().filter(|it| it.group.is_none())?;
        let point = after.book().authority(line.authority)?.contact_point(address.id.as_ref()?)?;
        let stays = |group: &ContactGroup| {
            let group = group.name.clone();
            let address = AddressedContactPoint { group: Some(group.clone()), ..address.clone() };
            let facts = Facts { contact_point: Some(address), ..facts.clone() };
            let [was, is] = [before, after].map(|rules| rules.decide(&facts, *day).ok().map(|it| Destination::of(&it)));
            is.filter(|is| was.is_some_and(|was| was.fagsystem == is.fagsystem)).map(|at| Self { group, at })
        };
        point.groups.iter().find_map(stays)
    }
}

/// Which mail it is that changes receiver: what this decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A rule of the later book.
    New(Priority),
    /// A rule of the earlier book.
    Old(Priority),
    /// What no rule takes.
    Rest,
}

/// Everything about a rule by which it decides.
fn fingerprint(rule: &Rule) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&rule.criterion, rule.segment, rule.validity, rule.active, &rule.fagsystem).hash(&mut hasher);
    hasher.finish()
}

/// The lines of a proof between two books, in the order of the proof.
pub fn lines(proof: &Proof, rules: [&Distributor; 2]) -> Vec<ProofLine> {
    let [before, after] = rules.map(Distributor::book);
    let had = |book: &RuleBook| -> HashSet<(Cvr, u64)> {
        let rules = book.authorities.iter().flat_map(|it| it.rules.iter().map(move |rule| (it.cvr, fingerprint(rule))));
        rules.collect()
    };
    let (old, new) = (had(before), had(after));
    let is_changed = |book: &RuleBook, others: &HashSet<(Cvr, u64)>, cvr: Cvr, rule: Priority| {
        let rule = book.authority(cvr).and_then(|authority| authority.rule(rule));
        rule.is_none_or(|rule| !others.contains(&(cvr, fingerprint(rule))))
    };
    let cause = |change: &ReceiverChange| {
        let rule = |side: &Option<Destination>| side.as_ref().and_then(|it| it.rule);
        let cvr = change.authority;
        match (rule(&change.before), rule(&change.after)) {
            (_, Some(rule)) if is_changed(after, &old, cvr, rule) => Cause::New(rule),
            (Some(rule), _) if is_changed(before, &new, cvr, rule) => Cause::Old(rule),
            (_, Some(rule)) => Cause::New(rule),
            (Some(rule), None) => Cause::Old(rule),
            (None, None) => Cause::Rest,
        }
    };
    let mut lines: Vec<ProofLine> = Vec::new();
    for change in &proof.changes {
        let receiver = |side: &Option<Destination>| side.as_ref().map(|it| it.fagsystem.clone());
        let (cause, from, to) = (cause(change), receiver(&change.before), receiver(&change.after));
        let way = (change.before.clone(), change.after.clone());
        let known = lines
            .iter_mut()
            .find(|it| it.authority == change.authority && it.cause == cause && it.from == from && it.to == to);
        match known {
            Some(line) => {
                line.periods = joined(&line.periods, &change.periods);
                line.ways.push(way);
            }
            None => lines.push(ProofLine {
                authority: change.authority,
                cause,
                from,
                to,
                periods: change.periods.clone(),
                ways: vec![way],
                example: (change.example.clone(), change.day),
                stays: None,
            }),
        }
    }
    for line in &mut lines {
        line.stays = Stays::of(line, rules);
    }
    lines
}

type Periods = [(Date, Option<Date>)];

/// The days in either list, as stretches in order that neither overlap nor touch.
fn joined(one: &Periods, other: &Periods) -> Vec<(Date, Option<Date>)> {
    let mut all: Vec<_> = one.iter().chain(other).copied().collect();
    all.sort_unstable_by_key(|(from, _)| *from);
    let mut joined: Vec<(Date, Option<Date>)> = Vec::new();
    for (from, to) in all {
        match joined.last_mut() {
            Some((_, None)) => break,
            Some((_, end @ Some(_))) if end.and_then(|end| end.tomorrow().ok()).is_none_or(|next| from <= next) => {
                *end = match (*end, to) {
                    (Some(end), Some(to)) => Some(end.max(to)),
                    _ => None,
                };
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}
