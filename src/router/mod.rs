//! The receiving router: takes messages over HTTP, hands each to one fagsystem, and passes its answer back.
//!
//! A message's way is a straight line: `intake` takes bytes, [`memo`](crate::memo) reads the header,
//! [`rules`](crate::rules) decide, `delivery` streams it on, and the receipt goes back up the same line. The
//! journal hears of it; nothing else branches off.

mod connection;
mod delivery;
mod error;
mod flow;
mod intake;
mod practice_port;
mod preparation;
mod reference;
mod routes;
mod rules_in_force;
mod running;
mod sync;
mod upkeep;
mod watch;

pub use connection::protection::{Closing, LocalClient, ProtectionError, Refusal, RouterCertificate};
pub use connection::server::ConnectionLimits;
pub use delivery::answer_recorder::RecordedAnswer;
pub use delivery::causes::Cause;
pub use delivery::courier::{Courier, CourierError, SendError};
pub use delivery::fagsystem_answer::FagsystemAnswer;
pub use delivery::outgoing_body;
pub use delivery::probe::{Probe, ProbeAnswer};
pub use delivery::trial::{RouterRefusal, TrialLetter, TrialOutcome};
pub use delivery::verdict::{Judgement, Verdict, judge};
pub use error::RouterError;
pub use flow::message_locks;
pub use intake::multipart::{MultipartError, message_of_form};
pub use intake::receipt::{Receipt, ReceiptStatus};
pub use practice_port::{PracticePort, takes_with_certificate};
pub use reference::reference;
pub use rules_in_force::{NotReady, RulesInForce};
pub use running::Router;
pub use upkeep::certificates::{CertificateInForce, CertificatesInForce};
pub use upkeep::file_use::FileUse;
pub use watch::hindrances::{CertificateUse, Hindrance};
pub use watch::metrics::{GaugeGuard, Metrics};
pub use watch::metrics_server::{MetricsServer, MetricsServerError};
pub use watch::pulse::{NoPulse, Pulse};
