//! Keeps the map of the selected authority's mail as the draft, the mail and the day change.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{MailMapReport, MailMapRequest};
use crate::rules::{Cvr, Distributor};

/// The map that is known, and the one that is being read.
#[derive(Debug, Default)]
pub(in crate::desktop::screen) struct MapReader {
    known: Option<(Question, Option<Arc<MailMapReport>>)>,
    under_way: Option<Question>,
}

/// A map that was read.
#[derive(Debug, Clone)]
pub struct MapReading(Option<Arc<MailMapReport>>);

#[derive(Debug, Clone)]
struct Question {
    authority: Cvr,
    rules: Arc<Distributor>,
    others: Option<Arc<Distributor>>,
    day: Date,
    /// The version of the journal's summary.
    record: u64,
}

impl Question {
    /// Whether it is the same, perhaps of less mail.
    fn is_about(&self, other: &Self) -> bool {
        let same = |one: &Option<Arc<Distributor>>, other: &Option<Arc<Distributor>>| match (one, other) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        self.authority == other.authority
            && Arc::ptr_eq(&self.rules, &other.rules)
            && same(&self.others, &other.others)
            && self.day == other.day
    }

    fn is(&self, other: &Self) -> bool {
        self.is_about(other) && self.record == other.record
    }
}

impl MapReader {
    /// Reads the map that is wanted now, unless it is known. One is read at a time.
    pub fn follow(&mut self, scene: Scene<'_>) -> Action<MapReading> {
        let Some(question) = wanted(scene) else { return Action::None };
        let is_known = self.known.as_ref().is_some_and(|(known, _)| known.is(&question));
        if is_known || self.under_way.is_some() {
            return Action::None;
        }
        let request = MailMapRequest {
            authority: question.authority,
            rules: Arc::clone(&question.rules),
            others: question.others.clone(),
            traffic: Arc::clone(&scene.journal.traffic),
            day: question.day,
        };
        self.under_way = Some(question);
        scene.serve(move |services| services.mail_map(request), |report| MapReading(report.map(Arc::new)))
    }

    /// Takes what was read. The same map as before stays the same value.
    pub fn take(&mut self, MapReading(report): MapReading) {
        let Some(question) = self.under_way.take() else { return };
        let before = self.known.take().and_then(|(_, report)| report);
        let report = match (before, report) {
            (Some(before), Some(now)) if before == now => Some(before),
            (_, now) => now,
        };
        self.known = Some((question, report));
    }

    /// The map of the selected authority by the draft as it is now, or by less mail; `None` until it has been read.
    pub fn report(&self, scene: Scene<'_>) -> Option<&Arc<MailMapReport>> {
        let (known, report) = self.known.as_ref()?;
        report.as_ref().filter(|_| wanted(scene).is_some_and(|wanted| known.is_about(&wanted)))
    }
}

/// The question whose answer is to be shown; `None` while the draft contradicts itself.
fn wanted(scene: Scene<'_>) -> Option<Question> {
    let rules = Arc::clone(scene.bench.insight().distributor.as_ref()?);
    let differs = !scene.bench.insight().differences.is_empty();
    let others = scene.bench.in_force().filter(|_| differs).cloned();
    Some(Question { authority: scene.authority.cvr, rules, others, day: scene.day(), record: scene.journal.version })
}
