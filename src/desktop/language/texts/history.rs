//! *Udgivelser*.

use crate::desktop::language::grammar::Counted;

#[derive(Debug)]
pub(in crate::desktop) struct HistoryTexts {
    pub title: &'static str,
    pub count: Counted,
    pub number: &'static str,
    pub time: &'static str,
    pub who: &'static str,
    pub note: &'static str,
    pub in_force: &'static str,
    pub none: &'static str,
    pub compare: &'static str,
    pub before: &'static str,
    pub draft: &'static str,
    pub publication: fn(i64) -> String,
    pub restore: &'static str,
    pub same: &'static str,
}
