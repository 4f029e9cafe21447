//! What will not work until a person does something: missing secrets, expired certificates, paused systems.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::clock;
use crate::reasons::InTwoLanguages;
use crate::rules::{Cvr, FagsystemId};
use crate::secrets::{SecretName, SecretsError};
use crate::store::{DamagedGuards, Guard};

/// Something that keeps messages from being received or delivered, now or soon, until a person fixes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// The secret that a fagsystem needs is missing.
    SecretMissing(SecretName),
    /// The secret that a fagsystem needs is there and cannot be read or used.
    SecretUnusable(SecretName, SecretsError),
    /// The secret of a fagsystem would be sent unencrypted.
    Unencrypted(Cvr, FagsystemId),
    /// A fagsystem is paused, and rules send messages to it.
    Paused {
        /// The authority that it belongs to.
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
    /// A stored setting that guards is damaged.
    GuardDamaged(Guard),
}

/// What a certificate is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateUse {
    /// The router's own.
    Router,
    /// The router shows it to that fagsystem.
    Client(Cvr, FagsystemId),
    /// It issued certificates of fagsystems; its name.
    TrustedIssuer(String),
    /// It issued certificates of callers; its name.
    CallerIssuer(String),
}

impl CertificateUse {
    /// Its kind, as in metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Router => "router",
            Self::Client(..) => "client",
            Self::TrustedIssuer(_) => "trusted_issuer",
            Self::CallerIssuer(_) => "caller_issuer",
        }
    }

    /// The name of an issuer; empty for others.
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

/// Every kind of hindrance: its code in log and metrics, and what it is.
pub(in crate::router) const KINDS: [(&str, InTwoLanguages); 9] = [
    (
        "hemmelighed_mangler",
        InTwoLanguages {
            english: "The key or client certificate that a business system requires is missing. It gets no messages.",
            danish: "Den nøgle eller det klientcertifikat, et fagsystem kræver, mangler. Det får ingen meddelelser.",
        },
    ),
    (
        "hemmelighed_ubrugelig",
        InTwoLanguages {
            english: "The key or client certificate that a business system requires cannot be read or used. It gets no messages.",
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
            english: "A business system is paused although rules send to it, or it is the default recipient.",
            danish: "Et fagsystem er på pause, selv om regler sender til det, eller det er opsamlingssystem.",
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
            english: "A stored setting that protects the router is damaged. The router does not start with it.",
            danish: "En gemt indstilling, der beskytter routeren, er beskadiget. Routeren starter ikke med den.",
        },
    ),
];

impl Hindrance {
    /// Its code in log and metrics.
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

/// All hindrances at one time.
#[derive(Debug, Clone, Default)]
pub(in crate::router) struct Inspection {
    pub hindrances: Vec<Hindrance>,
    /// When each certificate expires.
    pub certificates: Vec<(CertificateUse, Timestamp)>,
}

/// The hindrances that were last found.
pub(in crate::router) type CurrentHindrances = Arc<ArcSwap<Vec<Hindrance>>>;
