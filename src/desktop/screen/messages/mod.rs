//! *Meddelelser*: every message that was received, what happened to it, and why.

mod commands;
mod export;
mod filter;
mod list;
mod listing;
mod outcome;
mod retention;
mod sheet;
mod story;
mod timeline;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use self::export::Export;
pub use self::export::ExportMessage;
use self::filter::Days;
pub use self::filter::{DaysMessage, Filter};
pub(super) use self::list::{GROUND_WIDTH, addressed, fagsystem_of};
use self::listing::Listing;
pub(super) use self::outcome::outcome_status;
pub use self::retention::RetentionMessage;
use self::retention::{Retention, RetentionOutcome};
use self::story::Open;
pub(in crate::desktop) use self::story::STORY;
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::Screen;
use super::part::paper::PaperMessage;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::model::map::TracedMessage;
pub use crate::desktop::model::period::Period;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::service::{MessageCounts, MessageStory};
use crate::desktop::widget::{Motion, Scroll, beside};
use crate::rules::{Criterion, Cvr, Priority};
use crate::store::{MessagePage, MessageQuery, MessageUpdates, RouterSettings};

pub(in crate::desktop) const SEARCH_FIELD: &str = "log-search";
const TABLE: &str = "log";

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct MessagesScreen {
    search: String,
    filters: Vec<Filter>,
    period: Period,
    days: Days,
    listing: Listing,
    scroll: Scroll,
    /// The current row, by its message's number in the journal.
    here: Option<i64>,
    open: Option<Open>,
    export: Option<Export>,
    /// How many days messages are kept.
    kept_days: u16,
    retention: Option<Retention>,
    /// The number of the last search; the results of earlier ones are dropped.
    question: u64,
    /// The query of the last search.
    query: MessageQuery,
    is_searching: bool,
    update_check: UpdateCheck,
}

/// Whether updates of the listed messages are being read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum UpdateCheck {
    #[default]
    Idle,
    Running,
    /// The store has changed since the reading began, so it is read once more.
    RunningAndStale,
}

#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    Period(Period),
    Days(DaysMessage),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// List the messages that match all of these, in place of all other filters.
    ShowOnly(Vec<Filter>),
    Scrolled(Scroll),
    /// Show the new rows that were held back.
    ShowWaiting,
    /// A row was clicked.
    Choose(i64),
    /// Find a message in the list and show its story.
    Find(i64),
    Key(MessagesKey),
    /// Close what is open.
    Leave,
    /// Copy the text to the clipboard and show the notice.
    Copy(String, &'static str),
    /// Show this many of the rules before (true) or after the deciding one.
    Unfold(bool, usize),
    OpenRule(Cvr, Priority),
    /// Begin a rule with this criterion.
    BeginRule(Cvr, Criterion),
    /// Show where the draft would send the message now.
    TryOut,
    /// Show on the map which way the message went.
    ShowOnMap,
    ShowRetention,
    Retention(RetentionMessage),
    ShowExport,
    Export(ExportMessage),
    /// Show or hide what can be done with the shown story as a document.
    ShowPaper,
    Paper(PaperMessage),
    /// The newest rows were read.
    Found(u64, Result<Option<MessagePage>, Error>),
    /// Older rows were read.
    FoundMore(u64, Result<Option<MessagePage>, Error>),
    Counted(u64, Result<Option<MessageCounts>, Error>),
    UpdatesRead(u64, Result<Box<MessageUpdates>, Error>),
    StoryRead(i64, Result<Option<Box<MessageStory>>, Error>),
}

/// What a key does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagesKey {
    Go(Motion),
    Open,
}

impl MessagesScreen {
    pub fn new(settings: &RouterSettings) -> Self {
        Self { kept_days: settings.retention_days, ..Self::default() }
    }

