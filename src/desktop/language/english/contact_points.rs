use super::rules::listed;
use crate::desktop::language::contact_points::ContactPointTexts;
use crate::desktop::language::{grouped, joined, same};
use crate::desktop::model::point_state::{PointState, Rest};
use crate::exchange::{FoundInstead, StructureError, StructureFault, StructureNotice, StructureProblem};
use crate::rules::{
    Audience, ContactGroup, ContactPoint, Criterion, Megabytes, PointCode, PointDetails, Segment, Swap, without_cpr,
};

pub(super) const TEXTS: ContactPointTexts = ContactPointTexts {
    title: "Contact points",
    count: |shown, all, without_rule, partly| {
        let points = match (shown, all) {
            (_, 0) => return "No contact points".to_owned(),
            (shown, all) if shown < all => format!("{} of {}", number(shown), points(all)),
            (_, all) => points(all),
        };
        match (without_rule, partly) {
            (0, 0) => format!("{points} · all fully taken by rules"),
            (0, partly) => format!("{points} · {} only partly taken by rules", number(partly)),
            _ => format!("{points} · {} without a rule", number(without_rule)),
        }
    },
    points,
    new: "New contact point",
    import: "Get contact structure …",
    none: "The contact points that citizens, companies and other authorities can write to are listed here. Rules can then \
           choose them by name, and you can see who takes what. Get them from pages that you have saved from Digital \
           Post, or make them yourselves with \"New contact point\".",
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
    codes_hint: "Type, code, maybe name: KLE 28.06 Day care; FORM 26.05",
    not_a_code: |piece| format!("\"{piece}\": write both type and code, such as KLE 28.06"),
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
    taken: |rule, fagsystem, more, rest| {
        let what = match rule.criterion {
            Criterion::ContactGroup(_) => Some("when the group is named"),
            Criterion::RecipientCvr(_) => Some("all mail"),
            _ => None,
        };
        let only: Vec<_> = segment(rule.segment).into_iter().chain(what).collect();
        let whom = if only.is_empty() { String::new() } else { format!(" ({})", only.join(", ")) };
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        let rest = match rest {
            None => "",
            Some(Rest::Default) => ", else the default recipient",
            Some(Rest::Others) => ", else other rules",
        };
        format!("{} → {fagsystem}{whom}{more}{rest}", rule.priority)
    },
    all_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("No rule takes its mail. It goes to the default recipient, {fagsystem}."),
        Rest::Others => format!(
            "No rule names the contact point. Its mail goes by the other rules, else to the default recipient, {fagsystem}."
        ),
    },
    rest_to_default: |fagsystem, rest| match rest {
        Rest::Default => format!("The rest goes to the default recipient, {fagsystem}."),
        Rest::Others => format!("The rest goes by the other rules, else to the default recipient, {fagsystem}."),
    },
    by_group: "A rule for a contact group takes only mail that names the group itself. The router does not look it up.",
    addressed: |count| match count {
        0 => "No message of the last 30 days had this id.".to_owned(),
        1 => "1 message of the last 30 days had this id.".to_owned(),
        _ => format!("{} messages of the last 30 days had this id.", grouped(count, ',')),
    },
    new_rule: "New rule for the contact point",
    id: "Id",
    id_hint: "Upper and lower case make no difference",
    id_taken: "Another contact point has this id",
    description: "Description",
    audiences: "Who can write to it",
    audience: |it| match it {
        Audience::Citizen => "Citizens",
        Audience::Company => "Companies",
        Audience::Authority => "Authorities",
    },
    is_active: "Active: it can be written to",
    is_visible: "Shown to those who write",
    largest: "Largest size (MB)",
    not_a_size: "Write 10 or 2.5",
    ambiguous_size: |whole, fraction| format!("Write {whole} or {fraction}: it can be read as both"),
    attachments: "Most attachments",
    not_a_count: "Write a whole number",
    terms: "Search terms",
    terms_hint: "Semicolons or commas between",
    fields: "Fields to fill in",
    fields_hint: "Semicolons between; two at most, as a rule",
    overtaken: "The contact point has been changed or deleted elsewhere since you opened it.",
    delete: "Delete contact point",
    needed_by_rules: |rules| {
        let verb = if rules.len() == 1 { "names" } else { "name" };
        format!("Cannot be deleted: {} {verb} it.", listed(rules))
    },
    error,
    notice,
};

