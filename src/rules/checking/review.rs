use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;

use super::earlier::{Earlier, Kinds, Member};
use crate::rules::book::{Authority, Criterion, Priority, Rule, Segment};
use crate::rules::facts::SenderKind;
use crate::rules::values::Cvr;

/// Why a rule can never win: on no day from the one on which one looks, whatever message comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Never {
    /// These earlier rules together take everything that it would take. None of them could be left out, and each comes
    /// before the next.
    Taken(Vec<Priority>),
    /// Its own parts exclude each other.
    Clash(Clash),
}

impl Never {
    /// The rules that leave nothing to it; none when its own parts exclude each other.
    #[must_use]
    pub fn by(&self) -> &[Priority] {
        match self {
            Self::Taken(by) => by,
            Self::Clash(_) => &[],
        }
    }
}

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clash(clash) => clash.fmt(f),
            Self::Taken(by) => {
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

/// How the parts of a rule can exclude each other, so that no message has them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// It is for persons, and wants a sender's CVR number.
    #[error("it is for persons, who have no CVR number")]
    PersonWithCvr,
    /// It is for companies, and wants as the sender a number that is an authority's.
    #[error("it is for companies, and {0} is the number of an authority")]
    CompanyWithCvrOfAuthority(Cvr),
    /// It wants as the recipient a number that its authority does not answer for.
    #[error("the recipient is never {0}, which is none of this authority's numbers")]
    RecipientOfAnother(Cvr),
}

/// Looks rules of one authority through for those that can never win.
///
/// Found is every rule whose own parts exclude each other, and every rule to which earlier ones leave nothing: those
/// that look at the same value on other days or for other senders, however many it takes; and those on the recipient's
/// CVR number, which take whatever the message says when they have all numbers of the authority. Of rules on KLE or
/// FORM numbers it takes one that has the whole interval; that several have a part of it each is not looked for.
#[derive(Debug)]
pub struct Review<'a> {
    /// The CVR numbers that the authority answers for.
    recipients: Vec<Cvr>,
    /// Senders with these are authorities.
    authorities: &'a HashSet<Cvr>,
    /// Earlier days do not count.
    today: Date,
}

impl<'a> Review<'a> {
    /// For rules of that authority, seen from that day on; `authorities` are the numbers of [`RuleBook::authority_cvrs`].
    #[must_use]
    pub fn new(authority: &Authority, authorities: &'a HashSet<Cvr>, today: Date) -> Self {
        Self { recipients: authority.cvrs().collect(), authorities, today }
    }

    /// For each of these rules, which come before one another in the order given, whatever their numbers, why it can
    /// never win; `None` where it can, or is switched off or over.
    #[must_use]
    pub fn never(&self, rules: &[&Rule]) -> Vec<Option<Never>> {
        let members: Vec<_> = rules.iter().map(|rule| self.member(rule)).collect();
        let mut earlier = Earlier::before(&members, &self.recipients);
        let mut never = vec![None; rules.len()];
        for (at, member) in members.iter().enumerate() {
            let Some(member) = member else { continue };
            never[at] = match self.clash(member.rule) {
                Some(clash) => Some(Never::Clash(clash)),
                None => {
                    earlier.takers(member).map(|by| Never::Taken(by.iter().map(|at| rules[*at].priority).collect()))
                }
            };
            // One that takes nothing leaves everything to those after it.
            if never[at].is_none() {
                earlier.add(at, member);
            }
        }
        never
    }

    /// The rule with the senders and the days that it can have messages of; `None` when it is switched off or over.
    fn member<'r>(&self, rule: &'r Rule) -> Option<Member<'r>> {
        let days = rule.validity.days_from(self.today).filter(|_| rule.active)?;
        Some(Member { rule, kinds: self.kinds(rule), days })
    }

    fn kinds(&self, rule: &Rule) -> Kinds {
        SenderKind::ALL.map(|kind| {
            let can_be = match (&rule.criterion, kind) {
                (Criterion::SenderCvr(_), SenderKind::Person | SenderKind::Other) => false,
                (Criterion::SenderCvr(cvr), SenderKind::Company) => !self.authorities.contains(cvr),
                // Whoever writes with a contact point of its own is an authority, whatever its number.
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
