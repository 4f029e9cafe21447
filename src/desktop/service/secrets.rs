//! How the window's fagsystems are called, and the secrets that they want.

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
use crate::secrets::{Home, Secret, SecretKind, SecretName, SecretsError};
use crate::store::{Guard, Settings, Store, StoreError};

/// How long the keyring has to say whether it holds a secret.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is to be done about a secret.
#[derive(Debug)]
pub enum SecretCommand {
    Find,
    /// Keep what was typed: a header's value, or the name of a file with a certificate.
    Keep {
        typed: SecretInput,
        /// Of the file.
        password: SecretInput,
    },
    Remove,
}

/// What is being written and nobody should see.
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
    /// Asks whether somebody is there, with that client certificate when one is named.
    pub async fn probe(
        self: Arc<Self>,
        endpoint: Endpoint,
        certificate: Option<SecretName>,
        limits: TimeLimits,
        settings: Settings,
    ) -> Result<Probe, Error> {
        if !settings.damaged.is_empty() {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        let courier = Courier::new(&settings, Arc::clone(&self.secrets));
        let courier = courier.map_err(|error| Error::from(RouterError::from(error)))?;
        Ok(courier.probe(&endpoint, certificate.as_ref(), limits).await)
    }

    /// Makes a supplier's test ready, of that fagsystem as it is written.
    pub async fn endpoint_test(
        self: Arc<Self>,
        authority: Cvr,
        fagsystem: Fagsystem,
        leaves_out_large: bool,
        settings: Settings,
    ) -> Result<Arc<EndpointTest>, Error> {
        if !settings.damaged.is_empty() {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        // The system's certificates are read.
        let courier = spawn_blocking(move || Courier::new(&settings, Arc::clone(&self.secrets))).await;
        let courier = courier.map_err(|_| Error::Lost)?.map_err(RouterError::from)?;
        Ok(Arc::new(EndpointTest::new(courier, authority, fagsystem, leaves_out_large)))
    }

    /// Looks for a secret, keeps or removes it, and says where it is kept then, if it is.
    pub async fn run_secret_command(
        self: Arc<Self>,
        name: SecretName,
        edit: SecretCommand,
    ) -> Result<Option<Home>, Error> {
        let damaged = self.settings()?.damaged;
        if damaged.contains(Guard::Secrets) {
            return Err(StoreError::Guards(damaged).into());
        }
        let secrets = Arc::clone(&self.secrets);
        let only_looks = matches!(edit, SecretCommand::Find);
        let done = spawn_blocking(move || {
            let is_kept = match edit {
                SecretCommand::Find => secrets.has(&name)?,
                SecretCommand::Keep { typed, password } => {
                    let secret = secret_of(&name, typed.reveal(), password.reveal())?;
                    secrets.keep(&name, &secret)?;
                    true
                }
                SecretCommand::Remove => {
                    secrets.remove(&name)?;
                    false
                }
            };
            Ok(is_kept.then(|| secrets.home()))
        });
        // Who keeps something may first be asked to unlock the keyring.
        let done = if only_looks { timeout(PATIENCE, done).await } else { Ok(done.await) };
        let silent = || SecretsError::Silent(self.secrets.home().words());
        done.map_err(|_| silent())?.unwrap_or(Err(Error::Lost))
    }

    /// Keeps secrets there from now on, once it is certain that this can be done. The window's router follows at once,
    /// other windows when they look.
    pub async fn move_secrets(self: Arc<Self>, home: Home) -> Result<Home, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            home.prepare()?;
            let _turn = this.moves_secrets.lock().unwrap_or_else(PoisonError::into_inner);
            let before = store.settings()?;
            let mut settings = Settings { secrets: home.file().map(Path::to_owned), ..before.clone() };
            settings.damaged.mend(Guard::Secrets);
            store.save_changed_settings(&before, &settings)?;
            this.secrets.move_to(home.clone());
            Ok(home)
        })
        .await
    }

    /// Goes over to the home of the settings, which another window may have chosen.
    pub fn follow_secrets(&self, store: &Store) -> Result<(), Error> {
        let _turn = self.moves_secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = store.settings()?;
        let home = Home::of(settings.secrets);
        if !settings.damaged.contains(Guard::Secrets) && home != self.secrets.home() {
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
    Ok(secret.map_err(|why| SecretsError::Unfit { name: name.clone(), why })?)
}
