//! What will not work, found before a message shows it: secrets that are lacking, certificates that end, systems on pause.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rustls::pki_types::CertificateDer;
use tokio::task::spawn_blocking;
use x509_parser::parse_x509_certificate;

use crate::clock;
use crate::reasons::InTwoLanguages;
use crate::router::connection::protection::{certificate_chain, certificate_files, read_certificates};
use crate::router::upkeep::renewal::is_no_plain_file;
use crate::rules::{Authority, Cvr, Fagsystem, FagsystemId, RuleBook};
use crate::secrets::{SecretKind, SecretName, Secrets, SecretsError, Validity};
use crate::store::{DamagedGuards, Guard, Settings};

/// So long before its end a certificate is spoken of.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Something that keeps messages from being taken or delivered, now or soon, until a person sets it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// Nobody has the secret that a fagsystem wants.
    SecretMissing(SecretName),
    /// What is kept as the secret that a business system wants cannot be had or used.
    SecretUnusable(SecretName, SecretsError),
    /// The secret that a fagsystem wants would go unencrypted.
    Unencrypted(Cvr, FagsystemId),
    /// A business system is paused that mail goes to.
    Paused {
        /// Whose it is.
        authority: Cvr,
        /// Its id.
        fagsystem: FagsystemId,
        /// How many rules send to it.
        rules: usize,
        /// Whether it is the default recipient.
        is_default: bool,
    },
    /// A certificate has expired.
    CertificateExpired(CertificateUse, Timestamp),
    /// A certificate expires within thirty days.
    CertificateExpires(CertificateUse, Timestamp),
    /// A certificate is not valid yet.
    CertificateNotYetValid(CertificateUse, Timestamp),
    /// A certificate cannot be read any more.
    CertificateUnreadable(CertificateUse, String),
    /// A kept setting that guards is damaged.
    GuardDamaged(Guard),
}

/// What a certificate is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateUse {
    /// The router shows it to those who deliver.
    Router,
    /// The router shows it to that fagsystem.
    Client(Cvr, FagsystemId),
    /// Fagsystems' certificates are believed that it issued; what it calls itself.
    TrustedIssuer(String),
    /// Callers' certificates are believed that it issued; what it calls itself.
    CallerIssuer(String),
}

impl CertificateUse {
    /// Its kind, as metrics name it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Router => "router",
            Self::Client(..) => "client",
            Self::TrustedIssuer(_) => "trusted_issuer",
            Self::CallerIssuer(_) => "caller_issuer",
        }
    }

    /// What an issuer calls itself; empty for others.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::TrustedIssuer(subject) | Self::CallerIssuer(subject) => subject,
            Self::Router | Self::Client(..) => "",
        }
    }

    /// The fagsystem that it is shown to.
    #[must_use]
    pub fn fagsystem(&self) -> Option<(Cvr, &FagsystemId)> {
        match self {
            Self::Client(authority, fagsystem) => Some((*authority, fagsystem)),
            _ => None,
        }
    }
}

impl fmt::Display for CertificateUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Router => f.write_str("the router's own certificate"),
            Self::Client(authority, fagsystem) => {
                write!(f, "the client certificate for the business system '{fagsystem}' of {authority}")
            }
            Self::TrustedIssuer(subject) => write!(f, "the certificate of the trusted issuer '{subject}'"),
            Self::CallerIssuer(subject) => write!(f, "the certificate of the callers' issuer '{subject}'"),
        }
    }
}

