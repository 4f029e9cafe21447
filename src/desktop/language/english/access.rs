//! How business systems know the router, in English.

use super::super::AccessTexts;
use crate::desktop::model::access_kind::AccessKind;
use crate::rules::{Access, NotAHeaderName};
use crate::secrets::{SecretsError, SecretsLocation};

pub(super) const TEXTS: AccessTexts = AccessTexts {
    title: "It knows the router by",
    kind: |kind| match kind {
        AccessKind::Open => "No key",
        AccessKind::Header => "A key in a header",
        AccessKind::ClientCertificate => "A client certificate",
    },
    header: "The header's name",
    not_a_header: |error| match error {
        NotAHeaderName::Unwritable => "A name has 1 to 64 letters, digits or hyphens",
        NotAHeaderName::Taken => "This header has a meaning of its own in HTTP; use X-Api-Key, for example",
    },
    unencrypted_secret: "The key would go unencrypted to that address. So nothing is sent until it begins with https://.",
    save_first: "Save the business system first; then the key can be saved.",
    looking: "Looking for the key …",
    kept: |home| match home {
        SecretsLocation::Keyring => "Kept in the keyring".to_owned(),
        SecretsLocation::File(path) => format!("Kept in {}", path.display()),
    },
    missing: "Not saved yet. Until then the mail stays in Digital Post.",
    value: "The header's value",
    certificate: "File with certificate and private key",
    certificate_hint: "PEM or PKCS#12 (.p12, .pfx)",
    password: "The file's password",
    keep: "Save the key",
    replace: "Replace the key",
    remove: "Remove the key",
    about: "The key is kept at once, outside draft and history, and is never part of an export.",
    no_keyring: "This machine has no keyring that can be used, as is common on a server. If it is locked, unlock it; if it \
                 was started after Postfordeler, start the program again.",
    try_again: "Try again",
    file_instead: "Keep keys in a file instead",
    file: "File for keys",
    file_hint: "Only you can read the file (0600). It is outside database and export.",
    not_a_path: "Write the whole path, such as /home/you/secrets.json",
    use_file: "Use the file",
    kept_in_file: |path| format!("Keys are kept in the file {}", path.display()),
    use_keyring: "Use the keyring instead",
    use_keyring_hint: "The keys in the file do not move along and must be saved again.",
    moved: |home| match home {
        SecretsLocation::Keyring => {
            "Keys are now kept in the system's keyring. A router that was started with 'postfordeler serve' must \
             be started again without --secrets."
                .to_owned()
        }
        SecretsLocation::File(path) => format!(
            "Keys are now kept in {}. A router that was started with 'postfordeler serve' must be started again with \
             --secrets and the file's name.",
            path.display()
        ),
    },
    new_addresses: |count| match count {
        1 => "Mail will go to a new address".to_owned(),
        _ => format!("Mail will go to {count} new addresses"),
    },
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

pub(super) fn error(error: &SecretsError) -> String {
    if let SecretsError::Keyring(_) = error {
        return "The system's keyring cannot be used. Unlock it, or keep keys in a file instead.".to_owned();
    }
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
