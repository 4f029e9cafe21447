//! Which parts of the draft are new or changed. They are marked, so that nobody mistakes them for what is published.

use std::collections::HashMap;

use crate::rules::{Caseless, Cvr, Difference, FagsystemId, Priority, Subject, Swap};

/// How a part of the draft differs from the publication that the draft is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    New,
    Changed,
}

/// The marks of all parts of the draft that differ from the publication that it is based on.
#[derive(Debug, Clone, Default)]
pub struct Marks(HashMap<Marked, Mark>);

/// A part that can be marked, by its authority and its key in the draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Marked {
    Rule(Cvr, Priority),
    Fagsystem(Cvr, FagsystemId),
    ContactPoint(Cvr, Caseless),
}

impl Marks {
    /// The marks that follow from the differences between the publication and the draft.
    pub fn of(differences: &[Difference]) -> Self {
        let mut marks = HashMap::new();
        for difference in differences {
            let Some(cvr) = difference.authority else { continue };
            match &difference.subject {
                Subject::Rule(swap) => marks.extend(mark(swap, |it| Marked::Rule(cvr, it.priority))),
                Subject::Fagsystem(swap) => marks.extend(mark(swap, |it| Marked::Fagsystem(cvr, it.id.clone()))),
                Subject::ContactPoint(swap) => marks.extend(mark(swap, |it| Marked::ContactPoint(cvr, it.id.clone()))),
                Subject::Authority(Swap { after: Some(authority), .. }) => {
                    let rules = authority.rules.iter().map(|it| Marked::Rule(cvr, it.priority));
                    let fagsystems = authority.fagsystems.iter().map(|it| Marked::Fagsystem(cvr, it.id.clone()));
                    let points = authority.contact_points.iter().map(|it| Marked::ContactPoint(cvr, it.id.clone()));
                    marks.extend(rules.chain(fagsystems).chain(points).map(|marked| (marked, Mark::New)));
                }
                _ => {}
            }
        }
        Self(marks)
    }

    pub fn rule(&self, authority: Cvr, priority: Priority) -> Option<Mark> {
        self.0.get(&Marked::Rule(authority, priority)).copied()
    }

    pub fn fagsystem(&self, authority: Cvr, id: &FagsystemId) -> Option<Mark> {
        self.0.get(&Marked::Fagsystem(authority, id.clone())).copied()
    }

    pub fn contact_point(&self, authority: Cvr, id: &Caseless) -> Option<Mark> {
        self.0.get(&Marked::ContactPoint(authority, id.clone())).copied()
    }

    /// How many rules of an authority have that mark.
    pub fn rules(&self, authority: Cvr, mark: Mark) -> usize {
        let is_meant = |(marked, its): (&Marked, &Mark)| {
            *its == mark && matches!(marked, Marked::Rule(cvr, _) if *cvr == authority)
        };
        self.0.iter().filter(|it| is_meant(*it)).count()
    }
}

/// The mark of what exists after the change; `None` when it was deleted.
fn mark<T>(swap: &Swap<T>, name: impl FnOnce(&T) -> Marked) -> Option<(Marked, Mark)> {
    let mark = if swap.before.is_some() { Mark::Changed } else { Mark::New };
    swap.after.as_ref().map(|after| (name(after), mark))
}