    /// Reads what has been written to the journal since the list was read.
    fn read_updates(&mut self, scene: Scene<'_>) -> Action<Message> {
        match (self.update_check, self.listing.watch().cloned()) {
            (UpdateCheck::Idle, Some(watch)) if !self.is_searching => {
                self.update_check = UpdateCheck::Running;
                let (question, query) = (self.question, self.query.clone());
                scene.serve(
                    move |services| services.message_news(query, watch),
                    move |updates| Message::UpdatesRead(question, updates.map(Box::new)),
                )
            }
            (UpdateCheck::Idle, _) => Action::None,
            _ => {
                self.update_check = UpdateCheck::RunningAndStale;
                Action::None
            }
        }
    }

    /// Starts a search with the current filters. While people type, it waits a moment for more letters.
    fn begin(&mut self, is_typed: bool, scene: Scene<'_>) -> Action<Message> {
        self.question += 1;
        self.is_searching = true;
        self.update_check = UpdateCheck::Idle;
        self.query = self.query(scene);
        let (question, query) = (self.question, self.query.clone());
        scene.serve(
            move |services| services.search_messages(question, query, is_typed),
            move |found| Message::Found(question, found),
        )
    }

    fn update_export(&mut self, message: ExportMessage, scene: Scene<'_>) -> Action<Message> {
        let query = self.query.clone();
        let Some(export) = &mut self.export else { return Action::None };
        if let Some(action) = export.update(message, query, scene) {
            return action.map(Message::Export);
        }
        self.export = None;
        Action::None
    }

    fn update_paper(&mut self, message: PaperMessage, scene: Scene<'_>) -> Action<Message> {
        let done = self.open.as_mut().map(|open| open.update_paper(message, scene));
        done.unwrap_or_default().map(Message::Paper)
    }

    fn update_retention(&mut self, message: RetentionMessage) -> Action<Message> {
        let Some(retention) = &mut self.retention else { return Action::None };
        match retention.update(message) {
            RetentionOutcome::Open => return Action::None,
            RetentionOutcome::Closed => self.retention = None,
            RetentionOutcome::Saved(days) => {
                (self.kept_days, self.retention) = (days, None);
                return Request::SetRetention(days).into();
            }
        }
        Action::None
    }

