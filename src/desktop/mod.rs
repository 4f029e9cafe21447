//! The desktop application: what people see.
//!
//! [`Desktop`] holds what the screens share and turns what they ask for into effects; the screens themselves only
//! change their own state and draw.

mod language;
mod naming;
mod screen;
mod services;
mod theme;
mod toasts;
mod view;
mod widget;
mod window;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::keyboard::{self, Key, key};
use iced::widget::operation;
use iced::window as iced_window;
use iced::{Size, Subscription, Task, Theme};

use self::language::{Texts, texts};
use self::naming::Change;
use self::screen::{Scene, fagsystems, router, rules, welcome};
use self::services::{SampleBegun, Services, Sight};
use self::toasts::Toasts;
use crate::clock;
use crate::router::Receipt;
use crate::rules::{Authority, Cvr, RuleBook};
use crate::store::{JournalRow, LanguageChoice, Publication, PublicationNumber, Settings, ThemeChoice};

pub use self::services::Trouble;
pub use self::view::AuthorityChoice;
pub use self::window::{WindowError, run, settings};

/// How often the store is looked at for what others have written.
const LOOK_INTERVAL: Duration = Duration::from_millis(400);

/// The application's state.
#[derive(Debug)]
pub struct Desktop {
    services: Result<Arc<Services>, Trouble>,
    settings: Settings,
    publication: Option<Arc<Publication>>,
    rows: Vec<JournalRow>,
    seen: Option<i64>,
    authority: Option<Cvr>,
    page: Page,
    router_state: RouterState,
    width: f32,
    welcome: welcome::Screen,
    rules: rules::Screen,
    fagsystems: fagsystems::Screen,
    router: router::Screen,
    toasts: Toasts,
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// *Fordelingsregler*.
    Rules,
    /// *Fagsystemer*.
    Fagsystems,
    /// *Router*.
    Router,
}

/// Whether the window's router runs.
#[derive(Debug, Clone)]
pub enum RouterState {
    /// It does not.
    Stopped,
    /// It will in a moment.
    Starting,
    /// It takes messages at that address.
    Running(SocketAddr),
    /// It takes no more messages, and waits for those under way.
    Stopping,
    /// It cannot.
    Failed(Trouble),
}

