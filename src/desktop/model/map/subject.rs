use crate::rules::{Classification, Criterion, CriterionKind, Form, Interval, Kle, Number};

/// Something that rules look at: one value, or what several values have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Whatever value of that fact.
    Kind(CriterionKind),
    /// What lies below a KLE number.
    Kle(Kle),
    /// What lies below a FORM number.
    Form(Form),
    /// One value.
    Value(Criterion),
}

impl Subject {
    /// The way to a value, from the kind of fact down.
    pub fn path(criterion: &Criterion) -> Vec<Self> {
        let kind = Self::Kind(CriterionKind::of(criterion));
        let between: Vec<_> = match criterion {
            Criterion::Kle(interval) => above(*interval).into_iter().map(Self::Kle).collect(),
            Criterion::Form(interval) => above(*interval).into_iter().map(Self::Form).collect(),
            _ => Vec::new(),
        };
        [kind].into_iter().chain(between).chain([Self::Value(criterion.clone())]).collect()
    }
}

/// The numbers of which each has the whole interval below it, from the top down.
fn above<C: Classification + Eq>(interval: Interval<C>) -> Vec<Number<C>> {
    let numbers = std::iter::successors(interval.first().above(), |number| number.above());
    let last = interval.last().unwrap_or(interval.first());
    let mut numbers: Vec<_> = numbers.filter(|number| last.is_below(*number)).collect();
    numbers.reverse();
    numbers
}
