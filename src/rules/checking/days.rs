use jiff::civil::Date;

/// Days of the calendar, as stretches that neither overlap nor touch, in order; both ends of each belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<Stretch>);

/// From a first day through a last one.
pub(super) type Stretch = (Date, Date);

impl Days {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, (first, last): Stretch) {
        // What ends the day before is joined to it, and so is what begins the day after.
        let before = first.yesterday().unwrap_or(first);
        let after = last.tomorrow().unwrap_or(last);
        let from = self.0.partition_point(|(_, end)| *end < before);
        let to = self.0.partition_point(|(begin, _)| *begin <= after);
        let joined = &self.0[from..to];
        let first = joined.first().map_or(first, |(begin, _)| first.min(*begin));
        let last = joined.last().map_or(last, |(_, end)| last.max(*end));
        self.0.splice(from..to, [(first, last)]);
    }

    /// Whether every day of the stretch is among them.
    pub fn cover(&self, (first, last): Stretch) -> bool {
        let at = self.0.partition_point(|(begin, _)| *begin <= first);
        at.checked_sub(1).is_some_and(|at| last <= self.0[at].1)
    }

    /// The days that are among both.
    pub fn shared_with(&self, other: &Self) -> Self {
        let mut shared = Vec::new();
        let (mut own, mut others) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(one), Some(two)) = (own.peek(), others.peek()) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                shared.push((first, last));
            }
            if one.1 <= two.1 {
                own.next()
            } else {
                others.next()
            };
        }
        Self(shared)
    }

    /// The days that are among either.
    pub fn joined_with(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        other.0.iter().for_each(|stretch| joined.add(*stretch));
        joined
    }
}
