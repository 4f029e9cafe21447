//! The application: its state, what happens in the window, and what it does for the screens.

mod draft;
mod foresight;
mod frame;
mod keymap;
mod message_list;
mod palette;
mod polling;
mod running;
mod screens;
mod shortcut;
mod sidebar;
mod toasts;
mod top_bar;
pub mod window;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::keyboard::Modifiers;
use iced::widget::operation;
use iced::window as iced_window;
use iced::{Size, Subscription, Task, Theme};
use jiff::Timestamp;
use jiff::civil::Date;

use self::palette::Palette;
use self::polling::Reading;
use self::toasts::Toasts;
use crate::clock;
use crate::desktop::language::{Texts, texts};
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::{Foreseen, Foresight};
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::{DraftToSave, Workbench};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::{
    authorities, changes, contact_points, fagsystems, files, history, kle, messages, overview, router, rules, welcome,
};
use crate::desktop::service::{
    OwnRouter, PollResult, SampleStarted, SavedApiKeys, SavedKlePlan, Services, User, read_preferences,
    save_preferences,
};
use crate::desktop::theme;
use crate::router::Hindrance;
use crate::rules::{Cvr, KlePlan, Priority};
use crate::secrets::Home;
use crate::store::{
    ApiKey, JournalRow, Overview, Publication, PublicationEntry, PublicationNumber, RouterNow, Settings,
};

/// How often the store is looked at for what others have written.
const LOOK_INTERVAL: Duration = Duration::from_millis(400);
/// How much room, in logical pixels, must be left when everything is enlarged.
const LEAST_WIDTH: f32 = 760.0;
/// How far the window's contents can be enlarged or made smaller, in percent.
const ZOOMS: [u16; 9] = [70, 80, 90, 100, 110, 125, 150, 175, 200];

/// The application's state.
#[derive(Debug)]
pub struct Desktop {
    services: Result<Arc<Services>, Error>,
    now: fn() -> Timestamp,
    /// Who sits here.
    user: User,
    preferences: Preferences,
    /// As their file has them, as far as is known.
    kept_preferences: Preferences,
    settings: Settings,
    /// As the store has them, as far as is known.
    kept_settings: Settings,
    /// `None` before the first publication.
    bench: Option<Workbench>,
    /// What KLE numbers mean.
    kle_plan: Arc<KlePlan>,
    /// The plan's revision in the store; `None` before the first look.
    kle_revision: Option<i64>,
    record: JournalSummary,
    reading: Reading,
    rows: Vec<JournalRow>,
    seen: Option<i64>,
    day: Date,
    authority: Option<Cvr>,
    page: Page,
    router_state: RouterState,
    /// What will not work, as the window's router has found it.
    hindrances: Arc<Vec<Hindrance>>,
    /// How often this window's router has begun or ended something: what was seen of it before no longer holds.
    router_turn: u64,
    size: Size,
    modifiers: Modifiers,
    /// What is to be said of the draft once it is kept and can be published.
    awaits_publishing: Option<String>,
    foresight: Foresight,
    /// To be closed once everything is kept.
    closing: Option<iced_window::Id>,
    /// It was not closed because something had been written; asked again, it closes.
    refused_to_close: bool,
    welcome: welcome::Screen,
    overview: overview::Screen,
    rules: rules::Screen,
    fagsystems: fagsystems::Screen,
    contact_points: contact_points::Screen,
    authorities: authorities::Screen,
    kle: kle::Screen,
    files: files::Screen,
    messages: messages::Screen,
    router: router::Screen,
    changes: changes::Screen,
    history: history::Screen,
    palette: Option<Palette>,
    toasts: Toasts,
}

