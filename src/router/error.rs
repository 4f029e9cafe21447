use std::io;
use std::net::SocketAddr;

use super::connection::protection::ProtectionError;
use super::delivery::courier::CourierError;
use crate::store::StoreError;

/// Why a router cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    /// It would not be protected as it should.
    #[error(transparent)]
    Protection(#[from] ProtectionError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose another address, or stop what listens there")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What delivers cannot be set up.
    #[error("cannot prepare for delivery: {0}")]
    Courier(#[from] CourierError),
}
