mod access;
mod authorities;
mod changes;
mod contact_points;
mod effects;
mod fagsystems;
mod files;
mod hindrances;
mod input;
mod kle;
mod messages;
mod overview;
mod protection;
mod rules;
mod sheets;

use std::io;

use jiff::Timestamp;

use super::format::{date_text, moment_text};
use super::{
    CalendarTexts, Error, FieldTexts, MessageColumns, PaletteTexts, RouterTexts, Texts, WelcomeTexts, days_since,
    grouped,
};
use crate::clock;
use crate::desktop::model::marks::Mark;
use crate::desktop::model::preferences::PreferencesError;
use crate::exchange::SheetError;
use crate::router::{NotReady, RouterError};
use crate::rules::SenderKind;
use crate::store::{JournalError, Program, RunningRouter, StoreError};
use crate::training::{DeliveryError, SampleLetter};

pub(super) static TEXTS: Texts = Texts {
    window_title: "Postfordeler",
    authority: "Authority",
    other_language: "Dansk",
    other_theme: |is_dark| if is_dark { "Light" } else { "Dark" },
    save: "Save in the draft",
    cancel: "Cancel",
    close: "Close (Esc)",
    take_back: "Undo",
    redo: "Redo",
    publish: "Publish …",
    cannot_open: "Postfordeler cannot open its data",
    unsaved: "First save (Ctrl+S) or cancel what you are working on.",
    router_not_started: "The router has not been started: after the update it is not known whether it ran in the window or in another \
                         program. Press Start on the Router page if it is to run here.",
    drop_form: "Cancel without saving",
    changed_elsewhere: |publication| {
        format!("The rules were changed elsewhere; publication {publication} is in force now.")
    },
    edit: changes::edit,
    undone: |edit| format!("Undone: {}", changes::edit(edit)),
    cannot_undo: |obstacle| format!("Cannot be undone: {}", changes::obstacle(obstacle)),
    cannot_redo: |obstacle| format!("Cannot be done again: {}", changes::obstacle(obstacle)),
    undo_of: |edit| format!("Undo: {edit} (Ctrl+Z)"),
    redo_of: |edit| format!("Redo: {edit} (Ctrl+Shift+Z)"),
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    mark: |mark| match mark {
        Mark::New => "New in the draft, not published",
        Mark::Changed => "Changed in the draft, not published",
    },
    marked: |mark, count| match mark {
        Mark::New => format!("{count} new in the draft"),
        Mark::Changed => format!("{count} changed in the draft"),
    },
    unpublished: |count| match count {
        0 => "Everything is published".to_owned(),
        _ => format!("{} not published", counted(count as u64, "change")),
    },
    number,
    ago,
    as_user: |name| if name.is_empty() { String::new() } else { format!("as {name}") },
    error,
    fields: FieldTexts {
        missing: "Must be filled in",
        choose: "Choose …",
        date_placeholder: "dd-mm-yyyy",
        not_a_date: "Write, say, 25-10-2020",
        no_such_date: "There is no such date",
        no_fagsystem: "Choose a business system",
        comma: "Write a full stop between the numbers: 27.36",
        ends_before_start: "Before the start date",
        not_a_priority: "Write a whole number from 1 to 4,294,967,295",
        priority_taken: |names, by, free| {
            let value = names.value(&by.criterion).unwrap_or_default();
            let taken =
                format!("Priority {} belongs to the rule for {}", by.priority, rules::post(&by.criterion, &value));
            match free {
                [] => taken,
                [one] => format!("{taken}. Free close by: {one}"),
                [lower, higher, ..] => format!("{taken}. Free close by: {lower} and {higher}"),
            }
        },
        calendar: "Choose in a calendar",
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
        made: |name| format!("{name} set up"),
        sample_ready: "Eksempelby Kommune is ready",
        other_port: |address| format!("Eksempelby Kommune is ready. Port 8606 is taken, so the router uses {address}."),
        files: "Do you have it in files?",
        files_about: "An Excel workbook with the sheets Myndighed, Fagsystemer and Regler, or a configuration. Take the \
                      contact structure and the KLE plan along if you like.",
        make_template: "Make an empty workbook to fill in",
        template_name: "postfordeler-template",
        template_made: |path| format!("The empty workbook is {path}. Fill it in, save it, and choose “Read”."),
        in_files: |names| format!("This is in {names}"),
        holds: |authority| {
            format!(
                "CVR {}: {}, {} and {}",
                authority.cvr,
                counted(authority.fagsystems.len() as u64, "business system"),
                counted(authority.contact_points.len() as u64, "contact point"),
                counted(authority.rules.len() as u64, "rule")
            )
        },
        no_authority: "There is no authority with business systems in the files. Set it up beside this, and what was \
                       read comes along. Or fill in the sheets Myndighed and Fagsystemer of the workbook, and read again.",
        begin_with_files: "Begin with it",
        begin_hint_running: "It becomes the first publication, and the router that runs follows it at once.",
        router_runs: |by| format!("{} It refuses everything until the first rules have been published.", elsewhere(by)),
        no_sample: "It cannot be started while a router runs on these data, which may receive real mail. Stop that one, or \
                    open Postfordeler with --data on another directory.",
        begin_hint: "It becomes the first publication. No mail is received before you start the router.",
    },
    rules: rules::TEXTS,
    fagsystems: fagsystems::TEXTS,
    contact_points: contact_points::TEXTS,
    authorities: authorities::TEXTS,
    kle: kle::TEXTS,
    files: files::TEXTS,
    messages: messages::TEXTS,
    access: access::TEXTS,
    router: RouterTexts {
        title: "Router",
        live: "Right now",
        settings: "Settings",
        settings_hint: "In force from the next start of the router.",
        settings_elsewhere: "For a router that is started in this window. The one that runs now has its own.",
        settings_closed: "Stop the router to change its address and limits.",
        address: "Receives at",
        limits: "Limits",
        publication: |number| format!("Publication {number} is in force"),
        start: "Start",
        stop: "Stop",
        is_stopped: "Stopped",
        is_starting: "Starting …",
        is_running: "Running",
        is_stopping: "Stopping …",
        is_elsewhere: "Running elsewhere",
        elsewhere: |by| format!("{} Only one can run: stop it there to run it here.", elsewhere(by)),
        is_unknown: "Unknown",
        unknown_hint: "It cannot be seen whether a router runs on these data: the lock or the database cannot be read.",
        follows: |publication| match publication {
            Some(number) => format!("The router follows publication {number}"),
            None => "The router follows no publication".to_owned(),
        },
        has_failed: "Cannot run",
        receives_at: |url| format!("Receives messages at {url}"),
        is_refusing: "Refuses all for now",
        refuses,
        stopped_hint: "Receives nothing. Digital Post keeps the mail and sends it when the router runs.",
        not_an_address: "Write one of this machine's addresses, such as 127.0.0.1:8606",
        connect_limit: "s to connect",
        answer_limit: "s to answer",
        under_way_limit: "under way at a time",
        fagsystem_limit: "per business system",
        not_limits: "Seconds from 1 to 3600, messages from 1 to 9999",
        practice: "Practice",
        practice_hint: "Made-up mail that goes through the router to where the rules say.",
        practice_waits: "Start the router to send.",
        send: "Send sample message",
        send_all: "Send one of each",
        show_rules: "All rules",
        letter: |letter| match letter {
            SampleLetter::NurseryPlace => "Citizen asks for a nursery place",
            SampleLetter::BuildingPermit => "Company asks for a building permit",
            SampleLetter::SicknessBenefit => "Citizen writes about sickness benefit",
            SampleLetter::AdvancePayment => "Authority gives notice of an advance",
            SampleLetter::RefundClaim => "Company claims a refund",
            SampleLetter::ToTheMayor => "Citizen writes to the mayor",
        },
        messages: "Messages",
        count: |count, are_more| match count {
            _ if are_more => format!("the newest {count}"),
            _ => counted(count as u64, "message"),
        },
        none: "No messages have come yet. They appear here as soon as the router receives them.",
        none_in_practice: "No messages have come yet. Choose “Send sample message”, and see it arrive.",
        protection: protection::TEXTS,
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
    },
    overview: overview::TEXTS,
    changes: changes::TEXTS,
    effects: effects::TEXTS,
    history: changes::HISTORY,
    palette: PALETTE,
    input: input::INPUT,
};

