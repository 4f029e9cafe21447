//! The result of reading a plan.

use crate::exchange::progress::Stopped;
use crate::rules::{Kle, KlePlan};

/// A plan as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlePlanImport {
    /// The valid part.
    pub plan: KlePlan,
    /// Parts that were left out because they are invalid, by line; at most 200.
    pub skipped: Vec<SkippedKleEntry>,
    /// How many more parts were left out.
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
    /// It is not a number of its level.
    #[error("'{0}' is no number of that level")]
    NotANumber(String),
    /// The number has no title.
    #[error("{0} has no title")]
    NoTitle(Kle),
    /// The title has letters that are no UTF-8.
    #[error("the title of {0} cannot be read: the file is not UTF-8 there")]
    Unreadable(Kle),
    /// The number occurs twice.
    #[error("{0} stands twice; the first counts")]
    Repeated(Kle),
    /// The number does not belong to the one that encloses it.
    #[error("{number} stands in {within}, where it does not belong")]
    Outside {
        /// The number.
        number: Kle,
        /// The number that encloses it.
        within: Kle,
    },
    /// An end tag without its start tag.
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
    /// It exceeds the limit of 32 MiB.
    #[error("the file is larger than 32 MB, which no KLE plan is")]
    TooLarge,
    /// It declares an encoding that this program does not know.
    #[error("the file names an encoding that this program does not know; save it in UTF-8")]
    UnknownEncoding,
    /// Reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}
