//! What the service manager runs.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::unbounded_channel;
use windows_service::service::{
    ServiceControl, ServiceControlAccept, ServiceExitCode, ServiceState, ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult, ServiceStatusHandle};
use windows_service::{define_windows_service, service_dispatcher};

use super::NAME;
use super::event_log::EventLog;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::log::Log;
use crate::command::process::EndSignals;
use crate::command::subcommand::Serve;
use crate::command::supervision::{Report, ServiceManager, Supervision};
use crate::policy::Policy;

/// The most that opening the database can take: it may have to be brought up to date.
const START_LIMIT: Duration = Duration::from_mins(10);
/// How often the manager is told that messages are still under way, and how long it waits for the next time.
const PATIENCE: Duration = Duration::from_secs(5);
const STOP_LIMIT: Duration = Duration::from_secs(30);
/// What the manager shows where the service could not do its work: the exit status of the command line.
const FAILED: ServiceExitCode = ServiceExitCode::ServiceSpecific(2);

/// What the service is to do. The manager calls back with nothing of its own.
struct Work {
    serve: Serve,
    data: PathBuf,
    policy: Policy,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);

define_windows_service!(begin, main);

/// Runs the router until the service manager asks it to end.
///
/// # Errors
///
/// Something other than the service manager has started the program.
pub(in crate::command) fn run(serve: Serve, data: PathBuf, policy: Policy) -> Result<Conclusion, Failure> {
    *WORK.lock().unwrap_or_else(PoisonError::into_inner) = Some(Work { serve, data, policy });
    match service_dispatcher::start(NAME, begin) {
        Ok(()) => Ok(Conclusion::Done),
        Err(error) => Err(format!(
            "only the service manager runs a service ({error}); register it with 'postfordeler service install', or run the \
             router with 'postfordeler serve'"
        )
        .into()),
    }
}

fn main(_: Vec<OsString>) {
    let Some(work) = WORK.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let (ask, asked) = unbounded_channel();
    let control = move |control| match control {
        ServiceControl::Stop | ServiceControl::Preshutdown => {
            let _ = ask.send(());
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let Ok(status) = service_control_handler::register(NAME, control) else { return };
    let manager = Manager { status, step: Arc::default() };
    let _ = manager.say(ServiceState::StartPending, START_LIMIT);
    let exit_code = serve(work, &manager, EndSignals::of_manager(asked));
    let _ = manager
        .status
        .set_service_status(ServiceStatus { exit_code, ..manager.status_in(ServiceState::Stopped, Duration::ZERO) });
}

fn serve(work: Work, manager: &Manager, signals: EndSignals) -> ServiceExitCode {
    let Ok(_log) = Log::start_in(EventLog::open, work.serve.log_level()) else { return FAILED };
    let supervision = Supervision::by(manager.clone(), PATIENCE);
    match work.serve.run_under(&work.data.clone().into(), &work.policy, &supervision, || Ok(signals)) {
        Ok(_) => ServiceExitCode::NO_ERROR,
        Err(error) => {
            tracing::error!("{error}");
            FAILED
        }
    }
}

/// The service manager of Windows.
#[derive(Clone)]
struct Manager {
    status: ServiceStatusHandle,
    /// Counts what it was told while it waits, so that it goes on waiting.
    step: Arc<AtomicU32>,
}

impl Manager {
    fn say(&self, state: ServiceState, limit: Duration) -> io::Result<()> {
        self.status.set_service_status(self.status_in(state, limit)).map_err(io::Error::other)
    }

    fn status_in(&self, current_state: ServiceState, wait_hint: Duration) -> ServiceStatus {
        let is_running = current_state == ServiceState::Running;
        let is_pending = wait_hint > Duration::ZERO;
        ServiceStatus {
            service_type: ServiceType::OWN_PROCESS,
            current_state,
            controls_accepted: if is_running || current_state == ServiceState::StopPending {
                ServiceControlAccept::STOP | ServiceControlAccept::PRESHUTDOWN
            } else {
                ServiceControlAccept::empty()
            },
            exit_code: ServiceExitCode::NO_ERROR,
            checkpoint: if is_pending { self.step.fetch_add(1, Ordering::Relaxed) + 1 } else { 0 },
            wait_hint,
            process_id: None,
        }
    }
}

impl ServiceManager for Manager {
    fn tell(&self, report: &Report) -> io::Result<()> {
        match report {
            Report::Running(status) => {
                tracing::info!("{status}");
                self.say(ServiceState::Running, Duration::ZERO)
            }
            // It has no watchdog, and no line for the status.
            Report::Alive(_) => Ok(()),
            Report::Stopping | Report::StillStopping => self.say(ServiceState::StopPending, STOP_LIMIT),
        }
    }
}