/// Most errors speak English themselves.
fn refuses(reason: &NotReady) -> String {
    let reason = match reason {
        NotReady::NothingPublished => "No rules have been published.".to_owned(),
        NotReady::Stopping => "The router is stopping.".to_owned(),
        NotReady::PublicationNotRead => "The newest publication cannot be read.".to_owned(),
        NotReady::Journal(JournalError::Gone) => {
            "The database has been deleted, moved or replaced. Put it back, or start the router again on what is there now.".to_owned()
        }
        NotReady::Journal(JournalError::DiskFull) => "The disk is full. Make room where the database is.".to_owned(),
        NotReady::Journal(JournalError::Locked) => {
            "Another program has locked the database. End that program.".to_owned()
        }
        NotReady::Journal(JournalError::Refused(reason)) => format!("The journal cannot be written ({reason})."),
        NotReady::Journal(JournalError::Ended) => "The journal has ended. Start the router again.".to_owned(),
    };
    format!("{reason} Meanwhile Digital Post keeps the mail and sends it again.")
}

/// "postfordeler serve (process 4711) has run it since …", as a sentence.
fn elsewhere(by: Option<&RunningRouter>) -> String {
    let Some(by) = by else {
        return "Another program runs the router on these data. It does not say which or where.".to_owned();
    };
    let (program, since) = (program(by), moment_text(by.since));
    match (by.address, by.publication) {
        (None, _) => format!("{program} has been starting it since {since}."),
        (Some(address), Some(publication)) => {
            format!("{program} has run it at {address} since {since} and follows publication {publication}.")
        }
        (Some(address), None) => format!("{program} has run it at {address} since {since} and follows no publication."),
    }
}

