//! Who gets mail by its number, over a whole plan.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::services::Services;
use crate::desktop::model::coverage::{CoverageQuestion, ShownPlan};
use crate::desktop::model::error::Error;
use crate::rules::{FormNumbers, KleNumbers, PlanTree, Takers, form_areas};

impl Services {
    /// Lays the rules of a day and the mail that came over a plan. It runs in a thread of its own: ten thousand rules and a
    /// whole plan take noticeable time.
    pub async fn coverage(self: Arc<Self>, question: CoverageQuestion) -> Result<PlanTree, Error> {
        spawn_blocking(move || tree(&question)).await.map_err(|_| Error::Lost)
    }
}

fn tree(question: &CoverageQuestion) -> PlanTree {
    let CoverageQuestion { book, authority, day, plan, kle, traffic } = question;
    let Some(authority) = book.authority(*authority) else { return PlanTree::default() };
    let recipients: Vec<_> = authority.cvrs().collect();
    match plan {
        ShownPlan::Kle => {
            let takers = Takers::<KleNumbers>::of(book, authority, *day);
            PlanTree::of(kle.entries(), &takers, &recipients, traffic.messages())
        }
        ShownPlan::Form => {
            let takers = Takers::<FormNumbers>::of(book, authority, *day);
            PlanTree::of(form_areas(), &takers, &recipients, traffic.messages())
        }
    }
}
