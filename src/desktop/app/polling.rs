//! Reads what others have written to the store: another window, a router, the command line.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;
use jiff::ToSpan;

use super::message::Message;
use super::state::Desktop;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::desktop::model::journal_reading::JournalReading;
use crate::desktop::model::journal_summary::{self, JournalSummary};
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::routers::Routers;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::service::{Cursor, PollResult, SavedDraft, SavedKlePlan, SummaryRequest};
use crate::rules::KlePlan;
use crate::store::{Draft, JournalRow, Overview, Publication};

/// The journal is read again after this many times the time that the last reading took, so that a busy router is not
/// slowed down by being watched.
const REST: u32 = 10;

impl Desktop {
    pub(super) fn poll(&self) -> Task<Message> {
        let known = Cursor {
            version: self.store_version,
            publication: self.shared.publication_number(),
            revision: self.shared.bench.as_ref().map(Workbench::revision),
            kle: self.shared.kle_revision,
        };
        let turn = self.router_generation;
        self.shared.serve(move |services| services.poll(known), move |polled| Message::Polled(turn, polled))
    }

    pub(super) fn tick(&mut self) -> Task<Message> {
        self.toasts.expire();
        let today = clock::in_denmark((self.shared.now)()).date();
        if let Some(bench) = &mut self.shared.bench {
            bench.allow_retry();
            if today != self.shared.today {
                bench.refresh_insight(today);
            }
        }
        // The last thirty days are others now.
        self.reading.is_stale |= today != self.shared.today;
        self.shared.today = today;
        self.looking.day_passed(today);
        self.watch_router();
        Task::batch([self.poll(), self.read_journal(), self.read_overview()])
    }

    /// Brings the state and the problems of the window's router up to date.
    fn watch_router(&mut self) {
        if let Some(found) = self.shared.services.as_ref().ok().and_then(|services| services.hindrances()) {
            self.shared.hindrances = found;
        }
        let (RouterState::Running(address) | RouterState::Refusing(address, _)) = self.shared.router_state else {
            return;
        };
        let reason = self.shared.services.as_ref().ok().and_then(|services| services.router_refusal());
        self.shared.router_state = match reason {
            Some(reason) => RouterState::Refusing(address, reason),
            None => RouterState::Running(address),
        };
        // The certificate may have been renewed.
        if let Some(certificate) = self.shared.services.as_ref().ok().and_then(|services| services.router_certificate())
        {
            self.screens.router.set_certificate(certificate);
        }
    }

    pub(super) fn polled(&mut self, turn: u64, polled: Result<PollResult, Error>) -> Task<Message> {
        if matches!(polled, Ok(PollResult { has_begun_anew: true, .. })) {
            return self.follow_new_beginning();
        }
        self.shared.others = polled.as_ref().map_or_else(|_| Vec::new(), |look| look.others.clone());
        self.see_routers(polled.as_ref().ok().and_then(|look| look.routers.clone()));
        if turn == self.router_generation {
            self.update_router_state(polled.as_ref().ok().and_then(|look| look.router));
        }
        self.failed_polls = if polled.is_err() { self.failed_polls.saturating_add(1) } else { 0 };
        let snapshot = match polled {
            Ok(PollResult { snapshot: Some(snapshot), .. }) => snapshot,
            Ok(PollResult { snapshot: None, .. }) => return Task::none(),
            Err(error) => {
                self.show_error(&error);
                return Task::none();
            }
        };
        self.store_version = Some(snapshot.version);
        let newest = |rows: &[JournalRow]| rows.first().map(|row| row.number);
        self.reading.is_stale |= newest(&snapshot.rows) != newest(&self.shared.rows);
        self.shared.rows = snapshot.rows;
        if let Some(keys) = snapshot.keys {
            self.apply_saved_keys(keys);
        }
        if let Some(saved) = snapshot.kle {
            self.apply_saved_kle_plan(saved);
        }
        let is_first = self.shared.bench.is_none() && snapshot.publication.is_some();
        let newer = snapshot.publication.filter(|newest| Some(newest.number) > self.shared.publication_number());
        let reviewing = match newer {
            Some(newest) => self.use_publication(newest, snapshot.draft.as_ref()),
            None => Task::none(),
        };
        self.compare_routers();
        if let Some(saved) = snapshot.draft {
            self.merge_saved_draft(saved);
        }
        let screen = self.with_screen(self.shared.page, |screen, scene| screen.on_store_changed(scene));
        // After a review the journal is read: the window is drawn meanwhile, and many machines have two processors.
        let reading = if is_first { Task::none() } else { self.read_on() };
        Task::batch([reviewing, reading, screen, self.follow_secrets()])
    }

    /// Reads what has come into the journal since.
    pub(super) fn read_on(&mut self) -> Task<Message> {
        Task::batch([self.read_journal(), self.read_overview()])
    }

    /// Uses a publication that another window or program has made. The first one opens the workbench, and has the draft analysed.
    fn use_publication(&mut self, newest: Arc<Publication>, saved: Option<&SavedDraft>) -> Task<Message> {
        if let Some(bench) = &mut self.shared.bench {
            let number = newest.number.get();
            if bench.published_elsewhere(newest, self.shared.today) {
                self.toasts.notify((self.shared.t().changed_elsewhere)(number), None);
                self.reading.is_stale = true;
            }
            return Task::none();
        }
        if let Some(error) = saved.and_then(|saved| saved.error.as_ref()) {
            self.show_error(error);
        }
        let (draft, base) = match saved.cloned() {
            Some(saved) => (saved.draft, saved.base),
            None => (Draft { revision: 0, based_on: Some(newest.number), book: None }, None),
        };
        let bench = self.shared.bench.insert(Workbench::new(newest, draft, base));
        self.reading.is_stale = true;
        Self::review(bench, self.shared.today)
    }

