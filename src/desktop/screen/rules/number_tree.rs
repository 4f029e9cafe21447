//! The tree in the rule editor for picking KLE numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::form_message::FormMessage;
use crate::desktop::model::kle_tree::{Branch, KleTree};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{ROW_HEIGHT, Scroll, focusable, icon, one_line, rows_in_sight};
use crate::rules::{Criterion, Kle, KlePlan};

const TREE: &str = "rule-kle-tree";
const HEIGHT: f32 = 8.0 * ROW_HEIGHT + 2.0 * PADDING;
const PADDING: f32 = 4.0;
/// The indent of each level.
const INDENT: f32 = 14.0;
const FOLD: f32 = 22.0;

/// All numbers of the KLE plan, and those that rules and messages mention without the plan having them.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberTree {
    tree: KleTree,
    /// Keeps the Arc alive: identity is compared by pointer. `None` until the tree is opened.
    plan: Option<Arc<KlePlan>>,
    /// Numbers that rules and messages mention.
    mentioned: BTreeSet<Kle>,
    numbers: BTreeSet<Kle>,
    branches: Vec<Branch>,
    pub scroll: Scroll,
}

impl NumberTree {
    /// Opens the tree, scrolled to the number in the value field.
    pub fn open<Message: Send + 'static>(&mut self, value: &str, scene: Scene<'_>) -> Action<Message> {
        self.mentioned = mentioned_numbers(scene);
        self.load(scene.kle);
        let Ok(number) = value.trim().parse::<Kle>() else { return Action::None };
        self.tree.unfold_to(number);
        self.tree.unfold(number);
        self.update_branches();
        self.scroll = Scroll::default();
        let at = self.branches.iter().position(|branch| branch.number == number);
        // Leaves room for the numbers below it.
        let offset = at.and_then(|at| Scroll::within(3.0 * ROW_HEIGHT).to_show(at));
        offset.map(|offset| Action::scroll_to(TREE, offset)).into()
    }

    /// Reloads the tree if the KLE plan has been replaced.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        if self.plan.as_ref().is_some_and(|plan| !Arc::ptr_eq(plan, scene.kle)) {
            self.load(scene.kle);
        }
    }

    fn load(&mut self, plan: &Arc<KlePlan>) {
        self.numbers = plan.entries().map(|(number, _)| number).chain(self.mentioned.iter().copied()).collect();
        self.plan = Some(Arc::clone(plan));
        self.update_branches();
    }

    fn update_branches(&mut self) {
        self.branches = self.tree.branches(self.numbers.iter().copied());
    }

    pub fn toggle(&mut self, number: Kle) {
        self.tree.toggle(number);
        self.update_branches();
    }

    pub fn view<'a>(&'a self, is_open: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let symbol = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
        let words = row![icon(symbol).size(14), text(scene.t.rules.tree).size(theme::SMALL)];
        let message = Message::Form(FormMessage::ShowTree(!is_open));
        let show = button(words.spacing(6).align_y(Center)).padding([3, 6]).style(theme::quiet);
        let show = focusable(show.on_press(message.clone())).on_activate(message);
        if !is_open {
            return show.into();
        }
        let scrolled = |scroll| Message::Form(FormMessage::TreeScrolled(scroll));
        let line = |at: usize| self.line(self.branches[at], scene);
        let lines = rows_in_sight(TREE, self.branches.len(), self.scroll, scrolled, line);
        column![show, container(lines).padding(PADDING).height(HEIGHT).style(theme::card)].spacing(4).into()
    }

    /// A row: the number, which becomes the value or, with its button, the end of an interval.
    fn line<'a>(&'a self, branch: Branch, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.rules;
        let number = branch.number;
        let fold = branch.has_below.then(|| {
            let symbol = if branch.is_open { Icon::ChevronDown } else { Icon::ChevronRight };
            let unfold = Message::Form(FormMessage::Unfold(number));
            button(icon(symbol).size(13)).padding(3).style(theme::quiet).on_press(unfold)
        });
        let level = u8::try_from(number.level()).unwrap_or_default();
        let indent = space().width(INDENT * f32::from(level.saturating_sub(1)));
        let is_mentioned = self.mentioned.contains(&number);
        let mentioned = is_mentioned.then(|| icon(Icon::Eye).size(12).style(theme::accent));
        // A number that is not in the plan gets the title of the nearest number above it.
        let title = scene.kle.title(number).or_else(|| scene.kle.nearest_title(number)).unwrap_or(t.known_number);
        let name = row![one_line(number.to_string()).bold(), mentioned, one_line(title)].spacing(7).align_y(Center);
        let start = Message::Form(FormMessage::Value(number.to_string()));
        let start = button(container(name).clip(true)).padding([3, 6]).width(Fill).style(theme::quiet).on_press(start);
        let end = Message::Form(FormMessage::ValueEnd(number.to_string()));
        let end = button(text(t.through_button).size(theme::SMALL)).padding([3, 6]).style(theme::quiet).on_press(end);
        row![indent, container(fold).width(FOLD), start, end, space().width(12)]
            .height(ROW_HEIGHT)
            .align_y(Center)
            .into()
    }
}

/// The KLE numbers in the authority's rules and in recent messages.
fn mentioned_numbers(scene: Scene<'_>) -> BTreeSet<Kle> {
    let intervals = scene.authority.rules.iter().filter_map(|rule| match &rule.criterion {
        Criterion::Kle(interval) => Some(interval),
        _ => None,
    });
    let in_rules = intervals.flat_map(|interval| std::iter::once(interval.first()).chain(interval.last()));
    in_rules.chain(scene.journal.traffic.messages().filter_map(|(facts, _)| facts.kle)).collect()
}
