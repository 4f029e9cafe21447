//! A secret in several entries of a keyring that fails between them.

use std::collections::BTreeMap;

use postfordeler::secrets::SecretsError;
use postfordeler::secrets::pieces::{MAX_BYTES, MAX_PIECES, Pieces, read_pieces, remove_pieces, write_pieces};
use zeroize::Zeroizing;

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
    "k".repeat(pieces * MAX_BYTES - 10)
}

#[test]
fn a_secret_in_pieces_is_read_and_replaced_by_a_shorter_one_whole() {
    let mut keyring = Memory::default();
    for pieces in [1, 5, MAX_PIECES, 2] {
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
        // The program was killed after that many pieces.
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