    /// Follows another window that has moved the secrets.
    fn follow_secrets(&mut self) -> Task<Message> {
        match self.shared.services.as_ref().map(|services| services.secrets_home()) {
            Ok(home) if home.file() != self.shared.settings.secrets.as_deref() => self.secrets_moved(Ok(home)),
            _ => Task::none(),
        }
    }

    /// Whether something on the screen moves, or waits for some time to pass. Otherwise the window rests until there is news.
    pub(super) fn is_moving(&self) -> bool {
        let now = (self.shared.now)();
        let waits = |bench: &Workbench| self.reading.is_stale || bench.waits_to_retry();
        self.toasts.are_shown()
            || self.failed_polls > 0
            || self.shared.routers.as_ref().is_some_and(Routers::waits)
            || self.shared.bench.as_ref().map_or(self.welcome.is_reading(), waits)
            || self.shows_overview() && self.shared.overview.is_behind(self.store_version, now)
            || self.screens.get(self.shared.page).is_moving()
    }

    /// Says when the window is to look next although nothing has been written: what it says of how long ago something was is then
    /// true no more.
    pub(super) fn plan_next_look(&self) {
        let Ok(services) = &self.shared.services else { return };
        let shown = self.shared.overview.shown().filter(|_| self.shows_overview());
        services.set_next_moment(shown.and_then(|overview| overview.next_minute((self.shared.now)())));
    }

    fn shows_overview(&self) -> bool {
        matches!(self.shared.page, Page::Overview | Page::Fagsystems | Page::History) && self.store_version.is_some()
    }

    /// Reads the overview while a screen shows it and the store has changed since.
    pub(super) fn read_overview(&mut self) -> Task<Message> {
        if !self.shows_overview() {
            return Task::none();
        }
        let (period, now) = (self.shared.overview.period, (self.shared.now)());
        match self.shared.overview.begin(self.store_version, now) {
            Some(number) => self
                .shared
                .serve(move |services| services.overview(period, now), move |read| Message::OverviewRead(number, read)),
            None => Task::none(),
        }
    }

    pub(super) fn overview_read(&mut self, number: u64, read: Result<Overview, Error>) -> Task<Message> {
        let taken = self.shared.overview.finish(number, read);
        self.show_failure(taken);
        // The store may have changed while it was being read.
        self.read_overview()
    }

    /// Merges the draft that another window has saved into this one's.
    fn merge_saved_draft(&mut self, saved: SavedDraft) {
        let Some(bench) = &mut self.shared.bench else { return };
        if let Some(error) = &saved.error {
            // The stored draft is damaged: the window's may be the only copy, so it stays as it is.
            self.toasts.warn((self.shared.t().error)(error));
            return;
        }
        let refused = bench.merge_saved(saved.draft, saved.base, self.shared.today);
        if refused > 0 {
            self.toasts.warn(self.shared.t().changes.carried.of(refused));
        }
    }

    pub(super) fn read_journal(&mut self) -> Task<Message> {
        let now = Instant::now();
        let is_resting = self.reading.not_before.is_some_and(|not_before| now < not_before);
        let Some(bench) = &self.shared.bench else { return Task::none() };
        if !self.reading.is_stale || self.reading.begun.is_some() || is_resting {
            return Task::none();
        }
        self.reading = JournalReading { begun: Some(now), ..JournalReading::default() };
        let earliest = journal_summary::since((self.shared.now)());
        // Usually only newer messages are read. Once a day all are, so that those past the last day are dropped.
        // So are they when the clock has been set back.
        let since = self.shared.journal.since.filter(|since| *since <= earliest && earliest < *since + 24.hours());
        let newest = since.map_or(0, |_| self.shared.journal.traffic.newest());
        let read = SummaryRequest { newest, since: since.unwrap_or(earliest) };
        let published = bench.published().clone();
        self.shared.serve(move |services| services.read_journal(read, published), Message::JournalRead)
    }

    pub(super) fn journal_read(&mut self, read: Result<JournalSummary, Error>) {
        let took = self.reading.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed());
        self.reading.not_before = Instant::now().checked_add(took * REST);
        match read {
            Ok(read) => {
                if self.shared.journal.since == read.since {
                    Arc::make_mut(&mut self.shared.journal.traffic).add(Arc::unwrap_or_clone(read.traffic));
                } else {
                    self.shared.journal.traffic = read.traffic;
                }
                self.shared.journal.since = read.since;
                self.shared.journal.hits = read.hits;
                self.shared.journal.version += 1;
            }
            Err(error) => {
                self.reading.is_stale = true;
                self.show_error(&error);
            }
        }
    }

    /// Uses a saved KLE plan if it is newer, whichever window has saved it.
    pub(super) fn apply_saved_kle_plan(&mut self, saved: SavedKlePlan) {
        if self.shared.kle_revision.is_none_or(|revision| revision < saved.revision) {
            self.shared.kle_revision = Some(saved.revision);
            self.shared.kle_plan = saved.plan;
        }
    }

    pub(super) fn save_kle_plan(&self, plan: Option<Arc<KlePlan>>) -> Task<Message> {
        self.shared.serve(|services| services.save_kle_plan(plan), Message::KlePlanSaved)
    }

    pub(super) fn kle_plan_saved(&mut self, saved: Result<SavedKlePlan, Error>) {
        match saved {
            Ok(saved) => {
                self.toasts.notify(self.shared.t().kle.in_use(&saved.plan), None);
                self.apply_saved_kle_plan(saved);
            }
            Err(error) => self.show_error(&error),
        }
    }
}
