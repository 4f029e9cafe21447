//! Messages that travel over the map as they come. What time it is, each call is told: nothing here looks at a clock.

mod parcel;

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;

pub use parcel::{Fate, NoWay, Parcel};

use crate::rules::FagsystemId;
use crate::store::{JournalRow, Outcome};

/// So long a message travels.
pub const JOURNEY: Duration = Duration::from_millis(2_600);
/// So many travel at a time; what comes beyond is gathered into fewer.
pub const MOST_UNDER_WAY: usize = 50;
/// So many wait; what comes beyond is only counted.
pub const MOST_WAITING: usize = 200;
/// So many of those that have arrived are kept.
pub const MOST_ARRIVED: usize = 6;
/// So long an arrival is marked at its fagsystem.
pub const MARKED: Duration = Duration::from_millis(2_500);
/// The messages of one look set out within this time, at most that far apart.
const BATCH: Duration = Duration::from_millis(400);
const APART: Duration = Duration::from_millis(150);
/// Arrivals are noted at most that often.
const PACE: Duration = Duration::from_millis(100);
/// So many marks are kept at a time.
const MOST_MARKS: usize = 400;

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Traveller {
    pub parcel: Parcel,
    /// How long it has travelled until it stood still last.
    pub ran: Duration,
    /// Since when it travels on, which may be to come; `None` while it stands still.
    pub since: Option<Instant>,
}

/// One that has come to its end, or that has no way.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub parcel: Parcel,
    pub no_way: Option<NoWay>,
}

/// So many messages have just come to a fagsystem.
#[derive(Debug, Clone)]
pub struct Mark {
    pub fagsystem: FagsystemId,
    pub parcel: Parcel,
    pub at: Instant,
}

/// How many messages there have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub arrived: u64,
    /// Those without a way on the map.
    pub without_way: u64,
    /// Those for which there was no room.
    pub beyond: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Pause,
    Next,
}

/// All messages that travel, wait, or have just arrived.
#[derive(Debug, Default)]
pub struct Travels {
    /// The number of the newest message that was noticed.
    seen: Option<i64>,
    /// Whether what came before is to be passed over.
    begins_anew: bool,
    waiting: VecDeque<Parcel>,
    /// Those whose outcome must be known before they can be gathered, by number.
    unanswered: BTreeSet<i64>,
    under_way: Vec<Traveller>,
    /// The latest first.
    arrived: VecDeque<Arrival>,
    marks: VecDeque<Mark>,
    counts: Counts,
    is_paused: bool,
    /// The only one that travels on while all others stand still, by its number.
    alone: Option<i64>,
    /// What people have chosen, or have come to by steps.
    shown: Option<Arrival>,
    /// What people have asked for since the last moment.
    wish: Option<Wish>,
    has_news: bool,
    moment: Option<Instant>,
    version: u64,
}

impl Traveller {
    /// How far it is, as a share of its way.
    pub fn share(&self, now: Instant) -> f32 {
        (self.ran_until(now).as_secs_f32() / JOURNEY.as_secs_f32()).min(1.0)
    }

    fn ran_until(&self, now: Instant) -> Duration {
        self.ran + self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }

    /// When it is at its end, if nothing holds it up.
    fn end(&self) -> Option<Instant> {
        self.since.map(|since| since + JOURNEY.saturating_sub(self.ran))
    }
}

impl Travels {
    /// Forgets all of them, and goes on with what comes from now on.
    pub fn begin_anew(&mut self) {
        let version = self.version + 1;
        *self = Self { seen: self.seen, begins_anew: true, has_news: true, version, ..Self::default() };
    }

    /// Looks on after nobody has looked for a while. What came meanwhile waits only while people have stopped the others.
    pub fn look_on(&mut self) {
        self.begins_anew |= !self.is_paused;
    }

    /// Notices the messages that are new among the newest ones, which come latest first, and what has become of those that are
    /// known. At the beginning only what came since that time counts as new.
    pub fn notice(&mut self, rows: &[JournalRow], fresh_since: Timestamp) {
        self.follow_outcomes(rows);
        let Some(newest) = rows.first().map(|row| row.number) else { return };
        let is_first = self.begins_anew || self.seen.is_none();
        let seen = self.seen.replace(newest).unwrap_or(0);
        self.begins_anew = false;
        if newest <= seen {
            return;
        }
        if let Some(oldest) = rows.last().filter(|oldest| !is_first && oldest.number > seen + 1) {
            self.counts.beyond += u64::try_from(oldest.number - seen - 1).unwrap_or_default();
        }
        let is_new = |row: &&JournalRow| row.number > seen && (!is_first || row.received_at >= fresh_since);
        rows.iter().rev().filter(is_new).for_each(|row| self.add(row.clone()));
        self.has_news = true;
    }

