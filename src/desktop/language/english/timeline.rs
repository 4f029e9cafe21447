//! *Timeline* in English.

use super::grammar::{GRAMMAR, RULES, counted};
use crate::desktop::language::texts::timeline::{LegendTexts, TimelineTexts};
use crate::desktop::model::timeline::rows::{Grouping, Selection};
use crate::rules::SenderKind;

pub(super) const TEXTS: TimelineTexts = TimelineTexts {
    grammar: GRAMMAR,
    title: "Timeline",
    rules: RULES,
    gaps: counted("1 gap ahead", |count| format!("{count} gaps ahead")).or_none("no gaps ahead"),
    changes: counted("1 day of change in the next 90 days", |count| {
        format!("{count} days of change in the next 90 days")
    })
    .or_none("no changes in the next 90 days"),
    grouping: |grouping| match grouping {
        Grouping::Value => "Value",
        Grouping::Kle => "KLE",
        Grouping::Fagsystem => "System",
    },
    selection: |selection| match selection {
        Selection::All => "All",
        Selection::Soon => "Change within 90 days",
        Selection::Trouble => "Gaps and overlaps",
    },
    months: "Months",
    quarters: "Quarters",
    years: "Years",
    all: "All",
    show_today: "Show today",
    search: "Find rule, value, system",
    none: "There are no rules yet. Once there are, they stand here with the days on which they are valid.",
    none_in_selection: "No rules have gaps, overlaps or changes that fit the selection.",
    none_found: "No rules match the search.",
    show_all: "Show all",
    to_rules: "To the rules",
    today: "today",
    shown_day: |day| format!("shown: {day}"),
    quarter: |number| format!("Q{number}"),
    main_group: |number, title| {
        if title.is_empty() { format!("KLE {number}") } else { format!("KLE {number} {title}") }
    },
    bar: |priority, value, fagsystem| format!("Rule {priority}, {value}, {fagsystem}"),
    only_for: |senders| format!("only {senders}"),
    period: |from, to| format!("{from} – {to}"),
    open: |from| format!("{from} without an end"),
    published: |period| format!("Published: {period}"),
    is_new: "New in the draft, not published",
    is_off: "Switched off",
    is_idle: |periods| format!("Decides nothing {periods}"),
    in_part: |periods| format!("Earlier rules take a part {periods}"),
    gap: |period, fagsystem| format!("Gap {period}: goes to {fagsystem}"),
    gap_after: |from, fagsystem| format!("From {from}: goes to {fagsystem}"),
    limited: |words, to| format!("{words} ({to})"),
    gap_short: |fagsystem| format!("gap → {fagsystem}"),
    then_short: |fagsystem| format!("then {fagsystem}"),
    handover: |from, to, day| format!("{from} → {to} {day}"),
    sender: |sender| match sender {
        SenderKind::Person => "persons",
        SenderKind::Company => "companies",
        SenderKind::Authority => "authorities",
        SenderKind::Other => "others",
    },
    more: counted("1 more", |count| format!("{count} more")),
    ends: |rule, day| format!("Rule {rule} ends {day}"),
    never_ends: |rule| format!("Rule {rule} has no end"),
    begins: |rule, day| format!("Rule {rule} begins {day}"),
    changes_on: |from, to, day| format!("Rule {to} takes over from rule {from} on {day}"),
    backwards: |rule, from, to| format!("Rule {rule} would end {to}, before it begins {from}. Nothing was changed."),
    gone: |rule| format!("Rule {rule} is no longer there. Nothing was changed."),
    overlap: |rule, periods| format!("Earlier rules take mail from rule {rule} {periods}"),
    no_trouble: "No new gaps or overlaps",
    too_many: "The effect is worked out when you let go",
    how: "Drag the end of a bar to move its date. Shift-drag moves the change to the next rule with it.",
    how_by_keys: "Tab: an end · arrows: a day, with Shift a month · Enter: save in the draft · Esc: give up",
    working_out: "Working …",
    legend: LegendTexts {
        decides: "decides",
        in_part: "decides a part",
        idle: "hidden by earlier rules",
        off: "switched off",
        gap: "gap",
        published: "published dates",
    },
};
