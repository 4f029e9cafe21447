//! *Prøv en meddelelse*: where a message would go by the draft and by the publication on a day, and why.
//!
//! The facts are filled in, read from a MeMo message, or handed over by another screen. [`facts_form`] holds them as they
//! are written and [`suggestions`] what could be written, [`trial`] works out both answers, and [`form_view`], [`receivers`]
//! and [`ladder`] draw them. Of a MeMo message nothing else than the facts reaches the screen.

mod facts_form;
mod form_view;
mod ladder;
mod receivers;
mod suggestions;
mod trial;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use iced::widget::{column, container, row};
use iced::{Element, Fill, clipboard};
use jiff::civil::Date;
use lucide_icons::Icon;

pub use self::facts_form::FactField;
use self::facts_form::{FactsForm, Recipient};
use self::suggestions::Suggestions;
pub use self::trial::Side;
use self::trial::Trial;
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Shortcut, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::format::date_text;
use crate::desktop::language::parse::read_date;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::{FactsOrigin, UnreadMessage};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::guarding::guard_message;
use crate::desktop::service::Services;
use crate::desktop::widget::{Calendar, CalendarMessage, Head, Motion, Scroll, Tool, vertical_line};
use crate::memo::MemoError;
use crate::rules::{Criterion, Cvr, Facts, KlePlan, PostType, Receiver, RuleBook, SenderKind};
use crate::store::RouterSettings;

/// The field that has the focus first.
const SENDER_FIELD: &str = "try-sender";
/// The ladder of rules.
const TABLE: &str = "try-ladder";

#[derive(Debug, Default)]
pub(in crate::desktop) struct TryMessageScreen {
    form: FactsForm,
    calendar: Option<Calendar>,
    suggestions: Suggestions,
    /// What the suggestions and the facts were worked out from.
    source: Option<FormSource>,
    trial: Trial,
    /// The window's day that was shown last.
    followed: Option<Date>,
    /// Whose ladder is shown.
    side: Side,
    scroll: Scroll,
    /// The place in the ladder that keys act on.
    cursor: Option<usize>,
    /// Why the last message could not be read.
    unread: Option<UnreadMessage>,
    /// The number of the last reading; the results of earlier ones are dropped.
    readings: u64,
    is_reading: bool,
}

#[derive(Debug)]
struct FormSource {
    form: FactsForm,
    /// Keep the Arcs alive: identity is compared by pointer.
    book: Arc<RuleBook>,
    kle: Arc<KlePlan>,
    authority: Cvr,
}

/// From where a message is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemoSource {
    /// A file that was dropped on the page.
    Dropped(PathBuf),
    /// A file that was chosen.
    Chosen,
    Clipboard,
}

#[derive(Debug, Clone)]
pub enum Message {
    Sender(SenderKind),
    /// The recipient's CVR number; `None` for a message that names none.
    Recipient(Option<Cvr>),
    PostType(PostType),
    Write(FactField, String),
    ShowCalendar,
    Calendar(CalendarMessage),
    /// Empty every field.
    Clear,
    /// Let the person choose a file with a message.
    Browse,
    Browsed(Option<PathBuf>),
    /// A file was dropped on the page.
    Dropped(PathBuf),
    /// Read the message that is on the clipboard.
    Paste,
    Pasted(Option<String>),
    /// A message was read, by the reading of that number.
    Read(u64, MemoSource, Result<Box<Facts>, UnreadMessage>),
    /// Try a message with these facts on that day; without one, on the day that stands there.
    Take(Box<Facts>, Option<Date>, FactsOrigin),
    /// Show the ladder of the draft or of the publication.
    Show(Side),
    Scrolled(Scroll),
    Key(LadderKey),
    /// Open the rule in that place of the ladder.
    Open(usize),
    /// Make a guard of the message, which must go on reaching that receiver.
    Guard(Receiver),
    /// Begin a rule with this criterion, in the authority that the message is for.
    BeginRule(Cvr, Criterion),
    Leave,
}

/// A key pressed in the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LadderKey {
    Go(Motion),
    Open,
}

impl LadderKey {
    /// What a key does.
    fn of(key: &Key) -> Option<Self> {
        match key {
            Key::Named(Named::Enter | Named::F2) => Some(Self::Open),
            Key::Named(key) => Motion::of(*key).map(Self::Go),
            _ => None,
        }
    }
}

/// Whether a dropped file may be a message: an XML file, or one without an ending, as Digital Post names them by their UUID.
pub(in crate::desktop) fn may_be_message(path: &Path) -> bool {
    path.extension().is_none_or(|ending| ending.eq_ignore_ascii_case("xml"))
}

/// Whether what was pasted into a field is a message and no value.
fn is_message_text(text: &str) -> bool {
    text.contains('<') && text.contains("Message")
}

