use std::net::SocketAddr;

use super::error::Error;
use crate::router::NotReady;
use crate::store::RunningRouter;

/// Whether the router runs, and whose it is.
#[derive(Debug, Clone)]
pub enum RouterState {
    /// No program runs it.
    Stopped,
    /// This window's will in a moment.
    Starting,
    /// This window's takes messages at that address.
    Running(SocketAddr),
    /// It listens at that address, and refuses every message for now.
    Refusing(SocketAddr, NotReady),
    /// It takes no more messages, and waits for those under way.
    Stopping,
    /// Another window, or the command line, runs it, of which this is known.
    Elsewhere(Option<RunningRouter>),
    /// This window's cannot run, and no other does.
    Failed(Error),
    /// Nobody can tell.
    Unknown,
}
