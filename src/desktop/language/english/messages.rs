//! *Meddelelser* in English.

use super::grammar::{GRAMMAR, MESSAGES, counted};
use crate::desktop::language::texts::messages::{
    ExportTexts, KeepingTexts, MatchTexts, MessagesTexts, SheetTexts, StoryTexts,
};
use crate::desktop::model::period::Period;
use crate::router::Refusal;
use crate::rules::{CriterionKind, Segment};
use crate::store::{MessageConcern, Outcome, Reason};

pub(super) const TEXTS: MessagesTexts = MessagesTexts {
    title: "Messages",
    grammar: GRAMMAR,
    messages: MESSAGES,
    none_at_all: "No messages",
    shown_of: |shown, all| format!("{shown} of {all}"),
    counting: "Counting …",
    searching: "Searching …",
    search: "Id, CVR, KLE, contact point …",
    filter: "Filter …",
    show_all: "Show all messages",
    none: "No messages have come yet. They appear here as soon as the router receives them.",
    none_found: "No messages match the search and the filters.",
    waiting: counted("1 new", |count| format!("{count} new")),
    others: counted("1 new does not match", |count| format!("{count} new do not match")),
    end_of_list: "No more are shown here. Search, or choose a shorter period.",
    period: |period| match period {
        Period::Hour => "Last hour",
        Period::Today => "Today",
        Period::Yesterday => "Yesterday",
        Period::Week => "7 days",
        Period::Month => "30 days",
        Period::All => "All days",
        Period::Days(..) => "From – to …",
    },
    from: "From",
    to: "To",
    by_default: "Default recipient",
    counted: "Counted in Overview",
    since: |moment| format!("From {moment}"),
    within: |limit| format!("Answered within {limit}"),
    longer_than: |limit| format!("Answered after more than {limit}"),
    at_least: |limit| format!("Answered after {limit} or more"),
    like_this: "Show only messages with the same",
    concern: |concern| match concern {
        MessageConcern::Unsettled => "Unknown, not accepted since",
        MessageConcern::SharedUuid => "Same message id as another",
    },
    outcome: outcome_word,
    fate,
    story: StoryTexts {
        title: "The message's story",
        reading: "Reading …",
        gone: "The message is no longer kept.",
        no_uuid: "No message id",
        copy: "Copy the message id",
        copied: "The message id has been copied",
        transmission: "The receipt's transmission id",
        copy_transmission: "Copy the transmission id",
        transmission_copied: "The transmission id has been copied",
        received: "Received",
        bytes: counted("1 byte", |count| format!("{count} bytes")),
        facts: "What it said",
        no_facts: "The message's header could not be read.",
        sender: "Sender",
        recipient: "Recipient",
        contact_point: "Contact point",
        no_contact_point: "None",
        contact_group: "Contact group",
        post_type: "Mail type",
        other_post_type: "Other",
        decision: "Decision",
        no_decision: |outcome| match outcome {
            Outcome::UnknownRecipient => "The recipient is not one of the authorities in the rules.",
            Outcome::Reused => "The message id was used before for another message.",
            Outcome::NotAllowed => "The caller may not deliver here.",
            Outcome::NemSms => "NemSMS is not distributed.",
            Outcome::TooLarge => "The message is larger than 99.5 MiB.",
            Outcome::Busy => "Too many messages were under way.",
            Outcome::NotWritten => "The journal could not be written, so nothing was done.",
            _ => "The message did not get that far.",
        },
        publication: |number| format!("Publication {number}"),
        no_publication: "The publication cannot be read.",
        by_default: |fagsystem| format!("No rule matched: the default recipient {fagsystem} gets it."),
        repeats: "A business system had already accepted the message. The same answer was given again, and nothing was delivered.",
        follows: "The outcome of an earlier attempt is unknown, so only this business system may get the \
                  message, whatever the rules say now.",
        differs: "Another message came with the same message id, so only its business system may get this one, and only if \
                  recipient, sender and subject are the same.",
        make_rule: "Create a rule",
        make_rule_hint: "Choose what the rule should look at:",
        open_rule: "Open the rule",
        rule_is_gone: "The rule no longer exists.",
        passed_over: counted("1 rule before it did not match", |count| {
            format!("{count} rules before it did not match")
        }),
        not_matching: counted("1 rule did not match", |count| format!("{count} rules did not match")),
        not_reached: counted("1 rule after it", |count| format!("{count} rules after it")),
        more: counted("Show 1 more", |count| format!("Show {count} more")),
        match_result: MATCHES,
        delivery: "Delivery",
        outcome: |outcome| match outcome {
            Outcome::Accepted => "The business system accepted the message.",
            Outcome::Rejected => "The business system rejected the message.",
            Outcome::Unavailable => "The business system could not receive it.",
            Outcome::UnderWay => "The message is on its way to the business system.",
            Outcome::Unknown => "The business system may have received the message, but its answer never came.",
            Outcome::Busy => "Too many messages were under way.",
            Outcome::NotWritten => "The journal could not be written.",
            Outcome::BrokenOff => "The sender broke off before the message was complete.",
            _ => "The message was not delivered.",
        },
        reason: |reason| &reason.explanation().english,
        may_have_it: " It may have received the message.",
        refusal,
        caller: |caller| format!("From {caller}"),
        reason_code: |code| format!("Reason code: {code}"),
        answer: |status| format!("Answered HTTP {status}"),
        answer_code: "The system's own code",
        durations: "Duration",
        header: "Until the header was read",
        whole: "Until the system had all of it",
        waited: "Until the system answered",
        total: "Total",
        tries: |count| format!("All {count} times that it came"),
        only_try: "It has come only this once.",
        rule: |priority| format!("Rule {priority}"),
    },
    keeping: KeepingTexts {
        kept: |days| format!("Kept for {days} days"),
        keep: "Keep messages for",
        days: "days",
        hint: "At least 14 days. Older ones are deleted automatically, except those whose outcome is unknown.",
        save: "Save",
        saved: |days| format!("Messages are kept for {days} days"),
    },
    export: ExportTexts {
        grammar: GRAMMAR,
        messages: MESSAGES,
        button: "Export",
        title: |messages| match messages {
            None => "Export what the list shows".to_owned(),
            Some(messages) => format!("Export {messages}"),
        },
        file_name: "messages",
        csv: "CSV",
        excel: "Excel",
        file: "File",
        browse: "Choose …",
        no_file: "No file was chosen. Enter where it should be.",
        write: "Save the file",
        progress: |done, of| match of {
            Some(of) => format!("Writing {done} of {of} …"),
            None => format!("Writing {done} …"),
        },
        cancel: "Stop",
        done: |messages, path| format!("{messages} written to {path}"),
        cancelled: "The export has been stopped. There is no file.",
        not_a_file: "Enter the path of a file",
    },
    sheet: SheetTexts {
        number: "No.",
        received: "Received",
        message: "Message id",
        transmission: "Transmission id",
        outcome: "Outcome",
        reason: "Reason",
        fagsystem: "Business system",
        fagsystem_id: "Business system id",
        rule: "Rule",
        element: "Rule element",
        publication: "Publication",
        authority: "Authority (CVR)",
        sender: "Sender",
        sender_cvr: "Sender's CVR no.",
        recipient_cvr: "Recipient's CVR no.",
        contact_point: "Contact point",
        contact_point_id: "Contact point's id",
        contact_group: "Contact group",
        post_type: "Mail type",
        bytes: "Bytes",
        status: "HTTP status",
        code: "The system's own code",
        header: "Header read (ms)",
        whole: "All delivered (ms)",
        answer: "Answer (ms)",
        total: "Total (ms)",
        repeats: "Repeats no.",
        follows: "Follows no.",
        caller: "Caller",
    },
};

