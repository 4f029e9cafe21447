//! *Gennemsyn*, and documents, in English.

use super::grammar::{FAGSYSTEMS, GRAMMAR, MESSAGES, RULES, counted};
use crate::desktop::language::texts::message_document::MessageDocumentTexts;
use crate::desktop::language::texts::paper::PaperTexts;
use crate::desktop::language::texts::review::{LastReviewTexts, ReviewDocumentTexts, ReviewTexts};
use crate::desktop::model::point_state::Rest;
use crate::store::Outcome;

pub(super) const PAPER: PaperTexts = PaperTexts {
    document: "Document",
    save_pdf: "Save as PDF",
    save_page: "Save as web page",
    print: "Print",
    file: "File",
    browse: "Choose …",
    no_file: "No file was chosen. Write where it is to be.",
    not_a_file: "Write the path of a file",
    write: "Save the file",
    working: "Making the document …",
    written: |path| format!("Saved as {path}"),
    sent: "Sent to the system's default printer",
    shown: "Opened in the program for PDF files: print it from there. The file is deleted when the window closes.",
    more_rows: counted("1 more row is in the document", |count| format!("{count} more rows are in the document")),
    moment: |moment, hours| format!("{moment} Danish time (UTC+{hours})"),
    program: |version| format!("Postfordeler {version}"),
    made_by: "Made by",
    made_at: "Made",
    made_with: "Made with",
    unknown: "unknown",
};

pub(super) const TEXTS: ReviewTexts = ReviewTexts {
    title: "Review",
    about: "Who receives what, gathered in a document that somebody looks through and signs",
    working_out: "Gathering what applies …",
    file_name: "review",
    past: "Earlier reviews",
    past_line: |day, who| format!("{day} · {who}"),
    past_publication: |number| format!("Publication {number}"),
    past_day: |day| format!("The rules as they apply on {day}"),
    to_record: |publication, day, who| {
        format!(
            "When publication {publication}, as it applies on {day}, has been reviewed, record it. It will stand that {who} has done so."
        )
    },
    not_made: "Save or print the document first. When it has been reviewed, it can be recorded here.",
    record: "Record as reviewed",
    recorded: "The review is recorded",
    show: "See reviews",
    last: LastReviewTexts {
        none: "Nobody has reviewed who receives what yet.",
        was: |day, who, ago| format!("Last reviewed on {day} by {who}; that is {ago}."),
        someone: "somebody whose name is unknown",
        today: "today",
        days: counted("1 day ago", |count| format!("{count} days ago")),
        months: counted("1 month ago", |count| format!("{count} months ago")),
        overdue: "It is time again.",
        of_authority: |authority, sentence| format!("{authority}: {sentence}"),
    },
    document: DOCUMENT,
};

