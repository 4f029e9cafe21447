//! *Øvelsesfagsystemer* in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::practice::{InboxColumns, PracticeTexts};
use crate::training::{LetterFate, PracticeMood};

pub(super) const TEXTS: PracticeTexts = PracticeTexts {
    title: "Øvelsesfagsystemer",
    about: "De modtager opdigtet post på denne maskine og intet andet. Indbakkerne tømmes, når vinduet lukkes.",
    all: "Alle",
    add: "Tilføj fagsystem",
    new_name: |number| format!("Øvelsesfagsystem {number}"),
    empty_all: "Tøm indbakker",
    received: counted("1 modtaget", |count| format!("{count} modtaget")).or_none("intet modtaget"),
    missed: counted("1 gik forgæves", |count| format!("{count} gik forgæves")),
    mood: |mood| match mood {
        PracticeMood::Accepts => "Accepterer",
        PracticeMood::Rejects => "Afviser",
        PracticeMood::Slow => "Svarer langsomt",
        PracticeMood::Unclear => "Svarer uklart",
        PracticeMood::Down => "Nede",
        PracticeMood::HangsUp => "Falder ud midt i",
    },
    mood_about: |mood| match mood {
        PracticeMood::Accepts => "Tager imod og kvitterer med det samme.",
        PracticeMood::Rejects => "Tager imod og afviser. Digital Post sender den ikke igen.",
        PracticeMood::Slow => {
            "Kvitterer efter 6 sekunder: senere, end aftalen tillader, men inden for routerens grænse på 30."
        }
        PracticeMood::Unclear => {
            "Svarer ja med noget, der ikke er en kvittering. Routeren kan ikke vide, om meddelelsen er modtaget."
        }
        PracticeMood::Down => "Svarer, at det ikke kan nås. Digital Post gemmer posten og sender den igen.",
        PracticeMood::HangsUp => {
            "Læser begyndelsen og lægger på. Routeren kan ikke vide, om en lille meddelelse nåede frem."
        }
    },
    mixed: "De svarer ikke alle ens. Vælg her, hvordan de alle skal svare.",
    only_in_draft: "kun i kladden",
    nobodys: "intet fagsystem har denne adresse",
    none: |page| format!("Indbakken er tom. Send noget fra siden {page}."),
    no_systems: "Ingen fagsystemer i kladden peger på øvelsesporten. Tilføj et, og lad regler sende til det.",
    elsewhere: "Øvelsesfagsystemerne kører ikke i dette vindue. Kører de i et andet vindue, står indbakkerne dér.",
    start_here: "Start dem her",
    columns: InboxColumns { time: "Tid", fate: "Svar", fagsystem: "Fagsystem", subject: "Meddelelse", bytes: "Byte" },
    fate: |fate| match fate {
        LetterFate::Accepted => "Accepteret",
        LetterFate::Rejected => "Afvist",
        LetterFate::Unclear => "Uklart svar",
        LetterFate::HungUp => "Lagde på",
        LetterFate::Unreadable => "Ikke MeMo",
        LetterFate::BrokenOff => "Afbrudt af afsender",
    },
    no_header: "Brevhovedet kom ikke helt frem",
    no_subject: "Uden emne",
    no_document: "Der kom ingen tekst med.",
    not_text: |name, format| format!("{name} er {format} og kan ikke vises som tekst."),
    is_cut: "Her vises kun begyndelsen.",
    try_out: "Prøv den i reglerne",
    all_in_mood: |mood| format!("Øvelsesfagsystemer, alle: {mood}"),
};
