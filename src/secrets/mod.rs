//! Secrets: the header values and client certificates with which the router authenticates to fagsystems, and in the keyring the
//! passwords of databases.
//!
//! They are stored in the system's keyring (`keyring`, in `pieces` because Windows limits an entry), or for a router without a
//! desktop in a `file` that only its owner may read; never in the database, an export or a log. [`Secrets`] looks one up when a
//! message needs it, and remembers it for a few seconds.

mod file;
mod invalid;
mod keyring;
pub mod pieces;
mod pkcs12;
mod secret;
mod validity;

pub use invalid::InvalidSecret;
pub use keyring::{database_password, keep_database_password, leave_keyring_alone, remove_database_password};
pub use pkcs12::{Pkcs12, Pkcs12Error, is_pkcs12, open_pkcs12};
pub use secret::{Secret, SecretKind, SecretName};
pub use validity::{CertificateFacts, CertificateValidity};

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long a secret that was read is remembered, and so how soon a change made elsewhere is noticed.
const CACHE_DURATION: Duration = Duration::from_secs(5);
/// How long a keyring has to answer. One that waits for somebody to unlock it may not answer at all.
pub(crate) const KEYRING_TIMEOUT: Duration = Duration::from_secs(5);

/// Where secrets are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretsLocation {
    /// The system's keyring: Secret Service, the Windows Credential Manager or the macOS Keychain.
    Keyring,
    /// A file of one's own.
    File(PathBuf),
}

/// The secrets of one [`SecretsLocation`], as they are needed. All who hold them follow when the location changes.
#[derive(Debug)]
pub struct Secrets(Mutex<SecretsState>);

/// A home, and what has been read of it.
#[derive(Debug)]
struct SecretsState {
    home: SecretsLocation,
    lookups: HashMap<SecretName, Lookup>,
    /// What was last read from a file. It stays valid while the file is unusable.
    last: HashMap<SecretName, Secret>,
    /// Secrets given for this run, which are stored nowhere.
    given: HashMap<SecretName, Secret>,
}

impl SecretsState {
    fn at(home: SecretsLocation) -> Self {
        Self { home, lookups: HashMap::new(), last: HashMap::new(), given: HashMap::new() }
    }
}

/// A secret that is being read, or has been. All who need it meanwhile wait for the same reading.
#[derive(Debug)]
struct Lookup {
    begun: Instant,
    result: Shared<BoxFuture<'static, Result<Secret, SecretsError>>>,
}

/// Why a secret cannot be read or stored. Never contains any part of the secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// There is none.
    #[error(
        "there is no {kind} for the business system '{fagsystem}' of {authority}; set it with 'postfordeler secret set'",
        kind = .0.kind, fagsystem = .0.fagsystem, authority = .0.authority
    )]
    Missing(SecretName),
    /// What is stored is no such secret.
    #[error("the {kind} for the business system '{fagsystem}' of {authority} cannot be used: {why}; set it anew",
        kind = .name.kind, fagsystem = .name.fagsystem, authority = .name.authority)]
    Invalid {
        /// Which.
        name: SecretName,
        /// What is wrong with it.
        why: InvalidSecret,
    },
    /// No request can be made that shows it.
    #[error("the {kind} for the business system '{fagsystem}' of {authority} cannot be used; set it anew",
        kind = .0.kind, fagsystem = .0.fagsystem, authority = .0.authority)]
    Unusable(SecretName),
    /// The keyring does not do what it should.
    #[error(
        "the system's keyring cannot be used ({0}); unlock it, or keep secrets in a file: 'postfordeler secret set \
         --secrets FILE' and 'postfordeler serve --secrets FILE'"
    )]
    Keyring(String),
    /// The file cannot be read or written.
    #[error("the secrets file {path} cannot be used: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Others could read the file, or have put their own there.
    #[error("the secrets file {path} is not safe: {}", .why.words(.path))]
    NotPrivate {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: Exposure,
    },
    /// The file holds something else.
    #[error(
        "the secrets file {path} is no such file, or damaged (line {line}); put back a copy, or move it away to begin anew"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where reading ended, counted from 1.
        line: usize,
    },
    /// It took too long.
    #[error("{0} does not answer; it may be waiting for somebody to unlock it")]
    Silent(&'static str),
}

/// Why a file is no place for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// It is a directory, a pipe or the like.
    NotAFile,
    /// Others than its owner may read or write it.
    OpenToOthers {
        /// Its permissions.
        mode: u32,
    },
    /// It belongs to somebody else.
    SomebodyElses {
        /// To that user, by number.
        owner: u32,
        /// The user who runs the program.
        us: u32,
    },
}

