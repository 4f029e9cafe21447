use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::rules::book::{Authority, FagsystemId, Rule, RuleBook};
use crate::rules::comparing::Subject;
use crate::rules::deciding::{Decision, Distributor};
use crate::rules::facts::Facts;
use crate::rules::values::Cvr;

/// A fagsystem of an authority, as the receiver of messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Receiver {
    /// The authority.
    pub authority: Cvr,
    /// The id of its fagsystem.
    pub fagsystem: FagsystemId,
}

impl Receiver {
    pub(super) fn of(decision: &Decision<'_>) -> Self {
        Self { authority: decision.authority.cvr, fagsystem: decision.fagsystem.id.clone() }
    }
}

/// What would change for past messages if other rules decided, on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// The number of messages that were decided.
    pub messages: u64,
    /// The number of messages that would change receiver, by the receivers before and after. `None` means refused, because the
    /// recipient is none of the authorities.
    pub moved: BTreeMap<(Option<Receiver>, Option<Receiver>), u64>,
    /// The number of messages that would wait in Digital Post because their fagsystem is paused, and did not before.
    pub held: u64,
}

impl Effect {
    /// Decides every message by both rule books, as if it arrived on that day. Each comes with its number. Messages to none of
    /// the authorities of either book are left out.
    pub fn between<'a>(
        before: &Distributor,
        after: &Distributor,
        messages: impl Iterator<Item = (&'a Facts, u64)>,
        day: Date,
    ) -> Self {
        let mut effect = Self::default();
        for (facts, count) in messages {
            let (was, would_be) = (before.decide(facts, day).ok(), after.decide(facts, day).ok());
            if was.is_none() && would_be.is_none() {
                continue;
            }
            effect.messages += count;
            if !is_one_receiver(was.as_ref(), would_be.as_ref()) {
                let way = (was.as_ref().map(Receiver::of), would_be.as_ref().map(Receiver::of));
                *effect.moved.entry(way).or_default() += count;
            }
            let waits = |decision: &Option<Decision<'_>>| decision.is_some_and(|it| !it.fagsystem.active);
            if waits(&would_be) && !waits(&was) {
                effect.held += count;
            }
        }
        effect
    }

    /// The number of messages that would go to another receiver, be refused, or no longer be refused.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.moved.values().sum()
    }
}

/// Whether both decisions mean the same system. The authority may have a new CVR number, so the endpoint counts as well.
fn is_one_receiver(one: Option<&Decision<'_>>, other: Option<&Decision<'_>>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            one.fagsystem.id == other.fagsystem.id
                && (one.authority.cvr == other.authority.cvr || one.fagsystem.endpoint == other.fagsystem.endpoint)
        }
        _ => false,
    }
}

/// What would change for past messages if other rules decided: today, and from each later day on which the answer changes
/// because rules begin or end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effects {
    /// If they arrived today.
    pub today: Effect,
    /// If they arrived on that day or later. Only days on which the effect differs from the one before.
    pub later: Vec<(Date, Effect)>,
    /// The number of further days on which rules begin or end, for which the effect was not computed.
    pub left_out: usize,
}

impl Effects {
    /// The most days for which effects are computed.
    pub const MAX_DAYS: usize = 100;
    /// The most decisions over all later days. Today's are always made.
    const MAX_DECISIONS: usize = 4_000_000;

    /// Decides every message by both rule books for today, and for at most `most_days` later days on which a rule of either
    /// begins or has ended the day before: first the days of rules that differ between the two, then the nearest.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Effects, Facts, Priority, Rule, RuleBook, Sender, Validity};
    /// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let cvr: Cvr = "66137112".parse().unwrap();
    /// # let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
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
    /// // The journal has five messages on 32.18.04.
    /// let facts = Facts { kle: Some("32.18.04".parse().unwrap()), ..Facts::new(Sender::Person, cvr) };
    /// let (before, after) = (published.compile().unwrap(), draft.compile().unwrap());
    /// let past = [(&facts, 5)];
    /// let effects = Effects::between(&before, &after, past.into_iter(), date(2026, 11, 26), Effects::MAX_DAYS);
    /// assert_eq!(effects.today.changed(), 0);
    /// let [(day, effect)] = effects.later.as_slice() else { panic!("one day changes something") };
    /// assert_eq!((*day, effect.changed()), (date(2027, 1, 1), 5));
    /// ```
    pub fn between<'a>(
        before: &Distributor,
        after: &Distributor,
        messages: impl Iterator<Item = (&'a Facts, u64)>,
        today: Date,
        most_days: usize,
    ) -> Self {
        let messages: Vec<_> = messages.collect();
        let on = |day| Effect::between(before, after, messages.iter().copied(), day);
        let most = most_days.min(Self::MAX_DECISIONS / messages.len().max(1));
        let (days, left_out) = turning_days(before.book(), after.book(), today, most);
        let mut effects = Self { today: on(today), later: Vec::new(), left_out };
        for day in days {
            let effect = on(day);
            if effect != *effects.latest() {
                effects.later.push((day, effect));
            }
        }
        effects
    }

    fn latest(&self) -> &Effect {
        self.later.last().map_or(&self.today, |(_, effect)| effect)
    }
}

impl Rule {
    /// The days after `today` on which it begins or has ended the day before; none when it is switched off.
    pub(super) fn turning_days(&self, today: Date) -> impl Iterator<Item = Date> {
        let after = self.validity.to().and_then(|to| to.checked_add(1.day()).ok());
        let days = [Some(self.validity.from()), after].into_iter().flatten();
        days.filter(move |day| self.active && *day > today)
    }
}

impl Authority {
    fn turning_days(&self, today: Date) -> impl Iterator<Item = Date> {
        self.rules.iter().flat_map(move |rule| rule.turning_days(today))
    }
}

/// At most `most` days on which rules of either book begin or have ended, in order, and the number of those left out.
fn turning_days(before: &RuleBook, after: &RuleBook, today: Date, most: usize) -> (Vec<Date>, usize) {
    let of_all = [before, after].into_iter().flat_map(|book| &book.authorities);
    let all: BTreeSet<Date> = of_all.flat_map(|it| it.turning_days(today)).collect();
    if all.len() <= most {
        return (all.into_iter().collect(), 0);
    }
    let own = before.differing_days(after, today);
    let nearest = all.difference(&own).copied();
    let mut days: Vec<_> = own.iter().copied().chain(nearest).take(most).collect();
    days.sort_unstable();
    let left_out = all.len() - days.len();
    (days, left_out)
}

impl RuleBook {
    /// The days after `today` on which a rule begins or has ended the day before that the other book has differently: those on
    /// which a change from this book to the other first shows.
    #[must_use]
    pub fn differing_days(&self, after: &Self, today: Date) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        for difference in self.compare(after) {
            match difference.subject {
                Subject::Rule(swap) => {
                    let rules = [swap.before, swap.after].into_iter().flatten();
                    rules.for_each(|rule| days.extend(rule.turning_days(today)));
                }
                Subject::Authority(swap) => {
                    let authorities = [swap.before, swap.after].into_iter().flatten();
                    authorities.for_each(|authority| days.extend(authority.turning_days(today)));
                }
                _ => {}
            }
        }
        days
    }
}
