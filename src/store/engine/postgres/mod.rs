//! PostgreSQL, over a client that is driven on a thread of its own, so that whoever waits may be on any.

mod address;
mod address_error;
mod dialect;
mod error;
mod flaw;
mod line;
mod listening;
mod patience;
mod promises;
mod session;
mod values;

pub use self::address::Address;
pub use self::address_error::AddressError;
pub use self::error::PostgresError;
pub use self::flaw::ServerFlaw;
pub(in crate::store) use self::listening::Listener;
pub(super) use self::session::{Prepared, Session};
pub(super) use self::values::Parameter;
