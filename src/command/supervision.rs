//! Reports the router's state to the service manager by systemd's protocol of `sd_notify(3)`. Does nothing unless the
//! manager asks for it in the environment.

use std::convert::Infallible;
use std::env;
use std::future::pending;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::router::Router;
use crate::store::PublicationNumber;

/// How many times the router is checked within the manager's watchdog interval.
const CHECKS_PER_INTERVAL: u32 = 3;

/// The service manager.
pub(super) struct Supervision {
    manager: Option<manager::Manager>,
    /// The watchdog interval: without a report for that long, the manager kills the process.
    watchdog: Option<Duration>,
}

impl Supervision {
    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` from the environment.
    pub fn from_environment() -> Self {
        let manager = env::var_os("NOTIFY_SOCKET").and_then(|name| {
            manager::Manager::at(&name)
                .inspect_err(|error| tracing::warn!(%error, "the service manager cannot be told anything"))
                .ok()
        });
        let is_ours = env::var("WATCHDOG_PID").map_or(true, |process| process == std::process::id().to_string());
        let microseconds = env::var("WATCHDOG_USEC").ok().and_then(|text| text.parse().ok());
        let watchdog = microseconds.filter(|it| *it > 0 && is_ours && manager.is_some()).map(Duration::from_micros);
        Self { manager, watchdog }
    }

    /// Reports that the router is listening.
    pub fn ready(&self, router: &Router) {
        self.notify(&format!("READY=1\n{}", status(router)));
    }

    /// Reports that the router accepts no more messages.
    pub fn stopping(&self) {
        self.notify("STOPPING=1\nSTATUS=Ending: waiting for the messages under way");
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
                Ok(Ok(())) => self.notify(&format!("WATCHDOG=1\n{}", status(router))),
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
        let Some(limit) = self.watchdog else { return pending().await };
        let mut ticks = interval(limit / CHECKS_PER_INTERVAL);
        loop {
            ticks.tick().await;
            self.notify("WATCHDOG=1");
        }
    }

    fn notify(&self, words: &str) {
        if let Some(manager) = &self.manager
            && let Err(error) = manager.notify(words)
        {
            tracing::warn!(%error, "the service manager could not be told something");
        }
    }
}

/// A line for `systemctl status`.
fn status(router: &Router) -> String {
    let url = router.url();
    match router.rules().ready().map(PublicationNumber::get) {
        Ok(publication) => format!("STATUS=Receiving at {url}, by publication {publication}"),
        Err(reason) => {
            format!("STATUS=Listening at {url}, and refusing messages: {}", reason.to_string().replace('\n', " "))
        }
    }
}

#[cfg(unix)]
mod manager {
    use std::ffi::OsStr;
    use std::io;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    use std::time::Duration;

    /// The time limit for handing a report to the manager.
    const REPORT_TIMEOUT: Duration = Duration::from_secs(1);

    pub struct Manager {
        socket: UnixDatagram,
        address: SocketAddr,
    }

    impl Manager {
        /// The manager at that socket: a path, or after `@` an abstract name of Linux.
        pub fn at(name: &OsStr) -> io::Result<Self> {
            let socket = UnixDatagram::unbound()?;
            socket.set_write_timeout(Some(REPORT_TIMEOUT))?;
            Ok(Self { socket, address: address(name)? })
        }

        pub fn notify(&self, words: &str) -> io::Result<()> {
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
mod manager {
    use std::convert::Infallible;
    use std::ffi::OsStr;
    use std::io;

    pub struct Manager(Infallible);

    impl Manager {
        pub fn at(_: &OsStr) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub fn notify(&self, _: &str) -> io::Result<()> {
            match self.0 {}
        }
    }
}
