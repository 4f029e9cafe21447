//! What a screen sees.

use std::path::Path;
use std::sync::Arc;

use iced::Size;
use iced::keyboard::Modifiers;
use jiff::Timestamp;
use jiff::civil::Date;

use super::action::Action;
use crate::desktop::language::Texts;
use crate::desktop::language::names::{Names, Registers};
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_summary::{Hits, JournalSummary};
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::service::Services;
use crate::router::Hindrance;
use crate::rules::{Authority, Cvr, KlePlan, Never, Priority, Rule, RuleBook};
use crate::store::{JournalRow, Overview, RouterSettings};

/// What a screen shows besides its own state.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Scene<'a> {
    pub t: &'static Texts,
    pub bench: &'a Workbench,
    pub authority: &'a Authority,
    /// What KLE numbers mean.
    pub kle: &'a Arc<KlePlan>,
    pub record: &'a JournalSummary,
    pub foresight: &'a Foresight,
    pub today: Date,
    pub now: Timestamp,
    /// Who publishes.
    pub user: &'a str,
    /// What is chosen besides the rules.
    pub settings: &'a RouterSettings,
    /// Whether there is a sample municipality, whose fagsystems are there for practice.
    pub is_practice: bool,
    pub services: &'a Arc<Services>,
    /// Which screen is in sight.
    pub page: Page,
    pub router: &'a RouterState,
    /// What will not work, as the window's router has found it.
    pub hindrances: &'a [Hindrance],
    /// The newest messages, the newest first.
    pub rows: &'a [JournalRow],
    /// How it goes, once that was read.
    pub overview: Option<&'a Overview>,
    /// Which of Shift, Ctrl and Alt are held.
    pub modifiers: Modifiers,
    /// Where the program keeps its data.
    pub data: &'a Path,
    /// Of the screen, in logical pixels.
    pub size: Size,
}

impl<'a> Scene<'a> {
    /// Has work done by the services; the screen is told what came of it.
    pub fn serve<T: Send + 'static, F: Future<Output = T> + Send + 'static, Message: Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Services>) -> F,
        told: impl Fn(T) -> Message + Send + 'static,
    ) -> Action<Message> {
        Action::perform(work(Arc::clone(self.services)), told)
    }

    /// What things are called in this authority.
    pub fn names(&self) -> Names<'a> {
        self.names_of(self.authority)
    }

    /// What things are called in an authority, as it may be elsewhere than in the draft.
    pub fn names_of(&self, authority: &'a Authority) -> Names<'a> {
        Names { authority, registers: self.registers() }
    }

    pub fn registers(&self) -> Registers<'a> {
        Registers { book: self.bench.book(), kle: self.kle }
    }

    /// The whole draft with this authority changed.
    pub fn with_authority(&self, change: impl FnOnce(&mut Authority)) -> RuleBook {
        self.with(self.authority.cvr, change)
    }

    /// The whole draft with that authority changed.
    pub fn with(&self, cvr: Cvr, change: impl FnOnce(&mut Authority)) -> RuleBook {
        let mut book = RuleBook::clone(self.bench.book());
        if let Some(authority) = book.authorities.iter_mut().find(|authority| authority.cvr == cvr) {
            change(authority);
        }
        book
    }

    /// Whether it is known how often rules have decided.
    pub fn knows_hits(&self) -> bool {
        self.record.hits.publication == Some(self.bench.published().number)
    }

    /// How often a rule of the draft has decided, when the router knows it.
    pub fn hits(&self, priority: Priority) -> Option<Hits> {
        if !self.knows_hits() {
            return None;
        }
        let cvr = self.authority.cvr;
        let number = self.bench.insight().published_as(cvr, priority)?;
        self.record.hits.get(cvr, Some(number))
    }

    /// Why a rule of the draft can never win, when it cannot.
    pub fn never(&self, rule: &Rule) -> Option<&'a Never> {
        self.bench.insight().never(self.authority.cvr, rule.priority)
    }

    /// How something stands with a rule of the draft.
    pub fn state(&self, rule: &Rule) -> RuleState {
        RuleState::of(rule, self.never(rule), self.today)
    }
}
