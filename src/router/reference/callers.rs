//! The reference of why callers are refused and connections closed, generated from the codes that the router uses.

use std::fmt::Write;

use crate::router::connection::protection::{Closing, Refusal};

/// What the caller gets: an HTTP status, a failed TLS handshake, or nothing.
fn answered(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoCertificate | Refusal::NoKey => "401",
        Refusal::WebPage
        | Refusal::OtherCvr
        | Refusal::PersonsCertificate
        | Refusal::NoCvr
        | Refusal::WrongKey
        | Refusal::NoKeyLeft => "403",
        Refusal::ForeignHost => "421",
        Refusal::Host | Refusal::Coding | Refusal::NotHttp => "400",
        Refusal::LongHead => "431",
        Refusal::CertificateExpired | Refusal::CertificateNotYetValid => "TLS, 403",
        Refusal::UnknownIssuer
        | Refusal::CertificateUnfit
        | Refusal::PlainHttp
        | Refusal::NotTls
        | Refusal::TlsIncompatible
        | Refusal::RouterDistrusted
        | Refusal::TlsBrokenOff
        | Refusal::TlsFailed => "TLS",
        Refusal::TlsAtPlainPort => "–",
    }
}

/// What happened and what to do, in Danish.
fn in_danish(refusal: Refusal) -> (&'static str, &'static str) {
    const NOTHING: &str = "Intet, medmindre det er en kalder, I kender: Se så på dens adresse og port.";
    const ORGANISATION: &str =
        "Lad kalderen bruge et organisations- eller funktionscertifikat (OCES3: organizationIdentifier NTRDK-…).";
    const OWN_LOG: &str = "Se, hvad kalderens egen log siger om TLS.";
    match refusal {
        Refusal::WebPage => (
            "En webside ville aflevere gennem en browser.",
            "Intet: En browser på denne maskine blev ledt hertil. Aflever med et program.",
        ),
        Refusal::NoCertificate => (
            "Der kræves et klientcertifikat, og intet blev vist.",
            "Lad kalderen vise sit klientcertifikat, når TLS sættes op.",
        ),
        Refusal::CertificateExpired => {
            ("Klientcertifikatet er udløbet.", "Lad kalderen få et nyt certifikat og vise det.")
        }
        Refusal::CertificateNotYetValid => {
            ("Klientcertifikatet gælder ikke endnu.", "Lad kalderen vente, eller stil det ur, der går forkert.")
        }
        Refusal::UnknownIssuer => (
            "Klientcertifikatet er udstedt af nogen, der ikke er tillid til her.",
            "Føj udstederen til --client-issuers, hvis dens certifikater skal tælle.",
        ),
        Refusal::CertificateUnfit => (
            "Klientcertifikatet kan ikke bruges som klientcertifikat.",
            "Lad kalderen bruge et certifikat til klientautentifikation med hele dets kæde.",
        ),
        Refusal::OtherCvr => (
            "Klientcertifikatet tilhører en organisation, der ikke må aflevere her.",
            "Nævn organisationen med --client-cvr, hvis den må aflevere.",
        ),
        Refusal::PersonsCertificate => ("Klientcertifikatet tilhører en person eller en medarbejder.", ORGANISATION),
        Refusal::NoCvr => ("Klientcertifikatet siger ikke klart, hvilken organisation det tilhører.", ORGANISATION),
        Refusal::NoKey => (
            "Der kræves en API-nøgle, og ingen blev vist.",
            "Lad kalderen sende sin nøgle som Authorization: Bearer eller X-Api-Key.",
        ),
        Refusal::WrongKey => (
            "API-nøglen er ikke en af dem, der gælder.",
            "Se 'postfordeler api-key --list'; lav kalderen en nøgle med --add.",
        ),
        Refusal::NoKeyLeft => {
            ("Der kræves en API-nøgle, og der er ingen, der gælder.", "Lav en nøgle med 'postfordeler api-key --add'.")
        }
        Refusal::Host => {
            ("Kaldet nævner ikke præcis én gang, hvilken vært det er til (Host).", "Lad kalderen sende én Host-header.")
        }
        Refusal::ForeignHost => (
            "Kaldet er til en anden vært end denne maskine, som routeren kun lytter på.",
            "Lad kalderen, eller proxyen imellem, sende en Host for denne maskine, fx 127.0.0.1.",
        ),
        Refusal::Coding => (
            "Indholdet er kodet på en måde, der ikke tages imod.",
            "Lad kalderen sende indholdet, som det er, eller i stykker (chunked).",
        ),
        Refusal::PlainHttp => (
            "Kalderen talte HTTP uden TLS til en router, der kræver TLS.",
            "Lad kalderen bruge https:// i sin adresse.",
        ),
        Refusal::TlsAtPlainPort => (
            "Kalderen talte TLS til en router uden TLS.",
            "Lad kalderen bruge http:// i sin adresse, eller giv routeren et certifikat.",
        ),
        Refusal::NotTls => ("Det, kalderen sendte, er ikke TLS.", NOTHING),
        Refusal::TlsIncompatible => (
            "Kalder og router har ingen version af TLS eller ingen kryptering til fælles.",
            "Lad kalderen bruge TLS 1.2 eller 1.3 med ECDHE og AES-GCM eller ChaCha20.",
        ),
        Refusal::RouterDistrusted => (
            "Kalderen har ikke tillid til routerens certifikat.",
            "Lad kalderen have tillid til certifikatets udsteder og kalde routeren ved et navn, der står i det.",
        ),
        Refusal::TlsBrokenOff => ("Kalderen afbrød, mens TLS blev sat op.", OWN_LOG),
        Refusal::TlsFailed => ("TLS kunne ikke sættes op.", OWN_LOG),
        Refusal::NotHttp => ("Det, kalderen sendte, er ikke et HTTP-kald.", NOTHING),
        Refusal::LongHead => ("Kaldets hoved er for langt.", "Lad kalderen sende færre eller kortere headere."),
    }
}