const DOCUMENT: ReviewDocumentTexts = ReviewDocumentTexts {
    grammar: GRAMMAR,
    title: "Review of who receives what",
    authority: "Authority",
    cvr: "CVR number",
    day: "The rules as they apply on",
    publication: "Publication",
    publication_is: |number, at, who| format!("Publication {number} of {at}, published by {who}"),
    note: |note| format!("“{note}”"),
    unpublished: counted("The draft has 1 change that is not published. It is not included here.", |count| {
        format!("The draft has {count} changes that are not published. They are not included here.")
    }),
    summary: "Summary",
    rules: RULES,
    rules_apply: |authority, rules, apply| format!("{authority} has {rules}, of which {apply} apply."),
    fagsystems: FAGSYSTEMS,
    sends_to: |fagsystems| format!("Mail goes to {fagsystems}."),
    default_is: |fagsystem| format!("Mail that no rule takes goes to the default recipient {fagsystem}."),
    mail: |messages, by_rule, by_default| {
        format!(
            "In the last 30 days, {messages} were distributed: {by_rule} by a rule, and {by_default} to the default \
             recipient because no rule matched."
        )
    },
    messages: MESSAGES,
    no_mail: "In the last 30 days, no mail was distributed.",
    points_without: counted("1 contact point has no rule.", |count| format!("{count} contact points have no rule."))
        .or_none("Every contact point has a rule."),
    no_points: "There are no contact points on the list.",
    guards_hold: counted("The one guard reaches its receiver as it must.", |count| {
        format!("All {count} guards reach their receivers as they must.")
    }),
    guards_broken: counted("1 guard is broken.", |count| format!("{count} guards are broken.")),
    no_guards: "There are no guards.",
    findings_open: counted("The analysis of the rules finds 1 thing that somebody should look at.", |count| {
        format!("The analysis of the rules finds {count} things that somebody should look at.")
    })
    .or_none("The analysis of the rules finds nothing to correct."),
    changed_since: |day, publications| format!("Since the last review, on {day}, rules were {publications}."),
    publications: counted("published once", |count| format!("published {count} times")).or_none("not published"),
    never_reviewed: "Who receives what has not been reviewed before.",
    map: "Map of who receives what",
    who_gets_what: "Who receives what",
    how_rules_work: "The rules are tried from the top, and the first one that matches a message decides who receives it. To \
                     the right is how many messages each rule has decided in the last 30 days.",
    no_rules: "There are no rules.",
    number: "No.",
    rule: "Rule",
    state: "State",
    hits: "30 days",
    otherwise: "Else",
    otherwise_is: |fagsystem| format!("Mail that no rule takes goes to {fagsystem}."),
    receivers: "Receivers",
    receiver: "Business system",
    is_default: "Default recipient: gets everything that no rule takes",
    where_: "Connection",
    host: |host| format!("Receives at {host}"),
    encrypted: "Encrypted",
    on_this_machine: "On the same machine",
    unencrypted: "Not encrypted: others can read the mail on its way",
    contact: "Contact person",
    no_contact: "Nobody is named",
    in_use: "In use",
    paused: "Paused: its mail stays in Digital Post",
    for_rules: counted("1 rule sends here", |count| format!("{count} rules send here")).or_none("No rule sends here"),
    default_mail: "The default recipient",
    default_got: |fagsystem, messages| {
        format!("In the last 30 days, {fagsystem} received {messages} because no rule matched.")
    },
    default_got_nothing: |fagsystem| format!("Nothing fell to {fagsystem} in the last 30 days."),
    default_by_point: "They were addressed to:",
    points: "Contact points without a rule",
    all_points_have: "Every contact point on the list is named by a rule that applies.",
    points_intro: |rest, fagsystem| match rest {
        Rest::Default => format!("No rule that applies names these. Mail to them goes to {fagsystem}."),
        Rest::Others => format!(
            "No rule that applies names these. Mail to them goes by rules that look at other things, such as KLE, and else to \
             {fagsystem}."
        ),
    },
    guards: "Guards",
    guards_intro: "A guard is a message that must reach a certain business system, whatever else changes in the rules.",
    guard: "Guard",
    holds: "Arrives today and on all days to come",
    holds_on: |day| format!("Arrives on {day}, the day on which it is tried"),
    broken: |how| format!("Broken: {how}"),
    findings: "Open points",
    no_findings: "The analysis of the rules finds nothing to correct and nothing to note.",
    faults: "To be corrected",
    warnings: "To be looked at",
    information: "Good to know",
    overlaps: |rules, numbers| {
        format!(
            "Earlier rules take a part of what {rules} match to another business system. This is so for rules {numbers}."
        )
    },
    more_rules: counted("1 more", |count| format!("{count} more")),
    was_known: "It was there at the last review too.",
    is_new: "It is new since the last review.",
    changes: "Changes since the last review",
    no_changes: "Nothing has been published since the last review.",
    changes_since: |day, number| {
        format!(
            "The last review was on {day}, of publication {number}. Since then this was published, the newest first:"
        )
    },
    changes_of_all: "Who receives what has not been reviewed before. This is all that was published, the newest first:",
    no_differences: "Nothing has changed for this authority.",
    more_publications: counted("1 older publication is not shown.", |count| {
        format!("{count} older publications are not shown.")
    }),
    more_differences: counted("and 1 more change", |count| format!("and {count} more changes")),
    signature: "Signature",
    signature_intro: "Who receives what, as it stands here, has been reviewed. What is to be changed is noted above or on a sheet of its own.",
    next: |day| format!("Next review by {day} at the latest."),
    lines: ["Reviewed by (name)", "Date", "Signature"],
};

