//! Who may read the service's data directory: the service, the administrators and the system, and nobody else. On
//! `ProgramData` every user may read, unless it is taken away.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use winsafe::{HKEY, co};

use super::{ACCOUNT, NAME};
use crate::access_list::{self, others, service_account};
use crate::command::conclusion::Failure;

/// The system and the administrators, as `icacls` takes them and as SDDL writes them, whatever the language of Windows.
const SYSTEM: (&str, &str) = ("*S-1-5-18", access_list::SYSTEM);
const ADMINISTRATORS: (&str, &str) = ("*S-1-5-32-544", access_list::ADMINISTRATORS);
/// For the directory, and for what is made in it.
const FULLY: &str = ":(OI)(CI)F";
const CHANGING: &str = ":(OI)(CI)M";

/// Makes the directory where there is none, and closes it to everybody else.
///
/// # Errors
///
/// It cannot be closed, or was not: nothing may be kept there then.
pub(super) fn close(directory: &Path) -> Result<(), Failure> {
    fs::create_dir_all(directory).map_err(|error| format!("{} cannot be made: {error}", directory.display()))?;
    let grants =
        [format!("{}{FULLY}", SYSTEM.0), format!("{}{FULLY}", ADMINISTRATORS.0), format!("{ACCOUNT}{CHANGING}")];
    let mut call = icacls(directory)?;
    call.args(["/inheritance:r", "/grant:r"]).args(grants).arg("/Q");
    run(call, directory)?;
    // What is in it already takes the rights of the directory.
    let mut within = fs::read_dir(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    if within.next().is_some() {
        let mut call = icacls(&directory.join("*"))?;
        call.args(["/reset", "/T", "/Q"]);
        run(call, directory)?;
    }
    check(directory)
}

/// Reads the rights back.
fn check(directory: &Path) -> Result<(), Failure> {
    let Some(written) = rights(directory)? else {
        return if is_wine() { Ok(()) } else { Err(unclear(directory, "icacls does not say what they are")) };
    };
    match others(&written, &[SYSTEM.1, ADMINISTRATORS.1, &service_account(NAME)]) {
        Some(nobody) if nobody.is_empty() => Ok(()),
        Some(others) => {
            let who = others.join(", ");
            Err(unclear(directory, &format!("they also let in {who}")))
        }
        None => Err(unclear(directory, "they are inherited, or none are set")),
    }
}

fn unclear(directory: &Path, why: &str) -> Failure {
    format!(
        "the rights to {} are not as they must be: {why}. Nobody but the service and administrators may read that directory; \
         the service was not installed",
        directory.display()
    )
    .into()
}

/// The rights in SDDL, as `icacls` saves them; `None` where it saves none.
fn rights(directory: &Path) -> Result<Option<String>, Failure> {
    let file = env::temp_dir().join(format!("postfordeler-{}.acl", uuid::Uuid::new_v4().simple()));
    let mut call = icacls(directory)?;
    call.arg("/save").arg(&file).arg("/Q");
    let ran = run(call, directory);
    let saved = fs::read(&file);
    let _ = fs::remove_file(&file);
    ran?;
    let Ok(saved) = saved else { return Ok(None) };
    let units: Vec<_> = saved.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    Ok(text.lines().find(|line| line.starts_with("D:")).map(str::to_owned))
}

/// Wine has no lists of rights that `icacls` could set: the rights of the system below count, which its user sets.
fn is_wine() -> bool {
    let wine = HKEY::CURRENT_USER.RegOpenKeyEx(Some(r"Software\Wine"), co::REG_OPTION::default(), co::KEY::READ);
    wine.is_ok()
}

/// The program of Windows that sets rights, by its full path, so that no other one is run.
fn icacls(path: &Path) -> Result<Command, Failure> {
    let windows = env::var_os("SystemRoot").ok_or("the variable SystemRoot is not set")?;
    let program: PathBuf = [windows.as_os_str(), "System32".as_ref(), "icacls.exe".as_ref()].iter().collect();
    let mut call = Command::new(program);
    call.arg(path).stdin(Stdio::null()).stdout(Stdio::null());
    Ok(call)
}

fn run(mut call: Command, directory: &Path) -> Result<(), Failure> {
    let output = call.output().map_err(|error| format!("icacls cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("the rights to {} cannot be set: {words} ({})", directory.display(), output.status).into())
}