    fn follow_outcomes(&mut self, rows: &[JournalRow]) {
        let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else { return };
        let find = |number: i64| {
            let at = rows.binary_search_by(|row| number.cmp(&row.number));
            at.ok().map(|at| &rows[at])
        };
        let is_beyond = |number: i64| number < oldest.number || number > newest.number;
        let mut has_news = false;
        let mut follow = |parcel: &mut Parcel| {
            if !parcel.is_unanswered() {
                return;
            }
            match find(parcel.row.number) {
                Some(row) if row.outcome != parcel.row.outcome => parcel.row = row.clone(),
                None if is_beyond(parcel.row.number) => parcel.is_lost = true,
                _ => return,
            }
            has_news = true;
        };
        self.waiting.iter_mut().for_each(&mut follow);
        self.under_way.iter_mut().for_each(|traveller| follow(&mut traveller.parcel));
        self.arrived.iter_mut().chain(&mut self.shown).for_each(|arrival| follow(&mut arrival.parcel));
        self.has_news |= has_news;
        self.version += u64::from(has_news);
        for number in std::mem::take(&mut self.unanswered) {
            match find(number) {
                Some(row) if row.outcome == Outcome::UnderWay && self.is_crowded() => {
                    self.unanswered.insert(number);
                }
                Some(row) => self.add(row.clone()),
                None => self.counts.beyond += 1,
            }
        }
    }

