//! Why a fagsystem did not get a message, or did not answer as it should: every reason with its code and its texts.
//!
//! Log, journal, metrics, receipts, the window and the reference for operators all use this table, so that a reason has the
//! same code and the same words everywhere. [`Reason`] names the reasons, `table` holds a [`ReasonExplanation`] of each.

mod explanation;
mod reason;
mod table;

pub use self::explanation::{Fate, InTwoLanguages, ReasonExplanation, ReasonText};
pub use self::reason::Reason;

impl Reason {
    /// Every reason, in the order in which they are explained.
    pub fn all() -> impl Iterator<Item = Self> {
        table::TABLE.iter().map(|explanation| explanation.reason)
    }

    /// All that is said of it.
    #[must_use]
    pub fn explanation(self) -> &'static ReasonExplanation {
        let found = table::TABLE.iter().find(|explanation| explanation.reason == self);
        found.expect("every reason stands in the table")
    }

    /// Its code in journal, log, metrics and receipts. Stable.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.explanation().code
    }

    /// What happened, in English: the same in log and receipt.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.explanation().english.what
    }

    /// What happened, in English, with a detail.
    #[must_use]
    pub fn with_detail(self, detail: Option<&str>) -> String {
        let words = self.words();
        detail.map_or_else(|| words.to_owned(), |detail| format!("{words}: {detail}"))
    }

    /// What to do about it, in English.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        self.explanation().english.remedy
    }

    /// Whether messages go on failing until a person sets something right.
    #[must_use]
    pub fn needs_a_person(self) -> bool {
        self.explanation().needs_a_person
    }

    /// The reason with that code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        table::TABLE.iter().find(|explanation| explanation.code == code).map(|explanation| explanation.reason)
    }
}
