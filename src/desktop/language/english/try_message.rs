//! *Prøv en meddelelse* in English.

use crate::desktop::language::grammar::sentence_of;
use crate::desktop::language::texts::try_message::TryMessageTexts;
use crate::desktop::model::trial::{FactsOrigin, UnreadMessage};

pub(super) const TEXTS: TryMessageTexts = TryMessageTexts {
    title: "Try a message",
    about: "Who would get it, and why? Nothing is sent.",
    clear: "Clear",
    open: "Open a file …",
    paste: "Paste XML",
    drop_hint: "Drop a MeMo file here, paste it (Ctrl+V), or fill in the fields.",
    reading: "Reading …",
    from_story: "What would the draft do?",
    origin: |origin| match origin {
        FactsOrigin::Typed => None,
        FactsOrigin::File => Some("Read from the file: only what rules can look at. The rest is not kept."),
        FactsOrigin::Clipboard => Some("Read from what was pasted: only what rules can look at. The rest is not kept."),
        FactsOrigin::Journal => Some(
            "From the journal. It does not keep whether the sender wrote with a contact point of its own; that is inferred \
             from the sender having counted as an authority then.",
        ),
        FactsOrigin::Example => Some("A made-up example."),
    },
    left_out: "An id or a group could be a CPR number and is left out. Rules for it cannot be tried.",
    unread,
    sender_cvr: "Sender's CVR number",
    none: "None",
    is_authority: "An authority's number: the sender counts as an authority",
    own_contact_point: "Counts as an authority because it writes with a contact point of its own",
    no_recipient: "No CVR number",
    unlisted_point: "Not in the register; taken for an id",
    group_alone: "Counts only together with a contact point",
    not_kle: "Not a KLE number yet, so it counts as none. Write 27.36.04, say, or choose from the list",
    not_form: "Not a FORM number yet, so it counts as none. Write 26.05.10, say",
    not_a_cvr: "A CVR number has eight digits; until then it counts as none",
    day: "Day",
    by_word: "Number or a word",
    draft: "The draft",
    publication: |number| format!("Publication {number}"),
    published: "The publication",
    guard: "Make a guard",
    by_rule: |priority| format!("By rule {priority}"),
    by_default: "The default recipient: no rule matches",
    paused: "Paused: the message waits in Digital Post",
    unknown_recipient: "Unknown recipient",
    unknown_recipient_hint: "None of the authorities has that number. The message is refused.",
    contradicts: "Contradicts itself",
    contradicts_hint: "Correct the faults on the page Changes. Until then the draft can decide nothing.",
    other_receiver: "The draft sends it elsewhere than the publication.",
    other_rule: "The same business system, but for another reason.",
    same: "Draft and publication agree.",
    ladder: "The rules in order",
    rule: "Rule",
    why: "Why",
    decides: "Decides",
    also_matches: "Matches too, but comes later",
    also_matches_shortly: "Matches too, later",
    otherwise: "Otherwise: the default recipient",
    default_decides: "Decides: no rule matches",
    default_waits: "A rule matches",
    make_rule: "Make it a rule",
    make_rule_hint: "Choose what the rule should look at:",
};

fn unread(unread: UnreadMessage) -> String {
    match unread {
        UnreadMessage::Memo(error) => sentence_of(&error),
        UnreadMessage::NotFound => "There is no such file.".to_owned(),
        UnreadMessage::Denied => "You are not allowed to read the file.".to_owned(),
        UnreadMessage::NotAFile => "That is not a file but a folder or a device.".to_owned(),
        UnreadMessage::Unreadable => "The file could not be read to its end. Try again.".to_owned(),
        UnreadMessage::EmptyClipboard => "There is no text to paste. Copy the message's whole XML first.".to_owned(),
    }
}
