//! The rules that a call is about: those in force, or the window's draft.

use std::sync::Arc;

use super::conclusion::Failure;
use super::data_directory::NOTHING_PUBLISHED;
use crate::rules::{Distributor, RuleBook};
use crate::store::Store;

/// Which rules a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RulesAtHand {
    /// Those in force.
    Published,
    /// Those of the window's draft; where nothing has been drafted, those in force.
    Draft,
}

impl RulesAtHand {
    pub fn book(self, store: &Store) -> Result<Arc<RuleBook>, Failure> {
        if self == Self::Draft
            && let Some(drafted) = store.draft()?.book
        {
            return Ok(drafted);
        }
        Ok(store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?.book)
    }

    /// Fails in words of its own where the draft contradicts itself: a publication never does.
    pub fn distributor(self, store: &Store) -> Result<Distributor, Failure> {
        let compiled = self.book(store)?.compile();
        compiled.map_err(|faults| match self {
            Self::Published => faults.into(),
            Self::Draft => {
                format!("the draft contradicts itself, and decides nothing until it is mended: {faults}").into()
            }
        })
    }
}
