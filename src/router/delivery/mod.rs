//! Delivers a message to its fagsystem, and reads the answer.

pub(super) mod answer_recorder;
pub(super) mod causes;
pub(super) mod clients;
pub(super) mod courier;
pub(super) mod fagsystem_answer;
pub(super) mod handover;
pub(super) mod lengths;
pub mod outgoing_body;
pub(super) mod probe;
pub(super) mod tls_check;
pub(super) mod trial;
pub(super) mod verdict;
