use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::crossing::{Choice, Crossing, Mandatory};
use super::example::{Made, example};
use super::layers::{Pair, layers, pairs};
use crate::rules::book::{Authority, Criterion, CriterionKind, FagsystemId, Priority, Rule};
use crate::rules::coverage::{Blocks, Calendar, Coverage, Moments, Place, Values, can_meet};
use crate::rules::deciding::{Destination, Distributor};
use crate::rules::facts::{Facts, SenderKind};
use crate::rules::values::Cvr;

/// The days that a [`Proof`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// That day and all later ones.
    From(Date),
    /// That day alone.
    Only(Date),
}

/// Every way in which messages change receiver when one rule book replaces another, over all messages that there can be.
///
/// It is exact: each change has a message that shows it, and no other message changes receiver.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// One entry for each two deciders between which some message changes receiver, by authority and then
    /// by priority before and after, the default recipient last.
    pub changes: Vec<ReceiverChange>,
    /// Whether there are more changes than [`Proof::MAX_CHANGES`], the rest of which were left out.
    pub is_cut_off: bool,
}

/// A way in which messages change receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiverChange {
    /// The authority that they are for, in the later book if it is there.
    pub authority: Cvr,
    /// What decides for them before; `None` when they are refused, because the recipient is none of the authorities.
    pub before: Option<Destination>,
    /// What decides for them after.
    pub after: Option<Destination>,
    /// The days on which there are such messages: stretches in order, from a first through a last day, which a stretch
    /// without an end lacks.
    pub periods: Vec<(Date, Option<Date>)>,
    /// A made-up message that changes receiver.
    pub example: Facts,
    /// A day on which it does.
    pub day: Date,
}

impl Proof {
    /// The most changes that are listed. Where there are more, nearly everything has changed, and nobody reads them.
    pub const MAX_CHANGES: usize = 100_000;

    /// Compares two books over all messages on the days of a span.
    ///
    /// A message changes receiver when it goes to a fagsystem with another id, or when it is refused by one book alone. Where
    /// its number has moved to another authority, a fagsystem there with the same id is the same if its endpoint is.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Priority, Proof, Rule, RuleBook, Span};
    /// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId, Validity};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem("esdh"));
    /// # authority.fagsystems.push(fagsystem("ydelse"));
    /// # let published = RuleBook { authorities: vec![authority], ..RuleBook::default() };
    ///
    /// // A new rule sends KLE group 32.18 to `ydelse` from New Year's Day on.
    /// let from_new_year = Validity::new(date(2027, 1, 1), None).unwrap();
    /// let kle = Criterion::Kle("32.18".parse().unwrap());
    /// let mut draft = published.clone();
    /// let rule = Rule::new(Priority::new(10).unwrap(), kle, FagsystemId::new("ydelse").unwrap(), from_new_year);
    /// draft.authorities[0].rules.push(rule.into());
    ///
    /// let (before, after) = (published.compile().unwrap(), draft.compile().unwrap());
    /// let proof = Proof::between(&before, &after, Span::From(date(2026, 11, 26)));
    /// let [change] = proof.changes.as_slice() else { panic!("one change and nothing else") };
    /// assert_eq!(change.periods, [(date(2027, 1, 1), None)]);
    /// assert_eq!(before.decide(&change.example, change.day).unwrap().fagsystem.id.as_str(), "esdh");
    /// assert_eq!(after.decide(&change.example, change.day).unwrap().fagsystem.id.as_str(), "ydelse");
    /// ```
    #[must_use]
    pub fn between(before: &Distributor, after: &Distributor, span: Span) -> Self {
        let calendar = match span {
            Span::From(day) => Calendar::from(day),
            Span::Only(day) => Calendar::only(day),
        };
        let known = [before, after].map(|rules| rules.book().authority_cvrs());
        let mut collector = Collector { changes: BTreeMap::new(), calendar };
        for (authorities, recipients) in shared_recipients(before, after) {
            match authorities {
                (Some(one), Some(other)) => {
                    let compared = Compared { authorities: (one, other), recipients: &recipients, known: &known };
                    compared.collect(before, after, &mut collector);
                }
                (Some(one), None) => refused(one, &recipients, before, &known[0], true, &mut collector),
                (None, Some(other)) => refused(other, &recipients, after, &known[1], false, &mut collector),
                (None, None) => {}
            }
        }
        collector.proof()
    }

