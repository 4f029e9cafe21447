use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::interval_index::IntervalIndex;
use super::timeline::{Candidate, Contender, Timeline};
use crate::rules::book::{Authority, Criterion, Fagsystem, Priority, Rule, RuleBook};
use crate::rules::checking::Faults;
use crate::rules::facts::{Facts, PostType, Sender, SenderKind};
use crate::rules::values::Cvr;

/// A rule book without contradictions, indexed for fast decisions. [`RuleBook::compile`] makes one.
///
/// A decision takes a hash look-up for each fact of the message, and for its KLE and FORM numbers a search in time with the
/// logarithm of the number of rules.
#[derive(Debug, Clone)]
pub struct Distributor {
    book: Arc<RuleBook>,
    by_recipient: HashMap<Cvr, usize>,
    known_authorities: HashSet<Cvr>,
    /// Of each authority, made when it is first needed.
    indexes: Vec<OnceLock<AuthorityIndex>>,
}

/// Which fagsystem gets a message, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The authority that the message is for.
    pub authority: &'a Authority,
    /// The fagsystem that gets it. While it is paused, the message is refused as unavailable, and no other system gets it.
    pub fagsystem: &'a Fagsystem,
    /// What decided it.
    pub ground: Ground<'a>,
}

/// What decided where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground<'a> {
    /// This rule: of those that match, the one with the lowest number.
    Rule(&'a Rule),
    /// No rule matches, so the message goes to the default recipient.
    Default,
}

impl Ground<'_> {
    /// The priority of the rule that decided; `None` for the default recipient.
    #[must_use]
    pub fn priority(&self) -> Option<Priority> {
        match self {
            Self::Rule(rule) => Some(rule.priority),
            Self::Default => None,
        }
    }
}

/// The recipient of the message is none of the authorities in the rule book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the recipient is none of the authorities in the published configuration")]
pub struct UnknownRecipient;

impl RuleBook {
    /// Checks the book. The index that decides for an authority is made when it is first needed, or by [`Distributor::indexed`].
    ///
    /// # Errors
    ///
    /// Every [`Fault`](crate::rules::Fault) of the book, if it has any.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{
    ///     Authority, Criterion, Fagsystem, FagsystemId, Priority, Problem, Rule, RuleBook, Validity,
    /// };
    ///
    /// let id = FagsystemId::new("esdh").unwrap();
    /// let fagsystem = Fagsystem::new(id.clone(), "ESDH", "https://esdh.eksempel.dk/postmodtag".parse().unwrap());
    /// let authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem);
    /// let mut book = RuleBook { authorities: vec![authority], ..RuleBook::default() };
    /// assert!(book.compile().is_ok());
    ///
    /// // A second rule with the same priority would make it a matter of luck who gets a message.
    /// let (first, always) = (Priority::new(1).unwrap(), Validity::new(date(2020, 10, 25), None).unwrap());
    /// for kle in ["27", "28"] {
    ///     let rule = Rule::new(first, Criterion::Kle(kle.parse().unwrap()), id.clone(), always);
    ///     book.authorities[0].rules.push(rule.into());
    /// }
    /// let faults = book.compile().unwrap_err().0;
    /// assert_eq!(faults[0].place.to_string(), "myndigheder[0].regler[1].prioritet");
    /// assert!(matches!(faults[0].problem, Problem::PriorityTaken { priority, .. } if priority == first));
    /// ```
    pub fn compile(&self) -> Result<Distributor, Faults> {
        Distributor::new(self.clone())
    }
}

impl Distributor {
    fn new(book: RuleBook) -> Result<Self, Faults> {
        let faults = book.faults();
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let numbers = |(at, authority): (usize, &Authority)| authority.cvrs().map(|cvr| (cvr, at)).collect::<Vec<_>>();
        let by_recipient: HashMap<Cvr, usize> = book.authorities.iter().enumerate().flat_map(numbers).collect();
        Ok(Self {
            known_authorities: book
                .known_authorities
                .iter()
                .map(|it| it.cvr)
                .chain(by_recipient.keys().copied())
                .collect(),
            by_recipient,
            indexes: vec![OnceLock::new(); book.authorities.len()],
            book: Arc::new(book),
        })
    }

