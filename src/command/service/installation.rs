//! Registers the service, and removes it.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use windows_service::Error;
use windows_service::service::{
    Service, ServiceAccess, ServiceAction, ServiceActionType, ServiceErrorControl, ServiceExitCode,
    ServiceFailureActions, ServiceFailureResetPeriod, ServiceInfo, ServiceStartType, ServiceState, ServiceStatus,
    ServiceType,
};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};

use super::{ACCOUNT, NAME, event_log, rights};
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::terminal::{eprint_line, print_line};

const DISPLAY_NAME: &str = "Postfordeler";
const DESCRIPTION: &str = "Modtager Digital Post og afleverer den til det fagsystem, som reglerne peger på.";
/// How long it is waited for the service to start or stop. It goes on by itself after that.
const START_LIMIT: Duration = Duration::from_secs(30);
const STOP_LIMIT: Duration = Duration::from_mins(5);
/// How often it is looked whether it has.
const LOOK_INTERVAL: Duration = Duration::from_millis(200);
/// The time that Windows gives the service when the machine shuts down, as systemd does.
const SHUTDOWN_LIMIT: Duration = Duration::from_mins(5);

/// The numbers of Windows' errors.
const ACCESS_DENIED: i32 = 5;
const DATABASE_LOCKED: i32 = 1055;
const SERVICE_DOES_NOT_EXIST: i32 = 1060;
const SERVICE_MARKED_FOR_DELETE: i32 = 1072;
const SERVICE_EXISTS: i32 = 1073;

/// Registers the service with those arguments of `serve`, closes its data directory, and starts it.
///
/// # Errors
///
/// Whoever calls is no administrator, there is such a service already, or the data directory cannot be closed: nothing is
/// registered then. Or the service does not start.
pub(in crate::command) fn install(arguments: Vec<OsString>, data: &Path) -> Result<Conclusion, Failure> {
    let manager = connect(ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE)?;
    let program = env::current_exe().map_err(|error| format!("the program does not know where it is: {error}"))?;
    let data = std::path::absolute(data)?;
    let mut launch_arguments: Vec<OsString> =
        vec!["service".into(), "run".into(), "--data".into(), data.clone().into()];
    launch_arguments.extend(arguments);
    let info = ServiceInfo {
        name: NAME.into(),
        display_name: DISPLAY_NAME.into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: program,
        launch_arguments,
        dependencies: Vec::new(),
        account_name: Some(ACCOUNT.into()),
        account_password: None,
    };
    let service = manager.create_service(&info, ServiceAccess::ALL_ACCESS).map_err(explained)?;
    if let Err(error) = set_up(&service, &data) {
        let _ = service.delete();
        let _ = event_log::unregister();
        return Err(error);
    }
    print_line(format_args!("Installed the service {NAME}, with the data directory {}", data.display()));
    start(&service)
}

fn set_up(service: &Service, data: &Path) -> Result<(), Failure> {
    rights::close(data)?;
    event_log::register().map_err(|error| format!("the event log cannot be prepared: {error}"))?;
    // As the unit for systemd: soon the first time, and then at growing intervals.
    let after = |delay| ServiceAction { action_type: ServiceActionType::Restart, delay };
    let actions = [Duration::from_secs(1), Duration::from_secs(30), Duration::from_mins(5)].map(after).to_vec();
    let failures = ServiceFailureActions {
        reset_period: ServiceFailureResetPeriod::After(Duration::from_hours(24)),
        reboot_msg: None,
        command: None,
        actions: Some(actions),
    };
    // None of these keeps mail from being delivered.
    let extras = [
        service.set_description(DESCRIPTION),
        service.update_failure_actions(failures),
        service.set_failure_actions_on_non_crash_failures(true),
        service.set_delayed_auto_start(true),
        service.set_preshutdown_timeout(SHUTDOWN_LIMIT),
    ];
    for error in extras.into_iter().filter_map(Result::err) {
        eprint_line(format_args!("a setting of the service cannot be made, and has its default: {}", explained(error)));
    }
    Ok(())
}

