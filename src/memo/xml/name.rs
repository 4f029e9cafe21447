//! A name and what it consists of.

use super::characters::is_name;
use super::not_well_formed::NotWellFormed;

/// A name and its two parts; the prefix is empty when there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub whole: &'a [u8],
    pub prefix: &'a [u8],
    pub local: &'a [u8],
}

pub(super) fn split(name: &[u8]) -> Result<Name<'_>, NotWellFormed> {
    let (prefix, local) = match memchr::memchr(b':', name) {
        None => (&name[..0], name),
        Some(colon) => (&name[..colon], &name[colon + 1..]),
    };
    let well_named = is_name(local) && (is_name(prefix) || (prefix.is_empty() && local.len() == name.len()));
    if well_named { Ok(Name { whole: name, prefix, local }) } else { Err(NotWellFormed::Name) }
}

/// A prefix as one number, if it has at most eight bytes. Longer ones are all the same here, and are compared byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefix(u64);

impl Prefix {
    /// The one of names without a prefix.
    pub const NONE: Self = Self(0);
    /// No prefix is this number, since it is not UTF-8.
    pub const LONG: Self = Self(u64::MAX);

    pub fn of(prefix: &[u8]) -> Self {
        let mut bytes = [0; 8];
        let Some(room) = bytes.get_mut(..prefix.len()) else { return Self::LONG };
        room.copy_from_slice(prefix);
        Self(u64::from_le_bytes(bytes))
    }
}
