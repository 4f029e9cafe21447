//! How much of the mail rules decided, and what fell to the default recipient.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::services::Services;
use crate::desktop::model::default_mail::{Automation, DefaultMail, DefaultMailSorter};
use crate::desktop::model::error::Error;
use crate::rules::{Cvr, Distributor, Ground};
use crate::store::PublicationEntry;

/// What is asked of an authority's mail.
#[derive(Debug, Clone)]
pub struct DefaultMailRequest {
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// Messages that came before are left out; `None` for all of the journal.
    pub since: Option<Timestamp>,
    /// Decides by the draft; `None` while it contradicts itself.
    pub draft: Option<Arc<Distributor>>,
    /// The day whose rules of the draft decide.
    pub day: Date,
}

/// What the journal says of it.
#[derive(Debug, Clone)]
pub struct DefaultMailReport {
    pub automation: Automation,
    pub mail: DefaultMail,
    /// Every publication, the newest first.
    pub publications: Vec<PublicationEntry>,
}

impl Services {
    /// Reads what rules decided, and what fell to the default recipient.
    pub async fn default_mail(self: Arc<Self>, request: DefaultMailRequest) -> Result<DefaultMailReport, Error> {
        self.with_store(move |store| {
            let mut sorter = DefaultMailSorter::default();
            let messages = store.default_messages(request.authority, request.since, |facts, count| {
                let decision = request.draft.as_ref().and_then(|draft| draft.decide(facts, request.day).ok());
                let is_drafted = decision.is_some_and(|decision| matches!(decision.ground, Ground::Rule(_)));
                sorter.add(facts, count, is_drafted);
            })?;
            Ok(DefaultMailReport {
                automation: Automation::of(store.decided_days(request.authority)?),
                mail: sorter.finish(messages),
                publications: store.publications()?,
            })
        })
        .await
    }
}
