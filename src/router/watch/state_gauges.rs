//! Gauges for what needs attention: the state of each fagsystem, when certificates expire, what will not work.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use prometheus::{GaugeVec, Opts, Registry};

use super::hindrances::Inspection;
use super::message_log::{fagsystem_away, fagsystem_back};
use super::registry::{TO_FAGSYSTEM, register};
use crate::reasons::Reason;
use crate::rules::{Cvr, FagsystemId, RuleBook};
use crate::service_level::RouterAccount;
use crate::store::{DeliveryFailure, DeliveryRecord, JournalEntry, OutcomeGroup, RouterLevels};

/// See the module.
#[derive(Debug)]
pub(in crate::router) struct StateGauges {
    records: Mutex<HashMap<(Cvr, FagsystemId), DeliveryRecord>>,
    last_accepted: LabelledGauge,
    deactivation: LabelledGauge,
    failures: LabelledGauge,
    certificates: LabelledGauge,
    hindrances: LabelledGauge,
    service_lost: LabelledGauge,
    service_allowed: LabelledGauge,
}

/// A gauge whose series exist only while what they describe does.
#[derive(Debug)]
struct LabelledGauge {
    gauge: GaugeVec,
    shown: Mutex<BTreeMap<Vec<String>, f64>>,
}

impl LabelledGauge {
    fn shown_by(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> Self {
        Self { gauge: register(registry, GaugeVec::new(Opts::new(name, help), labels)), shown: Mutex::default() }
    }

    /// Shows those values by their labels, and removes all others.
    fn show(&self, rows: BTreeMap<Vec<String>, f64>) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        for gone in shown.keys().filter(|labels| !rows.contains_key(*labels)) {
            let _ = self.gauge.remove_label_values(gone);
        }
        for (labels, value) in &rows {
            self.gauge.with_label_values(labels).set(*value);
        }
        *shown = rows;
    }
}

impl StateGauges {
    /// Nothing known yet.
    pub fn shown_by(registry: &Registry) -> Self {
        let rows = |name, help, labels| LabelledGauge::shown_by(registry, name, help, labels);
        Self {
            records: Mutex::default(),
            last_accepted: rows(
                "postfordeler_fagsystem_last_accepted_timestamp_seconds",
                "When the last message came that a fagsystem accepted, since the Unix epoch.",
                TO_FAGSYSTEM,
            ),
            deactivation: rows(
                "postfordeler_fagsystem_deactivation_timestamp_seconds",
                "When Digital Post deactivates a fagsystem, seven days after its last success, since the Unix epoch.",
                TO_FAGSYSTEM,
            ),
            failures: rows(
                "postfordeler_fagsystem_failures_in_a_row",
                "Messages in a row that a fagsystem has not accepted, while it did not get, or may not have got, the last.",
                TO_FAGSYSTEM,
            ),
            certificates: rows(
                "postfordeler_certificate_expiry_timestamp_seconds",
                "Until when a certificate is valid, since the Unix epoch.",
                &["certificate", "authority", "fagsystem", "subject"],
            ),
            hindrances: rows(
                "postfordeler_hindrances",
                "What keeps messages from being taken or delivered, now or soon, by kind.",
                &["hindrance", "authority", "fagsystem"],
            ),
            service_lost: rows(
                "postfordeler_service_level_lost_seconds",
                "Seconds of this month in which the router ran and could not take mail, without service windows.",
                &["promise"],
            ),
            service_allowed: rows(
                "postfordeler_service_level_allowed_seconds",
                "Seconds of this month that may be lost in all before the service level is missed.",
                &["promise"],
            ),
        }
    }

    /// Sets the state of fagsystems from before the start.
    pub fn begin_with(&self, records: HashMap<(Cvr, FagsystemId), DeliveryRecord>) {
        *self.records() = records;
    }

