//! What is read of the log, and written of it to files.

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::civil::Date;

use super::services::Services;
use crate::clock;
use crate::desktop::model::error::Error;
use crate::exchange::{Progress, SheetCell, SheetColumn, SheetFormat, SheetWriter};
use crate::rules::{Authority, Cvr, Distributor, MatchResult, Priority, RuleBook};
use crate::store::{
    JournalEntry, JournalRow, LogNews, LogPage, LogPlace, LogQuery, LogWatch, Publication, PublicationNumber, Store,
    Story,
};

/// How many rows are read at a time.
const A_PAGE: usize = 200;
/// Of more new rows than so many the list is read anew.
const MOST_NEW: usize = 500;
/// While somebody types, the log is not searched for every letter.
const TYPING: Duration = Duration::from_millis(120);

/// How many rows of the log fit, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Those that fit.
    pub shown: u64,
    /// All.
    pub all: u64,
}

/// A row's whole story.
#[derive(Debug, Clone)]
pub struct Told {
    /// What the journal tells.
    pub story: Story,
    /// What decided; `None` when nothing did.
    pub decided: Option<Decided>,
}

/// What decided where a message went.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The publication.
    pub publication: Publication,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// Each of its rules in order, with what it came to.
    pub explained: Vec<(Priority, MatchResult)>,
}

impl Decided {
    /// The authority as it stands in the publication.
    pub fn authority(&self) -> Option<&Authority> {
        self.publication.book.authority(self.authority)
    }
}

/// A publication made ready to explain.
#[derive(Debug)]
pub struct Decider {
    publication: Publication,
    distributor: Distributor,
}

/// What is to be written of the log, and where.
#[derive(Debug, Clone)]
pub struct ExportOrder {
    pub query: LogQuery,
    pub path: PathBuf,
    pub format: SheetFormat,
    /// A file that stands there may be replaced.
    pub may_replace: bool,
    /// What the sheet is called.
    pub title: &'static str,
    pub columns: Vec<SheetColumn>,
    pub cells: RowCells,
    pub progress: Arc<Progress>,
}

/// Makes the cells of a message, one for each column, in the language of the window.
#[derive(Clone)]
pub struct RowCells(Arc<MakeCells>);

type MakeCells = dyn Fn(i64, &JournalEntry) -> Vec<SheetCell> + Send + Sync;

impl RowCells {
    pub fn new(cells: impl Fn(i64, &JournalEntry) -> Vec<SheetCell> + Send + Sync + 'static) -> Self {
        Self(Arc::new(cells))
    }
}

impl fmt::Debug for RowCells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowCells")
    }
}

impl Services {
    /// The newest rows that fit. `None` when something else has been asked for meanwhile.
    pub async fn search_messages(
        self: Arc<Self>,
        question: u64,
        query: LogQuery,
        is_typed: bool,
    ) -> Result<Option<LogPage>, Error> {
        self.newest_question.store(question, Ordering::Relaxed);
        if is_typed {
            tokio::time::sleep(TYPING).await;
        }
        self.read_messages(question, query, None).await
    }

    /// The rows from that place on. `None` when something else has been asked for meanwhile.
    pub async fn read_messages(
        self: Arc<Self>,
        question: u64,
        query: LogQuery,
        place: Option<LogPlace>,
    ) -> Result<Option<LogPage>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| Ok(store.read_log(&query, place, A_PAGE, || this.is_asked(question))?)).await
    }

    /// How many rows fit. `None` when something else has been asked for meanwhile.
    pub async fn count_messages(self: Arc<Self>, question: u64, query: LogQuery) -> Result<Option<Counts>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            let all = store.count_log(&LogQuery::default(), || true)?;
            let shown = store.count_log(&query, || this.is_asked(question))?;
            Ok(shown.zip(all).map(|(shown, all)| Counts { shown, all }))
        })
        .await
    }

    fn is_asked(&self, question: u64) -> bool {
        self.newest_question.load(Ordering::Relaxed) == question
    }

    pub async fn message_news(self: Arc<Self>, query: LogQuery, since: LogWatch) -> Result<LogNews, Error> {
        self.with_store(move |store| Ok(store.log_news(&query, &since, MOST_NEW)?)).await
    }

    /// A row's whole story; `None` when there is no such row any more.
    pub async fn story(self: Arc<Self>, number: i64) -> Result<Option<Box<Told>>, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            let Some(story) = store.story(number)? else { return Ok(None) };
            let decided = this.decided(store, &story)?;
            Ok(Some(Box::new(Told { story, decided })))
        })
        .await
    }

    fn decided(&self, store: &Store, story: &Story) -> Result<Option<Decided>, Error> {
        let Some(routed) = &story.entry.routed else { return Ok(None) };
        let Some(decider) = self.decider(store, routed.publication)? else { return Ok(None) };
        let explained = match &story.entry.facts {
            Some((facts, _)) => decider.distributor.explain(facts, day_of_decision(story)).ok(),
            None => None,
        };
        let explained = explained.map(|explanation| explanation.rules).unwrap_or_default();
        let explained = explained.into_iter().map(|it| (it.rule.priority, it.result)).collect();
        Ok(Some(Decided { publication: decider.publication.clone(), authority: routed.authority, explained }))
    }

    fn decider(&self, store: &Store, number: PublicationNumber) -> Result<Option<Arc<Decider>>, Error> {
        let mut told_with = self.told_with.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(decider) = told_with.as_ref().filter(|decider| decider.publication.number == number) {
            return Ok(Some(Arc::clone(decider)));
        }
        let Some(publication) = store.publication(number)? else { return Ok(None) };
        let distributor = RuleBook::clone(&publication.book).compile()?;
        Ok(Some(Arc::clone(told_with.insert(Arc::new(Decider { publication, distributor })))))
    }

    /// Asks where a file is to be written; `None` when no place was chosen, or nobody could be asked.
    pub async fn choose_file(name: String, format: SheetFormat) -> Option<PathBuf> {
        let dialog = rfd::AsyncFileDialog::new().set_file_name(name).add_filter(format.ending(), &[format.ending()]);
        dialog.save_file().await.map(|file| file.path().to_owned())
    }

    /// Writes the rows that fit to a file; tells how many. `None` when it was stopped.
    pub async fn export_messages(self: Arc<Self>, order: ExportOrder) -> Result<Option<u64>, Error> {
        self.with_store(move |store| export(store, &order)).await
    }
}

/// A message that was bound by an earlier row was decided when that one came.
fn day_of_decision(story: &Story) -> Date {
    let earlier = story.entry.follows.or(story.entry.repeats);
    let first = |number: i64| story.tries.iter().find(|row: &&JournalRow| row.number == number);
    let decided_at = earlier.and_then(first).map_or(story.entry.received_at, |row| row.received_at);
    clock::day_of(decided_at)
}

fn export(store: &Store, order: &ExportOrder) -> Result<Option<u64>, Error> {
    if !order.may_replace && order.path.exists() {
        return Err(Error::FileExists(order.path.clone()));
    }
    let mut writer = SheetWriter::create_private(&order.path, order.format, order.title, &order.columns)?;
    let mut written = Ok(());
    let mut count = 0;
    store.each_of_log(&order.query, |number, entry| {
        written = writer.write(&(order.cells.0)(number, &entry));
        count += 1;
        if written.is_ok() && order.progress.reach(count).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    written?;
    if order.progress.is_stopped() {
        return Ok(None);
    }
    writer.finish()?;
    Ok(Some(count))
}