/// The same for a closed connection.
fn closing_in_danish(closing: Closing) -> (&'static str, &'static str) {
    match closing {
        Closing::Room => (
            "Der var så mange forbindelser, som der må være, og denne kunne bedst undværes.",
            "Find ud af, hvem der åbner så mange; --most-under-way hæver, hvor mange der må være.",
        ),
        Closing::Slow => (
            "TLS, eller hovedet på det første kald, kom ikke i tide.",
            "Intet, medmindre det er en kalder, I kender: Se så på netværket imellem.",
        ),
        Closing::Idle => {
            ("Der kom ikke flere kald i tide.", "Intet: Kalderen forbinder igen, når den har noget at sende.")
        }
    }
}

/// The words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}

/// Writes every reason with its code, as Markdown.
pub(in crate::router) fn write_refusals(text: &mut String, is_danish: bool) {
    text.push_str(if is_danish {
        "\n## Afviste kaldere (`reason`)\n\nHvorfor en kalder ikke må aflevere. Koden står i loggen, i journalen og i \
         `postfordeler_callers_refused_total`. *TLS*: Der kommer ingen TLS-forbindelse i stand, så intet besvares.\n\n\
         | kode | hvad der skete | svar | hvad man gør |\n| --- | --- | --- | --- |\n"
    } else {
        "\n## Refused callers (`reason`)\n\nWhy a caller may not deliver. The code is in the log, in the journal and in \
         `postfordeler_callers_refused_total`. *TLS*: no TLS connection is made, so nothing is answered.\n\n\
         | code | what happened | answer | what to do |\n| --- | --- | --- | --- |\n"
    });
    for refusal in Refusal::ALL {
        let english = || (sentence(refusal.words()), sentence(refusal.remedy()));
        let (words, remedy) = if is_danish { owned(in_danish(refusal)) } else { english() };
        let _ = writeln!(text, "| `{}` | {words} | {} | {remedy} |", refusal.code(), answered(refusal));
    }
    text.push_str(if is_danish {
        "\n## Lukkede forbindelser (`reason`)\n\nHvorfor routeren lukkede en forbindelse. Koden står i loggen og i \
         `postfordeler_connections_closed_total`.\n\n| kode | hvad der skete | hvad man gør |\n| --- | --- | --- |\n"
    } else {
        "\n## Closed connections (`reason`)\n\nWhy the router closed a connection. The code is in the log and in \
         `postfordeler_connections_closed_total`.\n\n| code | what happened | what to do |\n| --- | --- | --- |\n"
    });
    for closing in Closing::ALL {
        let english = || (sentence(closing.words()), sentence(closing.remedy()));
        let (words, remedy) = if is_danish { owned(closing_in_danish(closing)) } else { english() };
        let _ = writeln!(text, "| `{}` | {words} | {remedy} |", closing.code());
    }
}

fn owned((words, remedy): (&str, &str)) -> (String, String) {
    (words.to_owned(), remedy.to_owned())
}
