//! Where data directories are when nobody names one, and where there is a local place for one.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::network_share::NetworkShare;

/// The name of the database in a data directory.
pub const FILE_NAME: &str = "postfordeler.db";

/// The directory that the database is kept in when nobody names one: the user's own, as the platform has it. On Windows it is
/// one that stays on the machine, not one that follows the user from machine to machine. Where it lies on a network share, it
/// is the first local directory of [`local_directory`]'s that holds a database already.
///
/// `None` where the user has no home directory.
#[must_use]
pub fn usual_directory() -> Option<PathBuf> {
    let usual = platform_directory()?;
    if NetworkShare::of(&usual).is_none() {
        return Some(usual);
    }
    local_directories().into_iter().find(|directory| directory.join(FILE_NAME).exists()).or(Some(usual))
}

/// A directory on this machine that this user can keep a database in, for one that lies on a network share: the usual one,
/// where it is local, or one of the machine's that bears the user's name. `None` where an administrator has to make one.
#[must_use]
pub fn local_directory() -> Option<PathBuf> {
    let directories = local_directories();
    let has_database = directories.iter().find(|directory| directory.join(FILE_NAME).exists());
    has_database.or(directories.first()).cloned()
}

/// The directory that an administrator has to make, so that this user has one on this machine.
#[must_use]
pub fn directory_to_be_made() -> PathBuf {
    machine_directories().into_iter().next().unwrap_or_default()
}

fn platform_directory() -> Option<PathBuf> {
    Some(ProjectDirs::from("dk", "", "Postfordeler")?.data_local_dir().to_owned())
}

/// The local directories that this user can write into, in the order in which they are offered. None lies among temporary
/// files, which the system clears.
fn local_directories() -> Vec<PathBuf> {
    let all = platform_directory().into_iter().chain(machine_directories());
    all.filter(|directory| NetworkShare::of(directory).is_none() && is_writable(directory)).collect()
}

#[cfg(unix)]
fn machine_directories() -> Vec<PathBuf> {
    let name = format!("postfordeler-{}", file_name_of_user());
    ["/var/lib", "/var/local", "/srv"].map(|above| Path::new(above).join(&name)).into()
}

#[cfg(not(unix))]
fn machine_directories() -> Vec<PathBuf> {
    let all = std::env::var_os("ProgramData").map(PathBuf::from).unwrap_or_else(|| PathBuf::from("C:\\ProgramData"));
    // Beside the service's directory, which nobody else may open.
    vec![all.join(format!("Postfordeler-{}", file_name_of_user()))]
}

/// The user's name as far as it can be a part of a file's name.
fn file_name_of_user() -> String {
    let name = whoami::username().unwrap_or_default();
    name.chars().map(|letter| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' }).collect()
}

/// Whether the directory is this user's own, or can be made.
#[cfg(unix)]
fn is_writable(directory: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{Access, access};

    let may_write = |place: &Path| access(place, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    match directory.metadata() {
        Ok(found) => found.is_dir() && found.uid() == rustix::process::geteuid().as_raw() && may_write(directory),
        Err(_) => directory.ancestors().skip(1).find(|place| place.exists()).is_some_and(may_write),
    }
}

/// Whether it is there, or is the user's own and can be made; what else may be written is seen when it is. Elsewhere the program
/// makes none: everybody may read what is made under `ProgramData`, unless an administrator sees to it.
#[cfg(not(unix))]
fn is_writable(directory: &Path) -> bool {
    let can_be_made = || directory.parent().and_then(Path::parent).is_some_and(Path::exists);
    directory.is_dir() || (platform_directory().is_some_and(|own| own == directory) && can_be_made())
}