    /// Whether no message changes receiver.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

type Authorities<'a> = (Option<&'a Authority>, Option<&'a Authority>);

/// The CVR numbers of all authorities, by the authorities that receive for them before and after.
fn shared_recipients<'a>(before: &'a Distributor, after: &'a Distributor) -> Vec<(Authorities<'a>, Vec<Cvr>)> {
    let owners = |rules: &'a Distributor| -> HashMap<Cvr, &'a Authority> {
        rules.book().authorities.iter().flat_map(|it| it.cvrs().map(move |cvr| (cvr, it))).collect()
    };
    let (owned, owned_after) = (owners(before), owners(after));
    let mut shared: Vec<(Authorities<'a>, Vec<Cvr>)> = Vec::new();
    let books = [after.book(), before.book()];
    for cvr in books.into_iter().flat_map(|book| book.authorities.iter().flat_map(Authority::cvrs)) {
        if shared.iter().any(|(_, recipients)| recipients.contains(&cvr)) {
            continue;
        }
        let authorities = (owned.get(&cvr).copied(), owned_after.get(&cvr).copied());
        let main = |(one, other): Authorities<'_>| (one.map(|it| it.cvr), other.map(|it| it.cvr));
        match shared.iter_mut().find(|(others, _)| main(*others) == main(authorities)) {
            Some((_, recipients)) => recipients.push(cvr),
            None => shared.push((authorities, vec![cvr])),
        }
    }
    shared
}

/// A decider's place in the order of a proof: its priority, the default recipient after all, and refusal last.
type DeciderKey = (u8, Option<Priority>);

/// The changes that were found so far.
struct Collector {
    /// By the authority after and before, since deciders of two authorities are two.
    changes: BTreeMap<(Cvr, Cvr, DeciderKey, DeciderKey), Collected>,
    calendar: Calendar,
}

struct Collected {
    before: Option<Destination>,
    after: Option<Destination>,
    moments: Moments,
    example: (Facts, Date),
}

impl Collector {
    /// Adds moments at which messages for the authority change; `example` makes up one that does. Returns whether there is
    /// room for more.
    fn add(
        &mut self,
        (was, authority): (Cvr, Cvr),
        deciders: (Option<Destination>, Option<Destination>),
        moments: &Moments,
        example: impl FnOnce() -> (Facts, Date),
    ) -> bool {
        let key = |decider: &Option<Destination>| match decider {
            Some(Destination { rule: Some(rule), .. }) => (0, Some(*rule)),
            Some(_) => (1, None),
            None => (2, None),
        };
        let (before, after) = deciders;
        let key = (authority, was, key(&before), key(&after));
        if let Some(known) = self.changes.get_mut(&key) {
            known.moments.add(moments);
            return true;
        }
        let collected = Collected { before, after, moments: moments.clone(), example: example() };
        self.changes.insert(key, collected);
        self.changes.len() <= Proof::MAX_CHANGES
    }

    fn proof(self) -> Proof {
        let calendar = self.calendar;
        let is_cut_off = self.changes.len() > Proof::MAX_CHANGES;
        let changes = self.changes.into_iter().take(Proof::MAX_CHANGES).map(|((authority, ..), it)| ReceiverChange {
            authority,
            before: it.before,
            after: it.after,
            periods: calendar.days(&it.moments),
            example: it.example.0,
            day: it.example.1,
        });
        Proof { changes: changes.collect(), is_cut_off }
    }
}

/// The messages to these numbers are refused by one of the books: all of them change.
fn refused(
    authority: &Authority,
    recipients: &[Cvr],
    rules: &Distributor,
    known: &HashSet<Cvr>,
    is_before: bool,
    collector: &mut Collector,
) {
    let side = Side::new(authority);
    let values = Values::of(side.rules.iter().map(|rule| &rule.criterion));
    let senders = |rule: &Rule, kind| rule.segment.includes(kind) && can_meet(&rule.criterion, kind, known);
    let coverage = side.coverage(recipients, senders, collector.calendar, &values);
    let all = collector.calendar.all();
    let blocks = (0..coverage.blocks.in_order.len()).map(Some).chain([None]);
    for block in blocks {
        let moments = block.map_or_else(|| all.without(coverage.closed()), |at| coverage.decides(at).clone());
        let Some(moment) = moments.earliest() else { continue };
        let decider = side.decider(&coverage, block);
        let deciders = if is_before { (Some(decider.clone()), None) } else { (None, Some(decider.clone())) };
        let (kind, day) = collector.calendar.told(moment);
        let place = block.and_then(|at| {
            let piece = coverage.pieces(at).iter().find(|piece| piece.moments.contains(moment));
            Some((coverage.block(at).kind, piece?.place))
        });
        let made = Made {
            recipients,
            kind,
            sender: None,
            facts: place.into_iter().collect(),
            values: &values,
            authority,
            known: [known, known],
        };
        let decides = |facts: &Facts| rules.decide(facts, day).is_ok_and(|it| Destination::of(&it) == decider);
        if !collector.add((authority.cvr, authority.cvr), deciders, &moments, || (example(&made, decides), day)) {
            return;
        }
    }
}

/// An authority's rules in one of the books.
struct Side<'a> {
    authority: &'a Authority,
    rules: Vec<&'a Rule>,
    receivers: Receivers<'a>,
}

