use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::store::{ClockDoubt, Store, StoreError};

/// How often the journal is pruned.
const PRUNING_INTERVAL: Duration = Duration::from_hours(1);
/// How often the machine's clock is checked.
const CLOCK_INTERVAL: Duration = Duration::from_mins(5);
const CHECKS_PER_PRUNING: u64 = PRUNING_INTERVAL.as_secs() / CLOCK_INTERVAL.as_secs();

/// Checks the clock and prunes the journal at intervals, until `stop`. Nothing is pruned while the clock is in doubt.
pub(in crate::router) async fn prune_journal(store: Store, clock: Clock, stop: CancellationToken) {
    let (store, mut looked_at, mut is_doubted) = (Arc::new(store), None::<Instant>, false);
    for look in 0.. {
        let passed = looked_at.replace(Instant::now()).map_or(Duration::ZERO, |before| before.elapsed());
        let (journal, now) = (Arc::clone(&store), clock.now());
        let tidied = tokio::task::spawn_blocking(move || {
            // A timer that fires late proves nothing of how late it is.
            let doubt = journal.look_at_clock(now, passed.min(2 * CLOCK_INTERVAL))?;
            let is_due = doubt.is_none() && look % CHECKS_PER_PRUNING == 0;
            let forgotten = if is_due { journal.prune_journal(now)? } else { 0 };
            if is_due {
                journal.prune_service_levels(now)?;
            }
            Ok::<_, StoreError>((doubt, forgotten))
        });
        match tidied.await {
            Ok(Ok((doubt, forgotten))) => {
                log_clock_doubt(doubt, is_doubted);
                is_doubted = doubt.is_some();
                if forgotten > 0 {
                    tracing::info!(rows = forgotten, "the journal has forgotten what was too old");
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "the journal could not forget what was too old"),
            Err(error) => tracing::error!(%error, "the journal could not forget what was too old"),
        }
        if stop.run_until_cancelled(tokio::time::sleep(CLOCK_INTERVAL)).await.is_none() {
            return;
        }
    }
}

fn log_clock_doubt(doubt: Option<ClockDoubt>, was_doubted: bool) {
    match doubt {
        Some(ClockDoubt { shown, expected }) if !was_doubted => tracing::error!(
            %shown,
            %expected,
            "the machine's clock has jumped: the journal forgets nothing until the clock is put right or is confirmed, in \
             the window's overview or with 'postfordeler serve --clock-is-right'"
        ),
        None if was_doubted => tracing::info!("the machine's clock is believed again"),
        _ => {}
    }
}
