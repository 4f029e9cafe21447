//! What *Dækning* is asked to show.

use std::sync::Arc;

use jiff::civil::Date;

use crate::rules::{Cvr, KlePlan, RuleBook};
use crate::store::Traffic;

/// Which classification's numbers are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShownPlan {
    #[default]
    Kle,
    Form,
}

impl ShownPlan {
    pub const ALL: [Self; 2] = [Self::Kle, Self::Form];
}

/// What the coverage of a plan follows from. Two are the same while they share their values.
#[derive(Debug, Clone)]
pub struct CoverageQuestion {
    pub book: Arc<RuleBook>,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The day whose rules decide.
    pub day: Date,
    pub plan: ShownPlan,
    pub kle: Arc<KlePlan>,
    /// The messages of the last thirty days.
    pub traffic: Arc<Traffic>,
}

impl CoverageQuestion {
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.book, &other.book)
            && Arc::ptr_eq(&self.kle, &other.kle)
            && Arc::ptr_eq(&self.traffic, &other.traffic)
            && (self.authority, self.day, self.plan) == (other.authority, other.day, other.plan)
    }
}
