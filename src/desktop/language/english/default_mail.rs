//! *Opsamling* in English.

use super::calendar::CALENDAR;
use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::default_mail::{DefaultMailTexts, GroupColumns};
use crate::desktop::model::default_mail::{Facet, Span, Step};

pub(super) const TEXTS: DefaultMailTexts = DefaultMailTexts {
    title: "Default recipient",
    grammar: GRAMMAR,
    calendar: &CALENDAR,
    about: |fagsystem| format!("What no rule takes goes to {fagsystem}"),
    none: "This shows how much of the mail the rules distribute and what falls to the default recipient, as soon as the router \
           has received the first message.",
    working_out: "Reading the journal …",
    number: |share, compared| format!("Distributed with no human hand: {share}{compared}"),
    in_month: |share, month| format!(" ({share} in {month})"),
    unknown: "unknown",
    of_messages: |by_rule, all| format!("A rule decided {by_rule} of {all} messages."),
    counted_once: "Each message counts once, even when it is sent again.",
    span: |span| match span {
        Span::Month => "30 days",
        Span::Quarter => "90 days",
        Span::All => "All",
    },
    compare_with: "Compare with",
    no_month: "No earlier month",
    step: |step| match step {
        Step::Day => "Day",
        Step::Week => "Week",
    },
    curve: "Share that a rule decided",
    week_from: |day| format!("The week from {day}"),
    no_mail: "no mail",
    by_rule: |share, by_rule, all| format!("{share} distributed by a rule: {by_rule} of {all}"),
    fallen: "What fell to the default recipient",
    fallen_count: counted("1 message", |count| format!("{count} messages")),
    overlap: "The same message can be in several groups: it has a contact point, a KLE number and a sender. So do not add the \
              groups up.",
    facet: |facet| match facet {
        Facet::ContactPoint => "Contact point",
        Facet::KleMainGroup => "KLE main group",
        Facet::KleGroup => "KLE group",
        Facet::Sender => "Sender's CVR number",
        Facet::ContactGroup => "Contact group",
        Facet::NoContactPoint => "No contact point",
    },
    none_of_facet: "None of what fell can be grouped like this.",
    columns: GroupColumns {
        messages: "Messages",
        share: "Share",
        draft: |is_now| if is_now { "The draft's rules" } else { "The draft that day" },
    },
    drafted_all: |is_now| if is_now { "take them all now" } else { "take them all" },
    drafted: |count, is_now| format!("take {count} of them{}", if is_now { " now" } else { "" }),
    not_drafted: "take none of them",
    make_rule: "Create rule",
    no_rule: "No rule possible",
    more_groups: counted("and 1 more group with fewer messages", |count| {
        format!("and {count} more groups with fewer messages")
    }),
};
