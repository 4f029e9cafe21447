//! What others have written meanwhile: another window, a router, a script.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;
use jiff::ToSpan;

use super::{Desktop, Message};
use crate::clock;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::error::Error;
use crate::desktop::model::journal_summary::{DAYS, JournalSummary};
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::screen::{fagsystems, messages, overview, router};
use crate::desktop::service::{Cursor, PollResult, SavedDraft, Services, SummaryRequest};
use crate::rules::{Cvr, FagsystemId};
use crate::store::{Draft, Overview, Publication};

/// The journal is read again after this many times the time that the last reading took, so that a busy router is not
/// slowed down by being watched.
const REST: u32 = 10;

/// How the reading of the journal stands.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Something has been written that is not in the record.
    pub is_stale: bool,
    begun: Option<Instant>,
    not_before: Option<Instant>,
}

impl Desktop {
    pub(super) fn look(&self) -> Task<Message> {
        let known = Cursor {
            version: self.seen,
            publication: self.publication_number(),
            revision: self.bench.as_ref().map(Workbench::revision),
            kle: self.kle_revision,
        };
        let turn = self.router_turn;
        self.ask(move |looked| Message::Looked(turn, looked), move |services| services.poll(known))
    }

    pub(super) fn time_passes(&mut self) -> Task<Message> {
        self.toasts.expire();
        let today = clock::in_denmark((self.now)()).date();
        if let Some(bench) = &mut self.bench {
            bench.allow_retry();
            if today != self.day {
                bench.refresh_insight(today);
            }
        }
        self.day = today;
        self.watch_router();
        Task::batch([self.look(), self.read_journal(), self.read_overview()])
    }