/// What became of a message: the same words on every screen and in files.
pub(super) fn outcome_word(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> &'static str {
    match (outcome, reason) {
        (Outcome::Accepted, _) if repeats => "Accepted before",
        (Outcome::Accepted, _) => "Accepted",
        (Outcome::Rejected, _) => "Rejected",
        (Outcome::Unavailable, Some(reason)) => reason.explanation().english.label,
        (Outcome::Unavailable, None) => "Unavailable",
        (Outcome::UnderWay, _) => "Under way",
        (Outcome::Unknown, _) => "Unknown",
        (Outcome::Busy, _) => "Busy",
        (Outcome::NotWritten, _) => "Not received",
        (Outcome::Invalid, _) => "Invalid",
        (Outcome::NemSms, _) => "NemSMS",
        (Outcome::TooLarge, _) => "Too large",
        (Outcome::UnknownRecipient, _) => "Unknown recipient",
        (Outcome::Reused, _) => "Reused id",
        (Outcome::NotAllowed, _) => "Not allowed",
        (Outcome::BrokenOff, _) => "Broken off",
    }
}

/// What becomes of a message that nobody has accepted.
fn fate(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Accepted | Outcome::UnderWay => None,
        Outcome::Rejected => Some("The sender gets the rejection. The message goes to no other business system."),
        Outcome::Invalid
        | Outcome::NemSms
        | Outcome::TooLarge
        | Outcome::UnknownRecipient
        | Outcome::Reused
        | Outcome::NotAllowed => Some("The sender gets the rejection. No business system has received the message."),
        Outcome::Unavailable | Outcome::Busy | Outcome::NotWritten => {
            Some("Digital Post keeps the message and sends it again.")
        }
        Outcome::Unknown => {
            Some("Digital Post keeps the message and sends it again. It goes to the same business system only.")
        }
        Outcome::BrokenOff => Some("Without a receipt, Digital Post keeps the message and sends it again."),
    }
}

