use std::sync::atomic::{AtomicBool, Ordering};

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::{SecretKind, SecretName, SecretsError};

/// What the program calls itself in the keyring.
const SERVICE: &str = "Postfordeler";
/// The most bytes of one entry: Windows takes 2,560. What is longer, as certificates are, stands in several.
const MOST_BYTES: usize = 2_000;

static IS_LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// From now on, and as long as the program runs, the keyring counts as one that cannot be used. Tests must neither read nor
/// write that of whoever runs them.
pub fn leave_keyring_alone() {
    IS_LEFT_ALONE.store(true, Ordering::Relaxed);
}

/// The secret as it is kept. The first entry begins with how many there are.
pub(super) fn read(name: &SecretName) -> Result<Option<Zeroizing<String>>, SecretsError> {
    let Some(first) = secret_of(&entry(name, 1)?)? else { return Ok(None) };
    let damaged = || SecretsError::Keyring("an entry of it is damaged; set the secret anew".to_owned());
    let (count, beginning) = first.split_once(':').ok_or_else(damaged)?;
    let count: usize = count.parse().map_err(|_| damaged())?;
    let mut text = Zeroizing::new(beginning.to_owned());
    for number in 2..=count {
        text.push_str(&secret_of(&entry(name, number)?)?.ok_or_else(damaged)?);
    }
    Ok(Some(text))
}

/// The first entry is written last: what was broken off before it does not pass for whole.
pub(super) fn write(name: &SecretName, text: &str) -> Result<(), SecretsError> {
    remove(name)?;
    let pieces: Vec<_> = text.as_bytes().chunks(MOST_BYTES).collect();
    for (at, piece) in pieces.iter().enumerate().rev() {
        let number = at + 1;
        let mut bytes = Zeroizing::new(Vec::with_capacity(piece.len() + 8));
        if number == 1 {
            bytes.extend_from_slice(format!("{}:", pieces.len()).as_bytes());
        }
        bytes.extend_from_slice(piece);
        entry(name, number)?.set_secret(&bytes).map_err(|error| unusable(&error))?;
    }
    Ok(())
}

/// Removes every entry of it, and says whether there was one.
pub(super) fn remove(name: &SecretName) -> Result<bool, SecretsError> {
    let mut removed = 0;
    loop {
        match entry(name, removed + 1)?.delete_credential() {
            Ok(()) => removed += 1,
            Err(Error::NoEntry) => return Ok(removed > 0),
            Err(error) => return Err(unusable(&error)),
        }
    }
}

fn entry(name: &SecretName, number: usize) -> Result<Entry, SecretsError> {
    if IS_LEFT_ALONE.load(Ordering::Relaxed) {
        return Err(SecretsError::Keyring("it is to be left alone".to_owned()));
    }
    if let Err(error) = Entry::store_status() {
        return Err(unusable(error));
    }
    let kind = match name.kind {
        SecretKind::HeaderValue => "header",
        SecretKind::ClientCertificate => "certificate",
    };
    let part = if number == 1 { String::new() } else { format!(" ({number})") };
    let user = format!("{}/{}/{kind}{part}", name.authority, name.fagsystem);
    Entry::new(SERVICE, &user).map_err(|error| unusable(&error))
}

fn secret_of(entry: &Entry) -> Result<Option<Zeroizing<String>>, SecretsError> {
    match entry.get_secret() {
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

/// What went wrong, without anything that was kept.
fn unusable(error: &Error) -> SecretsError {
    SecretsError::Keyring(match error {
        Error::BadDataFormat(..) => "an entry is damaged".to_owned(),
        Error::Ambiguous(_) => "an entry stands there twice".to_owned(),
        error => error.to_string(),
    })
}
