//! *Meddelelser*: the list of messages, the story of each, how long they are kept, and the list as a file.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::model::period::Period;
use crate::reasons::ReasonText;
use crate::router::Refusal;
use crate::rules::{Criterion, CriterionKind, Facts, MatchResult, Priority, Segment};
use crate::store::{MessageConcern, Outcome, Reason};

#[derive(Debug)]
pub(in crate::desktop) struct MessagesTexts {
    pub title: &'static str,
    pub grammar: &'static Grammar,
    pub messages: Counted,
    pub none_at_all: &'static str,
    pub shown_of: fn(shown: &str, all: &str) -> String,
    pub counting: &'static str,
    pub searching: &'static str,
    pub search: &'static str,
    pub filter: &'static str,
    pub show_all: &'static str,
    pub none: &'static str,
    pub none_found: &'static str,
    /// New messages that are not shown yet.
    pub waiting: Counted,
    /// New messages that do not fit.
    pub others: Counted,
    pub end_of_list: &'static str,
    pub period: fn(Period) -> &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub by_default: &'static str,
    /// That messages count in *Overblik*.
    pub counted: &'static str,
    pub since: fn(moment: &str) -> String,
    /// How long an answer took.
    pub within: fn(duration: &str) -> String,
    pub longer_than: fn(duration: &str) -> String,
    pub at_least: fn(duration: &str) -> String,
    pub concern: fn(MessageConcern) -> &'static str,
    /// Lists only what says the same.
    pub like_this: &'static str,
    /// What became of a message, in a word or two; whether that is an earlier answer, given again.
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
    pub bytes: Counted,
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
    /// How many rules did not match before one decided.
    pub passed_over: Counted,
    pub not_matching: Counted,
    pub not_reached: Counted,
    pub more: Counted,
    pub match_result: MatchTexts,
    /// Of a message that no rule took.
    pub make_rule: &'static str,
    pub make_rule_hint: &'static str,
    pub delivery: &'static str,
    /// What happened to it, in a sentence, where no reason says it.
    pub outcome: fn(Outcome) -> &'static str,
    pub reason: fn(Reason) -> &'static ReasonText,
    /// After the reason, of a fagsystem that may have the message.
    pub may_have_it: &'static str,
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
    /// How many times the message came.
    pub tries: fn(number: &str) -> String,
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

/// The list of messages as a file.
#[derive(Debug)]
pub(in crate::desktop) struct ExportTexts {
    pub grammar: &'static Grammar,
    pub messages: Counted,
    pub button: &'static str,
    pub title: fn(messages: Option<&str>) -> String,
    pub file_name: &'static str,
    pub csv: &'static str,
    pub excel: &'static str,
    pub file: &'static str,
    pub browse: &'static str,
    pub no_file: &'static str,
    pub write: &'static str,
    pub progress: fn(done: &str, of: Option<&str>) -> String,
    pub cancel: &'static str,
    pub done: fn(messages: &str, path: &str) -> String,
    pub cancelled: &'static str,
    pub not_a_file: &'static str,
}

/// The headings of the list as a file.
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
}

/// Whether a rule matched a message, or why not.
#[derive(Debug)]
pub(in crate::desktop) struct MatchTexts {
    pub matches: &'static str,
    pub not_yet_valid: fn(from: &str) -> String,
    pub expired: fn(to: &str) -> String,
    pub switched_off: &'static str,
    pub other_segment: fn(wanted: Segment) -> &'static str,
    pub other_value: fn(CriterionKind) -> &'static str,
    /// Of a number of that classification, and the rule's interval.
    pub outside: fn(classification: &str, number: &str, interval: &str) -> String,
    /// Of a rule for messages without one.
    pub has_contact_point: &'static str,
    pub group_not_named: fn(group: &str) -> String,
    pub fact_missing: fn(CriterionKind) -> &'static str,
}

impl MessagesTexts {
    /// How many fit, of how many; `None` while they are being counted.
    pub fn count(&self, shown: Option<u64>, all: Option<u64>) -> String {
        match (shown, all) {
            (None, _) | (_, None) => self.counting.to_owned(),
            (Some(_), Some(0)) => self.none_at_all.to_owned(),
            (Some(shown), Some(all)) if shown < all => {
                (self.shown_of)(&self.grammar.number(shown), &self.messages.of(all))
            }
            (Some(_), Some(all)) => self.messages.of(all),
        }
    }
}

impl ExportTexts {
    /// How many messages are exported; `None` while they are being counted.
    pub fn title(&self, messages: Option<u64>) -> String {
        (self.title)(messages.map(|messages| self.messages.of(messages)).as_deref())
    }

    /// How many messages have been written.
    pub fn progress(&self, done: u64, of: Option<u64>) -> String {
        (self.progress)(&self.grammar.number(done), of.map(|of| self.grammar.number(of)).as_deref())
    }

    pub fn done(&self, messages: u64, path: &str) -> String {
        (self.done)(&self.messages.of(messages), path)
    }
}

impl StoryTexts {
    /// What happened to a message, in a sentence or two.
    pub fn outcome(&self, outcome: Outcome, reason: Option<Reason>) -> String {
        let Some(reason) = reason else { return (self.outcome)(outcome).to_owned() };
        let besides = if outcome == Outcome::Unknown { self.may_have_it } else { "" };
        format!("{}{besides}", (self.reason)(reason).sentence())
    }
}

impl MatchTexts {
    /// Whether a rule that looks at that matched a message with these facts, and otherwise why not.
    pub fn of(&self, match_result: MatchResult, criterion: &Criterion, facts: Option<&Facts>) -> String {
        let kind = CriterionKind::of(criterion);
        let has_contact_point = facts.is_some_and(|facts| facts.contact_point.is_some());
        match match_result {
            MatchResult::Matches => self.matches.to_owned(),
            MatchResult::NotYetValid { from } => (self.not_yet_valid)(&date_text(from)),
            MatchResult::Expired { to } => (self.expired)(&date_text(to)),
            MatchResult::SwitchedOff => self.switched_off.to_owned(),
            MatchResult::OtherSegment { wanted } => (self.other_segment)(wanted).to_owned(),
            MatchResult::OtherValue if has_contact_point && kind == CriterionKind::NoContactPoint => {
                self.has_contact_point.to_owned()
            }
            MatchResult::OtherValue => {
                self.outside(criterion, facts).unwrap_or_else(|| (self.other_value)(kind).to_owned())
            }
            MatchResult::GroupNotNamed => match criterion {
                Criterion::ContactGroup(name) => (self.group_not_named)(name.as_str()),
                _ => (self.group_not_named)(""),
            },
            MatchResult::FactMissing => (self.fact_missing)(kind).to_owned(),
        }
    }

    /// That the message's number is not in the rule's interval; `None` where the rule looks at something else.
    fn outside(&self, criterion: &Criterion, facts: Option<&Facts>) -> Option<String> {
        let (classification, number, interval) = match criterion {
            Criterion::Kle(interval) => ("KLE", facts?.kle?.to_string(), interval.to_string()),
            Criterion::Form(interval) => ("FORM", facts?.form?.to_string(), interval.to_string()),
            _ => return None,
        };
        Some((self.outside)(classification, &number, &interval))
    }
}
