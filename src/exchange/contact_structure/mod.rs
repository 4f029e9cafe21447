//! The contact structure that an authority maintains in Digital Post's administration, as its API lists it. There is no
//! file format for it and its schema is not published: what people have are pages of the API that somebody has saved.
//! Reading is therefore lenient: unknown keys are ignored, and only contact points that could not be told apart are
//! refused.
//!
//! `pages` finds the pages in each file, `reading` reads their contact points, and a [`ContactStructure`] is applied to a
//! draft by [`ContactStructure::into_book`].

mod error;
pub(super) mod lenient;
mod pages;
mod reading;
mod structure;

pub use self::error::{FilePosition, FoundInstead, StructureError, StructureFault, StructureNotice, StructureProblem};
pub(super) use self::lenient::is_key;
pub use self::structure::{ContactStructure, StructureOrganisation, StructurePages};

use std::collections::{HashMap, HashSet};

use self::pages::{StructurePage, pages_of, parse};
use self::reading::Reading;
use super::json::JsonFiles;
use super::progress::Progress;
use super::text::encoding::in_utf8;
use crate::rules::{Caseless, ContactPoint};

/// The most contact points: far more than any authority has. Each takes far more memory than its bytes in the file.
const MAX_POINTS: usize = 100_000;

/// Reads one or more saved pages of a contact structure, each with its file's name.
///
/// ```
/// use postfordeler::exchange::{Progress, read_contact_structure};
///
/// let page = br#"{"currentPage": 0, "totalPages": 1, "contactPoints": [{"id": "a1", "name": "Borgerservice"}]}"#;
/// let files = [("side0.json".to_owned(), page.to_vec())];
/// let structure = read_contact_structure(&files, &Progress::default())?;
/// assert_eq!(structure.points[0].title, "Borgerservice");
/// assert!(structure.is_whole());
/// # Ok::<(), postfordeler::exchange::StructureError>(())
/// ```
///
/// Pages are read in the order of their numbers. A contact point on several pages counts once, since pages shift while they
/// are saved; if it differs, the later one counts and there is a notice.
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

/// The same; `counts` receives the number of contact points of each file, even if they have faults.
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
    let texts = files.iter().map(|(_, bytes)| progress.go_on().map(|()| in_utf8(bytes)));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    for ((file, bytes), text) in files.iter().zip(&texts) {
        progress.reach(done)?;
        parsed.push((file.as_str(), parse(file, text, &mut json)?));
        done += bytes.len() as u64;
    }
    let mut pages = Vec::new();
    for (file, json) in &parsed {
        let own = pages_of(file, json)?;
        counts.push(own.iter().map(|page| page.points.len()).sum());
        pages.extend(own);
    }
    if counts.iter().sum::<usize>() > MAX_POINTS {
        return Err(StructureError::TooLarge);
    }
    pages.sort_by_key(|page| page.number);
    progress.reach(done)?;
    gathered(&pages, progress)
}

fn gathered(pages: &[StructurePage<'_>], progress: &Progress) -> Result<ContactStructure, StructureError> {
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

/// Counts pages; one that was saved twice counts once.
fn counted(pages: &[StructurePage<'_>]) -> StructurePages {
    let numbers: HashSet<u64> = pages.iter().filter_map(|page| page.number).collect();
    let unnumbered = pages.iter().filter(|page| page.number.is_none()).count();
    StructurePages { have: (numbers.len() + unnumbered) as u64, of: pages.iter().filter_map(|page| page.pages).max() }
}
