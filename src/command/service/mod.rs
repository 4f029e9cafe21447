//! `serve` as a Windows service: how it is registered (`installation`), who may read its data (`rights`), how it runs under the
//! service manager (`running`), and its log (`event_log`).

mod event_log;
mod installation;
mod rights;
mod running;

pub(super) use self::installation::{install, remove, start_again};
pub(super) use self::running::run;

use std::path::PathBuf;

/// The name of the service, by which `sc` and `net` know it.
const NAME: &str = "Postfordeler";

/// The account that the service runs as: one that Windows keeps for it alone, with no password and few rights.
const ACCOUNT: &str = r"NT SERVICE\Postfordeler";

/// The data directory of the service, unless another one is named: it belongs to the machine, not to a user.
pub(super) fn default_directory() -> Option<PathBuf> {
    let program_data = std::env::var_os("ProgramData").filter(|it| !it.is_empty())?;
    Some(PathBuf::from(program_data).join("Postfordeler"))
}
