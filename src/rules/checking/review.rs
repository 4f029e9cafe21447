use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;

use super::earlier_rules::{EarlierRules, LiveRule, SenderKinds};
use crate::rules::book::{Authority, Criterion, Priority, Rule, Segment};
use crate::rules::facts::SenderKind;
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
            Self::Covered(by) => {
                let numbers: Vec<_> = by.iter().map(Priority::to_string).collect();
                match numbers.as_slice() {
                    [others @ .., last] if !others.is_empty() => {
                        write!(f, "rules {} and {last} together take", others.join(", "))?;
                    }
                    numbers => write!(f, "rule {} takes", numbers.concat())?,
                }
                f.write_str(" everything that it would take")
            }
        }
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

/// Finds the rules of one authority that can never win.
///
/// These are the rules whose own parts contradict each other, and those to which earlier rules leave nothing: rules on the
/// same value, however many together cover its days and senders, and rules on the recipient's CVR number, which match
/// whatever else a message says once they cover all numbers of the authority. A rule on an interval of KLE or FORM numbers
/// is found when one earlier interval contains it; whether several cover it piece by piece is not examined.
#[derive(Debug)]
pub struct Review<'a> {
    /// The CVR numbers for which the authority receives.
    recipients: Vec<Cvr>,
    /// Senders with these numbers are authorities.
    authorities: &'a HashSet<Cvr>,
    /// Days before this one are ignored.
    today: Date,
}

impl<'a> Review<'a> {
    /// A review of that authority, from that day on. `authorities` are the numbers of
    /// [`RuleBook::authority_cvrs`](crate::rules::RuleBook::authority_cvrs).
    #[must_use]
    pub fn new(authority: &Authority, authorities: &'a HashSet<Cvr>, today: Date) -> Self {
        Self { recipients: authority.cvrs().collect(), authorities, today }
    }

    /// For each of these rules, tried in the order given whatever their numbers, why it can never win; `None` where it can,
    /// is switched off or is over.
    #[must_use]
    pub fn never(&self, rules: &[&Rule]) -> Vec<Option<Never>> {
        let live: Vec<_> = rules.iter().map(|rule| self.live(rule)).collect();
        let mut earlier = EarlierRules::before(&live, &self.recipients);
        let mut never = vec![None; rules.len()];
        for (at, rule) in live.iter().enumerate() {
            let Some(rule) = rule else { continue };
            never[at] = match self.clash(rule.rule) {
                Some(clash) => Some(Never::Clash(clash)),
                None => {
                    earlier.covering(rule).map(|by| Never::Covered(by.iter().map(|at| rules[*at].priority).collect()))
                }
            };
            // A rule that never wins hides nothing from those after it.
            if never[at].is_none() {
                earlier.add(at, rule);
            }
        }
        never
    }

    /// The rule with the senders and the days on which it can match; `None` when it is switched off or over.
    fn live<'r>(&self, rule: &'r Rule) -> Option<LiveRule<'r>> {
        let days = rule.validity.days_from(self.today).filter(|_| rule.active)?;
        Some(LiveRule { rule, senders: self.senders(rule), days })
    }

    fn senders(&self, rule: &Rule) -> SenderKinds {
        SenderKind::ALL.map(|kind| {
            let can_be = match (&rule.criterion, kind) {
                (Criterion::SenderCvr(_), SenderKind::Person | SenderKind::Other) => false,
                (Criterion::SenderCvr(cvr), SenderKind::Company) => !self.authorities.contains(cvr),
                // A sender with a contact point of its own is an authority, whatever its number.
                _ => true,
            };
            can_be && rule.segment.includes(kind)
        })
    }

    fn clash(&self, rule: &Rule) -> Option<Clash> {
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
