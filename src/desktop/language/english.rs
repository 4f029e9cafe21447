use super::{
    CalendarTexts, Change, Element, FagsystemTexts, FieldTexts, MessageColumns, RouterTexts, RuleColumns, RuleStates,
    RuleTexts, Texts, Trouble, WelcomeTexts,
};
use crate::desktop::naming::{date_text, fagsystem_name, value_name};
use crate::router::{Probe, ProbeAnswer};
use crate::rules::{Authority, Criterion, PostType, Priority, Rule, Segment, SenderKind, Trouble as RuleTrouble};
use crate::store::Outcome;
use crate::training::{NoReceipt, SampleLetter};

pub(super) static TEXTS: Texts = Texts {
    window_title: "Postfordeler",
    authority: "Authority",
    other_language: "Dansk",
    other_theme: |is_dark| if is_dark { "Light" } else { "Dark" },
    save_and_publish: "Save and put in force",
    cancel: "Cancel",
    close: "Close (Esc)",
    take_back: "Undo",
    cannot_open: "Postfordeler cannot open its data",
    unsaved: "Save or cancel first what you have begun.",
    other_port: |address| format!("Eksempelby Kommune is ready. Port 8606 is taken, so the router uses {address}."),
    changed_elsewhere: |publication| {
        format!("The rules were changed elsewhere; publication {publication} is in force now.")
    },
    done,
    trouble,
    fields: FieldTexts {
        missing: "Must be filled in",
        choose: "Choose …",
        date_placeholder: "dd-mm-yyyy",
        not_a_date: "Write the date as 25-10-2020",
        no_such_date: "There is no such date",
        no_fagsystem: "Choose a business system",
        comma: "Write a full stop between the numbers: 27.36",
        ends_before_start: "The last day lies before the first",
        not_a_priority: "Write a whole number from 1 up",
        priority_taken: |priority, free| match free {
            [] => format!("Priority {priority} is taken"),
            [one] => format!("Priority {priority} is taken. Free close by: {one}"),
            [lower, higher, ..] => format!("Priority {priority} is taken. Free close by: {lower} and {higher}"),
        },
        not_a_cvr: "A CVR number has eight digits",
        not_a_number: |name| match name {
            "FORM" => "Write a FORM number like 26.05 or an interval like 26.05 - 26.10".to_owned(),
            _ => "Write a KLE number like 27.36 or an interval like 31 - 35".to_owned(),
        },
        backwards: "The interval ends before it begins",
    },
    calendar: CalendarTexts {
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        weekdays: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        week: "Wk",
        previous: "Previous month (Page Up)",
        next: "Next month (Page Down)",
        today: "Today",
    },
    welcome: WelcomeTexts {
        title: "Welcome to Postfordeler",
        about: "Here you decide which business system receives your Digital Post, and try the rules before they count.",
        sample: "Try it first",
        sample_about: "Eksempelby Kommune is made up. Nothing leaves this machine.",
        sample_points: [
            "Five business systems that answer",
            "Ten rules to look at and change",
            "A router that runs on this machine",
            "Sample messages to send",
        ],
        begin_sample: "Begin with the sample municipality",
        own: "Set up your own authority",
        name: "The authority's name",
        name_example: "Eksempel Kommune",
        cvr: "CVR number",
        fagsystem: "Default recipient (gets what no rule takes)",
        make: "Set up authority",
        import: "If you have a configuration file, take it in with the command: postfordeler import <file>",
    },
    rules: RuleTexts {
        title: "Distribution rules",
        count: |count| match count {
            0 => "No rules".to_owned(),
            1 => "1 rule".to_owned(),
            _ => format!("{count} rules · the topmost that matches decides"),
        },
        new: "New rule",
        rule: |priority| format!("Rule {priority}"),
        delete: "Delete rule",
        none: "There are no rules yet: all post goes to the default recipient. Choose “New rule” to send some of it \
               elsewhere.",
        otherwise: "Otherwise",
        default_recipient: "Whatever no rule takes",
        default_hint: "Default recipient",
        priority_hint: "1 goes first: the lowest number that matches decides",
        unfinished: "When the fields are filled in rightly, the rule stands here as a sentence.",
        shadowed: |by| format!("The rule never gets post: rule {by} takes everything that it could get."),
        shadows: |rules| format!("From then on {} no post.", listed(rules)),
        overtaken: "The rule has been changed or deleted elsewhere since you opened it.",
        reload: "Take it as it is now",
        is_active: "The rule is switched on",
        columns: RuleColumns {
            priority: "Priority",
            state: "State",
            segment: "Segment",
            element: "Element",
            value: "Value",
            fagsystem: "Business system",
            from: "Valid from",
            to: "Valid to",
            note: "Note",
        },
        states: RuleStates {
            active: "Active",
            coming: "Coming",
            expired: "Expired",
            switched_off: "Off",
            shadowed: "Shadowed",
        },
        segment: |segment| match segment {
            Segment::Everyone => "Everyone",
            Segment::Person => "Person",
            Segment::Company => "Company",
            Segment::Authority => "Authority",
        },
        element: |element| match element {
            Element::ContactPoint => "Contact point",
            Element::ContactGroup => "Contact group",
            Element::SenderCvr => "Sender's CVR no.",
            Element::RecipientCvr => "Recipient's CVR no.",
            Element::Kle => "KLE",
            Element::Form => "FORM",
            Element::NoContactPoint => "No contact point",
        },
        post_type: |post_type| match post_type {
            PostType::Authority => "Authority post",
            PostType::Company => "Company post",
            PostType::Unspecified => "Post type not given",
        },
        value_placeholder: |element| match element {
            Element::ContactPoint => "Search by name, or write the id",
            Element::ContactGroup => "The group's name",
            Element::SenderCvr | Element::RecipientCvr => "12345674",
            Element::Kle => "27.36 or 31 - 35",
            Element::Form => "26.05 or 26.05 - 26.10",
            Element::NoContactPoint => "",
        },
        value_doubt,
        sentence,
    },
    fagsystems: FagsystemTexts {
        title: "Business systems",
        count: |count| if count == 1 { "1 business system".to_owned() } else { format!("{count} business systems") },
        new: "New business system",
        none: "There are no business systems. Choose “New business system” to add the first.",
        name: "Name",
        id: "Id",
        id_hint: "Short and lasting; the rules use it",
        id_taken: "Another business system has this id",
        endpoint: "Address (endpoint)",
        not_an_endpoint: "Write an address that begins with https:// or http://",
        state: "State",
        rules: "Rules",
        role: "Role",
        active: "Active",
        paused: "Paused",
        is_active: "The business system receives post",
        paused_hint: "Paused: the post stays in Digital Post and is sent again later. It goes to no other system.",
        overtaken: "The business system has been changed or deleted elsewhere since you opened it.",
        default: "Default recipient",
        make_default: "Make default recipient",
        delete: "Delete business system",
        needed_as_default: "Cannot be deleted: it is the default recipient.",
        needed_by_rules: |rules| match rules {
            1 => "Cannot be deleted: 1 rule sends to it.".to_owned(),
            _ => format!("Cannot be deleted: {rules} rules send to it."),
        },
        probe: "Try the connection",
        probing: |endpoint| format!("Asking {endpoint} …"),
        probed,
    },
    router: RouterTexts {
        title: "Router",
        publication: |number| format!("Publication {number} is in force"),
        start: "Start",
        stop: "Stop",
        is_stopped: "Stopped",
        is_starting: "Starting …",
        is_running: "Running",
        is_stopping: "Stopping …",
        has_failed: "Cannot run",
        receives_at: |address| format!("Receives messages at http://{address}/memo"),
        stopped_hint: "Receives nothing. Digital Post keeps the post and sends it when the router runs.",
        not_an_address: "Write an address of this machine, such as 127.0.0.1:8606",
        connect_limit: "s to connect",
        answer_limit: "s to answer",
        not_seconds: "Write the time limits in whole seconds from 1 to 3600",
        practice: "Practice",
        practice_hint: "Made-up post that goes through the router to where the rules say.",
        practice_waits: "Start the router to send.",
        send: "Send sample message",
        letter: |letter| match letter {
            SampleLetter::NurseryPlace => "Citizen asks for a nursery place",
            SampleLetter::BuildingPermit => "Company asks for a building permit",
            SampleLetter::SicknessBenefit => "Citizen writes of sickness benefit",
            SampleLetter::AdvancePayment => "Authority informs of an advance",
            SampleLetter::RefundClaim => "Company claims a refund",
            SampleLetter::ToTheMayor => "Citizen writes to the mayor",
        },
        messages: "Messages",
        count: |count| match count {
            crate::desktop::services::MOST_ROWS => format!("the newest {count}"),
            1 => "1 message".to_owned(),
            _ => format!("{count} messages"),
        },
        none: "No messages have come yet. They stand here as soon as the router receives them.",
        none_in_practice: "No messages have come yet. Choose “Send sample message”, and see it arrive.",
        by_default: "Default",
        columns: MessageColumns {
            time: "Received",
            outcome: "Outcome",
            fagsystem: "Business system",
            ground: "Ground",
            sender: "Sender",
            addressed: "Contact point / KLE",
            took: "Took",
            message: "Message id",
        },
        sender: |sender| match sender {
            SenderKind::Person => "Person",
            SenderKind::Company => "Company",
            SenderKind::Authority => "Authority",
            SenderKind::Other => "Other",
        },
        outcome: |outcome| match outcome {
            Outcome::Accepted => "Accepted",
            Outcome::Rejected => "Rejected",
            Outcome::Unavailable => "Unavailable",
            Outcome::Invalid => "Invalid",
            Outcome::NemSms => "NemSMS",
            Outcome::TooLarge => "Too large",
            Outcome::UnknownRecipient => "No such recipient",
            Outcome::NotAllowed => "Not allowed",
            Outcome::BrokenOff => "Broken off",
        },
    },
};

