//! *KLE-plan*: the KLE numbers with their titles, and which rules match them.

mod kle_rules;
mod list;
mod panel;

use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use self::kle_rules::{KleRules, MessageCount};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::kle_tree::{Branch, KleTree};
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Criterion, Kle, KlePlan, Priority};
use crate::store::RouterSettings;

const SEARCH_FIELD: &str = "kle-search";
const TABLE: &str = "kle";

#[derive(Debug, Default)]
pub(in crate::desktop) struct KleScreen {
    search: String,
    tree: KleTree,
    lines: Vec<Line>,
    /// What the lines were computed from.
    source: Option<ListSource>,
    /// The number with the keyboard cursor.
    cursor: Option<Kle>,
    /// Whether the panel is open for that number.
    is_open: bool,
    rules: KleRules,
    message_count: MessageCount,
    scroll: Scroll,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Number(Branch),
    /// In search results, the titles above the numbers that follow.
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
struct ListSource {
    /// Keeps the Arc alive: identity is compared by pointer.
    plan: Arc<KlePlan>,
    search: String,
    tree: KleTree,
}

#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    /// The mouse button went down on a number.
    Choose(Kle),
    /// Fold or unfold a number.
    Toggle(Kle),
    UnfoldAll,
    FoldAll,
    Key(TreeKey),
    /// Show *Filer*, where a plan is imported.
    ShowFiles,
    /// Go back to the built-in main groups.
    RemovePlan,
    /// Begin a rule for the number.
    NewRule(Kle),
    FindRule(Priority),
    /// Close the panel, or else end the search.
    Leave,
    Scrolled(Scroll),
}

/// A key pressed in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeKey {
    Go(Motion),
    /// Unfold, or move to the first number below.
    In,
    /// Fold, or move to the number above.
    Out,
    /// Open the panel for the number with the cursor, or else for the first one.
    Open,
}

