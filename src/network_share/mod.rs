//! Whether a directory lies on a network share.
//!
//! SQLite's write-ahead log needs memory that all programs which use a database share, and locks that hold. Neither is to be had
//! between machines, so a database on a share is lost sooner or later, and acceptances with it. Files that are written once,
//! such as copies and exports, may lie there.
//!
//! The system is asked ([`NetworkShare::of`]): `mounts` reads Linux's table of what is mounted where, `windows` a path as Windows
//! spells it when it is followed to its end. Kinds that are not known to be shares are let through.

mod kind;
mod mounts;
mod windows;

use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use self::kind::ShareKind;

/// The network share that a directory lies on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkShare {
    /// How the machine reaches it.
    pub kind: ShareKind,
    /// The machine that has it, without a user's name; `None` where that is not known.
    pub server: Option<String>,
}

impl NetworkShare {
    /// The share that a directory lies on, or would lie on once it is made; `None` where it is on this machine, or where the
    /// system does not say. Links and drive letters are followed.
    #[must_use]
    pub fn of(directory: &Path) -> Option<Self> {
        let there = nearest_existing(directory);
        let supposed = SUPPOSED.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self::in_mount_table(&supposed, &there, None).or_else(|| of_system(&there))
    }

    /// The share that a path lies on by a table of mounts in the format of Linux's `/proc/self/mountinfo`. The path is absolute
    /// and without links. `mount` is the number of the mount that it is in, where that is known; else the mount whose place is
    /// nearest above it counts, the later one where two have the same place.
    #[must_use]
    pub fn in_mount_table(table: &str, path: &Path, mount: Option<u64>) -> Option<Self> {
        mounts::share_in(table, path, mount)
    }

    /// The share in a path as Windows spells it once it is followed to its end: `\\?\UNC\server\share\…`. A mapped drive is
    /// spelt so too.
    #[must_use]
    pub fn in_windows_path(path: &str) -> Option<Self> {
        windows::share_in(path)
    }
}

/// Its kind, and its server where that is known.
impl fmt::Display for NetworkShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.server {
            Some(server) => write!(f, "{} from {server}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

static SUPPOSED: Mutex<String> = Mutex::new(String::new());

/// From now on this process takes that directory for a network share with files of that server: for tests, for which nothing
/// is mounted.
///
/// # Panics
///
/// The directory does not exist.
pub fn suppose_a_share_at(directory: &Path, server: &str) {
    use std::fmt::Write;

    let place = directory.canonicalize().expect("a directory that exists");
    let mut supposed = SUPPOSED.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = writeln!(supposed, "1 1 0:1 / {} rw - nfs4 {server}:/ rw", mounts::escaped(&place));
}

/// The directory, or the nearest one above it that exists, absolute and without links.
fn nearest_existing(directory: &Path) -> PathBuf {
    let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
    for place in absolute.ancestors() {
        if let Ok(found) = place.canonicalize() {
            return found;
        }
        // A link to what does not exist yet.
        if let Ok(target) = place.read_link() {
            let target = place.parent().unwrap_or(place).join(target);
            let steps = target.components().filter(|part| !matches!(part, Component::CurDir)).count();
            let found = target.ancestors().take(steps).find_map(|above| above.canonicalize().ok());
            return found.unwrap_or(target);
        }
    }
    absolute
}

#[cfg(target_os = "linux")]
fn of_system(path: &Path) -> Option<NetworkShare> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statfs, statx};

    let number = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok();
    let number = number.filter(|found| found.stx_mask & StatxFlags::MNT_ID.bits() != 0).map(|found| found.stx_mnt_id);
    if let Ok(table) = std::fs::read("/proc/self/mountinfo") {
        return NetworkShare::in_mount_table(&String::from_utf8_lossy(&table), path, number);
    }
    // Without that table, as in some containers, the kind of the file system is all that the system says.
    let kind = ShareKind::of_number(u64::try_from(statfs(path).ok()?.f_type).ok()?)?;
    Some(NetworkShare { kind, server: None })
}

#[cfg(windows)]
fn of_system(path: &Path) -> Option<NetworkShare> {
    NetworkShare::in_windows_path(&path.to_string_lossy())
}

#[cfg(target_os = "macos")]
fn of_system(path: &Path) -> Option<NetworkShare> {
    let found = rustix::fs::statfs(path).ok()?;
    let text = |letters: &[_]| {
        let bytes = letters.iter().map(|letter: &std::ffi::c_char| letter.cast_unsigned());
        String::from_utf8_lossy(&bytes.take_while(|byte| *byte != 0).collect::<Vec<_>>()).into_owned()
    };
    mounts::share(&text(&found.f_fstypename), &text(&found.f_mntfromname))
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn of_system(_: &Path) -> Option<NetworkShare> {
    None
}
