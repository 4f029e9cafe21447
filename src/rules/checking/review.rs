use std::collections::{HashMap, HashSet};
use std::fmt;

use jiff::civil::Date;

use super::causes::causes;
use super::overlaps::overlaps;
use super::redundancy::is_redundant;
use crate::rules::book::{Authority, Criterion, FagsystemId, Priority, Rule, Segment};
use crate::rules::coverage::{Blocks, Calendar, Coverage, Values, can_meet};
use crate::rules::values::Cvr;

/// Why a rule can never win: not on any day from the day of the review on, whatever message arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Never {
    /// These earlier rules together match every message that it would. They are in order of priority, and none of them could
    /// be left out (except where there are more than forty, which are all listed).
    Covered(Vec<Priority>),
    /// Its own parts contradict each other.
    Clash(Clash),
}

impl Never {
    /// The rules that leave nothing to it; none when its own parts contradict each other.
    #[must_use]
    pub fn by(&self) -> &[Priority] {
        match self {
            Self::Covered(by) => by,
            Self::Clash(_) => &[],
        }
    }
}

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clash(clash) => clash.fmt(f),
            Self::Covered(by) => write!(f, "{} everything that it would take", taking(by)),
        }
    }
}

/// "rule 5 takes", "rules 5, 6 and 7 together take".
pub(super) fn taking(by: &[Priority]) -> String {
    let numbers: Vec<_> = by.iter().map(Priority::to_string).collect();
    match numbers.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("rules {} and {last} together take", others.join(", ")),
        numbers => format!("rule {} takes", numbers.concat()),
    }
}

/// How the parts of a rule contradict each other, so that no message meets them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// It is for persons, and requires a sender's CVR number.
    #[error("it is for persons, who have no CVR number")]
    PersonWithCvr,
    /// It is for companies, and requires a sender's CVR number that belongs to an authority.
    #[error("it is for companies, and {0} is the number of an authority")]
    CompanyWithCvrOfAuthority(Cvr),
    /// It requires a recipient's CVR number for which its authority does not receive.
    #[error("the recipient is never {0}, which is none of this authority's numbers")]
    RecipientOfAnother(Cvr),
}

/// Days on which a rule is valid and decides no message, and the earlier rules that leave nothing to it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idle {
    /// Stretches from a first through a last day, in order; a last one without an end has `None`.
    pub periods: Vec<(Date, Option<Date>)>,
    /// The earlier rules that together match every message that it would, as in [`Never::Covered`].
    pub by: Vec<Priority>,
}

/// Looks for rules of one authority that do nothing, over all messages that there can be, on every day from one on.
///
/// The answers are exact: they speak of every sender, recipient, contact point and number, of many rules together as well as
/// of one alone.
#[derive(Debug)]
pub struct Review<'a> {
    /// The CVR numbers for which the authority receives.
    recipients: Vec<Cvr>,
    /// The fagsystem that gets what no rule matches.
    default: &'a FagsystemId,
    /// Senders with these numbers are authorities.
    authorities: &'a HashSet<Cvr>,
    /// Days before this one are ignored.
    today: Date,
}

impl<'a> Review<'a> {
    /// A review of that authority, from that day on. `authorities` are the numbers of
    /// [`RuleBook::authority_cvrs`](crate::rules::RuleBook::authority_cvrs).
    #[must_use]
    pub fn new(authority: &'a Authority, authorities: &'a HashSet<Cvr>, today: Date) -> Self {
        Self { recipients: authority.cvrs().collect(), default: &authority.default_fagsystem, authorities, today }
    }

    /// For each of these rules, tried in the order given whatever their numbers, why it can never win; `None` where it can,
    /// is switched off or is over.
    #[must_use]
    pub fn never(&self, rules: &[&Rule]) -> Vec<Option<Never>> {
        let reviewed = self.of(rules);
        (0..rules.len()).map(|at| reviewed.never(at)).collect()
    }

