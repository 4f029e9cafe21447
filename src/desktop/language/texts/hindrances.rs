//! What the router finds that will not work, before a message shows it.

use crate::clock;
use crate::desktop::language::format::date_text;
use crate::router::{CertificateUse, Hindrance};
use crate::secrets::{SecretKind, SecretsError};
use crate::store::Guard;

/// What needs a person, and what to do.
#[derive(Debug)]
pub(in crate::desktop) struct WarningWords {
    pub what: String,
    pub advice: String,
}

pub(super) fn said(what: String, advice: &str) -> WarningWords {
    WarningWords { what, advice: advice.to_owned() }
}

#[derive(Debug)]
pub(in crate::desktop) struct HindranceTexts {
    pub secret_missing: fn(name: &str, SecretKind) -> String,
    pub save_secret: &'static str,
    pub secret_unusable: fn(name: &str) -> String,
    pub secrets_error: fn(&SecretsError) -> String,
    pub unencrypted: fn(name: &str) -> String,
    pub encrypt: &'static str,
    pub paused: fn(name: &str) -> String,
    pub resume: &'static str,
    pub certificate: fn(&CertificateUse, name: &str) -> String,
    pub expired: fn(certificate: &str, day: &str) -> String,
    pub renew: &'static str,
    pub expires: fn(certificate: &str, day: &str) -> String,
    pub renew_in_time: &'static str,
    pub not_yet_valid: fn(certificate: &str, day: &str) -> String,
    pub wait: &'static str,
    pub unreadable: fn(certificate: &str) -> String,
    pub look_at_file: &'static str,
    pub guard_damaged: fn(Guard) -> String,
    pub choose_anew: &'static str,
}

impl HindranceTexts {
    /// What the router has found, of the fagsystem with that name where it is of one.
    pub(super) fn words(&self, hindrance: &Hindrance, name: &str) -> WarningWords {
        let certificate = |of| (self.certificate)(of, name);
        let day = |moment| date_text(clock::day_of(moment));
        match hindrance {
            Hindrance::SecretMissing(secret) => said((self.secret_missing)(name, secret.kind), self.save_secret),
            Hindrance::SecretUnusable(_, why) => said((self.secret_unusable)(name), &(self.secrets_error)(why)),
            Hindrance::Unencrypted(..) => said((self.unencrypted)(name), self.encrypt),
            Hindrance::Paused { .. } => said((self.paused)(name), self.resume),
            Hindrance::CertificateExpired(of, until) => {
                said((self.expired)(&certificate(of), &day(*until)), self.renew)
            }
            Hindrance::CertificateExpires(of, until) => {
                said((self.expires)(&certificate(of), &day(*until)), self.renew_in_time)
            }
            Hindrance::CertificateNotYetValid(of, from) => {
                said((self.not_yet_valid)(&certificate(of), &day(*from)), self.wait)
            }
            Hindrance::CertificateUnreadable(of, _) => said((self.unreadable)(&certificate(of)), self.look_at_file),
            Hindrance::GuardDamaged(guard) => said((self.guard_damaged)(*guard), self.choose_anew),
        }
    }
}