fn number(number: usize) -> String {
    grouped(number as u64, ',')
}

fn points(count: usize) -> String {
    if count == 1 { "1 contact point".to_owned() } else { format!("{} contact points", number(count)) }
}

fn segment(segment: Segment) -> Option<&'static str> {
    match segment {
        Segment::Everyone => None,
        Segment::Person => Some("persons"),
        Segment::Company => Some("companies"),
        Segment::Authority => Some("authorities"),
    }
}

fn error(error: &StructureError) -> String {
    match error {
        StructureError::NoFile => "Choose at least one file.".to_owned(),
        StructureError::NotJson { file, line, column, .. } => format!(
            "{} is not whole: line {line}, character {column} is no valid JSON. Get the page again.",
            without_cpr(file)
        ),
        StructureError::SomethingElse { file, found } => {
            let found = match found {
                FoundInstead::Nothing => "The file is empty.",
                FoundInstead::Markup => "It is a web page or XML; perhaps you were not logged in when it was saved.",
                FoundInstead::Configuration => "It is a configuration file of Postfordeler.",
                FoundInstead::Other => "There are no contact points in it.",
            };
            format!("{} is no page of a contact structure. {found}", without_cpr(file))
        }
        StructureError::TooLarge => {
            "The files are larger than any contact structure: together they may have 32 MB, about a million values \
             and 100,000 contact points."
                .to_owned()
        }
        StructureError::Faults(faults) => faults.iter().map(fault).collect::<Vec<_>>().join("\n"),
        StructureError::Stopped(_) => "The reading was stopped. Nothing has changed.".to_owned(),
    }
}

fn fault(fault: &StructureFault) -> String {
    format!("{}: {}", fault.at, structure_problem(fault.problem))
}

pub(super) fn structure_problem(problem: StructureProblem) -> String {
    match problem {
        StructureProblem::NoId => "The contact point has no id.".to_owned(),
        StructureProblem::NotAContactPoint => "There should be a contact point here.".to_owned(),
    }
}

fn notice(notice: &StructureNotice) -> String {
    match notice {
        StructureNotice::Differs { id, title, taken, .. } => {
            let name = if title.is_empty() { id.as_str() } else { title };
            format!("{} appears twice with different contents. The later one counts: {taken}", without_cpr(name))
        }
        StructureNotice::Circle { count, first } => {
            format!("A contact group stands above itself{} and was left out there: {first}", times(*count))
        }
        StructureNotice::NamelessAbove { count, first } => {
            format!("A contact group above others has no name{} and was left out: {first}", times(*count))
        }
        StructureNotice::TooDeep { count, first } => {
            format!(
                "More than 100 contact groups stand above each other{}; the uppermost were left out: {first}",
                times(*count)
            )
        }
        StructureNotice::Invisible { count, first } => {
            format!("Characters that cannot be seen were left out of ids and names{}: {first}", times(*count))
        }
        StructureNotice::LeftOut { key, count: 1, first } => {
            format!("What is under {key} could not be understood and was left out: {first}")
        }
        StructureNotice::LeftOut { key, count, first } => {
            format!("What is under {key} could not be understood in {count} places and was left out, first {first}")
        }
    }
}

/// How often, when it is more than once, and that what follows is the first time.
fn times(count: usize) -> String {
    if count == 1 { String::new() } else { format!(" in {count} places, first here,") }
}

