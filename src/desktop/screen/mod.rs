//! The screens. Each reads from top to bottom: its state, its messages, what it asks for, and how it looks. A screen
//! changes nothing but itself; what it wants done it returns as an action.

pub(super) mod authorities;
pub(super) mod changes;
pub(super) mod contact_points;
mod effects;
pub(super) mod fagsystems;
pub(super) mod files;
mod found;
pub(super) mod history;
mod in_clear;
pub(super) mod kle;
pub(super) mod log;
pub(super) mod overview;
pub(super) mod router;
pub(super) mod rules;
pub(super) mod welcome;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use iced::widget::{container, row, text, tooltip};
use iced::{Center, Element, Size};
use jiff::Timestamp;
use jiff::civil::Date;
use lucide_icons::Icon;
use serde_json::Value;

use super::Page;
use super::attention::Health;
use super::foresight::Foresight;
use super::language::Texts;
use super::marks::Mark;
use super::naming::{DraftEdit, Names, Registers, RuleState};
use super::record::{Hits, Record};
use super::theme;
use super::widget::{Tone, icon, status};
use super::workbench::Workbench;
use crate::rules::{
    Authority, Criterion, Cvr, Difference, FagsystemId, KlePlan, Never, Priority, Rule, RuleBook, Subject, Swap,
};
use crate::store::Settings;

/// What a screen shows besides its own state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub t: &'static Texts,
    pub bench: &'a Workbench,
    pub authority: &'a Authority,
    /// What KLE numbers mean.
    pub kle: &'a Arc<KlePlan>,
    pub record: &'a Record,
    pub foresight: &'a Foresight,
    pub today: Date,
    pub now: Timestamp,
    /// Who publishes.
    pub user: &'a str,
    /// What is chosen besides the rules.
    pub settings: &'a Settings,
    /// Where the program keeps its data.
    pub data: &'a Path,
    /// Of the screen, in logical pixels.
    pub size: Size,
}

/// What screens ask for.
#[derive(Debug)]
pub(super) enum Action {
    Focus(&'static str),
    /// Make this the draft.
    Edit(RuleBook, DraftEdit),
    /// Say what stands in the way.
    Warn(String),
    /// Something has been written that would be lost: say so.
    KeepForm,
    /// Scroll a list so far down.
    ScrollTo(&'static str, f32),
    Show(Page),
    /// Only the main groups of KLE that are built in are to count again.
    ForgetKlePlan,
    /// Pack those rules for another environment.
    Pack(BTreeSet<Priority>),
    /// Show a rule in the list of rules.
    FindRule(Priority),
    /// Show the rules that send to a fagsystem.
    FindRulesOf(FagsystemId),
    /// Begin to switch from a fagsystem to another one from a day on.
    SwitchFrom(FagsystemId, Option<FagsystemId>),
    /// Show that authority's rules and fagsystems from now on.
    ChooseAuthority(Cvr),
    /// Begin a rule that looks at that.
    BeginRule(Criterion),
    /// Remember how a list is shown.
    KeepView(&'static str, Value),
    /// What was asked of the rules' screen before is to be done now.
    Again(Box<rules::Message>),
}

impl<'a> Scene<'a> {
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

/// How something stands out that is not published as it is: an icon, never colour alone.
pub(super) fn mark_sign(mark: Mark) -> (Icon, Tone) {
    match mark {
        Mark::New => (Icon::Plus, theme::good),
        Mark::Changed => (Icon::PencilLine, theme::accent),
    }
}

/// That sign, and what it means when one points at it.
pub(super) fn mark_icon<'a, Message: 'a>(mark: Mark, t: &'static Texts) -> Element<'a, Message> {
    let (symbol, tone) = mark_sign(mark);
    let words = container(text((t.mark)(mark)).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
    tooltip(icon(symbol).size(13).style(tone), words, tooltip::Position::Bottom).into()
}

/// A name in a list with that sign before it, when it has one.
pub(super) fn marked<'a, Message: 'a>(
    mark: Option<Mark>,
    name: Element<'a, Message>,
    t: &'static Texts,
) -> Element<'a, Message> {
    match mark {
        Some(mark) => row![mark_icon(mark, t), name].spacing(6).align_y(Center).into(),
        None => name,
    }
}

/// The same in words, for where there is room.
pub(super) fn mark_line<'a, Message: 'a>(mark: Option<Mark>, t: &'static Texts) -> Option<Element<'a, Message>> {
    let (symbol, tone) = mark_sign(mark?);
    Some(status(symbol, (t.mark)(mark?), tone))
}

/// Something new, gone or changed: an icon beside the words, never colour alone.
pub(super) fn difference_symbol<'a>(difference: &Difference) -> iced::widget::Text<'a> {
    fn sides<T>(swap: &Swap<T>) -> (bool, bool) {
        (swap.before.is_some(), swap.after.is_some())
    }
    let sides = match &difference.subject {
        Subject::KnownAuthority(swap) => sides(swap),
        Subject::Authority(swap) => sides(swap),
        Subject::Name(swap) => sides(swap),
        Subject::MoreCvrs(swap) => sides(swap),
        Subject::DefaultFagsystem(swap) => sides(swap),
        Subject::Fagsystem(swap) => sides(swap),
        Subject::ContactPoint(swap) => sides(swap),
        Subject::Rule(swap) => sides(swap),
    };
    match sides {
        (false, _) => icon(Icon::Plus).style(theme::good),
        (true, false) => icon(Icon::Minus).style(theme::bad),
        (true, true) => icon(Icon::PencilLine).style(theme::accent),
    }
}

/// How it is with a fagsystem, in a word: the same wherever it stands.
fn health_status<'a, Message: 'a>(t: &'static Texts, health: Health) -> Element<'a, Message> {
    let (symbol, tone): (_, Tone) = match health {
        Health::Paused => (Icon::CirclePause, theme::warning),
        Health::Failing => (Icon::CircleX, theme::bad),
        Health::Rejecting => (Icon::CircleX, theme::warning),
        Health::Running => (Icon::CircleCheck, theme::good),
        Health::NotSeen => (Icon::CircleQuestionMark, theme::muted),
    };
    status(symbol, (t.overview.health)(health), tone)
}