fn done(change: &Change) -> String {
    match change {
        Change::RuleAdded(priority) => format!("Rule {priority} is added and in force"),
        Change::RuleChanged(priority) => format!("Rule {priority} is changed and in force"),
        Change::RuleDeleted(priority) => format!("Rule {priority} is deleted"),
        Change::FagsystemAdded(name) => format!("The business system {name} is added"),
        Change::FagsystemChanged(name) => format!("The business system {name} is changed"),
        Change::FagsystemDeleted(name) => format!("The business system {name} is deleted"),
        Change::DefaultChosen(name) => format!("{name} is now the default recipient"),
        Change::AuthorityMade(name) => format!("{name} is set up"),
        Change::SampleBegun => "Eksempelby Kommune is ready".to_owned(),
        Change::TakenBack => "The change is undone".to_owned(),
    }
}

/// The errors themselves speak English.
fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Store(error) => sentence_of(error),
        Trouble::Router(error) => sentence_of(error),
        Trouble::Faults(faults) => format!("The rules contradict each other, and nothing has changed: {faults}"),
        Trouble::NoReceipt(NoReceipt::Nobody(_)) => "The router does not answer. Start it and try again.".to_owned(),
        Trouble::NoReceipt(error) => sentence_of(error),
        Trouble::Practice(address) => {
            format!("The practice systems cannot start: {address} is used by another program.")
        }
        Trouble::Lost => "It did not succeed. Try again.".to_owned(),
    }
}