pub(super) const MESSAGE: MessageDocumentTexts = MessageDocumentTexts {
    title: "The story of a message",
    file_name: "message",
    intro: "This is what the router's journal knows of one message. The journal keeps neither content, label nor CPR numbers, \
            so they are not here either.",
    short: "In short",
    came: |moment| format!("The message came on {moment}."),
    came_again: counted("It came this one time.", |count| format!("It came {count} times in all.")),
    accepted: |fagsystem, moment| format!("{fagsystem} accepted it on {moment}."),
    not_accepted: "The journal knows of no business system that has accepted it.",
    this_try: |moment| format!("What follows is of the time that it came on {moment}."),
    message: "The message",
    uuid: "Message id (messageUUID)",
    no_uuid: "None could be read",
    received: "Received",
    size: "Size",
    cvr: |kind, cvr| format!("{kind}, CVR number {cvr}"),
    none: "None",
    decision: "The decision",
    publication: |number, at, who| format!("Publication {number} was in force. It is of {at}, published by {who}."),
    by_rule: |number, sentence| format!("Rule {number} decided: “{sentence}”"),
    rule_of_then: "The rule and the names are as they were in that publication.",
    passed_over: counted("1 rule before it did not match.", |count| format!("{count} rules before it did not match.")),
    delivery: "The delivery",
    handed_to: |fagsystem, host| format!("It was delivered to {fagsystem} at {host}."),
    answered: |status| format!("The business system answered HTTP {status}."),
    answered_code: |code| format!("The business system's own code was {code}."),
    no_answer: "The journal has no answer from a business system.",
    took: |duration| format!("From when the message came until it was answered, {duration} passed."),
    receipt: "The receipt to Digital Post",
    transmission: "Transmission id",
    accepted_receipt: "The receipt says that the message is accepted.",
    refused_receipt: |code| format!("The receipt says that the message is not accepted, with the code {code}."),
    no_receipt: |outcome| match outcome {
        Outcome::UnderWay => "The message was under way when the document was made, and not answered yet.",
        _ => "The sender broke off, so no receipt was given.",
    },
    no_transmission: "Not kept in the version that received the message",
    tries: "All attempts",
    tries_intro: counted("The message came this one time.", |count| {
        format!("Digital Post has sent the message {count} times.")
    }),
    tries_left_out: counted("1 older attempt is not shown.", |count| format!("{count} older attempts are not shown.")),
    of_all_tries: |name, same| format!("{name}, all attempts: {same}."),
    moment: "Came",
    outcome: "Outcome",
    fagsystem: "Business system",
    by: "Decided by",
    answer_time: "Answered after",
    rule_of: |publication, rule| format!("Rule {rule} in publication {publication}"),
    default_of: |publication| format!("No rule in publication {publication}"),
    unknown: "What the journal does not know",
    unknown_items: [
        "Whether the receipt arrived at Digital Post. If it did not, the message comes again.",
        "What the message said, and who wrote it if that was a person.",
        "What the business system did with the message after it had answered.",
        "When the message was sent, and how long it was in Digital Post before it came here.",
    ],
    unknown_outcome: "Whether the business system has the message: it may have received it, but the answer never came.",
    unknown_publication: "Which rules decided: the publication cannot be read.",
    unknown_facts: "What the message's header said: it could not be read.",
    about: "About this document",
    journal_number: "Number in the journal",
};
