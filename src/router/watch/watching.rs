//! Looks for what will not work, at the start and again and again, and logs it before a message shows it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::spawn_blocking;

use super::hindrances::{CertificateUse, CurrentHindrances, Hindrance};
use super::inspection::inspect;
use super::metrics::Metrics;
use crate::clock::Clock;
use crate::router::rules_in_force::RulesInForce;
use crate::router::written::Written;
use crate::rules::Cvr;
use crate::secrets::Secrets;
use crate::store::{DamagedGuards, PublicationNumber, RouterSettings, Store};

/// How often to look when nothing is published: certificates and secrets can be renewed at any time.
const LOOKING: SignedDuration = SignedDuration::from_mins(5);
/// How often the same hindrance is logged.
const SAYING: SignedDuration = SignedDuration::from_hours(24);

/// Watches over one router.
pub(in crate::router) struct HindranceWatch {
    pub store: Store,
    pub settings: RouterSettings,
    pub data: PathBuf,
    pub secrets: Arc<Secrets>,
    pub rules: Arc<RulesInForce>,
    pub metrics: Arc<Metrics>,
    pub current: CurrentHindrances,
    pub clock: Clock,
}

impl HindranceWatch {
    /// Looks until the router stops.
    pub async fn run(self, mut written: Written) {
        let Self { store, settings, data, secrets, rules, metrics, current, clock } = self;
        let store = Arc::new(store);
        let (mut announced, mut looked) = (Announced::default(), None::<(Timestamp, Option<PublicationNumber>)>);
        loop {
            let (now, in_force) = (clock.now(), rules.now());
            let is_due = looked.is_none_or(|(at, publication)| {
                publication != in_force.publication || now.duration_since(at).abs() >= LOOKING
            });
            if is_due {
                looked = Some((now, in_force.publication));
                let kept = Arc::clone(&store);
                let damaged = spawn_blocking(move || kept.settings().map(|settings| settings.damaged)).await;
                let damaged: DamagedGuards = damaged.ok().and_then(Result::ok).unwrap_or_default();
                let book = in_force.distributor.book();
                let inspection = inspect(&settings, &damaged, &data, book, &secrets, now).await;
                metrics.show_inspection(&inspection);
                announced.update(&inspection.hindrances, now);
                current.store(Arc::new(inspection.hindrances));
            }
            if !written.wait().await {
                return;
            }
        }
    }
}

/// The hindrances that have been logged, and when.
#[derive(Debug, Default)]
struct Announced(HashMap<String, (Timestamp, &'static str)>);

impl Announced {
    /// Logs what has not been logged for a day, and what is over.
    fn update(&mut self, hindrances: &[Hindrance], now: Timestamp) {
        let mut still = HashMap::new();
        for hindrance in hindrances {
            let words = hindrance.to_string();
            let before = self.0.remove(&words);
            let is_fresh = before.is_some_and(|(at, _)| now.duration_since(at).abs() < SAYING);
            if !is_fresh {
                warn(hindrance, &words);
            }
            let at = before.filter(|_| is_fresh).map_or(now, |(at, _)| at);
            still.insert(words, (at, hindrance.code()));
        }
        for (words, (_, code)) in self.0.drain() {
            tracing::info!(hindrance = code, "no longer so: {words}");
        }
        self.0 = still;
    }
}

fn warn(hindrance: &Hindrance, words: &str) {
    let fagsystem = hindrance.fagsystem();
    tracing::warn!(
        hindrance = hindrance.code(),
        authority = fagsystem.map(|(authority, _): (Cvr, _)| tracing::field::display(authority)),
        fagsystem = fagsystem.map(|(_, id)| id.as_str()),
        certificate = hindrance.certificate().map(CertificateUse::code),
        "{words}"
    );
}
