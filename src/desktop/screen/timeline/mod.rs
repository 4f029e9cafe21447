//! *Tidslinje*: on which days each rule is valid and decides, and what happens where one ends.
//!
//! [`sight`] says which days and rows are in sight, [`drawing`] lays them out as a picture, [`words`] says them. What people do
//! in the picture comes to [`acting`]: they scroll, zoom, and move the end of a bar, which becomes one edit of the draft.

mod acting;
mod drawing;
mod sight;
mod view;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use jiff::civil::Date;
use lucide_icons::Icon;
use serde::{Deserialize, Serialize};

use self::drawing::Target;
use self::sight::{Sight, Zoom};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::part::picture_out::{PictureWay, picture_commands};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::timeline::redating::{End, Outcome, Redating};
use crate::desktop::model::timeline::rows::{Grouping, Rows, Selection, Source};
use crate::desktop::widget::PaneEvent;
use crate::rules::{Criterion, Cvr, KlePlan, Priority, Rule, RuleBook, Schedule};
use crate::store::{PublicationNumber, RouterSettings};

/// The name under which the settings are saved in the preferences.
const VIEW: &str = "timeline";
const SEARCH_FIELD: &str = "timeline-search";
const PANE: &str = "timeline";

#[derive(Debug, Default)]
pub(in crate::desktop) struct TimelineScreen {
    settings: Settings,
    selection: Selection,
    search: String,
    rows: Rows,
    /// What the rows were made of.
    source: Option<RowSource>,
    schedule: Option<Known>,
    /// The book and the authority whose schedule is being worked out.
    begun: Option<(Arc<RuleBook>, Cvr)>,
    sight: Sight,
    /// The row that the keys are at, and the end of its bar.
    cursor: Option<Priority>,
    end: Option<End>,
    held: Option<Held>,
    redating: Option<Redating>,
    /// What the end that is being moved would do, once that is worked out.
    outcome: Option<(Redating, Option<Outcome>)>,
}

/// What is remembered from one session to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Settings {
    grouping: Grouping,
}

/// A schedule, and of which book and authority; `None` where it could not be worked out.
#[derive(Debug)]
struct Known {
    book: Arc<RuleBook>,
    authority: Cvr,
    schedule: Option<Arc<Schedule>>,
}

impl Known {
    fn is_of(&self, scene: Scene<'_>) -> bool {
        Arc::ptr_eq(&self.book, scene.bench.book()) && self.authority == scene.authority.cvr
    }
}

/// Everything that the rows depend on. The Arcs are compared by pointer.
#[derive(Debug, Clone)]
struct RowSource {
    book: Arc<RuleBook>,
    kle: Arc<KlePlan>,
    schedule: Option<Arc<Schedule>>,
    authority: Cvr,
    published: PublicationNumber,
    title: &'static str,
    day: Date,
    grouping: Grouping,
    selection: Selection,
    search: String,
}

impl RowSource {
    fn is(&self, other: &Self) -> bool {
        let is_same_schedule = match (&self.schedule, &other.schedule) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let key = |it: &Self| (it.authority, it.published, it.title, it.day, it.grouping, it.selection);
        is_same_schedule
            && Arc::ptr_eq(&self.book, &other.book)
            && Arc::ptr_eq(&self.kle, &other.kle)
            && key(self) == key(other)
            && self.search == other.search
    }
}

/// What the mouse holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    End(Redating),
    /// The days and rows, where the mouse was, and what was in sight then.
    Ground(crate::picture::Point, f64, f32),
    Track,
}

#[derive(Debug, Clone)]
pub enum Message {
    Search(String),
    Group(Grouping),
    Select(Selection),
    Zoom(Zoom),
    ShowToday,
    ShowAll,
    ToRules,
    /// What the rules of a book decide on which days.
    Scheduled(Arc<RuleBook>, Cvr, Option<Arc<Schedule>>),
    /// Something done in the picture, and to what.
    Pane(PaneEvent, Option<Target>),
    /// A key that was pressed outside the picture.
    Key(Key, Modifiers),
    Leave,
    PictureOut(PictureWay),
}

impl TimelineScreen {
    /// What is known of the draft's days.
    fn known(&self, scene: Scene<'_>) -> Option<&Arc<Schedule>> {
        self.schedule.as_ref().filter(|known| known.is_of(scene))?.schedule.as_ref()
    }