impl Exposure {
    /// What is wrong with the file, and what to do.
    fn words(self, path: &Path) -> String {
        match self {
            Self::NotAFile => "it is no file but something else; name a file".to_owned(),
            Self::OpenToOthers { mode } => {
                format!("others may read or write it (mode {mode:04o}); close it with 'chmod 600 {}'", path.display())
            }
            Self::SomebodyElses { owner, us } => {
                format!("it belongs to user {owner}, not to user {us} who runs the program, nor to root")
            }
        }
    }
}

impl SecretsLocation {
    /// That file when there is one, else the keyring.
    #[must_use]
    pub fn of(file: Option<PathBuf>) -> Self {
        file.map_or(Self::Keyring, Self::File)
    }

    /// Its file; `None` for the keyring.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Keyring => None,
            Self::File(path) => Some(path),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Keyring => "the system's keyring",
            Self::File(_) => "the secrets file",
        }
    }

    /// Makes sure that secrets can be stored there, creating an empty file where there is none. The keyring is not tried,
    /// since it may not be needed.
    ///
    /// # Errors
    ///
    /// The file cannot be made, is not safe or holds something else.
    pub fn prepare(&self) -> Result<(), SecretsError> {
        match self {
            Self::Keyring => Ok(()),
            Self::File(path) if path.try_exists().is_ok_and(|exists| exists) => file::read(path).map(|_| ()),
            Self::File(path) => file::change(path, |_| true).map(drop),
        }
    }

    fn read(&self, name: &SecretName) -> Result<Secret, SecretsError> {
        let text: Option<Zeroizing<String>> = match self {
            Self::Keyring => keyring::read(name)?,
            Self::File(path) => file::read(path)?.remove(name),
        };
        let text = text.ok_or_else(|| SecretsError::Missing(name.clone()))?;
        Secret::new(name.kind, &text).map_err(|why| SecretsError::Invalid { name: name.clone(), why })
    }
}

impl Secrets {
    /// The secrets at that location. Nothing is read before one is needed.
    #[must_use]
    pub fn at(home: SecretsLocation) -> Self {
        Self(Mutex::new(SecretsState::at(home)))
    }

    /// The same, with a secret that is stored nowhere and takes precedence over a stored one.
    #[must_use]
    pub fn with_given(self, name: SecretName, secret: Secret) -> Self {
        self.state().given.insert(name, secret);
        self
    }

    /// Where they are stored.
    #[must_use]
    pub fn location(&self) -> SecretsLocation {
        self.state().home.clone()
    }

    /// Moves to that location. What is stored at the old one stays there.
    pub fn move_to(&self, home: SecretsLocation) {
        *self.state() = SecretsState::at(home);
    }