/// Every kind of hindrance by its word in log and metrics, with what it is.
pub(in crate::router) const KINDS: [(&str, InTwoLanguages); 9] = [
    (
        "hemmelighed_mangler",
        InTwoLanguages {
            english: "Nobody has the key or client certificate that a business system wants. It gets no messages.",
            danish: "Ingen har den nøgle eller det klientcertifikat, et fagsystem kræver. Det får ingen meddelelser.",
        },
    ),
    (
        "hemmelighed_ubrugelig",
        InTwoLanguages {
            english: "The key or client certificate that a business system wants cannot be had or used. It gets no messages.",
            danish: "Den nøgle eller det klientcertifikat, et fagsystem kræver, kan ikke hentes eller bruges. Det får ingen \
                     meddelelser.",
        },
    ),
    (
        "ukrypteret",
        InTwoLanguages {
            english: "The key of a business system would go unencrypted. It gets no messages.",
            danish: "Et fagsystems nøgle ville gå ukrypteret. Det får ingen meddelelser.",
        },
    ),
    (
        "pauset",
        InTwoLanguages {
            english: "A business system is paused that rules send to, or that is the default recipient.",
            danish: "Et fagsystem er på pause, som regler sender til, eller som er opsamlingssystem.",
        },
    ),
    (
        "certifikat_udloebet",
        InTwoLanguages { english: "A certificate has expired.", danish: "Et certifikat er udløbet." },
    ),
    (
        "certifikat_udloeber",
        InTwoLanguages {
            english: "A certificate expires within thirty days.",
            danish: "Et certifikat udløber inden for tredive dage.",
        },
    ),
    (
        "certifikat_ikke_gyldigt_endnu",
        InTwoLanguages { english: "A certificate is not valid yet.", danish: "Et certifikat gælder ikke endnu." },
    ),
    (
        "certifikat_ulaeseligt",
        InTwoLanguages { english: "A certificate cannot be read.", danish: "Et certifikat kan ikke læses." },
    ),
    (
        "vagt_beskadiget",
        InTwoLanguages {
            english: "A kept setting that guards is damaged. The router does not start by it.",
            danish: "En gemt indstilling, der vogter, er beskadiget. Routeren starter ikke efter den.",
        },
    ),
];

impl Hindrance {
    /// The word for it in log and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SecretMissing(_) => "hemmelighed_mangler",
            Self::SecretUnusable(..) => "hemmelighed_ubrugelig",
            Self::Unencrypted(..) => "ukrypteret",
            Self::Paused { .. } => "pauset",
            Self::CertificateExpired(..) => "certifikat_udloebet",
            Self::CertificateExpires(..) => "certifikat_udloeber",
            Self::CertificateNotYetValid(..) => "certifikat_ikke_gyldigt_endnu",
            Self::CertificateUnreadable(..) => "certifikat_ulaeseligt",
            Self::GuardDamaged(_) => "vagt_beskadiget",
        }
    }

    /// The fagsystem that it concerns.
    #[must_use]
    pub fn fagsystem(&self) -> Option<(Cvr, &FagsystemId)> {
        match self {
            Self::SecretMissing(name) | Self::SecretUnusable(name, _) => Some((name.authority, &name.fagsystem)),
            Self::Unencrypted(authority, fagsystem) | Self::Paused { authority, fagsystem, .. } => {
                Some((*authority, fagsystem))
            }
            Self::CertificateExpired(of, _)
            | Self::CertificateExpires(of, _)
            | Self::CertificateNotYetValid(of, _)
            | Self::CertificateUnreadable(of, _) => of.fagsystem(),
            Self::GuardDamaged(_) => None,
        }
    }

    /// The certificate that it concerns.
    #[must_use]
    pub fn certificate(&self) -> Option<&CertificateUse> {
        match self {
            Self::CertificateExpired(of, _)
            | Self::CertificateExpires(of, _)
            | Self::CertificateNotYetValid(of, _)
            | Self::CertificateUnreadable(of, _) => Some(of),
            _ => None,
        }
    }
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |moment: &Timestamp| clock::day_of(*moment);
        match self {
            Self::SecretMissing(name) => {
                write!(f, "{}; until then it gets no messages", SecretsError::Missing(name.clone()))
            }
            Self::SecretUnusable(SecretName { authority, fagsystem, kind }, why) => {
                write!(f, "the {kind} for the business system '{fagsystem}' of {authority} cannot be had: {why}")
            }
            Self::Unencrypted(authority, fagsystem) => write!(
                f,
                "the secret by which the business system '{fagsystem}' of {authority} knows the router would go unencrypted, so \
                 that it gets no messages; give it an address that begins with https://"
            ),
            Self::Paused { authority, fagsystem, rules, is_default } => {
                let role = match (rules, is_default) {
                    (0, _) => "it is the default recipient".to_owned(),
                    (1, false) => "1 rule sends to it".to_owned(),
                    (rules, false) => format!("{rules} rules send to it"),
                    (1, true) => "1 rule sends to it, and it is the default recipient".to_owned(),
                    (rules, true) => format!("{rules} rules send to it, and it is the default recipient"),
                };
                write!(
                    f,
                    "the business system '{fagsystem}' of {authority} is paused, though {role}; its messages stay in Digital Post"
                )
            }
            Self::CertificateExpired(of, until) => {
                write!(f, "{of} was valid until {} and has expired; get a new one", day(until))
            }
            Self::CertificateExpires(of, until) => write!(f, "{of} is valid until {} only; get a new one", day(until)),
            Self::CertificateNotYetValid(of, from) => {
                write!(f, "{of} is not valid before {}; wait, or correct this machine's clock", day(from))
            }
            Self::CertificateUnreadable(of, why) => write!(f, "{of} cannot be read: {why}"),
            Self::GuardDamaged(guard) => write!(f, "{}", DamagedGuards::of_one(*guard)),
        }
    }
}

