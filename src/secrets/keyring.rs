use std::sync::atomic::{AtomicBool, Ordering};

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::pieces::{Pieces, read_pieces, remove_pieces, write_pieces};
use super::{SecretKind, SecretName, SecretsError};

/// What the program calls itself in the keyring.
const SERVICE: &str = "Postfordeler";

static IS_LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// From now on, and as long as the program runs, the keyring counts as one that cannot be used. Tests must neither read nor
/// write that of whoever runs them.
pub fn leave_keyring_alone() {
    IS_LEFT_ALONE.store(true, Ordering::Relaxed);
}

/// The secret as it is stored.
pub(super) fn read(name: &SecretName) -> Result<Option<Zeroizing<String>>, SecretsError> {
    read_pieces(&InKeyring(user(name)))
}

/// Stores a secret in place of an older one, completely or not at all.
pub(super) fn write(name: &SecretName, text: &str) -> Result<(), SecretsError> {
    write_pieces(&mut InKeyring(user(name)), text)
}

/// Removes every entry of it, and says whether there was one.
pub(super) fn remove(name: &SecretName) -> Result<bool, SecretsError> {
    remove_pieces(&mut InKeyring(user(name)))
}

/// The password that is kept for a database, whose address has none; `None`: there is none. A keyring may wait for somebody to unlock it.
///
/// # Errors
///
/// [`SecretsError::Keyring`]: it cannot be used.
pub fn database_password(address: &str) -> Result<Option<Zeroizing<String>>, SecretsError> {
    read_pieces(&InKeyring(database(address)))
}

/// Keeps the password of a database in place of an older one.
///
/// # Errors
///
/// [`SecretsError::Keyring`]: it cannot be used, and nothing is kept.
pub fn keep_database_password(address: &str, password: &str) -> Result<(), SecretsError> {
    write_pieces(&mut InKeyring(database(address)), password)
}

/// Removes the password of a database, and says whether there was one.
///
/// # Errors
///
/// [`SecretsError::Keyring`]: it cannot be used.
pub fn remove_database_password(address: &str) -> Result<bool, SecretsError> {
    remove_pieces(&mut InKeyring(database(address)))
}

/// The name of a secret's entries in the keyring.
fn user(SecretName { authority, fagsystem, kind }: &SecretName) -> String {
    let kind = match kind {
        SecretKind::HeaderValue => "header",
        SecretKind::ClientCertificate => "certificate",
    };
    format!("{authority}/{fagsystem}/{kind}")
}

fn database(address: &str) -> String {
    format!("database {address}")
}

/// The entries of the system's keyring for one secret, by their name.
struct InKeyring(String);

impl InKeyring {
    fn entry(&self, number: usize) -> Result<Entry, SecretsError> {
        if IS_LEFT_ALONE.load(Ordering::Relaxed) {
            return Err(SecretsError::Keyring("it is to be left alone".to_owned()));
        }
        if let Err(error) = Entry::store_status() {
            return Err(unusable(error));
        }
        let part = if number == 1 { String::new() } else { format!(" ({number})") };
        Entry::new(SERVICE, &format!("{}{part}", self.0)).map_err(|error| unusable(&error))
    }
}

impl Pieces for InKeyring {
    fn get(&self, number: usize) -> Result<Option<Zeroizing<String>>, SecretsError> {
        match self.entry(number)?.get_secret() {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let text =
                    std::str::from_utf8(&bytes).map_err(|_| SecretsError::Keyring("an entry is no text".to_owned()))?;
                Ok(Some(Zeroizing::new(text.to_owned())))
            }
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(unusable(&error)),
        }
    }

    fn set(&mut self, number: usize, piece: &[u8]) -> Result<(), SecretsError> {
        self.entry(number)?.set_secret(piece).map_err(|error| unusable(&error))
    }

    fn delete(&mut self, number: usize) -> Result<bool, SecretsError> {
        match self.entry(number)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(unusable(&error)),
        }
    }
}

/// What went wrong, without any part of a secret.
fn unusable(error: &Error) -> SecretsError {
    SecretsError::Keyring(match error {
        Error::BadDataFormat(..) => "an entry is damaged".to_owned(),
        Error::Ambiguous(_) => "an entry stands there twice".to_owned(),
        error => error.to_string(),
    })
}
