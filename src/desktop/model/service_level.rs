//! What the screen of service levels shows of the router or of a fagsystem, as values.

use std::time::Duration;

use super::health::Loss;
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::{Promise, RouterEvent, RouterEventKind, Span, Strain, TryAccount, Verdict};
use crate::store::PartLevels;

/// What figures are of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Subject {
    /// The router.
    #[default]
    Router,
    /// A fagsystem of an authority.
    Fagsystem(Cvr, FagsystemId),
}

/// How far a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelFigure {
    /// The share, rounded down; `None` when nothing is known.
    pub millionths: Option<u32>,
    pub verdict: Verdict,
    pub strain: Strain,
    pub loss: Loss,
}

/// What became of a fagsystem's messages in a part; all zero when there were none.
pub fn tries(levels: &PartLevels, authority: Cvr, id: &FagsystemId) -> [TryAccount; 2] {
    levels.fagsystems.get(&(authority, id.clone())).copied().unwrap_or_default()
}

impl LevelFigure {
    /// Both promises of a part, the stricter one first.
    pub fn both(levels: &PartLevels, subject: &Subject) -> [Self; 2] {
        let [working, other] = Promise::ALL;
        match subject {
            Subject::Router => levels.router.map(|account| Self {
                millionths: account.millionths(),
                verdict: account.verdict(),
                strain: account.strain(),
                loss: Loss::Time { lost: account.lost, allowed: account.allowance() },
            }),
            Subject::Fagsystem(authority, id) => {
                let [of_working, of_other] = tries(levels, *authority, id);
                [(working, of_working), (other, of_other)].map(|(promise, account)| Self {
                    millionths: account.millionths(),
                    verdict: account.verdict(promise),
                    strain: account.strain(promise),
                    loss: Loss::Messages {
                        lost: account.unanswered,
                        allowed: account.allowance(promise),
                        of: account.tries(),
                    },
                })
            }
        }
    }

    /// What was lost, in minutes begun or in messages.
    pub fn lost(&self) -> u64 {
        match self.loss {
            Loss::Time { lost, .. } => lost.as_millis().div_ceil(60_000).try_into().unwrap_or(u64::MAX),
            Loss::Messages { lost, .. } => lost,
        }
    }
}

/// Something else than that the router could take mail, whichever promise held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouterIncident {
    pub span: Span,
    pub kind: RouterEventKind,
    /// How much of it was in working hours.
    pub working: Duration,
}

/// The incidents of a part: what goes on from one promise to the other is one.
pub fn incidents(events: &[RouterEvent]) -> Vec<RouterIncident> {
    let mut incidents: Vec<RouterIncident> = Vec::new();
    for event in events {
        let working = if event.promise == Promise::WorkingHours { event.span.length() } else { Duration::ZERO };
        match incidents.last_mut() {
            Some(last) if last.kind == event.kind && last.span.end == event.span.begin => {
                last.span.end = event.span.end;
                last.working += working;
            }
            _ => incidents.push(RouterIncident { span: event.span, kind: event.kind, working }),
        }
    }
    incidents
}
