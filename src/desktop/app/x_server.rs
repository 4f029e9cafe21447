//! Looks at the X server before the window is opened on it: the toolkit would end the program where something is missing, and
//! say so in its own terms.

use iced::Rectangle;

/// Why the X server cannot be used, in words for whoever started the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XServerError {
    /// The environment's variable cannot be understood.
    #[error("DISPLAY is '{0}', which names no screen: it has to look like ':0', or like 'localhost:10.0' over SSH")]
    NoName(String),
    /// Nobody answers there.
    #[error("no X server answers at DISPLAY '{display}' ({reason}): set DISPLAY to the screen that you sit at")]
    NoAnswer {
        /// The variable.
        display: String,
        /// Why.
        reason: String,
    },
    /// The server refuses this user.
    #[error(
        "the X server at DISPLAY '{display}' does not let this user in ({reason}): start the program as the user who is logged \
         in there, or hand over that user's key with 'xauth'"
    )]
    NotLetIn {
        /// The variable.
        display: String,
        /// What the server says.
        reason: String,
    },
    /// The screen has a palette, or shades of grey.
    #[error("the screen has only {0} bits for a colour, and 15 are needed: set the session to 16 bits or more")]
    TooFewColours(u8),
    /// The server lacks what the toolkit cannot do without.
    #[error(
        "the X server lacks the extension {0}, without which {1}: use a newer X server or remote desktop, or one on which it \
         is not switched off"
    )]
    Lacks(&'static str, &'static str),
}

/// The extensions that the toolkit cannot do without, and what for.
#[cfg(target_os = "linux")]
const NEEDED: [(&str, &str); 3] = [
    ("RANDR", "the size of the screen is not known"),
    ("XInputExtension", "neither the mouse nor the keyboard can be used"),
    ("XKEYBOARD", "the keyboard cannot be used"),
];

/// The screens of the server that `DISPLAY` names, each in its own pixels; empty where the server does not say.
#[cfg(target_os = "linux")]
pub(super) fn screens() -> Result<Vec<Rectangle>, XServerError> {
    use x11rb::connection::Connection;
    use x11rb::protocol::randr::ConnectionExt as _;
    use x11rb::protocol::xproto::{ConnectionExt as _, VisualClass};

    let display = std::env::var("DISPLAY").unwrap_or_default();
    let (connection, number) = x11rb::connect(None).map_err(|error| explained(&error, &display))?;
    let broken =
        |error: &dyn std::fmt::Display| XServerError::NoAnswer { display: display.clone(), reason: error.to_string() };
    let Some(screen) = connection.setup().roots.get(number) else { return Err(XServerError::NoName(display)) };
    let visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
    let root = visuals.clone().find(|visual| visual.visual_id == screen.root_visual);
    let is_coloured = root.is_none_or(|it| matches!(it.class, VisualClass::TRUE_COLOR | VisualClass::DIRECT_COLOR));
    if screen.root_depth < 15 || !is_coloured {
        return Err(XServerError::TooFewColours(screen.root_depth));
    }
    for (name, what_for) in NEEDED {
        let asked = connection.query_extension(name.as_bytes()).map_err(|error| broken(&error))?;
        if !asked.reply().map_err(|error| broken(&error))?.present {
            return Err(XServerError::Lacks(name, what_for));
        }
    }
    let root = screen.root;
    let monitors = connection.randr_get_monitors(root, true).ok().and_then(|asked| asked.reply().ok());
    let monitors = monitors.into_iter().flat_map(|found| found.monitors);
    let monitors = monitors.map(|it| (it.x, it.y, it.width, it.height)).collect::<Vec<_>>();
    // Servers before version 1.5 of the extension have one screen, or do not say where each is.
    let whole = (0, 0, screen.width_in_pixels, screen.height_in_pixels);
    let monitors = if monitors.is_empty() { vec![whole] } else { monitors };
    let rectangle = |(x, y, width, height)| Rectangle {
        x: f32::from(x),
        y: f32::from(y),
        width: f32::from(width),
        height: f32::from(height),
    };
    Ok(monitors.into_iter().map(rectangle).collect())
}

#[cfg(target_os = "linux")]
fn explained(error: &x11rb::errors::ConnectError, display: &str) -> XServerError {
    use x11rb::errors::ConnectError;

    let display = display.to_owned();
    let words = |reason: &[u8]| String::from_utf8_lossy(reason).trim().trim_end_matches('\0').to_owned();
    match error {
        ConnectError::DisplayParsingError(_) | ConnectError::InvalidScreen => XServerError::NoName(display),
        ConnectError::SetupFailed(refused) => XServerError::NotLetIn { display, reason: words(&refused.reason) },
        ConnectError::SetupAuthenticate(refused) => XServerError::NotLetIn { display, reason: words(&refused.reason) },
        error => XServerError::NoAnswer { display, reason: error.to_string() },
    }
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn screens() -> Result<Vec<Rectangle>, XServerError> {
    Ok(Vec::new())
}
