use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::api_keys::SavedApiKeys;
use super::journal::PublicationExplainer;
use super::registers::SavedKlePlan;
pub use crate::desktop::model::error::Error;
use crate::desktop::model::journal_summary::{HitTable, Hits, JournalSummary};
use crate::desktop::model::workbench::{DraftToPublish, DraftToSave};
use crate::memo::write;
use crate::router::{Hindrance, LocalClient, NotReady, Router, RouterCertificate};
use crate::rules::{Cvr, FagsystemId, Priority, RuleBook};
use crate::secrets::{Home, Secrets};
use crate::store::{
    ApiKeys, Draft, Guard, Imprint, JournalRow, Overview, Period, Program, Protection, Publication, PublicationEntry,
    PublicationNumber, RouterNow, Settings, Store, StoreError,
};
use crate::training::{Postman, PracticeAnswer, PracticeFagsystem, SampleLetter, sample_book};

/// How many messages the live list holds.
pub const MAX_LIVE_ROWS: usize = 500;
/// Through how many publications a rule's hits are followed.
const MOST_FOLLOWED: usize = 50;
/// Where the practice fagsystems receive, when nobody else does.
const PRACTICE_PORT: u16 = 9101;

/// What is known of the store already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    pub version: Option<i64>,
    pub publication: Option<PublicationNumber>,
    /// Of the draft.
    pub revision: Option<i64>,
    /// Of the KLE plan.
    pub kle: Option<i64>,
}

/// What was seen when the data were looked at.
#[derive(Debug, Clone)]
pub struct PollResult {
    /// What the store held; `None` when nothing has been written that is not known.
    pub snapshot: Option<Snapshot>,
    /// Whether a router runs on the data, this window's own included; `None` when it cannot be told.
    pub router: Option<RouterNow>,
}

/// What the store held when it was looked at.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The store's data version.
    pub version: i64,
    /// The newest publication, when it is another than the one known.
    pub publication: Option<Arc<Publication>>,
    /// The draft, when it is another than the one known.
    pub draft: Option<SavedDraft>,
    /// What KLE numbers mean, when it is another plan than the one known.
    pub kle: Option<SavedKlePlan>,
    /// The newest messages, the newest first.
    pub rows: Vec<JournalRow>,
    /// The API keys; `None` when they cannot be read.
    pub keys: Option<SavedApiKeys>,
}

/// The draft as the store has it.
#[derive(Debug, Clone)]
pub struct SavedDraft {
    /// The draft.
    pub draft: Draft,
    /// What it was begun on, when that is no longer the newest publication.
    pub base: Option<Arc<Publication>>,
    /// It could not be read, and an empty one stands for it.
    pub error: Option<Error>,
}

/// What of the journal is known already.
#[derive(Debug, Clone, Copy)]
pub struct SummaryRequest {
    /// The number of the newest message that is known.
    pub newest: i64,
    /// From when on messages count.
    pub since: Timestamp,
}

/// Where the window's router takes messages, and from whom.
#[derive(Debug, Clone)]
pub struct OwnRouter {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where messages are delivered.
    pub url: String,
    /// What it shows; `None`: what comes is not encrypted.
    pub certificate: Option<RouterCertificate>,
    /// The protection that it was started with.
    pub protection: Protection,
    /// The keys that it was started with.
    pub api_key: Option<ApiKeys>,
    /// All that it was started with.
    pub settings: Box<Settings>,
}

/// What a first start with the sample municipality brings.
#[derive(Debug, Clone)]
pub struct SampleStarted {
    /// Where the router takes messages.
    pub router: Box<OwnRouter>,
    /// The settings that it needs.
    pub settings: Settings,
}