    fn state(&self) -> MutexGuard<'_, SecretsState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes sure that a file is there, is safe and can be read. The keyring is not tried, since it may not be needed.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub fn check(&self) -> Result<(), SecretsError> {
        match self.location() {
            SecretsLocation::Keyring => Ok(()),
            SecretsLocation::File(path) => read_present(&path).map(|_| ()),
        }
    }

    /// The secret of that name. One that was read a few seconds ago is not read again. While a file that could be read before
    /// is gone, damaged, unusable or not read in time, what was read before stays valid.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub async fn find(&self, name: &SecretName) -> Result<Secret, SecretsError> {
        if let Some(secret) = self.state().given.get(name) {
            return Ok(secret.clone());
        }
        let (home, lookup) = self.lookup(name);
        let found = timeout(KEYRING_TIMEOUT, lookup).await.unwrap_or_else(|_| Err(SecretsError::Silent(home)));
        let is_without_file = matches!(found, Err(SecretsError::Missing(_))) && self.is_without_file().await;
        let mut state = self.state();
        match &found {
            Ok(secret) if state.home.file().is_some() => {
                if state.last.get(name) != Some(secret) {
                    state.last.insert(name.clone(), secret.clone());
                }
            }
            Err(
                SecretsError::Damaged { .. }
                | SecretsError::File { .. }
                | SecretsError::Invalid { .. }
                | SecretsError::Silent(_),
            ) => {
                if let Some(last) = state.last.get(name) {
                    return Ok(last.clone());
                }
            }
            Err(SecretsError::Missing(_)) if is_without_file => {
                if let Some(last) = state.last.get(name) {
                    return Ok(last.clone());
                }
            }
            // It has been removed, or has got into hands that it should not be in.
            _ => drop(state.last.remove(name)),
        }
        found
    }

    /// Whether secrets are stored in a file that is missing, or cannot be looked for in time.
    async fn is_without_file(&self) -> bool {
        let SecretsLocation::File(path) = self.location() else { return false };
        let looked = timeout(KEYRING_TIMEOUT, spawn_blocking(move || path.try_exists())).await;
        !matches!(looked, Ok(Ok(Ok(true))))
    }

    /// What has been read counts no longer: it is read again when it is needed.
    pub fn forget_lookups(&self) {
        self.state().lookups.retain(|_, lookup| lookup.result.peek().is_none());
    }

    /// Uses what is in the file now, once all of it has proved usable.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`]. What was read before counts on.
    pub fn read_again(&self) -> Result<(), SecretsError> {
        let SecretsLocation::File(path) = self.location() else { return Ok(()) };
        for (name, text) in read_present(&path)? {
            Secret::new(name.kind, &text).map_err(|why| SecretsError::Invalid { name, why })?;
        }
        self.forget_lookups();
        Ok(())
    }

    /// What reads it, and what people call the place where it is read.
    fn lookup(&self, name: &SecretName) -> (&'static str, Shared<BoxFuture<'static, Result<Secret, SecretsError>>>) {
        let mut state = self.state();
        let words = state.home.words();
        let counts = |lookup: &&Lookup| lookup.result.peek().is_none() || lookup.begun.elapsed() < CACHE_DURATION;
        if let Some(lookup) = state.lookups.get(name).filter(counts) {
            return (words, lookup.result.clone());
        }
        let (home, wanted) = (state.home.clone(), name.clone());
        let task = spawn_blocking(move || home.read(&wanted));
        let result = task.map(move |read| read.unwrap_or(Err(SecretsError::Silent(words)))).boxed().shared();
        state.lookups.insert(name.clone(), Lookup { begun: Instant::now(), result: result.clone() });
        (words, result)
    }

    /// Whether there is such a secret. May wait for the keyring, which may ask its user.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub fn has(&self, name: &SecretName) -> Result<bool, SecretsError> {
        self.kept(name).map(|kept| kept.is_some())
    }

    /// The secret of that name as it is stored, or what is wrong with it; `None` when there is none. May wait for the keyring,
    /// which may ask its user.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub fn kept(&self, name: &SecretName) -> Result<Option<Result<Secret, InvalidSecret>>, SecretsError> {
        match self.location().read(name) {
            Ok(secret) => Ok(Some(Ok(secret))),
            Err(SecretsError::Invalid { why, .. }) => Ok(Some(Err(why))),
            Err(SecretsError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Stores a secret, in place of an older one. May wait for the keyring, which may ask its user.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub fn keep(&self, name: &SecretName, secret: &Secret) -> Result<(), SecretsError> {
        match self.location() {
            SecretsLocation::Keyring => keyring::write(name, secret.reveal())?,
            SecretsLocation::File(path) => {
                file::change(&path, |secrets| {
                    secrets.insert(name.clone(), Zeroizing::new(secret.reveal().to_owned()));
                    true
                })?;
            }
        }
        self.forget(name);
        Ok(())
    }

    /// Removes a secret, and says whether there was one. May wait for the keyring, which may ask its user.
    ///
    /// # Errors
    ///
    /// See [`SecretsError`].
    pub fn remove(&self, name: &SecretName) -> Result<bool, SecretsError> {
        let was_there = match self.location() {
            SecretsLocation::Keyring => keyring::remove(name)?,
            // Where there is no file, none is made.
            SecretsLocation::File(path) if file::read(&path)?.is_empty() => false,
            SecretsLocation::File(path) => file::change(&path, |secrets| secrets.remove(name).is_some())?,
        };
        self.forget(name);
        Ok(was_there)
    }

    fn forget(&self, name: &SecretName) {
        let mut state = self.state();
        state.lookups.remove(name);
        state.last.remove(name);
    }
}

/// What the file holds, which must be there.
fn read_present(path: &Path) -> Result<file::SecretMap, SecretsError> {
    if !path.exists() {
        let reason = "it is not there; 'postfordeler secret set --secrets FILE' makes it".to_owned();
        return Err(SecretsError::File { path: path.to_owned(), reason });
    }
    file::read(path)
}

fn unusable(path: &Path, error: &io::Error) -> SecretsError {
    SecretsError::File { path: path.to_owned(), reason: error.to_string() }
}
