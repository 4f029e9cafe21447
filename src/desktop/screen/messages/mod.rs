//! *Meddelelser*: every message that has come, what became of it, and why.

mod export;
mod filter;
mod keeping;
mod list;
mod listing;
mod outcome;
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
pub use self::keeping::KeepingMessage;
use self::keeping::{Keeping, Kept};
pub(super) use self::list::{GROUND_WIDTH, addressed, fagsystem_of};
use self::listing::Listing;
pub(super) use self::outcome::outcome_status;
use self::story::Open;
pub(in crate::desktop) use self::story::STORY;
use super::action::{Action, Request};
use super::command::{Command, Deed, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
pub use crate::desktop::model::period::Period;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::service::{MessageCounts, MessageStory};
use crate::desktop::widget::{Motion, Scroll, beside};
use crate::rules::{Criterion, Cvr, Priority};
use crate::store::{MessagePage, MessageQuery, MessageUpdates, RouterSettings};

pub(in crate::desktop) const SEARCH_FIELD: &str = "log-search";
const TABLE: &str = "log";

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct MessagesScreen {
    search: String,
    filters: Vec<Filter>,
    period: Period,
    days: Days,
    listing: Listing,
    scroll: Scroll,
    /// The number of the row where the keyboard is.
    here: Option<i64>,
    open: Option<Open>,
    export: Option<Export>,
    /// How many days messages are kept.
    kept_days: u16,
    keeping: Option<Keeping>,
    /// The number of the last question; answers to earlier ones are dropped.
    question: u64,
    /// What the list shows, or will.
    query: MessageQuery,
    is_searching: bool,
    news: News,
}

/// How the reading of news stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum News {
    #[default]
    None,
    Asked,
    /// Something has been written since it was asked for.
    AskedAndStale,
}

#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    Period(Period),
    Days(DaysMessage),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// Only what fits all of these is to be listed, whatever was listed before.
    ShowOnly(Vec<Filter>),
    Scrolled(Scroll),
    /// New rows that wait are to be shown.
    ShowWaiting,
    /// A row was clicked.
    Choose(i64),
    /// A row is to be found in the log and shown.
    Find(i64),
    Key(MessagesKey),
    /// Leave what is open.
    Leave,
    /// To the clipboard, and say so.
    Copy(String, &'static str),
    /// Show more, or none, of the rules that did not decide.
    Unfold(bool, usize),
    OpenRule(Cvr, Priority),
    /// A rule is to be made that looks at that.
    BeginRule(Cvr, Criterion),
    ShowKeeping,
    Keeping(KeepingMessage),
    ShowExport,
    Export(ExportMessage),
    /// The newest rows were read.
    Found(u64, Result<Option<MessagePage>, Error>),
    /// Older rows were read.
    FoundMore(u64, Result<Option<MessagePage>, Error>),
    Counted(u64, Result<Option<MessageCounts>, Error>),
    NewsRead(u64, Result<Box<MessageUpdates>, Error>),
    StoryRead(i64, Result<Option<Box<MessageStory>>, Error>),
}

/// What the keyboard does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagesKey {
    Go(Motion),
    Open,
}

impl MessagesScreen {
    pub fn new(settings: &RouterSettings) -> Self {
        Self { kept_days: settings.retention_days, ..Self::default() }
    }

    /// Reads what has been written to the store since the list was read.
    fn look_for_news(&mut self, scene: Scene<'_>) -> Action<Message> {
        match (self.news, self.listing.watch().cloned()) {
            (News::None, Some(watch)) if !self.is_searching => {
                self.news = News::Asked;
                let (question, query) = (self.question, self.query.clone());
                scene.serve(
                    move |services| services.message_news(query, watch),
                    move |news| Message::NewsRead(question, news.map(Box::new)),
                )
            }
            (News::None, _) => Action::None,
            _ => {
                self.news = News::AskedAndStale;
                Action::None
            }
        }
    }

