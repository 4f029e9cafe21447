//! Records callers that may not deliver, and what becomes of connections.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;

use super::caller_log::caller_refused;
use super::metrics::{GaugeGuard, Metrics};
use super::records::Records;
use super::refusal_budget::RefusalBudget;
use crate::clock::Clock;
use crate::router::connection::protection::{CallerRefusal, Closing};
use crate::router::connection::server::ConnectionObserver;
use crate::router::intake::receipt::transmission_id;
use crate::store::{JournalEntry, RefusedCaller};

/// Counts, logs and journals callers that may not deliver.
pub(in crate::router) struct RefusedCallers {
    pub records: Records,
    pub clock: Clock,
}

impl RefusedCallers {
    /// Records a refused call, whatever message it brings. Returns the transmission id for its receipt.
    pub async fn record_call(&self, refused: &CallerRefusal) -> Uuid {
        let (begun, transmission) = (Instant::now(), transmission_id(self.clock.now()));
        self.records.metrics.caller_refused(refused.refusal.code());
        let mut entry = JournalEntry { transmission_id: Some(transmission), ..self.entry(refused) };
        entry.timing.total = begun.elapsed();
        let is_reported = self.records.refusals.allows(refused.refusal.code());
        if is_reported {
            self.write(&entry).await;
        }
        self.records.metrics.message_ended(&entry);
        if is_reported {
            caller_refused(refused, Some((transmission, entry.timing.total)));
        }
        transmission
    }

    /// Records a connection that never became a call. One that showed a certificate meant to deliver something, so the
    /// journal gets a row too.
    pub async fn record_connection(&self, refused: &CallerRefusal) {
        self.records.metrics.caller_refused(refused.refusal.code());
        if !self.records.refusals.allows(refused.refusal.code()) {
            return;
        }
        if refused.certificate.is_some() {
            // There is no receipt, and so no transmission id.
            self.write(&self.entry(refused)).await;
        }
        caller_refused(refused, None);
    }

    fn entry(&self, refused: &CallerRefusal) -> JournalEntry {
        let caller = RefusedCaller { reason: refused.refusal.code().into(), caller: Some(refused.caller()) };
        JournalEntry { refused: Some(caller), ..JournalEntry::new(self.clock.now(), refused.refusal.outcome()) }
    }

    /// Writes a row, unless there have been many in this minute. The caller is refused even when the journal cannot be
    /// written.
    async fn write(&self, entry: &JournalEntry) {
        if self.records.refusals.allows(entry.outcome.code()) {
            let _ = self.records.write(entry).await;
        }
    }
}

/// Counts and logs the connections of one port.
#[derive(Clone, Default)]
pub(in crate::router) struct ConnectionWatch {
    pub metrics: Arc<Metrics>,
    pub refusals: Arc<RefusalBudget>,
    /// `None`: callers that could not be read are ignored.
    pub callers: Option<Arc<RefusedCallers>>,
}

impl ConnectionObserver for ConnectionWatch {
    type Open = GaugeGuard;

    fn opened(&self) -> GaugeGuard {
        self.metrics.connection_open()
    }

    fn closed(&self, closing: Closing, from: IpAddr) {
        self.metrics.connection_closed(closing.code());
        let (reason, words) = (closing.code(), closing.words());
        if closing == Closing::Idle {
            tracing::debug!(reason, words, %from, "connection closed");
        } else if self.refusals.allows(reason) {
            tracing::info!(reason, words, %from, "connection closed");
        }
    }

    fn limited(&self, error: &io::Error, max: usize) {
        if self.refusals.allows("connections") {
            tracing::warn!(%error, "the system gives no more connections: at most {max} for a while");
        }
    }

    async fn refused(&self, caller: CallerRefusal) {
        if let Some(callers) = &self.callers {
            callers.record_connection(&caller).await;
        }
    }
}