/// The fagsystems of an authority by number.
struct Receivers<'a>(HashMap<&'a FagsystemId, u32>);

impl<'a> Receivers<'a> {
    fn of(authority: &'a Authority) -> Self {
        Self((0..).zip(&authority.fagsystems).map(|(at, it)| (&it.id, at)).collect())
    }

    fn number(&self, id: &FagsystemId) -> u32 {
        self.0.get(id).copied().unwrap_or(u32::MAX)
    }
}

impl<'a> Side<'a> {
    fn new(authority: &'a Authority) -> Self {
        Self { authority, rules: authority.rules_in_order(), receivers: Receivers::of(authority) }
    }

    fn coverage(
        &self,
        recipients: &[Cvr],
        senders: impl Fn(&Rule, SenderKind) -> bool,
        calendar: Calendar,
        values: &Values<'_>,
    ) -> Coverage {
        let number = |id: &FagsystemId| self.receivers.number(id);
        let default = number(&self.authority.default_fagsystem);
        Coverage::of(Blocks::of(&self.rules, default, recipients, senders, calendar, values, number), values)
    }

    fn decider(&self, coverage: &Coverage, block: Option<usize>) -> Destination {
        let rule = block.map(|at| self.rules[coverage.block(at).rule]);
        let fagsystem = rule.map_or(&self.authority.default_fagsystem, |rule| &rule.fagsystem);
        Destination { fagsystem: fagsystem.clone(), rule: rule.map(|rule| rule.priority) }
    }
}

/// The authorities that receive for some numbers in the two books.
struct Compared<'a> {
    authorities: (&'a Authority, &'a Authority),
    recipients: &'a [Cvr],
    /// The numbers whose senders are authorities, before and after.
    known: &'a [HashSet<Cvr>; 2],
}

/// Whose messages are looked at.
#[derive(Debug, Clone, Copy)]
enum Writers {
    /// Everybody who is of the same kind before and after.
    Settled,
    /// The sender with that number, who is an authority by one of the books and a company by the other, unless it has a
    /// contact point of its own.
    Unsettled(Cvr),
}

