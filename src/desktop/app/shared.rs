//! The state that all screens share.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::Modifiers;
use iced::{Size, Task};
use jiff::Timestamp;
use jiff::civil::Date;

use super::message::Message;
use super::window_size::{
    FRAME, GUIDE_BESIDE, GUIDE_OVER, SIDEBAR_WIDTH, ScreenFacts, TRAINING_BAND, WIDE_FOR_GUIDE, band_height,
};
use crate::desktop::language::{Texts, texts};
use crate::desktop::model::error::Error;
use crate::desktop::model::foresight::Foresight;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::desktop::model::overview_reading::OverviewReading;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::routers::Routers;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{Services, User};
use crate::router::Hindrance;
use crate::rules::{Cvr, KlePlan};
use crate::store::{Imprint, JournalRow, OtherWindow, Permissions, PublicationNumber, RouterSettings, WindowSettings};

/// The part of the state that screens may read, through a [`Scene`].
#[derive(Debug)]
pub(super) struct Shared {
    pub services: Result<Arc<Services>, Error>,
    /// The data directory, whether or not it could be opened.
    pub data: PathBuf,
    pub now: fn() -> Timestamp,
    /// The user of the window, who publishes and whose preferences are saved.
    pub user: User,
    pub preferences: Preferences,
    /// The preferences as they were last read from or written to their file.
    pub saved_preferences: Preferences,
    pub settings: RouterSettings,
    /// The settings as they were last read from or written to the store.
    pub saved_settings: RouterSettings,
    pub window_settings: WindowSettings,
    /// The window settings as they were last read from or written to the store.
    pub saved_window_settings: WindowSettings,
    /// `None` before the first publication.
    pub bench: Option<Workbench>,
    /// The plan that gives KLE numbers their titles.
    pub kle_plan: Arc<KlePlan>,
    /// The plan's revision in the store; `None` before the first poll.
    pub kle_revision: Option<i64>,
    pub journal: JournalSummary,
    pub overview: OverviewReading,
    /// The newest messages, latest first.
    pub rows: Vec<JournalRow>,
    pub foresight: Foresight,
    /// Today by the calendar. Which day's rules are shown stands in the workbench.
    pub today: Date,
    pub authority: Option<Cvr>,
    pub page: Page,
    pub router_state: RouterState,
    /// The routers that share the database; `None` where it is in the data directory.
    pub routers: Option<Routers>,
    /// The name that the database has for the user; `None` where it is in the data directory.
    pub database_user: Option<String>,
    /// What the user may do with the data.
    pub permissions: Permissions,
    /// The windows that others have open on the same database.
    pub others: Vec<OtherWindow>,
    /// Problems that the window's router has found before they affect messages.
    pub hindrances: Arc<Vec<Hindrance>>,
    /// Whether the guide is open.
    pub has_guide: bool,
    pub size: Size,
    /// The screen that it is on.
    pub screen: ScreenFacts,
    pub modifiers: Modifiers,
}

impl Shared {
    /// Whether the window works on training data.
    pub fn is_training(&self) -> bool {
        self.services.as_ref().is_ok_and(|services| services.is_training())
    }

    /// The size of the window within the frame of training.
    pub fn room(&self) -> Size {
        if !self.is_training() {
            return self.size;
        }
        Size::new(self.size.width - 2.0 * FRAME, self.size.height - TRAINING_BAND - 2.0 * FRAME)
    }

    /// The width of the guide beside the screen; `None` where it is closed, or lies over the screen.
    pub fn guide_width(&self) -> Option<f32> {
        let is_beside = self.has_guide && self.bench.is_some() && self.room().width >= WIDE_FOR_GUIDE;
        is_beside.then_some(GUIDE_BESIDE)
    }

    /// The width of the guide where it lies over the screen.
    pub fn width_over(&self) -> f32 {
        GUIDE_OVER.min(self.room().width - 1.0)
    }

    /// The width of the screen, which is the window without the sidebar and the guide beside it.
    pub fn screen_width(&self) -> f32 {
        self.room().width - SIDEBAR_WIDTH - self.guide_width().map_or(0.0, |width| width + 1.0)
    }

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
            journal: &self.journal,
            foresight: &self.foresight,
            today: self.today,
            now: (self.now)(),
            user: self.user_name(),
            settings: &self.settings,
            is_practice: self.window_settings.practice.is_some(),
            services,
            page: self.page,
            router: &self.router_state,
            routers: self.routers.as_ref(),
            others: &self.others,
            hindrances: &self.hindrances,
            rows: &self.rows,
            overview: self.overview.shown(),
            modifiers: self.modifiers,
            data: services.data(),
            size: Size::new(self.screen_width(), self.room().height - self.band_height()),
        })
    }

    /// The pages that there are now, in the order of the sidebar.
    pub fn pages(&self) -> impl Iterator<Item = Page> + use<> {
        let (has_practice, is_training) = (self.window_settings.practice.is_some(), self.is_training());
        Page::ALL.into_iter().filter(move |page| match page {
            Page::Lessons => is_training,
            Page::Practice => has_practice,
            Page::Traffic => has_practice && is_training,
            _ => true,
        })
    }

    /// The day whose rules are shown.
    pub fn day(&self) -> Date {
        self.looked_at().unwrap_or(self.today)
    }

    /// The day whose rules are shown, where that is not today.
    pub fn looked_at(&self) -> Option<Date> {
        self.bench.as_ref().and_then(Workbench::looked_at)
    }

    /// The height of the band that says that another day is shown.
    pub fn band_height(&self) -> f32 {
        if self.looked_at().is_some() { band_height(self.room()) } else { 0.0 }
    }

    /// The selected authority, or the first one.
    pub fn shown_authority(&self) -> Option<Cvr> {
        self.bench.as_ref()?.authority(self.authority).map(|authority| authority.cvr)
    }

    pub fn publication_number(&self) -> Option<PublicationNumber> {
        self.bench.as_ref().map(|bench| bench.published().number)
    }

    /// The name that publications are made under: the database's for the user, where it has one.
    fn user_name(&self) -> &str {
        self.database_user.as_deref().unwrap_or(&self.user.name)
    }

    pub fn imprint(&self, note: String) -> Imprint {
        Imprint { at: (self.now)(), by: self.user_name().to_owned(), note }
    }

    /// Runs work of the services and sends the application its result. Does nothing when the store could not be opened.
    pub fn serve<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Services>) -> F,
        to_message: impl Fn(T) -> Message + Send + 'static,
    ) -> Task<Message> {
        match &self.services {
            Ok(services) => Task::perform(work(Arc::clone(services)), to_message),
            Err(_) => Task::none(),
        }
    }
}
