//! A secret as several entries of a keyring, each of which takes few bytes.

use zeroize::Zeroizing;

use super::{SecretsError, secret};

/// The most bytes of one entry: Windows takes 2,560. Longer secrets, such as certificates, take several.
pub const MAX_BYTES: usize = 2_000;
/// How many entries the longest secret takes.
pub const MAX_PIECES: usize = secret::MAX_BYTES.div_ceil(MAX_BYTES);

/// The entries that one secret may have, numbered from 1.
pub trait Pieces {
    /// That piece, or `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the keyring cannot be read.
    fn get(&self, number: usize) -> Result<Option<Zeroizing<String>>, SecretsError>;
    /// Stores a piece, replacing an older one.
    ///
    /// # Errors
    ///
    /// When the keyring refuses it.
    fn set(&mut self, number: usize, piece: &[u8]) -> Result<(), SecretsError>;
    /// Removes a piece, and says whether it was there.
    ///
    /// # Errors
    ///
    /// When the keyring refuses.
    fn delete(&mut self, number: usize) -> Result<bool, SecretsError>;
}

/// The secret that the pieces make; the first begins with how many there are.
///
/// # Errors
///
/// When the keyring cannot be read, or a piece is missing or damaged.
pub fn read_pieces(pieces: &impl Pieces) -> Result<Option<Zeroizing<String>>, SecretsError> {
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

/// Stores a secret in pieces. The first one is written last, so that an interrupted call leaves nothing that looks complete.
///
/// # Errors
///
/// When the keyring refuses a piece; the others are removed again.
pub fn write_pieces(pieces: &mut impl Pieces, text: &str) -> Result<(), SecretsError> {
    remove_pieces(pieces)?;
    let parts: Vec<_> = text.as_bytes().chunks(MAX_BYTES).collect();
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

/// Removes every piece that there can be, and says whether there was one. The first one, which has their number, may be missing when an earlier call was
/// interrupted. It goes last, so that what an interrupted removal leaves is still found.
///
/// # Errors
///
/// When the keyring refuses.
pub fn remove_pieces(pieces: &mut impl Pieces) -> Result<bool, SecretsError> {
    let mut was_there = false;
    for number in (1..=MAX_PIECES).rev() {
        was_there |= pieces.delete(number)?;
    }
    Ok(was_there)
}
