//! What others have written meanwhile: another window, a router, a script.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;
use jiff::ToSpan;

use super::message::Message;
use super::state::Desktop;
use crate::clock;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::error::Error;
use crate::desktop::model::journal_reading::JournalReading;
use crate::desktop::model::journal_summary::{DAYS, JournalSummary};
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::service::SavedKlePlan;
use crate::desktop::service::{Cursor, PollResult, SavedDraft, SummaryRequest};
use crate::rules::{Cvr, FagsystemId, KlePlan};
use crate::store::{Draft, JournalRow, Overview, Publication};

/// The journal is read again after this many times the time that the last reading took, so that a busy router is not
/// slowed down by being watched.
const REST: u32 = 10;

impl Desktop {
    pub(super) fn look(&self) -> Task<Message> {
        let known = Cursor {
            version: self.seen,
            publication: self.shared.publication_number(),
            revision: self.shared.bench.as_ref().map(Workbench::revision),
            kle: self.shared.kle_revision,
        };
        let turn = self.router_turn;
        self.shared.serve(move |services| services.poll(known), move |looked| Message::Looked(turn, looked))
    }

    pub(super) fn time_passes(&mut self) -> Task<Message> {
        self.toasts.expire();
        let today = clock::in_denmark((self.shared.now)()).date();
        if let Some(bench) = &mut self.shared.bench {
            bench.allow_retry();
            if today != self.shared.day {
                bench.refresh_insight(today);
            }
        }
        self.shared.day = today;
        self.watch_router();
        Task::batch([self.look(), self.read_journal(), self.read_overview()])
    }