    /// Searches anew.
    fn begin(&mut self, is_typed: bool, scene: Scene<'_>) -> Action<Message> {
        self.question += 1;
        self.is_searching = true;
        self.news = News::None;
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

    fn keep(&mut self, message: KeepingMessage) -> Action<Message> {
        let Some(keeping) = &mut self.keeping else { return Action::None };
        match keeping.update(message) {
            Kept::Stays => return Action::None,
            Kept::Left => self.keeping = None,
            Kept::For(days) => {
                (self.kept_days, self.keeping) = (days, None);
                return Request::KeepMessagesFor(days).into();
            }
        }
        Action::None
    }

    /// Takes in an answer. One to an earlier question is dropped.
    fn hear(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Found(question, found) if question == self.question => match found {
                Ok(Some(page)) => {
                    self.is_searching = false;
                    self.listing = Listing::begin(page, None);
                    self.scroll = Scroll::default();
                    // What was written while it was searched for.
                    let news = self.look_for_news(scene);
                    let query = self.query.clone();
                    let counting = scene.serve(
                        move |services| services.count_messages(question, query),
                        move |counted| Message::Counted(question, counted),
                    );
                    return news.then(Action::scroll_to(TABLE, 0.0)).then(counting);
                }
                Ok(None) => {}
                Err(error) => {
                    self.is_searching = false;
                    return Action::report(error);
                }
            },
            Message::FoundMore(question, found) if question == self.question => match found {
                Ok(Some(page)) => self.listing.go_on(page),
                Ok(None) => self.listing.has_failed(),
                Err(error) => {
                    self.listing.has_failed();
                    return Action::report(error);
                }
            },
            Message::Counted(question, counted) if question == self.question => match counted {
                Ok(counts) => self.listing.counts = counts,
                Err(error) => return Action::report(error),
            },
            Message::NewsRead(question, news) if question == self.question => return self.take_in(news, scene),
            Message::StoryRead(number, told) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.number == number) {
                    match told {
                        Ok(told) => open.is_told(told, scene),
                        Err(error) => return Action::report(error),
                    }
                }
            }
            _ => {}
        }
        Action::None
    }

    fn take_in(&mut self, news: Result<Box<MessageUpdates>, Error>, scene: Scene<'_>) -> Action<Message> {
        let is_stale = std::mem::take(&mut self.news) == News::AskedAndStale;
        let news = match news {
            Ok(news) => *news,
            Err(error) => return Action::report(error),
        };
        let something = !news.rows.is_empty() || !news.ended.is_empty() || news.others > 0;
        if self.listing.take_in(news, self.scroll.is_at_the_top()) {
            return self.begin(false, scene);
        }
        let news = if is_stale { self.look_for_news(scene) } else { Action::None };
        // The message that is shown may have come again, or to its end.
        let open = self.open.as_ref().filter(|_| something);
        news.then(open.map(|open| read_story(open.number, scene)))
    }

    fn read_on(&mut self, scene: Scene<'_>) -> Action<Message> {
        if self.is_searching || !self.scroll.nears_the_end(self.listing.rows.len()) {
            return Action::None;
        }
        let Some(place) = self.listing.read_on() else { return Action::None };
        let (question, query) = (self.question, self.query.clone());
        scene.serve(
            move |services| services.read_messages(question, query, Some(place)),
            move |found| Message::FoundMore(question, found),
        )
    }

    /// Shows a message's story. What was sought before does not leave it out of the list.
    fn find(&mut self, number: i64, scene: Scene<'_>) -> Action<Message> {
        let is_listed = self.listing.position(number).is_some();
        let listed = if is_listed { self.shown(scene) } else { self.update(Message::ClearFilters, scene) };
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
        if self.days.close_calendar() || self.open.take().is_some() || self.keeping.take().is_some() {
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
    const ALSO: &'static str = "breve post log journal mail letters";

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
                return self.read_on(scene);
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
            Message::Copy(what, told) => return Action::copy(what).then(Action::tell(told)),
            Message::Unfold(is_before, count) => {
                if let Some(open) = &mut self.open {
                    open.unfold(is_before, count);
                }
            }
            Message::OpenRule(authority, priority) => return Action::Ask(Request::OpenRule(authority, priority)),
            Message::BeginRule(authority, criterion) => {
                return Request::BeginRule(Some(authority), criterion).into();
            }
            Message::ShowKeeping => {
                self.keeping = Some(Keeping::new(self.kept_days));
                return Action::focus(keeping::DAYS_FIELD);
            }
            Message::Keeping(message) => return self.keep(message),
            Message::ShowExport => {
                if self.export.is_none() {
                    self.export = Some(Export::new(scene));
                }
                return Action::focus(export::PATH_FIELD);
            }
            Message::Export(message) => return self.update_export(message, scene),
            Message::Found(..)
            | Message::FoundMore(..)
            | Message::Counted(..)
            | Message::NewsRead(..)
            | Message::StoryRead(..) => return self.hear(message, scene),
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let story = self.open.as_ref().map(|open| open.view(scene));
        beside(|| self.list(scene), story, scene.size.width, outcome::panel_width(scene))
    }

    /// It is shown: what has come meanwhile is read.
    fn shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        // What lies so long back is another time by now.
        let is_as_it_was = matches!(self.period, Period::All | Period::Days(..)) && self.listing.watch().is_some();
        if is_as_it_was { self.look_for_news(scene) } else { self.begin(false, scene) }
    }

    fn news(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.look_for_news(scene)
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Search => Some(Action::focus(SEARCH_FIELD)),
            Standard::Leave => Some(Action::Then(Message::Leave)),
            Standard::Save | Standard::New | Standard::Discard => None,
        }
    }

    /// Whose story is told.
    fn opened(&self) -> Option<String> {
        self.open.as_ref().map(|open| open.number.to_string())
    }

    fn editor(&self) -> &'static str {
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
        let (t, m) = (scene.t, &scene.t.messages);
        let search = Deed::Standard(Standard::Search);
        let also = "eksport eksportér udskriv udtræk gem excel csv export print download save";
        let keep = format!("{} …", m.keeping.keep);
        let commands = [
            Command::new(Icon::Search, m.search, "find breve post led efter messages mail look for", search),
            Command::new(Icon::Download, m.export.button, also, Message::ShowExport),
            Command::new(
                Icon::FunnelX,
                m.show_all,
                "nulstil ryd fjern filtre reset clear filters",
                Message::ClearFilters,
            ),
            Command::offer_filters(t),
            Command::new(
                Icon::CalendarClock,
                keep,
                "opbevaring slet gammelt dage gemmes retention keep days",
                Message::ShowKeeping,
            ),
        ];
        let periods = Period::ALL.into_iter().map(|period| {
            let words = format!("{}: {}", m.title, (m.period)(period));
            Command::new(Icon::CalendarDays, words, "tid periode time period", Message::Period(period))
        });
        commands.into_iter().chain(periods).collect()
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let command = |(name, message): (String, Message)| {
            Command::new(Icon::Funnel, (scene.t.palette.filter)(&name), "vis kun show only", message)
        };
        self.choosable(scene).map(command).collect()
    }

    fn values_here(&self, scene: Scene<'_>) -> Option<Vec<(String, Message)>> {
        Some(self.values_of_row(scene))
    }
}

/// Reads a message's story.
fn read_story(number: i64, scene: Scene<'_>) -> Action<Message> {
    scene.serve(move |services| services.story(number), move |told| Message::StoryRead(number, told))
}
