use std::io;

use super::{
    CalendarTexts, Change, Element, FagsystemTexts, FieldTexts, MessageColumns, RouterTexts, RuleColumns, RuleStates,
    RuleTexts, Texts, Trouble, WelcomeTexts,
};
use crate::desktop::naming::{date_text, fagsystem_name, value_name};
use crate::router::{Probe, ProbeAnswer, RouterError};
use crate::rules::{Authority, Criterion, PostType, Priority, Rule, Segment, SenderKind, Trouble as RuleTrouble};
use crate::store::{Outcome, StoreError};
use crate::training::{NoReceipt, SampleLetter};

pub(super) static TEXTS: Texts = Texts {
    window_title: "Postfordeler",
    authority: "Myndighed",
    other_language: "English",
    other_theme: |is_dark| if is_dark { "Lyst" } else { "Mørkt" },
    save_and_publish: "Gem og sæt i kraft",
    cancel: "Annullér",
    close: "Luk (Esc)",
    take_back: "Fortryd",
    cannot_open: "Postfordeler kan ikke åbne sine data",
    unsaved: "Gem eller annullér først det, du er i gang med.",
    other_port: |address| format!("Eksempelby Kommune er klar. Port 8606 er optaget, så routeren bruger {address}."),
    changed_elsewhere: |publication| format!("Reglerne er ændret et andet sted; udgivelse {publication} gælder nu."),
    done,
    trouble,
    fields: FieldTexts {
        missing: "Skal udfyldes",
        choose: "Vælg …",
        date_placeholder: "dd-mm-åååå",
        not_a_date: "Skriv datoen som 25-10-2020",
        no_such_date: "Den dato findes ikke",
        no_fagsystem: "Vælg et fagsystem",
        comma: "Skriv punktum mellem tallene: 27.36",
        ends_before_start: "Slutdatoen ligger før startdatoen",
        not_a_priority: "Skriv et helt tal fra 1 og op",
        priority_taken: |priority, free| match free {
            [] => format!("Prioritet {priority} er taget"),
            [one] => format!("Prioritet {priority} er taget. Ledig tæt på: {one}"),
            [lower, higher, ..] => format!("Prioritet {priority} er taget. Ledige tæt på: {lower} og {higher}"),
        },
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
        import: "Har I en konfigurationsfil, så læs den ind med kommandoen: postfordeler import <fil>",
    },
    rules: RuleTexts {
        title: "Fordelingsregler",
        count: |count| match count {
            0 => "Ingen regler".to_owned(),
            1 => "1 regel".to_owned(),
            _ => format!("{count} regler · den øverste, der passer, bestemmer"),
        },
        new: "Ny regel",
        rule: |priority| format!("Regel {priority}"),
        delete: "Slet regel",
        none: "Der er ingen regler endnu: al post går til opsamlingssystemet. Vælg »Ny regel« for at sende noget af den \
               et andet sted hen.",
        otherwise: "Ellers",
        default_recipient: "Alt, som ingen regel tager",
        default_hint: "Opsamlingssystem",
        priority_hint: "1 går forrest: det laveste tal, der passer, bestemmer",
        unfinished: "Når felterne er udfyldt rigtigt, står reglen her som en sætning.",
        shadowed: |by| format!("Reglen får aldrig post: Regel {by} tager alt det, den kunne få."),
        shadows: |rules| format!("{} får herefter ingen post.", listed(rules)),
        overtaken: "Reglen er ændret eller slettet et andet sted, siden du åbnede den.",
        reload: "Hent den, som den er nu",
        is_active: "Reglen er slået til",
        columns: RuleColumns {
            priority: "Prioritet",
            state: "Tilstand",
            segment: "Segment",
            element: "Regelelement",
            value: "Regelværdi",
            fagsystem: "Fagsystem",
            from: "Gyldig fra",
            to: "Gyldig til",
            note: "Note",
        },
        states: RuleStates {
            active: "Aktiv",
            coming: "Kommende",
            expired: "Udløbet",
            switched_off: "Slået fra",
            shadowed: "Skygget",
        },
        segment: |segment| match segment {
            Segment::Everyone => "Alle",
            Segment::Person => "Person",
            Segment::Company => "Virksomhed",
            Segment::Authority => "Myndighed",
        },
        element: |element| match element {
            Element::ContactPoint => "Kontaktpunkt",
            Element::ContactGroup => "Kontaktgruppe",
            Element::SenderCvr => "Afsenders CVR-nr.",
            Element::RecipientCvr => "Modtagers CVR-nr.",
            Element::Kle => "KLE",
            Element::Form => "FORM",
            Element::NoContactPoint => "Uden kontaktpunkt",
        },
        post_type: |post_type| match post_type {
            PostType::Authority => "Myndighedspost",
            PostType::Company => "Virksomhedspost",
            PostType::Unspecified => "Posttype ikke angivet",
        },
        value_placeholder: |element| match element {
            Element::ContactPoint => "Søg på navn, eller skriv id",
            Element::ContactGroup => "Gruppens navn",
            Element::SenderCvr | Element::RecipientCvr => "12345674",
            Element::Kle => "27.36 eller 31 - 35",
            Element::Form => "26.05 eller 26.05 - 26.10",
            Element::NoContactPoint => "",
        },
        value_doubt,
        sentence,
    },
    fagsystems: FagsystemTexts {
        title: "Fagsystemer",
        count: |count| if count == 1 { "1 fagsystem".to_owned() } else { format!("{count} fagsystemer") },
        new: "Nyt fagsystem",
        none: "Der er ingen fagsystemer. Vælg »Nyt fagsystem« for at tilføje det første.",
        name: "Navn",
        id: "Id",
        id_hint: "Kort og fast; reglerne bruger det",
        id_taken: "Et andet fagsystem har dette id",
        endpoint: "Adresse (endpoint)",
        not_an_endpoint: "Skriv en adresse, der begynder med https:// eller http://",
        state: "Tilstand",
        rules: "Regler",
        role: "Rolle",
        active: "Aktivt",
        paused: "På pause",
        is_active: "Fagsystemet modtager post",
        paused_hint: "På pause: Posten bliver i Digital Post og sendes igen senere. Den går ikke til et andet system.",
        overtaken: "Fagsystemet er ændret eller slettet et andet sted, siden du åbnede det.",
        default: "Opsamlingssystem",
        make_default: "Gør til opsamlingssystem",
        delete: "Slet fagsystem",
        needed_as_default: "Kan ikke slettes: Det er opsamlingssystem.",
        needed_by_rules: |rules| match rules {
            1 => "Kan ikke slettes: 1 regel sender til det.".to_owned(),
            _ => format!("Kan ikke slettes: {rules} regler sender til det."),
        },
        probe: "Afprøv forbindelse",
        probing: |endpoint| format!("Spørger {endpoint} …"),
        probed,
    },
    router: RouterTexts {
        title: "Router",
        publication: |number| format!("Udgivelse {number} er i kraft"),
        start: "Start",
        stop: "Stop",
        is_stopped: "Stoppet",
        is_starting: "Starter …",
        is_running: "Kører",
        is_stopping: "Stopper …",
        has_failed: "Kan ikke køre",
        receives_at: |address| format!("Modtager meddelelser på http://{address}/memo"),
        stopped_hint: "Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.",
        not_an_address: "Skriv en adresse på denne maskine, fx 127.0.0.1:8606",
        connect_limit: "sek. til forbindelse",
        answer_limit: "sek. til svar",
        not_seconds: "Skriv tidsfristerne i hele sekunder fra 1 til 3600",
        practice: "Øvelse",
        practice_hint: "Opdigtet post, der går gennem routeren derhen, hvor reglerne siger.",
        practice_waits: "Start routeren for at sende.",
        send: "Send eksempelmeddelelse",
        letter: |letter| match letter {
            SampleLetter::NurseryPlace => "Borger søger vuggestueplads",
            SampleLetter::BuildingPermit => "Virksomhed søger byggetilladelse",
            SampleLetter::SicknessBenefit => "Borger skriver om sygedagpenge",
            SampleLetter::AdvancePayment => "Myndighed giver besked om forskud",
            SampleLetter::RefundClaim => "Virksomhed søger refusion",
            SampleLetter::ToTheMayor => "Borger skriver til borgmesteren",
        },
        messages: "Meddelelser",
        count: |count| match count {
            crate::desktop::services::MOST_ROWS => format!("de nyeste {count}"),
            1 => "1 meddelelse".to_owned(),
            _ => format!("{count} meddelelser"),
        },
        none: "Der er ikke kommet meddelelser endnu. De står her, så snart routeren modtager dem.",
        none_in_practice: "Der er ikke kommet meddelelser endnu. Vælg »Send eksempelmeddelelse«, og se den komme frem.",
        by_default: "Opsamling",
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
        outcome: |outcome| match outcome {
            Outcome::Accepted => "Accepteret",
            Outcome::Rejected => "Afvist",
            Outcome::Unavailable => "Utilgængeligt",
            Outcome::Invalid => "Ugyldig",
            Outcome::NemSms => "NemSMS",
            Outcome::TooLarge => "For stor",
            Outcome::UnknownRecipient => "Ukendt modtager",
            Outcome::NotAllowed => "Ikke godkendt",
            Outcome::BrokenOff => "Afbrudt",
        },
    },
};

