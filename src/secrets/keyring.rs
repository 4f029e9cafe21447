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
    read_pieces(&InKeyring(name))
}

/// Stores a secret in place of an older one, completely or not at all.
pub(super) fn write(name: &SecretName, text: &str) -> Result<(), SecretsError> {
    write_pieces(&mut InKeyring(name), text)
}

/// Removes every entry of it, and says whether there was one.
pub(super) fn remove(name: &SecretName) -> Result<bool, SecretsError> {
    remove_pieces(&mut InKeyring(name))
}

/// The entries of the system's keyring for one secret.
struct InKeyring<'a>(&'a SecretName);

impl InKeyring<'_> {
    fn entry(&self, number: usize) -> Result<Entry, SecretsError> {
        if IS_LEFT_ALONE.load(Ordering::Relaxed) {
            return Err(SecretsError::Keyring("it is to be left alone".to_owned()));
        }
        if let Err(error) = Entry::store_status() {
            return Err(unusable(error));
        }
        let SecretName { authority, fagsystem, kind } = self.0;
        let kind = match kind {
            SecretKind::HeaderValue => "header",
            SecretKind::ClientCertificate => "certificate",
        };
        let part = if number == 1 { String::new() } else { format!(" ({number})") };
        Entry::new(SERVICE, &format!("{authority}/{fagsystem}/{kind}{part}")).map_err(|error| unusable(&error))
    }
}

impl Pieces for InKeyring<'_> {
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
