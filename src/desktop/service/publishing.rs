//! The draft and the publications: rules are edited in the one and take force with the other.

use std::sync::Arc;

use super::services::Services;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::desktop::model::workbench::{DraftToPublish, DraftToSave};
use crate::router::Router;
use crate::rules::{Cvr, FagsystemId, RuleBook};
use crate::store::{Imprint, Publication, PublicationEntry, PublicationNumber, Store};

impl Services {
    /// Saves the draft over the revision that this window knows, and returns the new revision. Refused when somebody else
    /// has saved another meanwhile.
    pub async fn save_draft(self: Arc<Self>, draft: DraftToSave) -> Result<i64, Error> {
        self.with_store(move |store| Ok(store.save_draft(draft.book.as_deref(), Some(draft.based_on), draft.over)?))
            .await
    }

    /// Every publication, without its rules.
    pub async fn history(self: Arc<Self>) -> Result<Vec<PublicationEntry>, Error> {
        self.with_store(|store| Ok(store.publications()?)).await
    }

    /// The publication of that number, with its rules.
    pub async fn publication(self: Arc<Self>, number: PublicationNumber) -> Result<Arc<Publication>, Error> {
        self.with_store(move |store| store.publication(number)?.map(Arc::new).ok_or(Error::Lost)).await
    }

    /// Publishes the very first rules.
    pub async fn publish_first(self: Arc<Self>, book: RuleBook, imprint: Imprint) -> Result<(), Error> {
        self.publishing(move |store| {
            let rules = book.compile()?;
            let broken = rules.broken_guards(clock::today());
            if !broken.is_empty() {
                return Err(Error::BrokenGuards(broken));
            }
            store.publish(&rules, imprint, None)?;
            Ok(())
        })
        .await
    }

    /// Publishes the draft as it was saved at that revision; returns the publication and the draft's new revision.
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

    /// Ends a fagsystem's pause: publishes the rules in force with that alone changed. Returns the newest publication.
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

    /// Publishes, and has the window's own router read the new rules before anybody hears that they are in force.
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
}
