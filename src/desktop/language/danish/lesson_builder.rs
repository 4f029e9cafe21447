//! The builder of lessons in Danish, and what can be wrong in a lesson's file.

use super::files::file_problem;
use super::grammar::counted;
use crate::desktop::language::texts::lesson_builder::{GoalTexts, LessonBuilderTexts};
use crate::training::{LessonError, LessonProblem, LessonSyntax};

pub(super) const TEXTS: LessonBuilderTexts = LessonBuilderTexts {
    open: "Byg en opgave …",
    title: "Byg en opgave",
    about: "Lav en opgave ved at vise den: Optag, gør det, der løser den, og vælg bagefter, hvad den skal nå.",
    steps: [
        "Sørg for, at reglerne er, som de skal være fra begyndelsen: Det, der er udgivet, når du trykker Optag, er opgavens \
         begyndelse. Sådan som øvelsesfagsystemerne svarer da, svarer de også, når opgaven begynder.",
        "Tryk Optag, og lav løsningen: regler, vagter og pauser, udgivet eller i kladden. Send gerne breve på Trafik imens; de \
         bliver til forslag til mål.",
        "Kom tilbage hertil, og tryk Færdig. Så skriver du titel, tekst og vink, retter målene og gemmer opgaven.",
    ],
    start_now: |rules| format!("Udgivet nu: {rules}. Sådan begynder opgaven."),
    draft_is_solution: |changes| format!("{changes}. Det bliver en del af løsningen."),
    record: "Optag",
    unlike: "Opgaver begynder i Eksempelby Kommune, som den er fra begyndelsen, med de regler, man vil. Her er andet også anderledes, \
             og det kan en opgave ikke begynde med. Nulstil øvelsen, eller lav det om, og udgiv:",
    recording: "Optager en opgave",
    written: "I gang, ikke gemt som fil",
    since: "Siden du begyndte",
    letters: counted("1 brev er modtaget", |count| format!("{count} breve er modtaget"))
        .or_none("Ingen breve er modtaget"),
    nothing_yet: "Reglerne er, som da du begyndte.",
    left_out: "Det her kan en opgave ikke rumme, så det kommer ikke med:",
    survives: "Optagelsen fortsætter, mens du er på andre sider, udgiver eller lukker vinduet. Nulstil afslutter den: Det, du har \
               lavet til da, bliver løsningen.",
    finish: "Færdig: Brug det som løsning",
    give_up: "Opgiv optagelsen",
    really_give_up: "Vil du smide optagelsen væk? Reglerne bliver, som de er nu.",
    yes_give_up: "Ja, smid den væk",
    keep: "Behold den",
    ended: "Optagelsen sluttede, da øvelsen begyndte forfra. Opgaven venter på Opgaver, »Byg en opgave«, med det, du havde lavet.",
    texts: "Tekster",
    title_field: ["Titel på dansk", "Titel på engelsk"],
    text_field: ["Tekst på dansk", "Tekst på engelsk"],
    hint_field: ["Vink på dansk", "Vink på engelsk"],
    add_hint: "Tilføj vink",
    remove_hint: "Fjern vinket",
    as_in_danish: "Hvor der ikke er skrevet noget på engelsk, står den danske tekst også dér.",
    id: "Id",
    id_hint: "Små bogstaver, tal og bindestreger. Fremskridt kender opgaven på det.",
    start: "Begyndelse",
    fagsystem_answers: |fagsystem, mood| format!("{fagsystem}: {mood}"),
    solution: "Løsning",
    par: |rules| format!("Kan løses med {rules}, som løsningen har."),
    retake: "Tag løsningen igen fra kladden",
    retaken: "Løsningen er taget igen fra kladden",
    goals: "Mål",
    goals_about: "Foreslået efter de breve, der kom, og de regler, der blev ændret. Ret, fjern og tilføj.",
    no_goals: "Der er ingen mål endnu.",
    add_goal: "Tilføj mål",
    edit_goal: "Ret",
    close_goal: "Luk",
    remove_goal: "Fjern",
    goal: GoalTexts {
        kind: "Hvad skal nås?",
        letters: "Breve når et fagsystem",
        guard: "En vagt er sat",
        received: "Et fagsystem accepterer",
        question: "Et spørgsmål besvares",
        fagsystem: "Fagsystem",
        choose_fagsystem: "Vælg fagsystem",
        count: "Antal",
        day: "Dage fra i dag",
        day_hint: "Tomt: i dag. 30 er om 30 dage.",
        text: ["Målet på dansk", "Målet på engelsk"],
        reach: |letters, day, fagsystem| match day {
            Some(day) => format!("Den {day} når {letters} {fagsystem}"),
            None => format!("{} når {fagsystem}", capital(letters)),
        },
        mail: "breve",
        and: " og ",
        guarded: |fagsystem| format!("En vagt siger, at noget skal nå {fagsystem}"),
        accepted: |fagsystem, count| format!("{fagsystem} har accepteret {count}"),
        some: counted("et brev", |count| format!("{count} breve")),
    },
    check: "Holder opgaven?",
    checking: "Tjekker …",
    holds: |rules| format!("Ja: Løsningen når alle mål med {rules}, og opgaven er ikke løst af sig selv."),
    no_title: "Skriv en titel på dansk.",
    no_text: "Skriv på dansk, hvad opgaven går ud på.",
    unsolved: |goal, fault| format!("Løsningen når ikke målet »{goal}«: {fault}"),
    wrong_par: |rules, par| format!("Løsningen har {rules} regler, men opgaven siger {par}."),
    solved_from_start: "Opgaven er løst, før nogen har gjort noget. Tilføj et mål, som reglerne fra begyndelsen ikke når.",
    mistake: |number| format!("Den typiske fejl nummer {number} spolerer et andet mål, end den siger, eller intet."),
    error: lesson_error,
    in_goal: |number, fault| format!("Mål {number}: {fault}"),
    save: "Gem som fil",
    by_hand: "Filen er tekst (TOML) og kan rettes videre i hånden. Spørgsmål og typiske fejl tilføjes dér; vejledningen viser hvordan.",
    try_it: "Prøv opgaven",
    try_about: "»Prøv opgaven« begynder øvelsen forfra. Opgaven bliver her, så du kan rette videre bagefter.",
    discard: "Kassér opgaven",
    really_discard: "Vil du kassere opgaven? Det, der ikke er gemt som fil, er væk.",
    yes_discard: "Ja, kassér den",
};

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What is wrong in a lesson's file, as sentences.
pub(super) fn lesson_error(error: &LessonError) -> String {
    match error {
        LessonError::NotALesson { line, reason } => format!("Linje {line}: {}", syntax(reason)),
        LessonError::TooLarge => "Filen fylder mere end 256 KiB. En opgave er en kort tekst.".to_owned(),
        LessonError::Wrong { place, reason } => format!("{place}: {}", problem(reason)),
        LessonError::Rules { place, faults } => {
            let faults: Vec<_> =
                faults.0.iter().map(|fault| format!("{}: {}", fault.place, file_problem(&fault.problem))).collect();
            format!("Reglerne i {place} har fejl. {}", faults.join(" "))
        }
    }
}

