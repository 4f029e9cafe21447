//! Signals and threads of the process.

use std::io;

use super::conclusion::Failure;

/// From now on a file that may grow no further (`ulimit -f`) is an error for whoever writes to it, as a full disk is.
/// Otherwise the system ends the program, with the messages that are under way.
#[cfg(unix)]
pub(super) fn outlive_full_files() -> io::Result<()> {
    outlive(rustix::process::Signal::XFSZ)
}

/// From now on SIGHUP does not end the program: a router takes it as a word to read its files again, and whatever else runs
/// goes on.
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
    // The program's handler stays in the place of the system's own when nobody listens to it any more.
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

/// Hears when the program is asked to end, from the moment it is made.
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

    /// Waits until the program is asked to end; each call waits for one more time.
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
