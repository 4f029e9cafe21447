//! What can keep the window from opening, in one line each. The toolkit panics where it finds no way.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::x_server::XServerError;

/// Whether the window is open: from then on the toolkit has all that it needs.
pub(super) static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no screen.
    #[error("the window cannot be opened: neither WAYLAND_DISPLAY nor DISPLAY names a screen")]
    NoScreen,
    /// The X server cannot be used.
    #[error("the window cannot be opened: {0}")]
    XServer(#[from] XServerError),
    /// Nobody answers where `WAYLAND_DISPLAY` says.
    #[error(
        "the window cannot be opened: no Wayland compositor answers at WAYLAND_DISPLAY '{0}': set it to that of the session that \
         you sit at, or leave it out to use the X server that DISPLAY names"
    )]
    NoWayland(String),
    /// A library of the system is missing.
    #[error(
        "the window cannot be opened: the library {library} is missing on this machine; have it installed ({package})"
    )]
    NoLibrary {
        /// Its file.
        library: &'static str,
        /// The packages that have it, as the usual distributions call them.
        package: &'static str,
    },
    /// The toolkit ended while the window was being opened.
    #[error("the window cannot be opened: {0}")]
    Ended(String),
    /// The screen cannot be drawn on.
    #[error("the window cannot be opened: {0}")]
    Refused(#[from] iced::Error),
}

/// Libraries that are loaded once the window is opened, by a word of what the toolkit says where one is missing, and what they
/// come with.
const LIBRARIES: [(&str, &str, &str); 7] = [
    (
        "libxkbcommon-x11",
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0 in Debian and Ubuntu, libxkbcommon-x11 elsewhere",
    ),
    ("libxkbcommon", "libxkbcommon.so.0", "libxkbcommon0 in Debian and Ubuntu, libxkbcommon elsewhere"),
    ("libX11-xcb", "libX11-xcb.so.1", "libx11-xcb1 in Debian and Ubuntu, libX11-xcb elsewhere"),
    ("libX11", "libX11.so.6", "libx11-6 in Debian and Ubuntu, libX11 elsewhere"),
    ("libXcursor", "libXcursor.so.1", "libxcursor1 in Debian and Ubuntu, libXcursor elsewhere"),
    ("libxcb", "libxcb.so.1", "libxcb1 in Debian and Ubuntu, libxcb elsewhere"),
    ("libXi", "libXi.so.6", "libxi6 in Debian and Ubuntu, libXi elsewhere"),
];

/// Runs the toolkit, which panics where it finds no way to open a window: until the window is open, that becomes an error in
/// one line.
pub(super) fn explaining_panics<T>(run: impl FnOnce() -> T) -> Result<T, WindowError> {
    let said: Arc<Mutex<Option<String>>> = Arc::default();
    let main = thread::current().id();
    let usual: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(panic::take_hook());
    let (kept, usual_hook) = (Arc::clone(&said), Arc::clone(&usual));
    panic::set_hook(Box::new(move |info| {
        if IS_OPEN.load(Ordering::Relaxed) || thread::current().id() != main {
            return usual_hook(info);
        }
        let words = info.payload_as_str().unwrap_or("the window toolkit gave up").to_owned();
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }));
    let ended = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(Box::new(move |info| usual(info)));
    let said = said.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (ended, said) {
        (Ok(ended), _) => Ok(ended),
        (Err(_), Some(words)) => Err(explained(&words)),
        (Err(panicked), None) => panic::resume_unwind(panicked),
    }
}

fn explained(words: &str) -> WindowError {
    if words.contains("WaylandError") {
        return WindowError::NoWayland(std::env::var("WAYLAND_DISPLAY").unwrap_or_default());
    }
    match LIBRARIES.into_iter().find(|(word, _, _)| words.contains(word)) {
        Some((_, library, package)) => WindowError::NoLibrary { library, package },
        None => WindowError::Ended(words.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}
