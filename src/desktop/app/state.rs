//! The application's state.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use iced::keyboard::Modifiers;
use iced::window as iced_window;
use iced::{Subscription, Task, Theme};
use jiff::Timestamp;

use super::message::Message;
use super::palette::Palette;
use super::shared::Shared;
use super::toasts::Toasts;
use super::window_size as window;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_reading::JournalReading;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::overview_reading::OverviewReading;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::table::Screens;
use crate::desktop::screen::welcome::WelcomeScreen;
use crate::desktop::service::User;
use crate::desktop::service::{Services, read_preferences};
use crate::desktop::theme;
use crate::store::RouterNow;

/// How often the store is looked at for what others have written.
const LOOK_INTERVAL: Duration = Duration::from_millis(400);

/// The application's state.
#[derive(Debug)]
pub struct Desktop {
    pub(super) shared: Shared,
    pub(super) screens: Screens,
    /// The first screen, before anything has been published.
    pub(super) welcome: WelcomeScreen,
    pub(super) palette: Option<Palette>,
    pub(super) toasts: Toasts,
    pub(super) reading: JournalReading,
    /// The version of the store's data that was seen last.
    pub(super) seen: Option<i64>,
    /// How often this window's router has begun or ended something: what was seen of it before no longer holds.
    pub(super) router_turn: u64,
    /// What is to be said of the draft once it is kept and can be published.
    pub(super) awaits_publishing: Option<String>,
    /// To be closed once everything is kept.
    pub(super) closing: Option<iced_window::Id>,
    /// It was not closed because something had been written; asked again, it closes.
    pub(super) refused_to_close: bool,
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
        let kept = |services: &Services| Ok((services.settings()?, services.window_settings()?));
        let kept = services.as_ref().map_err(Error::clone).and_then(kept);
        let (services, (settings, window_settings)) = match (services, kept) {
            (Ok(services), Ok(kept)) => (Ok(Arc::new(services)), kept),
            (Err(error), _) | (_, Err(error)) => (Err(error), Default::default()),
        };
        let former = services.as_ref().ok().and_then(|services| services.former_preferences().ok());
        let (preferences, unread) = match &user.preferences {
            Some(file) => read_preferences(file, former.as_ref()),
            None => (Preferences::default(), None),
        };
        let screens = Screens::open(&settings, &preferences);
        let shared = Shared {
            services,
            now,
            user,
            size: window::size(&preferences),
            kept_settings: settings.clone(),
            settings,
            kept_window_settings: window_settings,
            window_settings,
            kept_preferences: preferences.clone(),
            preferences,
            bench: None,
            kle_plan: Arc::default(),
            kle_revision: None,
            record: JournalSummary::default(),
            overview: OverviewReading::default(),
            rows: Vec::new(),
            foresight: Foresight::default(),
            day: clock::in_denmark(now()).date(),
            authority: None,
            page: Page::Rules,
            router_state: RouterState::Stopped,
            hindrances: Arc::default(),
            modifiers: Modifiers::empty(),
        };
        let mut desktop = Self {
            shared,
            screens,
            welcome: WelcomeScreen::default(),
            palette: None,
            toasts: Toasts::default(),
            reading: JournalReading::default(),
            seen: None,
            router_turn: 0,
            awaits_publishing: None,
            closing: None,
            refused_to_close: false,
        };
        desktop.warn_of(unread.map(Error::Preferences).as_ref());
        let (router, window_ran_last, nobody_ran_last) = match &desktop.shared.services {
            Ok(services) => (services.router_now(), services.window_ran_last(), services.nobody_ran_last()),
            Err(_) => (None, false, false),
        };
        desktop.shared.router_state = desktop.router_at_rest();
        desktop.see_router(router);
        let is_to_start =
            desktop.shared.window_settings.router_runs && window_ran_last && router == Some(RouterNow::Nobody);
        if desktop.shared.window_settings.router_runs
            && nobody_ran_last
            && matches!(desktop.shared.router_state, RouterState::Stopped)
        {
            desktop.toasts.warn(desktop.shared.t().router_not_started.to_owned());
        }
        // Where a router runs, how it goes comes first.
        if is_to_start || matches!(desktop.shared.router_state, RouterState::Elsewhere(_)) {
            desktop.shared.page = Page::Overview;
        }
        let mut tasks = vec![desktop.look()];
        if let Some(address) = desktop.shared.window_settings.practice {
            tasks.push(
                desktop.shared.serve(move |services| services.resume_practice(address), Message::PracticeStarted),
            );
        }
        if is_to_start && desktop.shared.settings.damaged.is_empty() {
            let settings = desktop.shared.settings.clone();
            tasks.push(desktop.start_router(settings));
        }
        (desktop, Task::batch(tasks))
    }

    /// How things look.
    #[must_use]
    pub fn theme(&self) -> Theme {
        theme::theme(self.shared.preferences.theme)
    }

    /// How much everything is enlarged.
    #[must_use]
    pub fn scale_factor(&self) -> f32 {
        f32::from(self.shared.preferences.zoom_percent) / 100.0
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
}
