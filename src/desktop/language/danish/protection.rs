//! *Hvem må aflevere* in Danish.

use crate::desktop::language::format::date_text;
use crate::desktop::language::texts::protection::ProtectionTexts;
use crate::desktop::model::certificate_kind::CertificateKind;
use crate::router::ProtectionError;
use crate::store::{ApiKeys, ApiKeysError, Guard, KeyNameError};

pub(super) const TEXTS: ProtectionTexts = ProtectionTexts {
    title: "Hvem må aflevere",
    summary: |is_encrypted, by_certificate, by_key| {
        let wanted = match (by_certificate, by_key) {
            (true, true) => "klientcertifikat og nøgle",
            (true, false) => "klientcertifikat",
            (false, true) => "API-nøgle",
            (false, false) => "kun denne maskine",
        };
        if is_encrypted { format!("Adgang: TLS, {wanted}") } else { format!("Adgang: {wanted}") }
    },
    own_certificate: "Routerens certifikat (TLS)",
    kind: |kind| match kind {
        CertificateKind::None => "Intet",
        CertificateKind::SelfSigned => "Selvudstedt, til en pilot",
        CertificateKind::Pem => "PEM-filer",
        CertificateKind::Pkcs12 => "PKCS#12-fil",
    },
    kind_hint: |kind| match kind {
        CertificateKind::None => "Nok, så længe routeren kun modtager på denne maskine.",
        CertificateKind::SelfSigned => "Laves, når routeren starter, og bruges igen derefter.",
        CertificateKind::Pem => "Certifikat og privat nøgle i hver sin fil.",
        CertificateKind::Pkcs12 => "En .p12- eller .pfx-fil, som OCES3-certifikater kommer i.",
    },
    certificate_file: "Fil med certifikat",
    key_file: "Fil med privat nøgle",
    pkcs12_file: "PKCS#12-fil",
    password_file: "Fil med dens adgangskode",
    password_hint: "Indeholder adgangskoden og intet andet",
    issuers: "Udstedere af klientcertifikater",
    issuers_hint: "En PEM-fil, fx OCES3's. Tomt: klientcertifikat er ikke nødvendigt",
    issuers_need_certificate: "Kræver også et certifikat til routeren",
    cvrs: "Deres CVR-numre",
    cvrs_hint: "Med komma imellem. Tomt: alle, som de udstedere kender",
    cvrs_need_issuers: "Angiv først udstederne ovenfor",
    api_key: "API-nøgler",
    no_key: "Der kræves ingen nøgle.",
    has_key: "Den, der afleverer, skal vise en af nøglerne. Kun deres aftryk er gemt.",
    make_key: "Lav nøgle",
    replace_key: "Lav ny nøgle",
    remove_key: "Fjern nøgle",
    remove_keys: "Fjern alle nøgler",
    no_key_left: "Der kræves en nøgle, og der er ingen. Ingen kan aflevere, før der er lavet en.",
    key_name: "Navn på den næste nøgle",
    key_name_hint: "Fx hvem der får den. De andre gælder stadig.",
    made: |made| format!("Lavet {made}"),
    made_long_ago: "Lavet for længe siden",
    used: |used| format!("brugt {used}"),
    not_used: "ikke brugt",
    revoke: "Ugyldiggør nøglen",
    revoke_now: "Ugyldiggør nu",
    revoke_hint: "Den, der viser nøglen, bliver afvist fra nu af. Det kan ikke fortrydes.",
    counts_now: "Gemt. Det gælder med det samme.",
    new_key: "Giv den til dem, der skal aflevere. Den vises kun her og nu:",
    copy: "Kopiér",
    copied: "Kopieret",
    fingerprint: |until| format!("SHA-256 af routerens certifikat, der gælder til {until}"),
    save: "Gem",
    saved: "Gemt",
    counts_later: "Gemt. Det gælder, næste gang routeren starter.",
    guarded: "Den router er beskyttet. Send fra det vindue, der kører den.",
    damaged,
    reset: "Nulstil",
};

pub(super) fn key_error(error: &ApiKeysError) -> String {
    match error {
        ApiKeysError::Name(KeyNameError::Unwritable) => {
            format!("En nøgles navn har 1 til {} tegn på én linje.", ApiKeys::MAX_NAME_CHARACTERS)
        }
        ApiKeysError::Name(KeyNameError::Taken) => "Der er allerede en nøgle med det navn.".to_owned(),
        ApiKeysError::Name(KeyNameError::TooMany) => {
            format!("Der er allerede {} nøgler. Fjern dem, ingen bruger.", ApiKeys::MAX)
        }
        ApiKeysError::NoSuchKey(_) => "Nøglen er allerede væk.".to_owned(),
        ApiKeysError::Store(_) => "Det lykkedes ikke. Prøv igen.".to_owned(),
    }
}

