use jiff::civil::Date;

use super::distributor::{Decision, Distributor, Ground, UnknownRecipient};
use crate::rules::book::{Authority, ContactPoint, Criterion, Rule, Segment};
use crate::rules::facts::{Facts, Sender, SenderKind};

/// Why a message goes where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// What kind of sender it has.
    pub sender: SenderKind,
    /// Every rule of the authority in order of priority, and whether it matches.
    pub rules: Vec<ExplainedRule<'a>>,
    /// The decision.
    pub decision: Decision<'a>,
}

/// A rule, and whether it matches the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExplainedRule<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whether it matches, or the first reason why not.
    pub result: MatchResult,
}

/// Whether a rule matches a message, or the first reason why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchResult {
    /// It matches. The first rule that does decides.
    Matches,
    /// Its first day is in the future.
    NotYetValid {
        /// The first day.
        from: Date,
    },
    /// Its last day has passed.
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
    /// The message does not have the fact.
    FactMissing,
    /// The message names no contact group, although the authority lists its contact point in the required one. Rules look at
    /// the message alone, so it does not match; this result tells people why.
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

/// The result, made more precise by what the authority lists about the message's contact point.
fn with_register(listed: Option<&ContactPoint>, rule: &Rule, match_result: MatchResult) -> MatchResult {
    match (match_result, &rule.criterion, listed) {
        (MatchResult::FactMissing, Criterion::ContactGroup(group), Some(listed)) if listed.is_in(group) => {
            MatchResult::GroupNotNamed
        }
        _ => match_result,
    }
}

impl Criterion {
    /// Whether the message has the required value; `None` when it does not have the fact at all.
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
    /// Decides as [`Distributor::decide`] does, and gives for every rule of the authority the first reason why it does not
    /// match.
    ///
    /// It tries the rules one by one without the index, so it takes time with their number, and tests hold the two against
    /// each other.
    ///
    /// # Errors
    ///
    /// [`UnknownRecipient`] when the recipient is none of the authorities.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Facts, MatchResult, Priority, RuleBook, Sender, Validity};
    /// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId, Rule};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let cvr: Cvr = "66137112".parse().unwrap();
    /// # let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
    /// # authority.fagsystems.push(fagsystem("ydelse"));
    ///
    /// let since_2024 = Validity::new(date(2024, 1, 1), None).unwrap();
    /// for (priority, kle, validity) in [
    ///     (10, "27.36", Validity::new(date(2020, 1, 1), Some(date(2023, 12, 31))).unwrap()),
    ///     (20, "28", since_2024),
    ///     (30, "27 - 29", since_2024),
    /// ] {
    ///     let (criterion, ydelse) = (Criterion::Kle(kle.parse().unwrap()), FagsystemId::new("ydelse").unwrap());
    ///     authority.rules.push(Rule::new(Priority::new(priority).unwrap(), criterion, ydelse, validity).into());
    /// }
    /// let distributor = RuleBook { authorities: vec![authority], ..RuleBook::default() }.compile().unwrap();
    ///
    /// let facts = Facts { kle: Some("27.36.04".parse().unwrap()), ..Facts::new(Sender::Person, cvr) };
    /// let explanation = distributor.explain(&facts, date(2024, 2, 29))?;
    /// let results: Vec<_> = explanation.rules.iter().map(|explained| explained.result).collect();
    /// assert_eq!(results, [
    ///     MatchResult::Expired { to: date(2023, 12, 31) },
    ///     MatchResult::OtherValue,
    ///     MatchResult::Matches,
    /// ]);
    /// assert_eq!(Ok(explanation.decision), distributor.decide(&facts, date(2024, 2, 29)));
    /// # Ok::<(), postfordeler::rules::UnknownRecipient>(())
    /// ```
    pub fn explain(&self, facts: &Facts, day: Date) -> Result<Explanation<'_>, UnknownRecipient> {
        let authority = self.authority(facts).ok_or(UnknownRecipient)?;
        let sender = self.sender_kind(facts);
        let id = facts.contact_point.as_ref().and_then(|point| point.id.as_ref());
        let listed = id.and_then(|id| authority.contact_point(id));
        let rules: Vec<_> = authority
            .rules_in_order()
            .into_iter()
            .map(|rule| ExplainedRule {
                rule,
                result: with_register(listed, rule, rule.match_result(facts, sender, day)),
            })
            .collect();
        let first = rules.iter().find(|explained| explained.result == MatchResult::Matches);
        let decision = decided_by(authority, first.map(|explained| explained.rule));
        Ok(Explanation { sender, rules, decision })
    }
}

fn decided_by<'a>(authority: &'a Authority, rule: Option<&'a Rule>) -> Decision<'a> {
    let id = rule.map_or(&authority.default_fagsystem, |rule| &rule.fagsystem);
    let fagsystem =
        authority.fagsystem(id).expect("the distributor's book has no fault, so every fagsystem it names is there");
    Decision { authority, fagsystem, ground: rule.map_or(Ground::Default, Ground::Rule) }
}
