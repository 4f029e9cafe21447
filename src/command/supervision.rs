//! Reports the router's state to whatever started it as a service: systemd by the protocol of `sd_notify(3)`, or the service
//! manager of Windows. Does nothing for a router that a person has started.

use std::convert::Infallible;
use std::env;
use std::future::pending;
use std::io;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::router::Router;
use crate::store::PublicationNumber;

/// How many times the router is checked within the manager's watchdog interval.
const CHECKS_PER_INTERVAL: u32 = 3;

/// What a service manager is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Report {
    /// The router listens. In words for whoever asks for its status.
    Running(String),
    /// It is alive, and as those words say.
    Alive(String),
    /// It accepts no more messages, and waits for those under way.
    Stopping,
    /// It is still waiting for them.
    StillStopping,
}

/// Whatever started the router as a service.
pub(super) trait ServiceManager: Send + Sync {
    /// Tells it something.
    fn tell(&self, report: &Report) -> io::Result<()>;
}

/// The service manager, if there is one, and how often it wants to hear of the router.
#[derive(Default)]
pub(super) struct Supervision {
    manager: Option<Box<dyn ServiceManager>>,
    /// The watchdog interval: without a report for that long, the manager kills the process.
    watchdog: Option<Duration>,
    /// How often it is told that messages are still under way.
    patience: Option<Duration>,
}

impl Supervision {
    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` from the environment.
    pub fn from_environment() -> Self {
        let manager = env::var_os("NOTIFY_SOCKET").and_then(|name| {
            systemd::manager_at(&name)
                .inspect_err(|error| tracing::warn!(%error, "the service manager cannot be told anything"))
                .ok()
        });
        let is_ours = env::var("WATCHDOG_PID").map_or(true, |process| process == std::process::id().to_string());
        let microseconds = env::var("WATCHDOG_USEC").ok().and_then(|text| text.parse().ok());
        let watchdog = microseconds.filter(|it| *it > 0 && is_ours && manager.is_some()).map(Duration::from_micros);
        Self { manager, watchdog, patience: watchdog.map(|limit| limit / CHECKS_PER_INTERVAL) }
    }

    /// A manager that has no watchdog, and wants to hear that often that messages are still under way.
    #[cfg(windows)]
    pub fn by(manager: impl ServiceManager + 'static, patience: Duration) -> Self {
        Self { manager: Some(Box::new(manager)), watchdog: None, patience: Some(patience) }
    }

    /// Reports that the router is listening.
    pub fn ready(&self, router: &Router) {
        self.tell(&Report::Running(status(router)));
    }

    /// Reports that the router accepts no more messages.
    pub fn stopping(&self) {
        self.tell(&Report::Stopping);
    }

    /// Checks the router regularly, and reports that it is alive each time that it responds.
    pub async fn watch(&self, router: &Router) -> Infallible {
        let Some(limit) = self.watchdog else { return pending().await };
        let check_interval = limit / CHECKS_PER_INTERVAL;
        let mut ticks = interval(check_interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let pulse = router.pulse();
        loop {
            ticks.tick().await;
            match timeout(check_interval, pulse.check()).await {
                Ok(Ok(())) => self.tell(&Report::Alive(status(router))),
                Ok(Err(error)) => tracing::error!(%error, "the router does not answer itself"),
                Err(_) => {
                    tracing::error!(
                        seconds = check_interval.as_secs_f64(),
                        "the router does not answer itself in time"
                    );
                }
            }
        }
    }

    /// Keeps reporting while messages under way finish, which has a time limit of its own.
    pub async fn outlast(&self) -> Infallible {
        let Some(patience) = self.patience else { return pending().await };
        let mut ticks = interval(patience);
        loop {
            ticks.tick().await;
            self.tell(&Report::StillStopping);
        }
    }

    fn tell(&self, report: &Report) {
        if let Some(manager) = &self.manager
            && let Err(error) = manager.tell(report)
        {
            tracing::warn!(%error, "the service manager could not be told something");
        }
    }
}

/// A line for whoever asks the service manager for the router's status.
fn status(router: &Router) -> String {
    let url = router.url();
    match router.rules().ready().map(PublicationNumber::get) {
        Ok(publication) => format!("Receiving at {url}, by publication {publication}"),
        Err(reason) => format!("Listening at {url}, and refusing messages: {}", reason.to_string().replace('\n', " ")),
    }
}

#[cfg(unix)]
mod systemd {
    use std::ffi::OsStr;
    use std::io;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    use std::time::Duration;

    use super::{Report, ServiceManager};

    /// The time limit for handing a report to the manager.
    const REPORT_TIMEOUT: Duration = Duration::from_secs(1);

    struct Systemd {
        socket: UnixDatagram,
        address: SocketAddr,
    }

    /// The manager at that socket: a path, or after `@` an abstract name of Linux.
    pub fn manager_at(name: &OsStr) -> io::Result<Box<dyn ServiceManager>> {
        let socket = UnixDatagram::unbound()?;
        socket.set_write_timeout(Some(REPORT_TIMEOUT))?;
        Ok(Box::new(Systemd { socket, address: address(name)? }))
    }

    impl ServiceManager for Systemd {
        fn tell(&self, report: &Report) -> io::Result<()> {
            let words = match report {
                Report::Running(status) => format!("READY=1\nSTATUS={status}"),
                Report::Alive(status) => format!("WATCHDOG=1\nSTATUS={status}"),
                Report::Stopping => "STOPPING=1\nSTATUS=Ending: waiting for the messages under way".to_owned(),
                Report::StillStopping => "WATCHDOG=1".to_owned(),
            };
            self.socket.send_to_addr(words.as_bytes(), &self.address).map(drop)
        }
    }

    fn address(name: &OsStr) -> io::Result<SocketAddr> {
        #[cfg(target_os = "linux")]
        if let Some(name) = name.as_encoded_bytes().strip_prefix(b"@") {
            use std::os::linux::net::SocketAddrExt;
            return SocketAddr::from_abstract_name(name);
        }
        SocketAddr::from_pathname(name)
    }
}

#[cfg(not(unix))]
mod systemd {
    use std::ffi::OsStr;
    use std::io;

    use super::ServiceManager;

    pub fn manager_at(_: &OsStr) -> io::Result<Box<dyn ServiceManager>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
