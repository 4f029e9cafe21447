use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use url::Url;

use crate::memo::write;
use crate::router::{Courier, Probe, Receipt, Router, RouterError};
use crate::rules::{Endpoint, Faults, RuleBook};
use crate::store::{JournalRow, Publication, PublicationNumber, Settings, Store, StoreError};
use crate::training::{NoReceipt, Postman, PracticeAnswer, PracticeFagsystem, SampleLetter, sample_book};

/// How many messages the live list holds.
pub(super) const MOST_ROWS: usize = 500;
/// Where the practice fagsystems receive, when nobody else does.
const PRACTICE_PORT: u16 = 9101;

/// Why something that was asked for did not happen.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The store refused.
    Store(Arc<StoreError>),
    /// The router could not be started.
    Router(Arc<RouterError>),
    /// The rules contradict each other.
    Faults(Faults),
    /// No receipt came for a sample message.
    NoReceipt(NoReceipt),
    /// The practice fagsystems could not be started at that address.
    Practice(SocketAddr),
    /// The program failed.
    Lost,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<RouterError> for Trouble {
    fn from(error: RouterError) -> Self {
        Self::Router(Arc::new(error))
    }
}

impl From<Faults> for Trouble {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<NoReceipt> for Trouble {
    fn from(error: NoReceipt) -> Self {
        Self::NoReceipt(error)
    }
}

/// What the store held when it was looked at.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The store's data version.
    pub version: i64,
    /// The newest publication, when it is another than the one known.
    pub publication: Option<Arc<Publication>>,
    /// The newest messages, the newest first.
    pub rows: Vec<JournalRow>,
}

/// What a first start with the sample municipality brings.
#[derive(Debug, Clone)]
pub struct SampleBegun {
    /// Its rules.
    pub publication: Arc<Publication>,
    /// Where the router takes messages.
    pub router: SocketAddr,
    /// The settings that it needs.
    pub settings: Settings,
}

/// What the window's screens have done for them: they never open the database or a socket themselves.
#[derive(Debug)]
pub(super) struct Services {
    store: Store,
    router: Mutex<Option<Router>>,
    practice: Mutex<Option<PracticeFagsystem>>,
}

impl Services {
    pub fn open(data: &Path) -> Result<Self, Trouble> {
        Ok(Self { store: Store::open(data)?, router: Mutex::new(None), practice: Mutex::new(None) })
    }

    pub fn settings(&self) -> Result<Settings, Trouble> {
        Ok(self.store.settings()?)
    }

    /// Looks at the store; `None` when nothing has been written since the version seen last.
    pub async fn look(
        self: Arc<Self>,
        seen: Option<i64>,
        known: Option<PublicationNumber>,
    ) -> Result<Option<Sight>, Trouble> {
        self.with_store(move |store| {
            let version = store.data_version()?;
            // Its own writes do not change a connection's data version.
            let newest = store.newest_publication_number()?;
            if seen == Some(version) && newest == known {
                return Ok(None);
            }
            let publication = if newest == known { None } else { store.newest_publication()?.map(Arc::new) };
            Ok(Some(Sight { version, publication, rows: store.newest_journal_rows(MOST_ROWS)? }))
        })
        .await
    }

    pub async fn publish(
        self: Arc<Self>,
        book: RuleBook,
        note: String,
        based_on: Option<PublicationNumber>,
    ) -> Result<Arc<Publication>, Trouble> {
        let rules = self.router.lock().await.as_ref().map(Router::rules);
        self.with_store(move |store| {
            store.publish(&book.compile()?, note, based_on)?;
            if let Some(rules) = rules {
                rules.refresh(store)?;
            }
            store.newest_publication()?.map(Arc::new).ok_or(Trouble::Lost)
        })
        .await
    }

    pub async fn save_settings(self: Arc<Self>, settings: Settings) -> Result<(), Trouble> {
        self.with_store(move |store| Ok(store.save_settings(&settings)?)).await
    }

    pub async fn start_router(self: Arc<Self>, settings: Settings) -> Result<SocketAddr, Trouble> {
        let mut running = self.router.lock().await;
        if let Some(router) = running.take() {
            router.stop().await;
        }
        let router = Router::start(&self.store, settings.listen, &settings).await?;
        let address = router.address();
        *running = Some(router);
        Ok(address)
    }

    pub async fn stop_router(self: Arc<Self>) {
        if let Some(router) = self.router.lock().await.take() {
            router.stop().await;
        }
    }

    /// Ends what runs, when the window closes: messages under way come to their end.
    pub async fn end(self: Arc<Self>) {
        Arc::clone(&self).stop_router().await;
        if let Some(practice) = self.practice.lock().await.take() {
            practice.stop().await;
        }
    }

    pub async fn start_practice(self: Arc<Self>, address: SocketAddr) -> Result<SocketAddr, Trouble> {
        let started = PracticeFagsystem::start(address, PracticeAnswer::Accept, None).await;
        let practice = started.map_err(|_| Trouble::Practice(address))?;
        let address = practice.address();
        *self.practice.lock().await = Some(practice);
        Ok(address)
    }

    /// Sets up the sample municipality with its practice fagsystems, and starts the router. Where the usual ports are
    /// taken, free ones serve.
    pub async fn begin_sample(
        self: Arc<Self>,
        note: String,
        settings: Settings,
        based_on: Option<PublicationNumber>,
    ) -> Result<SampleBegun, Trouble> {
        let free: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let usual = (Ipv4Addr::LOCALHOST, PRACTICE_PORT).into();
        let practice = match Arc::clone(&self).start_practice(usual).await {
            Ok(address) => address,
            Err(_) => Arc::clone(&self).start_practice(free).await?,
        };
        let publication = Arc::clone(&self).publish(sample_book(practice), note, based_on).await?;
        let mut settings = Settings { practice: Some(practice), router_runs: true, ..settings };
        let router = if let Ok(address) = Arc::clone(&self).start_router(settings.clone()).await {
            address
        } else {
            settings.listen = free;
            Arc::clone(&self).start_router(settings.clone()).await?
        };
        settings.listen = router;
        Arc::clone(&self).save_settings(settings.clone()).await?;
        Ok(SampleBegun { publication, router, settings })
    }

    pub async fn send(letter: SampleLetter, router: SocketAddr) -> Result<Receipt, Trouble> {
        let letter = letter.letter();
        let message = write(&letter);
        let url = Url::parse(&format!("http://{router}/memo")).map_err(|_| Trouble::Lost)?;
        let length = message.len() as u64;
        Ok(Postman::new(url)?.deliver(message, length, letter.message_uuid.to_string()).await?)
    }

    pub async fn probe(endpoint: Endpoint, settings: Settings) -> Result<Probe, Trouble> {
        let courier = Courier::new(&settings).map_err(|error| Trouble::from(RouterError::from(error)))?;
        Ok(courier.probe(&endpoint).await)
    }

    async fn with_store<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Store) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        spawn_blocking(move || work(&self.store)).await.unwrap_or(Err(Trouble::Lost))
    }
}
