//! *Myndigheder*: the authorities that receive messages, and the known authorities among senders.

mod editor;
mod form;
mod known;
mod known_form;
mod known_message;
mod list;

pub use self::form::FormMessage;
pub use self::known_message::KnownMessage;

use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{Row, column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use self::editor::NAME_FIELD;
use self::form::AuthorityForm;
use self::known::KnownAuthorities;
use self::list::{by_name, list};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::{Screen, row_step};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::theme;
use crate::desktop::widget::{EDITOR_WIDTH, Head, Scroll, Tool, beside, focus_button, horizontal_line};
use crate::rules::{Authority, Cvr};
use crate::store::RouterSettings;

#[derive(Debug, Default)]
pub(in crate::desktop) struct AuthoritiesScreen {
    tab: Tab,
    form: Option<AuthorityForm>,
    scroll: Scroll,
    known: KnownAuthorities,
}

/// The list that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The authorities that receive messages.
    #[default]
    Own,
    /// The senders that count as authorities.
    Known,
}

#[derive(Debug, Clone)]
pub enum Message {
    ShowTab(Tab),
    New,
    Choose(Cvr),
    Form(FormMessage),
    Save,
    /// Show this authority on the other screens.
    ShowAuthority,
    /// Ask to confirm the deletion, or cancel it.
    AskToDelete(bool),
    Delete,
    /// Close the editor, unless unsaved changes would be lost.
    Leave,
    /// Close the editor and discard its changes.
    Close,
    /// Reload the entry from the draft and discard the changes.
    Reload,
    /// Move down the list by this many rows, up if negative.
    Step(isize),
    Scrolled(Scroll),
    /// Focus the search field.
    Search,
    Known(KnownMessage),
}

impl AuthoritiesScreen {
    /// Closes the editor and discards its changes.
    fn close(&mut self) {
        self.form = None;
        self.known.close();
    }

    fn reload(&mut self, scene: Scene<'_>) {
        let cvr = self.form.as_ref().and_then(AuthorityForm::original_cvr);
        let authority = cvr.and_then(|cvr| scene.bench.book().authority(cvr));
        self.form = authority.map(|authority| AuthorityForm::of(Some(authority)));
    }

    fn edit(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &mut self.form else { return Action::None };
        match message {
            Message::Form(message) => form.update(message),
            Message::AskToDelete(asks) => form.ask_to_delete(asks),
            Message::Save => return form.save(scene),
            Message::ShowAuthority => {
                return form.original_cvr().map(|cvr| Request::ChooseAuthority(cvr).into()).into();
            }
            Message::Delete => {
                let deleted = form.delete(scene);
                if !deleted.is_none() {
                    self.close();
                }
                return deleted;
            }
            _ => {}
        }
        Action::None
    }

    fn step(&mut self, rows: isize, scene: Scene<'_>) {
        let authorities = by_name(scene.bench.book());
        let chosen = self.form.as_ref().and_then(AuthorityForm::original_cvr);
        let selected = authorities.iter().position(|authority| Some(authority.cvr) == chosen);
        let to = selected
            .map_or(0, |selected| selected.saturating_add_signed(rows))
            .min(authorities.len().saturating_sub(1));
        self.form = authorities.get(to).copied().map(|authority: &Authority| AuthorityForm::of(Some(authority)));
    }

    fn tabs<'a>(&'a self, scene: Scene<'a>) -> Row<'a, Message> {
        let a = &scene.t.authorities;
        let tab = |tab: Tab, words: &'static str| {
            let button = focus_button(text(words).size(theme::SMALL)).padding([5, 14]);
            button.style(theme::chip(self.tab == tab)).on_press(Message::ShowTab(tab))
        };
        row![tab(Tab::Own, a.own), tab(Tab::Known, a.known)].spacing(6)
    }
}

