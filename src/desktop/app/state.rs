//! The application's state, and how the window opens.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use iced::keyboard::Modifiers;
use iced::window as iced_window;
use iced::{Subscription, Task, Theme};
use jiff::Timestamp;

use super::day_state::Looking;
use super::message::Message;
use super::palette_state::Palette;
use super::shared::Shared;
use super::toasts::Toasts;
use super::tour_state::Tour;
use super::window_message::WindowMessage;
use super::window_size::{self as window, Placing, ScreenFacts};
use crate::clock;
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_reading::JournalReading;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::overruling::Overruling;
use crate::desktop::model::overview_reading::OverviewReading;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::routers::Routers;
use crate::desktop::screen::about::AboutScreen;
use crate::desktop::screen::guide::GuideScreen;
use crate::desktop::screen::table::Screens;
use crate::desktop::screen::welcome::WelcomeScreen;
use crate::desktop::service::{Lookout, PictureToSave, Services, User, read_preferences};
use crate::desktop::theme;
use crate::desktop::widget::FocusPlace;
use crate::policy::{Listening, Policy};
use crate::store::{DataPlace, Permissions, RouterNow, RouterSettings, WindowSettings};

/// How often the window looks again while something moves, or is to begin once some time has passed.
const MOVING: Duration = Duration::from_millis(400);

/// The application's state.
#[derive(Debug)]
pub struct Desktop {
    pub(super) shared: Shared,
    pub(super) screens: Screens,
    /// The first screen, before anything has been published.
    pub(super) welcome: WelcomeScreen,
    pub(super) palette: Option<Palette>,
    /// The guide while it is open.
    pub(super) guide: Option<GuideScreen>,
    /// *Om* while it is shown.
    pub(super) about: Option<AboutScreen>,
    pub(super) tour: Option<Tour>,
    /// Whether the tour begins by itself.
    pub(super) greets: bool,
    /// What had the focus on which screen before something was laid over it.
    pub(super) focus_before: Option<(Page, FocusPlace)>,
    pub(super) looking: Looking,
    pub(super) toasts: Toasts,
    pub(super) reading: JournalReading,
    /// The version of the store's data at the last poll; `None` before the first.
    pub(super) store_version: Option<i64>,
    /// How many polls have failed since the last that did not: there may be something that is not known yet.
    pub(super) failed_polls: u32,
    /// Counts the changes of the window's router. A poll that began under an earlier count says nothing about its state.
    pub(super) router_generation: u64,
    /// The note of a publication that waits for the draft to be saved.
    pub(super) note_to_publish: Option<(String, Option<Overruling>)>,
    /// The pictures for which people are choosing a place, each by its number.
    pub(super) pictures_to_place: BTreeMap<u64, PictureToSave>,
    pub(super) next_picture: u64,
    /// The last picture for which no place was chosen.
    pub(super) unplaced_picture: Option<(u64, PictureToSave)>,
    pub(super) placing: Placing,
    /// The window that is to close once the draft is saved.
    pub(super) closing: Option<iced_window::Id>,
    /// Counts the data directories that the window has worked on.
    pub(super) session: u64,
    /// The data that the window goes back to when training is left.
    pub(super) left: Option<DataPlace>,
    /// The files that the window was opened with, until they are read.
    pub(super) files_to_open: Vec<PathBuf>,
    /// Training is begun on data in which nothing has been published yet.
    pub(super) is_beginning_training: bool,
    /// People have been warned of unsaved changes, so the next request to close is obeyed.
    pub(super) has_warned_before_closing: bool,
}

impl Desktop {
    /// Opens the store and starts what ran when the window was last closed.
    pub fn open(data: &DataPlace, policy: Policy) -> (Self, Task<Message>) {
        let (desktop, task) = Self::open_at(data, Timestamp::now, User::of_system().under(policy));
        (desktop.greeting(), task)
    }

    /// The same with another clock and user. A user given as a name alone has no preferences file.
    pub fn open_as(data: &Path, now: fn() -> Timestamp, user: impl Into<User>) -> (Self, Task<Message>) {
        Self::open_at(&data.to_owned().into(), now, user)
    }