pub(super) fn damaged(guard: Guard) -> &'static str {
    match guard {
        Guard::Listen => "Adressen er beskadiget. Skriv den igen ovenfor, og start routeren.",
        Guard::Protection => {
            "Valget af certifikat og klientcertifikater er beskadiget. Vælg dem igen under »Adgang«, og gem."
        }
        Guard::ApiKey => "API-nøglens aftryk er beskadiget. Lav en ny nøgle under »Adgang«, eller fjern den.",
        Guard::TrustedIssuers => {
            "Navnet på filen med betroede udstedere er beskadiget. Nulstil det under »Adgang«, eller angiv filen med \
             --trust."
        }
        Guard::Proxy => "Proxyens adresse er beskadiget. Nulstil den under »Adgang«, eller angiv den med --proxy.",
        Guard::Secrets => {
            "Stedet, hvor hemmelighederne ligger, er beskadiget. Vælg det igen hos et fagsystem, eller nulstil det \
             under »Adgang«: Så er det systemets nøglering."
        }
        Guard::Retention => {
            "Antallet af dage, meddelelser gemmes, er beskadiget. Vælg det igen under »Meddelelser«, eller nulstil det \
             under »Adgang«: Så er det 90."
        }
    }
}

pub(super) fn error(error: &ProtectionError) -> String {
    match error {
        ProtectionError::Open { address, lacks_tls, lacks_callers } => {
            let lacks = match (lacks_tls, lacks_callers) {
                (true, true) => "et certifikat og klientcertifikater eller en API-nøgle",
                (true, false) => "et certifikat",
                (false, _) => "klientcertifikater eller en API-nøgle",
            };
            format!("Andre kan nå {address}. Vælg {lacks} under »Adgang«, eller lad routeren modtage på 127.0.0.1.")
        }
        ProtectionError::ClientsWithoutTls => {
            "Klientcertifikater kræver et certifikat til routeren selv. Vælg et under »Adgang«.".to_owned()
        }
        ProtectionError::CvrsWithoutIssuers => {
            "CVR-numre læses i klientcertifikater. Angiv udstederne under »Adgang«.".to_owned()
        }
        ProtectionError::Unreadable { path, source } => {
            format!("Kan ikke læse {}: {source}. Angiv en fil, der findes og må læses.", path.display())
        }
        ProtectionError::NotPrivate(path) => {
            format!("Alle brugere af denne maskine kan læse {}, som er hemmelig. Luk den for andre.", path.display())
        }
        ProtectionError::NoCertificate(path) => {
            format!("{} har intet certifikat, der kan bruges (PEM).", path.display())
        }
        ProtectionError::NoKey(path) => {
            format!("{} har ingen privat nøgle, der kan bruges (PEM, ikke krypteret).", path.display())
        }
        ProtectionError::KeyDoesNotFit(path) => {
            format!("Den private nøgle passer ikke til certifikatet i {}.", path.display())
        }
        ProtectionError::NoPassword(path) => {
            format!("{} har en adgangskode. Angiv under »Adgang« en fil, der indeholder den.", path.display())
        }
        ProtectionError::WrongPassword(path) => format!("Adgangskoden åbner ikke {}.", path.display()),
        ProtectionError::NotPkcs12 { path, reason } => {
            format!("{} er ikke en PKCS#12-fil med certifikat og nøgle, der kan læses ({reason}).", path.display())
        }
        ProtectionError::Expired { path, until } => {
            format!("Certifikatet i {} gjaldt til {}. Skaf et nyt.", path.display(), date_text(*until))
        }
        ProtectionError::NotYetValid { path, from } => {
            format!("Certifikatet i {} gælder først fra {}.", path.display(), date_text(*from))
        }
        ProtectionError::NotMade { path, reason } => {
            format!("Kan ikke lave et selvudstedt certifikat i {}: {reason}.", path.display())
        }
        ProtectionError::NoRandomness => {
            "Systemet giver ingen tilfældige tal, og uden dem er intet sikkert.".to_owned()
        }
        ProtectionError::Tls(reason) => format!("Certifikaterne kan ikke bruges til TLS: {reason}."),
    }
}
