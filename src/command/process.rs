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

/// Asks the program to end: SIGINT and SIGTERM, Ctrl-C on Windows, or a service manager.
pub(super) struct EndSignals {
    source: Source,
}

enum Source {
    #[cfg(unix)]
    Signals { interrupt: tokio::signal::unix::Signal, terminate: tokio::signal::unix::Signal },
    #[cfg(not(unix))]
    Console,
    #[cfg(windows)]
    Manager(tokio::sync::mpsc::UnboundedReceiver<()>),
}

impl EndSignals {
    /// Listens for them from now on.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (interrupt, terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(Self { source: Source::Signals { interrupt, terminate } })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self { source: Source::Console })
    }

    /// Those that a service manager sends.
    #[cfg(windows)]
    pub(super) fn of_manager(asked: tokio::sync::mpsc::UnboundedReceiver<()>) -> Self {
        Self { source: Source::Manager(asked) }
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) {
        match &mut self.source {
            #[cfg(unix)]
            Source::Signals { interrupt, terminate } => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            #[cfg(not(unix))]
            Source::Console => {
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
            #[cfg(windows)]
            Source::Manager(asked) => {
                if asked.recv().await.is_none() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}
