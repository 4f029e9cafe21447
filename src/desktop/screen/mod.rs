//! The screens. Each is one file that reads from top to bottom: its state, its messages, what it asks for, and how it
//! looks. A screen changes nothing but itself; what it wants done it returns as an action.

pub(super) mod fagsystems;
pub(super) mod router;
pub(super) mod rule_form;
pub(super) mod rules;
pub(super) mod welcome;

use jiff::civil::Date;

use super::language::Texts;
use crate::rules::{Authority, Cvr, RuleBook};

/// What a screen shows besides its own state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub t: &'static Texts,
    pub book: &'a RuleBook,
    pub authority: &'a Authority,
    pub today: Date,
    /// How wide the screen is, in logical pixels.
    pub width: f32,
}

impl Scene<'_> {
    /// The whole book with this authority changed.
    pub fn with_authority(&self, change: impl FnOnce(&mut Authority)) -> RuleBook {
        let mut book = self.book.clone();
        let cvr: Cvr = self.authority.cvr;
        if let Some(authority) = book.authorities.iter_mut().find(|authority| authority.cvr == cvr) {
            change(authority);
        }
        book
    }
}
