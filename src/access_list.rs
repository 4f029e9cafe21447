//! Who may use a file or directory of Windows, as its Security Descriptor Definition Language writes it.
//!
//! The language is that of Microsoft's [`[MS-DTYP]` 2.5.1](https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/), which is
//! the same whatever the language of Windows.

use std::fmt::Write;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

/// The system itself.
pub const SYSTEM: &str = "SY";
/// The administrators of the machine.
pub const ADMINISTRATORS: &str = "BA";

/// Whom a list lets in, allowed or by any other kind of entry than one that denies, besides those named; empty where nobody else is.
/// `None` where the list cannot tell: it is none, or rights of the directories above count besides its own.
///
/// ```
/// use postfordeler::access_list::{ADMINISTRATORS, SYSTEM, others};
///
/// let open = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";
/// assert_eq!(others(open, &[SYSTEM, ADMINISTRATORS]), Some(vec!["BU".to_owned()]));
/// ```
#[must_use]
pub fn others(list: &str, named: &[&str]) -> Option<Vec<String>> {
    let list = list.strip_prefix("D:")?;
    let list = list.split_once("S:").map_or(list, |(list, _)| list);
    let (flags, entries) = list.split_once('(')?;
    if !flags.contains('P') {
        return None;
    }
    let mut others = Vec::new();
    for entry in entries.split('(') {
        let mut fields = entry.trim_end().strip_suffix(')')?.split(';');
        let kind = fields.next()?;
        let who = fields.nth(4)?;
        if kind != "D" && !named.contains(&who) {
            others.push(who.to_owned());
        }
    }
    Some(others)
}

/// The number by which Windows knows the account `NT SERVICE\<name>` of a service, which is made of the digest of the name in
/// capitals.
#[must_use]
pub fn service_account(name: &str) -> String {
    let name: Vec<_> = name.to_uppercase().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut account = "S-1-5-80".to_owned();
    for part in digest(&SHA1_FOR_LEGACY_USE_ONLY, &name).as_ref().chunks_exact(4) {
        let number = u32::from_le_bytes([part[0], part[1], part[2], part[3]]);
        let _ = write!(account, "-{number}");
    }
    account
}
