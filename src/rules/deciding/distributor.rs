use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use jiff::civil::Date;

use super::interval_index::IntervalIndex;
use super::timeline::{Candidate, Contender, Timeline};
use crate::rules::book::{Authority, Criterion, Fagsystem, Priority, Rule, RuleBook};
use crate::rules::checking::Faults;
use crate::rules::facts::{Facts, PostType, Sender, SenderKind};
use crate::rules::values::Cvr;

/// A rule book made ready to decide.
///
/// A decision takes a hash look-up for each fact of the message and a short climb for its classifications, however
/// many rules there are.
#[derive(Debug, Clone)]
pub struct Distributor {
    book: Arc<RuleBook>,
    by_recipient: HashMap<Cvr, usize>,
    known_authorities: HashSet<Cvr>,
    indexes: Vec<AuthorityIndex>,
}

/// Which fagsystem gets a message, and on what ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The authority that the message is for.
    pub authority: &'a Authority,
    /// The system that gets it. It may be paused: then the message is refused as unavailable, and no other gets it.
    pub fagsystem: &'a Fagsystem,
    /// Why.
    pub ground: Ground<'a>,
}

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground<'a> {
    /// The matching rule with the lowest number.
    Rule(&'a Rule),
    /// No rule matched: the default recipient.
    Default,
}

impl Ground<'_> {
    /// The deciding rule's priority, when a rule decided.
    #[must_use]
    pub fn priority(&self) -> Option<Priority> {
        match self {
            Self::Rule(rule) => Some(rule.priority),
            Self::Default => None,
        }
    }
}

/// The message's recipient is none of the authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the recipient is none of the authorities in the published configuration")]
pub struct UnknownRecipient;

impl RuleBook {
    /// Turns the book into an index that decides in the time of a few look-ups.
    ///
    /// # Errors
    ///
    /// Every [`Fault`](crate::rules::Fault) of the book, when it has any.
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
        let ours = |(at, authority): (usize, &Authority)| authority.cvrs().map(|cvr| (cvr, at)).collect::<Vec<_>>();
        let by_recipient: HashMap<Cvr, usize> = book.authorities.iter().enumerate().flat_map(ours).collect();
        Ok(Self {
            known_authorities: book
                .known_authorities
                .iter()
                .map(|it| it.cvr)
                .chain(by_recipient.keys().copied())
                .collect(),
            by_recipient,
            indexes: book.authorities.iter().map(AuthorityIndex::new).collect(),
            book: Arc::new(book),
        })
    }

    /// The book it was made from.
    #[must_use]
    pub fn book(&self) -> &Arc<RuleBook> {
        &self.book
    }

    /// How segments see the sender of a message.
    #[must_use]
    pub fn sender_kind(&self, facts: &Facts) -> SenderKind {
        match facts.sender {
            Sender::Person => SenderKind::Person,
            Sender::Other => SenderKind::Other,
            Sender::Organisation(cvr) => {
                let known = cvr.is_some_and(|cvr| self.known_authorities.contains(&cvr));
                if known || facts.sender_has_contact_point { SenderKind::Authority } else { SenderKind::Company }
            }
        }
    }

    /// The authority that a message is for.
    #[must_use]
    pub fn authority(&self, facts: &Facts) -> Option<&Authority> {
        self.authority_at(facts).map(|at| &self.book.authorities[at])
    }

    fn authority_at(&self, facts: &Facts) -> Option<usize> {
        self.by_recipient.get(&facts.recipient?).copied()
    }

    /// Which fagsystem gets a message with these facts on that day, a calendar day in Denmark.
    ///
    /// # Errors
    ///
    /// [`UnknownRecipient`] when the recipient is none of the authorities.
    pub fn decide(&self, facts: &Facts, day: Date) -> Result<Decision<'_>, UnknownRecipient> {
        let at = self.authority_at(facts).ok_or(UnknownRecipient)?;
        let (authority, index) = (&self.book.authorities[at], &self.indexes[at]);
        let winner = index.winner(facts, self.sender_kind(facts), day);
        let (fagsystem, ground) = match winner {
            Some(winner) => (index.fagsystem_of_rule[winner.rule], Ground::Rule(&authority.rules[winner.rule])),
            None => (index.default_fagsystem, Ground::Default),
        };
        Ok(Decision { authority, fagsystem: &authority.fagsystems[fagsystem], ground })
    }
}

/// One authority's rules by the value they want.
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
