use std::net::SocketAddr;

use super::error::Error;
use crate::router::NotReady;
use crate::store::{RouterSettings, RunningRouter};

/// Whether a router runs on the data, and which program runs it.
#[derive(Debug, Clone)]
pub enum RouterState {
    /// No program runs one.
    Stopped,
    /// None runs on this data directory, and that many others run on the server that it shares.
    OnServer(u64),
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
    /// Whether it runs is unknown.
    Unknown,
}

impl RouterState {
    /// Whether it can be started here, with other settings perhaps.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped | Self::OnServer(_) | Self::Failed(_) | Self::Unknown)
    }

    /// Whether the router is this window's own, and runs.
    #[must_use]
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Running(_) | Self::Refusing(..))
    }

    /// Where sample messages can be sent: to this window's own router, or to another one that lets this window in.
    #[must_use]
    pub fn practised_with(&self, settings: &RouterSettings) -> Option<SocketAddr> {
        match self {
            Self::Running(address) => Some(*address),
            // Only the router's own window has what lets it in where something is demanded.
            Self::Elsewhere(Some(by)) => by.address.filter(|_| {
                let is_guarded = settings.protection.client_issuers.is_some() || settings.api_key.is_some();
                !is_guarded && by.is_encrypted == settings.protection.is_encrypted()
            }),
            _ => None,
        }
    }
}
