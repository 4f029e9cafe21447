//! The supplier's test of a fagsystem's endpoint (*leverandørprøven*): made-up letters are sent exactly as the router sends
//! them, and each answer is judged as the router judges it.
//!
//! [`Trial`] names what is tried, and `letters` writes the letters of each trial. [`EndpointTest`] sends them, `findings`
//! says what is wrong with the answers, and a [`TrialResult`] holds both. [`Words`] puts results into Danish or English, and
//! [`report`] writes them as a document.

mod call;
mod findings;
mod language;
mod letters;
mod redaction;
mod report;
mod result;
mod runner;
mod trial;

pub use self::call::CallResult;
pub use self::findings::{EndpointFinding, Grade};
pub use self::language::{DANISH, ENGLISH, Words, advice, words};
pub use self::redaction::shown_address;
pub use self::report::{ReportFormat, ReportHead, line, report};
pub use self::result::{TrialResult, has_passed, representative_call};
pub use self::runner::EndpointTest;
pub use self::trial::Trial;
