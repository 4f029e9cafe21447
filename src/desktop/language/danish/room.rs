//! The progress of a room, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::room::{LearntLine, RoomColumns, RoomTexts};
use crate::store::Gathered;
use crate::training::{ProgressFault, ProgressFile, ProgressFileError};

pub(super) const TEXTS: RoomTexts = RoomTexts {
    save: "Gem fremskridt …",
    save_about: "Fremskridtet på denne maskine gemmes i én lille fil (.pffremgang), som kan bæres til underviserens maskine, fx på \
                 en USB-nøgle. Den rummer navne, opgaver, tal og tidspunkter.",
    file_name: "fremskridt",
    saved: |path| format!("Fremskridtet er gemt i {path}"),
    nothing_to_save: "Ingen er begyndt på en opgave på denne maskine, så der er intet fremskridt at gemme.",
    gather: "Hent fremskridt …",
    gather_about: "Vælg filerne (.pffremgang) fra de andre maskiner, gerne mange på én gang; de kan også slippes på vinduet. Den samme \
                   fil to gange ændrer intet, og en nyere fra samme maskine erstatter den ældre.",
    take: "Hent",
    taking: "Henter …",
    gathered: |gathered| match gathered {
        Gathered::Added => "hentet.",
        Gathered::Replaced => "hentet i stedet for den ældre fra samme maskine.",
        Gathered::Known => "var hentet i forvejen. Intet er ændret.",
        Gathered::Older => {
            "er ældre end det, der er hentet fra samme maskine. Intet er ændret. Fjern det, hvis den ældre skal gælde."
        }
        Gathered::Own => "er gemt på denne maskine, hvis fremskridt allerede er med. Intet er ændret.",
    },
    not_gathered: |why| format!("Ikke hentet. {why}"),
    full: |most| {
        format!("Der er hentet fra {most} maskiner, og der er ikke plads til flere. Fjern nogle af dem først.")
    },
    only_in_training: "Filen er fremskridt fra en maskine i en øvelse. Fremskridt hentes ind på Opgaver i øvelsen. Åbn den med Ctrl+K, »Åbn øvelsen«.",
    machines: "Hentet fra andre maskiner",
    nameless_machine: "En maskine uden navn",
    machine: |name, learners, saved| format!("{name}: {learners}, gemt {saved}"),
    learners: counted("1 deltager", |count| format!("{count} deltagere")),
    remove: "Fjern",
    remove_all: "Fjern alle …",
    really_remove_all: "Fjern alt, der er hentet fra andre maskiner? Det kan hentes igen fra filerne. Denne maskines fremskridt bliver.",
    yes_remove_all: "Ja, fjern alle",
    keep: "Behold dem",
    removed: |name| format!("Fremskridtet fra {name} er fjernet"),
    removed_all: "Det hentede er fjernet",
    everybody: "Deltagere",
    summary: |learners, has_own, machines| match (has_own, machines) {
        (_, 0) => format!("{learners} på denne maskine."),
        (true, 1) => format!("{learners}, fra denne maskine og 1 anden."),
        (true, machines) => format!("{learners}, fra denne maskine og {machines} andre."),
        (false, 1) => format!("{learners} fra 1 anden maskine."),
        (false, machines) => format!("{learners} fra {machines} andre maskiner."),
    },
    files: counted("1 fil", |count| format!("{count} filer")),
    this_machine: "denne maskine",
    at: |who, machine| format!("{who} ({machine})"),
    solved_of: |solved, of| format!("{solved} af {of} løst"),
    hints: counted("1 vink", |count| format!("{count} vink")).or_none("ingen vink"),
    checks: counted("1 tjek", |count| format!("{count} tjek")).or_none("ingen tjek"),
    strange_lesson: |id| format!("Opgaven »{id}«, som ikke er hentet her"),
    line,
    columns: RoomColumns { lessons: "Opgaver", hints: "Vink", checks: "Tjek", last: "Senest løst", when: "Løst" },
    rules_of: |rules, par| match par {
        Some(par) => format!("{rules} (færrest: {par})"),
        None => rules.to_string(),
    },
    not_solved: "Ikke løst",
    fewest: "Opgaverne, og de færreste regler, de kan løses med:",
    one_by_one: "Opgave for opgave",
    error,
};

fn line(line: &LearntLine<'_>) -> String {
    let LearntLine { solved, rules, par, hints, checks } = line;
    match (solved, par) {
        (None, _) => format!("Ikke løst endnu. {}, {hints}.", capital(checks)),
        (Some(day), Some(par)) => format!("Løst {day} med {rules} (færrest: {par}). {}, {hints}.", capital(checks)),
        (Some(day), None) => format!("Løst {day} med {rules}. {}, {hints}.", capital(checks)),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn error(error: &ProgressFileError) -> String {
    match error {
        ProgressFileError::TooLarge => {
            format!("Filen er for stor. Fremskridt fylder højst {} MB.", ProgressFile::MOST_BYTES >> 20)
        }
        ProgressFileError::NotOurs => format!(
            "Filen er ikke fremskridt fra en maskine. Vælg en fil, der er gemt på Opgaver med »Gem fremskridt« (.{}).",
            ProgressFile::ENDING
        ),
        ProgressFileError::Newer(version) => format!(
            "Fremskridtet er gemt af en nyere udgave af Postfordeler (version {version} af formatet). Opdatér programmet her."
        ),
        ProgressFileError::Damaged { line, column } => {
            format!(
                "Linje {line}, tegn {column}: Filen er beskadiget eller skåret over. Gem fremskridtet igen på maskinen."
            )
        }
        ProgressFileError::Foreign { line, column } => format!(
            "Linje {line}, tegn {column}: Det hører ikke til i en fil med fremskridt. Gem fremskridtet igen på maskinen."
        ),
        ProgressFileError::Wrong { place, fault } => {
            format!("{place}: {} Gem fremskridtet igen på maskinen.", self::fault(*fault))
        }
    }
}

fn fault(fault: ProgressFault) -> String {
    match fault {
        ProgressFault::TooMany => format!("Der er flere end {}.", ProgressFile::MOST_LINES),
        ProgressFault::Name => format!("Et navn er højst {} tegn, som alle kan ses.", ProgressFile::LONGEST_NAME),
        ProgressFault::Lesson => "En opgaves id er små bogstaver, cifre og bindestreger.".to_owned(),
        ProgressFault::Moment => "Et tidspunkt skrives 2026-11-24T08:30:00Z og er i årene 2000 til 2199.".to_owned(),
        ProgressFault::HalfSolved => "loest og regler hører sammen; kun det ene er der.".to_owned(),
        ProgressFault::Twice => "Den samme person har den samme opgave to gange.".to_owned(),
    }
}
