//! What all screens see.

use std::future::Future;
use std::sync::Arc;

use iced::keyboard::Modifiers;
use iced::{Size, Task};
use jiff::Timestamp;
use jiff::civil::Date;

use super::message::Message;
use super::window_size::SIDEBAR_WIDTH;
use crate::desktop::language::{Texts, texts};
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::overview_reading::OverviewReading;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::Services;
use crate::desktop::service::User;
use crate::router::Hindrance;
use crate::rules::{Cvr, KlePlan};
use crate::store::{Imprint, JournalRow, PublicationNumber, RouterSettings, WindowSettings};

/// What the window knows, and lends to the screens.
#[derive(Debug)]
pub(super) struct Shared {
    pub services: Result<Arc<Services>, Error>,
    pub now: fn() -> Timestamp,
    /// Who sits here.
    pub user: User,
    pub preferences: Preferences,
    /// As their file has them, as far as is known.
    pub kept_preferences: Preferences,
    pub settings: RouterSettings,
    /// As the store has them, as far as is known.
    pub kept_settings: RouterSettings,
    pub window_settings: WindowSettings,
    /// As the store has them, as far as is known.
    pub kept_window_settings: WindowSettings,
    /// `None` before the first publication.
    pub bench: Option<Workbench>,
    /// What KLE numbers mean.
    pub kle_plan: Arc<KlePlan>,
    /// The plan's revision in the store; `None` before the first look.
    pub kle_revision: Option<i64>,
    pub record: JournalSummary,
    pub overview: OverviewReading,
    /// The newest messages, the newest first.
    pub rows: Vec<JournalRow>,
    pub foresight: Foresight,
    pub day: Date,
    pub authority: Option<Cvr>,
    pub page: Page,
    pub router_state: RouterState,
    /// What will not work, as the window's router has found it.
    pub hindrances: Arc<Vec<Hindrance>>,
    pub size: Size,
    pub modifiers: Modifiers,
}

impl Shared {
    pub fn t(&self) -> &'static Texts {
        texts(self.preferences.language)
    }

    /// `None` before the first publication.
    pub fn scene(&self) -> Option<Scene<'_>> {
        let bench = self.bench.as_ref()?;
        let services = self.services.as_ref().ok()?;
        Some(Scene {
            t: self.t(),
            bench,
            authority: bench.authority(self.authority)?,
            kle: &self.kle_plan,
            record: &self.record,
            foresight: &self.foresight,
            today: self.day,
            now: (self.now)(),
            user: &self.user.name,
            settings: &self.settings,
            is_practice: self.window_settings.practice.is_some(),
            services,
            page: self.page,
            router: &self.router_state,
            hindrances: &self.hindrances,
            rows: &self.rows,
            overview: self.overview.shown(),
            modifiers: self.modifiers,
            data: services.data(),
            size: Size::new(self.size.width - SIDEBAR_WIDTH, self.size.height),
        })
    }

    /// Which authority is shown.
    pub fn shown_authority(&self) -> Option<Cvr> {
        self.bench.as_ref()?.authority(self.authority).map(|authority| authority.cvr)
    }

    pub fn publication_number(&self) -> Option<PublicationNumber> {
        self.bench.as_ref().map(|bench| bench.published().number)
    }

    pub fn imprint(&self, note: String) -> Imprint {
        Imprint { at: (self.now)(), by: self.user.name.clone(), note }
    }

    /// Has something done, when there is a store to do it with.
    pub fn serve<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Services>) -> F,
        told: impl Fn(T) -> Message + Send + 'static,
    ) -> Task<Message> {
        match &self.services {
            Ok(services) => Task::perform(work(Arc::clone(services)), told),
            Err(_) => Task::none(),
        }
    }
}
