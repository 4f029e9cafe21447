//! *Myndigheder*: our own, and those that are known.

use crate::desktop::language::grammar::{Counted, Grammar};
use crate::rules::{Authority, Cvr};

#[derive(Debug)]
pub(in crate::desktop) struct AuthorityTexts {
    pub title: &'static str,
    pub own: &'static str,
    pub known: &'static str,
    pub count: Counted,
    pub new: &'static str,
    pub cvr: &'static str,
    pub more: &'static str,
    pub more_hint: &'static str,
    pub fagsystems: &'static str,
    pub contact_points: &'static str,
    pub shown: &'static str,
    pub overtaken: &'static str,
    pub not_cvrs: fn(&str) -> String,
    pub twice: fn(Cvr) -> String,
    pub taken: fn(Cvr, by: &str) -> String,
    pub check_digit: fn(Cvr) -> String,
    /// What follows from an authority's no longer having that number.
    pub other_cvr: fn(Cvr) -> String,
    pub keys_stay: fn(usize, Cvr) -> String,
    pub default: &'static str,
    pub default_hint: &'static str,
    pub first_fagsystem: &'static str,
    pub contents: &'static str,
    pub rules: Counted,
    pub fagsystem_count: Counted,
    pub point_count: Counted,
    pub is_shown: &'static str,
    pub show: &'static str,
    pub delete: &'static str,
    pub deletes: fn(&Authority, holds: [&str; 3]) -> String,
    pub delete_indeed: &'static str,
    pub keep: &'static str,
    pub last: &'static str,
    pub grammar: &'static Grammar,
    pub known_count: Counted,
    pub known_count_of: fn(shown: &str, all: &str) -> String,
    pub new_known: &'static str,
    pub about_known: &'static str,
    pub search: &'static str,
    pub import: &'static str,
    pub check: &'static str,
    pub odd_check_digit: &'static str,
    pub no_name: &'static str,
    pub none_known: &'static str,
    pub none_found: &'static str,
    pub known_already: &'static str,
    pub is_own: fn(&str) -> String,
    pub remove: &'static str,
}

impl AuthorityTexts {
    /// How many rules, fagsystems and contact points it has.
    fn parts(&self, authority: &Authority) -> [String; 3] {
        [
            self.rules.of(authority.rules.len()),
            self.fagsystem_count.of(authority.fagsystems.len()),
            self.point_count.of(authority.contact_points.len()),
        ]
    }

    pub fn holds(&self, authority: &Authority) -> String {
        self.parts(authority).join(" · ")
    }

    pub fn deletes(&self, authority: &Authority) -> String {
        (self.deletes)(authority, self.parts(authority).each_ref().map(String::as_str))
    }

    /// How many known authorities are listed, of how many.
    pub fn known_count(&self, shown: usize, all: usize) -> String {
        let all_words = self.known_count.of(all);
        if shown == all { all_words } else { (self.known_count_of)(&self.grammar.number(shown), &all_words) }
    }
}