/// A difference as one sentence.
pub(super) fn change(swap: &Swap<ContactPoint>) -> String {
    let (old, new) = match (&swap.before, &swap.after) {
        (None, Some(new)) => return format!("New contact point: {}", name(new)),
        (Some(old), None) => return format!("The contact point {} is deleted", name(old)),
        (Some(old), Some(new)) => (old, new),
        (None, None) => return String::new(),
    };
    let mut parts = Vec::new();
    if old.title != new.title {
        parts.push(format!("is now called {}", name(new)));
    }
    if old.id.as_str() != new.id.as_str() {
        parts.push(format!("gets its id written {}", new.id));
    }
    if !same(&old.groups, &new.groups, ContactGroup::to_string) {
        parts.push(match new.groups.as_slice() {
            [] => "is in no contact group any more".to_owned(),
            groups => format!(
                "is now in the contact {} {}",
                if groups.len() == 1 { "group" } else { "groups" },
                joined(groups, "and")
            ),
        });
    }
    parts.extend(details(&old.details, &new.details));
    format!("The contact point {} {}", name(old), joined(&parts, "and"))
}

fn name(point: &ContactPoint) -> &str {
    if point.title.is_empty() { point.id.as_str() } else { &point.title }
}

fn details(old: &PointDetails, new: &PointDetails) -> Vec<String> {
    let mut parts = Vec::new();
    if old.description != new.description {
        parts.push(
            if new.description.is_empty() { "loses its description" } else { "gets a new description" }.to_owned(),
        );
    }
    match (old.is_active, new.is_active) {
        (true, false) => parts.push("is no longer active".to_owned()),
        (false, true) => parts.push("is now active".to_owned()),
        _ => {}
    }
    match (old.is_visible, new.is_visible) {
        (true, false) => parts.push("is hidden from those who write".to_owned()),
        (false, true) => parts.push("is now shown to those who write".to_owned()),
        _ => {}
    }
    if !same(&old.audiences, &new.audiences, |it| audience(*it)) {
        let whom: Vec<_> = new.audiences.iter().map(|it| audience(*it)).collect();
        parts.push(if whom.is_empty() {
            "is no longer for anybody in particular".to_owned()
        } else {
            format!("is now for {}", joined(&whom, "and"))
        });
    }
    if old.largest != new.largest {
        parts.push(match new.largest {
            Some(largest) => format!("now takes at most {}", megabytes(largest)),
            None => "no longer has a limit of size".to_owned(),
        });
    }
    if old.most_attachments != new.most_attachments {
        parts.push(match new.most_attachments {
            Some(most) => format!("now takes at most {most} {}", if most == 1 { "attachment" } else { "attachments" }),
            None => "no longer has a limit of attachments".to_owned(),
        });
    }
    if !same(&old.codes, &new.codes, Clone::clone) {
        let codes: Vec<_> = new.codes.iter().map(code).collect();
        parts.push(if codes.is_empty() {
            "no longer has any codes".to_owned()
        } else {
            format!("now has the {} {}", if codes.len() == 1 { "code" } else { "codes" }, joined(&codes, "and"))
        });
    }
    if !same(&old.search_terms, &new.search_terms, Clone::clone) {
        parts.push(if new.search_terms.is_empty() {
            "no longer has any search terms".to_owned()
        } else {
            format!(
                "now has the search {} {}",
                if new.search_terms.len() == 1 { "term" } else { "terms" },
                joined(&new.search_terms, "and")
            )
        });
    }
    if old.fields != new.fields {
        parts.push(if new.fields.is_empty() {
            "no longer asks for fields to be filled in".to_owned()
        } else {
            format!("now asks for {}", joined(&new.fields, "and"))
        });
    }
    parts
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "citizens",
        Audience::Company => "companies",
        Audience::Authority => "authorities",
    }
}

fn code(code: &PointCode) -> String {
    let name = if code.name.is_empty() { String::new() } else { format!(" ({})", code.name) };
    format!("{} {}{name}", code.kind, code.code)
}

pub(super) fn megabytes(size: Megabytes) -> String {
    format!("{} MB", size.get())
}