/// Starts the service that is installed.
///
/// # Errors
///
/// Whoever calls is no administrator, there is no such service, or it does not start.
pub(in crate::command) fn start_again() -> Result<Conclusion, Failure> {
    let manager = connect(ServiceManagerAccess::CONNECT)?;
    let service = manager.open_service(NAME, ServiceAccess::QUERY_STATUS | ServiceAccess::START).map_err(explained)?;
    start(&service)
}

fn start(service: &Service) -> Result<Conclusion, Failure> {
    let end = Instant::now() + START_LIMIT;
    loop {
        match service.start::<OsString>(&[]) {
            // Another service is just being started.
            Err(Error::Winapi(error)) if error.raw_os_error() == Some(DATABASE_LOCKED) && Instant::now() < end => {
                thread::sleep(LOOK_INTERVAL);
            }
            started => break started.map_err(explained)?,
        }
    }
    let status = settled(service, ServiceState::StartPending, START_LIMIT)?;
    match status.current_state {
        ServiceState::Running => print_line(format_args!("It is running")),
        ServiceState::StartPending => {
            print_line(format_args!("It is still starting: a large database may have to be brought up to date first"));
        }
        _ => {
            let code = match status.exit_code {
                ServiceExitCode::Win32(code) | ServiceExitCode::ServiceSpecific(code) => code,
            };
            return Err(format!(
                "the service is installed and does not run (exit status {code}); the event log says why, under Application \
                 with the source {NAME}"
            )
            .into());
        }
    }
    Ok(Conclusion::Done)
}

/// Ends the service and removes it. Its data directory stays.
///
/// # Errors
///
/// Whoever calls is no administrator, there is no such service, or it does not end.
pub(in crate::command) fn remove() -> Result<Conclusion, Failure> {
    let manager = connect(ServiceManagerAccess::CONNECT)?;
    let access =
        ServiceAccess::QUERY_STATUS | ServiceAccess::QUERY_CONFIG | ServiceAccess::STOP | ServiceAccess::DELETE;
    let service = manager.open_service(NAME, access).map_err(explained)?;
    let runs_as = service.query_config().map(|it| it.executable_path.display().to_string());
    if service.query_status().map_err(explained)?.current_state != ServiceState::Stopped {
        service.stop().map_err(explained)?;
        let status = settled(&service, ServiceState::StopPending, STOP_LIMIT)?;
        if status.current_state != ServiceState::Stopped {
            return Err(
                "the service has messages under way and has not ended; it was not removed: try again later".into()
            );
        }
    }
    service.delete().map_err(explained)?;
    if let Err(error) = event_log::unregister() {
        eprint_line(format_args!("the event log still knows the service: {error}"));
    }
    print_line(format_args!("Removed the service {NAME}. Its data directory was left as it is"));
    if let Ok(command) = runs_as {
        print_line(format_args!("It ran as: {command}"));
    }
    Ok(Conclusion::Done)
}

/// The service's status once it is no longer in that state, or when the time is over.
fn settled(service: &Service, pending: ServiceState, limit: Duration) -> Result<ServiceStatus, Failure> {
    let end = Instant::now() + limit;
    loop {
        let status = service.query_status().map_err(explained)?;
        if status.current_state != pending || Instant::now() >= end {
            return Ok(status);
        }
        thread::sleep(LOOK_INTERVAL);
    }
}

fn connect(access: ServiceManagerAccess) -> Result<ServiceManager, Failure> {
    ServiceManager::local_computer(None::<&str>, access).map_err(explained)
}

/// What to do about an error of Windows.
fn explained(error: Error) -> Failure {
    let Error::Winapi(error) = error else { return error.into() };
    match error.raw_os_error() {
        Some(ACCESS_DENIED) => {
            "only an administrator may change services; open the terminal with 'Run as administrator'".into()
        }
        Some(SERVICE_DOES_NOT_EXIST) => format!("there is no service {NAME} on this machine").into(),
        Some(SERVICE_EXISTS) => format!(
            "the service {NAME} exists already; remove it first with 'postfordeler service remove', its data stay"
        )
        .into(),
        Some(SERVICE_MARKED_FOR_DELETE) => {
            "the service was removed, and something still looks at it; close the services window and try again".into()
        }
        _ => format!("the service manager refused: {error}").into(),
    }
}
