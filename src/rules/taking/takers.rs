use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::marker::PhantomData;
use std::sync::Arc;

use jiff::civil::Date;

use super::first_elsewhere::FirstElsewhere;
use super::ruled::Ruled;
use super::senders::KINDS;
use super::stretches::{Place, Wanting, Winners, stretches};
use crate::rules::book::{Authority, Criterion, CriterionKind, FagsystemId, Priority, Rule, RuleBook};
use crate::rules::facts::{Facts, SenderKind};
use crate::rules::values::{Cvr, Interval, Number};

/// Who gets an authority's mail by its number in a classification, on one day.
///
/// ```
/// use jiff::civil::date;
/// use postfordeler::rules::{Caseless, Criterion, CriterionKind, KleNumbers, Priority, Rule, RuleBook, Takers};
/// # use postfordeler::rules::{Authority, Fagsystem, FagsystemId, Validity};
/// # let id = |id: &str| FagsystemId::new(id).unwrap();
/// # let fagsystem = |name: &str| Fagsystem::new(id(name), name, "https://intern.eksempel.dk/postmodtag".parse().unwrap());
/// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem("esdh"));
/// # authority.fagsystems.push(fagsystem("dagtilbud"));
///
/// // Rule 20 sends KLE 28 to `dagtilbud`, but rule 10 what is for one of the contact points to `esdh`.
/// let always = Validity::new(date(2026, 1, 1), None).unwrap();
/// let rule = |number, criterion, fagsystem| Rule::new(Priority::new(number).unwrap(), criterion, id(fagsystem), always);
/// authority.rules.push(rule(10, Criterion::ContactPoint(Caseless::new("kp-1")), "esdh").into());
/// authority.rules.push(rule(20, Criterion::Kle("28".parse().unwrap()), "dagtilbud").into());
/// let book = RuleBook { authorities: vec![authority.clone()], ..RuleBook::default() };
///
/// let takers = Takers::<KleNumbers>::of(&book, &authority, date(2026, 11, 27));
/// let taking = takers.over("28.06".parse().unwrap());
/// assert_eq!(taking[0].taker.rule, Priority::new(20));
/// assert_eq!(taking[0].taker.unless, [CriterionKind::ContactPoint]);
/// // No rule takes 29, so that it goes to the default recipient, here the very system that rule 10 sends to.
/// assert_eq!(takers.over("29".parse().unwrap())[0].taker.rule, None);
/// assert!(takers.over("29".parse().unwrap())[0].taker.unless.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Takers<C> {
    /// The first number of each stretch, ascending, and its pattern. A stretch goes on until the next begins.
    starts: Vec<(u32, usize)>,
    patterns: Vec<Pattern>,
    deciders: Vec<Arc<Taker>>,
    recipients: Vec<Recipients>,
    /// The numbers that make a sender an authority.
    authorities: HashSet<Cvr>,
    classification: PhantomData<C>,
}

/// What decides for a message with some number, unless an earlier rule on another fact takes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Taker {
    /// The rule; `None` for the default recipient.
    pub rule: Option<Priority>,
    /// Who gets the message.
    pub fagsystem: FagsystemId,
    /// The facts on which an earlier rule may take the message to another fagsystem. Before the default recipient every rule
    /// is earlier. Empty when the number alone decides.
    pub unless: Vec<CriterionKind>,
}

/// What a taker takes of some numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// What decides.
    pub taker: Arc<Taker>,
    /// From whom.
    pub senders: Vec<SenderKind>,
    /// To which of the authority's numbers; empty for all of them.
    pub recipients: Vec<Cvr>,
    /// Whether it takes that mail for each of the numbers, and not for some of them only.
    pub is_whole: bool,
}

impl Taking {
    /// Whether it takes all mail of the numbers, whoever sends it.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.is_whole && self.recipients.is_empty() && self.senders.len() == KINDS.len()
    }
}

/// Numbers over which the same takers take the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<C: Ruled> {
    /// The numbers.
    pub interval: Interval<C>,
    /// Who takes them.
    pub taking: Vec<Taking>,
}

/// Who takes a number: for each of the authority's own numbers that are told apart, and each kind of sender, the number of a
/// taker.
type Pattern = Vec<[usize; KINDS.len()]>;

/// Recipients of whom something is taken, each with the count of patterns in which it is.
type Classes = Vec<(usize, usize)>;

/// Numbers of the authority with the same rules on the recipient.
#[derive(Debug, Clone, Default)]
struct Recipients {
    numbers: Vec<Cvr>,
    first: Winners,
}

