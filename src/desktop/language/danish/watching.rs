//! What is watched on *Overblik*, in Danish: a publication's first day, and what would wait if a fagsystem were away.

use super::calendar::CALENDAR;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::after_publishing::AfterPublishingTexts;
use crate::desktop::language::texts::away::AwayTexts;
use crate::desktop::language::texts::published::PublishedTexts;
use crate::desktop::model::after_publishing::Verdict;

pub(super) const PUBLISHED: PublishedTexts = PublishedTexts {
    marked: "Udgivelser, vist som stiplede streger:",
    publication: |number, when| format!("Udgivelse {number} · {when}"),
    more: counted("og 1 ældre", |count| format!("og {count} ældre")),
};

pub(super) const AFTER_PUBLISHING: AfterPublishingTexts = AfterPublishingTexts {
    grammar: GRAMMAR,
    since: |number| format!("Siden udgivelse {number}"),
    published: |when, compared| format!("Udgivet {when}. {compared}"),
    compared: counted("Sammenlignet med de samme timer dagen før.", |days| {
        format!("Sammenlignet med de samme timer de {days} dage før.")
    }),
    nothing_to_compare: "Journalen kender ikke dagene før, så der er intet at sammenligne med.",
    by_default: |authority, after, before| {
        let whose = authority.map(|name| format!(" til {name}")).unwrap_or_default();
        format!("af posten{whose} falder {after} til opsamlingssystemet; før {before}")
    },
    share: |name, after, before| format!("{name} får {after} af posten; før {before}"),
    refused: |name, after, before| format!("{name} accepterede ikke {after} af sin post; før {before}"),
    none_by_default: |authority, before| {
        let whose = authority.map(|name| format!(" til {name}")).unwrap_or_default();
        format!("der er ikke kommet post{whose} endnu; før faldt {before} til opsamlingssystemet")
    },
    none_of_share: |name, before| format!("der er ikke kommet post endnu; før fik {name} {before} af den"),
    none_refused: |name, before| format!("{name} har ikke fået post endnu; før accepterede det ikke {before}"),
    verdict: |verdict| match verdict {
        Verdict::StandsOut => "afviger",
        Verdict::Better => "mindre end før",
        Verdict::AsBefore => "som før",
        Verdict::TooFew => "for få meddelelser endnu",
    },
    nothing: "ingen post",
    take_back: "Tag udgivelsen tilbage",
    stands_out: |number, what| format!("Efter udgivelse {number} går posten anderledes. {what}"),
    advice: "Se, om det er meningen. Ellers læg reglerne fra før udgivelsen i kladden, og udgiv dem.",
};

pub(super) const AWAY: AwayTexts = AwayTexts {
    grammar: GRAMMAR,
    calendar: &CALENDAR,
    title: "Hvis et fagsystem er væk",
    of_one: "Hvis det er væk nu",
    counted_from: |weekday, from, to, weeks| {
        format!("Det, der ville vente i Digital Post, talt {weekday} kl. {from:02}–{to:02} i {weeks}.")
    },
    weeks: counted("den seneste uge", |weeks| format!("de seneste {weeks} uger")),
    hour_unknown: "Journalen kender endnu ikke denne time på denne ugedag.",
    would_wait: counted("ca. 1 meddelelse i timen ville vente", |count| {
        format!("ca. {count} meddelelser i timen ville vente")
    }),
    less_than_one: "ca. 1 meddelelse eller færre i timen ville vente",
    nothing: "der plejer intet at komme i denne time",
    via: |points| format!(", mest via {points}"),
    unknown: "ved ikke, hvad der ville vente",
    deactivated: |when, left| format!("Tager det ikke imod noget, deaktiverer Digital Post det {when}, {left}."),
    in_hours: counted("om 1 time", |hours| format!("om {hours} timer")).or_none("om mindre end en time"),
    in_days: counted("om 1 dag", |days| format!("om {days} dage")),
    may_be_deactivated: |when| {
        format!("Digital Post kan have deaktiveret det {when}: det har intet taget imod i syv dage.")
    },
    deactivation_unknown: "Ved ikke, hvornår Digital Post ville deaktivere det: det har aldrig fået en meddelelse.",
};
