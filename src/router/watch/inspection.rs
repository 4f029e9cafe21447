//! Looks for what will not work, before a message shows it.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rustls::pki_types::CertificateDer;
use tokio::task::spawn_blocking;
use x509_parser::parse_x509_certificate;

use super::hindrances::{CertificateUse, Hindrance, Inspection};
use crate::router::connection::protection::{
    certificate_chain, certificate_files, is_no_plain_file, read_certificates,
};
use crate::rules::{Authority, Cvr, Fagsystem, RuleBook};
use crate::secrets::{CertificateValidity, SecretKind, SecretName, Secrets, SecretsError};
use crate::store::{DamagedGuards, RouterSettings};

/// A certificate is reported from this long before it expires.
const EXPIRY_NOTICE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What will not work, now or soon, on a data directory with those settings, rules and secrets, whether or not a router runs.
pub async fn find_hindrances(
    settings: &RouterSettings,
    data: &Path,
    book: &RuleBook,
    secrets: &Secrets,
    now: Timestamp,
) -> Vec<Hindrance> {
    inspect(settings, &settings.damaged, data, book, secrets, now).await.hindrances
}

/// Looks for what will not work with those settings, rules and secrets.
pub(in crate::router) async fn inspect(
    settings: &RouterSettings,
    damaged: &DamagedGuards,
    data: &Path,
    book: &RuleBook,
    secrets: &Secrets,
    now: Timestamp,
) -> Inspection {
    let mut found = Inspection::default();
    found.hindrances.extend(damaged.iter().map(Hindrance::GuardDamaged));
    let (own, data) = (settings.clone(), data.to_owned());
    let read = spawn_blocking(move || certificates_in_files(&own, &data)).await.unwrap_or_default();
    for (of, validity) in read {
        found.note_certificate(of, validity, now);
    }
    for authority in &book.authorities {
        for fagsystem in &authority.fagsystems {
            found.hindrances.extend(paused(authority, fagsystem));
            found.check_access(authority.cvr, fagsystem, secrets, now).await;
        }
    }
    found
}

impl Inspection {
    async fn check_access(&mut self, authority: Cvr, fagsystem: &Fagsystem, secrets: &Secrets, now: Timestamp) {
        let Fagsystem { id, endpoint, access, .. } = fagsystem;
        if !access.is_safe_at(endpoint) {
            self.hindrances.push(Hindrance::Unencrypted(authority, id.clone()));
        }
        let Some(name) = SecretName::wanted(authority, id, access) else { return };
        match secrets.find(&name).await {
            Ok(secret) if name.kind == SecretKind::ClientCertificate => {
                let validity = secret.validity().ok_or_else(|| "it is no certificate".to_owned());
                self.note_certificate(CertificateUse::Client(authority, id.clone()), validity, now);
            }
            Ok(_) => {}
            Err(SecretsError::Missing(name)) => self.hindrances.push(Hindrance::SecretMissing(name)),
            Err(why) => self.hindrances.push(Hindrance::SecretUnusable(name, why)),
        }
    }

    fn note_certificate(&mut self, of: CertificateUse, validity: Result<CertificateValidity, String>, now: Timestamp) {
        let hindrance = match validity {
            Err(why) => Some(Hindrance::CertificateUnreadable(of, why)),
            Ok(CertificateValidity { from, until }) => {
                self.certificates.push((of.clone(), until));
                if until <= now {
                    Some(Hindrance::CertificateExpired(of, until))
                } else if now < from {
                    Some(Hindrance::CertificateNotYetValid(of, from))
                } else if until.duration_since(now) < EXPIRY_NOTICE {
                    Some(Hindrance::CertificateExpires(of, until))
                } else {
                    None
                }
            }
        };
        self.hindrances.extend(hindrance);
    }
}

fn paused(authority: &Authority, fagsystem: &Fagsystem) -> Option<Hindrance> {
    let rules = authority.rules.iter().filter(|rule| rule.fagsystem == fagsystem.id && rule.active).count();
    let is_default = authority.default_fagsystem == fagsystem.id;
    (!fagsystem.active && (rules > 0 || is_default)).then(|| Hindrance::Paused {
        authority: authority.cvr,
        fagsystem: fagsystem.id.clone(),
        rules,
        is_default,
    })
}

type CertificateReading = (CertificateUse, Result<CertificateValidity, String>);

/// The certificates in the files that the settings name. Only plain files are read, because reading a pipe would block.
fn certificates_in_files(settings: &RouterSettings, data: &Path) -> Vec<CertificateReading> {
    let mut read = Vec::new();
    let choice = &settings.protection.certificate;
    let is_plain = |file: &&PathBuf| !is_no_plain_file(file);
    let are_plain = certificate_files(choice, data).iter().all(|file| is_plain(&file));
    match if are_plain { certificate_chain(choice, data) } else { Ok(Vec::new()) } {
        Ok(chain) if chain.is_empty() => {}
        Ok(chain) => {
            let validity =
                CertificateValidity::of_all(chain.iter().map(|certificate| CertificateValidity::of(certificate)));
            let validity = validity.ok_or_else(|| "it is no certificate".to_owned());
            read.push((CertificateUse::Router, validity));
        }
        Err(error) => read.push((CertificateUse::Router, Err(error.to_string()))),
    }
    let issuers = [
        (&settings.trusted_issuers, CertificateUse::TrustedIssuer as fn(String) -> CertificateUse),
        (&settings.protection.client_issuers, CertificateUse::CallerIssuer),
    ];
    for (file, of) in issuers {
        read.extend(file.iter().filter(is_plain).flat_map(|file: &PathBuf| issuers_in(file, of)));
    }
    read
}

fn issuers_in(file: &Path, of: fn(String) -> CertificateUse) -> Vec<CertificateReading> {
    match read_certificates(file) {
        Err(error) => vec![(of(file.display().to_string()), Err(error.to_string()))],
        Ok(certificates) => certificates
            .iter()
            .map(|certificate| {
                let validity = CertificateValidity::of(certificate).ok_or_else(|| "it is no certificate".to_owned());
                (of(subject(certificate)), validity)
            })
            .collect(),
    }
}

/// The name of an issuer: its common name, or else its whole subject.
fn subject(certificate: &CertificateDer<'_>) -> String {
    let Ok((_, parsed)) = parse_x509_certificate(certificate) else { return String::new() };
    let name = parsed.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
    name.map_or_else(|| parsed.subject().to_string(), str::to_owned)
}