    /// Says so while the window's router refuses what comes.
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
        // It may have been renewed.
        if let Some(certificate) = self.shared.services.as_ref().ok().and_then(|services| services.router_certificate())
        {
            self.screens.router.shows(certificate);
        }
    }

    pub(super) fn looked(&mut self, turn: u64, looked: Result<PollResult, Error>) -> Task<Message> {
        if turn == self.router_turn {
            self.see_router(looked.as_ref().ok().and_then(|look| look.router));
        }
        let snapshot = match looked {
            Ok(PollResult { snapshot: Some(snapshot), .. }) => snapshot,
            Ok(PollResult { snapshot: None, .. }) => return Task::none(),
            Err(error) => {
                self.warn_of(Some(&error));
                return Task::none();
            }
        };
        self.seen = Some(snapshot.version);
        let newest = |rows: &[JournalRow]| rows.first().map(|row| row.number);
        self.reading.is_stale |= newest(&snapshot.rows) != newest(&self.shared.rows);
        self.shared.rows = snapshot.rows;
        if let Some(keys) = snapshot.keys {
            self.take_in_keys(keys);
        }
        if let Some(kept) = snapshot.kle {
            self.take_in_kle_plan(kept);
        }
        let newer = snapshot.publication.filter(|newest| Some(newest.number) > self.shared.publication_number());
        match (&mut self.shared.bench, newer) {
            (Some(bench), Some(newest)) => {
                let number = newest.number.get();
                if bench.published_elsewhere(newest, self.shared.day) {
                    self.toasts.tell((self.shared.t().changed_elsewhere)(number), None);
                    self.reading.is_stale = true;
                }
            }
            (None, Some(newest)) => {
                let found = snapshot.draft.clone();
                self.warn_of(found.as_ref().and_then(|found| found.error.as_ref()));
                let (draft, base) = found.map_or_else(
                    || (Draft { revision: 0, based_on: Some(newest.number), book: None }, None),
                    |found| (found.draft, found.base),
                );
                self.shared.bench = Some(Workbench::new(newest, draft, base, self.shared.day));
                self.reading.is_stale = true;
            }
            (_, None) => {}
        }
        if let Some(found) = snapshot.draft {
            self.take_in(found);
        }
        let news = self.with_screen(self.shared.page, |screen, scene| screen.news(scene));
        Task::batch([self.read_journal(), self.read_overview(), news, self.follow_secrets()])
    }

    /// Says so when another window has chosen where secrets are kept.
    fn follow_secrets(&mut self) -> Task<Message> {
        match self.shared.services.as_ref().map(|services| services.secrets_home()) {
            Ok(home) if home.file() != self.shared.settings.secrets.as_deref() => self.secrets_moved(Ok(home)),
            _ => Task::none(),
        }
    }

    /// Puts a paused fagsystem back in use at once, whatever else the draft would change.
    pub(super) fn resume(&mut self, authority: Cvr, id: FagsystemId) -> Task<Message> {
        let published = self.shared.bench.as_ref().map(|bench| Arc::clone(&bench.published().book));
        let of = published.as_ref().and_then(|book| book.authority(authority));
        let name = of.map(|of| fagsystem_name(of, &id).to_owned()).unwrap_or_default();
        let imprint = self.shared.imprint((self.shared.t().overview.resumed)(&name));
        self.shared.serve(
            move |services| services.resume(authority, id, imprint),
            move |resumed| Message::Resumed(name.clone(), resumed),
        )
    }

    pub(super) fn resumed(&mut self, name: &str, resumed: Result<Arc<Publication>, Error>) -> Task<Message> {
        let (t, day) = (self.shared.t(), self.shared.day);
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match resumed {
            Ok(publication) => {
                bench.published_elsewhere(publication, day);
                // What the draft would change besides goes on top of it.
                let refused = bench.carry_over(day);
                self.toasts.tell((t.overview.resumed)(name), None);
                if refused > 0 {
                    self.toasts.warn(t.changes.carried.of(refused));
                }
                self.reading.is_stale = true;
            }
            Err(error) => self.warn_of(Some(&error)),
        }
        self.look()
    }

    /// Reads the overview, while it is on the screen and something has come since.
    pub(super) fn read_overview(&mut self) -> Task<Message> {
        let is_shown = matches!(self.shared.page, Page::Overview | Page::Fagsystems);
        if !is_shown || self.seen.is_none() {
            return Task::none();
        }
        let (period, now) = (self.shared.overview.period, (self.shared.now)());
        match self.shared.overview.begin(self.seen, now) {
            Some(number) => self
                .shared
                .serve(move |services| services.overview(period, now), move |read| Message::OverviewRead(number, read)),
            None => Task::none(),
        }
    }

    pub(super) fn overview_read(&mut self, number: u64, read: Result<Overview, Error>) -> Task<Message> {
        let taken = self.shared.overview.finish(number, read);
        self.warn_of(taken.err().as_ref());
        // What has come meanwhile is not in it.
        self.read_overview()
    }

    fn take_in(&mut self, found: SavedDraft) {
        let Some(bench) = &mut self.shared.bench else { return };
        if let Some(error) = &found.error {
            // What stands here may be all that is left of it.
            self.toasts.warn((self.shared.t().error)(error));
            return;
        }
        let refused = bench.merge_saved(found.draft, found.base, self.shared.day);
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
        let earliest = (self.shared.now)() - (24 * DAYS).hours();
        // Once a day has passed the whole is read anew, so that what is older does not count.
        let since = self.shared.record.since.filter(|since| earliest < *since + 24.hours());
        let newest = since.map_or(0, |_| self.shared.record.traffic.newest());
        let read = SummaryRequest { newest, since: since.unwrap_or(earliest) };
        let published = bench.published().clone();
        self.shared.serve(move |services| services.read_journal(read, published), Message::JournalRead)
    }

    pub(super) fn journal_read(&mut self, read: Result<JournalSummary, Error>) {
        let took = self.reading.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed());
        self.reading.not_before = Instant::now().checked_add(took * REST);
        match read {
            Ok(read) => {
                if self.shared.record.since == read.since {
                    Arc::make_mut(&mut self.shared.record.traffic).add(Arc::unwrap_or_clone(read.traffic));
                } else {
                    self.shared.record.traffic = read.traffic;
                }
                self.shared.record.since = read.since;
                self.shared.record.hits = read.hits;
                self.shared.record.version += 1;
            }
            Err(error) => {
                self.reading.is_stale = true;
                self.warn_of(Some(&error));
            }
        }
    }

    /// Another plan counts from now on, whichever window has taken it in.
    pub(super) fn take_in_kle_plan(&mut self, kept: SavedKlePlan) {
        if self.shared.kle_revision.is_none_or(|revision| revision < kept.revision) {
            self.shared.kle_revision = Some(kept.revision);
            self.shared.kle_plan = kept.plan;
        }
    }

    /// A plan counts from now on; without one, the main groups that are built in.
    pub(super) fn save_kle_plan(&self, plan: Option<Arc<KlePlan>>) -> Task<Message> {
        self.shared.serve(|services| services.save_kle_plan(plan), Message::KlePlanKept)
    }

    pub(super) fn kle_plan_kept(&mut self, kept: Result<SavedKlePlan, Error>) {
        match kept {
            Ok(kept) => {
                self.toasts.tell(self.shared.t().kle.in_use(&kept.plan), None);
                self.take_in_kle_plan(kept);
            }
            Err(error) => self.warn_of(Some(&error)),
        }
    }
}
