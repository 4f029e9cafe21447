//! The draft: the rules as they are being edited, and everything that follows from them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::civil::Date;

use super::day_review::DayReview;
use super::draft_edit::DraftEdit;
use super::marks::Marks;
use crate::rules::{
    Applied, Authority, Cvr, Difference, Distributor, Never, Obstacle, Priority, Rule, RuleBook, Subject, Swap,
};
use crate::store::{Draft, Publication, PublicationNumber};

/// So many reviews of the draft are kept, so that going back and forth between days is quick.
const MOST_REVIEWS: usize = 32;

/// The draft with its undo history, beside the rules that are in force meanwhile.
///
/// The draft is shared by all windows on a data directory. Steps are stored as differences, so that they can be undone
/// even when somebody else has changed other things meanwhile.
#[derive(Debug)]
pub struct Workbench {
    /// The rules in force.
    published: Arc<Publication>,
    /// Decides by them; `None` if they cannot be compiled.
    in_force: Option<Arc<Distributor>>,
    /// The publication that the draft is based on; an older one when somebody else has published since.
    base: Arc<Publication>,
    book: Arc<RuleBook>,
    saved: Saved,
    pending: Pending,
    past: Vec<Step>,
    future: Vec<Step>,
    next_step: u64,
    insight: Insight,
    /// The day whose rules are shown; `None` for today.
    looked_at: Option<Date>,
    /// What the analysis says of the draft on days that have been shown, the last ones.
    reviews: VecDeque<(Date, Arc<DayReview>)>,
    conflicts: Vec<(Difference, Obstacle)>,
}

/// The draft as the store had it when it was last heard of.
#[derive(Debug)]
struct Saved {
    book: Arc<RuleBook>,
    based_on: PublicationNumber,
    revision: i64,
}

/// The request that the store is working on. There is one at a time: each needs the revision that the one before led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Nothing,
    Saving,
    Publishing,
    /// Saving failed; the next attempt waits for [`Workbench::allow_retry`].
    RetryLater,
}

/// A step of editing.
#[derive(Debug, Clone)]
struct Step {
    number: u64,
    edit: DraftEdit,
    differences: Vec<Difference>,
}

/// A draft to save.
#[derive(Debug, Clone)]
pub struct DraftToSave {
    /// `None`: the draft is the same as the publication that it is based on.
    pub book: Option<Arc<RuleBook>>,
    /// The draft in either case.
    pub of: Arc<RuleBook>,
    pub based_on: PublicationNumber,
    /// The revision that it replaces; it is not saved over any other.
    pub over: i64,
}

/// A draft to publish.
#[derive(Debug, Clone)]
pub struct DraftToPublish {
    pub book: Arc<RuleBook>,
    pub based_on: PublicationNumber,
    /// The revision that it was saved as; no other is published.
    pub over: i64,
}

/// What follows from the draft. It is worked out once for each state of the draft, and not each time that it is drawn.
#[derive(Debug, Clone, Default)]
pub struct Insight {
    /// The changes that lead from the publication that the draft is based on to the draft.
    pub differences: Vec<Difference>,
    /// Decides by the draft; `None` while the draft contradicts itself.
    pub distributor: Option<Arc<Distributor>>,
    /// What the analysis says of the draft from today on. It is what counts when the draft is published, whichever day is shown.
    pub today: Arc<DayReview>,
    /// What it says from the day on whose rules are shown.
    pub seen: Arc<DayReview>,
    /// The parts of the draft that are new or changed.
    pub marks: Marks,
    /// Whether the analysis has been worked out. Until then it says nothing, which does not mean that there is nothing.
    pub is_reviewed: bool,
    /// The numbers that the draft's rules have in the publication in force.
    published_as: HashMap<Cvr, HashMap<Priority, Priority>>,
}

impl Insight {
    /// `in_force` decides by the publication.
    fn of(published: &RuleBook, in_force: Option<&Arc<Distributor>>, base: &RuleBook, book: &RuleBook) -> Self {
        let published_as = published.authorities.iter().filter_map(|before| {
            let after = book.authority(before.cvr)?;
            let numbers = before.counterparts(after).into_iter().map(|(before, after)| (after, before));
            Some((before.cvr, numbers.collect()))
        });
        let differences = base.compare(book);
        let distributor =
            if std::ptr::eq(published, book) { in_force.cloned() } else { book.compile().ok().map(Arc::new) };
        Self {
            marks: Marks::of(&differences),
            differences,
            distributor,
            is_reviewed: false,
            today: Arc::default(),
            seen: Arc::default(),
            published_as: published_as.collect(),
        }
    }

