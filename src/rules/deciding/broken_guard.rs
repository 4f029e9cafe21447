use jiff::civil::Date;

use super::distributor::{Decision, Distributor};
use crate::rules::book::{FagsystemId, Guard, Priority};
use crate::rules::values::Cvr;

/// A guard whose message would not reach its fagsystem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenGuard {
    /// The main number of its authority.
    pub authority: Cvr,
    /// Its position in the authority's list.
    pub index: usize,
    /// The guard.
    pub guard: Guard,
    /// The first day on which it is broken.
    pub day: Date,
    /// Where the message goes on that day; `None` when it is refused, since its recipient is none of the authorities.
    pub destination: Option<Destination>,
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Destination {
    /// The fagsystem that gets it.
    pub fagsystem: FagsystemId,
    /// The rule that decides; `None` when the message goes to the default recipient.
    pub rule: Option<Priority>,
}

impl Destination {
    /// Where a message with that decision goes.
    #[must_use]
    pub fn of(decision: &Decision<'_>) -> Self {
        Self { fagsystem: decision.fagsystem.id.clone(), rule: decision.ground.priority() }
    }
}

impl Distributor {
    /// The guards of all authorities that are broken, each on the first day on which it is, in the order of the book.
    ///
    /// A guard for one day is tried on that day alone, whatever `from` is; any other on every day from `from` on. A paused
    /// fagsystem breaks no guard: its mail waits, and reaches nobody else.
    ///
    /// It takes a decision for each day on which the guard's message may change receiver, and so little time however many
    /// rules there are.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Criterion, Facts, Guard, Priority, RuleBook, Sender, Validity};
    /// # use postfordeler::rules::{Authority, Cvr, Fagsystem, FagsystemId, Rule};
    /// # let fagsystem = |id: &str| {
    /// #     Fagsystem::new(FagsystemId::new(id).unwrap(), id, "https://intern.eksempel.dk/postmodtag".parse().unwrap())
    /// # };
    /// # let cvr: Cvr = "66137112".parse().unwrap();
    /// # let mut authority = Authority::new(cvr, "Eksempel Kommune", fagsystem("esdh"));
    /// # authority.fagsystems.push(fagsystem("ksd"));
    /// # let ksd = FagsystemId::new("ksd").unwrap();
    ///
    /// let through_2027 = Validity::new(date(2020, 1, 1), Some(date(2027, 12, 31))).unwrap();
    /// let kle = Criterion::Kle("32".parse().unwrap());
    /// authority.rules.push(Rule::new(Priority::new(10).unwrap(), kle, ksd.clone(), through_2027).into());
    /// let facts = Facts { kle: Some("32.24.04".parse().unwrap()), ..Facts::new(Sender::Person, cvr) };
    /// authority.guards.push(Guard { name: "Sygedagpenge".to_owned(), fagsystem: ksd, day: None, facts });
    /// let distributor = RuleBook { authorities: vec![authority], ..RuleBook::default() }.compile().unwrap();
    ///
    /// // The rule ends, and then the default recipient would get the message.
    /// let broken = distributor.broken_guards(date(2026, 11, 27));
    /// assert_eq!(broken[0].day, date(2028, 1, 1));
    /// assert_eq!(broken[0].destination.as_ref().unwrap().fagsystem.as_str(), "esdh");
    /// ```
    #[must_use]
    pub fn broken_guards(&self, from: Date) -> Vec<BrokenGuard> {
        self.guards_broken(|guard| guard.day.map_or_else(|| self.days_of_change(&guard.facts, from), |day| vec![day]))
    }

    /// The days on which a guard is broken, as [`Distributor::broken_guards`] tries it: stretches in order, from a first through
    /// a last day, which a stretch without an end lacks.
    #[must_use]
    pub fn broken_days(&self, guard: &Guard, from: Date) -> Vec<(Date, Option<Date>)> {
        if let Some(day) = guard.day {
            return self.reaches_on(guard, day).err().map(|_| (day, Some(day))).into_iter().collect();
        }
        let mut broken: Vec<(Date, Option<Date>)> = Vec::new();
        for day in self.days_of_change(&guard.facts, from) {
            let is_broken = self.reaches_on(guard, day).is_err();
            match broken.last_mut() {
                Some((_, last @ None)) if !is_broken => *last = day.yesterday().ok(),
                Some((_, None)) => {}
                _ if is_broken => broken.push((day, None)),
                _ => {}
            }
        }
        broken
    }

    /// The guards that are broken on that day, a guard for another day alone on its own.
    #[must_use]
    pub fn guards_broken_on(&self, day: Date) -> Vec<BrokenGuard> {
        self.guards_broken(|guard| vec![guard.day.unwrap_or(day)])
    }

    /// The guards that are broken on any of the days that they are tried on, each with the first.
    fn guards_broken(&self, days: impl Fn(&Guard) -> Vec<Date>) -> Vec<BrokenGuard> {
        let authorities = self.book().authorities.iter();
        let guards = authorities.flat_map(|authority| {
            authority.guards.iter().enumerate().map(move |(index, guard)| (authority.cvr, index, guard))
        });
        guards
            .filter_map(|(authority, index, guard)| {
                let first = days(guard).into_iter().find_map(|day| Some((day, self.reaches_on(guard, day).err()?)));
                let (day, destination) = first?;
                Some(BrokenGuard { authority, index, guard: guard.clone(), day, destination })
            })
            .collect()
    }

    /// Whether the guard's message goes where it must on that day; the error says where else it goes, as far as it is not refused.
    fn reaches_on(&self, guard: &Guard, day: Date) -> Result<(), Option<Destination>> {
        let decision = self.decide(&guard.facts, day).map_err(|_| None)?;
        if decision.fagsystem.id == guard.fagsystem { Ok(()) } else { Err(Some(Destination::of(&decision))) }
    }
}
