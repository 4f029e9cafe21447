//! What will not work, in English.

use super::super::overview::WarningWords;
use super::access;
use crate::clock;
use crate::desktop::language::format::date_text;
use crate::router::{CertificateUse, Hindrance};
use crate::secrets::SecretKind;

/// What the router has found, of the business system with that name where it is of one.
pub(super) fn hindrance(hindrance: &Hindrance, name: &str) -> WarningWords {
    let day = |moment| date_text(clock::day_of(moment));
    let words = |what: String, advice: &str| WarningWords { what, advice: advice.to_owned() };
    match hindrance {
        Hindrance::SecretMissing(secret) => {
            let kind = match secret.kind {
                SecretKind::HeaderValue => "its key",
                SecretKind::ClientCertificate => "its client certificate",
            };
            words(format!("{name} lacks {kind}"), "Until then its mail stays in Digital Post. Save it with the system.")
        }
        Hindrance::SecretUnusable(_, why) => words(format!("The key for {name} cannot be used"), &access::error(why)),
        Hindrance::Unencrypted(..) => words(
            format!("{name} gets nothing: its key would go unencrypted"),
            "Give the system an address that begins with https://.",
        ),
        Hindrance::Paused { .. } => words(format!("{name} is paused"), "Resume the system when it can take messages."),
        Hindrance::CertificateExpired(of, until) => words(
            format!("{} expired {}", certificate(of, name), day(*until)),
            "Who checks it lets nobody through. Get a new one, and save it.",
        ),
        Hindrance::CertificateExpires(of, until) => {
            words(format!("{} expires {}", certificate(of, name), day(*until)), "Get a new one before it is too late.")
        }
        Hindrance::CertificateNotYetValid(of, from) => words(
            format!("{} is not valid before {}", certificate(of, name), day(*from)),
            "Wait, or correct this machine's clock.",
        ),
        Hindrance::CertificateUnreadable(of, _) => words(
            format!("{} cannot be read", certificate(of, name)),
            "See whether the file is there, and is a certificate.",
        ),
        Hindrance::GuardDamaged(guard) => words(
            format!("The setting '{}' is damaged", guard.key()),
            "The router does not start again before it has been chosen anew under Router, Access.",
        ),
    }
}

fn certificate(of: &CertificateUse, name: &str) -> String {
    match of {
        CertificateUse::Router => "The router's certificate".to_owned(),
        CertificateUse::Client(..) => format!("The client certificate for {name}"),
        CertificateUse::TrustedIssuer(subject) => format!("The certificate of the issuer {subject}"),
        CertificateUse::CallerIssuer(subject) => format!("The certificate of the senders' issuer {subject}"),
    }
}