    /// The number that a rule of the draft has in the publication in force; `None` if it is not in it.
    pub fn published_as(&self, authority: Cvr, priority: Priority) -> Option<Priority> {
        self.published_as.get(&authority)?.get(&priority).copied()
    }

    /// Why a rule can never decide anything from the day on whose rules are shown; `None` if it can.
    pub fn never(&self, authority: Cvr, priority: Priority) -> Option<&Never> {
        self.seen.never(authority, priority)
    }
}

impl Workbench {
    /// The workbench without the analysis of the draft, which takes long where there are very many rules.
    /// [`Workbench::complete_insight`] adds it.
    pub fn new(published: Arc<Publication>, draft: Draft, base: Option<Arc<Publication>>) -> Self {
        let base = base.unwrap_or_else(|| Arc::clone(&published));
        let book = draft.book.unwrap_or_else(|| Arc::clone(&base.book));
        let saved = Saved { book: Arc::clone(&book), based_on: base.number, revision: draft.revision };
        let mut bench = Self {
            in_force: compiled(&published),
            published,
            base,
            book,
            saved,
            pending: Pending::Nothing,
            past: Vec::new(),
            future: Vec::new(),
            next_step: 0,
            insight: Insight::default(),
            looked_at: None,
            reviews: VecDeque::new(),
            conflicts: Vec::new(),
        };
        bench.follow_publication();
        bench.insight = bench.insight_without_review();
        bench
    }

    pub fn book(&self) -> &Arc<RuleBook> {
        &self.book
    }

    pub fn published(&self) -> &Arc<Publication> {
        &self.published
    }

    /// Decides by the rules in force.
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

    /// Changes that could not be made on top of what others have done, and why.
    pub fn conflicts(&self) -> &[(Difference, Obstacle)] {
        &self.conflicts
    }

    pub fn dismiss_conflicts(&mut self) {
        self.conflicts.clear();
    }

    /// Works out again what follows from the draft, as it does when a day has passed.
    pub fn refresh_insight(&mut self, today: Date) {
        self.insight = self.insight_without_review();
        self.reviews.clear();
        self.review_today(today);
    }

    fn insight_without_review(&self) -> Insight {
        Insight::of(&self.published.book, self.in_force.as_ref(), &self.base.book, &self.book)
    }

    fn review_today(&mut self, today: Date) {
        self.insight.today = self.review(today);
        self.insight.is_reviewed = true;
        self.look_at(self.looked_at, today);
    }

    /// Works out now what the analysis says of the draft, unless that is known.
    pub fn complete_insight(&mut self, today: Date) {
        if !self.insight.is_reviewed {
            self.review_today(today);
        }
    }

    /// What the analysis says of the draft from that day on.
    fn review(&mut self, day: Date) -> Arc<DayReview> {
        self.known_review(day).unwrap_or_else(|| {
            let review = Arc::new(DayReview::of(&self.book, self.insight.distributor.as_deref(), day));
            self.keep_review(day, Arc::clone(&review));
            review
        })
    }

    /// The same, if it has been worked out.
    pub fn known_review(&self, day: Date) -> Option<Arc<DayReview>> {
        self.reviews.iter().find(|(of, _)| *of == day).map(|(_, review)| Arc::clone(review))
    }

    /// Keeps what has been worked out of the draft as it is now.
    pub fn keep_review(&mut self, day: Date, review: Arc<DayReview>) {
        self.reviews.retain(|(of, _)| *of != day);
        self.reviews.truncate(MOST_REVIEWS - 1);
        self.reviews.push_front((day, review));
    }

    /// The day whose rules are shown; `None` for today.
    pub fn looked_at(&self) -> Option<Date> {
        self.looked_at
    }

    /// Shows the rules of another day; `None` for today. Neither the draft nor anything else changes by that.
    pub fn look_at(&mut self, day: Option<Date>, today: Date) {
        self.looked_at = day.filter(|day| *day != today);
        self.insight.seen = match self.looked_at {
            Some(day) => self.review(day),
            None => Arc::clone(&self.insight.today),
        };
    }

    /// Makes the book the draft, as a step that can be undone. Returns the step's number; `None` when nothing has changed.
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

    /// The step that [`Workbench::undo`] would undo, with its number.
    pub fn last_step(&self) -> Option<(u64, &DraftEdit)> {
        self.past.last().map(|step| (step.number, &step.edit))
    }

