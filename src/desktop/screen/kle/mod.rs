//! *KLE-plan*: what KLE numbers mean, and which rules take them.

mod kle_rules;
mod list;
mod panel;

use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use self::kle_rules::{Carried, Takers};
use super::action::{Action, Request};
use super::command::{Command, Deed, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::kle_tree::{Branch, KleTree};
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Criterion, Kle, KlePlan, Priority};
use crate::store::RouterSettings;

pub(in crate::desktop) const SEARCH_FIELD: &str = "kle-search";
const TABLE: &str = "kle";

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct KleScreen {
    search: String,
    tree: KleTree,
    lines: Vec<Line>,
    /// What the lines were made of.
    listed: Option<Listed>,
    /// Where the keyboard is.
    here: Option<Kle>,
    /// What is known of that number stands beside the list.
    is_open: bool,
    takers: Takers,
    carried: Carried,
    scroll: Scroll,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Number(Branch),
    /// What the numbers below it stand in, when they were searched for.
    Path(String),
}

impl Line {
    fn number(&self) -> Option<Kle> {
        match self {
            Self::Number(branch) => Some(branch.number),
            Self::Path(_) => None,
        }
    }
}

#[derive(Debug)]
struct Listed {
    /// Held, so that no other plan can take its place.
    plan: Arc<KlePlan>,
    search: String,
    tree: KleTree,
}

#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    /// The mouse went down on a number.
    Choose(Kle),
    /// What is below it is shown, or no longer.
    Toggle(Kle),
    UnfoldAll,
    FoldAll,
    Key(TreeKey),
    /// Go where a plan is read from a file.
    Fetch,
    /// Only the main groups that are built in are to count again.
    Forget,
    /// Write a rule for the number.
    NewRule(Kle),
    FindRule(Priority),
    /// Leave what is open.
    Leave,
    Scrolled(Scroll),
}

/// What the keyboard does in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeKey {
    Go(Motion),
    /// Unfold, or go to the first number below.
    In,
    /// Fold, or go to the number above.
    Out,
    /// What is known of the number, or else of the first one.
    Open,
}

impl KleScreen {
    fn is_searching(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn list(&mut self, scene: Scene<'_>) {
        let is_listed = self.listed.as_ref().is_some_and(|listed| {
            Arc::ptr_eq(&listed.plan, scene.kle) && listed.search == self.search && listed.tree == self.tree
        });
        if is_listed {
            return;
        }
        self.lines = if self.is_searching() {
            found(scene.kle, &self.search)
        } else {
            let numbers = scene.kle.entries().map(|(number, _)| number);
            self.tree.branches(numbers).into_iter().map(Line::Number).collect()
        };
        if self.here.is_some_and(|here| scene.kle.title(here).is_none()) {
            (self.here, self.is_open) = (None, false);
        }
        let (search, tree) = (self.search.clone(), self.tree.clone());
        self.listed = Some(Listed { plan: Arc::clone(scene.kle), search, tree });
    }

    /// When the search ends, what was found stays in sight.
    fn search_for(&mut self, text: String, scene: Scene<'_>) -> Action<Message> {
        let was_searching = self.is_searching();
        self.search = text;
        let here = self.here.filter(|_| was_searching && !self.is_searching());
        if let Some(here) = here {
            self.tree.unfold_to(here);
        }
        self.list(scene);
        self.scroll = self.scroll.back_at_the_top();
        let at = here.and_then(|here| self.position(here)).and_then(|at| self.scroll.to_show(at));
        Action::scroll_to(TABLE, at.unwrap_or_default())
    }

    fn position(&self, number: Kle) -> Option<usize> {
        self.lines.iter().position(|line| line.number() == Some(number))
    }

    fn key(&mut self, key: TreeKey, scene: Scene<'_>) -> Action<Message> {
        let numbers: Vec<Kle> = self.lines.iter().filter_map(Line::number).collect();
        let at = self.here.and_then(|here| numbers.iter().position(|number| *number == here));
        match key {
            TreeKey::Go(motion) => match self.scroll.row_after(motion, at, numbers.len()) {
                Some(to) => self.go_to(numbers[to]),
                None => Action::None,
            },
            TreeKey::In | TreeKey::Out => self.fold_by_key(key == TreeKey::In, scene),
            TreeKey::Open => {
                self.here = at.map(|at| numbers[at]).or(numbers.first().copied());
                self.is_open = self.here.is_some();
                Action::None
            }
        }
    }

    fn fold_by_key(&mut self, is_in: bool, scene: Scene<'_>) -> Action<Message> {
        let Some(here) = self.here.filter(|_| !self.is_searching()) else { return Action::None };
        let Some(Line::Number(branch)) = self.position(here).map(|at| &self.lines[at]) else { return Action::None };
        let to = match (is_in, branch.is_open) {
            (true, false) => {
                self.tree.unfold(here);
                None
            }
            (true, true) => scene.kle.below(Some(here)).next().map(|(number, _)| number),
            (false, true) => {
                self.tree.fold(here);
                None
            }
            (false, false) => here.above().filter(|above| self.position(*above).is_some()),
        };
        to.map(|to| self.go_to(to)).unwrap_or_default()
    }

    fn go_to(&mut self, number: Kle) -> Action<Message> {
        self.here = Some(number);
        let at = self.position(number).and_then(|at| self.scroll.to_show(at));
        at.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }
}

impl Screen for KleScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::FolderTree;
    const ALSO: &'static str = "emneplan kle numre topics numbers";

