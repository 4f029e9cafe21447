use std::sync::atomic::{AtomicBool, Ordering};

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::{SecretKind, SecretName, SecretsError, secret};

/// What the program calls itself in the keyring.
const SERVICE: &str = "Postfordeler";
/// The most bytes of one entry: Windows takes 2,560. What is longer, as certificates are, stands in several.
const MOST_BYTES: usize = 2_000;
/// How many entries the longest secret takes.
const MOST_PIECES: usize = secret::MOST_BYTES.div_ceil(MOST_BYTES);

static IS_LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// From now on, and as long as the program runs, the keyring counts as one that cannot be used. Tests must neither read nor
/// write that of whoever runs them.
pub fn leave_keyring_alone() {
    IS_LEFT_ALONE.store(true, Ordering::Relaxed);
}

/// The secret as it is kept.
pub(super) fn read(name: &SecretName) -> Result<Option<Zeroizing<String>>, SecretsError> {
    read_pieces(&InKeyring(name))
}

/// Keeps a secret in the place of an older one, whole or not at all.
pub(super) fn write(name: &SecretName, text: &str) -> Result<(), SecretsError> {
    write_pieces(&mut InKeyring(name), text)
}

/// Removes every entry of it, and says whether there was one.
pub(super) fn remove(name: &SecretName) -> Result<bool, SecretsError> {
    remove_pieces(&mut InKeyring(name))
}

/// The entries that one secret may have, numbered from 1.
trait Pieces {
    fn get(&self, number: usize) -> Result<Option<Zeroizing<String>>, SecretsError>;
    fn set(&mut self, number: usize, piece: &[u8]) -> Result<(), SecretsError>;
    /// Says whether it was there.
    fn delete(&mut self, number: usize) -> Result<bool, SecretsError>;
}

/// The first piece begins with how many there are.
fn read_pieces(pieces: &impl Pieces) -> Result<Option<Zeroizing<String>>, SecretsError> {
    let Some(first) = pieces.get(1)? else { return Ok(None) };
    let damaged = || SecretsError::Keyring("an entry of it is damaged; set the secret anew".to_owned());
    let (count, beginning) = first.split_once(':').ok_or_else(damaged)?;
    let count: usize = count.parse().map_err(|_| damaged())?;
    let mut text = Zeroizing::new(beginning.to_owned());
    for number in 2..=count {
        text.push_str(&pieces.get(number)?.ok_or_else(damaged)?);
    }
    Ok(Some(text))
}

/// The first piece is written last: what was broken off before it does not pass for whole.
fn write_pieces(pieces: &mut impl Pieces, text: &str) -> Result<(), SecretsError> {
    remove_pieces(pieces)?;
    let parts: Vec<_> = text.as_bytes().chunks(MOST_BYTES).collect();
    for (at, part) in parts.iter().enumerate().rev() {
        let number = at + 1;
        let mut bytes = Zeroizing::new(Vec::with_capacity(part.len() + 8));
        if number == 1 {
            bytes.extend_from_slice(format!("{}:", parts.len()).as_bytes());
        }
        bytes.extend_from_slice(part);
        if let Err(error) = pieces.set(number, &bytes) {
            // Half a key is of no use to anybody who should have it.
            let _ = remove_pieces(pieces);
            return Err(error);
        }
    }
    Ok(())
}

