//! The routers that share a database on a server.

use jiff::Timestamp;

use super::hindrances::{WarningWords, said};
use crate::desktop::language::format::moment_text;
use crate::desktop::language::grammar::Counted;
use crate::desktop::model::routers::{RouterCounts, RouterTrouble};
use crate::store::{Program, PublicationNumber, RouterLife, RunningRouter};

#[derive(Debug)]
pub(in crate::desktop) struct RoutersTexts {
    pub title: &'static str,
    pub running: Counted,
    pub silent: Counted,
    pub ended: Counted,
    pub columns: RouterColumns,
    pub runs: &'static str,
    pub is_starting: &'static str,
    pub is_silent: &'static str,
    pub has_ended: &'static str,
    pub since: fn(moment: &str) -> String,
    /// That it is the one of this data directory.
    pub own: &'static str,
    pub program: fn(Option<Program>) -> &'static str,
    /// What runs it, and since when.
    pub run_by: fn(program: &str, since: &str) -> String,
    /// The publication that one follows.
    pub publication: fn(i64) -> String,
    pub follows_nothing: &'static str,
    /// How many calls were not accepted, below the number of those that were.
    pub not_accepted: fn(&str) -> String,
    /// Beside an older publication that a router follows.
    pub in_force: fn(publication: i64) -> String,
    /// Where nothing was heard of any.
    pub none: &'static str,
    /// Where the database cannot be read.
    pub unknown: &'static str,
    /// That other figures are not by router.
    pub together: &'static str,
    /// How many run, where the one of this data directory does not.
    pub others_run: Counted,
    pub own_is_stopped: &'static str,
    pub limits_of_each: &'static str,
}

#[derive(Debug)]
pub(in crate::desktop) struct RouterColumns {
    pub name: &'static str,
    pub life: &'static str,
    pub address: &'static str,
    pub publication: &'static str,
    pub under_way: &'static str,
    pub accepted: &'static str,
}

impl RoutersTexts {
    /// "2 running, 1 silent": only what there is any of.
    pub fn counts(&self, counts: RouterCounts) -> String {
        let parts = [(&self.running, counts.running), (&self.silent, counts.silent), (&self.ended, counts.ended)];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0).map(|(words, count)| words.of(count));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// When one was last heard of that does not run.
    pub fn since_of(&self, life: RouterLife) -> Option<String> {
        match life {
            RouterLife::Runs => None,
            RouterLife::Silent { since: at } | RouterLife::Ended { at } => Some((self.since)(&moment_text(at))),
        }
    }

    /// What runs a router, and since when.
    pub fn program_of(&self, says: &RunningRouter) -> String {
        (self.run_by)((self.program)(says.program), &moment_text(says.since))
    }
}

/// What is wrong with routers that share a database, and what to do.
#[derive(Debug)]
pub(in crate::desktop) struct RouterTroubleTexts {
    pub none_runs: &'static str,
    pub start_one: &'static str,
    pub silent: fn(name: &str, since: &str) -> String,
    pub look_at_machine: &'static str,
    /// What becomes of messages that a silent one was delivering.
    pub left_under_way: &'static str,
    pub behind: fn(name: &str, follows: Option<i64>, newest: i64) -> String,
    pub start_again: &'static str,
}

impl RouterTroubleTexts {
    pub fn trouble(&self, name: &str, trouble: &RouterTrouble) -> WarningWords {
        match trouble {
            RouterTrouble::Silent { since, under_way: 0 } => {
                said(self.silent_since(name, *since), self.look_at_machine)
            }
            RouterTrouble::Silent { since, .. } => {
                said(self.silent_since(name, *since), &format!("{} {}", self.look_at_machine, self.left_under_way))
            }
            RouterTrouble::Behind { follows, newest } => {
                said((self.behind)(name, follows.map(PublicationNumber::get), newest.get()), self.start_again)
            }
        }
    }

    fn silent_since(&self, name: &str, since: Timestamp) -> String {
        (self.silent)(name, &moment_text(since))
    }
}