    /// Makes its indexes now, which takes some microseconds for each rule. Otherwise an authority's is made when it is first needed.
    #[must_use]
    pub fn indexed(self) -> Self {
        for at in 0..self.indexes.len() {
            self.index(at);
        }
        self
    }

    fn index(&self, authority: usize) -> &AuthorityIndex {
        self.indexes[authority].get_or_init(|| AuthorityIndex::new(&self.book.authorities[authority]))
    }

    /// The book that it decides by.
    #[must_use]
    pub fn book(&self) -> &Arc<RuleBook> {
        &self.book
    }

    /// What kind of sender a message has, as far as segments are concerned; see [`SenderKind`].
    #[must_use]
    pub fn sender_kind(&self, facts: &Facts) -> SenderKind {
        facts.sender_kind(|cvr| self.known_authorities.contains(&cvr))
    }

    /// The authority that a message is for: the one that receives for the recipient's CVR number.
    #[must_use]
    pub fn authority(&self, facts: &Facts) -> Option<&Authority> {
        self.authority_at(facts).map(|at| &self.book.authorities[at])
    }

    /// The CVR numbers of the senders whom a rule or a segment tells apart from others. To any other organisation, its number makes
    /// no difference.
    pub fn told_apart_senders(&self) -> impl Iterator<Item = Cvr> + '_ {
        let by_rules = (0..self.indexes.len()).flat_map(|at| self.index(at).sender.keys().copied());
        self.known_authorities.iter().copied().chain(by_rules)
    }

    /// The main number of the authority that has that number now; the number itself where none has it.
    pub(in crate::rules) fn main_number(&self, cvr: Cvr) -> Cvr {
        self.by_recipient.get(&cvr).map_or(cvr, |at| self.book.authorities[*at].cvr)
    }

    fn authority_at(&self, facts: &Facts) -> Option<usize> {
        self.by_recipient.get(&facts.recipient?).copied()
    }

    /// That day, and every later one on which a message with these facts may be decided by another rule than on the day before,
    /// ascending: the days on which a rule that would match it begins, or has ended. Between two of them the decision stays
    /// the same.
    pub(super) fn days_of_change(&self, facts: &Facts, from: Date) -> Vec<Date> {
        let Some(at) = self.authority_at(facts) else { return vec![from] };
        let sender = self.sender_kind(facts);
        let timelines = self.index(at).timelines(facts);
        let mut days: Vec<Date> = timelines.iter().flat_map(|it| it.changes_after(sender, from)).collect();
        days.push(from);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Decides which fagsystem gets a message with these facts on that day, a calendar day in Denmark.
    ///
    /// Of the authority's rules that match, the one with the lowest priority number decides; where none does, the default
    /// recipient gets the message (*SF1606 Modtag post*).
    ///
    /// # Errors
    ///
    /// [`UnknownRecipient`] when the recipient is none of the authorities.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Facts, Ground, Priority, RuleBook, Segment, Sender, Validity};
    /// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId, Rule};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let cvr: Cvr = "66137112".parse().unwrap();
    /// # let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
    /// # authority.fagsystems.push(fagsystem("ydelse"));
    ///
    /// // KLE numbers 32 to 34 go to `ydelse` from 2020 through 2025, but a company's letter on 32.18 to `esdh`.
    /// let through_2025 = Validity::new(date(2020, 1, 1), Some(date(2025, 12, 31))).unwrap();
    /// let rule = |priority, kle: &str, fagsystem| {
    ///     let criterion = Criterion::Kle(kle.parse().unwrap());
    ///     Rule::new(Priority::new(priority).unwrap(), criterion, FagsystemId::new(fagsystem).unwrap(), through_2025)
    /// };
    /// authority.rules.push(rule(20, "32 - 34", "ydelse").into());
    /// authority.rules.push(Rule { segment: Segment::Company, ..rule(10, "32.18", "esdh") }.into());
    /// let distributor = RuleBook { authorities: vec![authority], ..RuleBook::default() }.compile().unwrap();
    ///
    /// let facts = Facts { kle: Some("32.18.04".parse().unwrap()), ..Facts::new(Sender::Person, cvr) };
    /// let decision = distributor.decide(&facts, date(2025, 12, 31))?;
    /// assert_eq!(decision.fagsystem.id.as_str(), "ydelse");
    /// assert_eq!(decision.ground.priority(), Priority::new(20));
    ///
    /// let company = Facts { sender: Sender::Organisation(Some("12345678".parse().unwrap())), ..facts.clone() };
    /// assert_eq!(distributor.decide(&company, date(2025, 12, 31))?.ground.priority(), Priority::new(10));
    ///
    /// // The next day no rule is valid any more: the default recipient gets it.
    /// let decision = distributor.decide(&facts, date(2026, 1, 1))?;
    /// assert_eq!((decision.fagsystem.id.as_str(), decision.ground), ("esdh", Ground::Default));
    /// # Ok::<(), postfordeler::rules::UnknownRecipient>(())
    /// ```
    pub fn decide(&self, facts: &Facts, day: Date) -> Result<Decision<'_>, UnknownRecipient> {
        let at = self.authority_at(facts).ok_or(UnknownRecipient)?;
        let (authority, index) = (&self.book.authorities[at], self.index(at));
        let winner = index.winner(facts, self.sender_kind(facts), day);
        let (fagsystem, ground) = match winner {
            Some(winner) => (index.fagsystem_of_rule[winner.rule], Ground::Rule(&authority.rules[winner.rule])),
            None => (index.default_fagsystem, Ground::Default),
        };
        Ok(Decision { authority, fagsystem: &authority.fagsystems[fagsystem], ground })
    }
}

