//! The event log of Windows, where a service's lines go.

use tracing::Level;
use winsafe::guard::DeregisterEventSourceGuard;
use winsafe::{HEVENTLOG, HKEY, RegistryValue, SysResult, co};

use super::NAME;
use crate::command::log::LogSink;

/// Where Windows looks up who writes to the log *Application*.
const SOURCES: &str = r"SYSTEM\CurrentControlSet\Services\EventLog\Application";
/// A program of Windows whose message texts are nothing but what was reported, for the numbers 1 to 1000.
const TEXTS: &str = r"%SystemRoot%\System32\EventCreate.exe";
/// Errors, warnings and information.
const KINDS: u32 = 7;

/// The name by which the lines are found: *Source* in the event viewer.
pub(super) fn register() -> SysResult<()> {
    let key = format!(r"{SOURCES}\{NAME}");
    let (key, _) = HKEY::LOCAL_MACHINE.RegCreateKeyEx(&key, None, co::REG_OPTION::default(), co::KEY::WRITE, None)?;
    key.RegSetKeyValue(None, Some("EventMessageFile"), RegistryValue::ExpandSz(TEXTS.to_owned()))?;
    key.RegSetKeyValue(None, Some("TypesSupported"), RegistryValue::Dword(KINDS))?;
    key.RegSetKeyValue(None, Some("CustomSource"), RegistryValue::Dword(1))
}

/// Forgets that name. Lines that were written stay, and Windows shows them without their text's frame.
pub(super) fn unregister() -> SysResult<()> {
    match HKEY::LOCAL_MACHINE.RegDeleteKey(&format!(r"{SOURCES}\{NAME}")) {
        Err(co::ERROR::FILE_NOT_FOUND) => Ok(()),
        other => other,
    }
}

/// The open event log; `None`: Windows does not give it, and there is nowhere to say so.
pub(super) struct EventLog(Option<DeregisterEventSourceGuard>);

impl EventLog {
    pub(super) fn open() -> Self {
        Self(HEVENTLOG::RegisterEventSource(None, NAME).ok())
    }
}

impl LogSink for EventLog {
    fn write(&mut self, level: Level, line: &[u8]) {
        let Some(log) = &self.0 else { return };
        let (kind, number) = match level {
            Level::ERROR => (co::EVENTLOG::ERROR_TYPE, 1),
            Level::WARN => (co::EVENTLOG::WARNING_TYPE, 2),
            _ => (co::EVENTLOG::INFORMATION_TYPE, 3),
        };
        let line = String::from_utf8_lossy(line);
        let _ = log.ReportEvent(kind, 0, number, None, &[line.trim_end()], &[]);
    }
}
