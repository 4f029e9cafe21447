//! *Router*: whether it runs, and what comes in right now.

use super::protection::ProtectionTexts;
use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::Counted;
use crate::router::NotReady;
use crate::rules::SenderKind;
use crate::store::{Program, RunningRouter};
use crate::training::SampleLetter;

#[derive(Debug)]
pub(in crate::desktop) struct RouterTexts {
    pub title: &'static str,
    /// What happens as it happens, and what the router is started with.
    pub live: &'static str,
    pub settings: &'static str,
    pub settings_hint: &'static str,
    pub settings_closed: &'static str,
    pub settings_elsewhere: &'static str,
    pub address: &'static str,
    pub limits: &'static str,
    pub publication: fn(i64) -> String,
    pub start: &'static str,
    pub stop: &'static str,
    pub is_stopped: &'static str,
    pub is_starting: &'static str,
    pub is_running: &'static str,
    pub is_stopping: &'static str,
    pub is_elsewhere: &'static str,
    pub elsewhere: ElsewhereTexts,
    pub is_unknown: &'static str,
    pub unknown_hint: &'static str,
    /// Which publication the router follows, where that is not the newest.
    pub follows: fn(Option<i64>) -> String,
    pub has_failed: &'static str,
    pub receives_at: fn(url: &str) -> String,
    pub is_refusing: &'static str,
    pub refuses: fn(&NotReady) -> String,
    pub stopped_hint: &'static str,
    pub not_an_address: &'static str,
    pub connect_limit: &'static str,
    pub answer_limit: &'static str,
    pub under_way_limit: &'static str,
    pub fagsystem_limit: &'static str,
    pub not_limits: &'static str,
    pub practice: &'static str,
    pub practice_hint: &'static str,
    pub practice_waits: &'static str,
    pub send: &'static str,
    pub send_all: &'static str,
    pub show_rules: &'static str,
    pub letter: fn(SampleLetter) -> &'static str,
    pub messages: &'static str,
    pub count: Counted,
    /// How many messages are listed, where there are more.
    pub newest: fn(usize) -> String,
    pub none: &'static str,
    pub none_in_practice: &'static str,
    pub protection: ProtectionTexts,
    pub columns: MessageColumns,
    pub sender: fn(SenderKind) -> &'static str,
}

#[derive(Debug)]
pub(in crate::desktop) struct MessageColumns {
    pub time: &'static str,
    pub outcome: &'static str,
    pub fagsystem: &'static str,
    pub ground: &'static str,
    pub sender: &'static str,
    pub addressed: &'static str,
    pub took: &'static str,
    pub message: &'static str,
}

/// Which other program runs the router.
#[derive(Debug)]
pub(in crate::desktop) struct ElsewhereTexts {
    pub says_nothing: &'static str,
    pub program: fn(Option<Program>) -> &'static str,
    pub process: fn(program: &str, id: u32) -> String,
    pub is_starting: fn(program: &str, since: &str) -> String,
    pub follows: fn(program: &str, address: &str, since: &str, publication: i64) -> String,
    pub follows_nothing: fn(program: &str, address: &str, since: &str) -> String,
    /// After the sentence on the Router page.
    pub stop_it_there: &'static str,
}

impl ElsewhereTexts {
    /// Which program runs the router, where, since when, and what it follows; `None`: it does not say.
    pub fn sentence(&self, by: Option<&RunningRouter>) -> String {
        let Some(by) = by else { return self.says_nothing.to_owned() };
        let program = (self.process)((self.program)(by.program), by.process);
        let since = moment_text(by.since);
        match (by.address.map(|address| address.to_string()), by.publication) {
            (None, _) => (self.is_starting)(&program, &since),
            (Some(address), Some(publication)) => (self.follows)(&program, &address, &since, publication.get()),
            (Some(address), None) => (self.follows_nothing)(&program, &address, &since),
        }
    }
}

impl RouterTexts {
    /// That another program runs the router, and how to run it here.
    pub fn elsewhere(&self, by: Option<&RunningRouter>) -> String {
        format!("{} {}", self.elsewhere.sentence(by), self.elsewhere.stop_it_there)
    }

    /// How many messages are listed, and whether there are more.
    pub fn count(&self, count: usize, are_more: bool) -> String {
        if are_more { (self.newest)(count) } else { self.count.of(count) }
    }
}
