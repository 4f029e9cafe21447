//! The first start: the sample municipality, an authority of one's own, or files.

use super::router::ElsewhereTexts;
use crate::desktop::language::grammar::Counted;
use crate::rules::{Authority, Cvr};
use crate::store::RunningRouter;

#[derive(Debug)]
pub(in crate::desktop) struct WelcomeTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub sample: &'static str,
    pub sample_about: &'static str,
    pub sample_points: [&'static str; 4],
    pub open_training: &'static str,
    pub own: &'static str,
    pub name: &'static str,
    pub name_example: &'static str,
    pub cvr: &'static str,
    pub fagsystem: &'static str,
    pub make: &'static str,
    pub files: &'static str,
    pub files_about: &'static str,
    pub make_template: &'static str,
    /// What the empty workbook is called, without its ending.
    pub template_name: &'static str,
    pub template_made: fn(path: &str) -> String,
    pub in_files: fn(names: &str) -> String,
    /// How many fagsystems, contact points and rules an authority has.
    pub holds: fn(Cvr, fagsystems: &str, points: &str, rules: &str) -> String,
    pub fagsystem_count: Counted,
    pub point_count: Counted,
    pub rules: Counted,
    pub no_authority: &'static str,
    pub begin_with_files: &'static str,
    pub begin_hint: &'static str,
    /// The same where a router runs already.
    pub begin_hint_running: &'static str,
    /// What follows from a router that runs already, after which one that is.
    pub refuses_until_published: &'static str,
    pub elsewhere: ElsewhereTexts,
    /// What the first publication of an authority of one's own is called.
    pub made: fn(&str) -> String,
}

impl WelcomeTexts {
    /// How much an authority has.
    pub fn holds(&self, authority: &Authority) -> String {
        (self.holds)(
            authority.cvr,
            &self.fagsystem_count.of(authority.fagsystems.len()),
            &self.point_count.of(authority.contact_points.len()),
            &self.rules.of(authority.rules.len()),
        )
    }

    /// That a router runs already, and what follows from that.
    pub fn router_runs(&self, by: Option<&RunningRouter>) -> String {
        format!("{} {}", self.elsewhere.sentence(by), self.refuses_until_published)
    }
}
