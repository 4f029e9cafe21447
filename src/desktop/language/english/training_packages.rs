//! Training packages, in English.

use super::grammar::{RULES, counted};
use crate::desktop::language::grammar::sentence_of;
use crate::desktop::language::texts::training_packages::TrainingPackageTexts;
use crate::store::PastError;
use crate::training::PackageLimits;

pub(super) const TEXTS: TrainingPackageTexts = TrainingPackageTexts {
    kind: "Training package",
    hint: "For teaching: the rules with practice systems and what you choose here, in one file. It opens in training alone.",
    file_name: "training-package",
    name: "Name",
    name_example: "Such as Rules for beginners",
    journal: "The journal, made anonymous",
    journal_hint: "Senders, messages, unknown contact points and dates are replaced by random ones. Weekday and hour stay.",
    days: |days| match days {
        0 => "None".to_owned(),
        days => format!("The last {days} days"),
    },
    messages: "Messages",
    no_messages: "None",
    made_messages: "Made up",
    own_messages: "From a folder",
    own_messages_hint: "They go into the package as they are. Never take real messages.",
    count: "How many",
    count_error: |most| format!("Enter a number from 1 to {most}."),
    seed: "Seed",
    seed_hint: "The same number makes the same messages.",
    seed_error: "Enter a whole number.",
    directory: "Folder",
    directory_error: "Enter or choose the folder with the messages (.xml).",
    lesson: "Lesson (optional)",
    lesson_example: "Path of a lesson (.toml)",
    browse: "Choose …",
    rename: "Give the authorities made-up names and CVR numbers, and the contact points new ids",
    replace_texts: "Replace the titles, descriptions and groups of contact points",
    keep_notes: "Keep notes and contact persons (they may name people)",
    privacy: "Addresses, accesses and keys are never in it. Read the package through before you hand it on: the guide says what \
              remains.",
    written: |path, messages, calls| format!("Written to {path}: {messages}, and {calls} of the journal"),
    left_out: |count| {
        format!("The oldest {count} calls are left out: a package has room for {}.", PackageLimits::CALLS)
    },
    message_count: counted("1 message", |count| format!("{count} messages")),
    call_count: counted("1 call", |count| format!("{count} calls")),
    rule_count: RULES,
    title: |name| if name.is_empty() { "Training package".to_owned() } else { format!("Training package: {name}") },
    has_lesson: "A lesson",
    in_list: "Rules, a lesson, messages and a journal for training (.pfoevelse); read by itself",
    contents: "In the package",
    calls: "Calls in the journal",
    about_here: "Training begins anew with the package: the rules, draft, publications, journal and settings that training has \
                 now are lost. From then on, Reset goes back to the package.",
    about_real: "The package opens in training alone, which has data of its own: nothing changes here. Training begins anew with it.",
    place: |directory| format!("Lesson and messages are put into the folder {directory}."),
    begin_here: "Begin training with the package",
    begin_there: "Open the package in training",
    leave: "Leave it",
    alone: "A training package is opened alone. Choose it and nothing else.",
    first: "A training package opens in training. Choose “Open training”, and bring the package in on Files there.",
    start: "What training begins with",
    start_about: "Reset goes back to what training began with: Eksempelby Kommune, or a training package that was opened here.",
    start_sample: "Begin with Eksempelby Kommune",
    error: |error| sentence_of(error),
    fault: |fault| sentence_of(fault),
    no_chance: "Nothing was written: the system has no random numbers to give, without which nothing can be made anonymous. Try again, or \
                use another machine.",
    no_past: |error| match error {
        PastError::NotEmpty => {
            "Training got no mail from the days before: there was something in its journal already. Choose Reset to begin again."
        }
        PastError::NotThePast | PastError::Store(_) => {
            "Training got no mail from the days before: the mail is not in the order of time, or not from before now. See \
             whether the machine's clock is right, and choose Reset."
        }
    },
    nothing_published: "Training got no mail from the days before: there were no rules to distribute it by. Choose Reset to \
                        begin again.",
    no_messages_in: |path| format!("There is no message (.xml) in {path}. Choose another folder."),
    in_use: "Training is open in another window. Open the package on Files in that window, or close it and try again.",
};
