//! What the log says of messages: which one, where it went and what became of it. Never a CPR number, a label or content.

use tracing::Level;
use uuid::Uuid;

use crate::rules::Priority;
use crate::store::{DeliveryRecord, JournalEntry, Outcome, Reason, Routed};

/// Logs a message that has been answered with that transmission id.
pub(in crate::router) fn record(entry: &JournalEntry, transmission: Uuid) {
    let routed = entry.routed.as_ref();
    // `tracing` fixes the level of an event at compile time, hence the macro.
    macro_rules! tell {
        ($level:expr) => {
            tracing::event!(
                $level,
                message_uuid = entry.message_uuid.as_deref(),
                outcome = entry.outcome.code(),
                reason = entry.reason.map(Reason::code),
                why = entry.reason.map(Reason::words),
                authority = routed.map(|routed| tracing::field::display(routed.authority)),
                fagsystem = routed.map(|routed| routed.fagsystem.as_str()),
                publication = routed.map(|routed| routed.publication.get()),
                rule = routed.and_then(|routed| routed.priority).map(Priority::get),
                answer_status = entry.answer.0,
                repeats = entry.repeats,
                follows = entry.follows,
                differs_from = entry.differs_from,
                bytes = entry.bytes,
                milliseconds = u64::try_from(entry.timing.total.as_millis()).unwrap_or(u64::MAX),
                transmission_id = %transmission,
                "message"
            )
        };
    }
    if entry.outcome == Outcome::Accepted && entry.differs_from.is_none() {
        tell!(Level::INFO);
    } else {
        tell!(Level::WARN);
    }
}

/// A fagsystem has not received a message, or may not have, after it accepted the one before.
pub(in crate::router) fn fagsystem_away(routed: &Routed, reason: Option<Reason>) {
    tracing::warn!(
        authority = %routed.authority,
        fagsystem = routed.fagsystem.as_str(),
        reason = reason.map(Reason::code),
        why = reason.map(Reason::words),
        remedy = reason.map(Reason::remedy),
        "a fagsystem is away"
    );
}

/// A fagsystem that was away has answered a message.
pub(in crate::router) fn fagsystem_back(routed: &Routed, away: &DeliveryRecord) {
    tracing::info!(
        authority = %routed.authority,
        fagsystem = routed.fagsystem.as_str(),
        away_since = away.failing_since.map(tracing::field::display),
        messages = away.failures,
        "a fagsystem is back"
    );
}
