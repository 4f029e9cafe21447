//! *Hvem må aflevere*: the router's certificate, and what those who deliver must show.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::desktop::language::format::{date_text, moment_text};
use crate::desktop::model::certificate_kind::CertificateKind;
use crate::store::Guard;

#[derive(Debug)]
pub(in crate::desktop) struct ProtectionTexts {
    pub title: &'static str,
    /// What is demanded, in a few words: whether what comes is encrypted, by certificate, by key.
    pub summary: fn(is_encrypted: bool, by_certificate: bool, by_key: bool) -> String,
    pub own_certificate: &'static str,
    pub kind: fn(CertificateKind) -> &'static str,
    pub kind_hint: fn(CertificateKind) -> &'static str,
    pub certificate_file: &'static str,
    pub key_file: &'static str,
    pub pkcs12_file: &'static str,
    pub password_file: &'static str,
    pub password_hint: &'static str,
    pub issuers: &'static str,
    pub issuers_hint: &'static str,
    pub issuers_need_certificate: &'static str,
    pub cvrs: &'static str,
    pub cvrs_hint: &'static str,
    pub cvrs_need_issuers: &'static str,
    pub api_key: &'static str,
    pub no_key: &'static str,
    pub has_key: &'static str,
    pub make_key: &'static str,
    pub replace_key: &'static str,
    pub remove_key: &'static str,
    pub remove_keys: &'static str,
    /// That one is demanded, and there is none.
    pub no_key_left: &'static str,
    pub key_name: &'static str,
    pub key_name_hint: &'static str,
    pub made: fn(&str) -> String,
    pub made_long_ago: &'static str,
    pub used: fn(&str) -> String,
    pub not_used: &'static str,
    pub revoke: &'static str,
    pub revoke_now: &'static str,
    pub revoke_hint: &'static str,
    /// What was changed counts at once.
    pub counts_now: &'static str,
    pub new_key: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub fingerprint: fn(valid_until: &str) -> String,
    pub save: &'static str,
    pub saved: &'static str,
    pub counts_later: &'static str,
    pub guarded: &'static str,
    /// That a setting cannot be read, and what to do.
    pub damaged: fn(Guard) -> &'static str,
    pub reset: &'static str,
}

impl ProtectionTexts {
    /// Above the fingerprint of the router's certificate.
    pub fn fingerprint(&self, valid_until: Date) -> String {
        (self.fingerprint)(&date_text(valid_until))
    }

    /// When a key was made, and when it was used last.
    pub fn key_times(&self, made: Option<Timestamp>, used: Option<Timestamp>) -> String {
        let made = made.map_or_else(|| self.made_long_ago.to_owned(), |made| (self.made)(&moment_text(made)));
        let used = used.map_or_else(|| self.not_used.to_owned(), |used| (self.used)(&moment_text(used)));
        format!("{made} · {used}")
    }
}
