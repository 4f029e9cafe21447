//! Decides where a message goes, and has the journal say so before it leaves.

use std::sync::Arc;

use bytes::Bytes;

use super::ending::Ending;
use super::limits::{ConcurrencyLimits, FagsystemPermit};
use super::story::{Story, is_junk};
use crate::clock;
use crate::memo::Header;
use crate::router::intake::refusal::Refused;
use crate::router::rules_in_force::PublicationInForce;
use crate::router::watch::records::Records;
use crate::rules::{CriterionKind, Cvr, Fagsystem, Ground};
use crate::store::{EarlierDelivery, Entered, Outcome, Reason, Routed};

/// What the receipt says of a messageUUID that was used for two messages.
const REUSED: &str = "its messageUUID was used before for another message, with another recipient, sender, contact point, post \
                      type, KLE or FORM number; a message needs a messageUUID of its own";

/// Decides where messages go.
pub(super) struct Dispatcher {
    pub records: Records,
    pub limits: Arc<ConcurrencyLimits>,
}

/// What happens to a message now that its header has been read.
pub(super) struct Dispatch {
    /// The bytes that have come so far.
    pub begun: Bytes,
    pub to: Destination,
    /// The accepted messages with the same messageUUID and the same facts. Only its last byte shows whether it is one of
    /// them.
    pub may_repeat: Vec<EarlierDelivery>,
}

/// Where a message goes.
pub(super) enum Destination {
    Fagsystem(Recipient),
    /// Nowhere: a fagsystem has accepted it already, as the journal's row with this number says.
    AlreadyAccepted(i64),
    /// Nowhere until its content shows whether it is one of those that were accepted.
    Undecided,
}

/// The fagsystem that a message goes to, and the permit for that.
pub(super) struct Recipient {
    /// The authority that the fagsystem belongs to.
    pub authority: Cvr,
    pub fagsystem: Fagsystem,
    _permit: FagsystemPermit,
}

impl Dispatcher {
    /// Finds the fagsystem that the message goes to, and writes it to the journal before the message leaves. What the
    /// journal says of earlier calls with this message comes before what the rules say now.
    pub async fn dispatch(
        &self,
        header: &Header,
        begun: Result<Bytes, Refused>,
        in_force: &PublicationInForce,
        story: &mut Story,
    ) -> Result<Dispatch, Ending> {
        let mut decided = decide(header, in_force, story);
        let mut may_repeat = Vec::new();
        loop {
            let admitted = self.admit(decided, story).and_then(|recipient| Ok((begun.clone()?, recipient)));
            match &admitted {
                Ok(_) => story.finish(Outcome::UnderWay, None),
                Err(refused) => story.finish(refused.outcome, refused.reason),
            }
            let entry = &mut story.entry;
            entry.is_left_out = is_junk(entry) && !self.records.refusals.allows(entry.outcome.code());
            let to =
                |(begun, recipient)| Dispatch { begun, to: Destination::Fagsystem(recipient), may_repeat: Vec::new() };
            match self.records.journal.enter(story.entry.clone()).await.map_err(Ending::NotWritten)? {
                Entered::Written(number) => {
                    story.number = Some(number);
                    let dispatched = admitted.map(to).map_err(Ending::RefusedAndRecorded)?;
                    return Ok(Dispatch { may_repeat, ..dispatched });
                }
                Entered::LeftOut => {
                    let dispatched = admitted.map(to).map_err(Ending::RefusedUnrecorded)?;
                    return Ok(Dispatch { may_repeat, ..dispatched });
                }
                Entered::Accepted(earlier) => {
                    story.entry.routed = Some(earlier.routed);
                    return Ok(Dispatch {
                        begun: begun?,
                        to: Destination::AlreadyAccepted(earlier.number),
                        may_repeat,
                    });
                }
                Entered::Bound(earlier) => {
                    decided = bound(&earlier, in_force);
                    story.bind_to(earlier);
                }
                Entered::Differs(earlier) => {
                    decided = bound(&earlier, in_force);
                    story.entry.differs_from = Some(earlier.number);
                    story.bind_to(earlier);
                }
                Entered::Undecided { accepted, has_differed } => {
                    let first = accepted[0].clone();
                    may_repeat = accepted;
                    if !has_differed {
                        story.entry.routed = Some(first.routed.clone());
                        story.binding = Some(first);
                        return Ok(Dispatch { begun: begun?, to: Destination::Undecided, may_repeat });
                    }
                    decided = bound(&first, in_force);
                    story.entry.differs_from = Some(first.number);
                    story.bind_to(first);
                }
                Entered::Reused(earlier) => {
                    story.entry.routed = None;
                    story.entry.differs_from = Some(earlier);
                    return Err(Refused::new(Outcome::Reused, REUSED).into());
                }
            }
        }
    }

    /// Takes a permit for the fagsystem that was decided, unless it is paused or has too many messages on their way to it.
    fn admit(&self, decided: Result<Fagsystem, Refused>, story: &Story) -> Result<Recipient, Refused> {
        let fagsystem = decided?;
        if !fagsystem.active {
            return Err(Refused::unavailable(Reason::Paused, Some(&format!("business system '{}'", fagsystem.id))));
        }
        let permitted =
            story.entry.routed.as_ref().and_then(|to| Some((to.authority, self.limits.try_acquire_for(to)?)));
        let (authority, permit) = permitted.ok_or_else(|| Refused {
            outcome: Outcome::Busy,
            reason: Some(Reason::Busy),
            words: Reason::Busy.with_detail(Some(&format!("business system '{}'", fagsystem.id))),
        })?;
        Ok(Recipient { authority, fagsystem, _permit: permit })
    }
}

/// The fagsystem that the rules name for the message.
fn decide(header: &Header, in_force: &PublicationInForce, story: &mut Story) -> Result<Fagsystem, Refused> {
    let decided = in_force.distributor.decide(&header.facts, clock::day_of(story.entry.received_at));
    let decision = decided.map_err(|error| Refused::new(Outcome::UnknownRecipient, error.to_string()))?;
    story.entry.routed = in_force.publication.map(|publication| Routed {
        publication,
        authority: decision.authority.cvr,
        fagsystem: decision.fagsystem.id.clone(),
        priority: decision.ground.priority(),
        element: match decision.ground {
            Ground::Rule(rule) => Some(CriterionKind::of(&rule.criterion)),
            Ground::Default => None,
        },
    });
    Ok(decision.fagsystem.clone())
}

/// The fagsystem that an earlier call of unknown outcome went to, as the rules in force describe it.
fn bound(earlier: &EarlierDelivery, in_force: &PublicationInForce) -> Result<Fagsystem, Refused> {
    let Routed { authority, fagsystem: id, .. } = &earlier.routed;
    let authority = in_force.distributor.book().authority(*authority);
    authority
        .and_then(|authority| authority.fagsystem(id))
        .cloned()
        .ok_or_else(|| Refused::unavailable(Reason::Removed, Some(&format!("business system '{id}'"))))
}
