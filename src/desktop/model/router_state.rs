use std::net::SocketAddr;

use super::error::Error;
use crate::router::NotReady;
use crate::store::{RunningRouter, Settings};

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

impl RouterState {
    /// Whether it can be started here, with other settings perhaps.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped | Self::Failed(_) | Self::Unknown)
    }

    /// Whether the router is this window's own, and runs.
    #[must_use]
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Running(_) | Self::Refusing(..))
    }

    /// Where sample messages can be sent: to this window's own router, or to another one that lets this window in.
    #[must_use]
    pub fn practised_with(&self, settings: &Settings) -> Option<SocketAddr> {
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