impl Compared<'_> {
    fn collect(&self, before: &Distributor, after: &Distributor, collector: &mut Collector) {
        let (one, other) = (Side::new(self.authorities.0), Side::new(self.authorities.1));
        let criteria = || one.rules.iter().chain(&other.rules).map(|rule| &rule.criterion);
        let values = Values::of(criteria());
        let compared = Between { compared: self, sides: (&one, &other), values: &values, rules: (before, after) };
        if !compared.collect(Writers::Settled, collector) {
            return;
        }
        let mut unsettled: Vec<Cvr> = self.known[0].symmetric_difference(&self.known[1]).copied().collect();
        unsettled.sort_unstable();
        let named: HashSet<&Criterion> = criteria().filter(|it| matches!(it, Criterion::SenderCvr(_))).collect();
        let is_named = |cvr: &Cvr| named.contains(&Criterion::SenderCvr(*cvr));
        // Those that no rule names are alike.
        let first_unnamed =
            |known: &HashSet<Cvr>| unsettled.iter().copied().find(|cvr| !is_named(cvr) && known.contains(cvr));
        let alike: HashSet<Cvr> = self.known.iter().filter_map(first_unnamed).collect();
        for cvr in unsettled.iter().copied().filter(|cvr| is_named(cvr) || alike.contains(cvr)) {
            if !compared.collect(Writers::Unsettled(cvr), collector) {
                return;
            }
        }
    }

    fn kind(&self, cvr: Cvr, book: usize) -> SenderKind {
        if self.known[book].contains(&cvr) { SenderKind::Authority } else { SenderKind::Company }
    }
}

/// The rules of the two books with the values that either names.
struct Between<'a> {
    compared: &'a Compared<'a>,
    sides: (&'a Side<'a>, &'a Side<'a>),
    values: &'a Values<'a>,
    rules: (&'a Distributor, &'a Distributor),
}

