use std::io;
use std::net::SocketAddr;

use super::connection::protection::ProtectionError;
use super::delivery::clients::CourierError;
use crate::policy::Listening;
use crate::store::StoreError;

/// Why a router cannot start.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    /// It would not be protected as it should be.
    #[error(transparent)]
    Protection(#[from] ProtectionError),
    /// The address cannot be listened on.
    #[error("{}", not_listening(*address, source))]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The router of training data would be reachable from other machines.
    #[error(
        "training takes messages from this machine alone, so it cannot listen on {0}; choose an address that begins with 127."
    )]
    ListensBeyondTraining(SocketAddr),
    /// An administrator has decided otherwise.
    #[error(
        "cannot listen on {address}: an administrator has decided that routers on this machine listen {listening} (the policy \
         RouterListens)"
    )]
    NotAllowed {
        /// The requested address.
        address: SocketAddr,
        /// Where a router may listen.
        listening: Listening,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Delivery cannot be set up.
    #[error("cannot prepare for delivery: {0}")]
    Courier(#[from] CourierError),
}

fn not_listening(address: SocketAddr, source: &io::Error) -> String {
    if source.kind() != io::ErrorKind::AddrInUse {
        return format!("cannot listen on {address}: {source}; choose another address, or stop what listens there");
    }
    let next = SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(0));
    format!(
        "cannot listen on {address}: another program has that port, perhaps the router of another user of this machine; choose \
         another one, as with --listen {next}, or stop that program"
    )
}
