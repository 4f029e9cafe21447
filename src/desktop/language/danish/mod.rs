mod access;
mod authorities;
mod changes;
mod contact_points;
mod effects;
mod fagsystems;
mod files;
mod hindrances;
mod input;
mod kle;
mod messages;
mod overview;
mod protection;
mod rules;
mod sheets;

use std::io;

use jiff::Timestamp;

use super::format::{date_text, moment_text};
use super::{
    CalendarTexts, Error, FieldTexts, MessageColumns, PaletteTexts, RouterTexts, Texts, WelcomeTexts, days_since,
    grouped,
};
use crate::clock;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::preferences::PreferencesError;
use crate::exchange::SheetError;
use crate::router::{NotReady, RouterError};
use crate::rules::SenderKind;
use crate::store::{JournalError, Program, RunningRouter, StoreError};
use crate::training::{DeliveryError, SampleLetter};

pub(super) static TEXTS: Texts = Texts {
    window_title: "Postfordeler",
    authority: "Myndighed",
    other_language: "English",
    other_theme: |is_dark| if is_dark { "Lyst" } else { "Mørkt" },
    save: "Gem i kladden",
    cancel: "Annullér",
    close: "Luk (Esc)",
    take_back: "Fortryd",
    redo: "Gentag",
    publish: "Udgiv …",
    cannot_open: "Postfordeler kan ikke åbne sine data",
    unsaved: "Gem (Ctrl+S) eller annullér først det, du er i gang med.",
    router_not_started: "Routeren er ikke startet: Efter opdateringen vides det ikke, om den kørte i vinduet eller i et andet program. \
                         Tryk Start på siden Router, hvis den skal køre her.",
    drop_form: "Annullér uden at gemme",
    changed_elsewhere: |publication| format!("Reglerne er ændret et andet sted; udgivelse {publication} gælder nu."),
    edit: changes::edit,
    undone: |edit| format!("Fortrudt: {}", changes::edit(edit)),
    cannot_undo: |obstacle| format!("Kan ikke fortrydes: {}", changes::obstacle(obstacle)),
    cannot_redo: |obstacle| format!("Kan ikke gentages: {}", changes::obstacle(obstacle)),
    undo_of: |edit| format!("Fortryd: {edit} (Ctrl+Z)"),
    redo_of: |edit| format!("Gentag: {edit} (Ctrl+Shift+Z)"),
    nothing_to_undo: "Intet at fortryde",
    nothing_to_redo: "Intet at gentage",
    mark: |mark| match mark {
        Mark::New => "Ny i kladden, ikke udgivet",
        Mark::Changed => "Ændret i kladden, ikke udgivet",
    },
    marked: |mark, count| match (mark, count) {
        (Mark::New, 1) => "1 ny i kladden".to_owned(),
        (Mark::New, _) => format!("{count} nye i kladden"),
        (Mark::Changed, 1) => "1 ændret i kladden".to_owned(),
        (Mark::Changed, _) => format!("{count} ændrede i kladden"),
    },
    unpublished: |count| match count {
        0 => "Alt er udgivet".to_owned(),
        1 => "1 ændring ikke udgivet".to_owned(),
        _ => format!("{count} ændringer ikke udgivet"),
    },
    number: |number| grouped(number, '.'),
    ago,
    as_user: |name| if name.is_empty() { String::new() } else { format!("som {name}") },
    error,
    fields: FieldTexts {
        missing: "Skal udfyldes",
        choose: "Vælg …",
        date_placeholder: "dd-mm-åååå",
        not_a_date: "Skriv fx 25-10-2020",
        no_such_date: "Den dato findes ikke",
        no_fagsystem: "Vælg et fagsystem",
        comma: "Skriv punktum mellem tallene: 27.36",
        ends_before_start: "Ligger før startdatoen",
        not_a_priority: "Skriv et helt tal fra 1 til 4.294.967.295",
        priority_taken: |names, by, free| {
            let taken = format!("Prioritet {} har reglen om {}", by.priority, rules::what(names, by));
            match free {
                [] => taken,
                [one] => format!("{taken}. Ledig tæt på: {one}"),
                [lower, higher, ..] => format!("{taken}. Ledige tæt på: {lower} og {higher}"),
            }
        },
        calendar: "Vælg i kalender",
        not_a_cvr: "Et CVR-nummer har otte cifre",
        not_a_number: |name| match name {
            "FORM" => "Skriv et FORM-nummer som 26.05 eller et interval som 26.05 - 26.10".to_owned(),
            _ => "Skriv et KLE-nummer som 27.36 eller et interval som 31 - 35".to_owned(),
        },
        backwards: "Intervallet slutter, før det begynder",
    },
    calendar: CalendarTexts {
        months: [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        weekdays: ["ma", "ti", "on", "to", "fr", "lø", "sø"],
        week: "Uge",
        previous: "Forrige måned (Page Up)",
        next: "Næste måned (Page Down)",
        today: "I dag",
    },
    welcome: WelcomeTexts {
        title: "Velkommen til Postfordeler",
        about: "Her bestemmer I, hvilket fagsystem der modtager jeres Digital Post, og her kan I prøve reglerne af, før \
                de gælder.",
        sample: "Prøv det først",
        sample_about: "Eksempelby Kommune er opdigtet. Intet forlader denne maskine.",
        sample_points: [
            "Fem fagsystemer, der svarer",
            "Ti fordelingsregler at se på og ændre",
            "En router, der kører på denne maskine",
            "Eksempelmeddelelser at sende",
        ],
        begin_sample: "Start med eksempelkommune",
        own: "Opret jeres egen myndighed",
        name: "Myndighedens navn",
        name_example: "Eksempel Kommune",
        cvr: "CVR-nummer",
        fagsystem: "Opsamlingssystem (får den post, ingen regel tager)",
        make: "Opret myndighed",
        made: |name| format!("{name} oprettet"),
        sample_ready: "Eksempelby Kommune er klar",
        other_port: |address| {
            format!("Eksempelby Kommune er klar. Port 8606 er optaget, så routeren bruger {address}.")
        },
        files: "Har I det i filer?",
        files_about: "En Excel-mappe med arkene Myndighed, Fagsystemer og Regler, eller en konfiguration. Tag gerne \
                      kontaktstrukturen og KLE-planen med i samme valg.",
        make_template: "Lav en tom Excel-mappe at udfylde",
        template_name: "postfordeler-skabelon",
        template_made: |path| format!("Den tomme mappe er {path}. Udfyld den, gem den, og vælg »Læs«."),
        in_files: |names| format!("Det er der i {names}"),
        holds: |authority| {
            let counted = |count: usize, one: &str, many: &str| match count {
                1 => format!("1 {one}"),
                _ => format!("{count} {many}"),
            };
            format!(
                "CVR {}: {}, {} og {}",
                authority.cvr,
                counted(authority.fagsystems.len(), "fagsystem", "fagsystemer"),
                counted(authority.contact_points.len(), "kontaktpunkt", "kontaktpunkter"),
                counted(authority.rules.len(), "regel", "regler")
            )
        },
        no_authority: "Der er ingen myndighed med fagsystemer i filerne. Opret den ved siden af, så kommer det, der er \
                       læst, med. Eller udfyld arkene Myndighed og Fagsystemer i Excel-mappen, og læs igen.",
        begin_with_files: "Begynd med det",
        begin_hint_running: "Det bliver den første udgivelse, og routeren, der kører, følger den med det samme.",
        router_runs: |by| format!("{} Den afviser alt, til de første regler er udgivet.", elsewhere(by)),
        no_sample: "Kan ikke startes, mens en router kører på disse data: Den kan få rigtig post. Stop den, eller åbn \
                    Postfordeler med --data på en anden mappe.",
        begin_hint: "Det bliver den første udgivelse. Ingen post modtages, før du starter routeren.",
    },
    rules: rules::TEXTS,
    fagsystems: fagsystems::TEXTS,
    contact_points: contact_points::TEXTS,
    authorities: authorities::TEXTS,
    kle: kle::TEXTS,
    files: files::TEXTS,
    messages: messages::TEXTS,
    access: access::TEXTS,
    router: RouterTexts {
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
        elsewhere: |by| format!("{} Der kan kun køre én: Stop den dér for at køre den her.", elsewhere(by)),
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
        count: |count, are_more| match count {
            _ if are_more => format!("de nyeste {count}"),
            1 => "1 meddelelse".to_owned(),
            _ => format!("{count} meddelelser"),
        },
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
    },
    overview: overview::TEXTS,
    changes: changes::TEXTS,
    effects: effects::TEXTS,
    history: changes::HISTORY,
    palette: PALETTE,
    input: input::INPUT,
};

/// "postfordeler serve (proces 4711) har kørt den siden …", as a sentence.
fn elsewhere(by: Option<&RunningRouter>) -> String {
    let Some(by) = by else {
        return "Et andet program kører routeren på disse data. Det siger ikke selv hvilket eller hvor.".to_owned();
    };
    let (program, since) = (program(by), moment_text(by.since));
    match (by.address, by.publication) {
        (None, _) => format!("{program} er ved at starte den, siden {since}."),
        (Some(address), Some(publication)) => {
            format!("{program} kører den på {address} siden {since} og følger udgivelse {publication}.")
        }
        (Some(address), None) => format!("{program} kører den på {address} siden {since} og følger ingen udgivelse."),
    }
}

fn program(by: &RunningRouter) -> String {
    let program = match by.program {
        Some(Program::Window) => "Et andet vindue",
        Some(Program::Serve) => "»postfordeler serve«",
        None => "Et andet program",
    };
    format!("{program} (proces {})", by.process)
}

fn error(error: &Error) -> String {
    match error {
        Error::Store(error) => store_error(error),
        Error::Router(error) => match &**error {
            RouterError::Protection(error) => protection::error(error),
            RouterError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                format!("{address} er optaget af et andet program. Vælg en anden adresse.")
            }
            RouterError::Listen { address, source } => {
                format!(
                    "Kan ikke lytte på {address} ({source}). Vælg en anden adresse, eller stop det, der bruger den."
                )
            }
            RouterError::Store(error) => store_error(error),
            RouterError::Courier(error) => format!("Kan ikke gøre klar til at aflevere: {error}"),
        },
        Error::Faults(faults) => format!("Reglerne modsiger hinanden, og intet er ændret: {faults}"),
        Error::Delivery(DeliveryError::Nobody(_)) => "Routeren svarer ikke. Start den, og prøv igen.".to_owned(),
        Error::Delivery(_) => "Der kom ingen kvittering fra routeren.".to_owned(),
        Error::Practice(address) => {
            format!("Øvelsesfagsystemerne kan ikke starte: {address} bruges af et andet program.")
        }
        Error::Sheet(error) => match &**error {
            SheetError::File { path, source } => format!("Filen {} kan ikke skrives: {source}", path.display()),
            SheetError::Excel { path, source } => format!("Filen {} kan ikke skrives: {source}", path.display()),
        },
        Error::CellTooLong { path, place } => format!(
            "{} kan ikke skrives: Teksten i {place} er længere end de 32.767 tegn, en celle i Excel har plads til. Forkort den.",
            path.display()
        ),
        Error::FileExists(path) => {
            format!("Filen {} findes allerede. Vælg et andet navn.", path.display())
        }
        Error::Keys(error) => protection::key_error(error),
        Error::Secrets(error) => access::error(error),
        Error::Preferences(PreferencesError::Unreadable { path, reason }) => format!(
            "Det, du har valgt for dig selv (sprog, udseende, lister), kan ikke læses i {} ({reason}). Vinduet er, som det \
             er fra begyndelsen. Vælger du noget nyt, lægges filen til side.",
            path.display()
        ),
        Error::Preferences(PreferencesError::Unwritable { path, reason }) => format!(
            "Det, du har valgt for dig selv, gælder kun, til vinduet lukkes: {} kan ikke skrives ({reason}).",
            path.display()
        ),
        Error::File { path, reason } => format!("{path} kan ikke læses: {reason}"),
        Error::Lost => "Det lykkedes ikke. Prøv igen.".to_owned(),
    }
}

