//! *Messages*.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grouped;
use crate::desktop::language::messages::{ExportTexts, KeepingTexts, MessagesTexts, SheetTexts, StoryTexts};
use crate::desktop::model::period::Period;
use crate::router::Refusal;
use crate::rules::{Criterion, CriterionKind, MatchResult, Segment};
use crate::store::{MessageConcern, Outcome, Reason};

pub(super) const TEXTS: MessagesTexts = MessagesTexts {
    title: "Messages",
    count: |shown, all| match (shown, all) {
        (None, _) | (_, None) => "Counting …".to_owned(),
        (Some(_), Some(0)) => "No messages".to_owned(),
        (Some(shown), Some(all)) if shown < all => format!("{} of {}", grouped(shown, ','), messages(all)),
        (Some(_), Some(all)) => messages(all),
    },
    searching: "Searching …",
    search: "Id, CVR, KLE, contact point …",
    filter: "Filter …",
    show_all: "Show all messages",
    none: "No messages have come yet. They appear here as soon as the router receives them.",
    none_found: "No messages match the search and the filters.",
    waiting: |count| if count == 1 { "1 new".to_owned() } else { format!("{} new", grouped(count, ',')) },
    others: |count| match count {
        1 => "1 new does not match".to_owned(),
        _ => format!("{} new do not match", grouped(count, ',')),
    },
    end_of_list: "More are not shown here. Search, or choose a shorter time.",
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
    to: "Through",
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
        bytes: |bytes| format!("{} bytes", grouped(bytes, ',')),
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
            Outcome::UnknownRecipient => "The recipient is none of the authorities in the rules.",
            Outcome::Reused => "The message id was used before for another message.",
            Outcome::NotAllowed => "The caller may not deliver here.",
            Outcome::NemSms => "NemSMS is not distributed.",
            Outcome::TooLarge => "The message is larger than 99.5 MiB.",
            Outcome::Busy => "Too many messages were under way.",
            Outcome::NotWritten => "The journal could not be written, so nothing was done.",
            _ => "The message did not come that far.",
        },
        publication: |number| format!("Publication {number}"),
        no_publication: "The publication cannot be read.",
        by_default: |fagsystem| format!("No rule matched: the default recipient {fagsystem} gets it."),
        repeats: "A business system had accepted the message already. That was told again, and nothing was delivered.",
        follows: "What became of an earlier try is unknown. So this business system alone may get the message, whatever the rules say now.",
        differs: "Another message came with the same message id. So its business system alone may get this one, and only if \
                  recipient, sender and subject are the same.",
        make_rule: "Make a rule",
        make_rule_hint: "Choose what the rule is to look at:",
        open_rule: "Open the rule",
        rule_is_gone: "The rule is no more.",
        passed_over: |count| match count {
            1 => "1 rule before it did not match".to_owned(),
            _ => format!("{} rules before it did not match", grouped(count as u64, ',')),
        },
        not_matching: |count| match count {
            1 => "1 rule did not match".to_owned(),
            _ => format!("{} rules did not match", grouped(count as u64, ',')),
        },
        not_reached: |count| match count {
            1 => "1 rule after it".to_owned(),
            _ => format!("{} rules after it", grouped(count as u64, ',')),
        },
        more: |count| format!("Show {} more", grouped(count as u64, ',')),
        match_result,
        delivery: "Delivery",
        outcome: |outcome, reason| {
            let words = match (outcome, reason) {
                (outcome, Some(reason)) => return reason_sentence(reason, outcome == Outcome::Unknown),
                (Outcome::Accepted, None) => "The business system accepted the message.",
                (Outcome::Rejected, None) => "The business system rejected the message.",
                (Outcome::Unavailable, None) => "The business system could not take it.",
                (Outcome::UnderWay, None) => "The message is on its way to the business system.",
                (Outcome::Unknown, None) => "The business system may have got the message, but its answer never came.",
                (Outcome::Busy, None) => "Too many messages were under way.",
                (Outcome::NotWritten, None) => "The journal could not be written.",
                (Outcome::BrokenOff, None) => "The sender broke off before the message was whole.",
                (_, None) => "The message was not delivered.",
            };
            words.to_owned()
        },
        refusal,
        caller: |caller| format!("From {caller}"),
        reason_code: |code| format!("Reason code: {code}"),
        answer: |status| format!("Answered HTTP {status}"),
        answer_code: "The system's own code",
        durations: "Duration",
        header: "Until the header was read",
        whole: "Until the system had all of it",
        waited: "Until the system answered",
        total: "In all",
        tries: |count| format!("All {} times that it came", grouped(count as u64, ',')),
        only_try: "It has come this once.",
        rule: |priority| format!("Rule {priority}"),
    },
    keeping: KeepingTexts {
        kept: |days| format!("Kept for {days} days"),
        keep: "Keep messages for",
        days: "days",
        hint: "At least 14 days. Older ones are deleted by themselves, but for those of unknown outcome.",
        save: "Save",
        saved: |days| format!("Messages are kept for {days} days"),
    },
    export: ExportTexts {
        button: "Export",
        title: |count| match count {
            None => "Export what the list shows".to_owned(),
            Some(count) => format!("Export {}", messages(count)),
        },
        file_name: "messages",
        csv: "CSV",
        excel: "Excel",
        file: "File",
        browse: "Choose …",
        no_file: "No file was chosen. Write where it is to be.",
        write: "Save the file",
        progress: |done, of| match of {
            Some(of) => format!("Writing {} of {} …", grouped(done, ','), grouped(of, ',')),
            None => format!("Writing {} …", grouped(done, ',')),
        },
        cancel: "Stop",
        done: |rows, path| format!("{} written to {path}", messages(rows)),
        cancelled: "The export has been stopped. There is no file.",
        not_a_file: "Write the path of a file",
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
        total: "In all (ms)",
        repeats: "Repeats no.",
        follows: "Follows no.",
        caller: "Caller",
        reason_word,
    },
};