/// One authority's rules by the value they require.
#[derive(Debug, Clone)]
struct AuthorityIndex {
    contact_point: HashMap<Box<str>, Timeline>,
    contact_group: HashMap<Box<str>, Timeline>,
    sender: HashMap<Cvr, Timeline>,
    recipient: HashMap<Cvr, Timeline>,
    no_contact_point: HashMap<PostType, Timeline>,
    kle: IntervalIndex,
    form: IntervalIndex,
    /// For each rule, its fagsystem's position in the authority's list.
    fagsystem_of_rule: Vec<usize>,
    default_fagsystem: usize,
}

impl AuthorityIndex {
    fn new(authority: &Authority) -> Self {
        let positions: HashMap<_, _> = authority.fagsystems.iter().enumerate().map(|(at, it)| (&it.id, at)).collect();
        let rules =
            || authority.rules.iter().enumerate().filter(|(_, rule)| rule.active).map(|(at, rule)| contender(at, rule));
        Self {
            contact_point: grouped(rules(), |it| match it {
                Criterion::ContactPoint(id) => Some(id.folded().into()),
                _ => None,
            }),
            contact_group: grouped(rules(), |it| match it {
                Criterion::ContactGroup(name) => Some(name.folded().into()),
                _ => None,
            }),
            sender: grouped(rules(), |it| match it {
                Criterion::SenderCvr(cvr) => Some(*cvr),
                _ => None,
            }),
            recipient: grouped(rules(), |it| match it {
                Criterion::RecipientCvr(cvr) => Some(*cvr),
                _ => None,
            }),
            no_contact_point: grouped(rules(), |it| match it {
                Criterion::NoContactPoint(post_type) => Some(*post_type),
                _ => None,
            }),
            kle: IntervalIndex::new(&chosen(rules(), |it| match it {
                Criterion::Kle(interval) => Some(*interval),
                _ => None,
            })),
            form: IntervalIndex::new(&chosen(rules(), |it| match it {
                Criterion::Form(interval) => Some(*interval),
                _ => None,
            })),
            fagsystem_of_rule: authority.rules.iter().map(|rule| positions[&rule.fagsystem]).collect(),
            default_fagsystem: positions[&authority.default_fagsystem],
        }
    }

