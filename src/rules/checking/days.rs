use jiff::civil::Date;

/// A set of calendar days, as stretches in order that neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<Stretch>);

/// The days from the first through the last.
pub(super) type Stretch = (Date, Date);

impl Days {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, (first, last): Stretch) {
        // A stretch that ends the day before it begins, or begins the day after it ends, joins it.
        let before = first.yesterday().unwrap_or(first);
        let after = last.tomorrow().unwrap_or(last);
        let from = self.0.partition_point(|(_, end)| *end < before);
        let to = self.0.partition_point(|(begin, _)| *begin <= after);
        let joined = &self.0[from..to];
        let first = joined.first().map_or(first, |(begin, _)| first.min(*begin));
        let last = joined.last().map_or(last, |(_, end)| last.max(*end));
        self.0.splice(from..to, [(first, last)]);
    }

    /// Whether the set has every day of the stretch.
    pub fn cover(&self, (first, last): Stretch) -> bool {
        let at = self.0.partition_point(|(begin, _)| *begin <= first);
        at.checked_sub(1).is_some_and(|at| last <= self.0[at].1)
    }

    /// The days in both sets.
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

    /// The days in either set.
    pub fn joined_with(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        other.0.iter().for_each(|stretch| joined.add(*stretch));
        joined
    }
}
