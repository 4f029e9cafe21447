use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::successions::{Event, Succession, Successions};
use crate::rules::book::{Authority, Criterion, CriterionKind, FagsystemId, Priority, Rule, RuleBook};
use crate::rules::coverage::{Blocks, Calendar, Coverage, Moments, Place, Values, can_meet};
use crate::rules::facts::SenderKind;
use crate::rules::values::{Cvr, Interval};

/// Stretches of days in order, which neither overlap nor touch: from a first through a last day, which one without an end
/// lacks.
pub type Days = Vec<(Date, Option<Date>)>;

/// On which days each rule of an authority decides, on all days that there are, and what becomes of the values that rules
/// name when one rule ends or another begins.
///
/// It is exact, and speaks of every message that there can be, as [`RuleBook::findings`] does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// The rules in the order in which they are tried.
    pub rules: Vec<RuleDays>,
    /// By the rule that they come after, and then by their first day.
    pub gaps: Vec<Gap>,
    /// By the rule that hands over, and then by day.
    pub handovers: Vec<Handover>,
    /// Whether rules overlap in so many ways that some gaps, handovers and days shared with other rules were left out.
    pub is_cut_off: bool,
}

/// The days of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDays {
    /// The rule.
    pub rule: Priority,
    /// The days on which it decides a message that there can be.
    pub decides: Days,
    /// Those of them on which an earlier rule takes a part of what it matches, by the same fact or by the recipient.
    pub in_part: Days,
    /// The days on which it is valid and decides nothing: because of earlier rules, or because it is switched off or its parts
    /// exclude each other.
    pub idle: Days,
}

/// Days on which a value that rules are for goes to the default recipient, after one of them has decided it: a message that
/// has this fact and no other but its recipient does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The rule that decided last before.
    pub after: Priority,
    /// The rule that decides next, if any does.
    pub then: Option<Priority>,
    /// The value, or the part of an interval.
    pub value: Criterion,
    /// From whom, in the order of [`SenderKind`].
    pub senders: Vec<SenderKind>,
    /// Whether these are all the senders for whom rules ever decide the value.
    pub is_for_all: bool,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` when it has no end.
    pub to: Option<Date>,
}

/// From one day to the next, another rule decides a value, and for another fagsystem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The rule that decides through the day before.
    pub from: Priority,
    /// The rule that decides from the day on.
    pub to: Priority,
    /// The first day of the second rule.
    pub day: Date,
    /// The value, or the part of an interval.
    pub value: Criterion,
    /// From whom, in the order of [`SenderKind`].
    pub senders: Vec<SenderKind>,
    /// Whether these are all the senders for whom rules ever decide the value.
    pub is_for_all: bool,
}

impl Schedule {
    /// The most stretches of days that are followed. Where rules overlap in more ways, there is nothing to be read from them.
    pub const MAX_STRETCHES: usize = 4_000_000;
}

impl RuleBook {
    /// On which days the rules of an authority decide; `None` when it has no such authority.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Priority, Rule, RuleBook, Validity};
    /// # use postfordeler::rules::{Authority, Fagsystem, FagsystemId};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let cvr = "66137112".parse().unwrap();
    /// # let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
    /// # authority.fagsystems.extend([fagsystem("ydelse"), fagsystem("ky2")]);
    ///
    /// // KLE 32 changes its fagsystem with the year.
    /// let rule = |priority, fagsystem: &str, from, to| {
    ///     let validity = Validity::new(from, to).unwrap();
    ///     let criterion = Criterion::Kle("32".parse().unwrap());
    ///     Rule::new(Priority::new(priority).unwrap(), criterion, FagsystemId::new(fagsystem).unwrap(), validity)
    /// };
    /// authority.rules.push(rule(10, "ydelse", date(2020, 1, 1), Some(date(2026, 12, 31))).into());
    /// authority.rules.push(rule(20, "ky2", date(2027, 1, 1), None).into());
    /// let book = RuleBook { authorities: vec![authority], ..RuleBook::default() };
    ///
    /// let schedule = book.schedule(cvr).unwrap();
    /// assert_eq!(schedule.handovers[0].day, date(2027, 1, 1));
    /// assert_eq!(schedule.gaps, []);
    /// ```
    #[must_use]
    pub fn schedule(&self, authority: Cvr) -> Option<Schedule> {
        let scheduling = Scheduling::new(self.authority(authority)?, &self.authority_cvrs());
        Some(scheduling.map(|it| it.schedule()).unwrap_or_default())
    }
}

/// An authority's rules in order, and what they cover on all days that there are.
struct Scheduling<'a> {
    rules: Vec<&'a Rule>,
    values: Values<'a>,
    coverage: Coverage,
    /// The block of each rule, for those that can match anything.
    of_rule: Vec<Option<usize>>,
}

