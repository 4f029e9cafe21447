//! The receiving router: takes messages over HTTP, hands each to one fagsystem, and passes its answer back.
//!
//! A message's way is a straight line: `intake` takes bytes, [`memo`](crate::memo) reads the header,
//! [`rules`](crate::rules) decide, `delivery` streams it on, and the receipt goes back up the same line. The
//! journal hears of it; nothing else branches off.

mod allowance;
mod causes;
mod connections;
mod delivery;
mod fagsystem_answer;
mod flow;
mod following;
mod handover;
mod head;
mod header_budget;
mod health;
mod hindrances;
mod incoming;
mod intake;
mod knock;
mod lengths;
mod listening;
mod metrics;
mod metrics_server;
mod multipart;
mod opening;
mod outlook;
mod pace;
pub mod parcel;
mod places;
mod practice_port;
mod probe;
mod protection;
mod pulse;
mod reasons;
mod receipt;
mod refusal;
mod refusal_words;
mod renewal;
mod reports;
mod running;
mod story;
mod telling;
mod trying;
mod turned_away;
pub mod turns;
mod verdict;
mod watching;
mod witness;

pub use causes::Cause;
pub use delivery::{Courier, CourierError, SendError};
pub use fagsystem_answer::FagsystemAnswer;
pub use following::{NotReady, RulesInForce};
pub use hindrances::{CertificateUse, Hindrance};
pub use listening::ConnectionLimits;
pub use metrics::{Metrics, OneMore};
pub use metrics_server::{MetricsServer, MetricsServerError};
pub use multipart::{MultipartError, message_of_form};
pub use practice_port::{PracticePort, takes_with_certificate};
pub use probe::{Probe, ProbeAnswer};
pub use protection::{Closing, Doorway, ProtectionError, Refusal, RouterCertificate};
pub use pulse::{NoPulse, Pulse};
pub use reasons::reference;
pub use receipt::{Receipt, ReceiptStatus};
pub use renewal::{CertificateInForce, CertificatesInForce, FileUse};
pub use running::{Router, RouterError};
pub use trying::{RouterRefusal, TrialLetter, Tried};
pub use verdict::{Judgement, Verdict, judge};
pub use witness::Seen;