    fn title(t: &'static Texts) -> &'static str {
        t.kle.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Search(text) => return self.search_for(text, scene),
            Message::Choose(number) => (self.here, self.is_open) = (Some(number), true),
            Message::Toggle(number) => self.tree.toggle(number),
            Message::UnfoldAll => self.tree.unfold_all(scene.kle.entries().map(|(number, _)| number)),
            Message::FoldAll => {
                self.tree.fold_all();
                self.here = self.here.map(main_group);
                return Action::scroll_to(TABLE, 0.0);
            }
            Message::Key(key) => return self.key(key, scene),
            Message::Fetch => return Action::show(Page::Files),
            Message::Forget => return Request::KeepKlePlan(None).into(),
            Message::NewRule(number) => {
                return Request::BeginRule(None, Criterion::Kle(number.into())).into();
            }
            Message::FindRule(priority) => return Action::Ask(Request::FindRule(priority)),
            Message::Leave if self.is_open => self.is_open = false,
            Message::Leave => return self.search_for(String::new(), scene),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let open = self.here.filter(|_| self.is_open);
        let panel = open.map(|number| panel::view(number, self.carried.count(), &self.takers, scene));
        let is_open = panel.is_some();
        beside(|| self.list_view(is_open, scene), panel, scene.size.width, EDITOR_WIDTH)
    }

    /// Brings what is shown up to date with the plan and the draft.
    fn refresh(&mut self, scene: Scene<'_>) {
        self.list(scene);
        self.takers.refresh(scene);
        self.carried.refresh(self.here.filter(|_| self.is_open), scene);
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Search => Some(Action::focus(SEARCH_FIELD)),
            Standard::Leave => Some(Action::Then(Message::Leave)),
            Standard::Save | Standard::New | Standard::Discard => None,
        }
    }

    /// What stands beside the list.
    fn opened(&self) -> Option<String> {
        self.here.filter(|_| self.is_open).map(|number| number.to_string())
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        let key = match key {
            Key::Named(Named::ArrowRight) => TreeKey::In,
            Key::Named(Named::ArrowLeft) => TreeKey::Out,
            Key::Named(Named::Enter | Named::F2) => TreeKey::Open,
            Key::Named(key) => TreeKey::Go(Motion::of(*key)?),
            _ => return None,
        };
        Some(Message::Key(key))
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let k = &scene.t.kle;
        let search = Deed::Standard(Standard::Search);
        let mut commands = vec![
            Command::new(Icon::Search, k.search, "find emne led efter topic look for", search),
            Command::new(Icon::ChevronsUpDown, k.unfold_all, "vis alt åbn expand show", Message::UnfoldAll),
            Command::new(Icon::ChevronsDownUp, k.fold_all, "luk skjul collapse hide", Message::FoldAll),
            Command::new(Icon::Download, k.fetch, "importér indlæs emneplan import load", Message::Fetch),
        ];
        if !scene.kle.has_main_groups_alone() {
            let also = "nulstil fjern plan reset remove";
            commands.push(Command::new(Icon::RotateCcw, k.forget, also, Message::Forget));
        }
        commands
    }
}

fn main_group(number: Kle) -> Kle {
    std::iter::successors(Some(number), |number| number.above()).last().unwrap_or(number)
}

/// The numbers that are searched for, each below what it stands in.
fn found(plan: &KlePlan, search: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut above = None;
    for (number, _) in plan.find(search) {
        if number.above() != above {
            above = number.above();
            lines.extend(above.map(|_| Line::Path(plan.path(number))));
        }
        lines.push(Line::Number(Branch { number, has_below: false, is_open: false }));
    }
    lines
}
