use std::sync::Arc;

use crate::rules::book::{
    ContactGroup, ContactPoint, Criterion, Fagsystem, FagsystemId, Guard, KnownAuthority, PointDetails, Rule,
};
use crate::rules::values::{Caseless, Cvr};

/// Whether two parts of rule books are the same even in the spelling of names, which decisions ignore and people see. The
/// order of lists does not count.
pub(in crate::rules) trait WrittenAlike {
    fn is_written_like(&self, other: &Self) -> bool;
}

impl WrittenAlike for Rule {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other && name(&self.criterion) == name(&other.criterion)
    }
}

impl<T: WrittenAlike> WrittenAlike for Arc<T> {
    fn is_written_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(self, other) || self.as_ref().is_written_like(other)
    }
}

impl WrittenAlike for ContactPoint {
    fn is_written_like(&self, other: &Self) -> bool {
        let path = |group: &ContactGroup| group.path().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
        // Every field by name, so that a new one does not compile before it is compared.
        let Self { id, groups, title, details } = other;
        let paths = |groups: &[ContactGroup]| sorted(groups.iter().map(path));
        self.id.as_str() == id.as_str()
            && self.title == *title
            && paths(&self.groups) == paths(groups)
            && self.details.is_written_like(details)
    }
}

impl ContactPoint {
    /// Whether both are the same even in the spelling of names. The order of their lists does not count.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        self.is_written_like(other)
    }
}

impl WrittenAlike for PointDetails {
    fn is_written_like(&self, other: &Self) -> bool {
        let in_order = |details: &Self| Self {
            audiences: sorted(details.audiences.iter().copied()),
            codes: sorted(details.codes.iter().cloned()),
            search_terms: sorted(details.search_terms.iter().cloned()),
            ..details.clone()
        };
        self == other || in_order(self) == in_order(other)
    }
}

impl WrittenAlike for Guard {
    fn is_written_like(&self, other: &Self) -> bool {
        let names = |guard: &Self| {
            let written = |name: &Option<Caseless>| name.as_ref().map(|name| name.as_str().to_owned());
            guard.facts.contact_point.as_ref().map(|point| (written(&point.id), written(&point.group)))
        };
        self == other && names(self) == names(other)
    }
}

impl WrittenAlike for KnownAuthority {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl WrittenAlike for Fagsystem {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl WrittenAlike for FagsystemId {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl WrittenAlike for String {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl WrittenAlike for Vec<Cvr> {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other || sorted(self.iter()) == sorted(other.iter())
    }
}

/// The name that a rule looks for, as written.
fn name(criterion: &Criterion) -> Option<&str> {
    match criterion {
        Criterion::ContactPoint(name) | Criterion::ContactGroup(name) => Some(Caseless::as_str(name)),
        _ => None,
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items
}
