//! Takes a message to its business system, and reads what that answers.

pub(super) mod causes;
pub(super) mod courier;
pub(super) mod fagsystem_answer;
pub(super) mod handover;
pub(super) mod knock;
pub(super) mod lengths;
pub mod parcel;
pub(super) mod probe;
pub(super) mod trial;
pub(super) mod verdict;
pub(super) mod witness;
