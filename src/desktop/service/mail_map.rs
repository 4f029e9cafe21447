//! Where mail goes by the rules of the draft.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::services::Services;
use crate::desktop::model::map::overlapped;
use crate::rules::{Authority, Cvr, Distributor, MailMap, Priority};
use crate::store::Traffic;

/// Which mail is mapped, and by which rules.
#[derive(Debug, Clone)]
pub struct MailMapRequest {
    pub authority: Cvr,
    pub rules: Arc<Distributor>,
    /// The rules that they are compared with.
    pub others: Option<Arc<Distributor>>,
    pub traffic: Arc<Traffic>,
    pub day: Date,
}

/// The map of an authority's mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailMapReport {
    /// By the messages of the last thirty days.
    pub by_mail: MailMap,
    /// As if every rule had as much mail as the next.
    pub evenly: MailMap,
    /// The rules of which an earlier one takes a part to another fagsystem, each with that one.
    pub overlapped: BTreeMap<Priority, Priority>,
}

impl MailMapRequest {
    /// Decides the messages by the rules. `None` if they have no such authority.
    pub fn answer(self) -> Option<MailMapReport> {
        let Self { authority: cvr, rules, others, traffic, day } = self;
        let authority: &Authority = rules.book().authority(cvr)?;
        Some(MailMapReport {
            by_mail: MailMap::of(cvr, &rules, others.as_deref(), traffic.messages(), day),
            evenly: MailMap::evenly(authority, day),
            overlapped: overlapped(authority, day),
        })
    }
}

impl Services {
    /// Decides the messages by the rules, on a thread where that may take its time.
    pub async fn mail_map(self: Arc<Self>, request: MailMapRequest) -> Option<MailMapReport> {
        spawn_blocking(move || request.answer()).await.unwrap_or_default()
    }
}
