//! *Øvelsesfagsystemer* in English.

use super::grammar::counted;
use crate::desktop::language::texts::practice::{InboxColumns, PracticeTexts};
use crate::training::{LetterFate, PracticeMood};

pub(super) const TEXTS: PracticeTexts = PracticeTexts {
    title: "Practice systems",
    about: "They receive made-up mail on this machine and nothing else. The inboxes end with the window.",
    all: "All",
    add: "Add system",
    new_name: |number| format!("Practice system {number}"),
    empty_all: "Empty inboxes",
    received: counted("1 received", |count| format!("{count} received")).or_none("nothing received"),
    missed: counted("1 in vain", |count| format!("{count} in vain")),
    mood: |mood| match mood {
        PracticeMood::Accepts => "Accepts",
        PracticeMood::Rejects => "Rejects",
        PracticeMood::Slow => "Answers slowly",
        PracticeMood::Unclear => "Answers unclearly",
        PracticeMood::Down => "Down",
        PracticeMood::HangsUp => "Hangs up midway",
    },
    mood_about: |mood| match mood {
        PracticeMood::Accepts => "Takes messages and gives a receipt at once.",
        PracticeMood::Rejects => "Takes messages and rejects them. Digital Post does not send them again.",
        PracticeMood::Slow => {
            "Gives a receipt after 6 seconds: later than the agreement allows, but within the router's limit of 30."
        }
        PracticeMood::Unclear => {
            "Says yes with something that is no receipt. The router cannot know whether the message was received."
        }
        PracticeMood::Down => "Says that it cannot be reached. Digital Post keeps the mail and sends it again.",
        PracticeMood::HangsUp => {
            "Reads the beginning and hangs up. The router cannot know whether a small message arrived."
        }
    },
    mixed: "They do not all answer alike. Choose here how all of them are to answer.",
    only_in_draft: "only in the draft",
    nobodys: "no business system has this address",
    none: |page| format!("The inbox is empty. Send something from the {page} page."),
    no_systems: "No business system in the draft points to the practice port. Add one, and let rules send to it.",
    elsewhere: "The practice systems do not run in this window. If they run in another window, the inboxes are there.",
    start_here: "Start them here",
    columns: InboxColumns {
        time: "Time",
        fate: "Answer",
        fagsystem: "Business system",
        subject: "Message",
        bytes: "Bytes",
    },
    fate: |fate| match fate {
        LetterFate::Accepted => "Accepted",
        LetterFate::Rejected => "Rejected",
        LetterFate::Unclear => "Unclear answer",
        LetterFate::HungUp => "Hung up",
        LetterFate::Unreadable => "Not MeMo",
        LetterFate::BrokenOff => "Broken off by sender",
    },
    no_header: "Its header did not arrive whole",
    no_subject: "No subject",
    no_document: "No text came with it.",
    not_text: |name, format| format!("{name} is {format} and cannot be shown as text."),
    is_cut: "Only the beginning is shown.",
    try_out: "Try it in the rules",
    all_in_mood: |mood| format!("Practice systems, all: {mood}"),
};
