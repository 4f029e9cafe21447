//! The contact structure that an authority keeps in Digital Post's administration, as its API lists it. There is no file
//! format for it: pages of the API that somebody has saved are what people have, and no schema of them is published. So
//! what is not known is passed over, and only what could not be told apart is refused.

mod error;
pub(super) mod lenient;
mod pages;
mod reading;

pub use self::error::{FilePosition, FoundInstead, StructureError, StructureFault, StructureNotice, StructureProblem};

use std::collections::{HashMap, HashSet};

use self::pages::{Page, pages_of, parse};
use self::reading::Reading;
use super::Progress;
use super::encoding::in_utf8;
use super::json::JsonFiles;
use crate::rules::{Authority, Caseless, ContactPoint, Cvr, RuleBook};

/// More contact points than these no authority has; each takes far more memory than it does in the file.
const MOST_POINTS: usize = 100_000;

/// What files tell of a contact structure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactStructure {
    /// Whose contact points they are; as a rule one, and none where no group says so.
    pub organisations: Vec<StructureOrganisation>,
    /// The contact points, each once.
    pub points: Vec<ContactPoint>,
    /// How many pages were read.
    pub pages: StructurePages,
    /// How many contact points there are, where that is told.
    pub all: Option<u64>,
    /// How many of them were not read.
    pub missing: u64,
    /// What people should know.
    pub notices: Vec<StructureNotice>,
}

/// An organisation that contact points belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureOrganisation {
    /// What it is called; may be empty.
    pub name: String,
    /// Its number, where that is told.
    pub cvr: Option<Cvr>,
}

/// How many pages were read, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StructurePages {
    /// Read, each counted once.
    pub have: u64,
    /// How many there are, where that is told.
    pub of: Option<u64>,
}

impl ContactStructure {
    /// Whether it is told how much there is, and all of that was read: only then does a contact point that is not in it no
    /// longer exist. Contact points without their page do not tell.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let is_told = self.all.is_some() || self.pages.of.is_some();
        is_told && self.missing == 0 && self.pages.of.is_none_or(|of| of <= self.pages.have)
    }

    /// Whether every organisation in it that has a CVR number is that authority; not when none has one.
    #[must_use]
    pub fn belongs_to(&self, authority: &Authority) -> bool {
        let mut cvrs = self.organisations.iter().filter_map(|organisation| organisation.cvr).peekable();
        cvrs.peek().is_some() && cvrs.all(|cvr| authority.cvrs().any(|own| own == cvr))
    }

    /// The draft with these contact points in that authority. Those that it has are brought up to date where they
    /// stand, new ones come after them; those that are not in the structure stay, unless they are to be removed.
    ///
    /// The draft as it is when there is no such authority.
    #[must_use]
    pub fn into_book(&self, draft: &RuleBook, authority: Cvr, removes_missing: bool) -> RuleBook {
        let mut book = draft.clone();
        let Some(authority) = book.authorities.iter_mut().find(|it| it.cvr == authority) else { return book };
        let found: HashMap<&Caseless, &ContactPoint> = self.points.iter().map(|point| (&point.id, point)).collect();
        if removes_missing {
            authority.contact_points.retain(|point| found.contains_key(&point.id));
        }
        for old in &mut authority.contact_points {
            let Some(new) = found.get(&old.id) else { continue };
            // Ids compare without case: one that is only written otherwise is no change.
            let new = ContactPoint { id: old.id.clone(), ..ContactPoint::clone(new) };
            if !old.says_the_same_as(&new) {
                *old = new;
            }
        }
        let has: HashSet<Caseless> = authority.contact_points.iter().map(|point| point.id.clone()).collect();
        authority.contact_points.extend(self.points.iter().filter(|point| !has.contains(&point.id)).cloned());
        book
    }
}

/// Reads one or more saved pages of a contact structure, each with its file's name.
///
/// Pages are taken in the order of their numbers. A contact point that stands on several counts once, for pages shift
/// while they are saved; where it differs, what stands later counts, and a notice says so.
///
/// # Errors
///
/// [`StructureError`]: a file is no JSON or something else, or a contact point has no id; the files are too large; or the
/// reading was stopped.
pub fn read_contact_structure(
    files: &[(String, Vec<u8>)],
    progress: &Progress,
) -> Result<ContactStructure, StructureError> {
    read_counted_structure(files, progress, &mut Vec::new())
}

/// The same, and counts the contact points of each file, also where they have faults.
pub(super) fn read_counted_structure(
    files: &[(String, Vec<u8>)],
    progress: &Progress,
    counts: &mut Vec<usize>,
) -> Result<ContactStructure, StructureError> {
    if files.is_empty() {
        return Err(StructureError::NoFile);
    }
    progress.expect(files.iter().map(|(_, bytes)| bytes.len() as u64).sum());
    let mut done = 0;
    let mut parsed = Vec::new();
    let mut json = JsonFiles::new(progress);
    for (file, bytes) in files {
        progress.reach(done)?;
        parsed.push((file.as_str(), parse(file, &in_utf8(bytes), &mut json)?));
        done += bytes.len() as u64;
    }
    let mut pages = Vec::new();
    for (file, json) in &parsed {
        let own = pages_of(file, json)?;
        counts.push(own.iter().map(|page| page.points.len()).sum());
        pages.extend(own);
    }
    if counts.iter().sum::<usize>() > MOST_POINTS {
        return Err(StructureError::TooLarge);
    }
    pages.sort_by_key(|page| page.number);
    progress.reach(done)?;
    gathered(&pages, progress)
}

fn gathered(pages: &[Page<'_>], progress: &Progress) -> Result<ContactStructure, StructureError> {
    let mut reading = Reading::default();
    reading.survey(pages, progress)?;
    let mut points: Vec<(FilePosition, ContactPoint)> = Vec::new();
    let mut places: HashMap<Caseless, usize> = HashMap::new();
    let mut notices = Vec::new();
    for page in pages {
        for (place, json) in &page.points {
            progress.go_on()?;
            let point = reading.point(page.file, place, json, progress)?;
            if reading.is_too_large() {
                return Err(StructureError::TooLarge);
            }
            let Some(point) = point else { continue };
            let here = FilePosition { file: page.file.to_owned(), place: place.clone() };
            let Some(&at) = places.get(&point.id) else {
                places.insert(point.id.clone(), points.len());
                points.push((here, point));
                continue;
            };
            let (first, known) = &mut points[at];
            let point = ContactPoint { id: known.id.clone(), ..point };
            if !known.says_the_same_as(&point) {
                let (id, title) = (point.id.clone(), point.title.clone());
                notices.push(StructureNotice::Differs { id, title, first: first.clone(), taken: here });
                *known = point;
            }
        }
    }
    if !reading.faults.is_empty() {
        return Err(StructureError::Faults(reading.faults));
    }
    notices.append(&mut reading.left_out);
    let all = pages.iter().filter_map(|page| page.all).max();
    Ok(ContactStructure {
        organisations: reading.organisations,
        all,
        missing: all.unwrap_or_default().saturating_sub(points.len() as u64),
        points: points.into_iter().map(|(_, point)| point).collect(),
        pages: counted(pages),
        notices,
    })
}

/// A page that was saved twice counts once.
fn counted(pages: &[Page<'_>]) -> StructurePages {
    let numbers: HashSet<u64> = pages.iter().filter_map(|page| page.number).collect();
    let unnumbered = pages.iter().filter(|page| page.number.is_none()).count();
    StructurePages { have: (numbers.len() + unnumbered) as u64, of: pages.iter().filter_map(|page| page.pages).max() }
}
