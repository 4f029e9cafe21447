//! The draft: what is being edited, and everything that is known of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::draft_edit::DraftEdit;
use super::marks::Marks;
use crate::rules::{
    Applied, Authority, Cvr, Difference, Distributor, Finding, FindingKind, Never, Obstacle, Priority, Rule, RuleBook,
    Subject, Swap,
};
use crate::store::{Draft, Publication, PublicationNumber};

/// The draft, its way back and forth, and what the router follows meanwhile.
///
/// The draft is shared by all windows on a data directory. Steps are kept as differences, so that they can be taken
/// back even when somebody else has changed other things meanwhile.
#[derive(Debug)]
pub struct Workbench {
    /// What the router follows.
    published: Arc<Publication>,
    /// Decides as it does.
    in_force: Option<Arc<Distributor>>,
    /// What the draft was begun on; an older publication when somebody else has published since.
    base: Arc<Publication>,
    book: Arc<RuleBook>,
    saved: Saved,
    pending: Pending,
    past: Vec<Step>,
    future: Vec<Step>,
    next_step: u64,
    insight: Insight,
    conflicts: Vec<(Difference, Obstacle)>,
}

/// The draft as the store has it, as far as is known.
#[derive(Debug)]
struct Saved {
    book: Arc<RuleBook>,
    based_on: PublicationNumber,
    revision: i64,
}

/// What the store is being asked. One thing at a time: each depends on the revision that the one before has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    Saving,
    Publishing,
    /// It did not take the draft; it is asked again after a while.
    AgainLater,
}

/// Something that was done to the draft.
#[derive(Debug, Clone)]
struct Step {
    number: u64,
    edit: DraftEdit,
    differences: Vec<Difference>,
}

/// What is to be kept of the draft.
#[derive(Debug, Clone)]
pub struct DraftToSave {
    /// `None`: it says what the publication says.
    pub book: Option<Arc<RuleBook>>,
    pub of: Arc<RuleBook>,
    pub based_on: PublicationNumber,
    pub over: i64,
}

/// What is to be published.
#[derive(Debug, Clone)]
pub struct DraftToPublish {
    pub book: Arc<RuleBook>,
    pub based_on: PublicationNumber,
    pub over: i64,
}

/// What follows from the draft. Worked out once for each state of it, not for each picture.
#[derive(Debug, Clone, Default)]
pub struct Insight {
    /// What leads from the publication that the draft is based on to the draft.
    pub differences: Vec<Difference>,
    /// Decides as the draft says; `None` while the draft contradicts itself.
    pub distributor: Option<Arc<Distributor>>,
    pub findings: Vec<Finding>,
    /// The rules that can never win, and why not.
    never: HashMap<Cvr, BTreeMap<Priority, Never>>,
    /// What of the draft is new or changed.
    pub marks: Marks,
    /// The number under which the router knows a rule of the draft.
    published_as: HashMap<Cvr, HashMap<Priority, Priority>>,
}

impl Insight {
    fn of(published: &RuleBook, base: &RuleBook, book: &RuleBook, today: Date) -> Self {
        let findings = book.findings(today);
        let mut never: HashMap<Cvr, BTreeMap<Priority, Never>> = HashMap::new();
        for finding in &findings {
            if let (Some(authority), FindingKind::Never { rule, why }) = (finding.authority, &finding.kind) {
                never.entry(authority).or_default().insert(*rule, why.clone());
            }
        }
        let published_as = published.authorities.iter().filter_map(|before| {
            let after = book.authority(before.cvr)?;
            let numbers = before.counterparts(after).into_iter().map(|(before, after)| (after, before));
            Some((before.cvr, numbers.collect()))
        });
        let differences = base.compare(book);
        Self {
            marks: Marks::of(&differences),
            differences,
            distributor: book.compile().ok().map(Arc::new),
            findings,
            never,
            published_as: published_as.collect(),
        }
    }

    /// The number under which the router knows a rule of the draft, when it knows it.
    pub fn published_as(&self, authority: Cvr, priority: Priority) -> Option<Priority> {
        self.published_as.get(&authority)?.get(&priority).copied()
    }

    /// Why a rule can never win, when it cannot.
    pub fn never(&self, authority: Cvr, priority: Priority) -> Option<&Never> {
        self.never.get(&authority)?.get(&priority)
    }
}

impl Workbench {
    pub fn new(published: Arc<Publication>, draft: Draft, base: Option<Arc<Publication>>, today: Date) -> Self {
        let base = base.unwrap_or_else(|| Arc::clone(&published));
        let book = draft.book.unwrap_or_else(|| Arc::clone(&base.book));
        let saved = Saved { book: Arc::clone(&book), based_on: base.number, revision: draft.revision };
        let mut bench = Self {
            in_force: ready(&published),
            published,
            base,
            book,
            saved,
            pending: Pending::Nothing,
            past: Vec::new(),
            future: Vec::new(),
            next_step: 0,
            insight: Insight::default(),
            conflicts: Vec::new(),
        };
        bench.follow_publication();
        bench.refresh_insight(today);
        bench
    }

