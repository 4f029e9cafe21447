//! Only the user who runs the program may read the data directory: it holds traces of mail, and keys.

#[cfg(unix)]
use std::fs;
use std::path::Path;

/// The beginnings of the names of files that the program makes in a data directory.
#[cfg(unix)]
const OURS: [&str; 7] = [
    "postfordeler.",
    "journal.key",
    "router.",
    "practice.",
    "self-signed",
    "before-restore-",
    super::schema::COPY_PREFIX,
];
#[cfg(unix)]
const OTHERS: u32 = 0o077;
/// The sticky bit of a directory that everybody may write into, such as `/tmp`.
#[cfg(unix)]
const SHARED: u32 = 0o1000;

/// Takes other users' rights to a data directory and the program's files in it away. Returns what was open to them, or
/// cannot be closed, in words for whoever runs the program.
#[cfg(unix)]
pub(in crate::store) fn tighten(directory: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;

    let mut notices = Vec::new();
    let Ok(found) = fs::metadata(directory) else { return notices };
    if found.permissions().mode() & SHARED != 0 {
        let shown = directory.display();
        notices
            .push(format!("the data directory {shown} is one that all users share; give the program one of its own"));
    } else {
        notices.extend(close(directory, &found));
    }
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours)));
        if !is_ours {
            continue;
        }
        let within = fs::read_dir(entry.path()).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        for path in [entry.path()].into_iter().chain(within.filter(|_| is_directory)) {
            // Targets of links are not the program's own, so their rights are left alone.
            if let Ok(found) = fs::symlink_metadata(&path)
                && (found.is_file() || found.is_dir())
            {
                notices.extend(close(&path, &found));
            }
        }
    }
    notices
}

#[cfg(not(unix))]
pub(in crate::store) fn tighten(_directory: &Path) -> Vec<String> {
    Vec::new()
}

#[cfg(unix)]
fn close(path: &Path, found: &fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let mode = found.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 {
        return None;
    }
    let shown = path.display();
    Some(match fs::set_permissions(path, fs::Permissions::from_mode(mode & !OTHERS)) {
        Ok(()) => format!("{shown} was open to other users (mode {mode:03o}); it is closed to them now"),
        Err(error) => format!(
            "{shown} is open to other users (mode {mode:03o}) and cannot be closed to them ({error}); have its owner do so, \
             or give the program a data directory of its own"
        ),
    })
}
