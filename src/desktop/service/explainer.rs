//! Why a message went where it went.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::clock;
use crate::desktop::model::error::Error;
use crate::rules::{Authority, Cvr, Distributor, MatchResult, Priority, RuleBook};
use crate::store::{JournalRow, MessageDetails, Publication, PublicationNumber, Store};

/// What decided where a message went.
#[derive(Debug, Clone)]
pub struct ExplainedDecision {
    /// The publication in force.
    pub publication: Publication,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// Each of its rules in order, with its verdict on the message.
    pub explained: Vec<(Priority, MatchResult)>,
}

impl ExplainedDecision {
    /// The authority as the publication has it.
    pub fn authority(&self) -> Option<&Authority> {
        self.publication.book.authority(self.authority)
    }
}

/// A publication whose rules are compiled.
#[derive(Debug)]
struct Compiled {
    publication: Publication,
    distributor: Distributor,
}

/// Explains decisions. People look at one message after the other, most of them of the same publication, so the last one
/// stays compiled.
#[derive(Debug, Default)]
pub(super) struct Explainer {
    last: Mutex<Option<Arc<Compiled>>>,
}

impl Explainer {
    /// What decided where the message went; `None` where nothing did, or the publication no longer exists.
    pub fn explain(&self, store: &Store, story: &MessageDetails) -> Result<Option<ExplainedDecision>, Error> {
        let Some(routed) = &story.entry.routed else { return Ok(None) };
        let Some(compiled) = self.compiled(store, routed.publication)? else { return Ok(None) };
        let explanation = match &story.entry.facts {
            Some((facts, _)) => compiled.distributor.explain(facts, day_of_decision(story)).ok(),
            None => None,
        };
        let explained = explanation.map(|explanation| explanation.rules).unwrap_or_default();
        let explained = explained.into_iter().map(|it| (it.rule.priority, it.result)).collect();
        Ok(Some(ExplainedDecision {
            publication: compiled.publication.clone(),
            authority: routed.authority,
            explained,
        }))
    }

    fn compiled(&self, store: &Store, number: PublicationNumber) -> Result<Option<Arc<Compiled>>, Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = last.as_ref().filter(|compiled| compiled.publication.number == number) {
            return Ok(Some(Arc::clone(compiled)));
        }
        let Some(publication) = store.publication(number)? else { return Ok(None) };
        let distributor = RuleBook::clone(&publication.book).compile()?;
        Ok(Some(Arc::clone(last.insert(Arc::new(Compiled { publication, distributor })))))
    }
}

/// Where an earlier row binds the message to a fagsystem, the rules of that row's day decided.
fn day_of_decision(story: &MessageDetails) -> Date {
    let earlier = story.entry.follows.or(story.entry.repeats);
    let first = |number: i64| story.tries.iter().find(|row: &&JournalRow| row.number == number);
    let decided_at = earlier.and_then(first).map_or(story.entry.received_at, |row| row.received_at);
    clock::day_of(decided_at)
}
