use std::net::SocketAddr;

use super::error::Error;
use crate::router::NotReady;
use crate::store::RunningRouter;

/// Whether a router runs on the data, and which program runs it.
#[derive(Debug, Clone)]
pub enum RouterState {
    /// No program runs one.
    Stopped,
    /// This window is starting one.
    Starting,
    /// This window's router accepts messages at that address.
    Running(SocketAddr),
    /// This window's router listens at that address, and refuses every message for now.
    Refusing(SocketAddr, NotReady),
    /// This window's router accepts no more messages, and finishes those under way.
    Stopping,
    /// Another window, or the command line, runs one: what is known of it.
    Elsewhere(Option<RunningRouter>),
    /// This window's router could not be started, and no other runs.
    Failed(Error),
    /// It cannot be told.
    Unknown,
}
