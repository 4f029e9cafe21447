//! What a review of the rules in force says, and that somebody has made one.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::mail_map::{MailMapReport, MailMapRequest};
use super::services::Services;
use crate::desktop::model::default_mail::{DefaultMail, DefaultMailSorter};
use crate::desktop::model::error::Error;
use crate::desktop::model::journal_summary::{self, HitTable};
use crate::desktop::model::presentable::Presentable;
use crate::rules::{BrokenGuard, Cvr, Difference, Finding, FindingKind, RuleBook};
use crate::store::{Publication, PublicationEntry, RecordedReview, Store};

/// Publications since the last review, and before the first, of which more than this are counted and not compared.
const MOST_PUBLICATIONS: usize = 40;

/// Which review is to be made.
#[derive(Debug, Clone, Copy)]
pub struct ReviewRequest {
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The day whose rules are looked through.
    pub day: Date,
    pub now: Timestamp,
}

/// All that a review says, without anything that may be the number of a person.
#[derive(Debug)]
pub struct ReviewMaterial {
    pub request: ReviewRequest,
    pub publication: PublicationEntry,
    pub book: Arc<RuleBook>,
    /// How often each rule has decided in the last thirty days.
    pub hits: HitTable,
    /// What fell to the default recipient in that time.
    pub default_mail: DefaultMail,
    /// What the analysis finds in this authority and in what all share.
    pub findings: Vec<Finding>,
    /// What it would have found in the publication of the last review.
    pub known_findings: HashSet<String>,
    /// The guards of this authority that are broken.
    pub broken_guards: Vec<BrokenGuard>,
    /// The reviews of this authority, the newest first.
    pub reviews: Vec<RecordedReview>,
    /// The publications since the last review, the newest first.
    pub changes: Vec<PublishedChange>,
    /// How many more there are.
    pub more_changes: usize,
    /// Where the mail goes; `None` where the rules contradict themselves.
    pub mail: Option<Arc<MailMapReport>>,
}

/// A publication, and what it changed.
#[derive(Debug)]
pub struct PublishedChange {
    pub entry: PublicationEntry,
    pub before: Arc<RuleBook>,
    pub after: Arc<RuleBook>,
    /// Those of the authority, and of what all share.
    pub differences: Vec<Difference>,
}

impl Services {
    /// Reads and works out all that a review says.
    pub async fn review(self: Arc<Self>, request: ReviewRequest) -> Result<Arc<ReviewMaterial>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| this.read_review(store, request).map(Arc::new)).await
    }

    /// Records that somebody has looked through the rules, and returns all reviews of the authority, the newest first.
    pub async fn record_review(self: Arc<Self>, review: RecordedReview) -> Result<Vec<RecordedReview>, Error> {
        self.with_store(move |store| {
            store.record_review(&review)?;
            Ok(store.reviews(review.authority)?)
        })
        .await
    }

    fn read_review(&self, store: &Store, request: ReviewRequest) -> Result<ReviewMaterial, Error> {
        let ReviewRequest { authority, day, now } = request;
        let publication = store.newest_publication()?.ok_or(Error::Lost)?;
        let since = journal_summary::since(now);
        let hits = self.hits.count(store, since, &publication)?;
        let mut shown = Presentable::default();
        let mut sorter = DefaultMailSorter::default();
        let messages =
            store.default_messages(authority, Some(since), |facts, count| sorter.add(facts, count, false))?;
        let book = shown.book(&publication.book);
        let reviews = store.reviews(authority)?;
        let (changes, more_changes) = changes(store, reviews.first(), request, &mut shown)?;
        let known = reviews.first().map(|last| store.publication(last.publication)).transpose()?.flatten();
        let known = known.map(|known| findings(&shown.book(&known.book), request)).unwrap_or_default();
        let traffic = store.traffic(since, 0)?;
        let mail = RuleBook::clone(&publication.book).compile().ok().and_then(|rules| {
            let request =
                MailMapRequest { authority, rules: Arc::new(rules), others: None, traffic: Arc::new(traffic), day };
            request.answer().map(Arc::new)
        });
        let broken = RuleBook::clone(&book).compile().map(|rules| rules.broken_guards(day)).unwrap_or_default();
        Ok(ReviewMaterial {
            request,
            publication: entry(publication),
            hits,
            default_mail: sorter.finish(messages),
            findings: findings(&book, request),
            known_findings: known.iter().map(|finding| said(&finding.kind)).collect(),
            broken_guards: broken.into_iter().filter(|broken| broken.authority == authority).collect(),
            book,
            reviews,
            changes,
            more_changes,
            mail,
        })
    }
}

impl ReviewMaterial {
    /// Whether the publication of the last review had the same finding; `None` where there was none.
    pub fn was_known(&self, finding: &FindingKind) -> Option<bool> {
        self.reviews.first().map(|_| self.known_findings.contains(&said(finding)))
    }
}

/// A finding by what it says, by which it is the same in two publications.
fn said(finding: &FindingKind) -> String {
    finding.to_string()
}

fn findings(book: &RuleBook, request: ReviewRequest) -> Vec<Finding> {
    let mut findings = book.findings(request.day);
    findings.retain(|finding| finding.authority.is_none_or(|authority| authority == request.authority));
    findings.sort_by_key(|finding| finding.kind.severity());
    findings
}

fn entry(publication: Publication) -> PublicationEntry {
    let Publication { number, published_at, published_by, note, .. } = publication;
    PublicationEntry { number, published_at, published_by, note }
}

/// What has been published since a review, the newest first, and how much more there is.
fn changes(
    store: &Store,
    last: Option<&RecordedReview>,
    request: ReviewRequest,
    shown: &mut Presentable,
) -> Result<(Vec<PublishedChange>, usize), Error> {
    let mut entries = store.publications()?;
    let since = entries.iter().filter(|entry| last.is_none_or(|last| entry.number > last.publication)).count();
    let kept = since.min(MOST_PUBLICATIONS);
    entries.truncate(kept + 1);
    let mut after: Option<(PublicationEntry, Arc<RuleBook>)> = None;
    let mut changes = Vec::with_capacity(kept);
    for entry in entries {
        let book = store.publication(entry.number)?.ok_or(Error::Lost)?.book;
        let book = shown.book(&book);
        if let Some((later, after)) = after.replace((entry, Arc::clone(&book))) {
            changes.push(change(later, book, after, request.authority));
        }
    }
    // The first publication of all changed nothing that was there before.
    if let Some((first, after)) = after.filter(|_| changes.len() < kept) {
        changes.push(change(first, Arc::default(), after, request.authority));
    }
    Ok((changes, since - kept))
}

fn change(entry: PublicationEntry, before: Arc<RuleBook>, after: Arc<RuleBook>, authority: Cvr) -> PublishedChange {
    let mut differences = before.compare(&after);
    differences.retain(|difference| difference.authority.is_none_or(|other| other == authority));
    PublishedChange { entry, before, after, differences }
}
