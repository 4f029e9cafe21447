//! What a screen may read of the window, borrowed for one update or one drawing.

use std::path::Path;
use std::sync::Arc;

use iced::Size;
use iced::keyboard::Modifiers;
use jiff::Timestamp;
use jiff::civil::Date;

use super::action::Action;
use crate::desktop::language::Texts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::{Names, Registers};
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_summary::{Hits, JournalSummary};
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::routers::Routers;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::service::Services;
use crate::router::Hindrance;
use crate::rules::{Authority, Cvr, GroupFirst, KlePlan, Never, Priority, Rule, RuleBook};
use crate::store::{JournalRow, OtherWindow, Overview, RouterSettings};

/// The state that all screens share, and the services that work outside the window's thread.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Scene<'a> {
    pub t: &'static Texts,
    pub bench: &'a Workbench,
    pub authority: &'a Authority,
    /// The plan that gives KLE numbers their titles.
    pub kle: &'a Arc<KlePlan>,
    pub journal: &'a JournalSummary,
    pub foresight: &'a Foresight,
    /// Today by the calendar, for what is not about rules: what came, what expires, what is published. What is about rules
    /// goes by [`Scene::day`].
    pub today: Date,
    pub now: Timestamp,
    /// The name that publications are made under.
    pub user: &'a str,
    pub settings: &'a RouterSettings,
    /// Whether the store holds the sample municipality with its practice fagsystems.
    pub is_practice: bool,
    pub services: &'a Arc<Services>,
    /// The screen that is shown.
    pub page: Page,
    pub router: &'a RouterState,
    /// The routers that share the database; `None` where it is in the data directory.
    pub routers: Option<&'a Routers>,
    /// The windows that others have open on the same database.
    pub others: &'a [OtherWindow],
    /// Problems that the window's router has found before they affect messages.
    pub hindrances: &'a [Hindrance],
    /// The newest messages, latest first.
    pub rows: &'a [JournalRow],
    /// `None` until it has been read.
    pub overview: Option<&'a Overview>,
    /// The modifier keys that are held.
    pub modifiers: Modifiers,
    /// The data directory.
    pub data: &'a Path,
    /// The size of the screen, which is the window without the sidebar, in logical pixels.
    pub size: Size,
}

impl<'a> Scene<'a> {
    /// Runs work of the services and sends the screen its result.
    pub fn serve<T: Send + 'static, F: Future<Output = T> + Send + 'static, Message: Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Services>) -> F,
        to_message: impl Fn(T) -> Message + Send + 'static,
    ) -> Action<Message> {
        Action::perform(work(Arc::clone(self.services)), to_message)
    }

    /// The day whose rules are shown: today, unless people look at another one.
    pub fn day(&self) -> Date {
        self.looked_at().unwrap_or(self.today)
    }

    /// The day whose rules are shown, where that is not today.
    pub fn looked_at(&self) -> Option<Date> {
        self.bench.looked_at()
    }

    /// Today, or a later day that is shown: what is begun is to hold from then on.
    pub fn coming_day(&self) -> Date {
        self.day().max(self.today)
    }

    /// The other day as it is written; `None` where today is shown.
    pub fn other_day(&self) -> Option<String> {
        self.looked_at().map(date_text)
    }

    /// The names that the selected authority gives things.
    pub fn names(&self) -> Names<'a> {
        self.names_of(self.authority)
    }

    /// The names that an authority gives things; it may come from another book than the draft.
    pub fn names_of(&self, authority: &'a Authority) -> Names<'a> {
        Names { authority, registers: self.registers() }
    }

    pub fn registers(&self) -> Registers<'a> {
        Registers { book: self.bench.book(), kle: self.kle }
    }

    /// The draft with a change to the selected authority.
    pub fn with_authority(&self, change: impl FnOnce(&mut Authority)) -> RuleBook {
        self.with(self.authority.cvr, change)
    }

    /// The draft with a change to an authority; unchanged when it has no such authority.
    pub fn with(&self, cvr: Cvr, change: impl FnOnce(&mut Authority)) -> RuleBook {
        let mut book = RuleBook::clone(self.bench.book());
        if let Some(authority) = book.authorities.iter_mut().find(|authority| authority.cvr == cvr) {
            change(authority);
        }
        book
    }

    /// Whether the hits have been counted for the publication in force.
    pub fn knows_hits(&self) -> bool {
        self.journal.hits.publication == Some(self.bench.published().number)
    }

    /// How often a rule of the draft has decided; `None` when it is not in the publication in force or its hits have not
    /// been counted.
    pub fn hits(&self, priority: Priority) -> Option<Hits> {
        if !self.knows_hits() {
            return None;
        }
        let cvr = self.authority.cvr;
        let number = self.bench.insight().published_as(cvr, priority)?;
        self.journal.hits.get(cvr, Some(number))
    }

    /// Why a rule of the draft can never decide from the day on that is shown; `None` when it can.
    pub fn never(&self, rule: &Rule) -> Option<&'a Never> {
        self.bench.insight().never(self.authority.cvr, rule.priority)
    }

    /// The rules of the draft that come before a rule and take what names a group of its contact point.
    pub fn groups_first(&self, rule: &Rule) -> &'a [GroupFirst] {
        self.bench.insight().seen.groups_first(self.authority.cvr, rule.priority)
    }

    /// Whether a rule of the draft is in use, planned, expired or never decides.
    pub fn state(&self, rule: &Rule) -> RuleState {
        RuleState::of(rule, self.never(rule), self.day())
    }
}