impl<'a> Scheduling<'a> {
    /// `None` where there are no rules. Senders with the numbers of `authorities` are authorities.
    fn new(authority: &'a Authority, authorities: &HashSet<Cvr>) -> Option<Self> {
        let rules = authority.rules_in_order();
        let first = rules.iter().map(|rule| rule.validity.from()).min()?;
        let values = Values::of(rules.iter().map(|rule| &rule.criterion));
        let mut numbers: HashMap<&FagsystemId, u32> = HashMap::from([(&authority.default_fagsystem, 0)]);
        for rule in &rules {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            numbers.entry(&rule.fagsystem).or_insert(next);
        }
        let recipients: Vec<Cvr> = authority.cvrs().collect();
        let senders = |rule: &Rule, kind| rule.segment.includes(kind) && can_meet(&rule.criterion, kind, authorities);
        let calendar = Calendar::from(first);
        let blocks = Blocks::of(&rules, 0, &recipients, senders, calendar, &values, |id| numbers[id]);
        let mut of_rule = vec![None; rules.len()];
        for (at, block) in blocks.in_order.iter().enumerate() {
            of_rule[block.rule] = Some(at);
        }
        let coverage = Coverage::of(blocks, &values);
        Some(Self { rules, values, coverage, of_rule })
    }

    fn schedule(&self) -> Schedule {
        let mut left = Schedule::MAX_STRETCHES;
        let rules: Vec<RuleDays> = (0..self.rules.len()).map(|at| self.days(at, &mut left)).collect();
        let mut schedule = Schedule { rules, is_cut_off: left == 0, ..Schedule::default() };
        for kind in [CriterionKind::ContactPoint, CriterionKind::Kle, CriterionKind::Form] {
            self.follow(kind, &mut schedule);
        }
        schedule.gaps.sort_by_key(|gap| (gap.after, gap.from));
        schedule.handovers.sort_by_key(|handover| (handover.from, handover.day));
        schedule
    }

    /// The days of the rule at that place. `left` is how many stretches may still be looked at.
    fn days(&self, at: usize, left: &mut usize) -> RuleDays {
        let rule = self.rules[at];
        let Some(block) = self.of_rule[at] else {
            let idle = vec![(rule.validity.from(), rule.validity.to())];
            return RuleDays { rule: rule.priority, decides: Days::new(), in_part: Days::new(), idle };
        };
        let calendar = self.coverage.blocks.calendar;
        let (decides, valid) = (self.coverage.decides(block), &self.coverage.block(block).moments);
        let shared = self.shared(block, left).on_any_sender().both(&decides.on_any_sender());
        RuleDays {
            rule: rule.priority,
            decides: calendar.days(decides),
            in_part: calendar.days(&shared),
            idle: calendar.days(&decides.days_missing(valid)),
        }
    }

    /// The moments at which earlier blocks on the same fact or on the recipient take a part of what a block matches.
    fn shared(&self, at: usize, left: &mut usize) -> Moments {
        let block = self.coverage.block(at);
        let mut shared = Moments::default();
        let mut see = |other: usize, _, moments: &Moments| {
            if *left == 0 {
                return true;
            }
            *left -= 1;
            if other < at && !shared.covers(moments) {
                shared.add(&moments.both(&block.moments));
            }
            shared.covers(&block.moments)
        };
        self.coverage.cover(block.kind).first_over(block.place, &mut see);
        if block.kind != CriterionKind::RecipientCvr {
            for number in self.coverage.blocks.recipients.iter().flatten() {
                self.coverage.cover(CriterionKind::RecipientCvr).first_over(Place::Point(*number), &mut see);
            }
        }
        shared
    }

    /// Adds what happens to the values of a fact; for the facts that have single values, to those of all of them.
    fn follow(&self, kind: CriterionKind, schedule: &mut Schedule) {
        let cover = self.coverage.cover(kind);
        let mut successions = Successions::new(&self.coverage, Schedule::MAX_STRETCHES);
        if kind.is_classification() {
            cover.parts(&mut |place, first| {
                let is_enough = successions.follow(place, first.iter().copied());
                schedule.is_cut_off |= is_enough;
                is_enough
            });
        } else {
            for number in (0..).take(self.values.points()) {
                schedule.is_cut_off |= successions.follow(Place::Point(number), cover.first_at(number).iter());
            }
        }
        for (event, places) in &successions.events {
            for place in places {
                if let Some(value) = self.value(kind, *place) {
                    self.add(event, value, schedule);
                }
            }
        }
    }

    fn add(&self, event: &Event, value: Criterion, schedule: &mut Schedule) {
        let calendar = self.coverage.blocks.calendar;
        let priority = |block: usize| self.rules[self.coverage.block(block).rule].priority;
        let senders: Vec<SenderKind> = event.senders.iter().map(|number| Calendar::kind(*number)).collect();
        let is_for_all = event.is_for_all;
        let (from, to) = calendar.days_of(event.days);
        match event.succession {
            Succession::Gap { after, then } => schedule.gaps.push(Gap {
                after: priority(after),
                then: then.map(priority),
                value,
                senders,
                is_for_all,
                from,
                to,
            }),
            Succession::Handover { from: first, to: second } => schedule.handovers.push(Handover {
                from: priority(first),
                to: priority(second),
                day: from,
                value,
                senders,
                is_for_all,
            }),
        }
    }

    /// The criterion for exactly these values.
    fn value(&self, kind: CriterionKind, place: Place) -> Option<Criterion> {
        let (first, end) = match place {
            Place::Point(number) => return self.values.point(number).cloned(),
            Place::Range(first, end) => (self.values.first_number(kind, first)?, self.values.first_number(kind, end)?),
        };
        let last = end.checked_sub(1)?;
        if kind == CriterionKind::Kle {
            Interval::of_values(first, last).map(Criterion::Kle)
        } else {
            Interval::of_values(first, last).map(Criterion::Form)
        }
    }
}