    /// The same on data that may be on a server.
    pub fn open_at(data: &DataPlace, now: fn() -> Timestamp, user: impl Into<User>) -> (Self, Task<Message>) {
        let user = user.into();
        let (services, (settings, window_settings)) = open_services(data, user.policy.listening);
        let former = services.as_ref().ok().and_then(|services| services.former_preferences().ok());
        let (mut preferences, preferences_error) = match &user.preferences {
            Some(file) => read_preferences(file, former.as_ref()),
            None => (Preferences::default(), None),
        };
        let saved_preferences = preferences.clone();
        preferences.language = user.policy.language.unwrap_or(preferences.language);
        let screens = Screens::open(&settings, &preferences);
        let shared = Shared {
            services,
            data: std::path::absolute(&data.directory).unwrap_or_else(|_| data.directory.clone()),
            now,
            user,
            size: window::size(&preferences),
            screen: ScreenFacts::default(),
            saved_settings: settings.clone(),
            settings,
            saved_window_settings: window_settings,
            window_settings,
            saved_preferences,
            preferences,
            bench: None,
            kle_plan: Arc::default(),
            kle_revision: None,
            journal: JournalSummary::default(),
            overview: OverviewReading::default(),
            rows: Vec::new(),
            foresight: Foresight::default(),
            today: clock::in_denmark(now()).date(),
            authority: None,
            page: Page::Rules,
            router_state: RouterState::Stopped,
            routers: None,
            database_user: None,
            permissions: Permissions::default(),
            others: Vec::new(),
            has_guide: false,
            hindrances: Arc::default(),
            modifiers: Modifiers::empty(),
        };
        let mut desktop = Self {
            shared,
            screens,
            welcome: WelcomeScreen::default(),
            palette: None,
            guide: None,
            about: None,
            tour: None,
            greets: false,
            focus_before: None,
            looking: Looking::default(),
            toasts: Toasts::default(),
            reading: JournalReading::default(),
            store_version: None,
            failed_polls: 0,
            router_generation: 0,
            note_to_publish: None,
            pictures_to_place: BTreeMap::new(),
            next_picture: 0,
            unplaced_picture: None,
            placing: Placing::default(),
            closing: None,
            session: 0,
            left: None,
            files_to_open: Vec::new(),
            is_beginning_training: false,
            has_warned_before_closing: false,
        };
        if let Some(error) = preferences_error {
            desktop.show_error(&Error::Preferences(error));
        }
        desktop.tell_of_upgrade();
        let task = desktop.resume_work();
        (desktop, task)
    }

    /// Says once that the database was brought up to date, and where it is as it was before.
    fn tell_of_upgrade(&mut self) {
        let Some(upgrade) = self.shared.services.as_ref().ok().and_then(|services| services.upgrade()) else { return };
        let copy = upgrade.copy.display().to_string();
        self.toasts.notify_long((self.shared.t().about.upgraded)(upgrade.from, upgrade.to, &copy));
    }

