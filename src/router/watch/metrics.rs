//! The figures that Prometheus reads, counted as messages, connections and files are handled.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::SystemTime;

use prometheus::{Gauge, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec};
use prometheus::{Opts, Registry, TextEncoder};

use super::database_gauges::DatabaseGauges;
use super::hindrances::Inspection;
use super::registry::{TO_FAGSYSTEM, register};
use super::state_gauges::StateGauges;
use crate::reasons::{Fate, Reason};
use crate::router::rules_in_force::{NotReady, RulesInForce};
use crate::rules::{Cvr, FagsystemId, RuleBook};
use crate::store::{DeliveryRecord, JournalEntry, Outcome, OutcomeGroup, PublicationNumber, RouterLevels};

/// The buckets for response times, in seconds. They include the platform's own service levels.
const LIMITS: [f64; 6] = [0.1, 0.3, 1.0, 1.5, 4.0, 10.0];

/// Counts the router's work, for Prometheus. Labels are words of this program and ids of the configuration, never anything
/// from a message. Counting takes no lock that is held for long.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    messages: IntCounterVec,
    repeats: IntCounterVec,
    bound_retries: IntCounterVec,
    bytes: IntCounter,
    response: HistogramVec,
    header: Histogram,
    answer: HistogramVec,
    under_way: IntGauge,
    under_way_to: IntGaugeVec,
    connections: IntGauge,
    connections_closed: IntCounterVec,
    callers_refused: IntCounterVec,
    files_in_force: IntGaugeVec,
    files_renewed: IntCounterVec,
    ready: IntGauge,
    journal_writable: IntGauge,
    publication: IntGauge,
    state: StateGauges,
    /// Where several routers share the database.
    database: OnceLock<DatabaseGauges>,
}

/// Counts one more in a gauge until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct GaugeGuard(IntGauge);

