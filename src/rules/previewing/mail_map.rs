use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::rules::book::{Authority, FagsystemId, Priority};
use crate::rules::deciding::Distributor;
use crate::rules::facts::{Facts, SenderKind};
use crate::rules::values::Cvr;

/// Where an authority's mail goes by its rules: from who writes, by what decides, to the fagsystem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailMap {
    /// How many messages go each way.
    pub ways: BTreeMap<MailWay, u64>,
}

/// One way that mail goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailWay {
    /// Who writes.
    pub sender: SenderKind,
    /// The rule that decides; `None` where none does, so that it goes to the default recipient.
    pub rule: Option<Priority>,
    /// Who receives it.
    pub fagsystem: FagsystemId,
    /// Where it goes by the other rules that it was compared with, if that is elsewhere.
    pub elsewhere: Option<FagsystemId>,
}

impl MailMap {
    /// Decides messages as if they came on that day. Each comes with its number; those to other authorities are left out. Where
    /// `others` is given, each is decided by that, too, to tell what goes elsewhere.
    pub fn of<'a>(
        authority: Cvr,
        rules: &Distributor,
        others: Option<&Distributor>,
        messages: impl Iterator<Item = (&'a Facts, u64)>,
        day: Date,
    ) -> Self {
        let mut map = Self::default();
        for (facts, count) in messages {
            let Ok(decision) = rules.decide(facts, day) else { continue };
            if decision.authority.cvr != authority {
                continue;
            }
            let other = others.and_then(|others| others.decide(facts, day).ok());
            let elsewhere = other.map(|it| &it.fagsystem.id).filter(|id| **id != decision.fagsystem.id);
            let way = MailWay {
                sender: rules.sender_kind(facts),
                rule: decision.ground.priority(),
                fagsystem: decision.fagsystem.id.clone(),
                elsewhere: elsewhere.cloned(),
            };
            *map.ways.entry(way).or_default() += count;
        }
        map
    }

    /// The same where nothing is known of mail: every rule that applies on that day has one message from each kind of sender it
    /// is for, and so has the default recipient.
    #[must_use]
    pub fn evenly(authority: &Authority, day: Date) -> Self {
        const SENDERS: [SenderKind; 3] = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];
        let rules = authority.rules.iter().filter(|rule| rule.active && rule.validity.includes(day));
        let by_rule = rules.flat_map(|rule| {
            let senders = SENDERS.into_iter().filter(|sender| rule.segment.includes(*sender));
            senders.map(|sender| (sender, Some(rule.priority), &rule.fagsystem))
        });
        let by_default = SENDERS.into_iter().map(|sender| (sender, None, &authority.default_fagsystem));
        let ways = by_rule.chain(by_default).map(|(sender, rule, fagsystem)| {
            (MailWay { sender, rule, fagsystem: fagsystem.clone(), elsewhere: None }, 1)
        });
        Self { ways: ways.collect() }
    }

    /// How many messages there are.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.ways.values().sum()
    }

    /// How many of them go elsewhere by the other rules.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.ways.iter().filter(|(way, _)| way.elsewhere.is_some()).map(|(_, count)| count).sum()
    }
}
