//! What is held of the traffic while the window is open.

use std::sync::Mutex as BlockingMutex;

use tokio::sync::{Mutex, Notify};

use crate::training::Traffic;

/// The traffic of this window.
#[derive(Debug, Default)]
pub(super) struct Driven {
    /// Locked only for a moment.
    pub state: BlockingMutex<State>,
    /// Held while a command is carried out.
    pub commands: Mutex<()>,
    /// Something was told to it.
    pub told: Notify,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub traffic: Traffic,
    /// Whether a task sends what is to be sent.
    pub is_driven: bool,
}
