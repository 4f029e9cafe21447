//! *Fagsystemer* in English.

use super::access;
use super::grammar::{FAGSYSTEMS, counted};
use crate::desktop::language::texts::fagsystems::{FagsystemTexts, ProbeTexts, TryingTexts};
use crate::endpoint_test::ENGLISH;
use crate::rules::NotAnEndpoint;

pub(super) const TEXTS: FagsystemTexts = FagsystemTexts {
    title: "Business systems",
    count: FAGSYSTEMS,
    new: "New business system",
    none: "There are no business systems. Choose “New business system” to add the first.",
    basics: "Basics",
    name: "Name",
    id: "Id",
    id_hint: "Short and permanent; the rules refer to it",
    id_taken: "Another business system has this id",
    endpoint: "Address (endpoint)",
    not_an_endpoint: |error| match error {
        NotAnEndpoint::NoAddress => "Enter an address that begins with https:// or http://",
        NotAnEndpoint::Credentials => {
            "Enter the address without a user name and password, and choose a kind of access instead"
        }
        NotAnEndpoint::Hidden => "Enter the address without spaces, line breaks, backslashes or invisible characters",
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
    times: "Time limits",
    connect_limit: "Sec. to connect",
    answer_limit: "Sec. to answer",
    limits_hint: "If empty, the router's own limit applies.",
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
    switch: "Switch on a certain day …",
    delete: "Delete business system",
    needed_as_default: "Cannot be deleted: it is the default recipient.",
    needed_by_rules: counted("Cannot be deleted: 1 rule sends to it.", |rules| {
        format!("Cannot be deleted: {rules} rules send to it.")
    }),
    needed_hint: "First move what goes to it to another business system.",
    probe: "Test the connection",
    probing: |endpoint| format!("Calling {endpoint} …"),
    probed: ProbeTexts {
        answered: |endpoint, took, status| format!("{endpoint} answered in {took} (HTTP {status})."),
        less_than_a_millisecond: "less than 1 ms",
        silent: |endpoint, limit| format!("{endpoint} did not answer within {limit} s."),
        no_secret: |why| format!("Nothing was sent: {why}"),
        secrets_error: access::error,
        reason: |reason| &reason.explanation().english,
        status_means,
        silence_means: "There is a connection, but no answer. It may need more time.",
        nothing_sent: "No message was delivered.",
        way: |through, shows_certificate| {
            let certificate =
                if shows_certificate { "with a client certificate" } else { "without a client certificate" };
            format!("Called with OPTIONS and no body, {through}, {certificate}. No message was delivered.")
        },
        directly: "directly",
        through_proxy: |proxy| format!("through the proxy {proxy}"),
    },
    trying: TryingTexts {
        words: ENGLISH,
        name: "Endpoint test",
        start: "Start the test",
        again: "New test",
        stop: "Stop the test",
        with_large: "Also messages of 20 MB and 104 MB",
        not_ready: "First correct the fields.",
        beginning: "Starting …",
        under_way: |done, all| format!("{done} of {all} tests done …"),
        stopped: "The test was stopped before it was finished.",
        report: "Report (.html or .md)",
        file_name: "endpoint-test",
        browse: "Choose …",
        write: "Save the report",
        not_a_report: "Enter a file name that ends with .html or .md",
        written: |path| format!("The report is in {path}"),
    },
};

/// What an answer means, and what to do.
fn status_means(status: u16) -> &'static str {
    match status {
        200..=299 | 405 | 501 => "Something is listening at the address.",
        300..=399 => "It redirects to another address. The router does not follow redirects: enter the right address.",
        400 | 411 | 415 => "Something is listening at the address; it only accepts messages.",
        401 | 403 => {
            "It is there and asks for a key. A key in a header is only sent with messages, so all may still be well."
        }
        404 | 410 => "The machine answers, but has nothing at that path. Check that the address is right.",
        407 => "The proxy asks for a password, which the router does not have.",
        408 | 429 => "It is there, but busy. Try again in a while.",
        502 | 504 => "Something in front of the business system answers, but cannot reach the system itself.",
        500..=599 => "It is there, but out of service or reporting errors. Meanwhile the mail stays in Digital Post.",
        _ => "Something is listening at the address, but the answer is unusual.",
    }
}
