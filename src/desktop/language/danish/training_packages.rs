//! Training packages, in Danish.

use super::files::file_problem;
use super::grammar::{RULES, counted};
use super::try_message::memo;
use crate::desktop::language::texts::training_packages::TrainingPackageTexts;
use crate::exchange::FileFaults;
use crate::store::PastError;
use crate::training::{JournalFault, PackageFault, PackageLimits, TrainingPackageError};

pub(super) const TEXTS: TrainingPackageTexts = TrainingPackageTexts {
    kind: "Øvelsespakke",
    hint: "Til undervisning: reglerne med øvelsesfagsystemer og, hvad du vælger her, i én fil. Den åbnes kun i øvelsen.",
    file_name: "oevelsespakke",
    name: "Navn",
    name_example: "Fx Fordelingsregler for begyndere",
    journal: "Journalen, gjort anonym",
    journal_hint: "Afsendere, meddelelser, ukendte kontaktpunkter og datoer erstattes af tilfældige. Ugedag og time bliver.",
    days: |days| match days {
        0 => "Ingen".to_owned(),
        days => format!("De sidste {days} dage"),
    },
    messages: "Meddelelser",
    no_messages: "Ingen",
    made_messages: "Opdigtede",
    own_messages: "Fra en mappe",
    own_messages_hint: "De lægges i pakken, som de er. Tag aldrig rigtige meddelelser med.",
    count: "Hvor mange",
    count_error: |most| format!("Skriv et tal fra 1 til {most}."),
    seed: "Startværdi",
    seed_hint: "Det samme tal giver de samme meddelelser.",
    seed_error: "Skriv et helt tal.",
    directory: "Mappe",
    directory_error: "Skriv eller vælg mappen med meddelelserne (.xml).",
    lesson: "Opgave (kan udelades)",
    lesson_example: "Sti til en opgave (.toml)",
    browse: "Vælg …",
    rename: "Giv myndighederne opdigtede navne og CVR-numre, og kontaktpunkterne nye id'er",
    replace_texts: "Erstat kontaktpunkternes titler, beskrivelser og grupper",
    keep_notes: "Behold noter og kontaktpersoner (de kan nævne mennesker)",
    privacy: "Adresser, adgange og nøgler er aldrig med. Læs pakken igennem, før du giver den videre: Vejledningen siger, hvad \
              der bliver tilbage.",
    written: |path, messages, calls| format!("Skrevet til {path}: {messages} og {calls} fra journalen"),
    left_out: |count| format!("De ældste {count} kald er ikke med: En pakke har plads til {}.", PackageLimits::CALLS),
    message_count: counted("1 meddelelse", |count| format!("{count} meddelelser")),
    call_count: counted("1 kald", |count| format!("{count} kald")),
    rule_count: RULES,
    title: |name| if name.is_empty() { "Øvelsespakke".to_owned() } else { format!("Øvelsespakke: {name}") },
    has_lesson: "En opgave",
    in_list: "Regler, opgave, meddelelser og journal til øvelsen (.pfoevelse), hentes for sig",
    contents: "I pakken",
    calls: "Kald i journalen",
    about_here: "Øvelsen begynder forfra med pakken: Regler, kladde, udgivelser, journal og indstillinger fra øvelsen nu går tabt. \
                 Nulstil går derefter tilbage til pakken.",
    about_real: "Pakken kan kun åbnes i øvelsen, som har sine egne data: Her ændres intet. Øvelsen begynder forfra med den.",
    place: |directory| format!("Opgave og meddelelser lægges i mappen {directory}."),
    begin_here: "Begynd øvelsen med pakken",
    begin_there: "Åbn pakken i øvelsen",
    leave: "Lad være",
    alone: "En øvelsespakke åbnes alene. Vælg kun den.",
    first: "En øvelsespakke åbnes i øvelsen. Vælg »Åbn øvelsen«, og hent pakken ind på Filer dér.",
    start: "Øvelsens begyndelse",
    start_about: "Nulstil går tilbage til det, øvelsen begyndte med: Eksempelby Kommune eller en øvelsespakke, der er åbnet her.",
    start_sample: "Begynd med Eksempelby Kommune",
    error,
    fault,
    no_chance: "Intet er skrevet: Systemet giver ingen tilfældige tal, og uden dem kan intet gøres anonymt. Prøv igen, eller brug en \
                anden maskine.",
    no_past: |error| match error {
        PastError::NotEmpty => {
            "Øvelsen fik ingen post fra dagene før: Der stod allerede noget i dens journal. Vælg Nulstil for at begynde forfra."
        }
        PastError::NotThePast | PastError::Store(_) => {
            "Øvelsen fik ingen post fra dagene før: Posten er ikke i tidens orden eller ikke fra før nu. Se efter, om maskinens ur \
             går rigtigt, og vælg Nulstil."
        }
    },
    nothing_published: "Øvelsen fik ingen post fra dagene før: Der var ingen regler at fordele den efter. Vælg Nulstil for at begynde \
                        forfra.",
    no_messages_in: |path| format!("Der er ingen meddelelser (.xml) i {path}. Vælg en anden mappe."),
    in_use: "Øvelsen er allerede åben i et andet vindue. Åbn pakken på Filer i det vindue, eller luk det, og prøv igen.",
};