impl GaugeGuard {
    fn of(gauge: IntGauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for GaugeGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Every outcome of a message to a fagsystem, with every reason for it.
fn outcomes_to_fagsystem() -> impl Iterator<Item = (Outcome, &'static str)> {
    let plain = Outcome::all().filter(|outcome| *outcome != Outcome::UnderWay).map(|outcome| (outcome, ""));
    let explained = Reason::all().flat_map(|reason| {
        let outcomes: &[Outcome] = match reason.explanation().fate {
            _ if reason == Reason::Busy => &[Outcome::Unavailable, Outcome::Busy],
            Fate::NotDelivered | Fate::Bound => &[Outcome::Unavailable],
            Fate::MayBeDelivered => &[Outcome::Unknown],
            Fate::ByOutcome => &[Outcome::Unavailable, Outcome::Unknown],
        };
        outcomes.iter().map(move |outcome| (*outcome, reason.code()))
    });
    plain.chain(explained)
}

impl Metrics {
    /// Everything at zero. Counts as the start of the process.
    #[must_use]
    pub fn new() -> Self {
        let registry = Registry::new();
        let counters = |name, help, labels| register(&registry, IntCounterVec::new(Opts::new(name, help), labels));
        let gauge = |name, help| register(&registry, IntGauge::new(name, help));
        let times = |name, help| HistogramOpts::new(name, help).buckets(LIMITS.to_vec());

        let started = register(
            &registry,
            Gauge::new("process_start_time_seconds", "Start time of the process since the Unix epoch, in seconds."),
        );
        started.set(SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |since| since.as_secs_f64()));
        let build = Opts::new("postfordeler_build_info", "Always 1; the label tells which version runs.");
        register(&registry, IntGauge::with_opts(build.const_label("version", env!("CARGO_PKG_VERSION")))).set(1);

        Self {
            messages: counters(
                "postfordeler_messages_total",
                "Messages that came to an end, by outcome and reason as in the journal, without those that repeat.",
                &["authority", "fagsystem", "outcome", "reason"],
            ),
            repeats: counters(
                "postfordeler_repeats_total",
                "Messages sent again after a business system had accepted them: told so again, not delivered again.",
                TO_FAGSYSTEM,
            ),
            bound_retries: counters(
                "postfordeler_bound_retries_total",
                "Messages sent again whose first outcome is unknown, so that they went to the same business system again.",
                TO_FAGSYSTEM,
            ),
            bytes: register(
                &registry,
                IntCounter::new("postfordeler_received_bytes_total", "Bytes of messages that came in."),
            ),
            response: register(
                &registry,
                HistogramVec::new(
                    times("postfordeler_response_duration_seconds", "From the call until the outcome of a message."),
                    TO_FAGSYSTEM,
                ),
            ),
            header: register(
                &registry,
                Histogram::with_opts(times(
                    "postfordeler_header_duration_seconds",
                    "From the call until the message's header was read.",
                )),
            ),
            answer: register(
                &registry,
                HistogramVec::new(
                    times(
                        "postfordeler_fagsystem_answer_duration_seconds",
                        "From the last byte of a message until its business system's answer.",
                    ),
                    TO_FAGSYSTEM,
                ),
            ),
            under_way: gauge("postfordeler_messages_under_way", "Messages under way."),
            under_way_to: register(
                &registry,
                IntGaugeVec::new(
                    Opts::new("postfordeler_fagsystem_messages_under_way", "Messages under way to a fagsystem."),
                    TO_FAGSYSTEM,
                ),
            ),
            connections: gauge("postfordeler_open_connections", "Connections open at the router's port."),
            connections_closed: counters(
                "postfordeler_connections_closed_total",
                "Connections that the router closed because the caller was slow, idle or one too many, by reason.",
                &["reason"],
            ),
            callers_refused: counters(
                "postfordeler_callers_refused_total",
                "Callers that may not deliver here, by reason.",
                &["reason"],
            ),
            files_in_force: register(
                &registry,
                IntGaugeVec::new(
                    Opts::new(
                        "postfordeler_files_in_force",
                        "1 while what stands in files and settings is in force, 0 while it cannot be used and what was \
                         before is.",
                    ),
                    &["what"],
                ),
            ),
            files_renewed: counters(
                "postfordeler_files_renewed_total",
                "How often new files were put in force without a restart.",
                &["what"],
            ),
            ready: gauge("postfordeler_ready", "1 while the router can take messages."),
            journal_writable: gauge("postfordeler_journal_writable", "1 while the journal can be written."),
            publication: gauge(
                "postfordeler_publication",
                "The number of the publication in force, 0 before the first.",
            ),
            state: StateGauges::shown_by(&registry),
            database: OnceLock::new(),
            registry,
        }
    }

    /// Counts a message that has ended.
    pub fn message_ended(&self, entry: &JournalEntry) {
        self.bytes.inc_by(entry.bytes);
        let authority = entry.routed.as_ref().map(|routed| routed.authority.to_string()).unwrap_or_default();
        let fagsystem = entry.routed.as_ref().map(|routed| routed.fagsystem.as_str()).unwrap_or_default();
        let to = &[authority.as_str(), fagsystem];
        if entry.repeats.is_some() {
            self.repeats.with_label_values(to).inc();
            return;
        }
        if entry.follows.is_some() {
            self.bound_retries.with_label_values(to).inc();
        }
        let reason = entry.reason_code().unwrap_or_default();
        self.state.message_ended(entry);
        self.messages.with_label_values(&[&authority, fagsystem, entry.outcome.code(), reason]).inc();
        self.response.with_label_values(to).observe(entry.timing.total.as_secs_f64());
        if let Some(header) = entry.timing.header {
            self.header.observe(header.as_secs_f64());
        }
        if let Some(answer) = entry.timing.answer {
            self.answer.with_label_values(to).observe(answer.as_secs_f64());
        }
    }

    /// Sets the state of fagsystems from before the start.
    pub fn begin_with(&self, records: HashMap<(Cvr, FagsystemId), DeliveryRecord>) {
        self.state.begin_with(records);
    }

    /// Shows what will not work, and when certificates expire.
    pub(in crate::router) fn show_inspection(&self, inspection: &Inspection) {
        self.state.show_inspection(inspection);
    }

    /// Shows how much the router has lost this month, and may lose.
    pub(in crate::router) fn show_service_levels(&self, levels: &RouterLevels) {
        self.state.show_service_levels(levels);
    }

    /// Creates the series of every outcome and reason for each fagsystem of those rules, at zero: Prometheus sees no increase
    /// in a series that begins with its first message.
    pub fn register_fagsystems(&self, book: &RuleBook) {
        for outcome in Outcome::all().filter(|outcome| OutcomeGroup::of(*outcome) == OutcomeGroup::Refused) {
            let _ = self.messages.with_label_values(&["", "", outcome.code(), ""]);
        }
        for authority in &book.authorities {
            let cvr = authority.cvr.to_string();
            for fagsystem in &authority.fagsystems {
                let to = &[cvr.as_str(), fagsystem.id.as_str()];
                for (outcome, reason) in outcomes_to_fagsystem() {
                    let _ = self.messages.with_label_values(&[to[0], to[1], outcome.code(), reason]);
                }
                let _ = (self.repeats.with_label_values(to), self.bound_retries.with_label_values(to));
            }
        }
    }

    /// Counts a message as under way until the returned guard is dropped.
    pub fn message_under_way(&self) -> GaugeGuard {
        GaugeGuard::of(self.under_way.clone())
    }

    /// Counts a message as under way to that fagsystem until the returned guard is dropped.
    pub fn message_under_way_to(&self, authority: Cvr, fagsystem: &FagsystemId) -> GaugeGuard {
        GaugeGuard::of(self.under_way_to.with_label_values(&[authority.to_string().as_str(), fagsystem.as_str()]))
    }

    /// Counts a connection as open until the returned guard is dropped.
    pub fn connection_open(&self) -> GaugeGuard {
        GaugeGuard::of(self.connections.clone())
    }

    /// Counts a connection that the router closed. The reason is a code such as `idle`.
    pub fn connection_closed(&self, reason: &'static str) {
        self.connections_closed.with_label_values(&[reason]).inc();
    }

    /// Counts a caller that may not deliver. The reason is a code such as `no_key`.
    pub fn caller_refused(&self, reason: &'static str) {
        self.callers_refused.with_label_values(&[reason]).inc();
    }

    /// Shows whether the files of that use are in force.
    pub fn file_in_force(&self, what: &'static str, is_in_force: bool) {
        self.files_in_force.with_label_values(&[what]).set(is_in_force.into());
    }

    /// Counts that new files of that use were put in force.
    pub fn file_renewed(&self, what: &'static str) {
        self.files_renewed.with_label_values(&[what]).inc();
    }

    /// Updates the gauges that show the router's state.
    pub fn update(&self, rules: &RulesInForce) {
        let ready = rules.ready();
        self.ready.set(ready.is_ok().into());
        self.journal_writable.set((!matches!(ready, Err(NotReady::Journal(_)))).into());
        self.publication.set(rules.publication().map_or(0, PublicationNumber::get));
        self.state.show(rules.now().distributor.book());
        if let Some(heartbeat) = rules.heartbeat() {
            let database = self.database.get_or_init(|| DatabaseGauges::shown_by(&self.registry, &heartbeat.router));
            database.show(&heartbeat);
        }
    }

    /// Everything in the Prometheus text format, version 0.0.4.
    #[must_use]
    pub fn text(&self) -> String {
        let encoded = TextEncoder::new().encode_to_string(&self.registry.gather());
        encoded.expect("what was gathered has names and kinds that can be written")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
