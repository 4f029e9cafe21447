//! Gauges for a database that several routers share: how quickly it answers, and the leases in it.

use std::sync::Mutex;

use prometheus::{GaugeVec, IntCounter, IntGauge, Opts, Registry};

use super::registry::register;
use crate::store::Heartbeat;

/// See the module. They are there only where the database is on a server.
#[derive(Debug)]
pub(super) struct DatabaseGauges {
    round_trip: GaugeVec,
    leases: IntGauge,
    lapsed: IntCounter,
    /// Held while the counter is brought up to date.
    counting: Mutex<()>,
}

impl DatabaseGauges {
    /// Those of the router of that name.
    pub fn shown_by(registry: &Registry, router: &str) -> Self {
        let info = Opts::new("postfordeler_router_info", "Always 1; the label is the router's name among the others.");
        register(registry, IntGauge::with_opts(info.const_label("router", router))).set(1);
        let round_trip = Opts::new(
            "postfordeler_database_round_trip_seconds",
            "How long the shared database took to answer at the last heartbeat; absent while heartbeats fail.",
        );
        let leases = IntGauge::new(
            "postfordeler_leases",
            "Leases on messages under way that this router held in the shared database at its last heartbeat.",
        );
        let lapsed = IntCounter::new(
            "postfordeler_lapsed_leases_total",
            "Leases in the shared database that had lapsed, of any router, and that this router has ended.",
        );
        Self {
            round_trip: register(registry, GaugeVec::new(round_trip, &[])),
            leases: register(registry, leases),
            lapsed: register(registry, lapsed),
            counting: Mutex::default(),
        }
    }

    pub fn show(&self, heartbeat: &Heartbeat) {
        match heartbeat.round_trip {
            Some(round_trip) => self.round_trip.with_label_values::<&str>(&[]).set(round_trip.as_secs_f64()),
            None => self.round_trip.reset(),
        }
        self.leases.set(i64::try_from(heartbeat.leases).unwrap_or(i64::MAX));
        let _counting = self.counting.lock();
        self.lapsed.inc_by(heartbeat.lapsed.saturating_sub(self.lapsed.get()));
    }
}
