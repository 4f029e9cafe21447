//! *Router* in Danish.

use super::grammar::MESSAGES;
use super::protection;
use crate::desktop::language::texts::router::{ElsewhereTexts, MessageColumns, RouterTexts};
use crate::router::NotReady;
use crate::rules::SenderKind;
use crate::store::{JournalError, Program};
use crate::training::SampleLetter;

pub(super) const TEXTS: RouterTexts = RouterTexts {
    title: "Router",
    live: "Lige nu",
    settings: "Indstillinger",
    settings_hint: "Gælder, når routeren startes.",
    settings_elsewhere: "Gælder for en router, der startes i dette vindue. Den, der kører nu, har sine egne.",
    settings_closed: "Stop routeren for at ændre adresse og grænser.",
    address: "Modtager på",
    limits: "Grænser",
    publication: |number| format!("Udgivelse {number} er i kraft"),
    start: "Start",
    stop: "Stop",
    is_stopped: "Stoppet",
    is_starting: "Starter …",
    is_running: "Kører",
    is_stopping: "Stopper …",
    is_elsewhere: "Kører et andet sted",
    elsewhere: ELSEWHERE,
    is_unknown: "Ved ikke",
    unknown_hint: "Det kan ikke ses, om en router kører på disse data: Låsen eller databasen kan ikke læses.",
    follows: |publication| match publication {
        Some(number) => format!("Routeren følger udgivelse {number}"),
        None => "Routeren følger ingen udgivelse".to_owned(),
    },
    has_failed: "Kan ikke køre",
    receives_at: |url| format!("Modtager meddelelser på {url}"),
    is_refusing: "Afviser alt for nu",
    refuses,
    stopped_hint: "Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.",
    not_an_address: "Skriv en af denne maskines adresser, fx 127.0.0.1:8606",
    connect_limit: "sek. til forbindelse",
    answer_limit: "sek. til svar",
    under_way_limit: "undervejs ad gangen",
    fagsystem_limit: "pr. fagsystem",
    not_limits: "Sekunder fra 1 til 3600, meddelelser fra 1 til 9999",
    practice: "Øvelse",
    practice_hint: "Opdigtet post, der går gennem routeren derhen, hvor reglerne siger.",
    practice_waits: "Start routeren for at sende.",
    send: "Send eksempelmeddelelse",
    send_all: "Send en af hver",
    show_rules: "Alle regler",
    letter: |letter| match letter {
        SampleLetter::NurseryPlace => "Borger søger vuggestueplads",
        SampleLetter::BuildingPermit => "Virksomhed søger byggetilladelse",
        SampleLetter::SicknessBenefit => "Borger skriver om sygedagpenge",
        SampleLetter::AdvancePayment => "Myndighed giver besked om forskud",
        SampleLetter::RefundClaim => "Virksomhed søger refusion",
        SampleLetter::ToTheMayor => "Borger skriver til borgmesteren",
    },
    messages: "Meddelelser",
    count: MESSAGES,
    newest: |count| format!("de nyeste {count}"),
    none: "Der er ikke kommet meddelelser endnu. De står her, så snart routeren modtager dem.",
    none_in_practice: "Der er ikke kommet meddelelser endnu. Vælg »Send eksempelmeddelelse«, og se den komme frem.",
    protection: protection::TEXTS,
    columns: MessageColumns {
        time: "Modtaget",
        outcome: "Udfald",
        fagsystem: "Fagsystem",
        ground: "Grundlag",
        sender: "Afsender",
        addressed: "Kontaktpunkt / KLE",
        took: "Varighed",
        message: "Meddelelses-id",
    },
    sender: |sender| match sender {
        SenderKind::Person => "Person",
        SenderKind::Company => "Virksomhed",
        SenderKind::Authority => "Myndighed",
        SenderKind::Other => "Andet",
    },
};

pub(super) const ELSEWHERE: ElsewhereTexts = ElsewhereTexts {
    says_nothing: "Et andet program kører routeren på disse data. Det siger ikke selv hvilket eller hvor.",
    program: |program| match program {
        Some(Program::Window) => "Et andet vindue",
        Some(Program::Serve) => "»postfordeler serve«",
        None => "Et andet program",
    },
    process: |program, id| format!("{program} (proces {id})"),
    is_starting: |program, since| format!("{program} er ved at starte den, siden {since}."),
    follows: |program, address, since, publication| {
        format!("{program} kører den på {address} siden {since} og følger udgivelse {publication}.")
    },
    follows_nothing: |program, address, since| {
        format!("{program} kører den på {address} siden {since} og følger ingen udgivelse.")
    },
    stop_it_there: "Der kan kun køre én: Stop den dér for at køre den her.",
};

/// Why the router refuses everything, and what becomes of the messages.
pub(super) fn refuses(reason: &NotReady) -> String {
    let reason = match reason {
        NotReady::NothingPublished => "Der er ingen udgivne regler.".to_owned(),
        NotReady::Stopping => "Routeren er ved at stoppe.".to_owned(),
        NotReady::PublicationNotRead => "Den nyeste udgivelse kan ikke læses.".to_owned(),
        NotReady::Journal(JournalError::Gone) => {
            "Databasen er slettet, flyttet eller erstattet. Læg den tilbage, eller start routeren igen med den, der er der nu.".to_owned()
        }
        NotReady::Journal(JournalError::DiskFull) => "Disken er fuld. Gør plads, hvor databasen ligger.".to_owned(),
        NotReady::Journal(JournalError::Locked) => {
            "Et andet program har låst databasen. Afslut det program.".to_owned()
        }
        NotReady::Journal(JournalError::Refused(reason)) => format!("Journalen kan ikke skrives ({reason})."),
        NotReady::Journal(JournalError::Unreachable(reason)) => format!("Databasen kan ikke nås ({reason})."),
        NotReady::Journal(JournalError::Elsewhere) => "En anden router afleverer meddelelsen lige nu.".to_owned(),
        NotReady::Journal(JournalError::CommitsLost) => {
            "Databasen mangler noget, den havde bekræftet: Den er genoprettet, eller en anden server tog over for tidligt. En \
             meddelelse, der er accepteret imens, kan gå til et andet fagsystem. Se, hvad der mangler, og start så routeren igen.".to_owned()
        }
        NotReady::Journal(JournalError::TakenOver) => {
            "Databasen kunne ikke nås så længe, at meddelelsen er gået over til en anden router.".to_owned()
        }
        NotReady::Journal(JournalError::Ended) => "Journalen er standset. Start routeren igen.".to_owned(),
    };
    format!("{reason} Digital Post gemmer posten imens og sender den igen.")
}