    fn list(&mut self, scene: Scene<'_>) {
        let source = RowSource {
            book: Arc::clone(scene.bench.book()),
            kle: Arc::clone(scene.kle),
            schedule: self.known(scene).cloned(),
            authority: scene.authority.cvr,
            published: scene.bench.published().number,
            title: scene.t.timeline.title,
            day: scene.day(),
            grouping: self.settings.grouping,
            selection: self.selection,
            search: self.search.trim().to_lowercase(),
        };
        if self.source.as_ref().is_some_and(|before| before.is(&source)) {
            return;
        }
        // While the new days are worked out, a selection by them stays as it was.
        let waits = source.schedule.is_none() && source.selection != Selection::All && self.source.is_some();
        let is_of_same = self.source.as_ref().is_some_and(|before| before.authority == source.authority);
        if waits && is_of_same && self.schedule.is_some() {
            return;
        }
        let published = scene.bench.published().book.authority(source.authority);
        let published: HashMap<Priority, &Rule> =
            published.into_iter().flat_map(|it| &it.rules).map(|rule| (rule.priority, &**rule)).collect();
        let published =
            |rule: Priority| published.get(&scene.bench.insight().published_as(scene.authority.cvr, rule)?).copied();
        let name = |criterion: &Criterion| words::plain_value(criterion, scene);
        let rows = Source {
            authority: scene.authority,
            schedule: source.schedule.as_deref(),
            published: &published,
            name: &name,
            day: source.day,
        };
        self.rows = Rows::of(&rows, source.grouping, source.selection, &source.search);
        let had_other_book = self.source.as_ref().is_none_or(|before| !Arc::ptr_eq(&before.book, &source.book));
        self.source = Some(source);
        if had_other_book {
            // An end that is being moved was moved from where it was.
            (self.redating, self.outcome) = (None, None);
            self.held = self.held.filter(|held| !matches!(held, Held::End(_)));
        }
        self.cursor = self.cursor.filter(|cursor| self.rows.position(*cursor).is_some());
        if self.cursor.is_none() {
            self.end = None;
        }
        self.place(scene);
        self.keep_in_range();
    }

    /// Places the days for the first time.
    fn place(&mut self, scene: Scene<'_>) {
        if !self.sight.is_placed && self.rows.extent().is_some() {
            self.sight.centre(scene.day());
            self.sight.is_placed = true;
        }
    }

    fn save_settings(&self) -> Action<Message> {
        Request::SaveView(VIEW, serde_json::to_value(self.settings).unwrap_or_default()).into()
    }
}

impl Screen for TimelineScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ChartGantt;
    const KEYWORDS: &'static str =
        "tid datoer gyldig huller skift overlap gantt kalender timeline dates valid gaps changeover schedule";

    fn title(t: &'static Texts) -> &'static str {
        t.timeline.title
    }

    fn open(_: &RouterSettings, preferences: &Preferences) -> Self {
        let settings = preferences.views.get(VIEW).and_then(|view| serde_json::from_value(view.clone()).ok());
        Self { settings: settings.unwrap_or_default(), ..Self::default() }
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.sight.offset = 0.0;
            }
            Message::Group(grouping) => {
                self.settings.grouping = grouping;
                self.sight.offset = 0.0;
                return self.save_settings();
            }
            Message::Select(selection) => {
                self.selection = selection;
                self.sight.offset = 0.0;
            }
            Message::Zoom(zoom) => self.sight.zoom_to(zoom, scene.day(), self.rows.extent()),
            Message::ShowToday => self.sight.centre(scene.today),
            Message::ShowAll => (self.search, self.selection) = (String::new(), Selection::All),
            Message::ToRules => return Action::show(Page::Rules),
            Message::Scheduled(book, authority, schedule) => {
                self.begun = None;
                self.schedule = Some(Known { book, authority, schedule });
            }
            Message::Pane(event, target) => return self.act(event, target, scene),
            Message::PictureOut(way) => return self.outgoing(scene).go(way, scene),
            // From here on the keys go to the picture, so that Tab leads to the ends of the bar.
            Message::Key(key, modifiers) => {
                return Action::focus(PANE).then(self.act(PaneEvent::Key(key, modifiers), None, scene));
            }
            Message::Leave if self.give_up() => {}
            Message::Leave => {
                self.search = String::new();
                (self.cursor, self.end) = (None, None);
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        self.page(scene)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if scene.page == Page::Timeline {
            self.list(scene);
        }
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        // What could not be worked out is not tried again and again.
        if self.begun.is_some() || self.schedule.as_ref().is_some_and(|known| known.is_of(scene)) {
            return Action::None;
        }
        let (book, cvr) = (Arc::clone(scene.bench.book()), scene.authority.cvr);
        self.begun = Some((Arc::clone(&book), cvr));
        let of = Arc::clone(&book);
        scene.serve(
            move |services| services.schedule(book, cvr),
            move |schedule| Message::Scheduled(Arc::clone(&of), cvr, schedule),
        )
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Search => Some(Action::focus(SEARCH_FIELD)),
            Standard::Leave => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::New | Standard::Discard => None,
        }
    }

    fn close_authority(&mut self) {
        (self.cursor, self.end, self.held, self.redating, self.outcome) = (None, None, None, None, None);
        self.sight.offset = 0.0;
        self.sight.is_placed = false;
    }

    fn key(&self, key: &Key, _: Physical, modifiers: Modifiers) -> Option<Message> {
        self.handles(key, modifiers).then(|| Message::Key(key.clone(), modifiers))
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        picture_commands(scene.t.timeline.title, scene, Message::PictureOut)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.timeline;
        let search = CommandStep::Standard(Standard::Search);
        vec![
            Command::new(Icon::Search, t.search, "find led tidslinje look for timeline", search),
            Command::new(Icon::CalendarCheck, t.show_today, "i dag nu tidslinje now timeline", Message::ShowToday),
        ]
    }
}