/// What happens in the window.
#[derive(Debug, Clone)]
pub enum Message {
    /// A screen was chosen.
    Show(Page),
    /// An authority was chosen.
    ChooseAuthority(Cvr),
    /// The other language was chosen.
    SwitchLanguage,
    /// The other theme was chosen.
    SwitchTheme,
    /// Larger (1), smaller (-1), or as it was (0).
    Zoom(i8),
    /// Something on the first screen.
    Welcome(welcome::Message),
    /// Something on *Overblik*.
    Overview(overview::Message),
    /// Something on *Fordelingsregler*.
    Rules(rules::Message),
    /// Something on *Fagsystemer*.
    Fagsystems(fagsystems::Message),
    /// Something on *Kontaktpunkter*.
    ContactPoints(contact_points::Message),
    /// Something on *Myndigheder*.
    Authorities(authorities::Message),
    /// Something on *KLE-plan*.
    Kle(kle::Message),
    /// Something on *Meddelelser*.
    Messages(messages::Message),
    /// Something on *Router*.
    Router(router::Message),
    /// Something on *Ændringer*.
    Changes(changes::Message),
    /// Something on *Udgivelser*.
    History(history::Message),
    /// Something on *Filer*.
    Files(files::Message),
    /// Something in the command palette.
    Palette(palette::Message),
    /// Something on a notice.
    Toast(toasts::Message),
    /// What was done last is to be taken back: what is being written first.
    Undo,
    /// The last step of the draft is to be taken back.
    UndoStep,
    /// The step taken back last is to be done again.
    Redo,
    /// The draft's changes are to be put on top of the newest publication.
    CarryOver,
    /// What is open in an editor is to be saved in the draft.
    Save,
    /// Something new is to be begun.
    New,
    /// Something is searched for.
    Search,
    /// Whatever is open is to be left.
    Leave,
    /// The publication is to be prepared.
    PreparePublishing,
    /// A rule is to be shown.
    FindRule(Priority),
    /// What past messages would notice of other rules was worked out.
    Foreseen(Foreseen),
    /// It is time to look at the store.
    Look(Instant),
    /// The data were looked at, after that turn of the window's router.
    Looked(u64, Result<PollResult, Error>),
    /// The draft was kept, or was not.
    DraftKept(DraftToSave, Result<i64, Error>),
    /// The draft was published, or was not.
    Published(Result<(Arc<Publication>, i64), Error>),
    /// The very first rules were published, or were not.
    FirstPublished(Result<(), Error>),
    /// The history was read.
    HistoryRead(Result<Vec<PublicationEntry>, Error>),
    /// A publication was read, to be compared.
    PublicationRead(Result<Arc<Publication>, Error>),
    /// A publication was read, to be taken back as a draft.
    PublicationToRestore(Result<Arc<Publication>, Error>),
    /// A KLE plan was kept, or was not.
    KlePlanKept(Result<SavedKlePlan, Error>),
    /// The journal was read.
    JournalRead(Result<JournalSummary, Error>),
    /// The fagsystem with that name was put back in use, or was not.
    Resumed(String, Result<Arc<Publication>, Error>),
    /// The machine's clock was confirmed, or not.
    ClockConfirmed(Result<(), Error>),
    /// The overview was read, under that number.
    OverviewRead(u64, Result<Overview, Error>),
    /// The sample municipality was set up, or was not.
    SampleBegun(Result<SampleStarted, Error>),
    /// The router was started, or was not.
    RouterStarted(Result<OwnRouter, Error>),
    /// API keys were changed, or were not; and the one that was made.
    KeysChanged(Result<SavedApiKeys, Error>, Option<ApiKey>),
    /// The router has stopped.
    RouterStopped,
    /// The practice fagsystems were started, or were not.
    PracticeStarted(Result<SocketAddr, Error>),
    /// Sample messages were answered, or were not.
    LettersSent(Result<(), Error>),
    /// Secrets are kept there from now on, or are not.
    SecretsMoved(Result<Home, Error>),
    /// The settings were kept, or were not.
    SettingsSaved(Result<(), Error>),
    /// To the next field (true) or the one before.
    Focus(bool),
    /// Shift, Ctrl or Alt was pressed or let go.
    Modifiers(Modifiers),
    /// Files were dropped on the window.
    Dropped(Vec<PathBuf>),
    /// The window has another size.
    Resized(Size),
    /// The window is to be closed.
    CloseRequested(iced_window::Id),
    /// What ran has ended.
    Ended(iced_window::Id),
}

impl Desktop {
    /// Opens the store, and starts what ran when the window was last closed.
    pub fn open(data: &Path) -> (Self, Task<Message>) {
        Self::open_as(data, Timestamp::now, User::of_system())
    }