impl TryMessageScreen {
    fn write(&mut self, field: FactField, text: String) -> Action<Message> {
        if is_message_text(&text) {
            // A field drops line breaks, without which XML may not be well-formed.
            return paste();
        }
        self.form.write(field, text);
        Action::None
    }

    fn update_calendar(&mut self, message: CalendarMessage) {
        if let Some(day) = self.calendar.as_mut().and_then(|calendar| calendar.update(message)) {
            self.form.set_day(day);
            self.calendar = None;
        }
    }

    fn begin_reading(&mut self) -> u64 {
        self.readings += 1;
        self.is_reading = true;
        self.readings
    }

    fn read_file(&mut self, path: PathBuf, source: MemoSource) -> Action<Message> {
        let number = self.begin_reading();
        Action::perform(Services::read_memo_file(path), move |read| Message::Read(number, source.clone(), read))
    }

    fn pasted(&mut self, text: Option<String>) -> Action<Message> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            self.unread = Some(UnreadMessage::EmptyClipboard);
            return Action::None;
        };
        let number = self.begin_reading();
        Action::perform(Services::read_memo_text(text), move |read| Message::Read(number, MemoSource::Clipboard, read))
    }

    fn read(&mut self, source: MemoSource, read: Result<Box<Facts>, UnreadMessage>) -> Action<Message> {
        self.is_reading = false;
        match (read, source) {
            (Ok(facts), MemoSource::Clipboard) => Request::TryMessage(facts, None, FactsOrigin::Clipboard).into(),
            (Ok(facts), _) => Request::TryMessage(facts, None, FactsOrigin::File).into(),
            // It may be a KLE plan.
            (Err(UnreadMessage::Memo(MemoError::NotAMemo)), MemoSource::Dropped(path)) => {
                Request::ReadFiles(vec![path]).into()
            }
            (Err(unread), _) => {
                self.unread = Some(unread);
                Action::None
            }
        }
    }

    fn key(&mut self, key: LadderKey) -> Action<Message> {
        let Some(decided) = self.trial.decided(self.side) else { return Action::None };
        let here = self.cursor.or(decided.deciding);
        match key {
            LadderKey::Open => here.map(|at| self.open(at)).unwrap_or_default(),
            LadderKey::Go(motion) => {
                self.cursor = self.scroll.row_after(motion, here, decided.ladder.len());
                let offset = self.cursor.and_then(|at| self.scroll.to_show(at));
                offset.map(|offset| Action::scroll_to(TABLE, offset)).into()
            }
        }
    }

    fn open(&self, at: usize) -> Action<Message> {
        let Some(decided) = self.trial.decided(self.side) else { return Action::None };
        let rule = decided.rule(at).and_then(|(rule, _)| self.trial.number_in_draft(self.side, rule.priority));
        rule.map(|number| Request::OpenRule(decided.authority().cvr, number).into()).unwrap_or_default()
    }

    /// Works out the answers anew, and brings the rule that decides into sight where it has changed.
    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.refresh(scene);
        let at = self.trial.decided(self.side).and_then(|decided| decided.deciding);
        let offset = at.and_then(|at| self.scroll.to_show(at));
        offset.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }

    fn update_form(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Sender(sender) => self.form.choose_sender(sender),
            Message::Recipient(number) => self.form.recipient = Recipient::Number(number),
            Message::PostType(post_type) => self.form.post_type = Some(post_type),
            Message::Write(field, text) => return self.write(field, text),
            Message::ShowCalendar => {
                let day = self.form.day(scene);
                self.calendar = if self.calendar.is_some() { None } else { Some(Calendar::at(day)) };
            }
            Message::Calendar(message) => self.update_calendar(message),
            Message::Clear => {
                self.form = FactsForm::default();
                self.form.set_day(scene.day());
                (self.calendar, self.cursor) = (None, None);
                return Action::focus(SENDER_FIELD);
            }
            Message::Take(facts, day, origin) => {
                let day = day.map_or_else(|| self.form.day.clone(), date_text);
                self.form = FactsForm::of(&facts, day, origin, scene);
                (self.calendar, self.cursor) = (None, None);
            }
            _ => {}
        }
        Action::None
    }
}

fn paste() -> Action<Message> {
    Action::Run(clipboard::read().map(Message::Pasted))
}

