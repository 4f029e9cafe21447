use crate::desktop::model::period::Period;
use crate::router::Refusal;
use crate::rules::{Criterion, MatchResult, Priority};
use crate::store::{MessageConcern, Outcome, Reason};

/// *Meddelelser*.
#[derive(Debug)]
pub(in crate::desktop) struct MessagesTexts {
    pub title: &'static str,
    /// How many fit, of how many; `None` while they are being counted.
    pub count: fn(shown: Option<u64>, all: Option<u64>) -> String,
    pub searching: &'static str,
    pub search: &'static str,
    pub filter: &'static str,
    pub show_all: &'static str,
    pub none: &'static str,
    pub none_found: &'static str,
    /// New messages that are not shown yet.
    pub waiting: fn(u64) -> String,
    /// New messages that do not fit.
    pub others: fn(u64) -> String,
    pub end_of_list: &'static str,
    pub period: fn(Period) -> &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub by_default: &'static str,
    /// That messages count in *Overblik*.
    pub counted: &'static str,
    /// From that moment on.
    pub since: fn(&str) -> String,
    /// How long an answer took.
    pub within: fn(&str) -> String,
    pub longer_than: fn(&str) -> String,
    pub at_least: fn(&str) -> String,
    pub concern: fn(MessageConcern) -> &'static str,
    /// Lists only what says the same.
    pub like_this: &'static str,
    /// What became of a message, in a word or two; whether it was only told again.
    pub outcome: fn(Outcome, Option<Reason>, repeats: bool) -> &'static str,
    /// What becomes of it now, of a message that nobody has accepted.
    pub fate: fn(Outcome) -> Option<&'static str>,
    pub story: StoryTexts,
    pub keeping: KeepingTexts,
    pub export: ExportTexts,
    pub sheet: SheetTexts,
}

/// A message's whole story.
#[derive(Debug)]
pub(in crate::desktop) struct StoryTexts {
    pub title: &'static str,
    pub reading: &'static str,
    pub gone: &'static str,
    pub no_uuid: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    /// The id of the receipt.
    pub transmission: &'static str,
    pub copy_transmission: &'static str,
    pub transmission_copied: &'static str,
    pub received: &'static str,
    pub bytes: fn(u64) -> String,
    pub facts: &'static str,
    pub no_facts: &'static str,
    pub sender: &'static str,
    pub recipient: &'static str,
    pub contact_point: &'static str,
    pub no_contact_point: &'static str,
    pub contact_group: &'static str,
    pub post_type: &'static str,
    pub other_post_type: &'static str,
    pub decision: &'static str,
    /// Why there was none.
    pub no_decision: fn(Outcome) -> &'static str,
    pub publication: fn(i64) -> String,
    pub no_publication: &'static str,
    pub by_default: fn(fagsystem: &str) -> String,
    pub repeats: &'static str,
    pub follows: &'static str,
    /// Of a message that came with the messageUUID of another.
    pub differs: &'static str,
    pub open_rule: &'static str,
    pub rule_is_gone: &'static str,
    /// How many rules were passed over before one decided.
    pub passed_over: fn(usize) -> String,
    pub not_matching: fn(usize) -> String,
    pub not_reached: fn(usize) -> String,
    pub more: fn(usize) -> String,
    /// Whether a rule that looks at that matched, and otherwise why not; whether the message has a contact point.
    pub match_result: fn(MatchResult, &Criterion, has_contact_point: bool) -> String,
    /// Of a message that no rule took.
    pub make_rule: &'static str,
    pub make_rule_hint: &'static str,
    pub delivery: &'static str,
    /// What happened to it, in a sentence.
    pub outcome: fn(Outcome, Option<Reason>) -> String,
    /// Why a caller was refused, in a sentence.
    pub refusal: fn(Refusal) -> &'static str,
    /// Who it was.
    pub caller: fn(&str) -> String,
    pub reason_code: fn(&str) -> String,
    pub answer: fn(status: u16) -> String,
    pub answer_code: &'static str,
    pub durations: &'static str,
    pub header: &'static str,
    pub whole: &'static str,
    pub waited: &'static str,
    pub total: &'static str,
    pub tries: fn(usize) -> String,
    pub only_try: &'static str,
    pub rule: fn(Priority) -> String,
}

/// How long messages are kept.
#[derive(Debug)]
pub(in crate::desktop) struct KeepingTexts {
    pub kept: fn(days: u16) -> String,
    pub keep: &'static str,
    pub days: &'static str,
    pub hint: &'static str,
    pub save: &'static str,
    pub saved: fn(days: u16) -> String,
}

/// The log as a file.
#[derive(Debug)]
pub(in crate::desktop) struct ExportTexts {
    pub button: &'static str,
    pub title: fn(Option<u64>) -> String,
    pub file_name: &'static str,
    pub csv: &'static str,
    pub excel: &'static str,
    pub file: &'static str,
    pub browse: &'static str,
    pub no_file: &'static str,
    pub write: &'static str,
    pub progress: fn(done: u64, of: Option<u64>) -> String,
    pub cancel: &'static str,
    pub done: fn(rows: u64, path: &str) -> String,
    pub cancelled: &'static str,
    pub not_a_file: &'static str,
}

/// What stands above the columns of the log as a file.
#[derive(Debug)]
pub(in crate::desktop) struct SheetTexts {
    pub number: &'static str,
    pub received: &'static str,
    pub message: &'static str,
    pub transmission: &'static str,
    pub outcome: &'static str,
    pub reason: &'static str,
    pub fagsystem: &'static str,
    pub fagsystem_id: &'static str,
    pub rule: &'static str,
    pub element: &'static str,
    pub publication: &'static str,
    pub authority: &'static str,
    pub sender: &'static str,
    pub sender_cvr: &'static str,
    pub recipient_cvr: &'static str,
    pub contact_point: &'static str,
    pub contact_point_id: &'static str,
    pub contact_group: &'static str,
    pub post_type: &'static str,
    pub bytes: &'static str,
    pub status: &'static str,
    pub code: &'static str,
    pub header: &'static str,
    pub whole: &'static str,
    pub answer: &'static str,
    pub total: &'static str,
    pub repeats: &'static str,
    pub follows: &'static str,
    pub caller: &'static str,
    pub reason_word: fn(Reason) -> &'static str,
}
