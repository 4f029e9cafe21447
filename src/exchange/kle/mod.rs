//! KL's plan of KLE numbers (*emneplan*), as XML: main groups with groups with subjects.
//!
//! Of its several megabytes little is needed: numbers, titles, and when it was published. What is broken is left out and
//! told; the rest counts.

mod reading;

use self::reading::Reading;
use super::xml::{UnknownEncoding, text_of};
use super::{Progress, Stopped};
use crate::rules::{Kle, KlePlan};

/// The largest file that is read, in bytes; KL's own has 7 MB.
const LARGEST_KLE_PLAN: u64 = 32 << 20;

/// A plan as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlePlanImport {
    /// What could be read.
    pub plan: KlePlan,
    /// What was left out because it is broken, by lines; at most 200 of it.
    pub skipped: Vec<SkippedKleEntry>,
    /// How much more was left out.
    pub more_skipped: usize,
    /// How many numbers were left out because they are historic (*udgået*).
    pub historic: usize,
}

/// A part of the file that was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct SkippedKleEntry {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Why.
    pub what: KleFlaw,
}

/// Why a part of a plan is left out. The words leave out what looks like a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KleFlaw {
    /// It has no number.
    #[error("no number stands there")]
    NoNumber,
    /// What stands there is no number of its level.
    #[error("'{0}' is no number of that level")]
    NotANumber(String),
    /// The number has no title.
    #[error("{0} has no title")]
    NoTitle(Kle),
    /// The title has letters that are no UTF-8.
    #[error("the title of {0} cannot be read: the file is not UTF-8 there")]
    Unreadable(Kle),
    /// The number has stood there before.
    #[error("{0} stands twice; the first counts")]
    Repeated(Kle),
    /// The number does not belong to what it stands in.
    #[error("{number} stands in {within}, where it does not belong")]
    Outside {
        /// The number.
        number: Kle,
        /// The number that it stands below.
        within: Kle,
    },
    /// An end that nothing began.
    #[error("an element ends there that has not begun")]
    StrayEnd,
    /// From there on the file is no XML, or it ends too soon.
    #[error("the file is broken from there on; what comes before counts")]
    BrokenOff,
}

/// Why no plan was read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KlePlanError {
    /// It is another file.
    #[error("the file is no KLE plan: KL's 'emneplan' as XML has elements Hovedgruppe, Gruppe and Emne")]
    NotAPlan,
    /// It has the shape of a plan, but not one number in it can be used.
    #[error("the file has no KLE number that can be used")]
    NoNumbers,
    /// No plan is that large.
    #[error("the file is larger than 32 MB, which no KLE plan is")]
    TooLarge,
    /// It says that it is written in a way that this program does not know.
    #[error("the file names an encoding that this program does not know; save it in UTF-8")]
    UnknownEncoding,
    /// Reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Reads KL's plan. Progress counts bytes.
///
/// A document type is never followed, and prefixes of elements do not matter.
///
/// # Errors
///
/// [`KlePlanError`]; what is merely broken here and there is left out and told.
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
