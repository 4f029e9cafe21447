//! What people do to the draft, step by step.

use crate::rules::Priority;
use crate::store::PublicationNumber;

/// Something that was done to the draft, as its notice and the way back name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftEdit {
    RuleAdded(Priority),
    RuleChanged(Priority),
    RulesCloned(Vec<Priority>),
    RulesDeleted(Vec<Priority>),
    /// With their new numbers.
    RulesMoved(Vec<Priority>),
    RulesSwitched {
        rules: Vec<Priority>,
        on: bool,
    },
    /// With the fagsystem's name.
    RulesRedirected(Vec<Priority>, String),
    RulesLimited(Vec<Priority>),
    RulesAddressed(Vec<Priority>),
    NumbersSpread,
    FagsystemSwitched {
        from: String,
        to: String,
    },
    FagsystemAdded(String),
    FagsystemChanged(String),
    FagsystemDeleted(String),
    DefaultChosen(String),
    /// All that went to one goes to the other now.
    FagsystemReplaced {
        from: String,
        to: String,
    },
    AuthorityAdded(String),
    AuthorityChanged(String),
    AuthorityDeleted(String),
    KnownAuthorityAdded(String),
    KnownAuthorityChanged(String),
    KnownAuthorityDeleted(String),
    /// With the contact point's name.
    ContactPointAdded(String),
    ContactPointChanged(String),
    ContactPointDeleted(String),
    DifferenceReverted,
    DraftDropped,
    /// With the files' names.
    FilesTakenIn(String),
    Restored(PublicationNumber),
}