impl<C: Ruled> Takers<C> {
    /// Those of an authority of the book, by the rules in force on that day.
    ///
    /// A book that contradicts itself is read as well as it can be: of two rules with one number, the earlier in the list
    /// comes first.
    #[must_use]
    pub fn of(book: &RuleBook, authority: &Authority, day: Date) -> Self {
        let mut rules: Vec<(Place, &Rule)> = authority
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.active && rule.validity.includes(day))
            .map(|(at, rule)| ((rule.priority, at), &**rule))
            .collect();
        rules.sort_unstable_by_key(|(place, _)| *place);
        let wanting = rules.iter().filter_map(|(place, rule)| {
            let interval = C::wanted(&rule.criterion)?;
            Some((*place, *rule, (interval.lowest(), interval.highest())))
        });
        let wanting: Vec<Wanting<'_>> = wanting.collect();
        let mut making = Making::new(book, authority, &rules, C::KIND);
        let starts = stretches(&wanting, 100_u32.pow(u32::try_from(C::PARTS).unwrap_or(1)))
            .into_iter()
            .map(|(first, winners)| (first, making.pattern(&winners)))
            .collect();
        let Making { patterns, takers, recipients, authorities, .. } = making;
        Self { starts, patterns, deciders: takers, recipients, authorities, classification: PhantomData }
    }

    /// Who takes a number and all below it, in the order of the rules.
    #[must_use]
    pub fn over(&self, number: Number<C>) -> Vec<Taking> {
        self.over_ranges(&[(number.lowest(), number.highest())])
    }

    /// Who takes a message by its number; `None` where it has none, or is not for the authority, or its sender is of no known
    /// kind.
    #[must_use]
    pub fn taker_of(&self, facts: &Facts) -> Option<&Arc<Taker>> {
        let sender = facts.sender_kind(|cvr| self.authorities.contains(&cvr));
        self.taker(C::of(facts)?, sender, facts.recipient?)
    }

    /// The taker of a message with that number from such a sender to that number of the authority. A number shorter than
    /// a full one is its own "i almindelighed". `None` for another recipient, and for senders of no known kind.
    #[must_use]
    pub fn taker(&self, number: Number<C>, sender: SenderKind, recipient: Cvr) -> Option<&Arc<Taker>> {
        let kind = KINDS.iter().position(|kind| *kind == sender)?;
        let class = self.recipients.iter().position(|class| class.numbers.contains(&recipient))?;
        let (_, pattern) = self.starts[self.stretch_of(number.lowest())];
        self.deciders.get(self.patterns[pattern][class][kind])
    }

    /// Divides the numbers of an interval into stretches, in order: at most `most`, of which the last has the rest.
    #[must_use]
    pub fn stretches(&self, interval: Interval<C>, most: usize) -> Vec<Stretch<C>> {
        let (lowest, highest) = (interval.lowest(), interval.highest());
        let inside = self.starts[self.stretch_of(lowest) + 1..].iter().map(|(first, _)| *first);
        let firsts: Vec<u32> =
            std::iter::once(lowest).chain(inside.take_while(|first| *first <= highest)).take(most.max(1)).collect();
        let lasts = firsts.iter().skip(1).map(|next| next - 1).chain([highest]);
        let stretch = |(first, last): (&u32, u32)| {
            Some(Stretch { interval: Interval::of_values(*first, last)?, taking: self.over_ranges(&[(*first, last)]) })
        };
        firsts.iter().zip(lasts).filter_map(stretch).collect()
    }

    /// How many rules or the default recipient take anything at all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.deciders.len()
    }

    fn stretch_of(&self, number: u32) -> usize {
        self.starts.partition_point(|(first, _)| *first <= number).saturating_sub(1)
    }

    /// Who takes the full numbers of some ranges, each from a first through a last one.
    pub(super) fn over_ranges(&self, ranges: &[(u32, u32)]) -> Vec<Taking> {
        let mut patterns: BTreeSet<usize> = BTreeSet::new();
        for (lowest, highest) in ranges {
            let stretches = &self.starts[self.stretch_of(*lowest)..];
            let end = stretches.partition_point(|(first, _)| first <= highest);
            patterns.extend(stretches[..end].iter().map(|(_, pattern)| *pattern));
        }
        let mut cells: BTreeMap<usize, BTreeMap<(usize, usize), usize>> = BTreeMap::new();
        for pattern in &patterns {
            for (class, by_kind) in self.patterns[*pattern].iter().enumerate() {
                for (kind, taker) in by_kind.iter().enumerate() {
                    *cells.entry(*taker).or_default().entry((kind, class)).or_default() += 1;
                }
            }
        }
        let mut taking: Vec<Taking> =
            cells.into_iter().flat_map(|(taker, cells)| self.shares(taker, &cells, patterns.len())).collect();
        taking.sort_by_key(|it| (it.taker.rule.is_none(), it.taker.rule));
        taking
    }

    /// What a taker takes, told without a false word: senders of whom it takes the same go together. `cells` say of which
    /// senders and recipients it takes anything, and in how many of all patterns.
    fn shares(&self, taker: usize, cells: &BTreeMap<(usize, usize), usize>, all: usize) -> Vec<Taking> {
        let mut shares: Vec<(Classes, Vec<SenderKind>)> = Vec::new();
        for (kind, sender) in KINDS.into_iter().enumerate() {
            let of = cells.range((kind, 0)..(kind + 1, 0));
            let classes: Classes = of.map(|((_, class), count)| (*class, *count)).collect();
            match shares.iter_mut().find(|(same, _)| *same == classes) {
                _ if classes.is_empty() => {}
                Some((_, senders)) => senders.push(sender),
                None => shares.push((classes, vec![sender])),
            }
        }
        let share = |(classes, senders): (Classes, Vec<SenderKind>)| {
            let numbers = classes.iter().flat_map(|(class, _)| self.recipients[*class].numbers.iter().copied());
            Taking {
                taker: Arc::clone(&self.deciders[taker]),
                senders,
                recipients: if classes.len() == self.recipients.len() { Vec::new() } else { numbers.collect() },
                is_whole: classes.iter().all(|(_, count)| *count == all),
            }
        };
        shares.into_iter().map(share).collect()
    }
}