    /// Handles the result of a reading. Those of earlier searches are dropped.
    fn receive(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Found(question, found) if question == self.question => match found {
                Ok(Some(page)) => {
                    self.is_searching = false;
                    self.listing = Listing::begin(page, None);
                    self.scroll = Scroll::default();
                    // The journal may have changed during the search.
                    let updates = self.read_updates(scene);
                    let query = self.query.clone();
                    let counting = scene.serve(
                        move |services| services.count_messages(question, query),
                        move |counted| Message::Counted(question, counted),
                    );
                    return updates.then(Action::scroll_to(TABLE, 0.0)).then(counting);
                }
                Ok(None) => {}
                Err(error) => {
                    self.is_searching = false;
                    return Action::show_error(error);
                }
            },
            Message::FoundMore(question, found) if question == self.question => match found {
                Ok(Some(page)) => self.listing.append(page),
                Ok(None) => self.listing.reading_failed(),
                Err(error) => {
                    self.listing.reading_failed();
                    return Action::show_error(error);
                }
            },
            Message::Counted(question, counted) if question == self.question => match counted {
                Ok(counts) => self.listing.counts = counts,
                Err(error) => return Action::show_error(error),
            },
            Message::UpdatesRead(question, updates) if question == self.question => {
                return self.updates_read(updates, scene);
            }
            Message::StoryRead(number, story) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.number == number) {
                    match story {
                        Ok(story) => open.set_story(story, scene),
                        Err(error) => return Action::show_error(error),
                    }
                }
            }
            _ => {}
        }
        Action::None
    }

    fn updates_read(&mut self, updates: Result<Box<MessageUpdates>, Error>, scene: Scene<'_>) -> Action<Message> {
        let is_stale = std::mem::take(&mut self.update_check) == UpdateCheck::RunningAndStale;
        let updates = match updates {
            Ok(updates) => *updates,
            Err(error) => return Action::show_error(error),
        };
        let something = !updates.rows.is_empty() || !updates.ended.is_empty() || updates.others > 0;
        if self.listing.merge(updates, self.scroll.is_at_the_top()) {
            return self.begin(false, scene);
        }
        let updates = if is_stale { self.read_updates(scene) } else { Action::None };
        // The shown message may have been delivered or received again.
        let open = self.open.as_ref().filter(|_| something);
        updates.then(open.map(|open| read_story(open.number, scene)))
    }

    fn read_more(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.is_searching || !self.scroll.nears_the_end(self.listing.rows.len()) {
            return Action::None;
        }
        let Some(place) = self.listing.read_more() else { return Action::None };
        let (question, query) = (self.question, self.query.clone());
        scene.serve(
            move |services| services.read_messages(question, query, Some(place)),
            move |found| Message::FoundMore(question, found),
        )
    }

    /// Shows a message's story, and clears the filters if they leave the message out of the list.
    fn find(&mut self, number: i64, scene: Scene<'_>) -> Action<Message> {
        let is_listed = self.listing.position(number).is_some();
        let listed = if is_listed { self.on_shown(scene) } else { self.update(Message::ClearFilters, scene) };
        listed.then(self.choose(number, scene))
    }

    fn choose(&mut self, number: i64, scene: Scene<'_>) -> Action<Message> {
        self.here = Some(number);
        self.open = Some(Open::begin(number, self.open.take()));
        read_story(number, scene).then(self.scroll_to(number))
    }

    fn go(&mut self, key: MessagesKey, scene: Scene<'_>) -> Action<Message> {
        let MessagesKey::Go(motion) = key else {
            return self.here.map(|here| self.choose(here, scene)).unwrap_or_default();
        };
        let here = self.here.and_then(|here| self.listing.position(here));
        let Some(to) = self.scroll.row_after(motion, here, self.listing.rows.len()) else { return Action::None };
        let number = self.listing.rows[to].number;
        if self.open.is_some() {
            return self.choose(number, scene);
        }
        self.here = Some(number);
        self.scroll_to(number)
    }

    fn scroll_to(&self, number: i64) -> Action<Message> {
        let place = self.listing.position(number).and_then(|place| self.scroll.to_show(place));
        place.map(|offset| Action::scroll_to(TABLE, offset)).into()
    }

    fn leave(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.open.as_mut().is_some_and(Open::leave_paper) {
            return Action::None;
        }
        if self.days.close_calendar() || self.open.take().is_some() || self.retention.take().is_some() {
            return Action::None;
        }
        if self.export.as_ref().is_some_and(|export| !export.is_running()) {
            self.export = None;
        } else if !self.search.is_empty() {
            self.search.clear();
            return self.begin(false, scene);
        }
        Action::None
    }
}