    /// Updates the state of a message's fagsystem by its outcome.
    pub fn message_ended(&self, entry: &JournalEntry) {
        let Some((routed, group)) = entry.routed.as_ref().zip(entry.says_of_fagsystem()) else { return };
        let mut records = self.records();
        let record = records.entry((routed.authority, routed.fagsystem.clone())).or_default();
        let before = *record;
        if group == OutcomeGroup::Accepted {
            record.last_accepted = record.last_accepted.max(Some(entry.received_at));
            (record.failures, record.failing_since) = (0, None);
        } else {
            record.failures += 1;
            record.failing_since.get_or_insert(entry.received_at);
            let JournalEntry { received_at: at, outcome, reason, .. } = *entry;
            record.last_failure = Some(DeliveryFailure { at, outcome, reason });
        }
        match (is_away(&before), is_away(record)) {
            (false, true) => fagsystem_away(routed, entry.reason),
            (true, false) => fagsystem_back(routed, &before),
            _ => {}
        }
    }

    fn records(&self) -> MutexGuard<'_, HashMap<(Cvr, FagsystemId), DeliveryRecord>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows the state of each fagsystem of those rules, and of no other.
    pub fn show(&self, book: &RuleBook) {
        let [mut accepted, mut deactivation, mut failures] = [(); 3].map(|()| BTreeMap::new());
        let records = self.records();
        for authority in &book.authorities {
            for fagsystem in &authority.fagsystems {
                let record = records.get(&(authority.cvr, fagsystem.id.clone())).copied().unwrap_or_default();
                let to = || vec![authority.cvr.to_string(), fagsystem.id.to_string()];
                accepted.extend(record.last_accepted.map(|at| (to(), seconds(at))));
                deactivation.extend(record.deactivation().map(|at| (to(), seconds(at))));
                failures.insert(to(), if is_away(&record) { count(record.failures) } else { 0.0 });
            }
        }
        drop(records);
        self.last_accepted.show(accepted);
        self.deactivation.show(deactivation);
        self.failures.show(failures);
    }

    /// Shows what will not work, and when certificates expire: of several with one name, the first to expire.
    pub fn show_inspection(&self, inspection: &Inspection) {
        let of = |fagsystem: Option<(Cvr, &FagsystemId)>| {
            let words = fagsystem.map(|(authority, id)| [authority.to_string(), id.to_string()]);
            words.unwrap_or_default()
        };
        let mut certificates = BTreeMap::new();
        for (certificate, until) in &inspection.certificates {
            let [authority, fagsystem] = of(certificate.fagsystem());
            let labels = vec![certificate.code().to_owned(), authority, fagsystem, certificate.subject().to_owned()];
            let until = seconds(*until);
            certificates.entry(labels).and_modify(|end: &mut f64| *end = end.min(until)).or_insert(until);
        }
        self.certificates.show(certificates);
        let mut hindrances = BTreeMap::new();
        for hindrance in &inspection.hindrances {
            let [authority, fagsystem] = of(hindrance.fagsystem());
            *hindrances.entry(vec![hindrance.code().to_owned(), authority, fagsystem]).or_insert(0.0) += 1.0;
        }
        self.hindrances.show(hindrances);
    }
}

impl StateGauges {
    /// Shows how much the router has lost this month, and may lose.
    pub fn show_service_levels(&self, levels: &RouterLevels) {
        let of = |seconds: fn(&RouterAccount) -> f64| -> BTreeMap<Vec<String>, f64> {
            let promises = ["working_hours", "other_times"].into_iter().zip(&levels.accounts);
            promises.map(|(promise, account)| (vec![promise.to_owned()], seconds(account))).collect()
        };
        self.service_lost.show(of(|account| account.lost.as_secs_f64()));
        self.service_allowed.show(of(|account| account.allowance().as_secs_f64()));
    }
}

/// Whether the fagsystem did not receive the last message that it has not accepted, although it was sent.
fn is_away(record: &DeliveryRecord) -> bool {
    let is_failure = |last: DeliveryFailure| {
        OutcomeGroup::of(last.outcome) == OutcomeGroup::Unavailable && last.reason != Some(Reason::Paused)
    };
    record.failures > 0 && record.last_failure.is_some_and(is_failure)
}

fn count(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn seconds(moment: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a time in this era is exact to the second")]
    let seconds = moment.as_second() as f64;
    seconds
}
