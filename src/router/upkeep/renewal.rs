//! Puts certificates, issuers and secrets in force that are replaced while the router runs. What is new counts from the next
//! connection or call on; nothing under way is interrupted. Files that cannot be used change nothing.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ring::digest::{Context, SHA256};
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::file_use::FileUse;
use crate::router::connection::protection::{Tls, certificate_files, is_no_plain_file, show_again};
use crate::router::delivery::courier::Courier;
use crate::router::watch::metrics::Metrics;
use crate::secrets::Secrets;
use crate::store::{CertificateChoice, Protection, RouterSettings};

/// How often files are checked.
const INTERVAL: Duration = Duration::from_secs(2);
/// How often unchanged files that cannot be used are tried again: a certificate may become valid.
const RETRY_INTERVAL: Duration = Duration::from_mins(1);
/// The most bytes of a file that are compared.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The files of one use, and their state when last checked.
#[derive(Debug)]
struct WatchedFiles {
    used_as: FileUse,
    files: Vec<PathBuf>,
    seen: Fingerprint,
    /// Why the files as they are now are not in force.
    error: Option<String>,
    tried: Instant,
}

type Fingerprint = [u8; 32];

/// Watches the files that a router was started with.
pub(in crate::router) struct Renewal {
    watched: Vec<WatchedFiles>,
    protection: Protection,
    data: PathBuf,
}

/// What is renewed.
#[derive(Clone)]
pub(in crate::router) struct RenewalTargets {
    pub tls: Option<Arc<Tls>>,
    pub courier: Arc<Courier>,
    pub secrets: Arc<Secrets>,
    pub metrics: Arc<Metrics>,
}

impl Renewal {
    /// Takes a fingerprint of the files before they are read. What is not a plain file, such as a pipe, is read once and not
    /// watched.
    pub fn begin(settings: &RouterSettings, secrets: &Secrets, data: &Path) -> Self {
        let protection = settings.protection.clone();
        let certificate = certificate_files(&protection.certificate, data);
        let uses = [
            (FileUse::Certificate, certificate),
            (FileUse::ClientIssuers, protection.client_issuers.iter().cloned().collect()),
            (FileUse::TrustedIssuers, settings.trusted_issuers.iter().cloned().collect()),
            (FileUse::Secrets, secrets.location().file().map(Path::to_owned).into_iter().collect()),
        ];
        let are_plain = |files: &[PathBuf]| !files.iter().any(|path| is_no_plain_file(path));
        let watched = uses.into_iter().filter(|(_, files)| !files.is_empty() && are_plain(files));
        let watched = watched.map(|(used_as, files)| {
            let seen = fingerprint(&files);
            WatchedFiles { used_as, files, seen, error: None, tried: Instant::now() }
        });
        Self { watched: watched.collect(), protection, data: data.to_owned() }
    }

    /// Ignores a certificate that the router has created since then.
    pub fn expect_what_was_made(&mut self) {
        if self.protection.certificate == CertificateChoice::SelfSigned {
            let own = self.watched.iter_mut().filter(|watched| watched.used_as == FileUse::Certificate);
            own.for_each(|watched| watched.seen = fingerprint(&watched.files));
        }
    }

    /// Puts in force what has changed, when files change and when the process gets SIGHUP, until `stop`.
    pub async fn follow(mut self, targets: RenewalTargets, stop: CancellationToken) {
        let mut hangups = Hangups::listen();
        for watched in &self.watched {
            targets.metrics.file_in_force(watched.used_as.code(), true);
        }
        loop {
            let is_asked = tokio::select! {
                () = stop.cancelled() => return,
                () = hangups.next() => true,
                () = sleep(INTERVAL), if !self.watched.is_empty() => false,
            };
            if is_asked {
                tracing::info!("asked to read certificates and secrets again");
                targets.secrets.forget_lookups();
            }
            let targets = targets.clone();
            let looking = spawn_blocking(move || {
                self.look(&targets, is_asked);
                self
            });
            // A disk that does not answer must not delay the shutdown.
            let Some(looked) = stop.run_until_cancelled(looking).await else { return };
            match looked {
                Ok(this) => self = this,
                Err(error) => {
                    tracing::error!(%error, "certificates and secrets are not looked after any more");
                    return;
                }
            }
        }
    }