fn done(change: &Change) -> String {
    match change {
        Change::RuleAdded(priority) => format!("Regel {priority} er tilføjet og i kraft"),
        Change::RuleChanged(priority) => format!("Regel {priority} er ændret og i kraft"),
        Change::RuleDeleted(priority) => format!("Regel {priority} er slettet"),
        Change::FagsystemAdded(name) => format!("Fagsystemet {name} er tilføjet"),
        Change::FagsystemChanged(name) => format!("Fagsystemet {name} er ændret"),
        Change::FagsystemDeleted(name) => format!("Fagsystemet {name} er slettet"),
        Change::DefaultChosen(name) => format!("{name} er nu opsamlingssystem"),
        Change::AuthorityMade(name) => format!("{name} er oprettet"),
        Change::SampleBegun => "Eksempelby Kommune er klar".to_owned(),
        Change::TakenBack => "Ændringen er taget tilbage".to_owned(),
    }
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Store(error) => store_trouble(error),
        Trouble::Router(error) => match &**error {
            RouterError::NotLoopback(address) => format!(
                "Routeren lytter kun på denne maskine (127.0.0.1), for den kontrollerer endnu ikke, hvem der afleverer. \
                 {address} kan nås af andre."
            ),
            RouterError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                format!("{address} er optaget af et andet program. Vælg en anden adresse.")
            }
            RouterError::Listen { address, source } => {
                format!(
                    "Kan ikke lytte på {address} ({source}). Vælg en anden adresse, eller stop det, der bruger den."
                )
            }
            RouterError::Store(error) => store_trouble(error),
            RouterError::Courier(error) => format!("Kan ikke gøre klar til at aflevere: {error}"),
        },
        Trouble::Faults(faults) => format!("Reglerne modsiger hinanden, og intet er ændret: {faults}"),
        Trouble::NoReceipt(NoReceipt::Nobody(_)) => "Routeren svarer ikke. Start den, og prøv igen.".to_owned(),
        Trouble::NoReceipt(_) => "Der kom ingen kvittering fra routeren.".to_owned(),
        Trouble::Practice(address) => {
            format!("Øvelsesfagsystemerne kan ikke starte: {address} bruges af et andet program.")
        }
        Trouble::Lost => "Det lykkedes ikke. Prøv igen.".to_owned(),
    }
}

