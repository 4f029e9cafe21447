use crate::rules::book::{FagsystemId, Priority};
use crate::rules::values::Cvr;

/// Why a difference could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// What was to be changed is no longer as it was.
    #[error("what was to be changed is no longer as it was")]
    Changed,
    /// The priority is taken by another rule.
    #[error("priority {0} is taken by another rule")]
    PriorityTaken(Priority),
    /// The id of a fagsystem or contact point, or a CVR number, is already there with other content.
    #[error("there is another one already")]
    AlreadyThere,
    /// A rule or the default recipient names a fagsystem that is not there.
    #[error("there is no business system with the id '{0}' in this authority")]
    NoFagsystem(FagsystemId),
    /// The fagsystem is still needed by rules or as the default recipient.
    #[error("the business system '{0}' is still needed by rules or as the default recipient")]
    FagsystemNeeded(FagsystemId),
    /// The authority is not there.
    #[error("there is no authority with CVR number {0}")]
    NoAuthority(Cvr),
}