fn refuses(reason: &NotReady) -> String {
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
        NotReady::Journal(JournalError::Ended) => "Journalen er standset. Start routeren igen.".to_owned(),
    };
    format!("{reason} Digital Post gemmer posten imens og sender den igen.")
}

fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::Directory { path, source } => format!("Mappen {} kan ikke bruges: {source}", path.display()),
        StoreError::Newer(path) => format!(
            "Databasen {} er skrevet af en nyere Postfordeler. Installér den version eller en senere.",
            path.display()
        ),
        StoreError::Damaged { path, reason } => format!(
            "Databasen {} er beskadiget ({reason}). Den er ikke ændret: Læg en sikkerhedskopi tilbage, eller flyt den \
             for at begynde forfra – begge dele sammen med filerne ved siden af, der ender på -wal og -shm.",
            path.display()
        ),
        StoreError::LeftBehind { path, left } => format!(
            "Databasen {} er væk, men {} er der stadig. Læg databasen tilbage, eller flyt også den fil.",
            path.display(),
            left.display()
        ),
        StoreError::Gone(path) => format!(
            "Databasen {} er slettet, flyttet eller udskiftet, siden den blev åbnet. Intet er skrevet. Læg den tilbage, \
             eller start programmet igen med den, der er der nu.",
            path.display()
        ),
        StoreError::CommitsLost { path, lost, marker } => format!(
            "Databasen {} mangler journalens sidste {lost} ændringer. De stod i filen {}-wal, som er væk, siden routeren blev \
             slået ihjel. Læg den fil tilbage, hvis der er en kopi. Vil du fortsætte uden, så slet {}: Det, der blev \
             accepteret, afleveres igen, hvis det sendes igen.",
            path.display(),
            path.display(),
            marker.display()
        ),
        StoreError::NoPlainFile(path) => format!(
            "{} er ikke en almindelig fil, men et link, et rør eller en mappe. Den er ladt i fred. Flyt den væk, og start igen.",
            path.display()
        ),
        StoreError::Overtaken => {
            "Reglerne er imens ændret et andet sted, og intet er gemt. Se dem, som de er nu, og prøv igen.".to_owned()
        }
        StoreError::RouterRuns { path, by } => format!(
            "En anden router kører allerede på mappen {}. {} To kunne levere den samme meddelelse to gange: Stop den anden, \
             eller giv denne en mappe for sig.",
            path.display(),
            elsewhere(by.as_ref())
        ),
        StoreError::OlderRouterRuns(path) => format!(
            "En router fra en ældre udgave af Postfordeler bruger mappen {} og kan ikke skrive mere, når databasen er bragt \
             ajour. Intet er ændret: Stop den router, og start igen.",
            path.display()
        ),
        StoreError::Guards(guards) => guards.iter().map(protection::damaged).collect::<Vec<_>>().join(" "),
        StoreError::NoThread(error) => format!("Journalen kan ikke startes: {error}"),
        StoreError::Database(error) => format!("Databasen siger nej: {error}"),
    }
}

const PALETTE: PaletteTexts = PaletteTexts {
    button: "Søg eller udfør …  Ctrl+K",
    placeholder: "Skriv, hvad du vil gøre, eller et ord fra en regel",
    nothing: "Ingen kommando og ingen regel har alle de ord.",
    open: "Redigér reglen",
    move_up: "Flyt op",
    move_down: "Flyt ned",
    choose_all: "Vælg alle regler på listen",
    publish: "Udgiv kladden",
    go_to: |title| format!("Gå til {title}"),
    sort_by: |title| format!("Sortér efter {title}"),
    filter: |name| format!("Filtrér på {name}"),
    larger: "Gør alting større",
    smaller: "Gør alting mindre",
    usual_size: "Almindelig størrelse",
    other_theme: "Skift mellem lyst og mørkt",
};

fn ago(then: Timestamp, now: Timestamp) -> String {
    match days_since(then, now) {
        ..=0 => "I dag".to_owned(),
        1 => "I går".to_owned(),
        days @ 2..=6 => format!("{days} dage siden"),
        _ => date_text(clock::in_denmark(then).date()),
    }
}
