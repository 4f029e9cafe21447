//! *Meddelelser*: every message that has come, what became of it, and why.

mod export;
mod filter;
mod keeping;
mod list;
mod listing;
mod sheet;
mod story;
mod timeline;

use iced::Element;

use self::export::Export;
pub use self::export::ExportMessage;
use self::filter::Days;
pub use self::filter::{DaysMessage, Filter};
use self::keeping::Keeping;
pub use self::keeping::KeepingMessage;
pub(super) use self::list::{GROUND_WIDTH, addressed, fagsystem_of, outcome_status};
use self::listing::Listing;
use self::story::Open;
pub(in crate::desktop) use self::story::STORY;
use super::scene::Scene;
use crate::desktop::model::error::Error;
pub use crate::desktop::model::period::Period;
use crate::desktop::service::{ExportRequest, MessageCounts, MessageStory};
use crate::desktop::widget::{Motion, Scroll, beside};
use crate::exchange::SheetFormat;
use crate::rules::{Criterion, Cvr, Priority};
use crate::store::{LogNews, LogPage, LogPlace, LogQuery, LogWatch, Settings};

pub(in crate::desktop) const SEARCH_FIELD: &str = "log-search";
const TABLE: &str = "log";

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Screen {
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
    query: LogQuery,
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
    LeaveExport,
    /// The newest rows were read.
    Found(u64, Result<Option<LogPage>, Error>),
    /// Older rows were read.
    FoundMore(u64, Result<Option<LogPage>, Error>),
    Counted(u64, Result<Option<MessageCounts>, Error>),
    NewsRead(u64, Result<Box<LogNews>, Error>),
    StoryRead(i64, Result<Option<Box<MessageStory>>, Error>),
}