/// What happens in the window.
#[derive(Debug, Clone)]
pub enum Message {
    /// A screen was chosen.
    Show(Page),
    /// An authority was chosen.
    ChooseAuthority(AuthorityChoice),
    /// The other language was chosen.
    SwitchLanguage,
    /// The other theme was chosen.
    SwitchTheme,
    /// Something on the first screen.
    Welcome(welcome::Message),
    /// Something on *Fordelingsregler*.
    Rules(rules::Message),
    /// Something on *Fagsystemer*.
    Fagsystems(fagsystems::Message),
    /// Something on *Router*.
    Router(router::Message),
    /// Something on a notice.
    Toast(toasts::Message),
    /// It is time to look at the store.
    Look(Instant),
    /// The store was looked at.
    Looked(Result<Option<Sight>, Trouble>),
    /// A change was published, or was not.
    Published(Change, Result<Arc<Publication>, Trouble>),
    /// The sample municipality was set up, or was not.
    SampleBegun(Result<SampleBegun, Trouble>),
    /// The router was started, or was not.
    RouterStarted(Result<SocketAddr, Trouble>),
    /// The router has stopped.
    RouterStopped,
    /// The practice fagsystems were started, or were not.
    PracticeStarted(Result<SocketAddr, Trouble>),
    /// A sample message was answered, or was not.
    LetterSent(Result<Receipt, Trouble>),
    /// The settings were kept, or were not.
    SettingsSaved(Result<(), Trouble>),
    /// A key was pressed that no field wanted.
    Key(keyboard::Event),
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
        let services = Services::open(data);
        let kept = services.as_ref().map_err(Trouble::clone).and_then(Services::settings);
        let (services, settings) = match (services, kept) {
            (Ok(services), Ok(settings)) => (Ok(Arc::new(services)), settings),
            (Err(trouble), _) | (_, Err(trouble)) => (Err(trouble), Settings::default()),
        };
        let mut desktop = Self {
            services,
            router: router::Screen::new(&settings),
            publication: None,
            rows: Vec::new(),
            seen: None,
            authority: None,
            page: Page::Rules,
            router_state: RouterState::Stopped,
            width: window::SIZE.width,
            welcome: welcome::Screen::default(),
            rules: rules::Screen::default(),
            fagsystems: fagsystems::Screen::default(),
            toasts: Toasts::default(),
            settings,
        };
        let mut tasks = vec![desktop.look()];
        if let Some(address) = desktop.settings.practice {
            tasks.push(desktop.ask(Message::PracticeStarted, move |services| services.start_practice(address)));
        }
        if desktop.settings.router_runs {
            tasks.push(desktop.start_router());
        }
        (desktop, Task::batch(tasks))
    }

    fn t(&self) -> &'static Texts {
        texts(self.settings.language)
    }

    /// How things look.
    #[must_use]
    pub fn theme(&self) -> Theme {
        theme::theme(self.settings.theme)
    }

    /// What the window listens for.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            iced::time::every(LOOK_INTERVAL).map(Message::Look),
            keyboard::listen().map(Message::Key),
            iced_window::resize_events().map(|(_, size)| Message::Resized(size)),
            iced_window::close_requests().map(Message::CloseRequested),
        ])
    }

    /// The authority that is shown: the one chosen, or else the first.
    fn shown_authority(&self) -> Option<&Authority> {
        let authorities = &self.publication.as_ref()?.book.authorities;
        authorities.iter().find(|authority| Some(authority.cvr) == self.authority).or_else(|| authorities.first())
    }

    fn scene(&self) -> Option<Scene<'_>> {
        let publication = self.publication.as_ref()?;
        let authority = self.shown_authority()?;
        let width = self.width - view::SIDEBAR_WIDTH;
        Some(Scene { t: self.t(), book: &publication.book, authority, today: clock::today(), width })
    }

    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Show(page) => self.page = page,
            Message::ChooseAuthority(_) if self.rules.is_changed() || self.fagsystems.is_changed() => {
                return self.keep_draft();
            }
            Message::ChooseAuthority(choice) => {
                self.authority = Some(choice.cvr);
                self.rules.close();
                self.fagsystems.close();
            }
            Message::SwitchLanguage => {
                self.settings.language = match self.settings.language {
                    LanguageChoice::Danish => LanguageChoice::English,
                    LanguageChoice::English => LanguageChoice::Danish,
                };
                return self.save_settings();
            }
            Message::SwitchTheme => {
                self.settings.theme = match self.settings.theme {
                    ThemeChoice::Light => ThemeChoice::Dark,
                    ThemeChoice::Dark => ThemeChoice::Light,
                };
                return self.save_settings();
            }
            Message::Welcome(message) => return self.update_welcome(message),
            Message::Rules(message) => return self.update_rules(message),
            Message::Fagsystems(message) => return self.update_fagsystems(message),
            Message::Router(message) => return self.update_router(message),
            Message::Toast(message) => {
                if let Some(before) = self.toasts.update(message) {
                    return self.publish(before, Change::TakenBack);
                }
            }
            Message::Look(_) => {
                self.toasts.expire();
                return self.look();
            }
            Message::Looked(looked) => self.looked(looked),
            Message::Published(change, published) => self.published(&change, published),
            Message::SampleBegun(begun) => self.sample_begun(begun),
            Message::RouterStarted(started) => return self.router_started(started),
            Message::RouterStopped => self.router_state = RouterState::Stopped,
            Message::LetterSent(sent) => {
                self.router.sent();
                self.warn_of(sent.err().as_ref());
                return self.look();
            }
            Message::PracticeStarted(started) => self.warn_of(started.err().as_ref()),
            Message::SettingsSaved(saved) => self.warn_of(saved.err().as_ref()),
            Message::Key(event) => return self.key(event),
            Message::Resized(size) => self.width = size.width,
            Message::CloseRequested(window) => {
                let Ok(services) = self.services.clone() else { return iced_window::close(window) };
                self.router_state = RouterState::Stopping;
                return Task::perform(services.end(), move |()| Message::Ended(window));
            }
            Message::Ended(window) => return iced_window::close(window),
        }
        Task::none()
    }

    fn update_welcome(&mut self, message: welcome::Message) -> Task<Message> {
        match self.welcome.update(message) {
            welcome::Action::None => Task::none(),
            welcome::Action::BeginSample => {
                self.router_state = RouterState::Starting;
                let (note, settings) = ((self.t().done)(&Change::SampleBegun), self.settings.clone());
                let based_on = self.publication_number();
                self.ask(Message::SampleBegun, move |services| services.begin_sample(note, settings, based_on))
            }
            welcome::Action::Publish(book, name) => self.publish(book, Change::AuthorityMade(name)),
        }
    }

    fn update_rules(&mut self, message: rules::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.rules);
        let action = self.scene().map(|scene| screen.update(message, scene));
        self.rules = screen;
        match action {
            None | Some(rules::Action::None) => Task::none(),
            Some(rules::Action::Focus(field)) => operation::focus(field),
            Some(rules::Action::Publish(book, change)) => self.publish(book, change),
            Some(rules::Action::KeepDraft) => self.keep_draft(),
        }
    }

    fn update_fagsystems(&mut self, message: fagsystems::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.fagsystems);
        let action = self.scene().map(|scene| screen.update(message, scene));
        self.fagsystems = screen;
        match action {
            None | Some(fagsystems::Action::None) => Task::none(),
            Some(fagsystems::Action::Focus(field)) => operation::focus(field),
            Some(fagsystems::Action::Publish(book, change)) => self.publish(book, change),
            Some(fagsystems::Action::KeepDraft) => self.keep_draft(),
            Some(fagsystems::Action::Probe(endpoint)) => {
                let probing = Services::probe(endpoint.clone(), self.settings.clone());
                Task::perform(probing, move |probed| {
                    Message::Fagsystems(fagsystems::Message::Probed(endpoint.clone(), probed))
                })
            }
        }
    }

    fn update_router(&mut self, message: router::Message) -> Task<Message> {
        match self.router.update(message) {
            router::Action::None => Task::none(),
            router::Action::Start(limits) => {
                self.settings.listen = limits.address;
                self.settings.connect_timeout_ms = limits.connect_ms;
                self.settings.answer_timeout_ms = limits.answer_ms;
                self.settings.router_runs = true;
                Task::batch([self.save_settings(), self.start_router()])
            }
            router::Action::Stop => {
                self.settings.router_runs = false;
                self.router_state = RouterState::Stopping;
                let stopping = self
                    .services
                    .clone()
                    .map(|services| Task::perform(services.stop_router(), |()| Message::RouterStopped));
                Task::batch([self.save_settings(), stopping.unwrap_or_else(|_| Task::none())])
            }
            router::Action::Send(letter) => match self.router_state {
                RouterState::Running(address) => Task::perform(Services::send(letter, address), Message::LetterSent),
                _ => Task::none(),
            },
        }
    }

    fn looked(&mut self, looked: Result<Option<Sight>, Trouble>) {
        let sight = match looked {
            Ok(Some(sight)) => sight,
            Ok(None) => return,
            Err(trouble) => return self.warn_of(Some(&trouble)),
        };
        self.seen = Some(sight.version);
        self.rows = sight.rows;
        let newer = sight.publication.filter(|newest| Some(newest.number) > self.publication_number());
        if let Some(newest) = newer {
            if self.publication.is_some() {
                self.toasts.tell((self.t().changed_elsewhere)(newest.number.get()), None);
            }
            self.publication = Some(newest);
        }
    }

    fn published(&mut self, change: &Change, published: Result<Arc<Publication>, Trouble>) {
        match published {
            Ok(publication) => {
                let before = self.publication.replace(publication);
                let before =
                    before.filter(|_| *change != Change::TakenBack).map(|before| RuleBook::clone(&before.book));
                self.toasts.tell((self.t().done)(change), before);
                match change {
                    Change::RuleAdded(_) | Change::RuleChanged(_) | Change::RuleDeleted(_) => self.rules.close(),
                    Change::FagsystemAdded(_)
                    | Change::FagsystemChanged(_)
                    | Change::FagsystemDeleted(_)
                    | Change::DefaultChosen(_) => self.fagsystems.close(),
                    Change::AuthorityMade(_) | Change::SampleBegun | Change::TakenBack => {}
                }
            }
            Err(trouble) => {
                self.welcome.failed();
                self.warn_of(Some(&trouble));
            }
        }
    }

    fn sample_begun(&mut self, begun: Result<SampleBegun, Trouble>) {
        match begun {
            Ok(begun) => {
                self.publication = Some(begun.publication);
                self.settings = begun.settings;
                self.router.listens_on(begun.router);
                self.router_state = RouterState::Running(begun.router);
                self.page = Page::Router;
                let is_usual = begun.router.port() == Settings::PORT;
                let words =
                    if is_usual { (self.t().done)(&Change::SampleBegun) } else { (self.t().other_port)(begun.router) };
                self.toasts.tell(words, None);
            }
            Err(trouble) => {
                self.welcome.failed();
                self.router_state = RouterState::Stopped;
                self.warn_of(Some(&trouble));
            }
        }
    }

    fn router_started(&mut self, started: Result<SocketAddr, Trouble>) -> Task<Message> {
        match started {
            Ok(address) => {
                self.router.listens_on(address);
                self.router_state = RouterState::Running(address);
                self.settings.listen = address;
                self.save_settings()
            }
            Err(trouble) => {
                self.router_state = RouterState::Failed(trouble);
                Task::none()
            }
        }
    }

    /// Tab goes from field to field; Escape leaves the editor; Ctrl+N begins something new; Ctrl+Z takes back the last
    /// change while its notice stands.
    fn key(&mut self, event: keyboard::Event) -> Task<Message> {
        let keyboard::Event::KeyPressed { key, modifiers, physical_key, .. } = event else { return Task::none() };
        if key == Key::Named(key::Named::Tab) {
            return if modifiers.shift() { operation::focus_previous() } else { operation::focus_next() };
        }
        let is_new = modifiers.command() && key.to_latin(physical_key) == Some('n');
        let is_take_back = modifiers.command() && !modifiers.shift() && key.to_latin(physical_key) == Some('z');
        if let Some(message) = self.toasts.take_back().filter(|_| is_take_back) {
            return self.update(Message::Toast(message));
        }
        let is_escape = key == Key::Named(key::Named::Escape);
        match self.page {
            Page::Rules if is_new => self.update_rules(rules::Message::New),
            Page::Fagsystems if is_new => self.update_fagsystems(fagsystems::Message::New),
            Page::Rules if is_escape => self.update_rules(rules::Message::Leave),
            Page::Fagsystems if is_escape => self.update_fagsystems(fagsystems::Message::Leave),
            _ => Task::none(),
        }
    }

    /// Nothing that was written is lost by going elsewhere.
    fn keep_draft(&mut self) -> Task<Message> {
        self.toasts.warn(self.t().unsaved.to_owned());
        Task::none()
    }

    fn publication_number(&self) -> Option<PublicationNumber> {
        self.publication.as_ref().map(|publication| publication.number)
    }

    fn warn_of(&mut self, trouble: Option<&Trouble>) {
        if let Some(trouble) = trouble {
            self.toasts.warn((self.t().trouble)(trouble));
        }
    }

    fn look(&self) -> Task<Message> {
        let (seen, known) = (self.seen, self.publication_number());
        self.ask(Message::Looked, move |services| services.look(seen, known))
    }

    fn publish(&self, book: RuleBook, change: Change) -> Task<Message> {
        let (note, based_on) = ((self.t().done)(&change), self.publication_number());
        let told = move |published| Message::Published(change.clone(), published);
        self.ask(told, move |services| services.publish(book, note, based_on))
    }

    fn save_settings(&self) -> Task<Message> {
        let settings = self.settings.clone();
        self.ask(Message::SettingsSaved, move |services| services.save_settings(settings))
    }

    fn start_router(&mut self) -> Task<Message> {
        self.router_state = RouterState::Starting;
        let settings = self.settings.clone();
        self.ask(Message::RouterStarted, move |services| services.start_router(settings))
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