/// Why a caller was refused.
fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::WebPage => "A web page may not deliver here.",
        Refusal::NoCertificate => "The caller presented no client certificate, and one is required.",
        Refusal::CertificateExpired => "The caller's client certificate has expired. It needs a new one.",
        Refusal::CertificateNotYetValid => "The caller's client certificate is not valid yet.",
        Refusal::UnknownIssuer => {
            "The caller's client certificate was not issued by any of the issuers under “Access”."
        }
        Refusal::CertificateUnfit => "The caller's certificate cannot be used as a client certificate.",
        Refusal::OtherCvr => "The caller's client certificate belongs to an organisation that may not deliver.",
        Refusal::PersonsCertificate => {
            "The caller's client certificate belongs to a person or an employee. One of an organisation or a function is required."
        }
        Refusal::NoCvr => "The caller's client certificate does not say clearly which organisation it belongs to.",
        Refusal::NoKey => "The caller presented no API key, and one is required.",
        Refusal::WrongKey => "The caller's API key is not one of those that are valid.",
        Refusal::NoKeyLeft => "An API key is required, and none is valid.",
        Refusal::Host => "The request did not name its host exactly once (Host).",
        Refusal::ForeignHost => "The request was for a host other than this machine.",
        Refusal::Coding => "The request's body was encoded in a way that the router does not accept.",
        Refusal::PlainHttp => "The caller spoke HTTP without TLS to a router that requires TLS.",
        Refusal::TlsAtPlainPort => "The caller spoke TLS to a router without TLS.",
        Refusal::NotTls => "What came was not TLS.",
        Refusal::TlsIncompatible => "The caller and the router have no version of TLS, or no cipher, in common.",
        Refusal::RouterDistrusted => "The caller did not trust the router's certificate.",
        Refusal::TlsBrokenOff => "The caller broke off while TLS was being set up.",
        Refusal::TlsFailed => "TLS could not be set up.",
        Refusal::NotHttp => "What came was not an HTTP request.",
        Refusal::LongHead => "The head of the request was too long.",
    }
}

const MATCHES: MatchTexts = MatchTexts {
    matches: "Matches",
    not_yet_valid: |from| format!("Not valid until {from}"),
    expired: |to| format!("Expired {to}"),
    switched_off: "Switched off",
    other_segment: |wanted| match wanted {
        Segment::Person => "For persons only",
        Segment::Company => "For companies only",
        Segment::Authority => "For authorities only",
        Segment::Everyone => "For other senders",
    },
    other_value: |kind| match kind {
        CriterionKind::ContactPoint => "Another contact point",
        CriterionKind::ContactGroup => "Another contact group",
        CriterionKind::SenderCvr => "Another sender",
        CriterionKind::RecipientCvr => "The recipient has another CVR number",
        CriterionKind::Kle => "Another KLE number",
        CriterionKind::Form => "Another FORM number",
        CriterionKind::NoContactPoint => "Another mail type",
    },
    outside: |classification, number, interval| format!("{classification} {number} is not in {interval}"),
    has_contact_point: "Has a contact point",
    group_not_named: |group| {
        format!("The message names no contact group; its contact point is in {group} in the register")
    },
    fact_missing: |kind| match kind {
        CriterionKind::ContactPoint | CriterionKind::NoContactPoint => "No contact point",
        CriterionKind::ContactGroup => "No contact group",
        CriterionKind::SenderCvr => "The sender has no CVR number",
        CriterionKind::RecipientCvr => "The recipient has no CVR number",
        CriterionKind::Kle => "No KLE number",
        CriterionKind::Form => "No FORM number",
    },
};