/// What the keyboard does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagesKey {
    Go(Motion),
    Open,
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    /// Search under that number; somebody is typing, or not.
    Search(u64, LogQuery, bool),
    ReadOn(u64, LogQuery, LogPlace),
    Count(u64, LogQuery),
    ReadNews(u64, LogQuery, LogWatch),
    ReadStory(i64),
    Focus(&'static str),
    ScrollTo(&'static str, f32),
    Copy(String),
    OpenRule(Cvr, Priority),
    BeginRule(Cvr, Criterion),
    ChooseFile(String, SheetFormat),
    Export(ExportRequest),
    LeaveExport,
    KeepFor(u16),
    Tell(String),
    Warn(Error),
}

impl Screen {
    pub fn new(settings: &Settings) -> Self {
        Self { kept_days: settings.retention_days, ..Self::default() }
    }

    /// Whose story is told.
    pub fn opened(&self) -> Option<String> {
        self.open.as_ref().map(|open| open.number.to_string())
    }

    /// It is shown: what has come meanwhile is read.
    pub fn shown(&mut self, scene: Scene<'_>) -> Vec<Action> {
        // What lies so long back is another time by now.
        let is_as_it_was = matches!(self.period, Period::All | Period::Days(..)) && self.listing.watch().is_some();
        if is_as_it_was { self.look_for_news() } else { self.begin(false, scene) }
    }

    /// Something has been written to the store.
    pub fn look_for_news(&mut self) -> Vec<Action> {
        match (self.news, self.listing.watch()) {
            (News::None, Some(watch)) if !self.is_searching => {
                self.news = News::Asked;
                vec![Action::ReadNews(self.question, self.query.clone(), watch.clone())]
            }
            (News::None, _) => Vec::new(),
            _ => {
                self.news = News::AskedAndStale;
                Vec::new()
            }
        }
    }

    /// Searches anew.
    fn begin(&mut self, is_typed: bool, scene: Scene<'_>) -> Vec<Action> {
        self.question += 1;
        self.is_searching = true;
        self.news = News::None;
        self.query = self.query(scene);
        vec![Action::Search(self.question, self.query.clone(), is_typed)]
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Vec<Action> {
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
                return self.read_on();
            }
            Message::ShowWaiting => {
                self.scroll = Scroll::default();
                let top = Action::ScrollTo(TABLE, 0.0);
                let mut actions = if self.listing.show_waiting() { self.begin(false, scene) } else { Vec::new() };
                actions.push(top);
                return actions;
            }
            Message::Choose(number) => return self.choose(number),
            Message::Find(number) => return self.find(number, scene),
            Message::Key(key) => return self.key(key),
            Message::Leave => return self.leave(scene),
            Message::Copy(what, told) => return vec![Action::Copy(what), Action::Tell(told.to_owned())],
            Message::Unfold(is_before, count) => {
                if let Some(open) = &mut self.open {
                    open.unfold(is_before, count);
                }
            }
            Message::OpenRule(authority, priority) => return vec![Action::OpenRule(authority, priority)],
            Message::BeginRule(authority, criterion) => return vec![Action::BeginRule(authority, criterion)],
            Message::ShowKeeping => {
                self.keeping = Some(Keeping::new(self.kept_days));
                return vec![Action::Focus(keeping::DAYS_FIELD)];
            }
            Message::Keeping(message) => return self.keep(message),
            Message::ShowExport => {
                if self.export.is_none() {
                    self.export = Some(Export::new(scene));
                }
                return vec![Action::Focus(export::PATH_FIELD)];
            }
            Message::Export(message) => return self.update_export(message, scene),
            Message::LeaveExport => self.export = None,
            Message::Found(..)
            | Message::FoundMore(..)
            | Message::Counted(..)
            | Message::NewsRead(..)
            | Message::StoryRead(..) => return self.hear(message, scene),
        }
        Vec::new()
    }

    fn update_export(&mut self, message: ExportMessage, scene: Scene<'_>) -> Vec<Action> {
        let query = self.query.clone();
        let Some(export) = &mut self.export else { return Vec::new() };
        export.update(message, query, scene).unwrap_or_else(|| {
            self.export = None;
            Vec::new()
        })
    }

    fn keep(&mut self, message: KeepingMessage) -> Vec<Action> {
        let Some(actions) = self.keeping.as_mut().and_then(|keeping| keeping.update(message)) else {
            self.keeping = None;
            return Vec::new();
        };
        if let Some(Action::KeepFor(days)) = actions.first() {
            self.kept_days = *days;
            self.keeping = None;
        }
        actions
    }

    /// Takes in an answer. One to an earlier question is dropped.
    fn hear(&mut self, message: Message, scene: Scene<'_>) -> Vec<Action> {
        match message {
            Message::Found(question, found) if question == self.question => match found {
                Ok(Some(page)) => {
                    self.is_searching = false;
                    self.listing = Listing::begin(page, None);
                    self.scroll = Scroll::default();
                    // What was written while it was searched for.
                    let mut actions = self.look_for_news();
                    actions.push(Action::ScrollTo(TABLE, 0.0));
                    actions.push(Action::Count(question, self.query.clone()));
                    return actions;
                }
                Ok(None) => {}
                Err(error) => {
                    self.is_searching = false;
                    return vec![Action::Warn(error)];
                }
            },
            Message::FoundMore(question, found) if question == self.question => match found {
                Ok(Some(page)) => self.listing.go_on(page),
                Ok(None) => self.listing.has_failed(),
                Err(error) => {
                    self.listing.has_failed();
                    return vec![Action::Warn(error)];
                }
            },
            Message::Counted(question, counted) if question == self.question => match counted {
                Ok(counts) => self.listing.counts = counts,
                Err(error) => return vec![Action::Warn(error)],
            },
            Message::NewsRead(question, news) if question == self.question => return self.take_in(news, scene),
            Message::StoryRead(number, told) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.number == number) {
                    match told {
                        Ok(told) => open.is_told(told, scene),
                        Err(error) => return vec![Action::Warn(error)],
                    }
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn take_in(&mut self, news: Result<Box<LogNews>, Error>, scene: Scene<'_>) -> Vec<Action> {
        let is_stale = std::mem::take(&mut self.news) == News::AskedAndStale;
        let news = match news {
            Ok(news) => *news,
            Err(error) => return vec![Action::Warn(error)],
        };
        let something = !news.rows.is_empty() || !news.ended.is_empty() || news.others > 0;
        if self.listing.take_in(news, self.scroll.is_at_the_top()) {
            return self.begin(false, scene);
        }
        let mut actions = if is_stale { self.look_for_news() } else { Vec::new() };
        // The message that is shown may have come again, or to its end.
        actions.extend(self.open.as_ref().filter(|_| something).map(|open| Action::ReadStory(open.number)));
        actions
    }

    fn read_on(&mut self) -> Vec<Action> {
        if self.is_searching || !self.scroll.nears_the_end(self.listing.rows.len()) {
            return Vec::new();
        }
        let place = self.listing.read_on();
        place.map(|place| Action::ReadOn(self.question, self.query.clone(), place)).into_iter().collect()
    }

    /// Shows a message's story. What was sought before does not leave it out of the list.
    fn find(&mut self, number: i64, scene: Scene<'_>) -> Vec<Action> {
        let is_listed = self.listing.position(number).is_some();
        let mut actions = if is_listed { self.shown(scene) } else { self.update(Message::ClearFilters, scene) };
        actions.extend(self.choose(number));
        actions
    }

    fn choose(&mut self, number: i64) -> Vec<Action> {
        self.here = Some(number);
        self.open = Some(Open::begin(number, self.open.take()));
        let mut actions = vec![Action::ReadStory(number)];
        actions.extend(self.scroll_to(number));
        actions
    }

    fn key(&mut self, key: MessagesKey) -> Vec<Action> {
        let MessagesKey::Go(motion) = key else { return self.here.map(|here| self.choose(here)).unwrap_or_default() };
        let here = self.here.and_then(|here| self.listing.position(here));
        let Some(to) = self.scroll.row_after(motion, here, self.listing.rows.len()) else { return Vec::new() };
        let number = self.listing.rows[to].number;
        if self.open.is_some() {
            return self.choose(number);
        }
        self.here = Some(number);
        self.scroll_to(number).into_iter().collect()
    }

    fn scroll_to(&self, number: i64) -> Option<Action> {
        let place = self.listing.position(number)?;
        self.scroll.to_show(place).map(|offset| Action::ScrollTo(TABLE, offset))
    }

    fn leave(&mut self, scene: Scene<'_>) -> Vec<Action> {
        if self.days.close_calendar() || self.open.take().is_some() || self.keeping.take().is_some() {
            return Vec::new();
        }
        if self.export.as_ref().is_some_and(|export| !export.is_running()) {
            self.export = None;
        } else if !self.search.is_empty() {
            self.search.clear();
            return self.begin(false, scene);
        }
        Vec::new()
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let story = self.open.as_ref().map(|open| open.view(scene));
        beside(|| self.list(scene), story, scene.size.width, story::panel_width(scene))
    }
}