    /// Starts what ran when the window was last closed, and polls the store for the first time.
    fn resume_work(&mut self) -> Task<Message> {
        if self.shared.is_training() && self.shared.services.as_ref().is_ok_and(|services| services.is_unpublished()) {
            self.is_beginning_training = true;
            return self.begin_training();
        }
        if self.shared.services.as_ref().is_ok_and(|services| services.has_lesson() || services.is_recording_lesson()) {
            self.shared.page = Page::Lessons;
        }
        let (router, window_ran_last, nobody_ran_last) = match &self.shared.services {
            Ok(services) => (services.router_now(), services.window_ran_last(), services.nobody_ran_last()),
            Err(_) => (None, false, false),
        };
        self.shared.router_state = self.idle_router_state();
        self.learn_who_the_user_is();
        self.shared.routers = self.shared.services.as_ref().is_ok_and(|it| it.is_shared()).then(Routers::default);
        let routers = self.shared.services.as_ref().ok().and_then(|services| services.sharing_routers());
        self.see_routers(routers);
        self.update_router_state(router);
        let is_to_start =
            self.shared.window_settings.router_runs && window_ran_last && router == Some(RouterNow::Nobody);
        if self.shared.window_settings.router_runs
            && nobody_ran_last
            && matches!(self.shared.router_state, RouterState::Stopped)
        {
            self.toasts.warn(self.shared.t().router_not_started.to_owned());
        }
        // With a router running, people want to see the overview first.
        let runs = matches!(self.shared.router_state, RouterState::Elsewhere(_) | RouterState::OnServer(_));
        let has_router = is_to_start || runs;
        if has_router && self.shared.page != Page::Lessons {
            self.shared.page = Page::Overview;
        }
        let mut tasks = vec![self.poll()];
        if let Some(address) = self.shared.window_settings.practice {
            tasks.push(self.shared.serve(move |services| services.resume_practice(address), Message::PracticeStarted));
        }
        if is_to_start && self.shared.settings.damaged.is_empty() {
            let settings = self.shared.settings.clone();
            tasks.push(self.start_router(settings));
        }
        Task::batch(tasks)
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self) -> String {
        let t = self.shared.t();
        if self.shared.is_training() { t.training.window_title } else { t.window_title }.to_owned()
    }

    /// The colours that the user has chosen.
    #[must_use]
    pub fn theme(&self) -> Theme {
        theme::theme(self.shared.preferences.theme)
    }

    /// The factor that everything is enlarged by, besides what the system does: as chosen, or less where the screen has no room
    /// for that.
    #[must_use]
    pub fn scale_factor(&self) -> f32 {
        (f32::from(self.shared.preferences.zoom_percent) / 100.0).min(self.shared.screen.most_zoom())
    }

    /// That there is something new in the data, or that time has changed what is shown.
    fn news(&self) -> Subscription<Message> {
        let Ok(services) = &self.shared.services else { return Subscription::none() };
        let of = NewsOf { services: Arc::clone(services), now: self.shared.now, session: self.session };
        Subscription::run_with(of, |of| of.services.news(of.now)).map(Message::Poll)
    }

    /// What looks for news, as the window's own does.
    #[must_use]
    pub fn lookout(&self) -> Option<Lookout> {
        self.shared.services.as_ref().ok().map(|services| services.lookout(self.shared.now))
    }

    /// The events from outside that become messages.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            self.news(),
            if self.is_moving() { iced::time::every(MOVING).map(Message::Poll) } else { Subscription::none() },
            iced_window::close_requests().map(Message::CloseRequested),
            iced::event::listen_with(|event, _, window| match event {
                iced::Event::Window(iced_window::Event::FileDropped(path)) => Some(Message::Dropped(vec![path])),
                iced::Event::Window(event) => match event {
                    iced_window::Event::Opened { .. } => Some(WindowMessage::Opened(window)),
                    iced_window::Event::Moved(place) => Some(WindowMessage::Moved(window, place)),
                    iced_window::Event::Resized(size) => Some(WindowMessage::Resized(window, size)),
                    iced_window::Event::Rescaled(_) => Some(WindowMessage::Rescaled(window)),
                    _ => None,
                }
                .map(Message::Window),
                _ => None,
            }),
        ])
    }
}

/// The data that news are of.
struct NewsOf {
    services: Arc<Services>,
    now: fn() -> Timestamp,
    session: u64,
}

impl Hash for NewsOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.session, Arc::as_ptr(&self.services)).hash(state);
    }
}

/// The services and the settings in the store; the default settings where the store cannot be opened.
fn open_services(
    data: &DataPlace,
    listening: Listening,
) -> (Result<Arc<Services>, Error>, (RouterSettings, WindowSettings)) {
    let opened = Services::open(data, listening).and_then(|services| {
        let settings = (services.settings()?, services.window_settings()?);
        Ok((Arc::new(services), settings))
    });
    match opened {
        Ok((services, settings)) => (Ok(services), settings),
        Err(error) => (Err(error), Default::default()),
    }
}