/// What the window's screens have done for them: they never open the database or a socket themselves.
#[derive(Debug)]
pub struct Services {
    store: Store,
    pub secrets: Arc<Secrets>,
    /// Held while secrets get another home, so that settings read before that do not bring back the old one.
    pub moves_secrets: std::sync::Mutex<()>,
    router: Mutex<Option<Router>>,
    practice: Mutex<Option<PracticeFagsystem>>,
    followed: std::sync::Mutex<HashMap<(PublicationNumber, PublicationNumber), Numbers>>,
    /// The newest question to the log: older ones need no answer.
    pub(super) newest_question: AtomicU64,
    /// The publication that the last story was told with.
    pub(super) last_explained: std::sync::Mutex<Option<Arc<PublicationExplainer>>>,
}

/// The numbers that an authority's rules have in a later publication.
type Numbers = HashMap<(Cvr, Priority), Priority>;

impl Services {
    pub fn open(data: &Path) -> Result<Self, Error> {
        let store = Store::open(data)?.run_by(Program::Window);
        for notice in store.notices() {
            tracing::warn!("{notice}");
        }
        let secrets = Secrets::at(Home::of(store.settings()?.secrets));
        Ok(Self {
            store,
            secrets: Arc::new(secrets),
            moves_secrets: std::sync::Mutex::default(),
            router: Mutex::new(None),
            practice: Mutex::new(None),
            followed: std::sync::Mutex::default(),
            newest_question: AtomicU64::new(0),
            last_explained: std::sync::Mutex::default(),
        })
    }

    pub fn settings(&self) -> Result<Settings, Error> {
        Ok(self.store.settings()?)
    }

    /// What earlier versions kept of what each person chooses for themselves.
    pub fn former_preferences(&self) -> Result<Map<String, Value>, Error> {
        Ok(self.store.former_preferences()?)
    }

    /// Whether a router runs on the data; `None` when it cannot be told.
    pub fn router_now(&self) -> Option<RouterNow> {
        self.store.router_now().ok()
    }

    /// Whether the router that ran last was a window's, so that a window may start it again without being asked.
    pub fn window_ran_last(&self) -> bool {
        matches!(self.store.router_ran_last(), Ok(Some(Program::Window)))
    }

    /// Whether it is known of no program that it has had the router running, as after an update of a version that did not
    /// keep that.
    pub fn nobody_ran_last(&self) -> bool {
        matches!(self.store.router_ran_last(), Ok(None))
    }

    /// Looks at the data.
    pub async fn poll(self: Arc<Self>, known: Cursor) -> Result<PollResult, Error> {
        let snapshot = Arc::clone(&self).take_snapshot(known).await?;
        let router = self.with_store(|store| Ok(store.router_now()?)).await.ok();
        Ok(PollResult { snapshot, router })
    }

