//! What the window says of files, for those who call the program from scripts.

use super::texts::Texts;
use crate::exchange::{FileFault, ImportError, Notice, StructureError, TablesError};
use crate::language::LanguageChoice;
use crate::rules::{Authority, BrokenGuard, Criterion, Difference, FindingKind, KlePlan, MatchResult, RuleBook};
use crate::training::{PackageFault, TrainingPackageError};

/// The window's words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Wording(&'static Texts);

/// Where something is, and what is said of it.
pub(crate) type Placed = (Option<String>, String);

impl Wording {
    pub(crate) fn in_language(language: LanguageChoice) -> Self {
        Self(super::texts(language))
    }

    /// Every fault of a file that cannot be imported; one for a file that is refused as a whole.
    pub(crate) fn faults(self, refusal: &ImportError) -> Vec<Placed> {
        let t = &self.0.files.comparison;
        match refusal {
            ImportError::Tables(TablesError::Faults(faults)) => {
                faults.iter().map(|it| (Some(it.place.to_string()), (t.cell_problem)(&it.problem))).collect()
            }
            ImportError::File(faults) => {
                faults.0.iter().map(|it| (Some(it.place.to_string()), (t.file_problem)(&it.problem))).collect()
            }
            ImportError::Structure(StructureError::Faults(faults)) => {
                let words = |it| (t.structure.problem)(it).to_owned();
                faults.iter().map(|it| (Some(it.at.place.to_string()), words(it.problem))).collect()
            }
            ImportError::Structure(StructureError::NotJson { line, column, .. }) => {
                // A place is a key of the JSON output, and Danish like all keys.
                vec![(Some(format!("linje {line}, tegn {column}")), t.refusal(refusal))]
            }
            whole => vec![(None, t.refusal(whole))],
        }
    }

    /// Every fault of a training package; one for a file that is none.
    pub(crate) fn package_faults(self, error: &TrainingPackageError) -> Vec<Placed> {
        let words = || (self.0.training_packages.error)(error);
        let TrainingPackageError::Entry { entry, fault } = error else { return vec![(None, words())] };
        match fault {
            PackageFault::Configuration(faults) => {
                let t = &self.0.files.comparison;
                let placed = |it: &FileFault| (Some(format!("{entry}: {}", it.place)), (t.file_problem)(&it.problem));
                faults.0.iter().map(placed).collect()
            }
            fault => vec![(Some(entry.clone()), (self.0.training_packages.fault)(fault))],
        }
    }

    /// What people should know of what was read.
    pub(crate) fn notice(self, notice: &Notice) -> Placed {
        (notice.place(), self.0.files.comparison.notice(notice))
    }

    /// What the analysis finds, of how many findings of the kind.
    pub(crate) fn findings(self, authority: &Authority, error: &FindingKind, alike: usize) -> String {
        let words = self.0.changes.finding(authority, error);
        if alike > 1 { format!("{words} {}", (self.0.changes.first_of)(alike)) } else { words }
    }

    /// Whether a rule matched a message, and otherwise why not.
    pub(crate) fn match_result(self, match_result: MatchResult, criterion: &Criterion) -> String {
        self.0.messages.story.match_result.of(match_result, criterion, None)
    }

    /// What the note of a publication says of the guards that it breaks, and why.
    pub(crate) fn despite_guards(self, broken: &[BrokenGuard], why: &str) -> String {
        self.0.guards.despite(broken, why)
    }

    /// A difference between two books in a sentence.
    pub(crate) fn difference(
        self,
        kle: &KlePlan,
        before: &RuleBook,
        after: &RuleBook,
        difference: &Difference,
    ) -> String {
        self.0.changes.sentence(kle, [before, after], difference)
    }
}
