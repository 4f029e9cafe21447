//! *Kontaktpunkter* in English.

use super::grammar::{CONTACT_POINTS, GRAMMAR, RULE_LIST, counted};
use crate::desktop::language::texts::contact_points::{ContactPointTexts, StructureTexts};
use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{FoundInstead, StructureNotice, StructureProblem};
use crate::rules::{Audience, Segment};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts {
    title: "Contact points",
    grammar: GRAMMAR,
    points: CONTACT_POINTS.or_none("No contact points"),
    points_of: |shown, all| format!("{shown} of {all}"),
    all_taken: "all fully taken by rules",
    partly_taken: |count| format!("{count} only partly taken by rules"),
    not_taken: |count| format!("{count} without a rule"),
    new: "New contact point",
    import: "Import contact structure …",
    none: "The contact points that citizens, companies and other authorities can write to are listed here. Rules can then \
           choose them by name, and you can see who takes what. Import pages that you have saved from Digital \
           Post, or add them yourselves with “New contact point”.",
    none_found: "No contact points match the search and the filters.",
    show_all: "Show all contact points",
    search: "Search contact points",
    as_tree: "Show by group",
    as_list: "Show as one list",
    without_rule: "Without a rule",
    group: "Group",
    no_group: "In no contact group",
    name: "Title",
    groups: "Contact groups",
    groups_hint: "› or > between levels, a semicolon between groups",
    groups_example: "Municipality › Citizens; Day care",
    codes: "Codes",
    codes_hint: "Type, code and perhaps a name: KLE 28.06 Day care; FORM 26.05",
    not_a_code: |piece| format!("“{piece}”: enter both type and code, such as KLE 28.06"),
    state_title: "State",
    state: |state| match state {
        PointState::Open => "Active",
        PointState::Hidden => "Hidden",
        PointState::Closed => "Not active",
    },
    taken_by: "Taken by",
    goes_on: |rest| match rest {
        Rest::Default => "goes to the default recipient",
        Rest::Others => "other rules, else default",
    },
    only_segment: |segment| match segment {
        Segment::Everyone => None,
        Segment::Person => Some("persons"),
        Segment::Company => Some("companies"),
        Segment::Authority => Some("authorities"),
    },
    when_group_named: "when the group is named",
    all_mail: "all mail",
    otherwise: |rest| match rest {
        Rest::Default => ", else the default recipient",
        Rest::Others => ", else other rules",
    },
    all_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("No rule takes its mail. It goes to the default recipient, {fagsystem}."),
        Rest::Others => format!(
            "No rule names the contact point. Its mail is routed by the other rules, else to the default recipient, {fagsystem}."
        ),
    },
    rest_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("The rest goes to the default recipient, {fagsystem}."),
        Rest::Others => format!("The rest is routed by the other rules, else to the default recipient, {fagsystem}."),
    },
    by_group: "A rule for a contact group only takes mail that names the group itself. The router does not look it up.",
    addressed: counted("1 message in the last 30 days had this id.", |count| {
        format!("{count} messages in the last 30 days had this id.")
    })
    .or_none("No message in the last 30 days had this id."),
    new_rule: "New rule for the contact point",
    id: "Id",
    id_hint: "Not case-sensitive",
    id_taken: "Another contact point has this id",
    description: "Description",
    audiences: "Who can write to it",
    audience: |it| match it {
        Audience::Citizen => "Citizens",
        Audience::Company => "Companies",
        Audience::Authority => "Authorities",
    },
    is_active: "Active: people can write to it",
    is_visible: "Shown to those who write",
    largest: "Size limit (MB)",
    not_a_size: "Enter a number such as 10 or 2.5",
    ambiguous_size: |whole, fraction| format!("Enter {whole} or {fraction}: it can be read either way"),
    attachments: "Attachment limit",
    not_a_count: "Enter a whole number",
    terms: "Search terms",
    terms_hint: "Separated by semicolons or commas",
    fields: "Fields to fill in",
    fields_hint: "Separated by semicolons; usually two at most",
    overtaken: "The contact point has been changed or deleted elsewhere since you opened it.",
    delete: "Delete contact point",
    list: RULE_LIST,
    needed_by_rules: |rules, is_one| {
        format!("Cannot be deleted: {rules} {} it.", if is_one { "names" } else { "name" })
    },
};

pub(super) const STRUCTURE: StructureTexts = StructureTexts {
    no_file: "Choose at least one file.",
    not_json: |file, line, column| {
        format!("{file} is incomplete: line {line}, character {column} is not valid JSON. Save the page again.")
    },
    something_else: |file, found| format!("{file} is not a page of a contact structure. {found}"),
    found: |found| match found {
        FoundInstead::Nothing => "The file is empty.",
        FoundInstead::Markup => "It is a web page or XML; perhaps you were not logged in when it was saved.",
        FoundInstead::Configuration => "It is a Postfordeler configuration file.",
        FoundInstead::Other => "There are no contact points in it.",
    },
    too_large: "The files are larger than any contact structure: the limit is 32 MB, about a million values and 100,000 \
                contact points in all.",
    stopped: "Reading was stopped. Nothing has changed.",
    problem: |problem| match problem {
        StructureProblem::NoId => "The contact point has no id.",
        StructureProblem::NotAContactPoint => "There should be a contact point here.",
    },
    notice: structure_notice,
    places: counted("", |count| format!(" in {count} places, first here,")),
};

fn structure_notice(notice: &StructureNotice, name: &str, places: &str) -> String {
    match notice {
        StructureNotice::Differs { taken, .. } => {
            format!("{name} appears twice with different contents. The later one is used: {taken}")
        }
        StructureNotice::Circle { first, .. } => {
            format!("A contact group is listed above itself{places} and was left out there: {first}")
        }
        StructureNotice::NamelessAbove { first, .. } => {
            format!("A contact group above others has no name{places} and was left out: {first}")
        }
        StructureNotice::TooDeep { first, .. } => {
            format!("Contact groups are nested more than 100 deep{places}; the uppermost were left out: {first}")
        }
        StructureNotice::Invisible { first, .. } => {
            format!("Invisible characters were left out of ids and names{places}: {first}")
        }
        StructureNotice::LeftOut { key, count: 1, first } => {
            format!("The value of {key} could not be understood and was left out: {first}")
        }
        StructureNotice::LeftOut { key, count, first } => {
            format!("The value of {key} could not be understood in {count} places and was left out, first {first}")
        }
    }
}