impl KleScreen {
    fn is_searching(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn list(&mut self, scene: Scene<'_>) {
        let is_listed = self.source.as_ref().is_some_and(|source| {
            Arc::ptr_eq(&source.plan, scene.kle) && source.search == self.search && source.tree == self.tree
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
        if self.cursor.is_some_and(|cursor| scene.kle.title(cursor).is_none()) {
            (self.cursor, self.is_open) = (None, false);
        }
        let (search, tree) = (self.search.clone(), self.tree.clone());
        self.source = Some(ListSource { plan: Arc::clone(scene.kle), search, tree });
    }

    /// When the search is cleared, the number with the cursor stays in sight.
    fn search_for(&mut self, text: String, scene: Scene<'_>) -> Action<Message> {
        let was_searching = self.is_searching();
        self.search = text;
        let cursor = self.cursor.filter(|_| was_searching && !self.is_searching());
        if let Some(cursor) = cursor {
            self.tree.unfold_to(cursor);
        }
        self.list(scene);
        self.scroll = self.scroll.back_at_the_top();
        let at = cursor.and_then(|cursor| self.position(cursor)).and_then(|at| self.scroll.to_show(at));
        Action::scroll_to(TABLE, at.unwrap_or_default())
    }

    fn position(&self, number: Kle) -> Option<usize> {
        self.lines.iter().position(|line| line.number() == Some(number))
    }

    fn key(&mut self, key: TreeKey, scene: Scene<'_>) -> Action<Message> {
        let numbers: Vec<Kle> = self.lines.iter().filter_map(Line::number).collect();
        let at = self.cursor.and_then(|cursor| numbers.iter().position(|number| *number == cursor));
        match key {
            TreeKey::Go(motion) => match self.scroll.row_after(motion, at, numbers.len()) {
                Some(to) => self.go_to(numbers[to]),
                None => Action::None,
            },
            TreeKey::In | TreeKey::Out => self.fold_by_key(key == TreeKey::In, scene),
            TreeKey::Open => {
                self.cursor = at.map(|at| numbers[at]).or(numbers.first().copied());
                self.is_open = self.cursor.is_some();
                Action::None
            }
        }
    }

    fn fold_by_key(&mut self, is_in: bool, scene: Scene<'_>) -> Action<Message> {
        let Some(cursor) = self.cursor.filter(|_| !self.is_searching()) else { return Action::None };
        let Some(Line::Number(branch)) = self.position(cursor).map(|at| &self.lines[at]) else { return Action::None };
        let to = match (is_in, branch.is_open) {
            (true, false) => {
                self.tree.unfold(cursor);
                None
            }
            (true, true) => scene.kle.below(Some(cursor)).next().map(|(number, _)| number),
            (false, true) => {
                self.tree.fold(cursor);
                None
            }
            (false, false) => cursor.above().filter(|above| self.position(*above).is_some()),
        };
        to.map(|to| self.go_to(to)).unwrap_or_default()
    }

    fn go_to(&mut self, number: Kle) -> Action<Message> {
        self.cursor = Some(number);
        let at = self.position(number).and_then(|at| self.scroll.to_show(at));
        at.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }
}

impl Screen for KleScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::FolderTree;
    const KEYWORDS: &'static str = "emneplan kle numre topics numbers";

    fn title(t: &'static Texts) -> &'static str {
        t.kle.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Search(text) => return self.search_for(text, scene),
            Message::Choose(number) => (self.cursor, self.is_open) = (Some(number), true),
            Message::Toggle(number) => self.tree.toggle(number),
            Message::UnfoldAll => self.tree.unfold_all(scene.kle.entries().map(|(number, _)| number)),
            Message::FoldAll => {
                self.tree.fold_all();
                self.cursor = self.cursor.map(main_group);
                return Action::scroll_to(TABLE, 0.0);
            }
            Message::Key(key) => return self.key(key, scene),
            Message::ShowFiles => return Action::show(Page::Files),
            Message::RemovePlan => return Request::SaveKlePlan(None).into(),
            Message::NewRule(number) => {
                return Request::BeginRule(None, Criterion::Kle(number.into())).into();
            }
            Message::FindRule(priority) => return Request::ShowRule(priority).into(),
            Message::Leave if self.is_open => self.is_open = false,
            Message::Leave => return self.search_for(String::new(), scene),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let open = self.cursor.filter(|_| self.is_open);
        let panel = open.map(|number| panel::view(number, self.message_count.count(), &self.rules, scene));
        let is_open = panel.is_some();
        beside(|| self.list_view(is_open, scene), panel, scene.size.width, EDITOR_WIDTH)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.list(scene);
        self.rules.refresh(scene);
        self.message_count.refresh(self.cursor.filter(|_| self.is_open), scene);
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Search => Some(Action::focus(SEARCH_FIELD)),
            Standard::Leave => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::New | Standard::Discard => None,
        }
    }

    fn open_item(&self) -> Option<String> {
        self.cursor.filter(|_| self.is_open).map(|number| number.to_string())
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.lines, Line::number)
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
        let search = CommandStep::Standard(Standard::Search);
        let mut commands = vec![
            Command::new(Icon::Search, k.search, "find emne led efter topic look for", search),
            Command::new(Icon::ChevronsUpDown, k.unfold_all, "vis alt åbn expand show", Message::UnfoldAll),
            Command::new(Icon::ChevronsDownUp, k.fold_all, "luk skjul collapse hide", Message::FoldAll),
            Command::new(Icon::Download, k.fetch, "importér indlæs emneplan import load", Message::ShowFiles),
        ];
        if !scene.kle.has_main_groups_alone() {
            let keywords = "nulstil fjern plan reset remove";
            commands.push(Command::new(Icon::RotateCcw, k.forget, keywords, Message::RemovePlan));
        }
        commands
    }
}

fn main_group(number: Kle) -> Kle {
    std::iter::successors(Some(number), |number| number.above()).last().unwrap_or(number)
}

/// The numbers that match, under the titles above them.
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
