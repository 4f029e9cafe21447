//! Where past messages would go by the draft, in English.

use super::grammar::counted;
use crate::desktop::language::texts::replay::ReplayTexts;

pub(super) const TEXTS: ReplayTexts = ReplayTexts {
    title: "Replay",
    messages: counted("1 message", |count| format!("{count} messages")),
    last_days: |days| format!("from the last {days} days"),
    between: |from, to| format!("from {from} to {to}"),
    as_if_they_came: "as if they came",
    today: "today",
    more_days: "more days",
    days: |days| format!("{days} days"),
    other_days: "other days",
    not_a_span: "Write the first and the last day.",
    progress: |done, all| format!("{done} of {all} …"),
    beginning: "Reading the journal …",
    nothing_came: "The journal has no messages from those days to replay.",
    nothing_moves: "No messages would change receiver",
    moves: counted("1 message would change receiver", |count| format!("{count} messages would change receiver")),
    how_it_is_read: "On the left, where the mail went; on the right, where the draft would send it. What is striped changes receiver.",
    as_before: "as before",
    refused: "refused",
    others: |count| format!("{count} others"),
    rule: |priority| format!("Rule {priority}"),
    by_default: "Default recipient: no rule matches",
    no_authority: "The recipient is none of the authorities",
    newest: |shown, all| format!("The newest {shown} of {all}"),
    show_message: "Show in Messages",
    no_uuid: "without messageUUID",
};
