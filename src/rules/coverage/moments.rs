use jiff::ToSpan;
use jiff::civil::Date;

use crate::rules::book::Validity;
use crate::rules::facts::SenderKind;

/// A day and a kind of sender, as one number: the days of each kind follow one another.
pub type Moment = u32;

/// How far the days of one kind of sender are from those of the next. There are fewer days between the first and the last
/// that a date can be.
const STRIDE: u32 = 1 << 23;

/// The kinds of senders that there are, in the order of their moments.
const KINDS: [SenderKind; 3] = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];

/// The days that count: from the first on, or one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    first: Date,
    last: Date,
}

impl Calendar {
    /// That day and all later ones.
    pub fn from(first: Date) -> Self {
        Self { first, last: Date::MAX }
    }

    /// That day alone.
    pub fn only(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// The moments of these kinds of senders on the days of a validity, of those that count.
    pub fn moments(self, senders: impl Fn(SenderKind) -> bool, validity: Validity) -> Moments {
        let (first, last) = (validity.from().max(self.first), validity.to().unwrap_or(self.last).min(self.last));
        if first > last {
            return Moments::default();
        }
        let (first, last) = (self.offset(first), self.offset(last));
        let kinds = (0..).zip(KINDS).filter(|(_, kind)| senders(*kind));
        Moments(kinds.map(|(at, _): (u32, _)| (at * STRIDE + first, at * STRIDE + last)).collect())
    }

    /// Every moment that counts.
    pub fn all(self) -> Moments {
        let last = self.offset(self.last);
        Moments((0..).zip(KINDS).map(|(at, _): (u32, _)| (at * STRIDE, at * STRIDE + last)).collect())
    }

    /// Every moment that counts of one kind of sender.
    pub fn of(self, sender: SenderKind) -> Moments {
        let last = self.offset(self.last);
        let kinds = (0..).zip(KINDS).filter(|(_, kind)| *kind == sender);
        Moments(kinds.map(|(at, _): (u32, _)| (at * STRIDE, at * STRIDE + last)).collect())
    }

    fn offset(self, day: Date) -> u32 {
        (day - self.first).get_days().unsigned_abs()
    }

    /// The day and the kind of sender of a moment.
    pub fn told(self, moment: Moment) -> (SenderKind, Date) {
        let kind = KINDS.get((moment / STRIDE) as usize).copied().unwrap_or(SenderKind::Other);
        (kind, self.day(moment % STRIDE))
    }

    /// The day after, for the same kind of sender; `None` after the last day.
    pub fn next(self, moment: Moment) -> Option<Moment> {
        (moment % STRIDE < self.offset(self.last)).then_some(moment + 1)
    }

    /// The first and the last day of a stretch of moments; `None` for the last where there is no end.
    pub fn days_of(self, (first, last): (Moment, Moment)) -> (Date, Option<Date>) {
        (self.day(first % STRIDE), Some(self.day(last % STRIDE)).filter(|day| *day != Date::MAX))
    }

    /// The number of a moment's kind of sender.
    pub fn kind_number(moment: Moment) -> u8 {
        u8::try_from(moment / STRIDE).unwrap_or(u8::MAX)
    }

    /// The kind of sender with that number.
    pub fn kind(number: u8) -> SenderKind {
        KINDS.get(usize::from(number)).copied().unwrap_or(SenderKind::Other)
    }

    /// The moment of the first kind of sender on the same day.
    pub fn on_first_kind(moment: Moment) -> Moment {
        moment % STRIDE
    }

    /// Whether both are moments of the same kind of sender.
    pub fn is_same_kind(one: Moment, other: Moment) -> bool {
        one / STRIDE == other / STRIDE
    }

    /// The days of the moments, whatever the sender: stretches in order that neither overlap nor touch. One that has no end
    /// has `None` for its last day.
    pub fn days(self, moments: &Moments) -> Vec<(Date, Option<Date>)> {
        let end = |offset| Some(self.day(offset)).filter(|day| *day != Date::MAX);
        moments.on_any_sender().0.into_iter().map(|(first, last)| (self.day(first), end(last))).collect()
    }

    /// The same days for every kind of sender that has any of them in `among`.
    pub fn spread(days: &Moments, among: &Moments) -> Moments {
        let copies = (0..).zip(KINDS).flat_map(|(at, _): (u32, _)| {
            days.on_any_sender().0.into_iter().map(move |(first, last)| (at * STRIDE + first, at * STRIDE + last))
        });
        Moments(copies.collect()).both(among)
    }

    fn day(self, offset: u32) -> Date {
        self.first.checked_add(i64::from(offset).days()).unwrap_or(Date::MAX)
    }
}

/// A set of moments, as stretches in order that neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moments(Vec<(Moment, Moment)>);

impl Moments {
    /// That moment alone.
    pub fn at(moment: Moment) -> Self {
        Self(vec![(moment, moment)])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its stretches in order, each with its first and last moment. None of them has moments of two kinds of senders.
    pub fn stretches(&self) -> &[(Moment, Moment)] {
        &self.0
    }

    /// The first moment of each stretch.
    pub fn beginnings(&self) -> impl Iterator<Item = Moment> + '_ {
        self.0.iter().map(|(first, _)| *first)
    }

