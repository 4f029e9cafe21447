//! *Fordelingsregler* in English.

use super::grammar::{GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::rules::{
    NeverTexts, NewNumbersTexts, RuleColumns, RuleSentence, RuleTexts, SwitchTexts,
};
use crate::desktop::model::rule_state::RuleState;
use crate::rules::{Criterion, CriterionKind, GroupFirst, PostType, Segment};

pub(super) const TEXTS: RuleTexts = RuleTexts {
    title: "Distribution rules",
    count: counted("1 rule", |count| format!("{count} rules · the topmost that matches decides")).or_none("No rules"),
    count_of: |shown, all| format!("{shown} of {all}"),
    new: "New rule",
    new_above: "New rule above this one",
    clone: "Make a copy",
    rule: |priority| format!("Rule {priority}"),
    delete: "Delete rule",
    delete_chosen: "Delete the chosen rules",
    switch_on: "Switch on",
    switch_off: "Switch off",
    spread: "Spread numbers evenly",
    none: "There are no rules yet: all mail goes to the default recipient. Choose “New rule” to send some of it \
           elsewhere.",
    none_in_draft: "The draft has no rules. Once it is published, all mail goes to the default recipient. Choose “New rule” to send \
                    some of it elsewhere.",
    none_found: "No rules match the search and the filters.",
    show_all: "Show all rules",
    search: "Search the rules",
    filter: "Filter …",
    filter_name: "The filter's name",
    save_filter: "Save the filter",
    forget_filter: "Forget the saved filter",
    saved_filter: "Saved",
    columns_button: "Choose columns",
    no_room: "no space",
    otherwise: "Otherwise",
    default_recipient: "Anything that no rule takes",
    never: "Never",
    priority_hint: "1 comes first: the lowest number that matches decides",
    through: "Up to and including",
    through_button: "to",
    optional: "optional",
    tree: "KLE tree",
    known_number: "seen in rules or mail",
    unfinished: "Once the fields are filled in correctly, the rule is shown here as a sentence.",
    list: RULE_LIST,
    never_wins: NEVER,
    shadows: |rules| format!("{rules} will then get no mail."),
    group_first: |GroupFirst { rule, group }| {
        format!("The contact point is in the contact group {group}, and rule {rule} takes the group's mail first.")
    },
    is_after_group: "After group",
    put_before: |rule| format!("Put it before rule {rule}"),
    overtaken: "The rule has been changed elsewhere since you opened it.",
    overtaken_hint: "Choose in the editor whether to use the rule as it is now or keep what you have written.",
    deleted_elsewhere: "The rule has been deleted elsewhere since you opened it.",
    is_now: |sentence| format!("Now: {sentence}"),
    reload: "Use it as it is now",
    keep_mine: "Keep what I have written",
    is_active: "The rule is switched on",
    chosen: counted("1 rule chosen", |count| format!("{count} rules chosen")),
    chosen_hint: "What you choose here applies to them all, and can be undone in one go.",
    different: "Various",
    set_dates: "Set dates",
    without_end: "Remove end date",
    ends_before_start: |priority| format!("Rule {priority} would end before it begins"),
    new_numbers: NewNumbersTexts {
        none: "No number changes",
        becomes: |from, to| format!("{from} becomes {to}"),
        all: |numbers| format!("New numbers: {numbers}"),
        more: |count| format!(" and {count} more"),
    },
    move_hint: "Move with the mouse, or with Alt and the up and down arrows.",
    switch: SwitchTexts {
        grammar: GRAMMAR,
        title: "Switch business system",
        about: "The rules that send to the old business system end the day before, and new ones begin on the day: no \
                gaps and no overlaps.",
        from: "From business system",
        to: "To business system",
        day: "The new one applies from",
        same: "Choose a business system other than the old one",
        unfinished: |fields| format!("Fill in {fields} to see here what will happen."),
        quoted: |field| format!("“{field}”"),
        ended: counted("1 rule ends the day before, and a new one begins on the day.", |count| {
            format!("{count} rules end the day before, and a new one for each begins on the day.")
        }),
        redirected: counted("1 rule begins on the day or later and only changes business system.", |count| {
            format!("{count} rules begin on the day or later and only change business system.")
        }),
        untouched: counted("1 rule expires before the day and is left alone.", |count| {
            format!("{count} rules expire before the day and are left alone.")
        }),
        renumbered: counted("1 rule gets a new number to make room.", |count| {
            format!("{count} rules get new numbers to make room.")
        }),
        no_rules: "No rules send to the old business system.",
        default_stays: "The old business system is the default recipient and will remain so. Change that under Business \
                        systems when the day comes.",
        in_the_past: "The day has passed: the switch applies as soon as it is published.",
        make: "Make the switch in the draft",
    },
    columns: RuleColumns {
        priority: "Priority",
        state: "State",
        segment: "Segment",
        element: "Rule element",
        value: "Rule value",
        fagsystem: "Business system",
        from: "Valid from",
        to: "Valid to",
        hits: "30 days",
        last_hit: "Last used",
        note: "Note",
    },
    state: |state| match state {
        RuleState::Active => "Active",
        RuleState::Coming => "Coming",
        RuleState::Expiring => "Expires soon",
        RuleState::Expired => "Expired",
        RuleState::Off => "Off",
        RuleState::Shadowed => "Shadowed",
        RuleState::Impossible => "Impossible",
    },
    segment: |segment| match segment {
        Segment::Everyone => "Everyone",
        Segment::Person => "Person",
        Segment::Company => "Company",
        Segment::Authority => "Authority",
    },
    element: |element| match element {
        CriterionKind::ContactPoint => "Contact point",
        CriterionKind::ContactGroup => "Contact group",
        CriterionKind::SenderCvr => "Sender's CVR no.",
        CriterionKind::RecipientCvr => "Recipient's CVR no.",
        CriterionKind::Kle => "KLE",
        CriterionKind::Form => "FORM",
        CriterionKind::NoContactPoint => "No contact point",
    },
    post_type: |post_type| match post_type {
        PostType::Authority => "Authority mail",
        PostType::Company => "Company mail",
        PostType::Unspecified => "Mail type not given",
    },
    value_placeholder: |element| match element {
        CriterionKind::ContactPoint => "Name, number or id",
        CriterionKind::ContactGroup => "The group's name",
        CriterionKind::SenderCvr | CriterionKind::RecipientCvr => "12345674",
        CriterionKind::Kle => "27.36 or a word",
        CriterionKind::Form => "26.05",
        CriterionKind::NoContactPoint => "",
    },
    not_in_the_plan: "Not in the KLE plan",
    wrong_check_digit: "The check digit is wrong",
    sentence: SENTENCE,
};

/// Why a rule never gets a message: "Rule 30 never gets mail: Rule 10 takes everything that it could get."
pub(super) const NEVER: NeverTexts = NeverTexts {
    list: RULE_LIST,
    the_rule: "The rule",
    never: |rule, why| format!("{rule} never gets mail: {why}"),
    taken_by_one: |rule| format!("{rule} takes everything that it could get."),
    taken_by_several: |rules| format!("{rules} together take everything that it could get."),
    person_with_cvr: "A person has no CVR no.",
    company_with_cvr_of_authority: |cvr| format!("CVR no. {cvr} belongs to an authority and not to a company."),
    recipient_of_another: |cvr| format!("The authority gets no mail at CVR no. {cvr}."),
};

pub(super) const SENTENCE: RuleSentence = RuleSentence {
    which,
    from_whom: |segment| match segment {
        Segment::Everyone => "",
        Segment::Person => " from persons",
        Segment::Company => " from companies",
        Segment::Authority => " from authorities",
    },
    from: |day| format!("from {day}"),
    from_through: |first, last| format!("from {first} up to and including {last}"),
    whole: |which, whom, fagsystem, validity| format!("Mail {which}{whom} goes to {fagsystem} {validity}."),
    is_off: " The rule is switched off.",
};

/// What a rule looks at: "mail to the contact point Pladsanvisningen".
pub(super) fn mail(criterion: &Criterion, value: &str) -> String {
    format!("mail {}", which(criterion, value))
}

fn which(criterion: &Criterion, value: &str) -> String {
    match criterion {
        Criterion::ContactPoint(_) => format!("to the contact point {value}"),
        Criterion::ContactGroup(_) => format!("to the contact group {value}"),
        Criterion::SenderCvr(_) => format!("from CVR no. {value}"),
        Criterion::RecipientCvr(_) => format!("to CVR no. {value}"),
        Criterion::Kle(_) => format!("with KLE {value}"),
        Criterion::Form(_) => format!("with FORM {value}"),
        Criterion::NoContactPoint(PostType::Authority) => {
            "without a contact point and of the type authority mail".to_owned()
        }
        Criterion::NoContactPoint(PostType::Company) => {
            "without a contact point and of the type company mail".to_owned()
        }
        Criterion::NoContactPoint(PostType::Unspecified) => "without a contact point or a mail type".to_owned(),
    }
}