    /// Opens the store with a clock and a user of one's own. A name alone is a user whose preferences nobody keeps.
    pub fn open_as(data: &Path, now: fn() -> Timestamp, user: impl Into<User>) -> (Self, Task<Message>) {
        let user = user.into();
        let services = Services::open(data);
        let kept = services.as_ref().map_err(Error::clone).and_then(Services::settings);
        let (services, settings) = match (services, kept) {
            (Ok(services), Ok(settings)) => (Ok(Arc::new(services)), settings),
            (Err(error), _) | (_, Err(error)) => (Err(error), Settings::default()),
        };
        let former = services.as_ref().ok().and_then(|services| services.former_preferences().ok());
        let (preferences, unread) = match &user.preferences {
            Some(file) => read_preferences(file, former.as_ref()),
            None => (Preferences::default(), None),
        };
        let mut desktop = Self {
            services,
            now,
            user,
            router: router::Screen::new(&settings),
            overview: overview::Screen::default(),
            rules: rules::Screen::new(preferences.views.get(rules::VIEW)),
            bench: None,
            kle_plan: Arc::default(),
            kle_revision: None,
            record: JournalSummary::default(),
            reading: Reading::default(),
            rows: Vec::new(),
            seen: None,
            day: clock::in_denmark(now()).date(),
            authority: None,
            page: Page::Rules,
            router_state: RouterState::Stopped,
            hindrances: Arc::default(),
            router_turn: 0,
            size: window::size(&preferences),
            modifiers: Modifiers::empty(),
            awaits_publishing: None,
            foresight: Foresight::default(),
            closing: None,
            refused_to_close: false,
            welcome: welcome::Screen::default(),
            fagsystems: fagsystems::Screen::default(),
            contact_points: contact_points::Screen::new(preferences.views.get(contact_points::VIEW)),
            authorities: authorities::Screen::default(),
            kle: kle::Screen::default(),
            files: files::Screen::default(),
            messages: messages::Screen::new(&settings),
            changes: changes::Screen::default(),
            history: history::Screen::default(),
            palette: None,
            toasts: Toasts::default(),
            kept_settings: settings.clone(),
            settings,
            kept_preferences: preferences.clone(),
            preferences,
        };
        desktop.warn_of(unread.map(Error::Preferences).as_ref());
        let (router, window_ran_last, nobody_ran_last) = match &desktop.services {
            Ok(services) => (services.router_now(), services.window_ran_last(), services.nobody_ran_last()),
            Err(_) => (None, false, false),
        };
        desktop.router_state = desktop.router_at_rest();
        desktop.see_router(router);
        let is_to_start = desktop.settings.router_runs && window_ran_last && router == Some(RouterNow::Nobody);
        if desktop.settings.router_runs && nobody_ran_last && matches!(desktop.router_state, RouterState::Stopped) {
            desktop.toasts.warn(desktop.t().router_not_started.to_owned());
        }
        // Where a router runs, how it goes comes first.
        if is_to_start || matches!(desktop.router_state, RouterState::Elsewhere(_)) {
            desktop.page = Page::Overview;
        }
        let mut tasks = vec![desktop.look()];
        if let Some(address) = desktop.settings.practice {
            tasks.push(desktop.ask(Message::PracticeStarted, move |services| services.resume_practice(address)));
        }
        if is_to_start && desktop.settings.damaged.is_empty() {
            let settings = desktop.settings.clone();
            tasks.push(desktop.start_router(settings));
        }
        (desktop, Task::batch(tasks))
    }

