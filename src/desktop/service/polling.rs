//! What has changed in the data since the window looked last: another window, the command line or a router may have
//! written.

use std::sync::Arc;

use super::api_keys::SavedApiKeys;
use super::registers::SavedKlePlan;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::store::{
    Draft, JournalRow, OtherWindow, Publication, PublicationNumber, RouterNow, SharingRouter, Store, StoreError,
};

/// How many messages the live list holds.
pub const MAX_LIVE_ROWS: usize = 500;

/// What the window knows of the store already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The store's data version.
    pub version: Option<i64>,
    /// The newest publication.
    pub publication: Option<PublicationNumber>,
    /// The draft's revision.
    pub revision: Option<i64>,
    /// The KLE plan's revision.
    pub kle: Option<i64>,
}

/// What a look at the data found.
#[derive(Debug, Clone)]
pub struct PollResult {
    /// What the store holds; `None` when nothing has been written since.
    pub snapshot: Option<Snapshot>,
    /// Whether a router runs on the data, this window's own included; `None` when that is unknown.
    pub router: Option<RouterNow>,
    /// The routers that share the database; `None` where it is in the data directory, and where they are unknown.
    pub routers: Option<Vec<SharingRouter>>,
    /// The windows that others have open on the same database; none where they are unknown.
    pub others: Vec<OtherWindow>,
    /// Whether training has begun anew since these data were opened: nothing that is known of them is true any more.
    pub has_begun_anew: bool,
}

/// What the store held at one moment.
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
    /// The publication that it was begun on, when that is no longer the newest.
    pub base: Option<Arc<Publication>>,
    /// Why the stored draft cannot be read; the draft here is empty then.
    pub error: Option<Error>,
}

impl Cursor {
    /// What there is to know of the store now.
    pub(super) fn of(store: &Store) -> Result<Self, Error> {
        // A connection's own writes do not change its data version, so the version alone is not enough.
        Ok(Self {
            version: Some(store.data_version()?),
            publication: store.newest_publication_number()?,
            revision: Some(store.draft_revision()?),
            kle: Some(store.kle_plan_revision()?),
        })
    }
}

impl Services {
    /// Looks at the data, and returns what is newer than the cursor.
    pub async fn poll(self: Arc<Self>, known: Cursor) -> Result<PollResult, Error> {
        let opened_in = self.training;
        let beginnings = Arc::clone(&self).with_store(|store| Ok(store.training_beginnings()?)).await?;
        if beginnings != opened_in {
            return Ok(PollResult {
                snapshot: None,
                router: None,
                routers: None,
                others: Vec::new(),
                has_begun_anew: true,
            });
        }
        let snapshot = Arc::clone(&self).take_snapshot(known).await?;
        self.with_store(move |store| {
            let (router, routers) = (store.router_now().ok(), store.sharing_routers().ok().flatten());
            let others = store.other_windows().unwrap_or_default();
            Ok(PollResult { snapshot, router, routers, others, has_begun_anew: false })
        })
        .await
    }

    async fn take_snapshot(self: Arc<Self>, known: Cursor) -> Result<Option<Snapshot>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            let now = Cursor::of(store)?;
            if now == known {
                return Ok(None);
            }
            this.follow_secrets(store)?;
            // All from one moment: a draft that is read after a publication came in between would seem to undo it.
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
