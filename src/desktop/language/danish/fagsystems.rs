//! *Fagsystemer* in Danish.

use super::access;
use super::grammar::{FAGSYSTEMS, counted};
use crate::desktop::language::texts::fagsystems::{FagsystemTexts, ProbeTexts, TryingTexts};
use crate::endpoint_test::DANISH;
use crate::rules::NotAnEndpoint;

pub(super) const TEXTS: FagsystemTexts = FagsystemTexts {
    title: "Fagsystemer",
    count: FAGSYSTEMS,
    new: "Nyt fagsystem",
    none: "Der er ingen fagsystemer. Vælg »Nyt fagsystem« for at tilføje det første.",
    basics: "Grunddata",
    name: "Navn",
    id: "Id",
    id_hint: "Kort og fast; reglerne bruger det",
    id_taken: "Et andet fagsystem har dette id",
    endpoint: "Adresse (endpoint)",
    not_an_endpoint: |error| match error {
        NotAnEndpoint::NoAddress => "Skriv en adresse, der begynder med https:// eller http://",
        NotAnEndpoint::Credentials => "Skriv adressen uden brugernavn og adgangskode, og vælg i stedet en adgang",
        NotAnEndpoint::Hidden => "Skriv adressen uden mellemrum, linjeskift, omvendte skråstreger og usynlige tegn",
    },
    contact: "Kontaktperson",
    contact_example: "Navn, telefon eller e-mail",
    note: "Note",
    state: "Tilstand",
    rules: "Regler",
    role: "Rolle",
    is_active: "Fagsystemet modtager post",
    paused_hint: "På pause: Posten bliver i Digital Post og sendes igen senere. Den går ikke til et andet system.",
    overtaken: "Fagsystemet er ændret eller slettet et andet sted, siden du åbnede det.",
    access: "Adgang",
    times: "Tider",
    connect_limit: "Sek. til forbindelse",
    answer_limit: "Sek. til svar",
    limits_hint: "Tomt felt: routerens egen grænse gælder.",
    not_seconds: "Et helt tal fra 1 til 3600",
    no_rules: "Ingen regler sender til det.",
    is_off: "slået fra",
    more_rules: |more| format!("og {more} til – vis alle"),
    default: "Opsamlingssystem",
    make_default: "Gør til opsamlingssystem",
    move_to: "Flyt til",
    move_all: "Flyt alt",
    move_hint: |is_default| {
        if is_default {
            "Alle regler, og rollen som opsamlingssystem, går til det valgte fagsystem i ét skridt, der kan fortrydes."
        } else {
            "Alle regler går til det valgte fagsystem i ét skridt, der kan fortrydes."
        }
    },
    switch: "Skift fra en bestemt dag …",
    delete: "Slet fagsystem",
    needed_as_default: "Kan ikke slettes: Det er opsamlingssystem.",
    needed_by_rules: counted("Kan ikke slettes: 1 regel sender til det.", |rules| {
        format!("Kan ikke slettes: {rules} regler sender til det.")
    }),
    needed_hint: "Flyt først det, der går til det, til et andet fagsystem.",
    probe: "Afprøv forbindelse",
    probing: |endpoint| format!("Spørger {endpoint} …"),
    probed: ProbeTexts {
        answered: |endpoint, took, status| format!("{endpoint} svarede på {took} (HTTP {status})."),
        less_than_a_millisecond: "under 1 ms",
        silent: |endpoint, limit| format!("{endpoint} svarede ikke inden for {limit} s."),
        no_secret: |why| format!("Intet er sendt: {why}"),
        secrets_error: access::error,
        reason: |reason| &reason.explanation().danish,
        status_means,
        silence_means: "Der er forbindelse, men intet svar. Ellers giv den længere tid.",
        nothing_sent: "Der er ikke afleveret nogen meddelelse.",
        way: |through, shows_certificate| {
            let certificate = if shows_certificate { "med klientcertifikat" } else { "uden klientcertifikat" };
            format!(
                "Spurgt med OPTIONS uden indhold, {through}, {certificate}. Der er ikke afleveret nogen meddelelse."
            )
        },
        directly: "direkte",
        through_proxy: |proxy| format!("gennem proxyen {proxy}"),
    },
    trying: TryingTexts {
        words: DANISH,
        name: "Leverandørprøve",
        start: "Start prøven",
        again: "Ny prøve",
        stop: "Stop prøven",
        with_large: "Også breve på 20 MB og 104 MB",
        not_ready: "Ret først det, der er forkert i felterne.",
        beginning: "Prøven begynder …",
        under_way: |done, all| format!("{done} af {all} prøver er lavet …"),
        stopped: "Prøven blev stoppet, før den var færdig.",
        report: "Rapport (.html eller .md)",
        file_name: "leverandoerproeve",
        browse: "Vælg …",
        write: "Gem rapport",
        not_a_report: "Skriv et filnavn, der ender på .html eller .md",
        written: |path| format!("Rapporten er gemt i {path}"),
    },
};

/// What an answer means, and what to do.
fn status_means(status: u16) -> &'static str {
    match status {
        200..=299 | 405 | 501 => "Der er nogen på adressen.",
        300..=399 => "Der henvises til en anden adresse. Routeren følger ikke henvisninger: Skriv den rigtige adresse.",
        400 | 411 | 415 => "Der er nogen på adressen; de ville kun tage imod en meddelelse.",
        401 | 403 => {
            "Det er der og vil se en nøgle. En nøgle i en header sendes først med en meddelelse, så det kan være i \
         orden alligevel."
        }
        404 | 410 => "Maskinen svarer, men har intet på den sti. Se efter, om adressen er skrevet rigtigt.",
        407 => "Proxyen vil have en adgangskode, og den har routeren ikke.",
        408 | 429 => "Det er der, men har travlt. Prøv igen om lidt.",
        502 | 504 => "Noget foran fagsystemet svarer, men kan ikke nå fagsystemet selv.",
        500..=599 => "Det er der, men er ude af drift eller melder fejl. Posten bliver i Digital Post imens.",
        _ => "Der er nogen på adressen, men svaret er usædvanligt.",
    }
}
