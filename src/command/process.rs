//! Signals and threads of the process.

use std::io;

use super::conclusion::Failure;

/// Turns SIGXFSZ off: writing to a file that has reached its size limit (`ulimit -f`) then fails like a full disk, where
/// the signal would kill the process with all messages under way.
#[cfg(unix)]
pub(super) fn outlive_full_files() -> io::Result<()> {
    outlive(rustix::process::Signal::XFSZ)
}

/// Turns SIGHUP's default off, which would kill the process: a router reloads its files on it, and everything else ignores
/// it.
#[cfg(unix)]
pub(super) fn outlive_hangups() -> io::Result<()> {
    outlive(rustix::process::Signal::HUP)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn outlive_hangups() -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn outlive(what: rustix::process::Signal) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let _entered = runtime.enter();
    // tokio's handler stays installed after its listener is dropped.
    signal(SignalKind::from_raw(what.as_raw())).map(drop)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn outlive_full_files() -> io::Result<()> {
    Ok(())
}

pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}").into())
}

/// Listens for SIGINT and SIGTERM (Ctrl-C on Windows) from the moment it is created.
pub(super) struct EndSignals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl EndSignals {
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