    /// A review of these rules, tried in the order given.
    pub(super) fn of<'r>(&self, rules: &[&'r Rule]) -> Reviewed<'r> {
        let values = Values::of(rules.iter().map(|rule| &rule.criterion));
        let mut fagsystems: HashMap<&FagsystemId, u32> = HashMap::from([(self.default, 0)]);
        for rule in rules {
            let next = u32::try_from(fagsystems.len()).unwrap_or(u32::MAX);
            fagsystems.entry(&rule.fagsystem).or_insert(next);
        }
        let senders =
            |rule: &Rule, kind| rule.segment.includes(kind) && can_meet(&rule.criterion, kind, self.authorities);
        let calendar = Calendar::from(self.today);
        let number = |id: &FagsystemId| fagsystems[id];
        let blocks = Blocks::of(rules, 0, &self.recipients, senders, calendar, &values, number);
        let mut of_rule = vec![None; rules.len()];
        for (at, block) in blocks.in_order.iter().enumerate() {
            of_rule[block.rule] = Some(at);
        }
        let clashes = rules.iter().map(|rule| self.clash(rule)).collect();
        Reviewed { rules: rules.to_vec(), clashes, of_rule, coverage: Coverage::of(blocks, &values) }
    }

    /// How the parts of a rule that is switched on and not over contradict each other.
    fn clash(&self, rule: &Rule) -> Option<Clash> {
        if !rule.active || rule.validity.days_from(self.today).is_none() {
            return None;
        }
        match (&rule.criterion, rule.segment) {
            (Criterion::RecipientCvr(cvr), _) if !self.recipients.contains(cvr) => {
                Some(Clash::RecipientOfAnother(*cvr))
            }
            (Criterion::SenderCvr(_), Segment::Person) => Some(Clash::PersonWithCvr),
            (Criterion::SenderCvr(cvr), Segment::Company) if self.authorities.contains(cvr) => {
                Some(Clash::CompanyWithCvrOfAuthority(*cvr))
            }
            _ => None,
        }
    }
}

/// Rules of one authority in the order in which they are tried, and what each decides.
#[derive(Debug)]
pub(super) struct Reviewed<'r> {
    rules: Vec<&'r Rule>,
    clashes: Vec<Option<Clash>>,
    /// The block of each rule, for those that can match anything.
    of_rule: Vec<Option<usize>>,
    coverage: Coverage,
}

impl Reviewed<'_> {
    /// Why the rule can never win, if so.
    pub fn never(&self, at: usize) -> Option<Never> {
        if let Some(clash) = self.clashes[at] {
            return Some(Never::Clash(clash));
        }
        let block = self.of_rule[at]?;
        if !self.coverage.decides(block).is_empty() {
            return None;
        }
        let moments = &self.coverage.block(block).moments;
        Some(Never::Covered(self.priorities(&causes(&self.coverage, block, moments))))
    }

    /// The days on which the rule is valid and decides nothing, if it decides on others.
    pub fn idle(&self, at: usize) -> Option<Idle> {
        let block = self.of_rule[at]?;
        let decides = self.coverage.decides(block);
        let moments = &self.coverage.block(block).moments;
        if decides.is_empty() || decides.has_all_days_of(moments) {
            return None;
        }
        let missing = decides.days_missing(moments);
        let by = causes(&self.coverage, block, &Calendar::spread(&missing, moments));
        Some(Idle { periods: self.coverage.blocks.calendar.days(&missing), by: self.priorities(&by) })
    }

    /// Whether the rule decides, and without it every message would go to the same fagsystem.
    pub fn is_redundant(&self, at: usize) -> bool {
        self.of_rule[at].is_some_and(|block| is_redundant(&self.coverage, block))
    }

    /// The earlier rules that take a part of what it matches to another fagsystem, at most so many.
    pub fn overlaps(&self, at: usize, most: usize) -> Vec<Priority> {
        self.of_rule[at].map(|block| self.priorities(&overlaps(&self.coverage, block, most))).unwrap_or_default()
    }

    /// The rules that together leave nothing to the default recipient on any day; `None` where they leave something.
    pub fn closing(&self) -> Option<Vec<Priority>> {
        let blocks = &self.coverage.blocks;
        self.coverage.closed().covers(&blocks.calendar.all()).then(|| {
            let numbers = blocks.recipients.iter().flatten();
            let mut by: Vec<_> =
                numbers.flat_map(|number| self.coverage.first_for(*number)).map(|(block, _)| *block).collect();
            by.sort_unstable();
            self.priorities(&by)
        })
    }

    fn priorities(&self, blocks: &[usize]) -> Vec<Priority> {
        blocks.iter().map(|block| self.rules[self.coverage.block(*block).rule].priority).collect()
    }
}
