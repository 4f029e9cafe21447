//! Opens Postfordeler from the desktop of Windows.
//!
//! Windows gives a program either a console or none, before the first line of it runs. `bin\postfordeler.exe` is one for terminals,
//! which wait for it and read its exit status; this one is for the desktop, and starts that one without a console. What it
//! says when it cannot start would be lost there, so this program shows it.

#![cfg_attr(windows, windows_subsystem = "windows")]

#[cfg(windows)]
fn main() {
    windows::main();
}

#[cfg(not(windows))]
fn main() {}

#[cfg(windows)]
mod windows {
    use std::env;
    use std::io::{self, Read};
    use std::os::windows::process::CommandExt;
    use std::path::PathBuf;
    use std::process::{ChildStderr, Command, Stdio};

    use winsafe::prelude::Handle;
    use winsafe::{HWND, co};

    /// A console program gets no window for its console.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    /// The most of what the program says that is shown.
    const MAX_SHOWN: usize = 2_000;

    pub fn main() {
        let problem = match run() {
            Ok(None) => return,
            Ok(Some(words)) => words,
            Err(error) => format!("Programmet kan ikke startes: {error}\n\nThe program cannot be started."),
        };
        // Where not even that can be shown, nothing can.
        let _ = HWND::NULL.MessageBox(&problem, "Postfordeler", co::MB::OK | co::MB::ICONERROR);
    }

    /// Runs the program until its window is closed. Returns what it says if it fails.
    fn run() -> io::Result<Option<String>> {
        let mut child = Command::new(program()?)
            .args(env::args_os().skip(1))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .creation_flags(CREATE_NO_WINDOW)
            .spawn()?;
        let said = child.stderr.take().map(last_words).unwrap_or_default();
        let status = child.wait()?;
        let words = if said.is_empty() { status.to_string() } else { said };
        Ok((!status.success()).then_some(words))
    }

    /// `bin\postfordeler.exe` beside this program.
    fn program() -> io::Result<PathBuf> {
        let own = env::current_exe()?;
        let folder = own.parent().ok_or(io::ErrorKind::NotFound)?;
        let program = folder.join("bin").join("postfordeler.exe");
        if program.is_file() {
            return Ok(program);
        }
        let words = format!("{} is missing", program.display());
        Err(io::Error::new(io::ErrorKind::NotFound, words))
    }

    /// The end of all that is said, until nothing more can come.
    fn last_words(mut from: ChildStderr) -> String {
        let mut said = Vec::new();
        let mut piece = [0; 1024];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            said.extend_from_slice(&piece[..length]);
            said.drain(..said.len().saturating_sub(MAX_SHOWN));
        }
        String::from_utf8_lossy(&said).trim().to_owned()
    }
}