    /// The one on the earliest day.
    pub fn earliest(&self) -> Option<Moment> {
        self.beginnings().min_by_key(|moment| (moment % STRIDE, *moment))
    }

    pub fn contains(&self, moment: Moment) -> bool {
        let at = self.0.partition_point(|(first, _)| *first <= moment);
        at.checked_sub(1).is_some_and(|at| moment <= self.0[at].1)
    }

    /// The moments in either set.
    pub fn either(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        let mut joined: Vec<(Moment, Moment)> = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut own, mut others) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let next = match (own.peek(), others.peek()) {
                (Some(one), Some(two)) if one.0 <= two.0 => own.next(),
                (_, Some(_)) => others.next(),
                (_, None) => own.next(),
            };
            let Some((first, last)) = next else { return Self(joined) };
            match joined.last_mut() {
                Some((_, end)) if *first <= end.saturating_add(1) => *end = (*end).max(*last),
                _ => joined.push((*first, *last)),
            }
        }
    }

    /// Adds the other's moments.
    pub fn add(&mut self, other: &Self) {
        if self.is_empty() {
            self.clone_from(other);
        } else if !other.is_empty() {
            *self = self.either(other);
        }
    }

    /// The moments in both sets.
    pub fn both(&self, other: &Self) -> Self {
        Self(self.overlaps(other).collect())
    }

    /// Whether any moment is in both sets.
    pub fn meets(&self, other: &Self) -> bool {
        self.overlaps(other).next().is_some()
    }

    fn overlaps<'m>(&'m self, other: &'m Self) -> impl Iterator<Item = (Moment, Moment)> + 'm {
        let (mut own, mut others) = (0, 0);
        std::iter::from_fn(move || {
            while let (Some(one), Some(two)) = (self.0.get(own), other.0.get(others)) {
                let (first, last) = (one.0.max(two.0), one.1.min(two.1));
                if one.1 <= two.1 {
                    own += 1;
                } else {
                    others += 1;
                }
                if first <= last {
                    return Some((first, last));
                }
            }
            None
        })
    }

    /// The moments that are not in the other set.
    pub fn without(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        let mut left = Vec::with_capacity(self.0.len());
        let mut others = 0;
        for (first, last) in &self.0 {
            let mut from = *first;
            let mut is_left = true;
            while let Some(taken) = other.0.get(others) {
                if taken.1 < from {
                    others += 1;
                    continue;
                }
                if taken.0 > *last {
                    break;
                }
                if taken.0 > from {
                    left.push((from, taken.0 - 1));
                }
                if taken.1 >= *last {
                    is_left = false;
                    break;
                }
                from = taken.1 + 1;
                others += 1;
            }
            if is_left {
                left.push((from, *last));
            }
        }
        Self(left)
    }

    /// Whether every moment of the other set is in this one.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|(first, last)| {
            let at = self.0.partition_point(|(begin, _)| begin <= first);
            at.checked_sub(1).is_some_and(|at| *last <= self.0[at].1)
        })
    }

    /// The days on which it has a moment, as moments of the first kind of sender.
    pub fn on_any_sender(&self) -> Self {
        let days = self.0.iter().map(|(first, last)| Self(vec![(first % STRIDE, last % STRIDE)]));
        days.fold(Self::default(), |all, days| all.either(&days))
    }

    /// Whether it has a moment on every day on which the other has one.
    pub fn has_all_days_of(&self, other: &Self) -> bool {
        self.on_any_sender().covers(&other.on_any_sender())
    }

    /// The days on which the other set has a moment and this one has none, as moments of the first kind of sender.
    pub fn days_missing(&self, other: &Self) -> Self {
        other.on_any_sender().without(&self.on_any_sender())
    }
}