    pub fn book(&self) -> &Arc<RuleBook> {
        &self.book
    }

    pub fn published(&self) -> &Arc<Publication> {
        &self.published
    }

    /// Decides as the router does.
    pub fn in_force(&self) -> Option<&Arc<Distributor>> {
        self.in_force.as_ref()
    }

    pub fn base(&self) -> &Arc<Publication> {
        &self.base
    }

    pub fn insight(&self) -> &Insight {
        &self.insight
    }

    pub fn revision(&self) -> i64 {
        self.saved.revision
    }

    /// Whether somebody else has published since the draft was begun.
    pub fn is_behind(&self) -> bool {
        self.base.number != self.published.number
    }

    /// Changes that could not be carried over to a newer publication, and why.
    pub fn conflicts(&self) -> &[(Difference, Obstacle)] {
        &self.conflicts
    }

    pub fn dismiss_conflicts(&mut self) {
        self.conflicts.clear();
    }

    /// Works out anew what follows from the draft.
    pub fn refresh_insight(&mut self, today: Date) {
        self.insight = Insight::of(&self.published.book, &self.base.book, &self.book, today);
    }

    /// Takes in a changed book; returns the step's number, or `None` when nothing has changed.
    pub fn edit(&mut self, book: RuleBook, edit: DraftEdit, today: Date) -> Option<u64> {
        let differences = self.book.compare(&book);
        if differences.is_empty() {
            return None;
        }
        let number = self.next_step;
        self.next_step += 1;
        self.past.push(Step { number, edit, differences });
        self.future.clear();
        self.book = Arc::new(book);
        self.follow_publication();
        self.refresh_insight(today);
        Some(number)
    }

    /// What taking back would take back.
    pub fn last_step(&self) -> Option<(u64, &DraftEdit)> {
        self.past.last().map(|step| (step.number, &step.edit))
    }

    /// What doing again would do.
    pub fn next_step(&self) -> Option<&DraftEdit> {
        self.future.last().map(|step| &step.edit)
    }