    /// Looks at the store; `None` when nothing has been written that is not known.
    async fn take_snapshot(self: Arc<Self>, known: Cursor) -> Result<Option<Snapshot>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            // Its own writes do not change a connection's data version.
            let now = Cursor {
                version: Some(store.data_version()?),
                publication: store.newest_publication_number()?,
                revision: Some(store.draft_revision()?),
                kle: Some(store.kle_plan_revision()?),
            };
            if now == known {
                return Ok(None);
            }
            this.follow_secrets(store)?;
            // All of one moment: a draft that was read after a publication that came between would seem to undo it.
            let store = store.snapshot()?;
            let newest = store.newest_publication_number()?;
            let is_new = newest != known.publication;
            let publication = if is_new { store.newest_publication()?.map(Arc::new) } else { None };
            let is_same_draft = Some(store.draft_revision()?) == known.revision;
            let draft = if is_same_draft { None } else { Some(find_draft(&store, newest)?) };
            let is_same_plan = Some(store.kle_plan_revision()?) == known.kle;
            let kle = if is_same_plan { None } else { Some(SavedKlePlan::find(&store)?) };
            let version = now.version.unwrap_or_default();
            let (rows, keys) = (store.newest_journal_rows(MAX_LIVE_ROWS)?, SavedApiKeys::find(&store)?);
            Ok(Some(Snapshot { version, publication, draft, kle, rows, keys }))
        })
        .await
    }

    /// Puts the very first rules in force.
    pub async fn publish_first(self: Arc<Self>, book: RuleBook, imprint: Imprint) -> Result<(), Error> {
        self.publishing(move |store| {
            store.publish(&book.compile()?, imprint, None)?;
            Ok(())
        })
        .await
    }

    /// Puts the draft in force, as it is kept at that revision.
    pub async fn publish_draft(
        self: Arc<Self>,
        draft: DraftToPublish,
        imprint: Imprint,
    ) -> Result<(Arc<Publication>, i64), Error> {
        self.publishing(move |store| {
            let rules = draft.book.compile()?;
            let (_, revision) = store.publish_draft(&rules, imprint, Some(draft.based_on), draft.over)?;
            let publication = store.newest_publication()?.map(Arc::new).ok_or(Error::Lost)?;
            Ok((publication, revision))
        })
        .await
    }

    /// Puts a paused fagsystem back in use: in force is what was, with that alone changed.
    pub async fn resume(
        self: Arc<Self>,
        authority: Cvr,
        id: FagsystemId,
        imprint: Imprint,
    ) -> Result<Arc<Publication>, Error> {
        self.publishing(move |store| {
            let newest = store.newest_publication()?.ok_or(Error::Lost)?;
            let mut book = RuleBook::clone(&newest.book);
            let authority = book.authorities.iter_mut().find(|it| it.cvr == authority);
            let fagsystem = authority.and_then(|it| it.fagsystems.iter_mut().find(|it| it.id == id));
            let fagsystem = fagsystem.ok_or(Error::Lost)?;
            if !std::mem::replace(&mut fagsystem.active, true) {
                store.publish(&book.compile()?, imprint, Some(newest.number))?;
            }
            store.newest_publication()?.map(Arc::new).ok_or(Error::Lost)
        })
        .await
    }

    /// The window's own router follows at once.
    async fn publishing<T: Send + 'static>(
        self: Arc<Self>,
        publish: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let rules = self.router.lock().await.as_ref().map(Router::rules);
        self.with_store(move |store| {
            let published = publish(store)?;
            if let Some(rules) = rules {
                rules.refresh(store)?;
            }
            Ok(published)
        })
        .await
    }

    pub async fn save_draft(self: Arc<Self>, draft: DraftToSave) -> Result<i64, Error> {
        self.with_store(move |store| Ok(store.save_draft(draft.book.as_deref(), Some(draft.based_on), draft.over)?))
            .await
    }

    pub async fn history(self: Arc<Self>) -> Result<Vec<PublicationEntry>, Error> {
        self.with_store(|store| Ok(store.publications()?)).await
    }

    pub async fn publication(self: Arc<Self>, number: PublicationNumber) -> Result<Arc<Publication>, Error> {
        self.with_store(move |store| store.publication(number)?.map(Arc::new).ok_or(Error::Lost)).await
    }

    /// How it goes, and how it stands with each fagsystem.
    pub async fn overview(self: Arc<Self>, period: Period, now: Timestamp) -> Result<Overview, Error> {
        self.with_store(move |store| Ok(store.overview(period, now)?)).await
    }

    /// Has the journal go by the machine's clock again.
    pub async fn confirm_clock(self: Arc<Self>, now: Timestamp) -> Result<(), Error> {
        // On a connection of its own, so that it is seen as something new.
        self.with_store(move |store| Ok(store.reopen()?.confirm_clock(now)?)).await
    }

    /// What the journal tells that is not known yet; how often rules decided is counted anew.
    pub async fn read_journal(
        self: Arc<Self>,
        known: SummaryRequest,
        newest: Arc<Publication>,
    ) -> Result<JournalSummary, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            // On a connection of its own: a million rows take a while, and nothing else should wait for them.
            let own = store.reopen()?;
            let traffic = own.traffic(known.since, known.newest)?;
            let hits = this.count_hits(&own, known.since, &newest)?;
            Ok(JournalSummary { traffic: Arc::new(traffic), since: Some(known.since), hits, version: 0 })
        })
        .await
    }

    /// A rule keeps its hits when it is renumbered or changed: it is followed from publication to publication.
    fn count_hits(&self, store: &Store, since: Timestamp, newest: &Publication) -> Result<HitTable, Error> {
        let mut table = HitTable::of(newest.number);
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.retain(|(_, to), _| *to == newest.number);
        let mut hits = store.rule_hits(since.to_zoned(TimeZone::UTC).date())?;
        hits.sort_by_key(|hit| Reverse(hit.publication));
        let mut publications: Vec<_> = hits.iter().map(|hit| hit.publication).collect();
        publications.dedup();
        publications.truncate(MOST_FOLLOWED);
        for hit in hits {
            let more = Hits { count: hit.hits, last: hit.last };
            let Some(priority) = hit.priority.filter(|_| hit.publication != newest.number) else {
                table.add(hit.authority, hit.priority, more);
                continue;
            };
            if !publications.contains(&hit.publication) {
                continue;
            }
            let way = (hit.publication, newest.number);
            let numbers = match followed.entry(way) {
                Entry::Occupied(numbers) => numbers.into_mut(),
                Entry::Vacant(place) => {
                    let older = store.publication(hit.publication)?;
                    place.insert(older.map(|older| follow(&older.book, &newest.book)).unwrap_or_default())
                }
            };
            if let Some(now) = numbers.get(&(hit.authority, priority)) {
                table.add(hit.authority, Some(*now), more);
            }
        }
        Ok(table)
    }

    /// Keeps those settings that are others than before.
    pub async fn save_settings(self: Arc<Self>, before: Settings, settings: Settings) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.save_changed_settings(&before, &settings)?)).await
    }

    /// Starts the router with the protection that is kept: another program may have made an API key. While a setting
    /// that guards is damaged it does not start.
    pub async fn start_router(self: Arc<Self>, settings: Settings) -> Result<OwnRouter, Error> {
        let mut running = self.router.lock().await;
        if let Some(router) = running.take() {
            router.stop().await;
        }
        let mut kept = self.store.settings()?;
        // The address is the one that was written in this window, unless it was read damaged here too.
        if !settings.damaged.contains(Guard::Listen) {
            kept.damaged.mend(Guard::Listen);
        }
        let Settings { protection, api_key, trusted_issuers, proxy, damaged, .. } = kept;
        let settings = Settings { protection, api_key, trusted_issuers, proxy, damaged, ..settings };
        let router = Router::start(&self.store, settings.listen, &settings, Arc::clone(&self.secrets)).await?;
        let reception = OwnRouter {
            address: router.address(),
            url: router.url(),
            certificate: router.certificate(),
            protection: settings.protection.clone(),
            api_key: settings.api_key.clone(),
            settings: Box::new(settings),
        };
        *running = Some(router);
        Ok(reception)
    }

    /// Why the window's router refuses every message, while it does.
    pub fn router_refusal(&self) -> Option<NotReady> {
        let running = self.router.try_lock().ok()?;
        running.as_ref().and_then(|router| router.rules().ready().err())
    }

    /// The certificate that the window's router shows now.
    pub fn router_certificate(&self) -> Option<RouterCertificate> {
        let running = self.router.try_lock().ok()?;
        running.as_ref().and_then(Router::certificate)
    }

    /// What will not work, as the window's router has found it; nothing where it does not run, and `None` when it cannot be
    /// asked at the moment.
    pub fn hindrances(&self) -> Option<Arc<Vec<Hindrance>>> {
        let running = self.router.try_lock().ok()?;
        Some(running.as_ref().map(Router::hindrances).unwrap_or_default())
    }

    pub async fn stop_router(self: Arc<Self>) {
        // Not while others wait for the lock: its last messages may take their time.
        let router = self.router.lock().await.take();
        if let Some(router) = router {
            router.stop().await;
        }
    }

    /// Ends what runs, when the window closes: messages under way come to their end.
    pub async fn shut_down(self: Arc<Self>) {
        Arc::clone(&self).stop_router().await;
        if let Some(practice) = self.practice.lock().await.take() {
            practice.stop().await;
        }
    }

    pub async fn start_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        let started = PracticeFagsystem::start(address, PracticeAnswer::Accept, None).await;
        let practice = started.map_err(|_| Error::Practice(address))?;
        let address = practice.address();
        *self.practice.lock().await = Some(practice);
        Ok(address)
    }

    /// Starts the practice fagsystems of an earlier time, unless another window has them running.
    pub async fn resume_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Error> {
        match self.start_practice(address).await {
            Err(Error::Practice(address)) if TcpStream::connect(address).await.is_ok() => Ok(address),
            started => started,
        }
    }

    /// Sets up the sample municipality with its practice fagsystems, and starts the router. Where the usual ports are
    /// taken, free ones serve. A router that runs already is nobody's to practise with: it may receive real mail.
    pub async fn start_sample(self: Arc<Self>, imprint: Imprint, settings: Settings) -> Result<SampleStarted, Error> {
        Arc::clone(&self).with_store(|store| Ok(store.check_no_router_runs()?)).await?;
        let free: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let usual = (Ipv4Addr::LOCALHOST, PRACTICE_PORT).into();
        let practice = match Arc::clone(&self).start_practice(usual).await {
            Ok(address) => address,
            Err(_) => Arc::clone(&self).start_practice(free).await?,
        };
        let before = settings.clone();
        let mut settings = Settings { practice: Some(practice), router_runs: true, ..settings };
        let router = if let Ok(reception) = Arc::clone(&self).start_router(settings.clone()).await {
            reception
        } else {
            settings.listen = free;
            Arc::clone(&self).start_router(settings.clone()).await?
        };
        // Not before the router runs: where it cannot, nothing is published either.
        if let Err(error) = Arc::clone(&self).publish_first(sample_book(practice), imprint).await {
            self.stop_router().await;
            return Err(error);
        }
        settings.listen = router.address;
        Arc::clone(&self).save_settings(before, settings.clone()).await?;
        Ok(SampleStarted { router: Box::new(router), settings })
    }

    /// Sends sample messages to the window's own router, or to another one at the address of those settings, which is
    /// protected as they say.
    pub async fn send(self: Arc<Self>, letters: Vec<SampleLetter>, settings: Settings) -> Result<(), Error> {
        let own = self.router.lock().await.as_ref().map(Router::local_client);
        let local_client = own.or_else(|| LocalClient::expected(&settings, self.data())).ok_or(Error::Lost)?;
        let postman = Postman::through(&local_client)?;
        for letter in letters {
            let letter = letter.letter();
            let message = write(&letter);
            let length = message.len() as u64;
            postman.deliver(message, length, letter.message_uuid.to_string()).await?;
        }
        Ok(())
    }

    pub fn data(&self) -> &Path {
        self.store.path().parent().unwrap_or(Path::new("."))
    }

    pub async fn with_store<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        spawn_blocking(move || work(&self.store)).await.unwrap_or(Err(Error::Lost))
    }
}

fn find_draft(store: &Store, newest: Option<PublicationNumber>) -> Result<SavedDraft, Error> {
    match store.draft() {
        Ok(draft) => {
            let older = draft.based_on.filter(|based_on| Some(*based_on) != newest);
            let base = older.map(|number| store.publication(number)).transpose()?.flatten().map(Arc::new);
            Ok(SavedDraft { draft, base, error: None })
        }
        Err(error @ StoreError::Damaged { .. }) => {
            let draft = Draft { revision: store.draft_revision()?, based_on: newest, book: None };
            Ok(SavedDraft { draft, base: None, error: Some(error.into()) })
        }
        Err(error) => Err(error.into()),
    }
}

fn follow(older: &RuleBook, newer: &RuleBook) -> Numbers {
    let mut numbers = Numbers::new();
    for before in &older.authorities {
        let Some(after) = newer.authority(before.cvr) else { continue };
        let counterparts = before.counterparts(after).into_iter();
        numbers.extend(counterparts.map(|(from, to)| ((before.cvr, from), to)));
    }
    numbers
}