/// Takers while they are made.
struct Making<'r> {
    rules: HashMap<Place, &'r Rule>,
    default: &'r FagsystemId,
    elsewhere: FirstElsewhere<'r>,
    authorities: HashSet<Cvr>,
    kind: CriterionKind,
    recipients: Vec<Recipients>,
    patterns: Vec<Pattern>,
    known_patterns: HashMap<Winners, usize>,
    takers: Vec<Arc<Taker>>,
    known_takers: HashMap<Option<Place>, usize>,
}

impl<'r> Making<'r> {
    fn new(book: &RuleBook, authority: &'r Authority, rules: &[(Place, &'r Rule)], kind: CriterionKind) -> Self {
        let own = book.authorities.iter().flat_map(Authority::cvrs);
        let authorities: HashSet<Cvr> = own.chain(book.known_authorities.iter().map(|known| known.cvr)).collect();
        Self {
            rules: rules.iter().copied().collect(),
            default: &authority.default_fagsystem,
            elsewhere: FirstElsewhere::of(rules.iter().copied(), &authorities),
            authorities,
            kind,
            recipients: recipients(authority, rules),
            patterns: Vec::new(),
            known_patterns: HashMap::new(),
            takers: Vec::new(),
            known_takers: HashMap::new(),
        }
    }

    /// The number of the pattern where these rules on the classification come first.
    fn pattern(&mut self, winners: &Winners) -> usize {
        if let Some(known) = self.known_patterns.get(winners) {
            return *known;
        }
        let recipients: Vec<Winners> = self.recipients.iter().map(|class| class.first).collect();
        let pattern = recipients.into_iter().map(|first| {
            [0, 1, 2].map(|kind: usize| {
                let place = winners[kind].into_iter().chain(first[kind]).min();
                self.taker(place)
            })
        });
        let pattern: Pattern = pattern.collect();
        self.patterns.push(pattern);
        self.known_patterns.insert(*winners, self.patterns.len() - 1);
        self.patterns.len() - 1
    }

    fn taker(&mut self, place: Option<Place>) -> usize {
        if let Some(known) = self.known_takers.get(&place) {
            return *known;
        }
        let rule = place.and_then(|place| self.rules.get(&place).copied());
        let fagsystem = rule.map_or(self.default, |rule| &rule.fagsystem);
        let depends_on_message = |kind| kind != self.kind && kind != CriterionKind::RecipientCvr;
        let for_sender = |sender| {
            let is_for = rule.is_none_or(|rule| rule.segment.includes(KINDS[sender]));
            is_for.then(|| self.elsewhere.before(place, fagsystem, sender, depends_on_message))
        };
        let unless: BTreeSet<CriterionKind> = (0..KINDS.len()).filter_map(for_sender).flatten().collect();
        let taker = Taker {
            rule: rule.map(|rule| rule.priority),
            fagsystem: fagsystem.clone(),
            unless: unless.into_iter().collect(),
        };
        self.takers.push(Arc::new(taker));
        self.known_takers.insert(place, self.takers.len() - 1);
        self.takers.len() - 1
    }
}

/// The authority's numbers, those together that the same rules on the recipient look for.
fn recipients(authority: &Authority, rules: &[(Place, &Rule)]) -> Vec<Recipients> {
    let mut classes: Vec<Recipients> = Vec::new();
    let mut first_of: HashMap<Cvr, Winners> = HashMap::new();
    for (place, rule) in rules {
        let Criterion::RecipientCvr(cvr) = &rule.criterion else { continue };
        let first = first_of.entry(*cvr).or_default();
        for (kind, first) in KINDS.into_iter().zip(first) {
            if first.is_none() && rule.segment.includes(kind) {
                *first = Some(*place);
            }
        }
    }
    for cvr in authority.cvrs() {
        let first = first_of.get(&cvr).copied().unwrap_or_default();
        match classes.iter_mut().find(|class| class.first == first) {
            Some(class) => class.numbers.push(cvr),
            None => classes.push(Recipients { numbers: vec![cvr], first }),
        }
    }
    classes
}