    /// Takes back the last step; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Somebody else has changed the same: nothing happens, and the step can never be taken back.
    pub fn undo(&mut self, today: Date) -> Option<Result<DraftEdit, Obstacle>> {
        let step = self.past.pop()?;
        let back: Vec<_> = step.differences.iter().map(Difference::reversed).collect();
        let done = self.make(&back, today).map(|()| step.edit.clone());
        if done.is_ok() {
            self.future.push(step);
        }
        Some(done)
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    ///
    /// Somebody else has changed the same: nothing happens, and the step can never be done again.
    pub fn redo(&mut self, today: Date) -> Option<Result<DraftEdit, Obstacle>> {
        let step = self.future.pop()?;
        let done = self.make(&step.differences, today).map(|()| step.edit.clone());
        if done.is_ok() {
            self.past.push(step);
        }
        Some(done)
    }

    fn make(&mut self, differences: &[Difference], today: Date) -> Result<(), Obstacle> {
        let applied = self.book.apply(differences);
        if let Some((_, obstacle)) = applied.refused.into_iter().next() {
            return Err(obstacle);
        }
        self.book = Arc::new(applied.book);
        self.follow_publication();
        self.refresh_insight(today);
        Ok(())
    }

    /// Whether the store has the draft as it is.
    pub fn is_saved(&self) -> bool {
        Arc::ptr_eq(&self.saved.book, &self.book) && self.saved.based_on == self.base.number
    }

    /// The draft as the store is to be asked to keep it, unless it has it or is being asked something.
    pub fn begin_saving(&mut self) -> Option<DraftToSave> {
        if self.is_saved() || self.pending != Pending::Nothing {
            return None;
        }
        self.pending = Pending::Saving;
        let is_changed = !self.insight.differences.is_empty();
        Some(DraftToSave {
            book: is_changed.then(|| Arc::clone(&self.book)),
            of: Arc::clone(&self.book),
            based_on: self.base.number,
            over: self.saved.revision,
        })
    }

    /// The store has it now.
    pub fn saving_succeeded(&mut self, draft: DraftToSave, revision: i64) {
        self.saved = Saved { book: draft.of, based_on: draft.based_on, revision };
        self.pending = Pending::Nothing;
    }

    /// The store did not take it.
    pub fn saving_failed(&mut self) {
        self.pending = Pending::AgainLater;
    }

    /// The store may be asked again.
    pub fn allow_retry(&mut self) {
        if self.pending == Pending::AgainLater {
            self.pending = Pending::Nothing;
        }
    }

    /// The draft as the store is to be asked to publish it, once it has it, unless it is being asked something.
    pub fn begin_publishing(&mut self) -> Option<DraftToPublish> {
        if !self.is_saved() || self.pending != Pending::Nothing {
            return None;
        }
        self.pending = Pending::Publishing;
        Some(DraftToPublish { book: Arc::clone(&self.book), based_on: self.base.number, over: self.saved.revision })
    }

    /// The draft has been published.
    pub fn publishing_succeeded(&mut self, publication: Arc<Publication>, revision: i64, today: Date) {
        self.saved = Saved { book: Arc::clone(&publication.book), based_on: publication.number, revision };
        self.pending = Pending::Nothing;
        self.base = Arc::clone(&publication);
        // What was done here in the moment of publishing stays a draft.
        if self.book.compare(&publication.book).is_empty() {
            self.book = Arc::clone(&publication.book);
        }
        self.follow(publication);
        self.refresh_insight(today);
    }

    /// The store did not publish it.
    pub fn publishing_failed(&mut self) {
        self.pending = Pending::Nothing;
    }

    /// Takes in the draft as another window has left it, with what has been done here since put on top. Returns what
    /// of that could not be.
    pub fn merge_saved(&mut self, draft: Draft, base: Option<Arc<Publication>>, today: Date) -> usize {
        // While the store is being asked, what it has may be this window's own.
        if draft.revision <= self.saved.revision || matches!(self.pending, Pending::Saving | Pending::Publishing) {
            return 0;
        }
        let own = self.saved.book.compare(&self.book);
        self.base = base.unwrap_or_else(|| Arc::clone(&self.published));
        let theirs = draft.book.unwrap_or_else(|| Arc::clone(&self.base.book));
        let mut refused = 0;
        if own.is_empty() {
            self.book = Arc::clone(&theirs);
        } else {
            let applied = put_on_top(&theirs, &own);
            self.book = Arc::new(applied.book);
            refused = applied.refused.len();
            self.conflicts.extend(applied.refused);
        }
        self.saved = Saved { book: theirs, based_on: self.base.number, revision: draft.revision };
        self.pending = Pending::Nothing;
        self.follow_publication();
        self.refresh_insight(today);
        refused
    }

    /// Somebody else has published. Says whether that is news.
    pub fn published_elsewhere(&mut self, publication: Arc<Publication>, today: Date) -> bool {
        if publication.number <= self.published.number || self.pending == Pending::Publishing {
            return false;
        }
        self.follow(publication);
        self.follow_publication();
        self.refresh_insight(today);
        true
    }

    fn follow(&mut self, publication: Arc<Publication>) {
        self.in_force = ready(&publication);
        self.published = publication;
    }

    /// A draft in which nothing differs has no reason to stay on an older publication.
    fn follow_publication(&mut self) {
        if self.base.number >= self.published.number || !self.base.book.compare(&self.book).is_empty() {
            return;
        }
        // What others have published is nothing that was done here.
        if Arc::ptr_eq(&self.saved.book, &self.book) {
            self.saved.book = Arc::clone(&self.published.book);
        }
        self.base = Arc::clone(&self.published);
        self.book = Arc::clone(&self.published.book);
    }

    /// Puts the changes of the draft on top of the newest publication. What cannot be is left out and told.
    pub fn carry_over(&mut self, today: Date) -> usize {
        if !self.is_behind() {
            return 0;
        }
        let applied = put_on_top(&self.published.book, &self.insight.differences);
        self.base = Arc::clone(&self.published);
        self.book = Arc::new(applied.book);
        let refused = applied.refused.len();
        self.conflicts.extend(applied.refused);
        self.refresh_insight(today);
        refused
    }

    /// The authority with that number in the draft, or else the first.
    pub fn authority(&self, cvr: Option<Cvr>) -> Option<&Authority> {
        cvr.and_then(|cvr| self.book.authority(cvr)).or_else(|| self.book.authorities.first())
    }
}

fn ready(publication: &Publication) -> Option<Arc<Distributor>> {
    publication.book.compile().ok().map(Arc::new)
}

/// Makes differences in a book that others have changed. A new rule whose number somebody else has taken meanwhile
/// gets the next free one: it stands where it was meant to all the same.
fn put_on_top(book: &RuleBook, differences: &[Difference]) -> Applied {
    let mut applied = book.apply(differences);
    for (difference, obstacle) in std::mem::take(&mut applied.refused) {
        let renumbered = elsewhere(&applied.book, &difference, &obstacle);
        let again = renumbered.map(|renumbered| applied.book.apply(&[renumbered]));
        match again.filter(|again| again.refused.is_empty()) {
            Some(again) => applied.book = again.book,
            None => applied.refused.push((difference, obstacle)),
        }
    }
    applied
}

/// The same new rule under the next free number.
fn elsewhere(book: &RuleBook, difference: &Difference, obstacle: &Obstacle) -> Option<Difference> {
    let (Subject::Rule(Swap { before: None, after: Some(rule) }), Obstacle::PriorityTaken(taken)) =
        (&difference.subject, obstacle)
    else {
        return None;
    };
    let authority = book.authority(difference.authority?)?;
    let priority = authority.nearest_free(*taken).into_iter().find(|free| *free > *taken)?;
    let rule = Arc::new(Rule { priority, ..Rule::clone(rule) });
    Some(Difference { subject: Subject::Rule(Swap { before: None, after: Some(rule) }), ..difference.clone() })
}