fn store_trouble(error: &StoreError) -> String {
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
        StoreError::Overtaken => {
            "Reglerne er imens ændret et andet sted, og intet er gemt. Se dem, som de er nu, og prøv igen.".to_owned()
        }
        StoreError::NoThread(error) => format!("Journalen kan ikke startes: {error}"),
        StoreError::Database(error) => format!("Databasen siger nej: {error}"),
    }
}

fn value_doubt(doubt: &RuleTrouble) -> Option<&'static str> {
    match doubt {
        RuleTrouble::UnlistedContactPoint(_) => Some("Kontaktpunktet står ikke på listen"),
        RuleTrouble::UnlistedContactGroup(_) => Some("Gruppen står ikke på listen"),
        RuleTrouble::CheckDigit(_) => Some("Kontrolcifferet passer ikke"),
        _ => None,
    }
}

/// "Regel 10" or "Reglerne 10, 20 og 30".
fn listed(rules: &[Priority]) -> String {
    match rules {
        [one] => format!("Regel {one}"),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(ToString::to_string).collect();
            format!("Reglerne {} og {last}", others.join(", "))
        }
        [] => String::new(),
    }
}

fn sentence(authority: &Authority, rule: &Rule) -> String {
    let who = match rule.segment {
        Segment::Everyone => "",
        Segment::Person => " fra personer",
        Segment::Company => " fra virksomheder",
        Segment::Authority => " fra myndigheder",
    };
    let value = value_name(authority, &rule.criterion).unwrap_or_default();
    let what = match &rule.criterion {
        Criterion::ContactPoint(_) => format!("til kontaktpunktet {value}"),
        Criterion::ContactGroup(_) => format!("til kontaktgruppen {value}"),
        Criterion::SenderCvr(_) => format!("fra CVR-nr. {value}"),
        Criterion::RecipientCvr(_) => format!("til CVR-nr. {value}"),
        Criterion::Kle(_) => format!("med KLE {value}"),
        Criterion::Form(_) => format!("med FORM {value}"),
        Criterion::NoContactPoint(PostType::Authority) => {
            "uden kontaktpunkt og med posttypen myndighedspost".to_owned()
        }
        Criterion::NoContactPoint(PostType::Company) => "uden kontaktpunkt og med posttypen virksomhedspost".to_owned(),
        Criterion::NoContactPoint(PostType::Unspecified) => "uden kontaktpunkt og posttype".to_owned(),
    };
    let fagsystem = fagsystem_name(authority, &rule.fagsystem);
    let from = date_text(rule.validity.from());
    let until = rule.validity.to().map(|to| format!(" til og med {}", date_text(to))).unwrap_or_default();
    let off = if rule.active { "" } else { " Reglen er slået fra." };
    format!("Post {what}{who} går til {fagsystem} fra {from}{until}.{off}")
}

fn probed(endpoint: &str, probe: &Probe) -> String {
    match &probe.answer {
        ProbeAnswer::Answered(status) => {
            let took = match probe.took.as_millis() {
                0 => "under 1 ms".to_owned(),
                milliseconds => format!("{milliseconds} ms"),
            };
            format!("{endpoint} svarede på {took} (HTTP {status}). Der er ikke afleveret noget.")
        }
        ProbeAnswer::TooSlow => format!("{endpoint} svarede ikke i tide."),
        ProbeAnswer::Unreachable(reason) if reason.contains("refused") => format!("Ingen svarer på {endpoint}."),
        ProbeAnswer::Unreachable(reason) => format!("Ingen forbindelse til {endpoint}: {reason}"),
    }
}
