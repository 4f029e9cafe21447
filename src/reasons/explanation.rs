//! What is said of a reason.

use super::reason::Reason;

/// What becomes of a message that a fagsystem did not get. Digital Post sends it again in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The fagsystem certainly does not have it: the rules decide again when it is sent again.
    NotDelivered,
    /// The fagsystem may have it: when it is sent again it goes there and nowhere else.
    MayBeDelivered,
    /// One or the other, depending on the outcome.
    ByOutcome,
    /// It may go to no other fagsystem than the one it is bound to.
    Bound,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy)]
pub struct InTwoLanguages {
    /// In English.
    pub english: &'static str,
    /// In Danish.
    pub danish: &'static str,
}

/// Everything about a reason.
#[derive(Debug, Clone, Copy)]
pub struct ReasonExplanation {
    /// The trial.
    pub reason: Reason,
    /// Its code in journal, log, metrics and receipts. Stable.
    pub code: &'static str,
    /// What it means for the message.
    pub fate: Fate,
    /// Whether messages go on failing until a person sets something right.
    pub needs_a_person: bool,
    /// In English.
    pub english: ReasonText,
    /// In Danish.
    pub danish: ReasonText,
}

/// A reason in words.
#[derive(Debug, Clone, Copy)]
pub struct ReasonText {
    /// A label for lists.
    pub label: &'static str,
    /// What happened: a clause about the fagsystem, without capital and full stop, to be put into sentences.
    pub what: &'static str,
    /// What to do: one or two sentences.
    pub remedy: &'static str,
}

impl ReasonText {
    /// What happened, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut letters = self.what.chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).chain(['.']).collect()
    }
}