    /// Says so while the window's router refuses what comes.
    fn watch_router(&mut self) {
        if let Some(found) = self.services.as_ref().ok().and_then(|services| services.hindrances()) {
            self.hindrances = found;
        }
        let (RouterState::Running(address) | RouterState::Refusing(address, _)) = self.router_state else { return };
        let reason = self.services.as_ref().ok().and_then(|services| services.router_refusal());
        self.router_state = match reason {
            Some(reason) => RouterState::Refusing(address, reason),
            None => RouterState::Running(address),
        };
        // It may have been renewed.
        if let Some(certificate) = self.services.as_ref().ok().and_then(|services| services.router_certificate()) {
            self.router.shows(certificate);
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
        let newest = |rows: &[crate::store::JournalRow]| rows.first().map(|row| row.number);
        self.reading.is_stale |= newest(&snapshot.rows) != newest(&self.rows);
        self.rows = snapshot.rows;
        if let Some(keys) = snapshot.keys {
            self.take_in_keys(keys);
        }
        if let Some(kept) = snapshot.kle {
            self.take_in_kle_plan(kept);
        }
        let newer = snapshot.publication.filter(|newest| Some(newest.number) > self.publication_number());
        let is_history_longer = newer.is_some() && self.page == Page::History;
        match (&mut self.bench, newer) {
            (Some(bench), Some(newest)) => {
                let number = newest.number.get();
                if bench.published_elsewhere(newest, self.day) {
                    self.toasts.tell((self.t().changed_elsewhere)(number), None);
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
                self.bench = Some(Workbench::new(newest, draft, base, self.day));
                self.reading.is_stale = true;
            }
            (_, None) => {}
        }
        if let Some(found) = snapshot.draft {
            self.take_in(found);
        }
        let history = is_history_longer.then(|| self.ask(Message::HistoryRead, Services::history));
        let (news, secrets) = (self.look_for_news(), self.follow_secrets());
        Task::batch([self.read_journal(), self.read_overview(), history.unwrap_or_else(Task::none), news, secrets])
    }

    /// Says so when another window has chosen where secrets are kept.
    fn follow_secrets(&mut self) -> Task<Message> {
        match self.services.as_ref().map(|services| services.secrets_home()) {
            Ok(home) if home.file() != self.settings.secrets.as_deref() => self.secrets_moved(Ok(home)),
            _ => Task::none(),
        }
    }

    pub(super) fn update_overview(&mut self, message: overview::Message) -> Task<Message> {
        let Some(bench) = &self.bench else { return Task::none() };
        match self.overview.update(message, &bench.published().book) {
            overview::Action::None => Task::none(),
            overview::Action::Read => self.read_overview(),
            overview::Action::Show(page) => self.show(page),
            overview::Action::List(filters) => {
                self.page = Page::Messages;
                self.update_messages(messages::Message::ShowOnly(filters))
            }
            overview::Action::ConfirmClock => {
                let now = (self.now)();
                self.ask(Message::ClockConfirmed, move |services| services.confirm_clock(now))
            }
            overview::Action::StartRouter => self.update_router(router::Message::Start),
            overview::Action::Probe { of: (authority, id), endpoint, certificate, limits } => {
                let (asked, settings) = (endpoint.clone(), self.settings.clone());
                let told = move |probed| overview::Message::Probed(authority, id.clone(), endpoint.clone(), probed);
                self.ask(
                    move |probed| Message::Overview(told(probed)),
                    move |services| services.probe(asked, certificate, limits, settings),
                )
            }
            overview::Action::Resume(authority, id) => self.resume(authority, id),
            overview::Action::OpenFagsystem(authority, id) => self.open_fagsystem(authority, id),
            overview::Action::OpenRule(authority, rule) => self.open_rule(authority, rule),
        }
    }

    /// Puts a paused fagsystem back in use at once, whatever else the draft would change.
    fn resume(&mut self, authority: Cvr, id: FagsystemId) -> Task<Message> {
        let published = self.bench.as_ref().map(|bench| Arc::clone(&bench.published().book));
        let of = published.as_ref().and_then(|book| book.authority(authority));
        let name = of.map(|of| fagsystem_name(of, &id).to_owned()).unwrap_or_default();
        let imprint = self.imprint((self.t().overview.resumed)(&name));
        self.ask(
            move |resumed| Message::Resumed(name.clone(), resumed),
            move |services| services.resume(authority, id, imprint),
        )
    }

    pub(super) fn resumed(&mut self, name: &str, resumed: Result<Arc<Publication>, Error>) -> Task<Message> {
        let (t, day) = (self.t(), self.day);
        let Some(bench) = &mut self.bench else { return Task::none() };
        match resumed {
            Ok(publication) => {
                bench.published_elsewhere(publication, day);
                // What the draft would change besides goes on top of it.
                let refused = bench.carry_over(day);
                self.toasts.tell((t.overview.resumed)(name), None);
                if refused > 0 {
                    self.toasts.warn((t.changes.carried)(refused));
                }
                self.reading.is_stale = true;
            }
            Err(error) => self.warn_of(Some(&error)),
        }
        self.look()
    }

    /// Shows a fagsystem, of whichever authority it is.
    fn open_fagsystem(&mut self, authority: Cvr, id: FagsystemId) -> Task<Message> {
        let chosen = self.turn_to(authority);
        if self.scene().map(|scene| scene.authority.cvr) != Some(authority) {
            return chosen;
        }
        self.page = Page::Fagsystems;
        let opened = self.update_fagsystems(fagsystems::Message::Choose(id));
        Task::batch([chosen, opened])
    }

    /// Reads the overview, while it is on the screen and something has come since.
    pub(super) fn read_overview(&mut self) -> Task<Message> {
        let is_shown = matches!(self.page, Page::Overview | Page::Fagsystems);
        if !is_shown || self.seen.is_none() {
            return Task::none();
        }
        let (period, now) = (self.overview.period(), (self.now)());
        match self.overview.reading.ask(period, self.seen, now) {
            Some(number) => {
                let told = move |read| Message::OverviewRead(number, read);
                self.ask(told, move |services| services.overview(period, now))
            }
            None => Task::none(),
        }
    }

    pub(super) fn overview_read(&mut self, number: u64, read: Result<Overview, Error>) -> Task<Message> {
        let taken = self.overview.reading.take(number, read);
        self.warn_of(taken.err().as_ref());
        // What has come meanwhile is not in it.
        self.read_overview()
    }

    fn take_in(&mut self, found: SavedDraft) {
        let Some(bench) = &mut self.bench else { return };
        if let Some(error) = &found.error {
            // What stands here may be all that is left of it.
            self.toasts.warn((super::texts(self.preferences.language).error)(error));
            return;
        }
        let refused = bench.merge_saved(found.draft, found.base, self.day);
        if refused > 0 {
            self.toasts.warn((self.t().changes.carried)(refused));
        }
    }

    pub(super) fn read_journal(&mut self) -> Task<Message> {
        let now = Instant::now();
        let is_resting = self.reading.not_before.is_some_and(|not_before| now < not_before);
        let Some(bench) = &self.bench else { return Task::none() };
        if !self.reading.is_stale || self.reading.begun.is_some() || is_resting {
            return Task::none();
        }
        self.reading = Reading { begun: Some(now), ..Reading::default() };
        let earliest = (self.now)() - (24 * DAYS).hours();
        // Once a day has passed the whole is read anew, so that what is older does not count.
        let since = self.record.since.filter(|since| earliest < *since + 24.hours());
        let newest = since.map_or(0, |_| self.record.traffic.newest());
        let read = SummaryRequest { newest, since: since.unwrap_or(earliest) };
        let published = bench.published().clone();
        self.ask(Message::JournalRead, move |services| Services::read_journal(services, read, published))
    }

    pub(super) fn journal_read(&mut self, read: Result<JournalSummary, Error>) {
        let took = self.reading.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed());
        self.reading.not_before = Instant::now().checked_add(took * REST);
        match read {
            Ok(read) => {
                if self.record.since == read.since {
                    Arc::make_mut(&mut self.record.traffic).add(Arc::unwrap_or_clone(read.traffic));
                } else {
                    self.record.traffic = read.traffic;
                }
                self.record.since = read.since;
                self.record.hits = read.hits;
                self.record.version += 1;
            }
            Err(error) => {
                self.reading.is_stale = true;
                self.warn_of(Some(&error));
            }
        }
    }
}
