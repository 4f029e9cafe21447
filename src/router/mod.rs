//! The receiving router: takes messages over HTTP, hands each to one fagsystem, and passes its answer back.
//!
//! A message's way is a straight line: `intake` takes bytes, [`memo`](crate::memo) reads the header,
//! [`rules`](crate::rules) decide, `courier` streams it on, and the receipt goes back up the same line. The
//! journal hears of it; nothing else branches off.

mod courier;
mod delivery;
mod flow;
mod following;
mod incoming;
mod intake;
mod multipart;
mod parcel;
mod receipt;
mod running;

pub use courier::{Courier, CourierError, Probe, ProbeAnswer};
pub use following::RulesInForce;
pub use receipt::{Receipt, ReceiptStatus};
pub use running::{Router, RouterError};