impl Screen for MessagesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Mail;
    const KEYWORDS: &'static str = "breve post log journal mail letters";

    fn title(t: &'static Texts) -> &'static str {
        t.messages.title
    }

    fn open(settings: &RouterSettings, _: &Preferences) -> Self {
        Self::new(settings)
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Search(text) => {
                self.search = text;
                return self.begin(true, scene);
            }
            Message::Period(period) => {
                self.period = period;
                self.filters.retain(|filter| !filter.is_of_time());
                return self.begin(false, scene);
            }
            Message::Days(message) => {
                self.days.update(message, scene);
                if self.query(scene) != self.query {
                    return self.begin(true, scene);
                }
            }
            Message::AddFilter(filter) => {
                if !self.filters.contains(&filter) {
                    self.filters.push(filter);
                    return self.begin(false, scene);
                }
            }
            Message::RemoveFilter(at) => {
                if at < self.filters.len() {
                    self.filters.remove(at);
                    return self.begin(false, scene);
                }
            }
            Message::ClearFilters => {
                self.filters.clear();
                self.search.clear();
                (self.period, self.days) = (Period::All, Days::default());
                return self.begin(false, scene);
            }
            Message::ShowOnly(filters) => {
                (self.filters, self.open, self.here) = (filters, None, None);
                self.search.clear();
                (self.period, self.days) = (Period::All, Days::default());
                return self.begin(false, scene);
            }
            Message::Scrolled(scroll) => {
                self.scroll = scroll;
                if scroll.is_at_the_top() && self.listing.waiting() > 0 && self.listing.show_waiting() {
                    return self.begin(false, scene);
                }
                return self.read_more(scene);
            }
            Message::ShowWaiting => {
                self.scroll = Scroll::default();
                let top = Action::scroll_to(TABLE, 0.0);
                let begun = if self.listing.show_waiting() { self.begin(false, scene) } else { Action::None };
                return begun.then(top);
            }
            Message::Choose(number) => return self.choose(number, scene),
            Message::Find(number) => return self.find(number, scene),
            Message::Key(key) => return self.go(key, scene),
            Message::Leave => return self.leave(scene),
            Message::Copy(text, notice) => return Action::copy(text).then(Action::notify(notice)),
            Message::Unfold(is_before, count) => {
                if let Some(open) = &mut self.open {
                    open.unfold(is_before, count);
                }
            }
            Message::OpenRule(authority, priority) => return Action::Request(Request::OpenRule(authority, priority)),
            Message::BeginRule(authority, criterion) => {
                return Request::BeginRule(Some(authority), criterion).into();
            }
            Message::TryOut => {
                let facts = self.open.as_ref().and_then(Open::facts).cloned();
                let tried = facts
                    .map(|facts| Request::TryMessage(Box::new(facts), Some(scene.day()), FactsOrigin::Journal).into());
                return tried.unwrap_or_default();
            }
            Message::ShowOnMap => {
                let row = self.open.as_ref().and_then(Open::row).cloned();
                let shown = row.map(|row| Request::ShowOnMap(Box::new(TracedMessage::Recorded(row))).into());
                return shown.unwrap_or_default();
            }
            Message::ShowRetention => {
                self.retention = Some(Retention::new(self.kept_days));
                return Action::focus(retention::DAYS_FIELD);
            }
            Message::Retention(message) => return self.update_retention(message),
            Message::ShowExport => {
                if self.export.is_none() {
                    self.export = Some(Export::new(scene));
                }
                return Action::focus(export::PATH_FIELD);
            }
            Message::Export(message) => return self.update_export(message, scene),
            Message::ShowPaper => self.open.as_mut().into_iter().for_each(Open::toggle_paper),
            Message::Paper(message) => return self.update_paper(message, scene),
            Message::Found(..)
            | Message::FoundMore(..)
            | Message::Counted(..)
            | Message::UpdatesRead(..)
            | Message::StoryRead(..) => return self.receive(message, scene),
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let story = self.open.as_ref().map(|open| open.view(scene));
        beside(|| self.list(scene), story, scene.size.width, outcome::panel_width(scene))
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        // A period such as "the last hour" has moved on since.
        let is_as_it_was = matches!(self.period, Period::All | Period::Days(..)) && self.listing.watch().is_some();
        if is_as_it_was { self.read_updates(scene) } else { self.begin(false, scene) }
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read_updates(scene)
    }

    fn is_moving(&self) -> bool {
        self.export.as_ref().is_some_and(Export::is_running)
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Search => Some(Action::focus(SEARCH_FIELD)),
            Standard::Leave => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::New | Standard::Discard => None,
        }
    }

    fn open_item(&self) -> Option<String> {
        self.open.as_ref().map(|open| open.number.to_string())
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.listing.rows, |row| row.number)
    }

    fn editor_id(&self) -> &'static str {
        STORY
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        let key = match key {
            Key::Named(Named::Enter | Named::F2) => MessagesKey::Open,
            Key::Named(key) => MessagesKey::Go(Motion::of(*key)?),
            _ => return None,
        };
        Some(Message::Key(key))
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        self.every_command(scene)
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        self.filter_commands(scene)
    }

    fn row_filters(&self, scene: Scene<'_>) -> Option<Vec<(String, Message)>> {
        Some(self.values_of_row(scene))
    }
}

/// Reads a message's story.
fn read_story(number: i64, scene: Scene<'_>) -> Action<Message> {
    scene.serve(move |services| services.story(number), move |story| Message::StoryRead(number, story))
}
