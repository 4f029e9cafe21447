use crate::rules::book::{Criterion, CriterionKind};
use crate::rules::facts::Facts;
use crate::rules::values::{Classification, Form, FormNumbers, Interval, Kle, KleNumbers, Number};

/// A classification that rules can look at.
pub trait Ruled: Classification + Eq + Send + Sync + 'static {
    /// The kind of the rules on it.
    const KIND: CriterionKind;

    /// The numbers that a criterion wants; `None` where it looks at another fact.
    fn wanted(criterion: &Criterion) -> Option<Interval<Self>>;

    /// The criterion that wants these numbers.
    fn criterion(interval: Interval<Self>) -> Criterion;

    /// The number that a message has.
    fn of(facts: &Facts) -> Option<Number<Self>>;
}

impl Ruled for KleNumbers {
    const KIND: CriterionKind = CriterionKind::Kle;

    fn wanted(criterion: &Criterion) -> Option<Interval<Self>> {
        match criterion {
            Criterion::Kle(interval) => Some(*interval),
            _ => None,
        }
    }

    fn criterion(interval: Interval<Self>) -> Criterion {
        Criterion::Kle(interval)
    }

    fn of(facts: &Facts) -> Option<Kle> {
        facts.kle
    }
}

impl Ruled for FormNumbers {
    const KIND: CriterionKind = CriterionKind::Form;

    fn wanted(criterion: &Criterion) -> Option<Interval<Self>> {
        match criterion {
            Criterion::Form(interval) => Some(*interval),
            _ => None,
        }
    }

    fn criterion(interval: Interval<Self>) -> Criterion {
        Criterion::Form(interval)
    }

    fn of(facts: &Facts) -> Option<Form> {
        facts.form
    }
}
