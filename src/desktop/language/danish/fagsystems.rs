//! *Fagsystemer* in Danish.

use std::time::Duration;

use super::access;
use crate::desktop::language::fagsystems::{FagsystemTexts, TryingTexts};
use crate::endpoint_test::DANISH;
use crate::router::{Cause, Probe, ProbeAnswer};
use crate::rules::NotAnEndpoint;

pub(super) const TEXTS: FagsystemTexts = FagsystemTexts {
    title: "Fagsystemer",
    count: |count| if count == 1 { "1 fagsystem".to_owned() } else { format!("{count} fagsystemer") },
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
    needed_by_rules: |rules| match rules {
        1 => "Kan ikke slettes: 1 regel sender til det.".to_owned(),
        _ => format!("Kan ikke slettes: {rules} regler sender til det."),
    },
    needed_hint: "Flyt først det, der går til det, til et andet fagsystem.",
    probe: "Afprøv forbindelse",
    probing: |endpoint| format!("Spørger {endpoint} …"),
    probed,
    probe_means,
    probe_way,
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

fn took(duration: Duration) -> String {
    match duration.as_millis() {
        0 => "under 1 ms".to_owned(),
        milliseconds => format!("{milliseconds} ms"),
    }
}

fn probed(endpoint: &str, probe: &Probe) -> String {
    match &probe.answer {
        ProbeAnswer::Answered(status) => format!("{endpoint} svarede på {} (HTTP {status}).", took(probe.took)),
        ProbeAnswer::NoSecret(error) => format!("Intet er sendt: {}", access::error(error)),
        ProbeAnswer::Silent => {
            format!("{endpoint} svarede ikke inden for {} s.", probe.answer_limit.as_secs_f32())
        }
        ProbeAnswer::NotReached(cause) => format!("{endpoint}: {}", not_reached(cause)),
    }
}

/// Why, in the words that messages have for it, and what is known of it besides.
fn not_reached(cause: &Cause) -> String {
    let sentence = cause.reason.explanation().danish.sentence();
    cause.detail.as_ref().map_or_else(|| sentence.clone(), |detail| format!("{sentence} ({detail})"))
}

fn probe_means(probe: &Probe) -> Option<String> {
    let words = match &probe.answer {
        ProbeAnswer::Answered(status) => match status {
            200..=299 | 405 | 501 => "Der er nogen på adressen.",
            300..=399 => {
                "Der henvises til en anden adresse. Routeren følger ikke henvisninger: Skriv den rigtige adresse."
            }
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
        },
        ProbeAnswer::Silent => "Der er forbindelse, men intet svar. Ellers giv den længere tid.",
        ProbeAnswer::NotReached(cause) => cause.reason.explanation().danish.remedy,
        ProbeAnswer::NoSecret(_) => return None,
    };
    Some(words.to_owned())
}

fn probe_way(probe: &Probe) -> String {
    if let ProbeAnswer::NoSecret(_) = probe.answer {
        return "Der er ikke afleveret nogen meddelelse.".to_owned();
    }
    let through = probe.proxy.as_ref().map_or_else(|| "direkte".to_owned(), |proxy| format!("gennem proxyen {proxy}"));
    let certificate = if probe.shows_certificate { "med klientcertifikat" } else { "uden klientcertifikat" };
    format!("Spurgt med OPTIONS uden indhold, {through}, {certificate}. Der er ikke afleveret nogen meddelelse.")
}