    /// The timelines of the values that the message has: of all the winners on a day, the least decides.
    fn timelines<'a>(&'a self, facts: &Facts) -> Vec<&'a Timeline> {
        let mut timelines: Vec<&Timeline> = Vec::new();
        match &facts.contact_point {
            None => timelines.extend(facts.post_type.and_then(|it| self.no_contact_point.get(&it))),
            Some(point) => {
                timelines.extend(point.id.as_ref().and_then(|id| self.contact_point.get(id.folded())));
                timelines.extend(point.group.as_ref().and_then(|name| self.contact_group.get(name.folded())));
            }
        }
        if let Sender::Organisation(Some(cvr)) = facts.sender {
            timelines.extend(self.sender.get(&cvr));
        }
        timelines.extend(facts.recipient.and_then(|cvr| self.recipient.get(&cvr)));
        timelines.extend(facts.kle.into_iter().flat_map(|number| self.kle.timelines(number)));
        timelines.extend(facts.form.into_iter().flat_map(|number| self.form.timelines(number)));
        timelines
    }

    fn winner(&self, facts: &Facts, sender: SenderKind, day: Date) -> Option<Candidate> {
        let wins = |timeline: &Timeline| timeline.winner(sender, day);
        let by_address = match &facts.contact_point {
            None => facts.post_type.and_then(|it| self.no_contact_point.get(&it)).and_then(wins),
            Some(point) => {
                let by_id = point.id.as_ref().and_then(|id| self.contact_point.get(id.folded()));
                let by_group = point.group.as_ref().and_then(|name| self.contact_group.get(name.folded()));
                lower(by_id.and_then(wins), by_group.and_then(wins))
            }
        };
        let sender_cvr = match facts.sender {
            Sender::Organisation(cvr) => cvr,
            Sender::Person | Sender::Other => None,
        };
        [
            by_address,
            sender_cvr.and_then(|cvr| self.sender.get(&cvr)).and_then(wins),
            facts.recipient.and_then(|cvr| self.recipient.get(&cvr)).and_then(wins),
            facts.kle.and_then(|number| self.kle.winner(number, sender, day)),
            facts.form.and_then(|number| self.form.winner(number, sender, day)),
        ]
        .into_iter()
        .fold(None, lower)
    }
}

fn lower(one: Option<Candidate>, other: Option<Candidate>) -> Option<Candidate> {
    one.into_iter().chain(other).min()
}

fn contender(position: usize, rule: &Rule) -> (&Criterion, Contender) {
    let candidate = Candidate { priority: rule.priority, rule: position };
    let senders = SenderKind::ALL.map(|sender| rule.segment.includes(sender));
    (&rule.criterion, Contender { candidate, validity: rule.validity, senders })
}

fn chosen<'a, K>(
    rules: impl Iterator<Item = (&'a Criterion, Contender)>,
    value: impl Fn(&Criterion) -> Option<K>,
) -> Vec<(K, Contender)> {
    rules.filter_map(|(criterion, contender)| Some((value(criterion)?, contender))).collect()
}

fn grouped<'a, K: Eq + Hash>(
    rules: impl Iterator<Item = (&'a Criterion, Contender)>,
    value: impl Fn(&Criterion) -> Option<K>,
) -> HashMap<K, Timeline> {
    let mut groups: HashMap<K, Vec<Contender>> = HashMap::new();
    for (key, contender) in chosen(rules, value) {
        groups.entry(key).or_default().push(contender);
    }
    groups.into_iter().map(|(key, group)| (key, Timeline::new(&group))).collect()
}
