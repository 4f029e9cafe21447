//! *Router* in English.

use super::grammar::MESSAGES;
use super::protection;
use crate::desktop::language::texts::router::{ElsewhereTexts, MessageColumns, RouterTexts};
use crate::router::NotReady;
use crate::rules::SenderKind;
use crate::store::{JournalError, Program};
use crate::training::SampleLetter;

pub(super) const TEXTS: RouterTexts = RouterTexts {
    title: "Router",
    live: "Right now",
    settings: "Settings",
    settings_hint: "In force the next time the router starts.",
    settings_elsewhere: "For a router started in this window. The one running now has its own.",
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
    elsewhere: ELSEWHERE,
    is_unknown: "Unknown",
    unknown_hint: "It is not known whether a router is running on this data: the lock or the database cannot be read.",
    follows: |publication| match publication {
        Some(number) => format!("The router follows publication {number}"),
        None => "The router follows no publication".to_owned(),
    },
    has_failed: "Cannot run",
    receives_at: |url| format!("Receives messages at {url}"),
    is_refusing: "Refusing everything for now",
    refuses,
    stopped_hint: "Receives nothing. Digital Post keeps the mail and sends it when the router is running.",
    not_an_address: "Enter one of this machine's addresses, such as 127.0.0.1:8606",
    connect_limit: "s to connect",
    answer_limit: "s to answer",
    under_way_limit: "under way at a time",
    fagsystem_limit: "per business system",
    not_limits: "Seconds from 1 to 3600, messages from 1 to 9999",
    practice: "Practice",
    practice_hint: "Made-up messages that go through the router to wherever the rules say.",
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
    count: MESSAGES,
    newest: |count| format!("the newest {count}"),
    none: "No messages have come yet. They appear here as soon as the router receives them.",
    none_in_practice: "No messages have come yet. Choose “Send sample message” and see it arrive.",
    protection: protection::TEXTS,
    columns: MessageColumns {
        time: "Received",
        outcome: "Outcome",
        fagsystem: "Business system",
        ground: "Basis",
        sender: "Sender",
        addressed: "Contact point / KLE",
        took: "Duration",
        message: "Message id",
    },
    sender: |sender| match sender {
        SenderKind::Person => "Person",
        SenderKind::Company => "Company",
        SenderKind::Authority => "Authority",
        SenderKind::Other => "Other",
    },
};

pub(super) const ELSEWHERE: ElsewhereTexts = ElsewhereTexts {
    says_nothing: "Another program is running the router on this data. It does not say which one or where.",
    program: |program| match program {
        Some(Program::Window) => "Another window",
        Some(Program::Serve) => "“postfordeler serve”",
        None => "Another program",
    },
    process: |program, id| format!("{program} (process {id})"),
    is_starting: |program, since| format!("{program} has been starting it since {since}."),
    follows: |program, address, since, publication| {
        format!("{program} has been running it at {address} since {since} and follows publication {publication}.")
    },
    follows_nothing: |program, address, since| {
        format!("{program} has been running it at {address} since {since} and follows no publication.")
    },
    stop_it_there: "Only one can run: stop it there to run it here.",
};

/// Why the router refuses everything, and what becomes of the messages.
pub(super) fn refuses(reason: &NotReady) -> String {
    let reason = match reason {
        NotReady::NothingPublished => "No rules have been published.".to_owned(),
        NotReady::Stopping => "The router is stopping.".to_owned(),
        NotReady::PublicationNotRead => "The newest publication cannot be read.".to_owned(),
        NotReady::Journal(JournalError::Gone) => {
            "The database has been deleted, moved or replaced. Put it back, or restart the router with what is there now.".to_owned()
        }
        NotReady::Journal(JournalError::DiskFull) => "The disk is full. Make room where the database is.".to_owned(),
        NotReady::Journal(JournalError::Locked) => {
            "Another program has locked the database. Close that program.".to_owned()
        }
        NotReady::Journal(JournalError::Refused(reason)) => format!("The journal cannot be written ({reason})."),
        NotReady::Journal(JournalError::Unreachable(reason)) => format!("The database cannot be reached ({reason})."),
        NotReady::Journal(JournalError::Elsewhere) => "Another router is delivering the message now.".to_owned(),
        NotReady::Journal(JournalError::CommitsLost) => {
            "The database has lost what it had confirmed: it was restored, or another server has taken its place too early. A \
             message that was accepted meanwhile may go to a second business system. See what is missing, then start the router again.".to_owned()
        }
        NotReady::Journal(JournalError::TakenOver) => {
            "The database could not be reached for so long that another router has taken the message over.".to_owned()
        }
        NotReady::Journal(JournalError::Ended) => "The journal has stopped. Restart the router.".to_owned(),
    };
    format!("{reason} Meanwhile Digital Post keeps the mail and sends it again.")
}
