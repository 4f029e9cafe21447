use crate::rules::book::{FagsystemId, Priority};
use crate::rules::values::Cvr;

/// Why a difference could not be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// What it would change or remove is no longer as it was.
    #[error("what was to be changed is no longer as it was")]
    Changed,
    /// Another rule has the priority.
    #[error("priority {0} is taken by another rule")]
    PriorityTaken(Priority),
    /// Another fagsystem, contact point or authority has the id or CVR number already.
    #[error("there is another one already")]
    AlreadyThere,
    /// A rule, a guard or the default recipient names a fagsystem that the authority does not have.
    #[error("there is no business system with the id '{0}' in this authority")]
    NoFagsystem(FagsystemId),
    /// Rules, guards or the default recipient still name the fagsystem.
    #[error("the business system '{0}' is still needed by rules, by guards or as the default recipient")]
    FagsystemNeeded(FagsystemId),
    /// A guard's message is to a number for which the authority does not receive.
    #[error("the authority does not receive for CVR number {0}, to which a guard's message is")]
    NoRecipient(Cvr),
    /// A guard's message is to the CVR number that would be given up.
    #[error("CVR number {0} is still needed by a guard")]
    RecipientNeeded(Cvr),
    /// There is no such authority.
    #[error("there is no authority with CVR number {0}")]
    NoAuthority(Cvr),
}
