//! *Tidslinje* in Danish.

use super::grammar::{GRAMMAR, RULES, counted};
use crate::desktop::language::texts::timeline::{LegendTexts, TimelineTexts};
use crate::desktop::model::timeline::rows::{Grouping, Selection};
use crate::rules::SenderKind;

pub(super) const TEXTS: TimelineTexts = TimelineTexts {
    grammar: GRAMMAR,
    title: "Tidslinje",
    rules: RULES,
    gaps: counted("1 hul forude", |count| format!("{count} huller forude")).or_none("ingen huller forude"),
    changes: counted("1 dag med skift de næste 90 dage", |count| format!("{count} dage med skift de næste 90 dage"))
        .or_none("ingen skift de næste 90 dage"),
    grouping: |grouping| match grouping {
        Grouping::Value => "Værdi",
        Grouping::Kle => "KLE",
        Grouping::Fagsystem => "Fagsystem",
    },
    selection: |selection| match selection {
        Selection::All => "Alle",
        Selection::Soon => "Ændres inden 90 dage",
        Selection::Trouble => "Huller og overlap",
    },
    months: "Måneder",
    quarters: "Kvartaler",
    years: "År",
    all: "Alt",
    show_today: "Vis i dag",
    search: "Søg regel, værdi, fagsystem",
    none: "Der er ingen regler endnu. Når der er, står de her med de dage, de gælder.",
    none_in_selection: "Ingen regler har huller, overlap eller ændringer, der passer til udvalget.",
    none_found: "Ingen regler passer til søgningen.",
    show_all: "Vis alle",
    to_rules: "Til reglerne",
    today: "i dag",
    shown_day: |day| format!("vist: {day}"),
    quarter: |number| format!("{number}. kvt."),
    main_group: |number, title| {
        if title.is_empty() { format!("KLE {number}") } else { format!("KLE {number} {title}") }
    },
    bar: |priority, value, fagsystem| format!("Regel {priority}, {value}, {fagsystem}"),
    only_for: |senders| format!("kun {senders}"),
    period: |from, to| format!("{from} – {to}"),
    open: |from| format!("{from} uden slutdato"),
    published: |period| format!("Udgivet: {period}"),
    is_new: "Ny i kladden, ikke udgivet",
    is_off: "Slået fra",
    is_idle: |periods| format!("Bestemmer intet {periods}"),
    in_part: |periods| format!("Tidligere regler tager en del {periods}"),
    gap: |period, fagsystem| format!("Hul {period}: går til {fagsystem}"),
    gap_after: |from, fagsystem| format!("Fra {from}: går til {fagsystem}"),
    limited: |words, to| format!("{words} ({to})"),
    gap_short: |fagsystem| format!("hul → {fagsystem}"),
    then_short: |fagsystem| format!("derefter {fagsystem}"),
    handover: |from, to, day| format!("{from} → {to} {day}"),
    sender: |sender| match sender {
        SenderKind::Person => "personer",
        SenderKind::Company => "virksomheder",
        SenderKind::Authority => "myndigheder",
        SenderKind::Other => "andre",
    },
    more: counted("1 til", |count| format!("{count} til")),
    ends: |rule, day| format!("Regel {rule} slutter {day}"),
    never_ends: |rule| format!("Regel {rule} har ingen slutdato"),
    begins: |rule, day| format!("Regel {rule} begynder {day}"),
    changes_on: |from, to, day| format!("Regel {from} afløses af regel {to} den {day}"),
    backwards: |rule, from, to| format!("Regel {rule} ville slutte {to}, før den begynder {from}. Intet er ændret."),
    gone: |rule| format!("Regel {rule} findes ikke længere. Intet er ændret."),
    overlap: |rule, periods| format!("Tidligere regler tager post fra regel {rule} {periods}"),
    no_trouble: "Ingen nye huller eller overlap",
    too_many: "Virkningen regnes ud, når du slipper",
    how: "Træk i enden af en bjælke for at flytte datoen. Shift-træk flytter skiftet til næste regel med.",
    how_by_keys: "Tab: en ende · piletaster: en dag, med Shift en måned · Enter: gem i kladden · Esc: fortryd",
    working_out: "Regner …",
    legend: LegendTexts {
        decides: "bestemmer",
        in_part: "bestemmer en del",
        idle: "skjult af tidligere regler",
        off: "slået fra",
        gap: "hul",
        published: "udgivne datoer",
    },
};
