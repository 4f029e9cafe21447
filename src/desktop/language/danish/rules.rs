//! *Fordelingsregler* in Danish.

use super::grammar::{GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::rules::{
    NeverTexts, NewNumbersTexts, RuleColumns, RuleSentence, RuleTexts, SwitchTexts,
};
use crate::desktop::model::rule_state::RuleState;
use crate::rules::{Criterion, CriterionKind, GroupFirst, PostType, Segment};

pub(super) const TEXTS: RuleTexts = RuleTexts {
    title: "Fordelingsregler",
    count: counted("1 regel", |count| format!("{count} regler · den øverste, der passer, bestemmer"))
        .or_none("Ingen regler"),
    count_of: |shown, all| format!("{shown} af {all}"),
    new: "Ny regel",
    new_above: "Ny regel over denne",
    clone: "Lav en kopi",
    rule: |priority| format!("Regel {priority}"),
    delete: "Slet regel",
    delete_chosen: "Slet de valgte regler",
    switch_on: "Slå til",
    switch_off: "Slå fra",
    spread: "Fordel numre jævnt",
    none: "Der er ingen regler endnu: al post går til opsamlingssystemet. Vælg »Ny regel« for at sende noget af den et \
           andet sted hen.",
    none_in_draft: "Kladden har ingen regler. Når den udgives, går al post til opsamlingssystemet. Vælg »Ny regel« for at sende \
                    noget af den et andet sted hen.",
    none_found: "Ingen regler passer til søgningen og filtrene.",
    show_all: "Vis alle regler",
    search: "Søg i reglerne",
    filter: "Filter …",
    filter_name: "Filterets navn",
    save_filter: "Gem filteret",
    forget_filter: "Glem det gemte filter",
    saved_filter: "Gemt",
    columns_button: "Vælg kolonner",
    no_room: "ikke plads",
    otherwise: "Ellers",
    default_recipient: "Alt, som ingen regel tager",
    never: "Aldrig",
    priority_hint: "1 går forrest: det laveste tal, der passer, bestemmer",
    through: "Til og med",
    through_button: "til",
    optional: "kan udelades",
    tree: "KLE-træ",
    known_number: "set i regler eller post",
    unfinished: "Når felterne er udfyldt rigtigt, står reglen her som en sætning.",
    list: RULE_LIST,
    never_wins: NEVER,
    shadows: |rules| format!("{rules} får herefter ingen post."),
    group_first: |GroupFirst { rule, group }| {
        format!("Kontaktpunktet er i kontaktgruppen {group}, og regel {rule} tager posten til gruppen først.")
    },
    is_after_group: "Efter gruppen",
    put_before: |rule| format!("Læg den før regel {rule}"),
    overtaken: "Reglen er ændret et andet sted, siden du åbnede den.",
    overtaken_hint: "Vælg i redigeringen, om du vil hente reglen, som den er nu, eller beholde det, du har skrevet.",
    deleted_elsewhere: "Reglen er slettet et andet sted, siden du åbnede den.",
    is_now: |sentence| format!("Nu: {sentence}"),
    reload: "Hent den, som den er nu",
    keep_mine: "Behold det, jeg har skrevet",
    is_active: "Reglen er slået til",
    chosen: counted("1 regel valgt", |count| format!("{count} regler valgt")),
    chosen_hint: "Det, du vælger her, gælder for dem alle, og kan fortrydes på én gang.",
    different: "Forskellige",
    set_dates: "Sæt datoer",
    without_end: "Fjern slutdato",
    ends_before_start: |priority| format!("Regel {priority} ville slutte, før den begynder"),
    new_numbers: NewNumbersTexts {
        none: "Bliver, hvor de er",
        becomes: |from, to| format!("{from} bliver {to}"),
        all: |numbers| format!("Nye numre: {numbers}"),
        more: |count| format!(" og {count} til"),
    },
    move_hint: "Flyt med musen eller med Alt og pil op og ned.",
    switch: SwitchTexts {
        grammar: GRAMMAR,
        title: "Skift fagsystem",
        about: "Reglerne, der sender til det gamle fagsystem, slutter dagen før, og nye begynder på dagen: ingen huller og \
                intet dobbelt.",
        from: "Fra fagsystem",
        to: "Til fagsystem",
        day: "Det nye gælder fra",
        same: "Vælg et andet fagsystem end det gamle",
        unfinished: |fields| format!("Udfyld {fields}, så står det her, hvad der sker."),
        quoted: |field| format!("»{field}«"),
        ended: counted("1 regel slutter dagen før, og en ny begynder på dagen.", |count| {
            format!("{count} regler slutter dagen før, og en ny efter hver begynder på dagen.")
        }),
        redirected: counted("1 regel, der først begynder da, skifter bare fagsystem.", |count| {
            format!("{count} regler, der først begynder da, skifter bare fagsystem.")
        }),
        untouched: counted("1 regel er udløbet inden og røres ikke.", |count| {
            format!("{count} regler er udløbet inden og røres ikke.")
        }),
        renumbered: counted("1 regel får nyt nummer for at give plads.", |count| {
            format!("{count} regler får nyt nummer for at give plads.")
        }),
        no_rules: "Ingen regler sender til det gamle fagsystem.",
        default_stays: "Det gamle fagsystem er opsamlingssystem og bliver ved med at være det. Skift det under Fagsystemer, \
                        når dagen kommer.",
        in_the_past: "Dagen er gået: skiftet gælder, så snart det er udgivet.",
        make: "Lav skiftet i kladden",
    },
    columns: RuleColumns {
        priority: "Prioritet",
        state: "Tilstand",
        segment: "Segment",
        element: "Regelelement",
        value: "Regelværdi",
        fagsystem: "Fagsystem",
        from: "Gyldig fra",
        to: "Gyldig til",
        hits: "30 dage",
        last_hit: "Sidst brugt",
        note: "Note",
    },
    state: |state| match state {
        RuleState::Active => "Aktiv",
        RuleState::Coming => "Kommende",
        RuleState::Expiring => "Udløber snart",
        RuleState::Expired => "Udløbet",
        RuleState::Off => "Slået fra",
        RuleState::Shadowed => "Skygget",
        RuleState::Impossible => "Umulig",
    },
    segment: |segment| match segment {
        Segment::Everyone => "Alle",
        Segment::Person => "Person",
        Segment::Company => "Virksomhed",
        Segment::Authority => "Myndighed",
    },
    element: |element| match element {
        CriterionKind::ContactPoint => "Kontaktpunkt",
        CriterionKind::ContactGroup => "Kontaktgruppe",
        CriterionKind::SenderCvr => "Afsenders CVR-nr.",
        CriterionKind::RecipientCvr => "Modtagers CVR-nr.",
        CriterionKind::Kle => "KLE",
        CriterionKind::Form => "FORM",
        CriterionKind::NoContactPoint => "Uden kontaktpunkt",
    },
    post_type: |post_type| match post_type {
        PostType::Authority => "Myndighedspost",
        PostType::Company => "Virksomhedspost",
        PostType::Unspecified => "Posttype ikke angivet",
    },
    value_placeholder: |element| match element {
        CriterionKind::ContactPoint => "Navn, nummer eller id",
        CriterionKind::ContactGroup => "Gruppens navn",
        CriterionKind::SenderCvr | CriterionKind::RecipientCvr => "12345674",
        CriterionKind::Kle => "27.36 eller et ord",
        CriterionKind::Form => "26.05",
        CriterionKind::NoContactPoint => "",
    },
    not_in_the_plan: "Står ikke i KLE-planen",
    wrong_check_digit: "Kontrolcifferet passer ikke",
    sentence: SENTENCE,
};

/// Why a rule never gets a message: "Regel 30 får aldrig post: Regel 10 tager alt det, den kunne få."
pub(super) const NEVER: NeverTexts = NeverTexts {
    list: RULE_LIST,
    the_rule: "Reglen",
    never: |rule, why| format!("{rule} får aldrig post: {why}"),
    taken_by_one: |rule| format!("{rule} tager alt det, den kunne få."),
    taken_by_several: |rules| format!("{rules} tager tilsammen alt det, den kunne få."),
    person_with_cvr: "En person har intet CVR-nr.",
    company_with_cvr_of_authority: |cvr| format!("CVR-nr. {cvr} er en myndigheds og ikke en virksomheds."),
    recipient_of_another: |cvr| format!("Myndigheden får ikke post på CVR-nr. {cvr}."),
};

pub(super) const SENTENCE: RuleSentence = RuleSentence {
    which: |criterion, value| match criterion {
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
    },
    from_whom: |segment| match segment {
        Segment::Everyone => "",
        Segment::Person => " fra personer",
        Segment::Company => " fra virksomheder",
        Segment::Authority => " fra myndigheder",
    },
    from: |day| format!("fra {day}"),
    from_through: |first, last| format!("fra {first} til og med {last}"),
    whole: |which, whom, fagsystem, validity| format!("Post {which}{whom} går til {fagsystem} {validity}."),
    is_off: " Reglen er slået fra.",
};

/// What a rule looks at: "kontaktpunktet Pladsanvisningen".
pub(super) fn what(criterion: &Criterion, value: &str) -> String {
    match criterion {
        Criterion::ContactPoint(_) => format!("kontaktpunktet {value}"),
        Criterion::ContactGroup(_) => format!("kontaktgruppen {value}"),
        Criterion::SenderCvr(_) => format!("afsenders CVR-nr. {value}"),
        Criterion::RecipientCvr(_) => format!("modtagers CVR-nr. {value}"),
        Criterion::Kle(_) => format!("KLE {value}"),
        Criterion::Form(_) => format!("FORM {value}"),
        Criterion::NoContactPoint(_) => "post uden kontaktpunkt".to_owned(),
    }
}