impl Screen for AuthoritiesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Building2;
    const KEYWORDS: &'static str = "kommuner cvr municipalities";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.authorities.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let leaves = matches!(message, Message::ShowTab(_) | Message::New | Message::Choose(_) | Message::Leave);
        if leaves && self.is_changed() {
            return Action::warn_unsaved();
        }
        match message {
            Message::ShowTab(tab) => {
                self.close();
                self.tab = tab;
            }
            Message::Search => {
                if self.tab == Tab::Own && self.is_changed() {
                    return Action::warn_unsaved();
                }
                self.form = None;
                self.tab = Tab::Known;
                return Action::focus(known::SEARCH_FIELD);
            }
            Message::Known(message) => return self.known.update(message, scene),
            Message::New if self.tab == Tab::Known => return self.known.update(KnownMessage::New, scene),
            Message::Save if self.tab == Tab::Known => return self.known.update(KnownMessage::Save, scene),
            Message::Reload if self.tab == Tab::Known => return self.known.update(KnownMessage::Reload, scene),
            Message::Step(rows) if self.tab == Tab::Known => {
                return self.known.update(KnownMessage::Step(rows), scene);
            }
            Message::New => {
                self.form = Some(AuthorityForm::of(None));
                return Action::focus(NAME_FIELD);
            }
            Message::Choose(cvr) => {
                self.form = scene.bench.book().authority(cvr).map(|authority| AuthorityForm::of(Some(authority)));
            }
            Message::Leave if self.form.as_ref().is_some_and(AuthorityForm::asks_to_delete) => {
                return self.update(Message::AskToDelete(false), scene);
            }
            Message::Leave | Message::Close => self.close(),
            Message::Reload => self.reload(scene),
            Message::Step(_) if self.is_changed() => return Action::warn_unsaved(),
            Message::Step(rows) => self.step(rows, scene),
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Form(_) | Message::AskToDelete(_) | Message::Save | Message::ShowAuthority | Message::Delete => {
                return self.edit(message, scene);
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let a = &scene.t.authorities;
        let editor = match self.tab {
            Tab::Own => self.form.as_ref().map(|form| form.view(scene)),
            Tab::Known => self.known.editor(scene),
        };
        let width = scene.size.width - if editor.is_some() { EDITOR_WIDTH } else { 0.0 };
        let (count, new) = match self.tab {
            Tab::Own => (a.count.of(scene.bench.book().authorities.len()), a.new),
            Tab::Known => (self.known.count(scene), a.new_known),
        };
        let head = Head { end: Some(Tool::new(Icon::Plus, new, Message::New)), ..Head::new(a.title, count) };
        let chosen = self.form.as_ref().and_then(AuthorityForm::original_cvr);
        let content: Element<'a, Message> = match self.tab {
            Tab::Own => list(scene, width, chosen, self.scroll),
            Tab::Known => self.known.view(scene, width),
        };
        let tabs = container(self.tabs(scene)).padding([10, 20]);
        let list = column![head.view(width), tabs, horizontal_line(), content];
        beside(|| list.width(Fill).height(Fill).into(), editor, scene.size.width, EDITOR_WIDTH)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.known.refresh(scene);
        let Some(form) = self.form.as_ref().filter(|form| form.original_cvr().is_some() && !form.is_changed()) else {
            return;
        };
        if form.is_overtaken(scene) {
            self.reload(scene);
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        let message = match standard {
            Standard::Save => Message::Save,
            Standard::New => Message::New,
            Standard::Search => Message::Search,
            Standard::Leave => Message::Leave,
            Standard::Discard => Message::Close,
        };
        Some(Action::Send(message))
    }

    fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(AuthorityForm::is_changed) || self.known.is_changed()
    }

    /// Whether the authority that is shown would be deleted or get another number, so that unsaved changes on other
    /// screens would be lost.
    fn would_discard_edits(&self, message: &Message, scene: Scene<'_>) -> bool {
        let Some(form) = self.form.as_ref().filter(|form| form.original_cvr() == Some(scene.authority.cvr)) else {
            return false;
        };
        match message {
            Message::Delete => true,
            Message::Save => form.changes_cvr(),
            _ => false,
        }
    }

    fn open_item(&self) -> Option<String> {
        match self.tab {
            Tab::Own => {
                let form = self.form.as_ref()?;
                Some(form.original_cvr().map(|cvr| cvr.to_string()).unwrap_or_default())
            }
            Tab::Known => self.known.open_item(),
        }
    }

    fn sight_hash(&self) -> u64 {
        match self.tab {
            Tab::Own => self.scroll.place_hash(),
            Tab::Known => self.known.sight_hash(),
        }
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        row_step(key).map(Message::Step)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, a) = (scene.t, &scene.t.authorities);
        let show = |tab| CommandStep::Send(Message::ShowTab(tab));
        let new = |tab| vec![show(tab), CommandStep::Send(Message::New)];
        let import = vec![show(Tab::Known), CommandStep::Send(Message::Known(KnownMessage::Import))];
        let search = CommandStep::Standard(Standard::Search);
        let mut commands = vec![
            Command::with_steps(Icon::Plus, a.new, "opret tilføj kommune create add municipality", new(Tab::Own)),
            Command::with_steps(Icon::Plus, a.new_known, "opret tilføj afsender create add sender", new(Tab::Known)),
            Command::new(Icon::Building2, a.own, "vis kommuner show municipalities", show(Tab::Own)),
            Command::new(Icon::Landmark, a.known, "vis afsendere show senders", show(Tab::Known)),
            Command::new(Icon::Search, a.search, "find søg cvr search", search),
            Command::with_steps(Icon::Download, a.import, "importér indlæs liste fil import load list file", import),
        ];
        if self.is_changed() {
            let save = CommandStep::Standard(Standard::Save);
            commands.push(Command::new(Icon::Check, t.save, "gem bekræft store confirm", save));
        }
        // Only a saved authority can be deleted.
        if self.form.as_ref().is_some_and(|form| form.original_cvr().is_some()) {
            let keywords = "slet fjern delete remove";
            commands.push(Command::new(Icon::Trash2, a.delete, keywords, Message::AskToDelete(true)));
        }
        commands
    }
}