    /// The step that [`Workbench::redo`] would repeat.
    pub fn next_step(&self) -> Option<&DraftEdit> {
        self.future.last().map(|step| &step.edit)
    }

    /// Undoes the last step; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Somebody else has changed the same: nothing happens, and the step is dropped.
    pub fn undo(&mut self, today: Date) -> Option<Result<DraftEdit, Obstacle>> {
        let step = self.past.pop()?;
        let back: Vec<_> = step.differences.iter().map(Difference::reversed).collect();
        let done = self.make(&back, today).map(|()| step.edit.clone());
        if done.is_ok() {
            self.future.push(step);
        }
        Some(done)
    }

    /// Repeats the step that was undone last; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Somebody else has changed the same: nothing happens, and the step is dropped.
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

    /// Whether the store has the draft as it is here.
    pub fn is_saved(&self) -> bool {
        Arc::ptr_eq(&self.saved.book, &self.book) && self.saved.based_on == self.base.number
    }

    /// Begins saving, unless the store has the draft or is working on a request.
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

    /// The store has saved that draft.
    pub fn saving_succeeded(&mut self, draft: DraftToSave, revision: i64) {
        self.saved = Saved { book: draft.of, based_on: draft.based_on, revision };
        self.pending = Pending::Nothing;
    }

    /// The store has not saved the draft.
    pub fn saving_failed(&mut self) {
        self.pending = Pending::RetryLater;
    }

    /// Whether saving has failed and is to be tried again after a while.
    pub fn waits_to_retry(&self) -> bool {
        self.pending == Pending::RetryLater
    }

    /// Lets saving be tried again after a failure.
    pub fn allow_retry(&mut self) {
        if self.pending == Pending::RetryLater {
            self.pending = Pending::Nothing;
        }
    }

    /// Begins publishing, if the draft is saved and the store is not working on a request.
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
        // Edits made while it was being published stay in the draft.
        if self.book.compare(&publication.book).is_empty() {
            self.book = Arc::clone(&publication.book);
        }
        self.follow(publication);
        self.refresh_insight(today);
    }

    /// The store has not published the draft.
    pub fn publishing_failed(&mut self) {
        self.pending = Pending::Nothing;
    }

    /// Replaces the draft by the one that another window has saved, with the changes that this window has not saved yet on
    /// top. Returns how many of these could not be made.
    pub fn merge_saved(&mut self, draft: Draft, base: Option<Arc<Publication>>, today: Date) -> usize {
        // While a request is under way, the newer revision may be this window's own.
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
            let applied = rebase(&theirs, &own);
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

    /// Somebody else may have published that. Returns whether it is newer than what is known.
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
        self.in_force = compiled(&publication);
        self.published = publication;
    }

    /// A draft in which nothing differs has no reason to stay on an older publication.
    fn follow_publication(&mut self) {
        if self.base.number >= self.published.number || !self.base.book.compare(&self.book).is_empty() {
            return;
        }
        // The change came from others: there is nothing to save.
        if Arc::ptr_eq(&self.saved.book, &self.book) {
            self.saved.book = Arc::clone(&self.published.book);
        }
        self.base = Arc::clone(&self.published);
        self.book = Arc::clone(&self.published.book);
    }

    /// Bases the draft on the newest publication, with its changes on top. Returns how many of them could not be made;
    /// [`Workbench::conflicts`] has these.
    pub fn carry_over(&mut self, today: Date) -> usize {
        if !self.is_behind() {
            return 0;
        }
        let applied = rebase(&self.published.book, &self.insight.differences);
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

fn compiled(publication: &Publication) -> Option<Arc<Distributor>> {
    publication.book.compile().ok().map(Arc::new)
}

/// Makes changes in a book that others have changed meanwhile. A new rule whose number somebody else has used gets the
/// next free one, which keeps its place among the rules.
fn rebase(book: &RuleBook, differences: &[Difference]) -> Applied {
    let mut applied = book.apply(differences);
    for (difference, obstacle) in std::mem::take(&mut applied.refused) {
        let renumbered = with_free_number(&applied.book, &difference, &obstacle);
        let again = renumbered.map(|renumbered| applied.book.apply(&[renumbered]));
        match again.filter(|again| again.refused.is_empty()) {
            Some(again) => applied.book = again.book,
            None => applied.refused.push((difference, obstacle)),
        }
    }
    applied
}

/// The same new rule with the next free number; `None` if the difference is something else, or none is free.
fn with_free_number(book: &RuleBook, difference: &Difference, obstacle: &Obstacle) -> Option<Difference> {
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