    /// Lets a message wait for its turn; where many do, together with others of its kind.
    fn add(&mut self, row: JournalRow) {
        self.has_news = true;
        if !self.is_crowded() {
            self.waiting.push_back(Parcel::of(row));
        } else if Fate::of(row.outcome) == Fate::UnderWay && self.unanswered.len() < MOST_WAITING {
            self.unanswered.insert(row.number);
        } else if let Some(like) = self.waiting.iter_mut().find(|parcel| parcel.is_like(&row)) {
            like.count += 1;
            like.row = row;
        } else if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(Parcel::of(row));
        } else {
            self.counts.beyond += 1;
        }
    }

    /// Whether what comes now is gathered.
    fn is_crowded(&self) -> bool {
        let most_alone = if self.is_paused { MOST_WAITING } else { MOST_UNDER_WAY };
        self.under_way.len() + self.waiting.len() >= most_alone
    }

    /// Stands still from the next moment on, or goes on.
    pub fn toggle_pause(&mut self) {
        self.wish = Some(Wish::Pause);
    }

    /// Lets the next message travel alone from the next moment on.
    pub fn step(&mut self) {
        self.wish = Some(Wish::Next);
    }

    /// Shows a message that travels or has arrived, by its number; what is shown already is shown no longer.
    pub fn choose(&mut self, number: i64) {
        let is_shown = self.shown.as_ref().is_some_and(|shown| shown.parcel.row.number == number);
        self.version += 1;
        self.shown = if is_shown { None } else { self.find(number) };
    }

    fn find(&self, number: i64) -> Option<Arrival> {
        let travelling = self.under_way.iter().map(|traveller| &traveller.parcel).chain(&self.waiting);
        let mut travelling = travelling.filter(|parcel| parcel.row.number == number);
        let arrived = self.arrived.iter().find(|arrival| arrival.parcel.row.number == number);
        let found = || Some(Arrival { parcel: travelling.next()?.clone(), no_way: None });
        arrived.cloned().or_else(found)
    }

    /// Lets pass the time until `now`. `no_way` says why a message has no way on the map, if it has none.
    pub fn pass(&mut self, now: Instant, no_way: impl Fn(&JournalRow) -> Option<NoWay>) {
        self.moment = Some(now);
        self.version += 1;
        self.has_news = false;
        match self.wish.take() {
            Some(Wish::Pause) if self.is_paused => self.go_on(now),
            Some(Wish::Pause) => self.stand_still(now),
            Some(Wish::Next) => self.let_next_travel(now, &no_way),
            None => {}
        }
        self.arrive(now, &no_way);
        if !self.is_paused {
            self.set_out(now, &no_way);
        }
        self.marks.retain(|mark| now.saturating_duration_since(mark.at) < MARKED);
    }

    fn stand_still(&mut self, now: Instant) {
        self.is_paused = true;
        let mut travelling = Vec::new();
        for mut traveller in self.under_way.drain(..).rev() {
            traveller.ran = traveller.ran_until(now);
            traveller.since = None;
            if traveller.ran.is_zero() {
                self.waiting.push_front(traveller.parcel);
            } else {
                travelling.push(traveller);
            }
        }
        travelling.reverse();
        self.under_way = travelling;
    }

    fn go_on(&mut self, now: Instant) {
        (self.is_paused, self.alone, self.shown) = (false, None, None);
        for traveller in &mut self.under_way {
            traveller.ran = traveller.ran_until(now);
            traveller.since = Some(now);
        }
    }

    /// The one that travels alone comes to its end at once, and the next one sets out: one that stands still on its way, or else
    /// the first of those that wait.
    fn let_next_travel(&mut self, now: Instant, no_way: &impl Fn(&JournalRow) -> Option<NoWay>) {
        if !self.is_paused {
            self.stand_still(now);
        }
        let before = self.alone.take();
        for traveller in self.under_way.iter_mut().filter(|it| Some(it.parcel.row.number) == before) {
            (traveller.ran, traveller.since) = (JOURNEY, None);
        }
        self.arrive(now, no_way);
        if let Some(traveller) = self.under_way.iter_mut().find(|it| it.ran < JOURNEY) {
            traveller.since = Some(now);
            self.alone = Some(traveller.parcel.row.number);
            self.shown = Some(Arrival { parcel: traveller.parcel.clone(), no_way: None });
        } else if let Some(parcel) = self.waiting.pop_front() {
            let no_way = no_way(&parcel.row);
            self.shown = Some(Arrival { parcel: parcel.clone(), no_way });
            if no_way.is_some() {
                self.note(parcel, no_way, now);
            } else {
                self.alone = Some(parcel.row.number);
                self.under_way.push(Traveller { parcel, ran: Duration::ZERO, since: Some(now) });
            }
        }
    }

    fn arrive(&mut self, now: Instant, no_way: &impl Fn(&JournalRow) -> Option<NoWay>) {
        for traveller in std::mem::take(&mut self.under_way) {
            let no_way = no_way(&traveller.parcel.row);
            let is_there = traveller.share(now) >= 1.0 && !traveller.parcel.is_unanswered();
            if no_way.is_some() || is_there {
                self.note(traveller.parcel, no_way, now);
            } else {
                self.under_way.push(traveller);
            }
        }
    }

    fn set_out(&mut self, now: Instant, no_way: &impl Fn(&JournalRow) -> Option<NoWay>) {
        let room = MOST_UNDER_WAY.saturating_sub(self.under_way.len()).min(self.waiting.len());
        let apart = BATCH.checked_div(u32::try_from(room).unwrap_or(u32::MAX)).unwrap_or(APART).min(APART);
        let mut since = now;
        while self.under_way.len() < MOST_UNDER_WAY
            && let Some(parcel) = self.waiting.pop_front()
        {
            let no_way = no_way(&parcel.row);
            if no_way.is_some() {
                self.note(parcel, no_way, now);
            } else {
                self.under_way.push(Traveller { parcel, ran: Duration::ZERO, since: Some(since) });
                since += apart;
            }
        }
    }

    /// Keeps what has arrived, or has no way.
    fn note(&mut self, parcel: Parcel, no_way: Option<NoWay>, now: Instant) {
        let count = if no_way.is_some() { &mut self.counts.without_way } else { &mut self.counts.arrived };
        *count += parcel.count;
        if let (None, Some(fagsystem)) = (no_way, &parcel.row.fagsystem) {
            if self.marks.len() >= MOST_MARKS {
                self.marks.pop_front();
            }
            self.marks.push_back(Mark { fagsystem: fagsystem.clone(), parcel: parcel.clone(), at: now });
        }
        if let Some(shown) = self.shown.as_mut().filter(|shown| shown.parcel.row.number == parcel.row.number) {
            *shown = Arrival { parcel: parcel.clone(), no_way };
        }
        self.arrived.push_front(Arrival { parcel, no_way });
        self.arrived.truncate(MOST_ARRIVED);
    }

    /// When time must next be let pass; `None` while nothing changes by itself.
    pub fn next_moment(&self) -> Option<Instant> {
        let now = self.moment;
        let travelling = self.under_way.iter().filter(|traveller| !traveller.parcel.is_unanswered());
        let end = travelling.filter_map(Traveller::end).min();
        end.map(|end| now.map_or(end, |now| end.max(now + PACE)))
    }

    /// Whether time must be let pass without waiting for anything.
    pub fn is_urgent(&self) -> bool {
        self.has_news || self.wish.is_some()
    }

    /// Another number whenever what travels, or what is known of it, is another.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    pub fn under_way(&self) -> &[Traveller] {
        &self.under_way
    }

    /// How many messages wait, those included whose outcome must be known first.
    pub fn waiting(&self) -> u64 {
        let of_parcels: u64 = self.waiting.iter().map(|parcel| parcel.count).sum();
        of_parcels + u64::try_from(self.unanswered.len()).unwrap_or_default()
    }

    /// How many messages are on their way.
    pub fn travelling(&self) -> u64 {
        self.under_way.iter().map(|traveller| traveller.parcel.count).sum()
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Those that have arrived last, the latest first.
    pub fn arrived(&self) -> impl Iterator<Item = &Arrival> {
        self.arrived.iter()
    }

    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter()
    }

    /// What people have chosen, or have come to by steps.
    pub fn chosen(&self) -> Option<&Arrival> {
        self.shown.as_ref()
    }
}