fn syntax(reason: &LessonSyntax) -> String {
    match reason {
        LessonSyntax::UnknownKey(key) => format!("Nøglen {key} kendes ikke her."),
        LessonSyntax::MissingKey(key) => format!("Nøglen {key} mangler."),
        LessonSyntax::RepeatedKey => "Nøglen står der to gange.".to_owned(),
        LessonSyntax::WrongKind => {
            "Værdien er af en anden slags, end nøglen tager, fx en tekst i stedet for et tal.".to_owned()
        }
        LessonSyntax::NotToml(_) => {
            "Det er ikke TOML. Se efter en manglende anførselstegn, klamme eller et lighedstegn.".to_owned()
        }
    }
}

fn problem(reason: &LessonProblem) -> String {
    match reason {
        LessonProblem::Format => "Det er ikke en opgave. Formatet skal være \"postfordeler-opgave\".".to_owned(),
        LessonProblem::Version(version) => format!("Version {version} kendes ikke. Brug et nyere program."),
        LessonProblem::Id => "Skriv små bogstaver (a–z), tal og bindestreger, højst 64.".to_owned(),
        LessonProblem::IdTaken(id) => format!("En af programmets egne opgaver har id'et {id}. Vælg et andet."),
        LessonProblem::NoGoal => "En opgave skal have mindst ét mål.".to_owned(),
        LessonProblem::NotOneKind => "Et mål har én af breve, vagt, modtaget og valg.".to_owned(),
        LessonProblem::EmptyId => "Der mangler et fagsystem.".to_owned(),
        LessonProblem::NoFagsystem(id) => format!("Eksempelby Kommune har intet fagsystem med id'et {id}."),
        LessonProblem::Mood => format!("Vælg mellem {}.", LessonProblem::moods()),
        LessonProblem::NoSuchGoal => "Skriv nummeret på det mål, som fejlen ikke når.".to_owned(),
        LessonProblem::Day(day) => {
            format!("»{day}« er ingen dag. Skriv dage fra i dag som \"+30\" eller en dato som \"2027-01-01\".")
        }
        LessonProblem::BareDay => "En dag skal stå i anførselstegn.".to_owned(),
        LessonProblem::Count => "Skriv et antal breve fra 1 til 200.".to_owned(),
        LessonProblem::Writer => format!("Vælg mellem {}.", LessonProblem::writers()),
        LessonProblem::Without => "Vælg kontaktpunkt, nummer eller begge.".to_owned(),
        LessonProblem::BothNumbers => "Et brev har et KLE-nummer eller et FORM-nummer, ikke begge.".to_owned(),
        LessonProblem::Kle => "Skriv et KLE-nummer som 32.39.04.".to_owned(),
        LessonProblem::Form => "Skriv et FORM-nummer som 54.05.05.10.".to_owned(),
        LessonProblem::PostType => "Vælg mellem myndighedspost, virksomhedspost og ikkeAngivet.".to_owned(),
        LessonProblem::Right => "Skriv nummeret på et af svarene; det første er 1.".to_owned(),
        LessonProblem::Unwritable => "Reglerne kan ikke sættes sammen.".to_owned(),
    }
}