/// What became of a message. The same words stand wherever that is told.
pub(super) fn outcome_word(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> &'static str {
    match (outcome, reason) {
        (Outcome::Accepted, _) if repeats => "Accepted before",
        (Outcome::Accepted, _) => "Accepted",
        (Outcome::Rejected, _) => "Rejected",
        (Outcome::Unavailable, Some(reason)) => reason_word(reason),
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
        | Outcome::NotAllowed => Some("The sender gets the rejection. No business system has got the message."),
        Outcome::Unavailable | Outcome::Busy | Outcome::NotWritten => {
            Some("Digital Post keeps the message and sends it again.")
        }
        Outcome::Unknown => {
            Some("Digital Post keeps the message and sends it again. It goes to the same business system only.")
        }
        Outcome::BrokenOff => Some("Without a receipt, Digital Post keeps the message and sends it again."),
    }
}

fn messages(count: u64) -> String {
    if count == 1 { "1 message".to_owned() } else { format!("{} messages", grouped(count, ',')) }
}

/// Whether a rule matched, or why not.
fn match_result(match_result: MatchResult, criterion: &Criterion, has_contact_point: bool) -> String {
    let element = CriterionKind::of(criterion);
    match match_result {
        MatchResult::Matches => "Matches".to_owned(),
        MatchResult::NotYetValid { from } => format!("Not valid before {}", date_text(from)),
        MatchResult::Expired { to } => format!("Expired {}", date_text(to)),
        MatchResult::SwitchedOff => "Switched off".to_owned(),
        MatchResult::OtherSegment { wanted } => match wanted {
            Segment::Person => "For persons only".to_owned(),
            Segment::Company => "For companies only".to_owned(),
            Segment::Authority => "For authorities only".to_owned(),
            Segment::Everyone => "For other senders".to_owned(),
        },
        MatchResult::OtherValue => match element {
            CriterionKind::ContactPoint => "The message has another contact point",
            CriterionKind::ContactGroup => "The message has another contact group",
            CriterionKind::SenderCvr => "The sender has another CVR number",
            CriterionKind::RecipientCvr => "The recipient has another CVR number",
            CriterionKind::Kle => "The message has another KLE number",
            CriterionKind::Form => "The message has another FORM number",
            CriterionKind::NoContactPoint if has_contact_point => "The message has a contact point",
            CriterionKind::NoContactPoint => "The message has another mail type",
        }
        .to_owned(),
        MatchResult::GroupNotNamed => {
            let group = match criterion {
                Criterion::ContactGroup(name) => name.as_str(),
                _ => "",
            };
            format!("The message names no contact group; its contact point is in {group} in the register")
        }
        MatchResult::FactMissing => match element {
            CriterionKind::ContactPoint | CriterionKind::NoContactPoint => "The message has no contact point",
            CriterionKind::ContactGroup => "The message has no contact group",
            CriterionKind::SenderCvr => "The sender has no CVR number",
            CriterionKind::RecipientCvr => "The recipient has no CVR number",
            CriterionKind::Kle => "The message has no KLE number",
            CriterionKind::Form => "The message has no FORM number",
        }
        .to_owned(),
    }
}