fn program(by: &RunningRouter) -> String {
    let program = match by.program {
        Some(Program::Window) => "Another window",
        Some(Program::Serve) => "'postfordeler serve'",
        None => "Another program",
    };
    format!("{program} (process {})", by.process)
}

fn error(error: &Error) -> String {
    match error {
        Error::Store(error) => store_error(error),
        Error::Router(error) => match &**error {
            RouterError::Listen { address, source } if source.kind() == io::ErrorKind::AddrInUse => {
                format!("{address} is used by another program. Choose another address.")
            }
            RouterError::Protection(error) => protection::error(error),
            RouterError::Store(error) => store_error(error),
            error => sentence_of(error),
        },
        Error::Faults(faults) => format!("The rules contradict each other, and nothing has changed: {faults}"),
        Error::Delivery(DeliveryError::Nobody(_)) => "The router does not answer. Start it and try again.".to_owned(),
        Error::Delivery(_) => "No receipt came from the router.".to_owned(),
        Error::Practice(address) => {
            format!("The practice business systems cannot start: {address} is used by another program.")
        }
        Error::Sheet(error) => match &**error {
            SheetError::File { path, source } => format!("The file {} cannot be written: {source}", path.display()),
            SheetError::Excel { path, source } => format!("The file {} cannot be written: {source}", path.display()),
        },
        Error::CellTooLong { path, place } => format!(
            "{} cannot be written: the text at {place} is longer than the 32,767 characters of a cell in Excel. Shorten it.",
            path.display()
        ),
        Error::FileExists(path) => {
            format!("The file {} exists already. Choose another name.", path.display())
        }
        Error::Keys(error) => protection::key_error(error),
        Error::Secrets(error) => access::error(error),
        Error::Preferences(PreferencesError::Unreadable { path, reason }) => format!(
            "What you have chosen for yourself (language, looks, lists) cannot be read in {} ({reason}). The window is as it \
             is at first. When you choose something anew, the file is put aside.",
            path.display()
        ),
        Error::Preferences(PreferencesError::Unwritable { path, reason }) => format!(
            "What you have chosen for yourself holds only until the window closes: {} cannot be written ({reason}).",
            path.display()
        ),
        Error::File { path, reason } => format!("{path} cannot be read: {reason}"),
        Error::Lost => "It did not work. Try again.".to_owned(),
    }
}

fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::Guards(guards) => guards.iter().map(protection::damaged).collect::<Vec<_>>().join(" "),
        error => sentence_of(error),
    }
}

fn sentence_of(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    let mut characters = words.chars();
    characters.next().map(|first| format!("{}{}.", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

const PALETTE: PaletteTexts = PaletteTexts {
    button: "Search or run …  Ctrl+K",
    placeholder: "Write what you want to do, or a word from a rule",
    nothing: "No command and no rule has all those words.",
    open: "Edit the rule",
    move_up: "Move up",
    move_down: "Move down",
    choose_all: "Choose all rules in the list",
    publish: "Publish the draft",
    go_to: |title| format!("Go to {title}"),
    sort_by: |title| format!("Sort by {title}"),
    filter: |name| format!("Filter by {name}"),
    larger: "Make everything larger",
    smaller: "Make everything smaller",
    usual_size: "Usual size",
    other_theme: "Switch between light and dark",
};

fn number(number: u64) -> String {
    grouped(number, ',')
}

/// "1 rule" or "1,204 rules".
fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

fn ago(then: Timestamp, now: Timestamp) -> String {
    match days_since(then, now) {
        ..=0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        days @ 2..=6 => format!("{days} days ago"),
        _ => date_text(clock::in_denmark(then).date()),
    }
}
