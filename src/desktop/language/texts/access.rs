//! How fagsystems know the router, where its secrets are kept, and to which addresses they go.

use std::path::Path;

use crate::desktop::language::grammar::Counted;
use crate::desktop::model::access_kind::AccessKind;
use crate::rules::NotAHeaderName;
use crate::secrets::SecretsLocation;

#[derive(Debug)]
pub(in crate::desktop) struct AccessTexts {
    pub title: &'static str,
    pub kind: fn(AccessKind) -> &'static str,
    pub header: &'static str,
    pub not_a_header: fn(NotAHeaderName) -> &'static str,
    pub unencrypted_secret: &'static str,
    pub save_first: &'static str,
    pub looking: &'static str,
    pub kept: fn(&SecretsLocation) -> String,
    pub missing: &'static str,
    pub value: &'static str,
    pub certificate: &'static str,
    pub certificate_hint: &'static str,
    pub password: &'static str,
    pub keep: &'static str,
    pub replace: &'static str,
    pub remove: &'static str,
    pub about: &'static str,
    pub no_keyring: &'static str,
    pub try_again: &'static str,
    pub file_instead: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub not_a_path: &'static str,
    pub use_file: &'static str,
    pub kept_in_file: fn(&Path) -> String,
    pub use_keyring: &'static str,
    pub use_keyring_hint: &'static str,
    /// Keys are kept there from now on.
    pub moved: fn(&SecretsLocation) -> String,
    /// Above the addresses to which messages have not gone before.
    pub new_addresses: Counted,
    pub encrypted: &'static str,
    pub unencrypted: &'static str,
    pub on_this_machine: &'static str,
    pub instead_of: fn(&str) -> String,
}