impl Screen for TryMessageScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::FlaskConical;
    const KEYWORDS: &'static str = "prøv meddelelse test simulér afprøv hvorfor try message simulate why";

    fn title(t: &'static Texts) -> &'static str {
        t.try_message.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Browse => return Action::perform(Services::choose_memo_file(), Message::Browsed),
            Message::Browsed(path) => return path.map(|path| self.read_file(path, MemoSource::Chosen)).into(),
            Message::Dropped(path) => return self.read_file(path.clone(), MemoSource::Dropped(path)),
            Message::Paste => return paste(),
            Message::Pasted(text) => return self.pasted(text),
            Message::Read(number, source, read) if number == self.readings => return self.read(source, read),
            Message::Read(..) => {}
            Message::Show(side) => {
                (self.side, self.cursor) = (side, None);
                return self.follow(scene);
            }
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Key(key) => return self.key(key),
            Message::Open(at) => {
                self.cursor = Some(at);
                return self.open(at);
            }
            Message::Guard(receiver) => {
                let Some(facts) = &self.trial.facts else { return Action::None };
                let about = scene.message_words(facts, self.form.authority(scene));
                return guard_message(facts.clone(), None, &about, &receiver, scene);
            }
            Message::BeginRule(authority, criterion) => return Request::BeginRule(Some(authority), criterion).into(),
            Message::Leave => self.calendar = None,
            form => {
                self.unread = None;
                let action = self.update_form(form, scene);
                return action.then(self.follow(scene));
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.try_message;
        let tools = vec![
            Tool::new(Icon::Eraser, t.clear, Message::Clear),
            Tool::new(Icon::ClipboardPaste, t.paste, Message::Paste),
            Tool::new(Icon::FolderOpen, t.open, Message::Browse),
        ];
        let head = Head { tools, ..Head::new(t.title, String::new()).about(explained(t.about, scene.t.language)) }
            .view(scene.size.width);
        let width = form_view::width(scene.size.width);
        let room = scene.size.width - width - 1.0;
        let results =
            column![receivers::view(&self.trial, room, scene), self.ladder(room, scene)].width(Fill).height(Fill);
        let form = container(self.form_panel(scene)).width(width).height(Fill);
        column![head, row![form, vertical_line(), results].height(Fill)].width(Fill).height(Fill).into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.follow(scene)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if scene.page != Page::TryMessage {
            return;
        }
        let day = scene.day();
        let is_first = self.form.day.is_empty() && self.source.is_none();
        // The field follows the window's day until people write another.
        let follows = self.followed.is_some_and(|known| known != day && self.form.day == date_text(known));
        if is_first || follows {
            self.form.set_day(day);
        }
        self.followed = Some(day);
        let is_known = self.source.as_ref().is_some_and(|source| {
            Arc::ptr_eq(&source.book, scene.bench.book())
                && Arc::ptr_eq(&source.kle, scene.kle)
                && source.authority == scene.authority.cvr
                && source.form == self.form
        });
        if !is_known {
            self.suggestions = Suggestions::of_form(&self.form, scene);
            let (book, kle) = (Arc::clone(scene.bench.book()), Arc::clone(scene.kle));
            self.source = Some(FormSource { form: self.form.clone(), book, kle, authority: scene.authority.cvr });
        }
        let new_facts = (!is_known).then(|| self.form.facts(scene));
        if self.trial.refresh(new_facts, self.form.day(scene), scene) {
            self.cursor = None;
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::New => Some(Action::Send(Message::Clear)),
            Standard::Search => Some(Action::focus(SENDER_FIELD)),
            Standard::Leave => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::Discard => None,
        }
    }

    /// Another authority has other numbers, contact points and rules.
    fn close_authority(&mut self) {
        self.form.recipient = Recipient::Selected;
        (self.calendar, self.cursor) = (None, None);
        self.scroll = self.scroll.back_at_the_top();
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        LadderKey::of(key).map(Message::Key)
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.place_hash()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.try_message;
        let named = |words: &str| format!("{}: {words}", t.title);
        let on_page = |message: Message| vec![CommandStep::Show(Page::TryMessage), CommandStep::Send(message)];
        let clear = CommandStep::Standard(Standard::New);
        let is_shown = scene.page == Page::TryMessage;
        let mut commands = vec![
            Command::with_steps(
                Icon::FolderOpen,
                named(t.open),
                "hent indlæs memo fil xml load file",
                on_page(Message::Browse),
            ),
            Command::with_steps(
                Icon::ClipboardPaste,
                named(t.paste),
                "sæt ind udklipsholder memo paste clipboard",
                on_page(Message::Paste),
            )
            .with_shortcut_sending(Shortcut::ctrl('v').unless_handled(), Message::Paste),
        ];
        if is_shown {
            commands.push(Command::new(Icon::Eraser, named(t.clear), "nulstil tøm forfra reset empty", clear));
        }
        commands
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.try_message;
        let show = |side, words: &str| {
            let keywords = "stige regler hvorfor ladder rules why";
            Command::new(Icon::ListOrdered, format!("{}: {words}", t.ladder), keywords, Message::Show(side))
        };
        vec![show(Side::Draft, t.draft), show(Side::Published, t.published)]
    }
}

/// Whether the day is written so that it can be read.
fn day_error(form: &FactsForm, scene: Scene<'_>) -> Option<String> {
    read_date(&form.day, scene.t, scene.today).err().flatten()
}
