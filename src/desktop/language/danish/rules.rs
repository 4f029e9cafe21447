use super::super::{MOST_LISTED, MOST_RENUMBERED, RuleColumns, RuleTexts, SwitchTexts, grouped, joined};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::Names;
use crate::desktop::model::rule_state::RuleState;
use crate::rules::CriterionKind;
use crate::rules::{Clash, Criterion, FindingKind, Never, PostType, Priority, Renumbering, Rule, Segment, Switch};

pub(super) const TEXTS: RuleTexts = RuleTexts {
    title: "Fordelingsregler",
    count: |shown, all| match (shown, all) {
        (_, 0) => "Ingen regler".to_owned(),
        (shown, all) if shown < all => format!("{} af {} regler", number(shown), number(all)),
        (_, 1) => "1 regel".to_owned(),
        (_, all) => format!("{} regler · den øverste, der passer, bestemmer", number(all)),
    },
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
    never_wins: |why| never("Reglen", why),
    shadows: |rules| format!("{} får herefter ingen post.", listed(rules)),
    put_before: |rule| format!("Læg den før regel {rule}"),
    overtaken: "Reglen er ændret et andet sted, siden du åbnede den.",
    overtaken_hint: "Vælg i redigeringen, om du vil hente reglen, som den er nu, eller beholde det, du har skrevet.",
    deleted_elsewhere: "Reglen er slettet et andet sted, siden du åbnede den.",
    is_now: |sentence| format!("Nu: {sentence}"),
    reload: "Hent den, som den er nu",
    keep_mine: "Behold det, jeg har skrevet",
    is_active: "Reglen er slået til",
    chosen: |count| format!("{} regler valgt", number(count)),
    chosen_hint: "Det, du vælger her, gælder for dem alle, og kan fortrydes på én gang.",
    different: "Forskellige",
    set_dates: "Sæt datoer",
    without_end: "Fjern slutdato",
    ends_before_start: |priority| format!("Regel {priority} ville slutte, før den begynder"),
    new_numbers,
    move_hint: "Flyt med musen eller med Alt og pil op og ned.",
    switch: SwitchTexts {
        title: "Skift fagsystem",
        about: "Reglerne, der sender til det gamle fagsystem, slutter dagen før, og nye begynder på dagen: ingen huller og \
                intet dobbelt.",
        from: "Fra fagsystem",
        to: "Til fagsystem",
        day: "Det nye gælder fra",
        same: "Vælg et andet fagsystem end det gamle",
        unfinished: |fields| {
            let fields: Vec<_> = fields.iter().map(|field| format!("»{field}«")).collect();
            format!("Udfyld {}, så står det her, hvad der sker.", joined(&fields, "og"))
        },
        summary: switch_summary,
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
    value_doubt,
    sentence,
};

fn number(number: usize) -> String {
    grouped(number as u64, '.')
}

fn value_doubt(doubt: &FindingKind) -> Option<&'static str> {
    match doubt {
        FindingKind::CheckDigit(_) => Some("Kontrolcifferet passer ikke"),
        _ => None,
    }
}

/// "Regel 10" or "Reglerne 10, 20 og 30".
pub(super) fn listed(rules: &[Priority]) -> String {
    match rules {
        [] => String::new(),
        [one] => format!("Regel {one}"),
        many if many.len() > MOST_LISTED => format!("{} regler", many.len()),
        many => format!("Reglerne {}", joined(many, "og")),
    }
}

/// Why a rule never gets any post: "Regel 30 får aldrig post: Regel 10 tager alt det, den kunne få."
pub(super) fn never(rule: &str, why: &Never) -> String {
    let reason = match why {
        Never::Taken(by) if by.len() == 1 => format!("{} tager alt det, den kunne få.", listed(by)),
        Never::Taken(by) => format!("{} tager tilsammen alt det, den kunne få.", listed(by)),
        Never::Clash(Clash::PersonWithCvr) => "En person har intet CVR-nr.".to_owned(),
        Never::Clash(Clash::CompanyWithCvrOfAuthority(cvr)) => {
            format!("CVR-nr. {cvr} er en myndigheds og ikke en virksomheds.")
        }
        Never::Clash(Clash::RecipientOfAnother(cvr)) => format!("Myndigheden får ikke post på CVR-nr. {cvr}."),
    };
    format!("{rule} får aldrig post: {reason}")
}

/// "Nye numre: 50 bliver 22, 60 bliver 25", and how many more.
fn new_numbers(numbers: &Renumbering) -> String {
    if numbers.is_empty() {
        return "Bliver, hvor de er".to_owned();
    }
    let shown: Vec<_> =
        numbers.0.iter().take(MOST_RENUMBERED).map(|(from, to)| format!("{from} bliver {to}")).collect();
    let more = numbers.0.len().saturating_sub(MOST_RENUMBERED);
    let more = if more > 0 { format!(" og {more} til") } else { String::new() };
    format!("Nye numre: {}{more}", shown.join(", "))
}

fn switch_summary(switch: &Switch) -> Vec<String> {
    let rules = |count: usize| if count == 1 { "1 regel".to_owned() } else { format!("{} regler", number(count)) };
    let mut lines = Vec::new();
    if !switch.ended.is_empty() {
        let new =
            if switch.ended.len() == 1 { "en ny begynder på dagen" } else { "en ny efter hver begynder på dagen" };
        lines.push(format!("{} slutter dagen før, og {new}.", rules(switch.ended.len())));
    }
    if !switch.redirected.is_empty() {
        lines.push(format!("{}, der først begynder da, skifter bare fagsystem.", rules(switch.redirected.len())));
    }
    if !switch.untouched.is_empty() {
        lines.push(format!("{} er udløbet inden og røres ikke.", rules(switch.untouched.len())));
    }
    if !switch.renumbered.is_empty() {
        lines.push(format!("{} får nyt nummer for at give plads.", rules(switch.renumbered.0.len())));
    }
    if lines.is_empty() {
        lines.push("Ingen regler sender til det gamle fagsystem.".to_owned());
    }
    lines
}

/// What a rule looks at: "kontaktpunktet Pladsanvisningen".
pub(super) fn what(names: Names<'_>, rule: &Rule) -> String {
    let value = names.value(&rule.criterion).unwrap_or_default();
    match &rule.criterion {
        Criterion::ContactPoint(_) => format!("kontaktpunktet {value}"),
        Criterion::ContactGroup(_) => format!("kontaktgruppen {value}"),
        Criterion::SenderCvr(_) => format!("afsenders CVR-nr. {value}"),
        Criterion::RecipientCvr(_) => format!("modtagers CVR-nr. {value}"),
        Criterion::Kle(_) => format!("KLE {value}"),
        Criterion::Form(_) => format!("FORM {value}"),
        Criterion::NoContactPoint(_) => "post uden kontaktpunkt".to_owned(),
    }
}

pub(super) fn validity(rule: &Rule) -> String {
    let until = rule.validity.to().map(|to| format!(" til og med {}", date_text(to))).unwrap_or_default();
    format!("fra {}{until}", date_text(rule.validity.from()))
}

pub(super) fn sentence(names: Names<'_>, rule: &Rule) -> String {
    let who = match rule.segment {
        Segment::Everyone => "",
        Segment::Person => " fra personer",
        Segment::Company => " fra virksomheder",
        Segment::Authority => " fra myndigheder",
    };
    let value = names.value(&rule.criterion).unwrap_or_default();
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
    let fagsystem = names.fagsystem(&rule.fagsystem);
    let off = if rule.active { "" } else { " Reglen er slået fra." };
    format!("Post {what}{who} går til {fagsystem} {}.{off}", validity(rule))
}
