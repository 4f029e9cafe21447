//! What people type into the search, as a beginner in a municipality would, and what they must find among the first three.

use postfordeler::LanguageChoice::{self, Danish, English};
use postfordeler::guide::{document, search};

/// What is typed, and the headings of which one must be among the first three.
const LOOKED_FOR: &[(LanguageChoice, &str, &[&str])] = &[
    (Danish, "tidslinje", &["Tidslinje"]),
    (Danish, "TIDSLINJE", &["Tidslinje"]),
    (Danish, "hulle skift tidsl", &["Tidslinje"]),
    (Danish, "fordelingsregel", &["regel (fordelingsregel)"]),
    (Danish, "fordelingsregler", &["regel (fordelingsregel)"]),
    (Danish, "regler", &["Regler, kladde og udgivelser"]),
    (Danish, "opsamling", &["Opsamling", "opsamlingssystem"]),
    (Danish, "opsamlingssystem", &["opsamlingssystem"]),
    (Danish, "opsamlingssystemet", &["opsamlingssystem"]),
    (Danish, "nulstil", &["Nulstil"]),
    (Danish, "nulstille øvelsen", &["Nulstil"]),
    (Danish, "certifikat", &["Certifikater"]),
    (Danish, "certifikater", &["Certifikater"]),
    (Danish, "certifkat", &["Certifikater"]),
    (Danish, "kle nummer", &["KLE (KLE-nummer)"]),
    (Danish, "kle-numre", &["KLE (KLE-nummer)", "KLE-plan"]),
    (Danish, "kontakt punkt", &["kontaktpunkt", "Kontaktpunkter"]),
    (Danish, "kontaktpunkterne", &["kontaktpunkt", "Kontaktpunkter"]),
    (Danish, "dækning", &["Dækning"]),
    (Danish, "daekning", &["Dækning"]),
    (Danish, "dakning", &["Dækning"]),
    (Danish, "aarsager", &["Udfald og årsager"]),
    (Danish, "arsager", &["Udfald og årsager"]),
    (Danish, "oevelse", &["Øvelse", "øvelse"]),
    (Danish, "ovelse", &["Øvelse", "øvelse"]),
    (Danish, "øvelser", &["Øvelse", "øvelse"]),
    (Danish, "prøv meddelelse", &["Prøv en meddelelse"]),
    (Danish, "proev medd", &["Prøv en meddelelse"]),
    (Danish, "prøve en besked", &["Prøv det", "Prøv en meddelelse", "Ti minutter med eksempelkommunen"]),
    (Danish, "hvordan laver jeg en regel", &["At skrive en regel", "regel (fordelingsregel)"]),
    (Danish, "skrive regel", &["At skrive en regel"]),
    (Danish, "udgive", &["udgivelse", "Udgivelser", "Kladde og udgivelse"]),
    (Danish, "kladden", &["kladde", "Kladde og udgivelse", "Regler, kladde og udgivelser"]),
    (Danish, "fagsystemer", &["Fagsystemer"]),
    (Danish, "fagsytem", &["fagsystem", "Fagsystemer", "Tilslut et fagsystem"]),
    (Danish, "prioriteter", &["prioritet"]),
    (Danish, "sikkerhedskopi", &["Sikkerhedskopi og gendannelse"]),
    (Danish, "gendanne", &["Gendan den", "Sikkerhedskopi og gendannelse"]),
    (Danish, "excel", &["Excel-mapper"]),
    (Danish, "genveje tastatur", &["Tastatur"]),
    (Danish, "opgaver", &["Opgaver"]),
    (Danish, "bevis", &["bevis", "Bevis før udgivelse"]),
    (Danish, "skyggekoersel", &["skyggekørsel", "Skyggekørsel"]),
    (
        Danish,
        "personnummer",
        &["Hvad der gemmes", "Personoplysninger", "Intet CPR-nummer noget sted", "Hvad der passerer"],
    ),
    (Danish, "kommunens post", &["Ti minutter med eksempelkommunen", "Jeres egen kommune", "myndighed"]),
    (Danish, "port", &["Porte og adresser"]),
    (English, "timeline", &["Timeline"]),
    (English, "rules", &["Rules, draft and publications"]),
    (English, "new rule", &["Writing a rule", "Rules, draft and publications"]),
    (English, "municipality", &["authority (myndighed)", "Authorities", "Ten minutes with the sample municipality"]),
    (English, "how do I write a rule", &["Writing a rule"]),
    (English, "business system", &["business system (fagsystem)"]),
    (English, "business systems", &["Business systems"]),
    (English, "fagsystem", &["business system (fagsystem)"]),
    (English, "default recipient", &["Default recipient", "default recipient (opsamlingssystem)"]),
    (English, "reset", &["Reset"]),
    (English, "certificate", &["Certificates"]),
    (English, "certficates", &["Certificates"]),
    (English, "kle number", &["KLE (KLE number)"]),
    (English, "kle numbers", &["KLE (KLE number)"]),
    (English, "contactpoint", &["contact point (kontaktpunkt)", "Contact points"]),
    (English, "priorities", &["priority (prioritet)"]),
    (English, "publish", &["publication (udgivelse)", "Publications", "Draft and publication"]),
    (English, "lessons", &["Lessons"]),
    (English, "shadow", &["Shadow run"]),
    (English, "backup", &["Backup and restore"]),
    (English, "restoring", &["Restore it", "Backup and restore"]),
    (English, "keyboard shortcuts", &["Keyboard"]),
    (English, "who may deliver", &["Who may deliver"]),
    (English, "øvelse", &["training (øvelse)"]),
    (English, "oevelse", &["training (øvelse)"]),
];

#[test]
fn what_a_beginner_types_finds_the_right_place_among_the_first_three() {
    let mut missed = Vec::new();
    for (language, query, headings) in LOOKED_FOR {
        let found = search(query, *language);
        let first: Vec<_> = found.iter().take(3).map(|found| found.heading).collect();
        if !first.iter().any(|heading| headings.contains(heading)) {
            missed.push(format!("{query}: {first:?}, and not {headings:?}"));
        }
        for found in found.iter().take(3) {
            let mut anchors = document(found.place.page, *language).headings().map(|(_, _, anchor)| anchor);
            assert!(found.place.anchor.as_deref().is_none_or(|anchor| anchors.any(|it| it == anchor)), "{query}");
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_no_page_has_is_not_found() {
    for (language, query) in [
        (Danish, ""),
        (Danish, "   "),
        (Danish, "?"),
        (Danish, "xyzzy"),
        (Danish, "tidslinje xyzzy"),
        (English, "ølse"),
    ] {
        assert_eq!(search(query, language), [], "{query}");
    }
}

#[test]
fn a_question_finds_what_its_words_find() {
    let headings = |query, language| search(query, language).into_iter().map(|found| found.heading).collect::<Vec<_>>();
    assert_eq!(headings("hvad er en kvittering?", Danish), headings("kvittering", Danish));
    assert_eq!(headings("What is a receipt?", English), headings("receipt", English));
    // A question that is nothing else is looked for as it stands.
    assert!(!headings("hvorfor", Danish).is_empty());
}