    fn t(&self) -> &'static Texts {
        texts(self.preferences.language)
    }

    /// How things look.
    #[must_use]
    pub fn theme(&self) -> Theme {
        theme::theme(self.preferences.theme)
    }

    /// How much everything is enlarged.
    #[must_use]
    pub fn scale_factor(&self) -> f32 {
        f32::from(self.preferences.zoom_percent) / 100.0
    }

    /// What the window listens for.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            iced::time::every(LOOK_INTERVAL).map(Message::Look),
            iced_window::resize_events().map(|(_, size)| Message::Resized(size)),
            iced_window::close_requests().map(Message::CloseRequested),
            iced::event::listen_with(|event, _, _| match event {
                iced::Event::Window(iced_window::Event::FileDropped(path)) => Some(Message::Dropped(vec![path])),
                _ => None,
            }),
        ])
    }

    fn scene(&self) -> Option<Scene<'_>> {
        let bench = self.bench.as_ref()?;
        let authority = bench.authority(self.authority)?;
        let data = self.services.as_ref().ok()?.data();
        let width = self.size.width - frame::SIDEBAR_WIDTH;
        let size = Size::new(width, self.size.height);
        Some(Scene {
            t: self.t(),
            bench,
            authority,
            kle: &self.kle_plan,
            record: &self.record,
            foresight: &self.foresight,
            today: self.day,
            now: (self.now)(),
            user: &self.user.name,
            settings: &self.settings,
            data,
            size,
        })
    }

    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let (page, opened) = (self.page, self.opened());
        let task = self.take(message);
        self.bring_up_to_date();
        let in_sight = self.bring_in_sight(page, opened.as_ref());
        Task::batch([in_sight, task, self.save_draft(), self.foresee()])
    }

    fn take(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Show(page) => return self.show(page),
            Message::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Message::SwitchLanguage => {
                self.preferences.language = self.preferences.language.other();
                return self.save_preferences();
            }
            Message::SwitchTheme => {
                self.preferences.theme = self.preferences.theme.other();
                return self.save_preferences();
            }
            Message::Zoom(step) => return self.zoom(step),
            Message::Welcome(message) => return self.update_welcome(message),
            Message::Overview(message) => return self.update_overview(message),
            Message::Rules(message) => return self.update_rules(message),
            Message::Fagsystems(message) => return self.update_fagsystems(message),
            Message::ContactPoints(message) => return self.update_contact_points(message),
            Message::Authorities(message) => return self.update_authorities(message),
            Message::Kle(message) => return self.update_kle(message),
            Message::Files(message) => return self.update_files(message),
            Message::Messages(message) => return self.update_messages(message),
            Message::Router(message) => return self.update_router(message),
            Message::Changes(message) => return self.update_changes(message),
            Message::History(message) => return self.update_history(message),
            Message::Palette(message) => return self.update_palette(message),
            Message::Toast(message) => return self.update_toasts(message),
            Message::Undo => return self.undo(),
            Message::UndoStep => self.undo_step(),
            Message::Redo => self.redo(),
            Message::CarryOver => self.carry_over(),
            Message::Save => return self.save_form(),
            Message::New => return self.begin_new(),
            Message::Search => return self.search(),
            Message::Leave => return self.leave(),
            Message::PreparePublishing => return self.prepare_publishing(),
            Message::FindRule(priority) => return self.act(Action::FindRule(priority)),
            Message::Foreseen(foreseen) => self.foreseen(foreseen),
            Message::Look(_) => return self.time_passes(),
            Message::Looked(turn, looked) => return self.looked(turn, looked),
            Message::DraftKept(kept, result) => return self.draft_kept(kept, result),
            Message::Published(published) => return self.published(published),
            Message::FirstPublished(published) => return self.first_published(published),
            Message::HistoryRead(read) => match read {
                Ok(entries) => self.history.list(entries),
                Err(error) => self.warn_of(Some(&error)),
            },
            Message::PublicationRead(read) => match read {
                Ok(publication) => self.history.has_read(publication),
                Err(error) => self.warn_of(Some(&error)),
            },
            Message::PublicationToRestore(read) => return self.restore(read),
            Message::KlePlanKept(kept) => self.kle_plan_kept(kept),
            Message::JournalRead(read) => self.journal_read(read),
            Message::Resumed(name, resumed) => return self.resumed(&name, resumed),
            Message::ClockConfirmed(confirmed) => {
                self.warn_of(confirmed.err().as_ref());
                return self.look();
            }
            Message::OverviewRead(number, read) => return self.overview_read(number, read),
            Message::SampleBegun(begun) => return self.sample_begun(begun),
            Message::RouterStarted(started) => return self.router_started(started),
            Message::KeysChanged(changed, made) => self.keys_changed(changed, made),
            Message::RouterStopped => {
                self.turn_router(RouterState::Stopped);
                return self.look();
            }
            Message::LettersSent(sent) => {
                self.router.sent();
                self.warn_of(sent.err().as_ref());
                return self.look();
            }
            Message::PracticeStarted(started) => self.warn_of(started.err().as_ref()),
            Message::SecretsMoved(moved) => return self.secrets_moved(moved),
            Message::SettingsSaved(saved) => self.warn_of(saved.err().as_ref()),
            Message::Focus(forwards) => {
                return if forwards { operation::focus_next() } else { operation::focus_previous() };
            }
            Message::Modifiers(modifiers) => return self.modifiers_changed(modifiers),
            Message::Dropped(paths) => return self.receive(paths),
            Message::Resized(size) => {
                self.size = size;
                self.preferences.window = Some(window::kept_size(size));
            }
            Message::CloseRequested(window) => return self.close(window),
            Message::Ended(window) => return iced_window::close(window),
        }
        Task::none()
    }

    fn show(&mut self, page: Page) -> Task<Message> {
        let dropped = if self.rules.is_moving() {
            // Rules on their way stay where they have come to: the keys that moved them are let go elsewhere.
            self.update_rules(rules::Message::Key(rules::ListKey::Drop))
        } else {
            Task::none()
        };
        self.page = page;
        self.palette = None;
        match page {
            Page::Overview | Page::Fagsystems => Task::batch([dropped, self.read_overview()]),
            Page::History => Task::batch([dropped, self.ask(Message::HistoryRead, Services::history)]),
            Page::Messages => Task::batch([dropped, self.show_messages()]),
            _ => dropped,
        }
    }

    fn choose_authority(&mut self, cvr: Cvr) -> Task<Message> {
        if self.is_writing() {
            return self.keep_form();
        }
        self.authority = Some(cvr);
        self.rules.forget();
        self.fagsystems.close();
        self.contact_points.close();
        Task::none()
    }

    fn zoom(&mut self, step: i8) -> Task<Message> {
        let (zoom, before) = (self.preferences.zoom_percent, self.scale_factor());
        let next = match step {
            0 => Some(100),
            1.. => ZOOMS.into_iter().find(|it| *it > zoom),
            _ => ZOOMS.into_iter().rev().find(|it| *it < zoom),
        };
        // Not so large that nothing has room.
        let has_room = |next: u16| self.size.width * f32::from(zoom) / f32::from(next) >= LEAST_WIDTH;
        let Some(next) = next.filter(|next| *next <= zoom || has_room(*next)) else { return Task::none() };
        self.preferences.zoom_percent = next;
        // The window stays as it is, so there is less room in it when everything is larger. Nobody else says so.
        self.size = self.size * (before / self.scale_factor());
        self.preferences.window = Some(window::kept_size(self.size));
        self.save_preferences()
    }

    /// Nothing that was written is lost by going elsewhere.
    fn keep_form(&mut self) -> Task<Message> {
        self.toasts.keep_form(self.t().unsaved.to_owned());
        Task::none()
    }

    fn publication_number(&self) -> Option<PublicationNumber> {
        self.bench.as_ref().map(|bench| bench.published().number)
    }

    fn warn_of(&mut self, error: Option<&Error>) {
        if let Some(error) = error {
            self.toasts.warn((self.t().error)(error));
        }
    }

    fn save_settings(&mut self) -> Task<Message> {
        let settings = self.settings.clone();
        let before = std::mem::replace(&mut self.kept_settings, settings.clone());
        self.ask(Message::SettingsSaved, move |services| services.save_settings(before, settings))
    }

    fn save_preferences(&mut self) -> Task<Message> {
        Task::perform(self.keep_preferences(), Message::SettingsSaved)
    }

    /// Keeps what the person has chosen since it was kept last, where there is a file for it.
    fn keep_preferences(&mut self) -> impl Future<Output = Result<(), Error>> + use<> {
        let (after, file) = (self.preferences.clone(), self.user.preferences.clone());
        let before = std::mem::replace(&mut self.kept_preferences, after.clone());
        async move {
            let Some(file) = file.filter(|_| before != after) else { return Ok(()) };
            let kept = tokio::task::spawn_blocking(move || save_preferences(&file, &before, &after)).await;
            kept.map_err(|_| Error::Lost)?.map_err(Error::Preferences)
        }
    }

    /// Has something done, when there is a store to do it with.
    fn ask<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        &self,
        told: impl Fn(T) -> Message + Send + 'static,
        what: impl FnOnce(Arc<Services>) -> F,
    ) -> Task<Message> {
        match &self.services {
            Ok(services) => Task::perform(what(Arc::clone(services)), told),
            Err(_) => Task::none(),
        }
    }
}
