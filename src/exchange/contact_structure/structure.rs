//! A contact structure that was read, and how it comes into a draft.

use std::collections::{HashMap, HashSet};

pub use super::error::StructureNotice;
use crate::rules::{Authority, Caseless, ContactPoint, Cvr, RuleBook};

/// A contact structure as far as the files hold it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactStructure {
    /// The owners of the contact points: usually one; none if no group names its organisation.
    pub organisations: Vec<StructureOrganisation>,
    /// The contact points, each once.
    pub points: Vec<ContactPoint>,
    /// How many pages were read.
    pub pages: StructurePages,
    /// The total number of contact points, if a page states it.
    pub all: Option<u64>,
    /// How many of them were not read.
    pub missing: u64,
    /// The notice.
    pub notices: Vec<StructureNotice>,
}

/// An organisation that contact points belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureOrganisation {
    /// Its name; may be empty.
    pub name: String,
    /// Its CVR number, if stated.
    pub cvr: Option<Cvr>,
}

/// How many pages were read, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StructurePages {
    /// The number of different pages read.
    pub have: u64,
    /// The total number of pages, if stated.
    pub of: Option<u64>,
}

impl ContactStructure {
    /// Whether the pages state how much there is, and all of it was read. Only then does the absence of a contact point
    /// mean that it no longer exists. Contact points saved without their page never qualify.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let is_told = self.all.is_some() || self.pages.of.is_some();
        is_told && self.missing == 0 && self.pages.of.is_none_or(|of| of <= self.pages.have)
    }

    /// Whether all CVR numbers in it are that authority's; `false` if there are none.
    #[must_use]
    pub fn belongs_to(&self, authority: &Authority) -> bool {
        let mut cvrs = self.organisations.iter().filter_map(|organisation| organisation.cvr).peekable();
        cvrs.peek().is_some() && cvrs.all(|cvr| authority.cvrs().any(|own| own == cvr))
    }

    /// The draft with these contact points in that authority. Existing ones are updated where they are and new ones
    /// appended; those that the structure lacks stay, unless `removes_missing`.
    ///
    /// The draft unchanged if there is no such authority.
    #[must_use]
    pub fn into_book(&self, draft: &RuleBook, authority: Cvr, removes_missing: bool) -> RuleBook {
        let mut book = draft.clone();
        let Some(authority) = book.authorities.iter_mut().find(|it| it.cvr == authority) else { return book };
        let found: HashMap<&Caseless, &ContactPoint> = self.points.iter().map(|point| (&point.id, point)).collect();
        if removes_missing {
            authority.contact_points.retain(|point| found.contains_key(&point.id));
        }
        for old in &mut authority.contact_points {
            let Some(new) = found.get(&old.id) else { continue };
            // Ids compare without case: one that is only written otherwise is no change.
            let new = ContactPoint { id: old.id.clone(), ..ContactPoint::clone(new) };
            if !old.says_the_same_as(&new) {
                *old = new;
            }
        }
        let has: HashSet<Caseless> = authority.contact_points.iter().map(|point| point.id.clone()).collect();
        authority.contact_points.extend(self.points.iter().filter(|point| !has.contains(&point.id)).cloned());
        book
    }
}
