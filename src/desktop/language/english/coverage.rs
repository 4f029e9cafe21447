//! *Dækning* in English.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::coverage::CoverageTexts;
use crate::desktop::model::coverage::ShownPlan;
use crate::rules::{CriterionKind, SenderKind};

pub(super) const TEXTS: CoverageTexts = CoverageTexts {
    title: "Coverage",
    grammar: GRAMMAR,
    about: |plan| format!("Where the draft's rules send mail by its {plan} number"),
    working_out: "Laying the rules over the plan …",
    plan: |plan| match plan {
        ShownPlan::Kle => "KLE",
        ShownPlan::Form => "FORM",
    },
    sized_by_mail: "Size: mail",
    sized_evenly: "Equal sizes",
    messages: counted("1 message in the last 30 days", |count| format!("{count} messages in the last 30 days"))
        .or_none("No messages in the last 30 days"),
    unplanned: "Not in the plan",
    part_of: |title| format!("Part of {title}"),
    by_rule: |fagsystem, rule| format!("goes to {fagsystem} by rule {rule}"),
    by_default: |fagsystem| format!("goes to the default recipient, {fagsystem}"),
    from_senders: |senders, sentence| format!("from {senders}: {sentence}"),
    senders: |sender| match sender {
        SenderKind::Person => "persons",
        SenderKind::Company => "companies",
        SenderKind::Authority => "authorities",
        SenderKind::Other => "others",
    },
    to_recipients: |numbers| format!(", when addressed to CVR no. {numbers}"),
    some_numbers: " (some of the numbers)",
    unless_earlier: |facts| format!(", unless an earlier rule on {facts} takes it"),
    unless_any: |facts| format!(", unless a rule on {facts} takes it"),
    fact: |kind| match kind {
        CriterionKind::ContactPoint => "contact point",
        CriterionKind::ContactGroup => "contact group",
        CriterionKind::SenderCvr => "the sender's CVR no.",
        CriterionKind::RecipientCvr => "the recipient's CVR no.",
        CriterionKind::Kle => "KLE",
        CriterionKind::Form => "FORM",
        CriterionKind::NoContactPoint => "mail without a contact point",
    },
    or: "or",
    others: |takers| format!("Numbers that the plan does not have: {takers}"),
    more_takers: counted("and 1 more rule", |count| format!("and {count} more rules")),
    uncovered: "default",
    uncovered_of: |fagsystem| format!("Default recipient, no rule: {fagsystem}"),
    split: "split",
    uncovered_heading: "No rule takes",
    all_covered: "Rules take every part of the plan.",
    more_uncovered: counted("and 1 more part", |count| format!("and {count} more parts")),
    chosen_hint: "Choose a part of the picture to see its rules and make a new one.",
    new_rule: |numbers| format!("New rule for {numbers}"),
    open_rule: |rule| format!("Open rule {rule}"),
    look_into: "Show what belongs to it",
    up: "One step up",
    no_rules: |plan| {
        format!(
            "No rule looks at {plan}: the mail goes to the default recipient, unless a rule on something else takes it."
        )
    },
    main_groups_alone: "Only the main groups are known. With KL's plan, groups and subjects are shown as well.",
    form_areas_alone: "Only FORM's 34 service areas are built in. Below them are the intervals that rules name.",
    no_mail: |plan| format!("No mail with a {plan} number in the last 30 days: the parts are of equal size."),
    contradiction: "The draft contradicts itself and cannot be published. It is shown as far as it can be read. See Changes.",
    outside_the_plan: counted("1 of the messages had a number that the plan does not have", |count| {
        format!("{count} of the messages had a number that the plan does not have")
    }),
    without_number: counted("1 message without a number is left out", |count| {
        format!("{count} messages without a number are left out")
    }),
    small_parts: "Parts with little or no mail are drawn larger than they are, so that they can be seen.",
};
