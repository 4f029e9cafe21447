//! *Opsamling* in Danish.

use super::calendar::CALENDAR;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::default_mail::{DefaultMailTexts, GroupColumns};
use crate::desktop::model::default_mail::{Facet, Span, Step};

pub(super) const TEXTS: DefaultMailTexts = DefaultMailTexts {
    title: "Opsamling",
    grammar: GRAMMAR,
    calendar: &CALENDAR,
    about: |fagsystem| format!("Det, ingen regel tager, går til {fagsystem}"),
    none: "Her ses, hvor stor en del af posten reglerne fordeler, og hvad der falder til opsamlingssystemet – så snart routeren \
           har modtaget den første meddelelse.",
    working_out: "Journalen læses …",
    number: |share, compared| format!("Fordelt uden menneskehånd: {share}{compared}"),
    in_month: |share, month| format!(" ({share} i {month})"),
    unknown: "ved ikke",
    of_messages: |by_rule, all| format!("En regel bestemte over {by_rule} af {all} meddelelser."),
    counted_once: "Hver meddelelse tæller én gang, også når den sendes igen.",
    span: |span| match span {
        Span::Month => "30 dage",
        Span::Quarter => "90 dage",
        Span::All => "Alt",
    },
    compare_with: "Sammenlign med",
    no_month: "Ingen tidligere måned",
    step: |step| match step {
        Step::Day => "Dag",
        Step::Week => "Uge",
    },
    curve: "Andel, som en regel bestemte over",
    week_from: |day| format!("Ugen fra {day}"),
    no_mail: "ingen post",
    by_rule: |share, by_rule, all| format!("{share} fordelt af en regel: {by_rule} af {all}"),
    fallen: "Det, der faldt til opsamlingssystemet",
    fallen_count: counted("1 meddelelse", |count| format!("{count} meddelelser")),
    overlap: "Den samme meddelelse kan stå i flere grupper: Den har både kontaktpunkt, KLE og afsender. Læg derfor ikke grupperne \
              sammen.",
    facet: |facet| match facet {
        Facet::ContactPoint => "Kontaktpunkt",
        Facet::KleMainGroup => "KLE-hovedgruppe",
        Facet::KleGroup => "KLE-gruppe",
        Facet::Sender => "Afsenders CVR-nr.",
        Facet::ContactGroup => "Kontaktgruppe",
        Facet::NoContactPoint => "Uden kontaktpunkt",
    },
    none_of_facet: "Intet af det, der faldt, kan samles sådan.",
    columns: GroupColumns {
        messages: "Meddelelser",
        share: "Andel",
        draft: |is_now| if is_now { "Kladdens regler" } else { "Kladden den dag" },
    },
    drafted_all: |is_now| if is_now { "tager dem alle nu" } else { "tager dem alle" },
    drafted: |count, is_now| format!("tager {count} af dem{}", if is_now { " nu" } else { "" }),
    not_drafted: "tager ingen af dem",
    make_rule: "Lav regel",
    no_rule: "Ingen regel mulig",
    more_groups: counted("og 1 gruppe til med færre meddelelser", |count| {
        format!("og {count} grupper til med færre meddelelser")
    }),
};
