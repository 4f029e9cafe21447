//! Notes when the router could take mail, for the service agreement.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::metrics::Metrics;
use crate::clock::Clock;
use crate::router::rules_in_force::{NotReady, RulesInForce};
use crate::service_level::{Attendance, Recorder, RouterSpan};
use crate::store::{RouterLevels, Store, StoreError};

/// How often to look. It is how exactly the beginning and the end of a time without mail are known.
const LOOKING: Duration = Duration::from_secs(1);
/// How often what goes on is stored: a crash loses as much.
const STORING: Duration = Duration::from_mins(1);

/// What to look at, and where to store it.
pub(in crate::router) struct AttendanceWatch {
    pub store: Store,
    pub rules: Arc<RulesInForce>,
    pub metrics: Arc<Metrics>,
    pub clock: Clock,
}

impl AttendanceWatch {
    /// Looks until `stop`, and stores the last of it then.
    pub async fn run(self, stop: CancellationToken) {
        let Self { store, rules, metrics, clock } = self;
        let (store, mut recorder) = (Arc::new(store), Recorder::default());
        let (mut looked, mut stored, mut is_failing) = (Instant::now(), None::<Instant>, false);
        loop {
            let is_over = stop.is_cancelled();
            let at = Instant::now();
            // A router that stops could take mail until now.
            let state = attendance(&rules).unwrap_or(Attendance::Ready);
            recorder.look(clock.now(), at - looked, state);
            looked = at;
            if is_over || recorder.has_news() || stored.is_none_or(|stored| stored.elapsed() >= STORING) {
                let (kept, spans, now) = (Arc::clone(&store), recorder.to_store(), clock.now());
                // At the very first look there is nothing yet.
                stored = stored.or_else(|| (!spans.is_empty()).then_some(at)).map(|_| at);
                match spawn_blocking(move || store_spans(&kept, &spans, now)).await {
                    Ok(Ok(levels)) => {
                        recorder.is_stored();
                        is_failing = false;
                        metrics.show_service_levels(&levels);
                    }
                    Ok(Err(error)) if !is_failing => {
                        is_failing = true;
                        tracing::warn!(%error, "when the router can take mail cannot be noted for the service levels");
                    }
                    Ok(Err(_)) => {}
                    Err(error) => tracing::error!(%error, "when the router can take mail cannot be noted"),
                }
            }
            if is_over {
                return;
            }
            let _ = stop.run_until_cancelled(tokio::time::sleep(LOOKING)).await;
        }
    }
}

fn store_spans(store: &Store, spans: &[RouterSpan], now: jiff::Timestamp) -> Result<RouterLevels, StoreError> {
    if !spans.is_empty() {
        store.record_router_spans(spans)?;
    }
    store.router_levels(now)
}

/// What the router can do; `None` while it stops.
fn attendance(rules: &RulesInForce) -> Option<Attendance> {
    match rules.ready() {
        Ok(_) => Some(Attendance::Ready),
        Err(NotReady::NothingPublished) => Some(Attendance::NothingPublished),
        Err(NotReady::Journal(_)) => Some(Attendance::JournalFails),
        Err(NotReady::PublicationNotRead) => Some(Attendance::PublicationUnread),
        Err(NotReady::Stopping) => None,
    }
}
