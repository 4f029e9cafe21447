//! What the program keeps in its data directory is for the user alone who runs it: mail's traces and keys are in it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// How the names begin of what the program makes in a data directory.
#[cfg(unix)]
const OURS: [&str; 4] = ["postfordeler.", "journal.key", "router.", "self-signed"];
#[cfg(unix)]
const OTHERS: u32 = 0o077;
/// Of a directory that all may write into, such as `/tmp`.
#[cfg(unix)]
const SHARED: u32 = 0o1000;

/// Makes a directory, and those above it that are missing, closed to others.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// For a new file that others can neither read nor write, from the moment it is made.
pub(crate) fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a new file, for good.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file().open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens the plain file at a path to read and write it, and makes it where there is none. Never through a link, never
/// waiting as a pipe would have it, and without emptying it; `None` where something else is there.
pub(crate) fn open_plain(path: &Path) -> io::Result<Option<File>> {
    let is_other = |found: io::Result<fs::Metadata>| found.is_ok_and(|found| !found.is_file());
    if is_other(fs::symlink_metadata(path)) {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        options.mode(0o600).custom_flags(flags.cast_signed());
    }
    // Without the right to delete it meanwhile.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1 | 2);
    match options.open(path) {
        Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
        Ok(_) => Ok(None),
        Err(_) if is_other(fs::symlink_metadata(path)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Closes a data directory to others, with all that the program has in it, where they can reach it. What cannot be closed is
/// told of.
#[cfg(unix)]
pub(crate) fn tighten(directory: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let Ok(found) = fs::metadata(directory) else { return };
    if found.permissions().mode() & SHARED != 0 {
        tell(&format!(
            "the data directory {} is one that all users share; give the program one of its own",
            directory.display()
        ));
    } else {
        close(directory, &found);
    }
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours)));
        if !is_ours {
            continue;
        }
        let within = fs::read_dir(entry.path()).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        for path in [entry.path()].into_iter().chain(within.filter(|_| is_directory)) {
            // What a link leads to is somebody else's affair.
            if let Ok(found) = fs::symlink_metadata(&path)
                && (found.is_file() || found.is_dir())
            {
                close(&path, &found);
            }
        }
    }
}

#[cfg(not(unix))]
pub(crate) fn tighten(_directory: &Path) {}

#[cfg(unix)]
fn close(path: &Path, found: &fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;

    let mode = found.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 {
        return;
    }
    let shown = path.display();
    match fs::set_permissions(path, fs::Permissions::from_mode(mode & !OTHERS)) {
        Ok(()) => tell(&format!("{shown} was open to other users (mode {mode:03o}); it is closed to them now")),
        Err(error) => tell(&format!(
            "{shown} is open to other users (mode {mode:03o}) and cannot be closed to them ({error}); have its owner do so, \
             or give the program a data directory of its own"
        )),
    }
}

/// Tells the log, or where there is none whoever started the program.
#[cfg(unix)]
fn tell(words: &str) {
    if tracing::dispatcher::has_been_set() {
        tracing::warn!("{words}");
    } else {
        let _ = writeln!(io::stderr(), "{words}");
    }
}
