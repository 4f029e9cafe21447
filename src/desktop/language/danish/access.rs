//! How fagsystems know the router, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::access::AccessTexts;
use crate::desktop::model::access_kind::AccessKind;
use crate::rules::{Access, NotAHeaderName};
use crate::secrets::{Exposure, InvalidSecret, SecretsError, SecretsLocation};

pub(super) const TEXTS: AccessTexts = AccessTexts {
    title: "Fagsystemet kender routeren på",
    kind: |kind| match kind {
        AccessKind::Open => "Ingen nøgle",
        AccessKind::Header => "Nøgle i en header",
        AccessKind::ClientCertificate => "Klientcertifikat",
    },
    header: "Headerens navn",
    not_a_header: |error| match error {
        NotAHeaderName::Unwritable => "Et navn har 1 til 64 bogstaver, tal eller bindestreger",
        NotAHeaderName::Taken => "Headeren betyder noget andet i HTTP; brug fx X-Api-Key",
    },
    unencrypted_secret: "Nøglen ville gå ukrypteret til adressen. Derfor sendes intet, før den begynder med https://.",
    save_first: "Gem fagsystemet først; så kan nøglen gemmes.",
    looking: "Ser efter nøglen …",
    kept: |home| match home {
        SecretsLocation::Keyring => "Gemt i nøgleringen".to_owned(),
        SecretsLocation::File(path) => format!("Gemt i {}", path.display()),
    },
    missing: "Ikke gemt endnu. Til da bliver posten i Digital Post.",
    value: "Headerens indhold",
    certificate: "Fil med certifikat og privat nøgle",
    certificate_hint: "PEM eller PKCS#12 (.p12, .pfx)",
    password: "Filens adgangskode",
    keep: "Gem nøglen",
    replace: "Erstat nøglen",
    remove: "Fjern nøglen",
    about: "Nøglen gemmes straks, uden for kladde og historik, og kommer ikke med i en eksport.",
    no_keyring: "Denne maskine har ingen nøglering, som kan bruges. Det er almindeligt på en server. Er den låst, så lås \
                 den op; er den kommet til, siden Postfordeler startede, så start programmet igen.",
    try_again: "Prøv igen",
    file_instead: "Gem nøgler i en fil i stedet",
    file: "Fil til nøgler",
    file_hint: "Kun du kan læse filen (0600). Den er uden for database og eksport.",
    not_a_path: "Skriv hele stien, fx /home/dig/hemmeligheder.json",
    use_file: "Brug filen",
    kept_in_file: |path| format!("Nøgler gemmes i filen {}", path.display()),
    use_keyring: "Brug nøgleringen i stedet",
    use_keyring_hint: "Nøglerne i filen flyttes ikke med og skal gemmes igen.",
    moved: |home| match home {
        SecretsLocation::Keyring => {
            "Nøgler gemmes nu i systemets nøglering. En router, der er startet med »postfordeler serve«, skal \
             startes igen uden --secrets."
                .to_owned()
        }
        SecretsLocation::File(path) => format!(
            "Nøgler gemmes nu i {}. En router, der er startet med »postfordeler serve«, skal startes igen med --secrets og \
             filens navn.",
            path.display()
        ),
    },
    new_addresses: counted("Post vil gå til en ny adresse", |count| format!("Post vil gå til {count} nye adresser")),
    encrypted: "Krypteret, og certifikatet kontrolleres",
    unencrypted: "Ikke krypteret",
    on_this_machine: "På denne maskine",
    instead_of: |address| format!("Før: {address}"),
};

pub(super) fn access(access: &Access) -> String {
    match access {
        Access::Open => "ingen nøgle".to_owned(),
        Access::Header { name } => format!("nøgle i headeren {name}"),
        Access::ClientCertificate => "klientcertifikat".to_owned(),
    }
}

pub(super) fn error(error: &SecretsError) -> String {
    match error {
        SecretsError::Missing(_) => "Nøglen er ikke gemt.".to_owned(),
        SecretsError::Invalid { why, .. } => match why {
            InvalidSecret::Empty => "Skriv nøglen først.",
            InvalidSecret::TooLong => "Det er for langt til at være en nøgle.",
            InvalidSecret::NotAHeaderValue => {
                "En header kan kun have én linje med bogstaver uden æ, ø og å, tal og tegn."
            }
            InvalidSecret::NoCertificate => {
                "Der er intet certifikat i filen. Den skal være PEM-tekst eller PKCS#12 (.p12, .pfx)."
            }
            InvalidSecret::NoPrivateKey => {
                "Der er ingen privat nøgle i filen, som kan bruges. Den skal være PEM-tekst uden adgangskode."
            }
            InvalidSecret::WrongPassword => "Adgangskoden til filen er en anden.",
            InvalidSecret::OtherKey => "Den private nøgle passer ikke til det første certifikat.",
        }
        .to_owned(),
        SecretsError::Unusable(_) => "Certifikatet kan ikke bruges. Gem et andet.".to_owned(),
        SecretsError::Keyring(_) => {
            "Systemets nøglering kan ikke bruges. Lås den op, eller gem nøgler i en fil i stedet.".to_owned()
        }
        SecretsError::File { path, reason } => format!("Nøglefilen {} kan ikke bruges: {reason}", path.display()),
        SecretsError::NotPrivate { path, why } => {
            let path = path.display();
            match why {
                Exposure::NotAFile => format!("{path} er ikke en fil. Skriv navnet på en fil."),
                Exposure::OpenToOthers { mode } => format!(
                    "Nøglefilen {path} er ikke sikker: Andre kan læse eller skrive den ({mode:04o}). Luk den med »chmod \
                     600 {path}«, og prøv igen."
                ),
                Exposure::SomebodyElses { .. } => format!(
                    "Nøglefilen {path} er ikke sikker: Den tilhører en anden bruger. Vælg en fil, som er din egen."
                ),
            }
        }
        SecretsError::Damaged { path, line } => {
            format!("Nøglefilen {} er beskadiget (linje {line}). Læg en kopi tilbage.", path.display())
        }
        SecretsError::Silent(_) => "Nøgleringen svarer ikke. Måske venter den på at blive låst op.".to_owned(),
    }
}
