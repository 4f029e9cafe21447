//! The secrets with which the router authenticates to fagsystems, and tests of a fagsystem's address.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::endpoint_test::EndpointTest;
use crate::router::{Courier, Probe, RouterError};
use crate::rules::{Cvr, Endpoint, Fagsystem, TimeLimits};
use crate::secrets::{Secret, SecretKind, SecretName, SecretsError, SecretsLocation};
use crate::store::{Guard, RouterSettings, Store, StoreError};

/// How long the keyring may take to say whether it holds a secret.
const KEYRING_TIMEOUT: Duration = Duration::from_secs(5);

/// What to do with a secret.
#[derive(Debug)]
pub enum SecretCommand {
    /// Only look whether there is one.
    Find,
    /// Save what was typed: a header's value, or the name of a file with a certificate.
    Save {
        typed: SecretInput,
        /// The password of that file.
        password: SecretInput,
    },
    Remove,
}

/// Typed text that nobody should see. It is wiped from memory when it is dropped, and never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretInput(Zeroizing<String>);

impl SecretInput {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretInput(…)")
    }
}

impl Services {
    /// Calls a fagsystem's address without sending a message, with that client certificate when one is named.
    pub async fn probe(
        self: Arc<Self>,
        endpoint: Endpoint,
        certificate: Option<SecretName>,
        limits: TimeLimits,
        settings: RouterSettings,
    ) -> Result<Probe, Error> {
        if !settings.damaged.is_empty() {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        let courier = Courier::new(&settings, Arc::clone(&self.secrets));
        let courier = courier.map_err(|error| Error::from(RouterError::from(error)))?;
        Ok(courier.probe(&endpoint, certificate.as_ref(), limits).await)
    }

    /// Prepares a test of that fagsystem, as it is filled in on the screen, for its supplier.
    pub async fn endpoint_test(
        self: Arc<Self>,
        authority: Cvr,
        fagsystem: Fagsystem,
        leaves_out_large: bool,
        settings: RouterSettings,
    ) -> Result<Arc<EndpointTest>, Error> {
        if !settings.damaged.is_empty() {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        // It reads the system's certificates, which blocks.
        let courier = spawn_blocking(move || Courier::new(&settings, Arc::clone(&self.secrets))).await;
        let courier = courier.map_err(|_| Error::Lost)?.map_err(RouterError::from)?;
        Ok(Arc::new(EndpointTest::new(courier, authority, fagsystem, leaves_out_large)))
    }

    /// Looks for a secret, saves or removes it, and returns where it is now; `None` when there is none.
    pub async fn run_secret_command(
        self: Arc<Self>,
        name: SecretName,
        command: SecretCommand,
    ) -> Result<Option<SecretsLocation>, Error> {
        let damaged = self.settings()?.damaged;
        if damaged.contains(Guard::Secrets) {
            return Err(StoreError::Guards(damaged).into());
        }
        let secrets = Arc::clone(&self.secrets);
        let only_looks = matches!(command, SecretCommand::Find);
        let done = spawn_blocking(move || {
            let exists = match command {
                SecretCommand::Find => secrets.has(&name)?,
                SecretCommand::Save { typed, password } => {
                    let secret = secret_of(&name, typed.reveal(), password.reveal())?;
                    secrets.keep(&name, &secret)?;
                    true
                }
                SecretCommand::Remove => {
                    secrets.remove(&name)?;
                    false
                }
            };
            Ok(exists.then(|| secrets.location()))
        });
        // Before something is saved the system may ask the person to unlock the keyring, which has no time limit.
        let done = if only_looks { timeout(KEYRING_TIMEOUT, done).await } else { Ok(done.await) };
        let silent = || SecretsError::Silent(self.secrets.location().words());
        done.map_err(|_| silent())?.unwrap_or(Err(Error::Lost))
    }

    /// Uses that home for secrets from now on, once it has proved usable. The window's router follows at once, other
    /// windows with their next poll.
    pub async fn move_secrets(self: Arc<Self>, home: SecretsLocation) -> Result<SecretsLocation, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            home.prepare()?;
            let _moving = this.moving_secrets.lock().unwrap_or_else(PoisonError::into_inner);
            let before = store.settings()?;
            let mut settings = RouterSettings { secrets: home.file().map(Path::to_owned), ..before.clone() };
            settings.damaged.mend(Guard::Secrets);
            store.save_changed_settings(&before, &settings)?;
            this.secrets.move_to(home.clone());
            Ok(home)
        })
        .await
    }

    /// Where secrets are now.
    pub fn secrets_home(&self) -> SecretsLocation {
        self.secrets.location()
    }

    /// Goes over to the home in the settings, which another window may have chosen.
    pub(super) fn follow_secrets(&self, store: &Store) -> Result<(), Error> {
        let _moving = self.moving_secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = store.settings()?;
        let home = SecretsLocation::of(settings.secrets);
        if !settings.damaged.contains(Guard::Secrets) && home != self.secrets.location() {
            self.secrets.move_to(home);
        }
        Ok(())
    }
}

/// What was typed, as a secret of that kind.
fn secret_of(name: &SecretName, typed: &str, password: &str) -> Result<Secret, Error> {
    let secret = match name.kind {
        SecretKind::HeaderValue => Secret::new(name.kind, typed),
        SecretKind::ClientCertificate => {
            let path = typed.trim();
            let failed = |error: io::Error| Error::File { path: path.to_owned(), reason: error.to_string() };
            Secret::certificate(&fs::read(path).map(Zeroizing::new).map_err(failed)?, password)
        }
    };
    Ok(secret.map_err(|why| SecretsError::Invalid { name: name.clone(), why })?)
}
