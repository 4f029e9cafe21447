//! The receiving router: accepts messages over HTTP, delivers each to one fagsystem, and passes that one's answer back.
//!
//! A message walks through these rooms, each once:
//!
//! 1. `connection` accepts the connection and checks who calls; `routes` hands the call to `flow`, which owns its body until
//!    it is answered.
//! 2. `intake` reads the bytes, and [`memo`](crate::memo) the header in them.
//! 3. [`rules`](crate::rules), by `rules_in_force`, decide which fagsystem gets the message, and the journal in
//!    [`store`](crate::store) is written before it leaves.
//! 4. `delivery` streams the message to the fagsystem and reads the answer.
//! 5. The journal gets the outcome, `watch` counts and logs it, and `intake` makes the receipt.
//!
//! `upkeep` renews certificates, secrets and API keys meanwhile, and prunes the journal. `preparation` and `running` put all of
//! it together, and `error` says why it could not start.
//!
//! Two parts are not on that path: `practice_port` lets a practice fagsystem listen as the router does, and `reference` writes
//! the guide's page of outcomes and reasons.
//!
//! Imports run one way: `connection`, `intake` and `rules_in_force` know none of the others; `watch` and `delivery` know
//! those; `upkeep`, `flow`, `reference` and `error` know both; `routes`, `preparation` and `practice_port` know those, and
//! `running` is on top. `sync` is at the bottom: it names the locks and semaphores that model tests replace. So is
//! `written`, which wakes whoever follows what others write.

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
mod written;

pub use connection::protection::{Closing, LocalClient, ProtectionError, Refusal, RouterCertificate};
pub use connection::server::ConnectionLimits;
pub use delivery::answer_recorder::RecordedAnswer;
pub use delivery::causes::Cause;
pub use delivery::clients::CourierError;
pub use delivery::courier::{Courier, SendError};
pub use delivery::fagsystem_answer::FagsystemAnswer;
pub use delivery::outgoing_body;
pub use delivery::probe::{Probe, ProbeAnswer};
pub use delivery::trial::{RouterRefusal, TrialLetter, TrialOutcome};
pub use delivery::verdict::{Judgement, Verdict, judge};
pub use error::RouterError;
pub use flow::message_locks;
pub use intake::multipart::{MultipartError, message_of_form};
pub use intake::receipt::{Receipt, ReceiptStatus};
pub use practice_port::{PracticePort, hang_up, takes_with_certificate};
pub use reference::reference;
pub use rules_in_force::{NotReady, RulesInForce};
pub use running::Router;
pub use upkeep::certificates::{CertificateInForce, CertificatesInForce};
pub use upkeep::file_use::FileUse;
pub use watch::hindrances::{CertificateUse, Hindrance};
pub use watch::inspection::find_hindrances;
pub use watch::metrics::{GaugeGuard, Metrics};
pub use watch::metrics_server::{MetricsServer, MetricsServerError};
pub use watch::pulse::{NoPulse, Pulse};
