use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{Conclusion, EndSignals, Failure, NOTHING_PUBLISHED, open_store, runtime, tell};
use crate::router::Router;
use crate::secrets::{Home, Secrets};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to take messages: an address of this machine only (port 0: any free port)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8606")]
    listen: SocketAddr,
    /// The file with the secrets that fagsystems want, which nobody else may read or write [default: the system's
    /// keyring]
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// A PEM file with the certificates of issuers to be trusted besides the system's, when fagsystems are called
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The proxy through which fagsystems are called that are not on this machine; that of the environment is not used
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
}

impl Serve {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
        log.with_target(false).init();
        let store = open_store(data)?;
        let mut settings = store.settings()?;
        settings.trusted_issuers = self.trust.or(settings.trusted_issuers);
        settings.proxy = self.proxy.or(settings.proxy);
        let secrets = Secrets::at(Home::of(self.secrets.or(settings.secrets.take())));
        secrets.check()?;
        runtime()?.block_on(async {
            let mut signals = EndSignals::listen()?;
            let router = Router::start(&store, self.listen, &settings, Arc::new(secrets)).await?;
            tell(format_args!("Receiving at http://{}/memo", router.address()));
            if router.rules().publication().is_none() {
                tracing::warn!("{NOTHING_PUBLISHED}; until then every message is refused");
            }
            signals.next().await;
            tracing::info!("ending: waiting for the messages under way; once more ends at once");
            tokio::select! {
                () = router.stop() => {}
                () = signals.next() => tracing::warn!("ended with messages under way"),
            }
            Ok(Conclusion::Done)
        })
    }
}