impl Between<'_> {
    /// Collects the changes for some writers; returns whether there is room for more.
    fn collect(&self, writers: Writers, collector: &mut Collector) -> bool {
        let calendar = collector.calendar;
        let senders = |book: usize| {
            let known = self.compared.known;
            move |rule: &Rule, kind: SenderKind| match writers {
                Writers::Settled => {
                    let can = |known| can_meet(&rule.criterion, kind, known);
                    rule.segment.includes(kind) && known.iter().all(can)
                }
                // All that is told of is what the sender itself writes, which stands where companies' messages do.
                Writers::Unsettled(cvr) => {
                    let is_other = matches!(rule.criterion, Criterion::SenderCvr(other) if other != cvr);
                    let is_included = rule.segment.includes(self.compared.kind(cvr, book));
                    kind == SenderKind::Company && is_included && !is_other
                }
            }
        };
        let of = |side: &Side<'_>, book| side.coverage(self.compared.recipients, senders(book), calendar, self.values);
        let coverages = (of(self.sides.0, 0), of(self.sides.1, 1));
        let (mandatory_kinds, sender): (&[CriterionKind], _) = match writers {
            Writers::Settled => (&[CriterionKind::RecipientCvr], None),
            Writers::Unsettled(cvr) => (&[CriterionKind::RecipientCvr, CriterionKind::SenderCvr], Some(cvr)),
        };
        let all = match writers {
            Writers::Settled => calendar.all(),
            Writers::Unsettled(_) => calendar.of(SenderKind::Company),
        };
        let layers = layers(&coverages.0, &coverages.1, self.values, mandatory_kinds);
        let crossing = Crossing::new(&layers, (coverages.0.blocks.in_order.len(), coverages.1.blocks.in_order.len()));
        let moves = self.moves(&coverages);
        let mut has_room = true;
        for (mandatory, recipient) in self.mandatory(&coverages, sender, &all) {
            crossing.find(&mandatory, &moves, |pair, moments, choices| {
                has_room = self.add(pair, &moments, choices, recipient, sender, &coverages, collector);
                has_room
            });
            if !has_room {
                break;
            }
        }
        has_room
    }

    /// Whether a message that changes between a pair changes receiver.
    fn moves<'c>(&'c self, coverages: &'c (Coverage, Coverage)) -> impl Fn(Pair) -> bool + 'c {
        let is_one = self.sides.0.authority.cvr == self.sides.1.authority.cvr;
        let count = |side: &Side<'_>| side.authority.fagsystems.len();
        let same: Vec<Vec<bool>> = (0..count(self.sides.0))
            .map(|one| {
                let one = &self.sides.0.authority.fagsystems[one];
                let others = self.sides.1.authority.fagsystems.iter();
                others.map(|other| one.id == other.id && (is_one || one.endpoint == other.endpoint)).collect()
            })
            .collect();
        let number = |coverage: &Coverage, block: Option<usize>| {
            block.map_or(coverage.blocks.default, |at| coverage.block(at).fagsystem) as usize
        };
        move |(one, other)| {
            let (one, other) = (number(&coverages.0, one), number(&coverages.1, other));
            !same.get(one).and_then(|row| row.get(other)).copied().unwrap_or_default()
        }
    }

    /// What decides messages to each of the numbers whatever else they say. Numbers for which that is the same are taken once.
    fn mandatory(&self, coverages: &(Coverage, Coverage), sender: Option<Cvr>, all: &Moments) -> Vec<(Mandatory, Cvr)> {
        let from = sender.map(|cvr| self.always(coverages, &Criterion::SenderCvr(cvr), all));
        let mut distinct: Vec<(Mandatory, Cvr)> = Vec::new();
        for recipient in self.compared.recipients {
            let mut mandatory = self.always(coverages, &Criterion::RecipientCvr(*recipient), all);
            if let Some(from) = &from {
                mandatory = together(&mandatory, from);
            }
            if !distinct.iter().any(|(other, _)| *other == mandatory) {
                distinct.push((mandatory, *recipient));
            }
        }
        distinct
    }

    fn always(&self, coverages: &(Coverage, Coverage), criterion: &Criterion, all: &Moments) -> Mandatory {
        let mut found = Mandatory::new();
        let mut left = all.clone();
        if let Some(Place::Point(number)) = self.values.place(criterion) {
            pairs(coverages.0.first_for(number), coverages.1.first_for(number), |pair, moments| {
                let moments = moments.both(all);
                left = left.without(&moments);
                found.push((pair, moments));
            });
        }
        found.push(((None, None), left));
        found.retain(|(_, moments)| !moments.is_empty());
        found
    }

    #[expect(clippy::too_many_arguments, reason = "one call, which hands on what it has")]
    fn add(
        &self,
        pair: Pair,
        moments: &Moments,
        choices: &[Choice<'_>],
        recipient: Cvr,
        sender: Option<Cvr>,
        coverages: &(Coverage, Coverage),
        collector: &mut Collector,
    ) -> bool {
        let before = self.sides.0.decider(&coverages.0, pair.0);
        let after = self.sides.1.decider(&coverages.1, pair.1);
        let deciders = (Some(before.clone()), Some(after.clone()));
        let calendar = collector.calendar;
        collector.add((self.sides.0.authority.cvr, self.sides.1.authority.cvr), deciders, moments, || {
            let moment = moments.earliest().unwrap_or_default();
            let (kind, day) = calendar.told(moment);
            let facts = choices.iter().filter_map(|choice| Some((choice.kind, choice.place_at(moment)?)));
            let made = Made {
                recipients: &[recipient],
                kind,
                sender,
                facts: facts.collect(),
                values: self.values,
                authority: self.sides.1.authority,
                known: [&self.compared.known[0], &self.compared.known[1]],
            };
            let decides = |facts: &Facts| {
                let decided = |rules: &Distributor| rules.decide(facts, day).ok().map(|it| Destination::of(&it));
                decided(self.rules.0).as_ref() == Some(&before) && decided(self.rules.1).as_ref() == Some(&after)
            };
            (example(&made, decides), day)
        })
    }
}

/// What decides a message that meets two conditions: the sooner of the two, before and after.
fn together(one: &Mandatory, other: &Mandatory) -> Mandatory {
    let sooner = |one: Option<usize>, other: Option<usize>| one.into_iter().chain(other).min();
    let mut both = Mandatory::new();
    for (pair, moments) in one {
        for (other, others) in other {
            let shared = moments.both(others);
            if !shared.is_empty() {
                both.push(((sooner(pair.0, other.0), sooner(pair.1, other.1)), shared));
            }
        }
    }
    both
}