fn sentence_of(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    let mut characters = words.chars();
    characters.next().map(|first| format!("{}{}.", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

fn value_doubt(doubt: &RuleTrouble) -> Option<&'static str> {
    match doubt {
        RuleTrouble::UnlistedContactPoint(_) => Some("The contact point is not on the list"),
        RuleTrouble::UnlistedContactGroup(_) => Some("The group is not on the list"),
        RuleTrouble::CheckDigit(_) => Some("The check digit does not fit"),
        _ => None,
    }
}

/// "rule 10 gets" or "rules 10, 20 and 30 get".
fn listed(rules: &[Priority]) -> String {
    match rules {
        [one] => format!("rule {one} gets"),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(ToString::to_string).collect();
            format!("rules {} and {last} get", others.join(", "))
        }
        [] => String::new(),
    }
}

fn sentence(authority: &Authority, rule: &Rule) -> String {
    let who = match rule.segment {
        Segment::Everyone => "",
        Segment::Person => " from persons",
        Segment::Company => " from companies",
        Segment::Authority => " from authorities",
    };
    let value = value_name(authority, &rule.criterion).unwrap_or_default();
    let what = match &rule.criterion {
        Criterion::ContactPoint(_) => format!("to the contact point {value}"),
        Criterion::ContactGroup(_) => format!("to the contact group {value}"),
        Criterion::SenderCvr(_) => format!("from CVR no. {value}"),
        Criterion::RecipientCvr(_) => format!("to CVR no. {value}"),
        Criterion::Kle(_) => format!("with KLE {value}"),
        Criterion::Form(_) => format!("with FORM {value}"),
        Criterion::NoContactPoint(PostType::Authority) => {
            "without a contact point and of the type authority post".to_owned()
        }
        Criterion::NoContactPoint(PostType::Company) => {
            "without a contact point and of the type company post".to_owned()
        }
        Criterion::NoContactPoint(PostType::Unspecified) => "without contact point and post type".to_owned(),
    };
    let fagsystem = fagsystem_name(authority, &rule.fagsystem);
    let from = date_text(rule.validity.from());
    let until = rule.validity.to().map(|to| format!(" through {}", date_text(to))).unwrap_or_default();
    let off = if rule.active { "" } else { " The rule is switched off." };
    format!("Post {what}{who} goes to {fagsystem} from {from}{until}.{off}")
}

fn probed(endpoint: &str, probe: &Probe) -> String {
    match &probe.answer {
        ProbeAnswer::Answered(status) => {
            let took = match probe.took.as_millis() {
                0 => "less than 1 ms".to_owned(),
                milliseconds => format!("{milliseconds} ms"),
            };
            format!("{endpoint} answered in {took} (HTTP {status}). Nothing was delivered.")
        }
        ProbeAnswer::TooSlow => format!("{endpoint} did not answer in time."),
        ProbeAnswer::Unreachable(reason) => format!("No connection to {endpoint}: {reason}"),
    }
}