/// All that was found at one time.
#[derive(Debug, Clone, Default)]
pub(in crate::router) struct Inspection {
    pub hindrances: Vec<Hindrance>,
    /// Until when each certificate is valid.
    pub certificates: Vec<(CertificateUse, Timestamp)>,
}

/// Looks for what will not work with those settings, rules and secrets.
pub(in crate::router) async fn inspect(
    settings: &Settings,
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

    fn note_certificate(&mut self, of: CertificateUse, validity: Result<Validity, String>, now: Timestamp) {
        let hindrance = match validity {
            Err(why) => Some(Hindrance::CertificateUnreadable(of, why)),
            Ok(Validity { from, until }) => {
                self.certificates.push((of.clone(), until));
                if until <= now {
                    Some(Hindrance::CertificateExpired(of, until))
                } else if now < from {
                    Some(Hindrance::CertificateNotYetValid(of, from))
                } else if until.duration_since(now) < SOON {
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

type CertificateReading = (CertificateUse, Result<Validity, String>);

/// The certificates that the settings name by their files. What is no plain file is not read: a pipe would wait for somebody
/// to write.
fn certificates_in_files(settings: &Settings, data: &Path) -> Vec<CertificateReading> {
    let mut read = Vec::new();
    let choice = &settings.protection.certificate;
    let is_plain = |file: &&PathBuf| !is_no_plain_file(file);
    let are_plain = certificate_files(choice, data).iter().all(|file| is_plain(&file));
    match if are_plain { certificate_chain(choice, data) } else { Ok(Vec::new()) } {
        Ok(chain) if chain.is_empty() => {}
        Ok(chain) => {
            let validity = Validity::of_all(chain.iter().map(|certificate| Validity::of(certificate)));
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
                let validity = Validity::of(certificate).ok_or_else(|| "it is no certificate".to_owned());
                (of(subject(certificate)), validity)
            })
            .collect(),
    }
}

/// What an issuer calls itself: its common name, or else all that its subject says.
fn subject(certificate: &CertificateDer<'_>) -> String {
    let Ok((_, parsed)) = parse_x509_certificate(certificate) else { return String::new() };
    let name = parsed.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
    name.map_or_else(|| parsed.subject().to_string(), str::to_owned)
}

/// The hindrances that were found last.
pub(in crate::router) type CurrentHindrances = Arc<arc_swap::ArcSwap<Vec<Hindrance>>>;