/// Why a fagsystem did not get a message, or did not answer as it should. The same words stand wherever that is told.
pub(super) fn reason_word(reason: Reason) -> &'static str {
    reason.explanation().english.label
}

/// Why a caller was refused.
fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::WebPage => "A web page may not deliver here.",
        Refusal::NoCertificate => "The caller showed no client certificate, which is needed.",
        Refusal::CertificateExpired => "The caller's client certificate has expired. It needs a new one.",
        Refusal::CertificateNotYetValid => "The caller's client certificate is not valid yet.",
        Refusal::UnknownIssuer => {
            "The caller's client certificate was issued by nobody among the issuers under “Access”."
        }
        Refusal::CertificateUnfit => "The caller's client certificate cannot be used as one.",
        Refusal::OtherCvr => {
            "The caller's client certificate belongs to another organisation than those that may deliver."
        }
        Refusal::PersonsCertificate => {
            "The caller's client certificate belongs to a person or an employee. An organisation's or a function's is needed."
        }
        Refusal::NoCvr => "The caller's client certificate does not say clearly which organisation it belongs to.",
        Refusal::NoKey => "The caller showed no API key, which is needed.",
        Refusal::WrongKey => "The caller's API key is none of those that count.",
        Refusal::NoKeyLeft => "An API key is needed, and there is none that counts.",
        Refusal::Host => "The call did not name the host that it was for exactly once (Host).",
        Refusal::ForeignHost => "The call was for another host than this machine.",
        Refusal::Coding => "The call's body was coded in a way that the router does not take.",
        Refusal::PlainHttp => "The caller spoke HTTP without TLS to a router that wants TLS.",
        Refusal::TlsAtPlainPort => "The caller spoke TLS to a router without TLS.",
        Refusal::NotTls => "What came was not TLS.",
        Refusal::TlsIncompatible => "The caller and the router have no version of TLS, or no cipher, in common.",
        Refusal::RouterDistrusted => "The caller did not trust the router's certificate.",
        Refusal::TlsBrokenOff => "The caller broke off while TLS was being set up.",
        Refusal::TlsFailed => "TLS could not be set up.",
        Refusal::NotHttp => "What came was no HTTP request.",
        Refusal::LongHead => "The head of the request was too long.",
    }
}

/// What happened.
fn reason_sentence(reason: Reason, may_be_taken: bool) -> String {
    let besides = if may_be_taken { " It may have got the message." } else { "" };
    format!("{}{besides}", reason.explanation().english.sentence())
}
