//! Files and directories that nobody but their owner may look into, from the first moment on and whatever the umask. On
//! Windows this is left to whoever chose the place: there a user's own folders are closed to others.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is tried again to get a lock that another program has.
const LOCK_INTERVAL: Duration = Duration::from_millis(10);

/// Makes a file where there is none, for its owner alone. A link at that path is not followed.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // A umask may have taken rights from the owner too.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Writes a new file for its owner alone, for good.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens the plain file at a path to read and write it, and makes it where there is none, without emptying it. Never
/// through a link, and never waiting as a pipe would have it; `None` where something else is there.
pub(crate) fn open_or_create(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    open_plain(path, options)
}

/// Opens the plain file at a path to read it, as [`open_or_create`] does; `None` also where there is nothing.
pub(crate) fn open_to_read(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true);
    match open_plain(path, options) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => opened,
    }
}

fn open_plain(path: &Path, mut options: OpenOptions) -> io::Result<Option<File>> {
    let is_other = |found: io::Result<fs::Metadata>| found.is_ok_and(|found| !found.is_file());
    if is_other(fs::symlink_metadata(path)) {
        return Ok(None);
    }
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

/// Makes a directory, and those above it that are missing, closed to others.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes sure that there is such a directory and that nobody but its owner may look into it. Says whether others could
/// until now.
///
/// # Errors
///
/// It cannot be made, belongs to somebody else, or is one that many share.
pub(crate) fn directory(path: &Path) -> io::Result<bool> {
    create_directory(path)?;
    close(path)
}

#[cfg(unix)]
fn close(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    const OTHERS: u32 = 0o077;
    /// Set on directories in which many may make files, as /tmp is.
    const SHARED: u32 = 0o1000;
    // By the open file: the path may lead to another one by now.
    let directory = File::open(path)?;
    let metadata = directory.metadata()?;
    let refused = |why: String| Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    let us = rustix::process::geteuid().as_raw();
    if metadata.uid() != us {
        return refused(format!(
            "the directory belongs to user {}, not to user {us} who runs the program",
            metadata.uid()
        ));
    }
    if metadata.mode() & SHARED != 0 || path.canonicalize()?.parent().is_none() {
        return refused("many share this directory".to_owned());
    }
    let is_open = metadata.mode() & OTHERS != 0;
    if metadata.mode() & 0o777 != 0o700 {
        directory.set_permissions(fs::Permissions::from_mode(0o700))?;
    }
    Ok(is_open)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn close(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// A lock on a file, which lies on another one beside it, since the file itself is replaced when it changes. It ends when it
/// is dropped, or the program does.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock, at most for `wait_limit`. A link in its place is not followed.
    pub(crate) fn beside(path: &Path, wait_limit: Duration) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let name = PathBuf::from(name);
        let end = Instant::now() + wait_limit;
        loop {
            match open_or_create(&name) {
                Ok(Some(file)) => match file.try_lock() {
                    Ok(()) if is_at(&file, &name)? => return Ok(Self { _file: file }),
                    Err(TryLockError::Error(error)) => return Err(error),
                    // Somebody else has it, or has removed it meanwhile.
                    Ok(()) | Err(TryLockError::WouldBlock) => {}
                },
                Ok(None) => {
                    let why = format!("{} is no file but something else; remove it", name.display());
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.parent().is_some_and(Path::exists) => {}
                Err(error) => return Err(error),
            }
            if Instant::now() >= end {
                let why = format!("another program is changing it and has locked {}", name.display());
                return Err(io::Error::new(io::ErrorKind::TimedOut, why));
            }
            thread::sleep(LOCK_INTERVAL);
        }
    }
}

/// Whether that open file is the one at the path now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let ours = file.metadata()?;
    match path.symlink_metadata() {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
