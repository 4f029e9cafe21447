//! How business systems authenticate the router, in English.

use super::grammar::counted;
use crate::desktop::language::grammar::sentence_of;
use crate::desktop::language::texts::access::AccessTexts;
use crate::desktop::model::access_kind::AccessKind;
use crate::rules::{Access, NotAHeaderName};
use crate::secrets::{SecretsError, SecretsLocation};

pub(super) const TEXTS: AccessTexts = AccessTexts {
    title: "How it authenticates the router",
    kind: |kind| match kind {
        AccessKind::Open => "No key",
        AccessKind::Header => "A key in a header",
        AccessKind::ClientCertificate => "A client certificate",
    },
    header: "The header's name",
    not_a_header: |error| match error {
        NotAHeaderName::Unwritable => "A name has 1 to 64 letters, digits or hyphens",
        NotAHeaderName::Taken => "HTTP gives this header a meaning of its own; use X-Api-Key, for example",
    },
    unencrypted_secret: "The key would be sent to that address unencrypted, so nothing is sent until it begins with https://.",
    save_first: "Save the business system first; then the key can be saved.",
    looking: "Looking for the key …",
    kept: |home| match home {
        SecretsLocation::Keyring => "Stored in the keyring".to_owned(),
        SecretsLocation::File(path) => format!("Stored in {}", path.display()),
    },
    missing: "Not saved yet. Until then the mail stays in Digital Post.",
    value: "The header's value",
    certificate: "File with certificate and private key",
    certificate_hint: "PEM or PKCS#12 (.p12, .pfx)",
    password: "The file's password",
    keep: "Save the key",
    replace: "Replace the key",
    remove: "Remove the key",
    about: "The key is stored at once, outside the draft and history, and is never part of an export.",
    no_keyring: "This machine has no usable keyring, as is common on a server. If it is locked, unlock it; if it \
                 was started after Postfordeler, start the program again.",
    try_again: "Try again",
    file_instead: "Store keys in a file instead",
    file: "Key file",
    file_hint: "Only you can read the file (0600). It is not part of the database or of any export.",
    not_a_path: "Enter the full path, such as /home/you/secrets.json",
    use_file: "Use the file",
    kept_in_file: |path| format!("Keys are stored in the file {}", path.display()),
    use_keyring: "Use the keyring instead",
    use_keyring_hint: "The keys in the file are not moved and must be saved again.",
    moved: |home| match home {
        SecretsLocation::Keyring => {
            "Keys are now stored in the system's keyring. A router started with “postfordeler serve” must \
             be started again without --secrets."
                .to_owned()
        }
        SecretsLocation::File(path) => format!(
            "Keys are now stored in {}. A router started with “postfordeler serve” must be started again with \
             --secrets and the path of the file.",
            path.display()
        ),
    },
    new_addresses: counted("Mail will go to a new address", |count| format!("Mail will go to {count} new addresses")),
    encrypted: "Encrypted, and the certificate is checked",
    unencrypted: "Not encrypted",
    on_this_machine: "On this machine",
    instead_of: |address| format!("Before: {address}"),
};

pub(super) fn access(access: &Access) -> String {
    match access {
        Access::Open => "no key".to_owned(),
        Access::Header { name } => format!("a key in the header {name}"),
        Access::ClientCertificate => "a client certificate".to_owned(),
    }
}

/// Most errors speak English themselves.
pub(super) fn error(error: &SecretsError) -> String {
    match error {
        SecretsError::Keyring(_) => {
            "The system's keyring cannot be used. Unlock it, or store keys in a file instead.".to_owned()
        }
        error => sentence_of(error),
    }
}
