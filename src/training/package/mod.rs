//! Training packages (*øvelsespakker*): rules, a lesson, messages and a journal in one file, for training to begin with.
//!
//! A [`TrainingPackage`] is a ZIP archive (`archive`) whose entries are bounded in number and size. Its journal (`journal_file`)
//! is one of [`TrainingCall`]s, which know no date: they are entered (`entering`) as the mail of the weeks before training began.
//! A [`Disguise`] makes rules and calls out of real ones, in which nobody is to be found again: `choices` say what it replaces,
//! `stand_ins` what by, `texts` where names stand in texts, `calls` what becomes of the journal. [`TrainingStart`] is what training
//! begins with, and a [`PackageOrder`] what a package is made from; `stage` says how far long work has come.

mod archive;
mod calls;
mod choices;
mod contents;
mod disguise;
mod entering;
mod error;
mod journal_file;
mod limits;
mod order;
mod stage;
mod stand_ins;
mod start;
mod texts;

pub use choices::DisguiseChoices;
pub use contents::{PackedMessage, TrainingCall, TrainingPackage};
pub use disguise::Disguise;
pub use error::{JournalFault, PackageFault, PackageOrderError, TrainingPackageError};
pub use limits::PackageLimits;
pub use order::{MessagesToPack, PackageOrder};
pub use start::{NotAsChosen, TrainingStart, TrainingStartError};
