//! Every text that a person reads in the window, in Danish and English.
//!
//! A text that lacks in one language does not compile: each language is one value of [`Texts`].

mod danish;
mod english;

use std::net::SocketAddr;

use super::naming::{Change, Element};
use super::services::Trouble;
use crate::router::Probe;
use crate::rules::{Authority, PostType, Priority, Rule, Segment, SenderKind, Trouble as RuleTrouble};
use crate::store::{LanguageChoice, Outcome};
use crate::training::SampleLetter;

/// The texts of a language.
pub(super) fn texts(language: LanguageChoice) -> &'static Texts {
    match language {
        LanguageChoice::Danish => &danish::TEXTS,
        LanguageChoice::English => &english::TEXTS,
    }
}

/// One language.
#[derive(Debug)]
pub(super) struct Texts {
    pub window_title: &'static str,
    pub authority: &'static str,
    pub other_language: &'static str,
    pub other_theme: fn(is_dark: bool) -> &'static str,
    pub save_and_publish: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub take_back: &'static str,
    pub cannot_open: &'static str,
    pub unsaved: &'static str,
    pub other_port: fn(SocketAddr) -> String,
    pub changed_elsewhere: fn(publication: i64) -> String,
    /// What has been done; also the publication's note.
    pub done: fn(&Change) -> String,
    pub trouble: fn(&Trouble) -> String,
    pub fields: FieldTexts,
    #[cfg_attr(not(test), expect(dead_code, reason = "the fields that open a calendar come with the date fields"))]
    pub calendar: CalendarTexts,
    pub welcome: WelcomeTexts,
    pub rules: RuleTexts,
    pub fagsystems: FagsystemTexts,
    pub router: RouterTexts,
}

/// What can be wrong with a field.
#[derive(Debug)]
pub(super) struct FieldTexts {
    pub missing: &'static str,
    pub choose: &'static str,
    pub date_placeholder: &'static str,
    pub not_a_date: &'static str,
    pub no_such_date: &'static str,
    pub no_fagsystem: &'static str,
    pub comma: &'static str,
    pub ends_before_start: &'static str,
    pub not_a_priority: &'static str,
    pub priority_taken: fn(Priority, free: &[Priority]) -> String,
    pub not_a_cvr: &'static str,
    pub not_a_number: fn(classification: &'static str) -> String,
    pub backwards: &'static str,
}

/// What stands in a calendar.
#[derive(Debug)]
pub(super) struct CalendarTexts {
    pub months: [&'static str; 12],
    /// From Monday, two letters each.
    pub weekdays: [&'static str; 7],
    /// What stands above the numbers of the weeks.
    pub week: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub today: &'static str,
}

#[derive(Debug)]
pub(super) struct WelcomeTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub sample: &'static str,
    pub sample_about: &'static str,
    pub sample_points: [&'static str; 4],
    pub begin_sample: &'static str,
    pub own: &'static str,
    pub name: &'static str,
    pub name_example: &'static str,
    pub cvr: &'static str,
    pub fagsystem: &'static str,
    pub make: &'static str,
    pub import: &'static str,
}

#[derive(Debug)]
pub(super) struct RuleTexts {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub new: &'static str,
    pub rule: fn(Priority) -> String,
    pub delete: &'static str,
    pub none: &'static str,
    pub otherwise: &'static str,
    pub default_recipient: &'static str,
    pub default_hint: &'static str,
    pub priority_hint: &'static str,
    pub unfinished: &'static str,
    pub shadowed: fn(by: Priority) -> String,
    pub shadows: fn(&[Priority]) -> String,
    pub overtaken: &'static str,
    pub reload: &'static str,
    pub is_active: &'static str,
    pub columns: RuleColumns,
    pub states: RuleStates,
    pub segment: fn(Segment) -> &'static str,
    pub element: fn(Element) -> &'static str,
    pub post_type: fn(PostType) -> &'static str,
    pub value_placeholder: fn(Element) -> &'static str,
    /// What may be wrong with a rule's value.
    pub value_doubt: fn(&RuleTrouble) -> Option<&'static str>,
    /// The rule as one sentence.
    pub sentence: fn(&Authority, &Rule) -> String,
}

#[derive(Debug)]
pub(super) struct RuleColumns {
    pub priority: &'static str,
    pub state: &'static str,
    pub segment: &'static str,
    pub element: &'static str,
    pub value: &'static str,
    pub fagsystem: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub note: &'static str,
}

#[derive(Debug)]
pub(super) struct RuleStates {
    pub active: &'static str,
    pub coming: &'static str,
    pub expired: &'static str,
    pub switched_off: &'static str,
    pub shadowed: &'static str,
}

#[derive(Debug)]
pub(super) struct FagsystemTexts {
    pub title: &'static str,
    pub count: fn(usize) -> String,
    pub new: &'static str,
    pub none: &'static str,
    pub name: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub id_taken: &'static str,
    pub endpoint: &'static str,
    pub not_an_endpoint: &'static str,
    pub state: &'static str,
    pub rules: &'static str,
    pub role: &'static str,
    pub active: &'static str,
    pub paused: &'static str,
    pub is_active: &'static str,
    pub paused_hint: &'static str,
    pub overtaken: &'static str,
    pub default: &'static str,
    pub make_default: &'static str,
    pub delete: &'static str,
    pub needed_as_default: &'static str,
    pub needed_by_rules: fn(usize) -> String,
    pub probe: &'static str,
    pub probing: fn(endpoint: &str) -> String,
    pub probed: fn(endpoint: &str, &Probe) -> String,
}

#[derive(Debug)]
pub(super) struct RouterTexts {
    pub title: &'static str,
    pub publication: fn(i64) -> String,
    pub start: &'static str,
    pub stop: &'static str,
    pub is_stopped: &'static str,
    pub is_starting: &'static str,
    pub is_running: &'static str,
    pub is_stopping: &'static str,
    pub has_failed: &'static str,
    pub receives_at: fn(SocketAddr) -> String,
    pub stopped_hint: &'static str,
    pub not_an_address: &'static str,
    pub connect_limit: &'static str,
    pub answer_limit: &'static str,
    pub not_seconds: &'static str,
    pub practice: &'static str,
    pub practice_hint: &'static str,
    pub practice_waits: &'static str,
    pub send: &'static str,
    pub letter: fn(SampleLetter) -> &'static str,
    pub messages: &'static str,
    pub count: fn(usize) -> String,
    pub none: &'static str,
    pub none_in_practice: &'static str,
    pub by_default: &'static str,
    pub columns: MessageColumns,
    pub sender: fn(SenderKind) -> &'static str,
    pub outcome: fn(Outcome) -> &'static str,
}

#[derive(Debug)]
pub(super) struct MessageColumns {
    pub time: &'static str,
    pub outcome: &'static str,
    pub fagsystem: &'static str,
    pub ground: &'static str,
    pub sender: &'static str,
    pub addressed: &'static str,
    pub took: &'static str,
    pub message: &'static str,
}
