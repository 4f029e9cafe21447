use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{NOTHING_PUBLISHED, made_new, open_store};
use crate::command::log::{Log, LogFormat, LogLevel};
use crate::command::process::{EndSignals, runtime};
use crate::command::protection_flags::ProtectionFlags;
use crate::command::supervision::Supervision;
use crate::command::terminal::print_line;
use crate::policy::Policy;
use crate::router::{MetricsServer, Router};
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::{DataPlace, Guard, Program, PublicationNumber, RouterSettings, Store, StoreError};

#[derive(Debug, Args)]
pub(in crate::command) struct Serve {
    /// Where to take messages; where others can reach it, a certificate and a way to tell who delivers are needed
    /// (port 0: any free port)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8606")]
    listen: SocketAddr,
    #[command(flatten)]
    protection: ProtectionFlags,
    /// The file with the secrets that business systems want, which nobody else may read or write [default: the system's
    /// keyring]
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// A PEM file with the certificates of issuers to be trusted besides the system's, when business systems are called
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The proxy through which business systems are called that are not on this machine; that of the environment is not used
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// How many messages may be under way at a time; more are asked to come again [default: 128, or as set in the window]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    most_under_way: Option<u16>,
    /// How many messages may be under way to one business system at a time [default: 32, or as set in the window]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    most_per_fagsystem: Option<u16>,
    /// From now on, how many days the journal keeps a message, at least 14 [default: 90, or as set before]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(i64::from(RouterSettings::MIN_RETENTION_DAYS)..))]
    retention_days: Option<u16>,
    /// The machine's clock is right, though it has jumped: the journal goes by it again
    #[arg(long)]
    clock_is_right: bool,
    /// Where to offer metrics for Prometheus, at /metrics: an address of this machine only, such as 127.0.0.1:9606
    #[arg(long, value_name = "ADDR")]
    metrics: Option<SocketAddr>,
    /// How to write the log, on standard error
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    log: LogFormat,
    /// How much to log
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    log_level: LogLevel,
}

impl Serve {
    /// The stored settings, overridden by the flags. Damaged settings that no flag overrides keep the router from starting.
    fn settings(&self, store: &Store) -> Result<RouterSettings, StoreError> {
        let mut settings = store.settings()?;
        if let Some(retention_days) = self.retention_days {
            let before = settings.clone();
            settings.retention_days = retention_days;
            settings.damaged.mend(Guard::Retention);
            if settings != before {
                store.save_changed_settings(&before, &settings)?;
            }
        }
        let given = [
            (Guard::Listen, true),
            (Guard::Protection, self.protection.is_whole()),
            (Guard::TrustedIssuers, self.trust.is_some()),
            (Guard::Proxy, self.proxy.is_some()),
            (Guard::Secrets, self.secrets.is_some()),
        ];
        for (guard, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
            settings.damaged.mend(guard);
        }
        if !settings.damaged.is_empty() {
            return Err(StoreError::Guards(settings.damaged));
        }
        settings.protection = self.protection.clone().over(settings.protection);
        settings.trusted_issuers = self.trust.clone().or(settings.trusted_issuers);
        settings.proxy = self.proxy.clone().or(settings.proxy);
        settings.secrets = self.secrets.clone().or(settings.secrets);
        settings.most_under_way = self.most_under_way.unwrap_or(settings.most_under_way);
        settings.most_per_fagsystem = self.most_per_fagsystem.unwrap_or(settings.most_per_fagsystem);
        Ok(settings)
    }

    pub fn run(self, data: &DataPlace, policy: &Policy) -> Result<Conclusion, Failure> {
        let _log = Log::start(self.log, self.log_level)?;
        self.run_under(data, policy, &Supervision::from_environment(), EndSignals::listen)
    }

    /// How much is to be logged.
    #[cfg(windows)]
    pub fn log_level(&self) -> LogLevel {
        self.log_level
    }

    /// Runs the router under a service manager, until what `listen` listens for asks it to end.
    pub fn run_under(
        self,
        data: &DataPlace,
        policy: &Policy,
        supervision: &Supervision,
        listen: impl FnOnce() -> io::Result<EndSignals>,
    ) -> Result<Conclusion, Failure> {
        let was_there = data.exists();
        let store = open_store(data)?.run_by(Program::Serve).under(policy.listening);
        if !was_there {
            tracing::warn!("{}", made_new(data));
        }
        // Checked before anything is stored or opened: a refused start changes nothing.
        store.check_no_router_runs()?;
        let settings = self.settings(&store)?;
        if self.clock_is_right {
            store.confirm_clock(Timestamp::now())?;
        }
        let secrets = Secrets::at(SecretsLocation::of(settings.secrets.clone()));
        secrets.check()?;
        runtime()?.block_on(async {
            let mut signals = listen()?;
            let metrics = match self.metrics {
                Some(address) => Some(MetricsServer::listen(address).await?),
                None => None,
            };
            let router = Router::start(&store, self.listen, &settings, Arc::new(secrets)).await?;
            let publication = router.rules().publication();
            tracing::info!(
                version = env!("CARGO_PKG_VERSION"),
                data = %data.display(),
                address = %router.address(),
                publication = publication.map(PublicationNumber::get),
                "started"
            );
            print_line(format_args!("Receiving at {}", router.url()));
            if let Some(certificate) = router.certificate() {
                let (source, until) = (certificate.source.display(), certificate.valid_until);
                print_line(format_args!(
                    "Certificate {source}, valid until {until}, SHA-256 {}",
                    certificate.fingerprint
                ));
            }
            let stop = CancellationToken::new();
            let metrics = metrics.map(|metrics| {
                print_line(format_args!("Metrics at http://{}/metrics", metrics.address()));
                metrics.show(router.metrics(), router.rules(), stop.clone())
            });
            if publication.is_none() {
                tracing::warn!("{NOTHING_PUBLISHED}; until then every message is refused");
            }
            supervision.ready(&router);
            tokio::select! {
                () = signals.next() => {}
                never = supervision.watch(&router) => match never {},
            }
            supervision.stopping();
            tracing::info!("ending: waiting for the messages under way; once more ends at once");
            let ending = async {
                router.stop().await;
                // Until now the metrics have reported that the router is stopping.
                stop.cancel();
                if let Some(metrics) = metrics {
                    let _ = metrics.await;
                }
            };
            tokio::select! {
                () = ending => tracing::info!("ended"),
                never = supervision.outlast() => match never {},
                () = signals.next() => tracing::warn!("ended with messages under way"),
            }
            Ok(Conclusion::Done)
        })
    }
}
