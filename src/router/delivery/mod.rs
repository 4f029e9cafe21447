//! Delivers a message to its fagsystem, and reads the answer.

pub(super) mod answer;
pub(super) mod answer_recorder;
pub(super) mod causes;
pub(super) mod client;
pub(super) mod clients;
mod connector;
pub(super) mod courier;
pub(super) mod fagsystem_answer;
pub(super) mod handover;
pub(super) mod lengths;
mod line;
pub mod outgoing_body;
mod pool;
pub(super) mod probe;
pub(super) mod tls_check;
pub(super) mod trial;
pub(super) mod verdict;
