//! Takes a message to its business system, and reads what that answers.

pub(super) mod answer_recorder;
pub(super) mod causes;
pub(super) mod courier;
pub(super) mod fagsystem_answer;
pub(super) mod handover;
pub(super) mod lengths;
pub mod outgoing_body;
pub(super) mod probe;
pub(super) mod tls_check;
pub(super) mod trial;
pub(super) mod verdict;
