use jiff::civil::Date;

use super::distributor::{Decision, Distributor, Ground, UnknownRecipient};
use crate::rules::book::{Authority, Criterion, Rule, Segment};
use crate::rules::facts::{Facts, Sender, SenderKind};

/// Why a message goes where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// How segments see the sender.
    pub sender: SenderKind,
    /// Every rule of the authority in priority order, with what it came to.
    pub rules: Vec<ExplainedRule<'a>>,
    /// What decided.
    pub decision: Decision<'a>,
}

/// One rule and what it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExplainedRule<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whether it matched, or the first reason why not.
    pub result: MatchResult,
}

/// Whether a rule matches a message, or the first reason why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchResult {
    /// It matches. The first one in priority order decides.
    Matches,
    /// Its first day has not come.
    NotYetValid {
        /// The first day.
        from: Date,
    },
    /// Its last day is past.
    Expired {
        /// The last day.
        to: Date,
    },
    /// It is switched off.
    SwitchedOff,
    /// The sender is of another segment.
    OtherSegment {
        /// The segment that the rule is for.
        wanted: Segment,
    },
    /// The message has the fact, with another value.
    OtherValue,
    /// The message lacks the fact.
    FactMissing,
    /// The message names no contact group, though the authority's register has its contact point in the wanted one.
    /// Rules go by the message alone.
    GroupNotNamed,
}

impl Rule {
    /// Whether this rule matches a message on a day, or the first reason why not.
    #[must_use]
    pub fn match_result(&self, facts: &Facts, sender: SenderKind, day: Date) -> MatchResult {
        if day < self.validity.from() {
            return MatchResult::NotYetValid { from: self.validity.from() };
        }
        if let Some(to) = self.validity.to().filter(|to| *to < day) {
            return MatchResult::Expired { to };
        }
        if !self.active {
            return MatchResult::SwitchedOff;
        }
        if !self.segment.includes(sender) {
            return MatchResult::OtherSegment { wanted: self.segment };
        }
        match self.criterion.is_met_by(facts) {
            Some(true) => MatchResult::Matches,
            Some(false) => MatchResult::OtherValue,
            None => MatchResult::FactMissing,
        }
    }
}

impl Authority {
    /// The result with what the register tells of the message's contact point.
    fn with_register(&self, rule: &Rule, facts: &Facts, match_result: MatchResult) -> MatchResult {
        let id = facts.contact_point.as_ref().and_then(|point| point.id.as_ref());
        match (match_result, &rule.criterion, id.and_then(|id| self.contact_point(id))) {
            (MatchResult::FactMissing, Criterion::ContactGroup(group), Some(listed)) if listed.is_in(group) => {
                MatchResult::GroupNotNamed
            }
            _ => match_result,
        }
    }
}

impl Criterion {
    /// Whether the message has the wanted value; `None` when it lacks the fact altogether.
    fn is_met_by(&self, facts: &Facts) -> Option<bool> {
        let point = facts.contact_point.as_ref();
        match self {
            Self::ContactPoint(wanted) => Some(point?.id.as_ref()? == wanted),
            Self::ContactGroup(wanted) => Some(point?.group.as_ref()? == wanted),
            Self::SenderCvr(wanted) => match facts.sender {
                Sender::Organisation(cvr) => Some(cvr? == *wanted),
                Sender::Person | Sender::Other => None,
            },
            Self::RecipientCvr(wanted) => Some(facts.recipient? == *wanted),
            Self::Kle(wanted) => Some(wanted.contains(facts.kle?)),
            Self::Form(wanted) => Some(wanted.contains(facts.form?)),
            Self::NoContactPoint(wanted) => Some(point.is_none() && facts.post_type == Some(*wanted)),
        }
    }
}

impl Distributor {
    /// Says for every rule, in priority order, that it matched or the first reason why not, and what decided.
    ///
    /// Reads the rules one by one, so it takes time with their number; [`Distributor::decide`] gives the same decision
    /// quickly.
    ///
    /// # Errors
    ///
    /// [`UnknownRecipient`] when the recipient is none of the authorities.
    pub fn explain(&self, facts: &Facts, day: Date) -> Result<Explanation<'_>, UnknownRecipient> {
        let authority = self.authority(facts).ok_or(UnknownRecipient)?;
        let sender = self.sender_kind(facts);
        let rules: Vec<_> = authority
            .rules_in_order()
            .into_iter()
            .map(|rule| ExplainedRule {
                rule,
                result: authority.with_register(rule, facts, rule.match_result(facts, sender, day)),
            })
            .collect();
        let first = rules.iter().find(|explained| explained.result == MatchResult::Matches);
        let decision = decided_by(authority, first.map(|explained| explained.rule));
        Ok(Explanation { sender, rules, decision })
    }
}

fn decided_by<'a>(authority: &'a Authority, rule: Option<&'a Rule>) -> Decision<'a> {
    let id = rule.map_or(&authority.default_fagsystem, |rule| &rule.fagsystem);
    let fagsystem = authority.fagsystem(id).expect("a distributor's book has no fault: what it names is there");
    Decision { authority, fagsystem, ground: rule.map_or(Ground::Default, Ground::Rule) }
}