    fn look(&mut self, targets: &RenewalTargets, is_asked: bool) {
        let Self { watched, protection, data } = self;
        for watched in watched {
            if watched.used_as == FileUse::Secrets
                && let Some(file) = targets.secrets.location().file()
            {
                // The window may have chosen another file.
                watched.files = vec![file.to_owned()];
            }
            // Before the files are read: what is written later is noticed the next time.
            let now = fingerprint(&watched.files);
            let is_new = now != watched.seen;
            let is_due = watched.error.is_some() && watched.tried.elapsed() >= RETRY_INTERVAL;
            if !is_new && !is_due && !is_asked {
                continue;
            }
            (watched.seen, watched.tried) = (now, Instant::now());
            let other = watched.files.iter().find(|path| is_no_plain_file(path));
            let read = match (watched.used_as, other) {
                (_, Some(other)) => Err(format!("{} is no plain file", other.display())),
                (FileUse::Certificate, None) => {
                    let tls = targets.tls.as_ref();
                    let shown = tls.map(|tls| show_again(tls, protection, data));
                    shown.transpose().map(drop).map_err(|error| error.to_string())
                }
                (FileUse::ClientIssuers, None) => {
                    let tls = targets.tls.as_ref().zip(protection.client_issuers.as_deref());
                    let taken = tls.map(|(tls, issuers)| tls.trust_issuers(issuers));
                    taken.transpose().map(drop).map_err(|error| error.to_string())
                }
                (FileUse::TrustedIssuers, None) => targets.courier.trust_again().map_err(|error| error.to_string()),
                (FileUse::Secrets, None) => targets.secrets.read_again().map_err(|error| error.to_string()),
            };
            watched.report(read, is_new, targets);
        }
    }
}

impl WatchedFiles {
    fn report(&mut self, read: Result<(), String>, is_new: bool, targets: &RenewalTargets) {
        let what = self.used_as.code();
        targets.metrics.file_in_force(what, read.is_ok());
        match read {
            Ok(()) => {
                let had_failed = self.error.take().is_some();
                if is_new || had_failed {
                    targets.metrics.file_renewed(what);
                    let certificate = targets.tls.as_ref().filter(|_| self.used_as == FileUse::Certificate);
                    let certificate = certificate.map(|tls| tls.certificate());
                    tracing::info!(
                        what,
                        valid_until = certificate.as_ref().map(|it| tracing::field::display(it.valid_until)),
                        sha256 = certificate.as_ref().map(|it| it.fingerprint.as_str()),
                        "new files are in force, from the next connection on"
                    );
                }
            }
            Err(error) => {
                if is_new || self.error.as_ref() != Some(&error) {
                    tracing::error!(
                        what,
                        trouble = %error,
                        "new files cannot be used; what was in force before stays so until they can"
                    );
                }
                self.error = Some(error);
            }
        }
    }
}

/// A digest of the files' content, links followed. When they were written does not matter, nor whether a file was replaced by
/// a link.
fn fingerprint(files: &[PathBuf]) -> Fingerprint {
    let mut context = Context::new(&SHA256);
    for path in files {
        let read = || {
            if !fs::metadata(path)?.is_file() {
                return Ok(None);
            }
            let mut bytes = zeroize::Zeroizing::new(Vec::new());
            File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(Some(bytes))
        };
        match read() {
            Ok(Some(bytes)) => {
                context.update(&(bytes.len() as u64 + 1).to_be_bytes());
                context.update(&bytes);
            }
            Ok(None) => context.update(&[0; 8]),
            Err(error) => context.update(format!("{:?}", error.kind()).as_bytes()),
        }
    }
    let digest = context.finish();
    let mut fingerprint = Fingerprint::default();
    fingerprint.copy_from_slice(digest.as_ref());
    fingerprint
}

/// Waits for SIGHUP.
struct Hangups {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}
