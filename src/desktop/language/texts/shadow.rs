//! *Skyggekørsel*: what the draft would do with the mail that comes.

use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::Counted;
use crate::desktop::model::shadow::ShadowReport;
use crate::rules::Priority;
use crate::store::ShadowRun;

#[derive(Debug)]
pub(in crate::desktop) struct ShadowTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub none: &'static str,
    pub nothing_to_follow: &'static str,
    pub contradiction: &'static str,
    pub begin: &'static str,
    pub drop: &'static str,
    pub promote: &'static str,
    pub since: fn(when: &str, messages: &str) -> String,
    pub messages: Counted,
    pub differing: Counted,
    pub by_draft_of_now: &'static str,
    pub ways: &'static str,
    pub latest: &'static str,
    /// From where to where, and by what.
    pub way: fn(from: &str, to: &str) -> String,
    pub by_rule: fn(Priority) -> String,
    pub by_default: &'static str,
    pub nowhere: &'static str,
}

impl ShadowTexts {
    /// Since when, and how many messages have come.
    pub fn since(&self, run: ShadowRun, report: &ShadowReport) -> String {
        (self.since)(&moment_text(run.begun_at), &self.messages.of(report.messages))
    }
}
