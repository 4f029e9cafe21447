//! What will not work, in Danish.

use super::super::overview::WarningWords;
use super::access;
use crate::clock;
use crate::desktop::language::format::date_text;
use crate::router::{CertificateUse, Hindrance};
use crate::secrets::SecretKind;

/// What the router has found, of the fagsystem with that name where it is of one.
pub(super) fn hindrance(hindrance: &Hindrance, name: &str) -> WarningWords {
    let day = |moment| date_text(clock::day_of(moment));
    let words = |what: String, advice: &str| WarningWords { what, advice: advice.to_owned() };
    match hindrance {
        Hindrance::SecretMissing(secret) => {
            let kind = match secret.kind {
                SecretKind::HeaderValue => "sin nøgle",
                SecretKind::ClientCertificate => "sit klientcertifikat",
            };
            words(format!("{name} mangler {kind}"), "Til da bliver posten i Digital Post. Gem det på fagsystemet.")
        }
        Hindrance::SecretUnusable(_, why) => words(format!("Nøglen til {name} kan ikke bruges"), &access::error(why)),
        Hindrance::Unencrypted(..) => words(
            format!("{name} får intet: Nøglen ville gå ukrypteret"),
            "Giv systemet en adresse, der begynder med https://.",
        ),
        Hindrance::Paused { .. } => words(format!("{name} er på pause"), "Genoptag systemet, når det kan tage imod."),
        Hindrance::CertificateExpired(of, until) => words(
            format!("{} udløb {}", certificate(of, name), day(*until)),
            "Den, der ser efter, lukker ikke op for det. Få et nyt, og gem det.",
        ),
        Hindrance::CertificateExpires(of, until) => {
            words(format!("{} udløber {}", certificate(of, name), day(*until)), "Få et nyt, før det er for sent.")
        }
        Hindrance::CertificateNotYetValid(of, from) => words(
            format!("{} gælder først fra {}", certificate(of, name), day(*from)),
            "Vent, eller ret denne maskines ur.",
        ),
        Hindrance::CertificateUnreadable(of, _) => words(
            format!("{} kan ikke læses", certificate(of, name)),
            "Se, om filen er der, og om den er et certifikat.",
        ),
        Hindrance::GuardDamaged(guard) => words(
            format!("Indstillingen »{}« er beskadiget", guard.key()),
            "Routeren starter ikke igen, før den er valgt på ny under Router, Adgang.",
        ),
    }
}

fn certificate(of: &CertificateUse, name: &str) -> String {
    match of {
        CertificateUse::Router => "Routerens certifikat".to_owned(),
        CertificateUse::Client(..) => format!("Klientcertifikatet til {name}"),
        CertificateUse::TrustedIssuer(subject) => format!("Certifikatet for udstederen {subject}"),
        CertificateUse::CallerIssuer(subject) => format!("Certifikatet for afsendernes udsteder {subject}"),
    }
}
