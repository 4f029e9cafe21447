use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use iced::{Size, window};

use super::Desktop;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::theme;

/// How large the window is when it opens.
pub(super) const SIZE: Size = Size::new(1280.0, 800.0);
const SMALLEST_SIZE: Size = Size::new(960.0, 600.0);

/// How large the window was when it was last closed.
pub(super) fn size(preferences: &Preferences) -> Size {
    #[expect(clippy::cast_precision_loss, reason = "windows are not that large")]
    let size = |(width, height)| Size::new(width as f32, height as f32);
    preferences.window.map_or(SIZE, size).max(SMALLEST_SIZE)
}

/// The size to open with next time.
pub(super) fn kept_size(size: Size) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are neither large nor negative")]
    let whole = |length: f32| length.round() as u32;
    (whole(size.width), whole(size.height))
}

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no screen.
    #[error("the window cannot be opened: neither WAYLAND_DISPLAY nor DISPLAY names a screen")]
    NoScreen,
    /// The screen cannot be drawn on.
    #[error("the window cannot be opened: {0}")]
    Refused(#[from] iced::Error),
}

/// Opens the window on a data directory, until it is closed.
///
/// # Errors
///
/// There is no screen to open it on.
pub fn run(data: PathBuf) -> Result<(), WindowError> {
    // The toolkit would panic.
    let names_a_screen = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !names_a_screen("WAYLAND_DISPLAY") && !names_a_screen("DISPLAY") {
        return Err(WindowError::NoScreen);
    }
    let (desktop, task) = Desktop::open(&data);
    let size = size(&desktop.preferences);
    let opened = Mutex::new(Some((desktop, task)));
    let boot = move || {
        let opened = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The toolkit asks once; were it to ask again, the window would be opened again.
        opened.unwrap_or_else(|| Desktop::open(&data))
    };
    iced::application(boot, Desktop::update, Desktop::view)
        .title(|desktop: &Desktop| desktop.t().window_title.to_owned())
        .theme(Desktop::theme)
        .scale_factor(Desktop::scale_factor)
        .subscription(Desktop::subscription)
        .settings(settings())
        .window(window::Settings {
            size,
            min_size: Some(SMALLEST_SIZE),
            exit_on_close_request: false,
            ..window::Settings::default()
        })
        .run()?;
    Ok(())
}

/// What the window is drawn with: fonts that come with the program, so that it looks the same everywhere.
#[must_use]
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: vec![theme::REGULAR_BYTES.into(), theme::SEMIBOLD_BYTES.into(), lucide_icons::LUCIDE_FONT_BYTES.into()],
        default_font: theme::REGULAR,
        default_text_size: theme::BODY.into(),
        ..iced::Settings::default()
    }
}