fn error(error: &TrainingPackageError) -> String {
    match error {
        TrainingPackageError::Unreadable(reason) => format!("Øvelsespakken kan ikke læses: {reason}"),
        TrainingPackageError::TooLarge => {
            format!("Filen er for stor. En øvelsespakke fylder højst {} MB.", PackageLimits::FILE >> 20)
        }
        TrainingPackageError::NotOurs => {
            "Filen er ikke en øvelsespakke. Vælg en fil, der er skrevet på Filer som øvelsespakke.".to_owned()
        }
        TrainingPackageError::Newer => {
            "Øvelsespakken er fra en nyere udgave af Postfordeler. Opdatér programmet, eller få den skrevet med denne udgave."
                .to_owned()
        }
        TrainingPackageError::Stopped(_) => "Det er stoppet. Intet er ændret.".to_owned(),
        TrainingPackageError::Ambiguous => {
            "Intet er brugt: To dele af øvelsespakken har samme navn, så den siger to ting. Få den skrevet igen på Filer.".to_owned()
        }
        TrainingPackageError::Entry { entry, fault } => {
            format!("Intet er brugt. I øvelsespakken, {entry}: {}", self::fault(fault))
        }
    }
}

fn fault(fault: &PackageFault) -> String {
    match fault {
        PackageFault::Damaged => "Den er beskadiget. Hent filen igen.".to_owned(),
        PackageFault::Packing => {
            "Den er krypteret eller pakket på en anden måde, end øvelsespakker er. Få pakken skrevet igen på Filer."
                .to_owned()
        }
        PackageFault::Missing => "Den mangler.".to_owned(),
        PackageFault::Unknown => "Den hører ikke til i en øvelsespakke.".to_owned(),
        PackageFault::Twice => "Den er der to gange.".to_owned(),
        PackageFault::TooLarge(most) => format!("Den er for stor. Den må fylde {most} byte."),
        PackageFault::TooMany(most) => format!("Der er for mange. Der er plads til {most}."),
        PackageFault::NotText => "Den er ikke tekst i UTF-8.".to_owned(),
        PackageFault::Configuration(faults) => first_of(faults),
        PackageFault::NoAuthority => "Den har ingen myndighed.".to_owned(),
        PackageFault::Message(error) => memo(*error),
        PackageFault::Recipient => "Modtageren er ingen af pakkens myndigheder.".to_owned(),
        PackageFault::Line { line, fault } => format!("Linje {line}: {}", journal_fault(fault)),
    }
}

/// The first fault, and how many more there are.
fn first_of(faults: &FileFaults) -> String {
    let first = faults.0.first().map(|fault| format!("{}: {}", fault.place, file_problem(&fault.problem)));
    let more = faults.0.len().saturating_sub(1);
    let more = if more == 0 { String::new() } else { format!(" Og {more} fejl til.") };
    format!("{}{more}", first.unwrap_or_default())
}

fn journal_fault(fault: &JournalFault) -> String {
    match fault {
        JournalFault::NotAJournal => "Den siger ikke, at det er en journal til øvelse.".to_owned(),
        JournalFault::Newer => "Den er fra en nyere udgave af Postfordeler.".to_owned(),
        JournalFault::TooLong => "Den er længere end noget kald.".to_owned(),
        JournalFault::NotACall(at) => format!("Den er ikke et kald i en journal: Tegn {at} hører ikke til der."),
        JournalFault::Day => format!("dag: Højst {}.", PackageLimits::DAYS),
        JournalFault::Time => "kl: Et klokkeslæt skrives 08:30:00.".to_owned(),
        JournalFault::Outcome => "udfald: Det ord er der ikke.".to_owned(),
        JournalFault::Reason => "grund: Det ord er der ikke.".to_owned(),
        JournalFault::Facts(faults) => format!("fakta.{}", first_of(faults)),
        JournalFault::SentWithoutFacts => "sendt: Intet sendes uden fakta.".to_owned(),
        JournalFault::NoSuchLine(key) => format!("{key}: Der er ingen sådan linje før den."),
        JournalFault::Earlier => "Den er tidligere end linjen før.".to_owned(),
    }
}
