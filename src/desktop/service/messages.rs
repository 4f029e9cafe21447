//! The list of messages, and one message's story.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::explainer::ExplainedDecision;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::store::{MessageCursor, MessageDetails, MessagePage, MessageQuery, MessageUpdates, MessageWatch};

/// How many rows are read at a time.
const PAGE_ROWS: usize = 200;
/// When more rows than this are new, the list is read anew instead.
const MAX_NEW_ROWS: usize = 500;
/// How long a search waits for the next letter, so that not every letter is searched for.
const TYPING_PAUSE: Duration = Duration::from_millis(120);

/// How many messages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageCounts {
    /// Those that the query matches.
    pub shown: u64,
    /// All.
    pub all: u64,
}

/// All that the journal says of one message.
#[derive(Debug, Clone)]
pub struct MessageStory {
    /// The message, and every other attempt to deliver it.
    pub story: MessageDetails,
    /// What decided where it went; `None` when nothing did.
    pub decided: Option<ExplainedDecision>,
}

impl Services {
    /// Starts a search: reads the newest rows that the query matches. `search` is its number, counted upwards by the
    /// window. `None` when a newer search was started meanwhile.
    pub async fn search_messages(
        self: Arc<Self>,
        search: u64,
        query: MessageQuery,
        is_typed: bool,
    ) -> Result<Option<MessagePage>, Error> {
        self.newest_search.store(search, Ordering::Relaxed);
        if is_typed {
            tokio::time::sleep(TYPING_PAUSE).await;
        }
        self.read_messages(search, query, None).await
    }

    /// Reads the next rows of a search, from that place on. `None` when a newer search was started meanwhile.
    pub async fn read_messages(
        self: Arc<Self>,
        search: u64,
        query: MessageQuery,
        place: Option<MessageCursor>,
    ) -> Result<Option<MessagePage>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| Ok(store.read_messages(&query, place, PAGE_ROWS, || this.is_newest(search))?))
            .await
    }

    /// Counts the rows of a search. `None` when a newer search was started meanwhile.
    pub async fn count_messages(
        self: Arc<Self>,
        search: u64,
        query: MessageQuery,
    ) -> Result<Option<MessageCounts>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            let all = store.count_messages(&MessageQuery::default(), || true)?;
            let shown = store.count_messages(&query, || this.is_newest(search))?;
            Ok(shown.zip(all).map(|(shown, all)| MessageCounts { shown, all }))
        })
        .await
    }

    fn is_newest(&self, search: u64) -> bool {
        self.newest_search.load(Ordering::Relaxed) == search
    }

    /// What has come or changed since that watch began.
    pub async fn message_news(
        self: Arc<Self>,
        query: MessageQuery,
        since: MessageWatch,
    ) -> Result<MessageUpdates, Error> {
        self.with_store(move |store| Ok(store.message_updates(&query, &since, MAX_NEW_ROWS)?)).await
    }

    /// The story of the row of that number; `None` when the journal no longer has the row.
    pub async fn story(self: Arc<Self>, number: i64) -> Result<Option<Box<MessageStory>>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            let Some(story) = store.message_details(number)? else { return Ok(None) };
            let decided = this.explainer.explain(store, &story)?;
            Ok(Some(Box::new(MessageStory { story, decided })))
        })
        .await
    }
}
