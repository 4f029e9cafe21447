//! *Opgaver* in Danish.

use super::grammar::{MESSAGES, RULES, counted};
use crate::desktop::language::texts::lessons::{
    LessonFaultTexts, LessonPaperTexts, LessonStateTexts, LessonTexts, WrongWay,
};
use crate::training::Writer;

pub(super) const TEXTS: LessonTexts = LessonTexts {
    title: "Opgaver",
    about: "Lær reglerne ved at løse opgaver. Hver opgave har sin egen begyndelse og tjekkes med opdigtet post.",
    only_in_training: "Opgaver hører til i øvelsen. Åbn den med Ctrl+K, »Åbn øvelsen«.",
    reading: "Læser opgaverne …",
    numbered: |number, title| format!("Opgave {number}: {title}"),
    number: |number| format!("Opgave {number}"),
    states: LessonStateTexts {
        new: "Ikke begyndt",
        under_way: "I gang",
        tried: "Forsøgt",
        solved: "Løst",
        within: "Løst med færrest regler",
    },
    learner: "Dit navn",
    learner_hint: "Står på kursusbeviset",
    keep_name: "Gem navnet",
    correct_name: "Ret navnet",
    new_learner: "Ny deltager",
    begin: "Begynd opgaven",
    begin_about: "Øvelsens regler, kladde og journal tømmes, og opgavens egne regler træder i kraft. Det, du har løst, bliver stående.",
    begin_anew: "Begynd forfra",
    end: "Forlad opgaven",
    other_day: |day| {
        format!("Begyndt {day}. Opgavens datoer regnes fra i dag: Begynd forfra, hvis den handler om datoer.")
    },
    check: "Tjek",
    checking: "Tjekker …",
    goals: "Mål",
    par: |par, have| format!("Kan løses med {par} i alt. Der er {have} nu."),
    par_alone: |par| format!("Kan løses med {par} i alt."),
    rules: RULES,
    unpublished: |changes| format!("{changes}. Tjek ser kun på det, der er udgivet."),
    changes: counted("1 ændring i kladden er ikke udgivet", |count| {
        format!("{count} ændringer i kladden er ikke udgivet")
    }),
    publish: "Udgiv …",
    next: |title| format!("Næste: {title}"),
    solved_within: "Løst, og med så få regler som muligt.",
    solved: |par, have| format!("Løst. I har brugt {have}; det kan gøres med {par}."),
    reached: |reached, of| format!("{reached} af {of} mål er nået."),
    fault: LessonFaultTexts {
        writer: |writer| match writer {
            Writer::Citizen => "en borger",
            Writer::Doctor => "en læge (virksomhed)",
            Writer::Employer => "en arbejdsgiver (virksomhed)",
            Writer::Builder => "en bygherre (virksomhed)",
            Writer::HousingAssociation => "en boligforening (virksomhed)",
            Writer::Company => "en virksomhed",
            Writer::VehicleInspection => "en synsvirksomhed",
            Writer::CriminalRecords => "politiet (myndighed, straffeattester)",
            Writer::ChildrensRecords => "politiet (myndighed, børneattester)",
            Writer::Statistics => "Danmarks Statistik (myndighed)",
            Writer::BenefitsAuthority => "Udbetaling Danmark (myndighed)",
            Writer::Authority => "en myndighed",
        },
        misrouted: |wrong| {
            let by = wrong.rule.map_or_else(|| "uden nogen regel".to_owned(), |rule| format!("ved regel {rule}"));
            format!(
                "{} går {by} til {}, men hører til i {}. {}.",
                letter(wrong),
                wrong.goes_to,
                wrong.belongs_to,
                share(wrong)
            )
        },
        held: |wrong| {
            format!(
                "{} bliver hos Digital Post, for {} er sat på pause. {}.",
                letter(wrong),
                wrong.goes_to,
                share(wrong)
            )
        },
        unguarded: |fagsystem| format!("Ingen vagt siger, at noget skal nå {fagsystem}."),
        not_received: |fagsystem, accepted, wanted| {
            format!("{fagsystem} har accepteret {accepted}, siden opgaven begyndte. Der skal være {wanted}.")
        },
        messages: MESSAGES.or_none("intet"),
        unanswered: "Vælg et svar.",
        wrong_answer: "Det er ikke det rigtige svar.",
    },
    try_it: "Prøv den",
    hints: "Vink",
    hint: |number| format!("{number}. "),
    more_hints: |shown, of| format!("Vis et vink ({shown} af {of})"),
    no_more_hints: "Der er ikke flere vink.",
    solution_later: "Løsningen kan vises, når et tjek har fundet noget, der er galt.",
    solution: "Løsning",
    show_solution: "Vis løsning",
    really_show: "Vil du se løsningen? Den siger hver ændring, der skal til fra begyndelsen.",
    yes_show: "Ja, vis den",
    no_show: "Nej, jeg prøver igen",
    solution_answer: |question, answer| format!("{question} {answer}."),
    nothing_to_change: "Reglerne skal ikke ændres.",
    certificate: "Kursusbevis",
    room: "Holdets fremskridt",
    take_in: "Hent opgave …",
    take_in_about: "En opgave er en tekstfil (TOML), som en underviser kan skrive; vejledningen om øvelsen viser dens nøgler. \
                    Den kommer sidst i listen. En opgave med samme id bliver skiftet ud.",
    take: "Hent",
    taken: |title| format!("Opgaven »{title}« er hentet"),
    papers: LessonPaperTexts {
        certificate: "Kursusbevis",
        certificate_file: "kursusbevis",
        nobody: "Skriv dit navn til venstre",
        has_solved: |who, solved, of| format!("{who} har løst {solved} af {of} opgaver i fordelingsregler."),
        has_solved_all: |who, of| format!("{who} har løst alle {of} opgaver i fordelingsregler."),
        none_solved: "Ingen opgave er løst endnu.",
        lesson: "Opgave",
        day: "Løst",
        rules: "Regler",
        rules_of: |rules, par| format!("{rules} (færrest: {par})"),
        checks: "Tjek",
        hints: "Vink",
        within: |within| format!("{within} af dem er løst med så få regler som muligt."),
        about: "Opgaverne er løst i Postfordelers øvelse, hvor hver opgave tjekkes med opdigtet post.",
        signature: ["Dato", "Underviser"],
        room: "Holdets fremskridt",
        room_file: "holdets-fremskridt",
        room_about: "Alle på denne maskine, og dem, hvis fremskridt er hentet fra andre maskiner.",
        nobody_yet: "Ingen er begyndt på en opgave endnu.",
        who: "Navn",
        solved: "Løst",
        solved_of: |solved, of| format!("{solved} af {of}"),
        marks: ["F", "L", "–"],
        marks_mean: "F: løst med færrest regler. L: løst. –: begyndt, ikke løst.",
    },
    builder: super::lesson_builder::TEXTS,
};

/// "Post til kontaktpunktet Pladsanvisningen fra en borger, som kommer 27-12-2026,"
fn letter(wrong: &WrongWay<'_>) -> String {
    let day = wrong.day.map_or_else(String::new, |day| format!(", som kommer {day},"));
    format!("{} fra {}{day}", wrong.what, wrong.writer)
}

fn share(wrong: &WrongWay<'_>) -> String {
    format!("{} af {} går galt", wrong.wrong, wrong.of)
}
