//! *Fagsystemer* in English.

use std::time::Duration;

use super::{access, counted};
use crate::desktop::language::fagsystems::{FagsystemTexts, TryingTexts};
use crate::endpoint_test::ENGLISH;
use crate::router::{Cause, Probe, ProbeAnswer};
use crate::rules::NotAnEndpoint;

pub(super) const TEXTS: FagsystemTexts = FagsystemTexts {
    title: "Business systems",
    count: |count| counted(count as u64, "business system"),
    new: "New business system",
    none: "There are no business systems. Choose “New business system” to add the first.",
    basics: "Basics",
    name: "Name",
    id: "Id",
    id_hint: "Short and lasting; the rules use it",
    id_taken: "Another business system has this id",
    endpoint: "Address (endpoint)",
    not_an_endpoint: |error| match error {
        NotAnEndpoint::NoAddress => "Write an address that begins with https:// or http://",
        NotAnEndpoint::Credentials => "Write the address without user name and password, and choose an access instead",
        NotAnEndpoint::Hidden => "Write the address without spaces, line breaks, backslashes and invisible signs",
    },
    contact: "Contact person",
    contact_example: "Name, telephone or e-mail",
    note: "Note",
    state: "State",
    rules: "Rules",
    role: "Role",
    is_active: "The business system receives mail",
    paused_hint: "Paused: the mail stays in Digital Post and is sent again later. It goes to no other system.",
    overtaken: "The business system has been changed or deleted elsewhere since you opened it.",
    access: "Access",
    times: "Times",
    connect_limit: "Sec. to connect",
    answer_limit: "Sec. to answer",
    limits_hint: "Left empty, the router's own limit counts.",
    not_seconds: "A whole number from 1 to 3600",
    no_rules: "No rule sends to it.",
    is_off: "switched off",
    more_rules: |more| format!("and {more} more – show all"),
    default: "Default recipient",
    make_default: "Make default recipient",
    move_to: "Move to",
    move_all: "Move all",
    move_hint: |is_default| {
        if is_default {
            "All rules, and the role of default recipient, go to the chosen business system in one step, which can be \
             undone."
        } else {
            "All rules go to the chosen business system in one step, which can be undone."
        }
    },
    switch: "Switch from a certain day on …",
    delete: "Delete business system",
    needed_as_default: "Cannot be deleted: it is the default recipient.",
    needed_by_rules: |count| {
        let send = if count == 1 { "sends" } else { "send" };
        format!("Cannot be deleted: {} {send} to it.", counted(count as u64, "rule"))
    },
    needed_hint: "First move what goes to it to another business system.",
    probe: "Try the connection",
    probing: |endpoint| format!("Asking {endpoint} …"),
    probed,
    probe_means,
    probe_way,
    trying: TryingTexts {
        words: ENGLISH,
        name: "Endpoint test",
        start: "Start the test",
        again: "New test",
        stop: "Stop the test",
        with_large: "Also letters of 20 MB and 104 MB",
        not_ready: "First correct what is wrong in the fields.",
        beginning: "Starting …",
        under_way: |done, all| format!("{done} of {all} trials are made …"),
        stopped: "The test was stopped before it was done.",
        report: "Report (.html or .md)",
        file_name: "suppliers-test",
        browse: "Choose …",
        write: "Save the report",
        not_a_report: "Write a file name that ends with .html or .md",
        written: |path| format!("The report is in {path}"),
    },
};

fn took(duration: Duration) -> String {
    match duration.as_millis() {
        0 => "less than 1 ms".to_owned(),
        milliseconds => format!("{milliseconds} ms"),
    }
}

fn probed(endpoint: &str, probe: &Probe) -> String {
    match &probe.answer {
        ProbeAnswer::Answered(status) => format!("{endpoint} answered in {} (HTTP {status}).", took(probe.took)),
        ProbeAnswer::NoSecret(error) => format!("Nothing was sent: {}", access::error(error)),
        ProbeAnswer::Silent => format!("{endpoint} did not answer within {} s.", probe.answer_limit.as_secs_f32()),
        ProbeAnswer::NotReached(cause) => format!("{endpoint}: {}", not_reached(cause)),
    }
}

/// Why, in the words that messages have for it, and what is known of it besides.
fn not_reached(cause: &Cause) -> String {
    let sentence = cause.reason.explanation().english.sentence();
    cause.detail.as_ref().map_or_else(|| sentence.clone(), |detail| format!("{sentence} ({detail})"))
}

fn probe_means(probe: &Probe) -> Option<String> {
    let words = match &probe.answer {
        ProbeAnswer::Answered(status) => match status {
            200..=299 | 405 | 501 => "Somebody is there.",
            300..=399 => "It points to another address. The router does not follow: write the right address.",
            400 | 411 | 415 => "Somebody is there, who would only take a message.",
            401 | 403 => {
                "It is there and wants to see a key. A key in a header is sent with messages only, so all may be well."
            }
            404 | 410 => "The machine answers, but has nothing at that path. See whether the address is right.",
            407 => "The proxy wants a password, which the router does not have.",
            408 | 429 => "It is there, but busy. Try again in a while.",
            502 | 504 => "Something before the business system answers, but cannot reach the system itself.",
            500..=599 => "It is there, but down or in error. Meanwhile the mail stays in Digital Post.",
            _ => "Somebody is there, but the answer is unusual.",
        },
        ProbeAnswer::Silent => "There is a connection, but no answer. Or give it more time.",
        ProbeAnswer::NotReached(cause) => cause.reason.explanation().english.remedy,
        ProbeAnswer::NoSecret(_) => return None,
    };
    Some(words.to_owned())
}

fn probe_way(probe: &Probe) -> String {
    if let ProbeAnswer::NoSecret(_) = probe.answer {
        return "No message was delivered.".to_owned();
    }
    let through = probe.proxy.as_ref().map_or_else(|| "directly".to_owned(), |proxy| format!("through {proxy}"));
    let certificate =
        if probe.shows_certificate { "with a client certificate" } else { "without a client certificate" };
    format!("Asked with OPTIONS without content, {through}, {certificate}. No message was delivered.")
}
