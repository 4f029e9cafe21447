//! *Hvem må aflevere* in English.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::sentence_of;
use crate::desktop::language::texts::protection::ProtectionTexts;
use crate::desktop::model::certificate_kind::CertificateKind;
use crate::router::ProtectionError;
use crate::store::{ApiKeys, ApiKeysError, Guard, KeyNameError};

pub(super) const TEXTS: ProtectionTexts = ProtectionTexts {
    title: "Who may deliver",
    summary: |is_encrypted, by_certificate, by_key| {
        let wanted = match (by_certificate, by_key) {
            (true, true) => "client certificate and key",
            (true, false) => "client certificate",
            (false, true) => "API key",
            (false, false) => "this machine only",
        };
        if is_encrypted { format!("Access: TLS, {wanted}") } else { format!("Access: {wanted}") }
    },
    own_certificate: "The router's certificate (TLS)",
    kind: |kind| match kind {
        CertificateKind::None => "None",
        CertificateKind::SelfSigned => "Self-signed, for a pilot",
        CertificateKind::Pem => "PEM files",
        CertificateKind::Pkcs12 => "PKCS#12 file",
    },
    kind_hint: |kind| match kind {
        CertificateKind::None => "Enough as long as the router only receives on this machine.",
        CertificateKind::SelfSigned => "Made when the router first starts, and reused after that.",
        CertificateKind::Pem => "Certificate and private key, each in its own file.",
        CertificateKind::Pkcs12 => "A .p12 or .pfx file, as OCES3 certificates come.",
    },
    certificate_file: "Certificate file",
    key_file: "Private key file",
    pkcs12_file: "PKCS#12 file",
    password_file: "File with its password",
    password_hint: "Contains the password and nothing else",
    issuers: "Issuers of client certificates",
    issuers_hint: "A PEM file, such as OCES3's. If empty, no client certificate is needed",
    issuers_need_certificate: "Requires a certificate for the router as well",
    cvrs: "Their CVR numbers",
    cvrs_hint: "Separated by commas. If empty, anyone with a certificate from those issuers",
    cvrs_need_issuers: "Enter the issuers above first",
    api_key: "API keys",
    no_key: "No key is needed.",
    has_key: "Senders must present one of the keys. Only their hashes are stored.",
    make_key: "Make key",
    replace_key: "Make a new key",
    remove_key: "Remove key",
    remove_keys: "Remove all keys",
    no_key_left: "A key is needed, and there is none. Nobody can deliver until one has been made.",
    key_name: "Name of the next key",
    key_name_hint: "For example, who it is for. The others remain valid.",
    made: |made| format!("Made {made}"),
    made_long_ago: "Made long ago",
    used: |used| format!("used {used}"),
    not_used: "not used",
    revoke: "Revoke the key",
    revoke_now: "Revoke now",
    revoke_hint: "Anyone who uses the key is refused from now on. This cannot be undone.",
    counts_now: "Saved. It applies at once.",
    new_key: "Give it to whoever delivers. It is shown only this once:",
    copy: "Copy",
    copied: "Copied",
    fingerprint: |until| format!("SHA-256 of the router's certificate, valid until {until}"),
    save: "Save",
    saved: "Saved",
    counts_later: "Saved. It applies the next time the router starts.",
    guarded: "That router is protected. Send from the window that is running it.",
    damaged,
    reset: "Reset",
};

pub(super) fn key_error(error: &ApiKeysError) -> String {
    match error {
        ApiKeysError::Name(KeyNameError::Unwritable) => {
            format!("A key's name has 1 to {} characters on a single line.", ApiKeys::MAX_NAME_CHARACTERS)
        }
        ApiKeysError::Name(KeyNameError::Taken) => "There is already a key with that name.".to_owned(),
        ApiKeysError::Name(KeyNameError::TooMany) => {
            format!("There are already {} keys. Remove those that nobody uses.", ApiKeys::MAX)
        }
        ApiKeysError::NoSuchKey(_) => "The key is already gone.".to_owned(),
        ApiKeysError::Store(_) => "It did not work. Try again.".to_owned(),
    }
}

pub(super) fn damaged(guard: Guard) -> &'static str {
    match guard {
        Guard::Listen => "The address is damaged. Enter it again above, and start the router.",
        Guard::Protection => {
            "The choice of certificate and client certificates is damaged. Choose them again under Access, and save."
        }
        Guard::ApiKey => "The hash of the API key is damaged. Make a new key under Access, or remove it.",
        Guard::TrustedIssuers => {
            "The name of the file of trusted issuers is damaged. Reset it under Access, or give the file with --trust."
        }
        Guard::Proxy => "The proxy's address is damaged. Reset it under Access, or give it with --proxy.",
        Guard::Secrets => {
            "The setting of where secrets are stored is damaged. Choose it again under a business system, or reset it under Access: \
             it is then the system's keyring."
        }
        Guard::Retention => {
            "The number of days for which messages are kept is damaged. Choose it again under Messages, or reset it \
             under Access: it is then 90."
        }
    }
}

/// The reason in the window's own words: there are no flags here.
pub(super) fn error(error: &ProtectionError) -> String {
    match error {
        ProtectionError::Open { address, lacks_tls, lacks_callers } => {
            let lacks = match (lacks_tls, lacks_callers) {
                (true, true) => "a certificate, and client certificates or an API key",
                (true, false) => "a certificate",
                (false, _) => "client certificates or an API key",
            };
            format!(
                "Others can reach {address}. Choose {lacks} under “Access”, or let the router receive on 127.0.0.1."
            )
        }
        ProtectionError::ClientsWithoutTls => {
            "Client certificates need a certificate for the router itself. Choose one under “Access”.".to_owned()
        }
        ProtectionError::CvrsWithoutIssuers => {
            "CVR numbers are read from client certificates. Enter their issuers under “Access”.".to_owned()
        }
        ProtectionError::NotPrivate(path) => {
            format!(
                "Every user of this machine can read {}, which is secret. Restrict its permissions.",
                path.display()
            )
        }
        ProtectionError::NoPassword(path) => {
            format!("{} has a password. Under “Access”, enter a file that contains it.", path.display())
        }
        ProtectionError::Expired { path, until } => {
            format!("The certificate in {} was valid until {}. Get a new one.", path.display(), date_text(*until))
        }
        ProtectionError::NotYetValid { path, from } => {
            format!("The certificate in {} is not valid until {}.", path.display(), date_text(*from))
        }
        error => sentence_of(error),
    }
}
