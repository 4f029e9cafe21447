//! *Dækning* in Danish.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::coverage::CoverageTexts;
use crate::desktop::model::coverage::ShownPlan;
use crate::rules::{CriterionKind, SenderKind};

pub(super) const TEXTS: CoverageTexts = CoverageTexts {
    title: "Dækning",
    grammar: GRAMMAR,
    about: |plan| format!("Hvem kladdens regler sender posten til efter dens {plan}-nummer"),
    working_out: "Reglerne lægges over planen …",
    plan: |plan| match plan {
        ShownPlan::Kle => "KLE",
        ShownPlan::Form => "FORM",
    },
    sized_by_mail: "Størrelse: post",
    sized_evenly: "Lige store",
    messages: counted("1 meddelelse de sidste 30 dage", |count| format!("{count} meddelelser de sidste 30 dage"))
        .or_none("Ingen meddelelser de sidste 30 dage"),
    unplanned: "Ikke i planen",
    part_of: |title| format!("Del af {title}"),
    by_rule: |fagsystem, rule| format!("går til {fagsystem} ved regel {rule}"),
    by_default: |fagsystem| format!("går til opsamlingssystemet, {fagsystem}"),
    from_senders: |senders, sentence| format!("fra {senders}: {sentence}"),
    senders: |sender| match sender {
        SenderKind::Person => "personer",
        SenderKind::Company => "virksomheder",
        SenderKind::Authority => "myndigheder",
        SenderKind::Other => "andre",
    },
    to_recipients: |numbers| format!(", når den er til CVR-nr. {numbers}"),
    some_numbers: " (en del af numrene)",
    unless_earlier: |facts| format!(", hvis ingen tidligere regel på {facts} tager den"),
    unless_any: |facts| format!(", hvis ingen regel på {facts} tager den"),
    fact: |kind| match kind {
        CriterionKind::ContactPoint => "kontaktpunkt",
        CriterionKind::ContactGroup => "kontaktgruppe",
        CriterionKind::SenderCvr => "afsenders CVR-nr.",
        CriterionKind::RecipientCvr => "modtagers CVR-nr.",
        CriterionKind::Kle => "KLE",
        CriterionKind::Form => "FORM",
        CriterionKind::NoContactPoint => "post uden kontaktpunkt",
    },
    or: "eller",
    others: |takers| format!("Numre, som planen ikke har: {takers}"),
    more_takers: counted("og 1 regel til", |count| format!("og {count} regler til")),
    uncovered: "opsamling",
    uncovered_of: |fagsystem| format!("Opsamling uden regel: {fagsystem}"),
    split: "delt",
    uncovered_heading: "Ingen regel tager",
    all_covered: "Regler tager alle dele af planen.",
    more_uncovered: counted("og 1 del til", |count| format!("og {count} dele til")),
    chosen_hint: "Vælg en del af billedet for at se dens regler og lave en ny.",
    new_rule: |numbers| format!("Ny regel for {numbers}"),
    open_rule: |rule| format!("Åbn regel {rule}"),
    look_into: "Vis det, der hører under",
    up: "Et trin op",
    no_rules: |plan| {
        format!("Ingen regel ser på {plan}: posten går til opsamlingssystemet, medmindre en regel på andet tager den.")
    },
    main_groups_alone: "Kun hovedgrupperne er kendt. Med KL's plan ses også grupper og emner.",
    form_areas_alone: "Kun FORM's 34 serviceområder er indbygget. Under dem ses de intervaller, reglerne nævner.",
    no_mail: |plan| format!("Ingen post med {plan}-nummer de sidste 30 dage: delene er lige store."),
    contradiction: "Kladden modsiger sig selv og kan ikke udgives. Her ses den, som den kan læses. Se Ændringer.",
    outside_the_plan: counted("1 af meddelelserne havde et nummer, som planen ikke har", |count| {
        format!("{count} af meddelelserne havde et nummer, som planen ikke har")
    }),
    without_number: counted("1 meddelelse uden nummer er ikke med", |count| {
        format!("{count} meddelelser uden nummer er ikke med")
    }),
    small_parts: "Dele med lidt eller ingen post er tegnet større, end de er, så de kan ses.",
};
