//! The first start, in Danish.

use super::grammar::{CONTACT_POINTS, FAGSYSTEMS, RULES};
use super::router::ELSEWHERE;
use crate::desktop::language::texts::welcome::WelcomeTexts;

pub(super) const TEXTS: WelcomeTexts = WelcomeTexts {
    title: "Velkommen til Postfordeler",
    about: "Her bestemmer I, hvilket fagsystem der modtager jeres Digital Post, og her kan I prøve reglerne af, før \
            de gælder.",
    sample: "Øv jer først",
    sample_about: "Eksempelby Kommune er opdigtet og har sine egne data. Intet forlader denne maskine, og øvelsen kan altid nulstilles.",
    sample_points: [
        "Otte fagsystemer, der svarer, som du vil",
        "25 fordelingsregler og 40 kontaktpunkter",
        "En router, der kører på denne maskine",
        "Eksempelmeddelelser at sende",
    ],
    open_training: "Åbn øvelsen",
    own: "Opret jeres egen myndighed",
    name: "Myndighedens navn",
    name_example: "Eksempel Kommune",
    cvr: "CVR-nummer",
    fagsystem: "Opsamlingssystem (får den post, ingen regel tager)",
    make: "Opret myndighed",
    made: |name| format!("{name} oprettet"),
    files: "Har I det i filer?",
    files_about: "En Excel-mappe med arkene Myndighed, Fagsystemer og Regler, eller en konfiguration. Tag gerne \
                  kontaktstrukturen og KLE-planen med i samme valg.",
    make_template: "Lav en tom Excel-mappe at udfylde",
    template_name: "postfordeler-skabelon",
    template_made: |path| format!("Den tomme mappe er {path}. Udfyld den, gem den, og vælg »Læs«."),
    in_files: |names| format!("Det er der i {names}"),
    holds: |cvr, fagsystems, points, rules| format!("CVR {cvr}: {fagsystems}, {points} og {rules}"),
    fagsystem_count: FAGSYSTEMS,
    point_count: CONTACT_POINTS,
    rules: RULES,
    no_authority: "Der er ingen myndighed med fagsystemer i filerne. Opret den ved siden af, så kommer det, der er \
                   læst, med. Eller udfyld arkene Myndighed og Fagsystemer i Excel-mappen, og læs igen.",
    begin_with_files: "Begynd med det",
    begin_hint_running: "Det bliver den første udgivelse, og routeren, der kører, følger den med det samme.",
    refuses_until_published: "Den afviser alt, til de første regler er udgivet.",
    elsewhere: ELSEWHERE,
    begin_hint: "Det bliver den første udgivelse. Ingen post modtages, før du starter routeren.",
};
