//! KL's plan of KLE numbers (*emneplan*), as XML: main groups with groups with subjects.
//!
//! A plan has several megabytes, of which numbers, titles and the day of publication are read. Invalid parts are left out
//! and listed in [`KlePlanImport::skipped`].

mod outcome;
mod reading;

pub use self::outcome::{KleFlaw, KlePlanError, KlePlanImport, SkippedKleEntry};

use self::reading::Reading;
use super::progress::Progress;
use super::text::xml::{UnknownEncoding, text_of};

/// The largest file that is read, in bytes; KL's own has 7 MB.
const LARGEST_KLE_PLAN: u64 = 32 << 20;

/// Reads KL's plan. The progress counts bytes; the file may have at most 32 MiB.
///
/// ```
/// use postfordeler::exchange::{Progress, read_kle_plan};
///
/// let file = "<KLE-Emneplan><Hovedgruppe><HovedgruppeNr>27</HovedgruppeNr>\
///             <HovedgruppeTitel>Social service</HovedgruppeTitel></Hovedgruppe></KLE-Emneplan>";
/// let import = read_kle_plan(file.as_bytes(), &Progress::default())?;
/// assert_eq!(import.plan.len(), 1);
/// assert!(import.skipped.is_empty());
/// # Ok::<(), postfordeler::exchange::KlePlanError>(())
/// ```
///
/// A document type is never followed, and prefixes of elements do not matter.
///
/// # Errors
///
/// [`KlePlanError`]. Single invalid parts are no error: they are listed in the result.
pub fn read_kle_plan(bytes: &[u8], progress: &Progress) -> Result<KlePlanImport, KlePlanError> {
    if bytes.len() as u64 > LARGEST_KLE_PLAN {
        return Err(KlePlanError::TooLarge);
    }
    let text = text_of(bytes).map_err(|UnknownEncoding| KlePlanError::UnknownEncoding)?;
    if text.len() as u64 > LARGEST_KLE_PLAN {
        return Err(KlePlanError::TooLarge);
    }
    progress.expect(text.len() as u64);
    let (read, is_a_plan) = Reading::of(&text, progress)?;
    progress.reach(text.len() as u64)?;
    if !is_a_plan {
        return Err(KlePlanError::NotAPlan);
    }
    if read.plan.is_empty() {
        return Err(KlePlanError::NoNumbers);
    }
    Ok(read)
}
