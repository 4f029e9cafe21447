use std::collections::HashSet;

use super::cuts::{Place, Values};
use super::moments::{Calendar, Moments};
use crate::rules::book::{Criterion, CriterionKind, FagsystemId, Rule};
use crate::rules::facts::SenderKind;
use crate::rules::values::Cvr;

/// A rule as the messages that it matches.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its position in the list of rules.
    pub rule: usize,
    pub kind: CriterionKind,
    pub place: Place,
    pub moments: Moments,
    /// The number of its fagsystem.
    pub fagsystem: u32,
}

/// The rules of an authority that can match a message, in the order in which they are tried.
#[derive(Debug, Clone)]
pub struct Blocks {
    pub in_order: Vec<Block>,
    /// The number of the default recipient's fagsystem.
    pub default: u32,
    /// The authority's numbers, by the places of rules on them; `None` where there is no rule on it.
    pub recipients: Vec<Option<u32>>,
    pub calendar: Calendar,
}

/// Whether a sender of that kind can meet the criterion, where senders with these numbers are authorities.
pub fn can_meet(criterion: &Criterion, kind: SenderKind, authorities: &HashSet<Cvr>) -> bool {
    match (criterion, kind) {
        (Criterion::SenderCvr(_), SenderKind::Person | SenderKind::Other) => false,
        // A sender with a contact point of its own is an authority, whatever its number.
        (Criterion::SenderCvr(cvr), SenderKind::Company) => !authorities.contains(cvr),
        _ => true,
    }
}

impl Blocks {
    /// The blocks of these rules, tried in the order given, of an authority that receives for those numbers. `senders` says
    /// whether a rule matches messages from a kind of sender. Left out are rules that are switched off, over, or match
    /// nothing since their parts exclude each other.
    pub fn of<'r>(
        rules: &[&'r Rule],
        default: u32,
        recipients: &[Cvr],
        senders: impl Fn(&Rule, SenderKind) -> bool,
        calendar: Calendar,
        values: &Values<'_>,
        fagsystem: impl Fn(&'r FagsystemId) -> u32,
    ) -> Self {
        let blocks = rules.iter().enumerate().filter(|(_, rule)| rule.active).filter_map(|(at, rule)| {
            let criterion = &rule.criterion;
            if matches!(criterion, Criterion::RecipientCvr(cvr) if !recipients.contains(cvr)) {
                return None;
            }
            let moments = calendar.moments(|kind| senders(rule, kind), rule.validity);
            let place = values.place(criterion).filter(|_| !moments.is_empty())?;
            Some(Block {
                rule: at,
                kind: CriterionKind::of(criterion),
                place,
                moments,
                fagsystem: fagsystem(&rule.fagsystem),
            })
        });
        let number = |cvr: &Cvr| match values.place(&Criterion::RecipientCvr(*cvr)) {
            Some(Place::Point(number)) => Some(number),
            _ => None,
        };
        Self { in_order: blocks.collect(), default, recipients: recipients.iter().map(number).collect(), calendar }
    }
}