/// Looks for every piece that there can be: the first one, which has their number, may be missing when an earlier call was
/// broken off. It goes last, so that what is left of a removal that was broken off is not taken for nothing.
fn remove_pieces(pieces: &mut impl Pieces) -> Result<bool, SecretsError> {
    let mut was_there = false;
    for number in (1..=MOST_PIECES).rev() {
        was_there |= pieces.delete(number)?;
    }
    Ok(was_there)
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

/// What went wrong, without anything that was kept.
fn unusable(error: &Error) -> SecretsError {
    SecretsError::Keyring(match error {
        Error::BadDataFormat(..) => "an entry is damaged".to_owned(),
        Error::Ambiguous(_) => "an entry stands there twice".to_owned(),
        error => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A keyring in memory. With `allowed` it fails, as one that is locked meanwhile, once that many entries are written
    /// or deleted.
    #[derive(Default)]
    struct Memory {
        entries: BTreeMap<usize, String>,
        allowed: Option<usize>,
    }

    impl Memory {
        fn use_up(&mut self) -> Result<(), SecretsError> {
            match &mut self.allowed {
                Some(0) => Err(SecretsError::Keyring("locked".to_owned())),
                Some(left) => {
                    *left -= 1;
                    Ok(())
                }
                None => Ok(()),
            }
        }
    }

    impl Pieces for Memory {
        fn get(&self, number: usize) -> Result<Option<Zeroizing<String>>, SecretsError> {
            Ok(self.entries.get(&number).cloned().map(Zeroizing::new))
        }

        fn set(&mut self, number: usize, piece: &[u8]) -> Result<(), SecretsError> {
            self.use_up()?;
            self.entries.insert(number, String::from_utf8_lossy(piece).into_owned());
            Ok(())
        }

        fn delete(&mut self, number: usize) -> Result<bool, SecretsError> {
            if self.entries.contains_key(&number) {
                self.use_up()?;
            }
            Ok(self.entries.remove(&number).is_some())
        }
    }

    fn key(pieces: usize) -> String {
        "k".repeat(pieces * MOST_BYTES - 10)
    }

    #[test]
    fn a_secret_in_pieces_is_read_and_replaced_by_a_shorter_one_whole() {
        let mut keyring = Memory::default();
        for pieces in [1, 5, MOST_PIECES, 2] {
            write_pieces(&mut keyring, &key(pieces)).expect("written");
            assert_eq!(keyring.entries.len(), pieces);
            assert_eq!(read_pieces(&keyring).expect("readable").expect("there").as_str(), key(pieces));
        }
        assert!(remove_pieces(&mut keyring).expect("removed"));
        assert!(keyring.entries.is_empty());
        assert!(!remove_pieces(&mut keyring).expect("nothing to remove"));
    }

    #[test]
    fn of_a_write_that_was_broken_off_nothing_stays() {
        for written in 0..5 {
            // The program was killed after so many pieces.
            let mut keyring = Memory { allowed: Some(written), ..Memory::default() };
            assert!(write_pieces(&mut keyring, &key(5)).is_err());
            assert!(read_pieces(&keyring).expect("readable").is_none(), "half a key passes for a whole one");
            let left = keyring.entries.len();
            keyring.allowed = None;
            assert_eq!(remove_pieces(&mut keyring).expect("removed"), left > 0);
            assert!(keyring.entries.is_empty(), "after {written} pieces: {:?}", keyring.entries.keys());
            // Or another secret came in its place.
            let mut keyring = Memory { allowed: Some(written), ..Memory::default() };
            let _ = write_pieces(&mut keyring, &key(5));
            keyring.allowed = None;
            write_pieces(&mut keyring, &key(1)).expect("written");
            assert_eq!(keyring.entries.len(), 1, "after {written} pieces: {:?}", keyring.entries.keys());
        }
    }

    #[test]
    fn a_removal_that_was_broken_off_is_not_taken_for_a_whole_one_and_the_next_one_ends_it() {
        for deleted in 0..5 {
            let mut keyring = Memory::default();
            write_pieces(&mut keyring, &key(5)).expect("written");
            keyring.allowed = Some(deleted);
            assert!(remove_pieces(&mut keyring).is_err());
            keyring.allowed = None;
            assert!(read_pieces(&keyring).is_err() || deleted == 0);
            assert!(remove_pieces(&mut keyring).expect("removed"));
            assert!(keyring.entries.is_empty(), "after {deleted} pieces: {:?}", keyring.entries.keys());
        }
    }

    #[test]
    fn a_piece_that_the_keyring_refuses_takes_the_others_with_it() {
        /// Refuses the piece with that number alone.
        struct Refusing(Memory, usize);

        impl Pieces for Refusing {
            fn get(&self, number: usize) -> Result<Option<Zeroizing<String>>, SecretsError> {
                self.0.get(number)
            }

            fn set(&mut self, number: usize, piece: &[u8]) -> Result<(), SecretsError> {
                if number == self.1 {
                    return Err(SecretsError::Keyring("no".to_owned()));
                }
                self.0.set(number, piece)
            }

            fn delete(&mut self, number: usize) -> Result<bool, SecretsError> {
                self.0.delete(number)
            }
        }

        for number in 1..=5 {
            let mut keyring = Refusing(Memory::default(), number);
            assert!(write_pieces(&mut keyring, &key(5)).is_err());
            assert!(keyring.0.entries.is_empty(), "{:?}", keyring.0.entries.keys());
        }
    }
}
