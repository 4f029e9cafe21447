//! `fagsystem --keep`: letters on a disk that others may look at.

use std::fs;

#[cfg(unix)]
use std::path::{Path, PathBuf};

#[cfg(unix)]
use super::assert_failed;
use super::{Workplace, text};
#[cfg(unix)]
use crate::support::eventually;
use crate::support::{Call, Memo, Running};

/// A practice fagsystem that keeps its letters there, started under that umask.
#[cfg(unix)]
fn keeping(umask: &str, directory: &Path) -> Running {
    let directory = text(directory);
    Running::start_after(&format!("umask {umask}"), &["fagsystem", "--listen", "127.0.0.1:0", "--keep", &directory])
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Delivers it, and says with which status it was answered.
fn deliver(fagsystem: &Running, message: &Memo) -> u16 {
    let message = message.xml();
    let mut call = Call::with_length(fagsystem.address(), "application/xml", message.len());
    call.send(&message);
    call.answer().status()
}

#[cfg(unix)]
#[test]
fn letters_are_their_owners_alone_whatever_the_umask() {
    for umask in ["000", "022", "027", "077", "0277"] {
        let workplace = Workplace::new();
        let directory = workplace.path("breve");
        let fagsystem = keeping(umask, &directory);
        assert_eq!(mode(&directory), 0o700, "umask {umask}");
        let message = Memo::new();
        assert_eq!(deliver(&fagsystem, &message), 200);
        let letter = directory.join(format!("{}.xml", message.uuid));
        assert_eq!(mode(&letter), 0o600, "umask {umask}");
        assert_eq!(fs::read(&letter).unwrap(), message.xml());
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "nothing else stays there");
    }
}

#[cfg(unix)]
#[test]
fn a_letter_is_its_owners_alone_from_its_first_byte_on() {
    let workplace = Workplace::new();
    let directory = workplace.path("breve");
    let fagsystem = keeping("000", &directory);
    let message = Memo::new().xml();
    let mut call = Call::with_length(fagsystem.address(), "application/xml", message.len());
    call.send(&message[..100]);
    let unfinished = eventually("it is being written", || {
        fs::read_dir(&directory).unwrap().next().map(|entry| entry.unwrap().path())
    });
    assert_eq!(mode(&unfinished), 0o600);
    call.send(&message[100..]);
    assert_eq!(call.answer().status(), 200);
}

#[cfg(unix)]
#[test]
fn a_directory_that_others_could_look_into_is_closed_with_a_word() {
    use std::os::unix::fs::PermissionsExt;

    let workplace = Workplace::new();
    let directory = workplace.path("breve");
    fs::create_dir(&directory).unwrap();
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    let mut fagsystem = keeping("022", &directory);
    assert_eq!(mode(&directory), 0o700);
    fagsystem.terminate();
    assert_eq!(fagsystem.exit_status(), Some(0));
    let said = fagsystem.log();
    assert!(said.contains(directory.to_str().unwrap()) && said.contains("0700") && said.lines().count() == 1, "{said}");
    // Once it is, there is nothing to say.
    let mut fagsystem = keeping("022", &directory);
    fagsystem.terminate();
    assert_eq!(fagsystem.exit_status(), Some(0));
    assert_eq!(fagsystem.log(), "");
}

#[cfg(unix)]
#[test]
fn a_directory_that_many_share_is_refused_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;

    let workplace = Workplace::new();
    let shared = workplace.path("faelles");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o1777)).unwrap();
    let file = workplace.file("fil", "en fil");
    for (directory, about) in [(text(&shared), "many share"), (file, "directory")] {
        let arguments = ["fagsystem", "--listen", "127.0.0.1:0", "--keep", &directory];
        assert_failed(&directory, &workplace.call(&arguments), about);
    }
    assert_eq!(mode(&shared), 0o1777);
    // Only root can make a directory that belongs to another user.
    if let Some(theirs) = theirs(&workplace) {
        let arguments = ["fagsystem", "--listen", "127.0.0.1:0", "--keep", &text(&theirs)];
        assert_failed("theirs", &workplace.call(&arguments), "belongs to user 65534");
        assert_eq!(mode(&theirs), 0o755);
    }
}

/// A directory of somebody else's, when the tests may make one.
#[cfg(unix)]
fn theirs(workplace: &Workplace) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;

    let directory = workplace.path("deres");
    fs::create_dir(&directory).unwrap();
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    std::os::unix::fs::chown(&directory, Some(65534), None).is_ok().then_some(directory)
}

#[cfg(unix)]
#[test]
fn a_link_in_a_letters_place_is_not_followed() {
    let workplace = Workplace::new();
    let directory = workplace.path("breve");
    fs::create_dir(&directory).unwrap();
    let elsewhere = workplace.file("andres", "andres fil");
    let message = Memo::new();
    let letter = directory.join(format!("{}.xml", message.uuid));
    std::os::unix::fs::symlink(&elsewhere, &letter).unwrap();
    let fagsystem = keeping("022", &directory);
    assert_eq!(deliver(&fagsystem, &message), 200);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "andres fil");
    assert!(fs::symlink_metadata(&letter).unwrap().is_file());
    assert_eq!((mode(&letter), fs::read(&letter).unwrap()), (0o600, message.xml()));
}

#[test]
fn a_letters_name_is_its_uuid_alone_and_what_has_none_is_not_kept() {
    let workplace = Workplace::new();
    let directory = workplace.path("breve");
    let fagsystem = Running::start(&["fagsystem", "--listen", "127.0.0.1:0", "--keep", &text(&directory)]);
    for uuid in ["../ude", "..%2fude", "", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"] {
        assert_eq!(deliver(&fagsystem, &Memo { uuid: uuid.to_owned(), ..Memo::new() }), 400, "{uuid}");
    }
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
    assert!(!workplace.path("ude.xml").exists());
}
