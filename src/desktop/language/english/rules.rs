use super::super::{MOST_LISTED, MOST_RENUMBERED, RuleColumns, RuleTexts, SwitchTexts, joined};
use super::{counted, number};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::Names;
use crate::desktop::model::rule_state::RuleState;
use crate::rules::CriterionKind;
use crate::rules::{Clash, Criterion, FindingKind, Never, PostType, Priority, Renumbering, Rule, Segment, Switch};

pub(super) const TEXTS: RuleTexts = RuleTexts {
    title: "Distribution rules",
    count: |shown, all| match (shown, all) {
        (_, 0) => "No rules".to_owned(),
        (shown, all) if shown < all => format!("{} of {}", number(shown as u64), counted(all as u64, "rule")),
        (_, 1) => "1 rule".to_owned(),
        (_, all) => format!("{} · the topmost that matches decides", counted(all as u64, "rule")),
    },
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
    no_room: "no room",
    otherwise: "Otherwise",
    default_recipient: "Whatever no rule takes",
    never: "Never",
    priority_hint: "1 goes first: the lowest number that matches decides",
    through: "Up to and including",
    through_button: "to",
    optional: "optional",
    tree: "KLE tree",
    known_number: "seen in rules or mail",
    unfinished: "Once the fields are filled in correctly, the rule appears here as a sentence.",
    never_wins: |why| never("The rule", why),
    shadows: |rules| format!("{} will then get no mail.", listed(rules)),
    put_before: |rule| format!("Put it before rule {rule}"),
    overtaken: "The rule has been changed elsewhere since you opened it.",
    overtaken_hint: "Choose in the editor whether to take the rule as it is now or to keep what you have written.",
    deleted_elsewhere: "The rule has been deleted elsewhere since you opened it.",
    is_now: |sentence| format!("Now: {sentence}"),
    reload: "Take it as it is now",
    keep_mine: "Keep what I have written",
    is_active: "The rule is switched on",
    chosen: |count| format!("{} chosen", counted(count as u64, "rule")),
    chosen_hint: "What you choose here applies to them all, and can be undone in one go.",
    different: "Various",
    set_dates: "Set dates",
    without_end: "Remove end date",
    ends_before_start: |priority| format!("Rule {priority} would end before it begins"),
    new_numbers,
    move_hint: "Move with the mouse, or with Alt and the up and down arrows.",
    switch: SwitchTexts {
        title: "Switch business system",
        about: "The rules that send to the old business system end the day before, and new ones begin on the day: no \
                gaps and no overlaps.",
        from: "From business system",
        to: "To business system",
        day: "The new one applies from",
        same: "Choose another business system than the old one",
        unfinished: |fields| {
            let fields: Vec<_> = fields.iter().map(|field| format!("\"{field}\"")).collect();
            format!("Fill in {} to see here what will happen.", joined(&fields, "and"))
        },
        summary: switch_summary,
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
    value_doubt,
    sentence,
};

fn value_doubt(doubt: &FindingKind) -> Option<&'static str> {
    match doubt {
        FindingKind::CheckDigit(_) => Some("The check digit does not fit"),
        _ => None,
    }
}

/// "Rule 10" or "Rules 10, 20 and 30".
pub(super) fn listed(rules: &[Priority]) -> String {
    match rules {
        [] => String::new(),
        [one] => format!("Rule {one}"),
        many if many.len() > MOST_LISTED => counted(many.len() as u64, "rule"),
        many => format!("Rules {}", joined(many, "and")),
    }
}

/// Why a rule never gets any post: "Rule 30 never gets mail: Rule 10 takes everything that it could get."
pub(super) fn never(rule: &str, why: &Never) -> String {
    let reason = match why {
        Never::Taken(by) if by.len() == 1 => format!("{} takes everything that it could get.", listed(by)),
        Never::Taken(by) => format!("{} together take everything that it could get.", listed(by)),
        Never::Clash(Clash::PersonWithCvr) => "A person has no CVR no.".to_owned(),
        Never::Clash(Clash::CompanyWithCvrOfAuthority(cvr)) => {
            format!("CVR no. {cvr} is an authority's and not a company's.")
        }
        Never::Clash(Clash::RecipientOfAnother(cvr)) => format!("The authority gets no mail at CVR no. {cvr}."),
    };
    format!("{rule} never gets mail: {reason}")
}

/// "New numbers: 50 becomes 22, 60 becomes 25", and how many more.
fn new_numbers(numbers: &Renumbering) -> String {
    if numbers.is_empty() {
        return "No number changes".to_owned();
    }
    let shown: Vec<_> =
        numbers.0.iter().take(MOST_RENUMBERED).map(|(from, to)| format!("{from} becomes {to}")).collect();
    let more = numbers.0.len().saturating_sub(MOST_RENUMBERED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("New numbers: {}{more}", shown.join(", "))
}

fn switch_summary(switch: &Switch) -> Vec<String> {
    let mut lines = Vec::new();
    let mut tell = |count: usize, one: &str, many: &str| {
        if count > 0 {
            lines.push(format!("{} {}", counted(count as u64, "rule"), if count == 1 { one } else { many }));
        }
    };
    tell(
        switch.ended.len(),
        "ends the day before, and a new one begins on the day.",
        "end the day before, and a new one for each begins on the day.",
    );
    tell(
        switch.redirected.len(),
        "begins on the day or later and only changes business system.",
        "begin on the day or later and only change business system.",
    );
    tell(
        switch.untouched.len(),
        "expires before the day and is left alone.",
        "expire before the day and are left alone.",
    );
    tell(switch.renumbered.0.len(), "gets a new number to make room.", "get new numbers to make room.");
    if lines.is_empty() {
        lines.push("No rules send to the old business system.".to_owned());
    }
    lines
}

/// The mail that a criterion wants, by the plain name of its value: "mail to the contact point Pladsanvisningen".
pub(super) fn post(criterion: &Criterion, value: &str) -> String {
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

pub(super) fn validity(rule: &Rule) -> String {
    let until = rule.validity.to().map(|to| format!(" up to and including {}", date_text(to))).unwrap_or_default();
    format!("from {}{until}", date_text(rule.validity.from()))
}

pub(super) fn sentence(names: Names<'_>, rule: &Rule) -> String {
    let who = match rule.segment {
        Segment::Everyone => "",
        Segment::Person => " from persons",
        Segment::Company => " from companies",
        Segment::Authority => " from authorities",
    };
    let value = names.value(&rule.criterion).unwrap_or_default();
    let which = which(&rule.criterion, &value);
    let fagsystem = names.fagsystem(&rule.fagsystem);
    let off = if rule.active { "" } else { " The rule is switched off." };
    format!("Mail {which}{who} goes to {fagsystem} {}.{off}", validity(rule))
}
