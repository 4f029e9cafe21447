//! The steps in which people edit the draft.

use jiff::civil::Date;

use crate::rules::Priority;
use crate::store::PublicationNumber;

/// One step, as the notice about it and the undo command name it.
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
    /// A rule's last day was moved, or taken away.
    RuleEnds(Priority, Option<Date>),
    /// A rule's first day was moved.
    RuleBegins(Priority, Date),
    /// The day on which one rule takes over from another was moved.
    ChangeoverMoved {
        from: Priority,
        to: Priority,
        day: Date,
    },
    RulesAddressed(Vec<Priority>),
    /// The first of them stays.
    RulesMerged(Vec<Priority>),
    NumbersSpread,
    FagsystemSwitched {
        from: String,
        to: String,
    },
    FagsystemAdded(String),
    FagsystemChanged(String),
    FagsystemDeleted(String),
    DefaultChosen(String),
    /// Everything that went to one fagsystem now goes to the other.
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
    /// With the guard's name.
    GuardAdded(String),
    GuardRemoved(String),
    DifferenceReverted,
    DraftDropped,
    /// With the files' names.
    FilesImported(String),
    Restored(PublicationNumber),
}
