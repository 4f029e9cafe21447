//! Opens the window and runs the application in it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use iced::theme::{Base, Style};
use iced::{Color, Theme, window};

use super::icon::icon;
use super::opening::{WindowError, explaining_panics};
use super::state::Desktop;
use super::window_size::size;
use super::x_server::screens;
use crate::desktop::model::page::Page;
use crate::desktop::screen::about::AboutScreen;
use crate::desktop::theme;
use crate::policy::Policy;
use crate::store::DataPlace;
use crate::typeface;

/// The name by which desktops know the window: that of its desktop entry.
pub const APPLICATION_ID: &str = "postfordeler";

/// Opens the window on a data directory, as far as an administrator has not decided otherwise, until it is closed, and reads these
/// files in it as if they were dropped on it.
///
/// # Errors
///
/// There is no screen to open it on, or something is missing for that.
pub fn run(data: DataPlace, policy: Policy, files: Vec<PathBuf>) -> Result<(), WindowError> {
    let names_a_screen = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_wayland = names_a_screen("WAYLAND_DISPLAY") || names_a_screen("WAYLAND_SOCKET");
    if cfg!(target_os = "linux") && !has_wayland && !names_a_screen("DISPLAY") {
        return Err(WindowError::NoScreen);
    }
    let monitors = if has_wayland { Vec::new() } else { screens()? };
    let (desktop, task) = Desktop::open(&data, policy.clone());
    let mut desktop = desktop.reading(files);
    desktop.placing.monitors = monitors;
    let size = size(&desktop.shared.preferences);
    let opened = Mutex::new(Some((desktop, task)));
    let boot = move || {
        let opened = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
        // iced calls this once. A second call would open the store anew.
        opened.unwrap_or_else(|| Desktop::open(&data, policy.clone()))
    };
    let application = iced::application(boot, Desktop::update, Desktop::view)
        .title(Desktop::title)
        .theme(Desktop::theme)
        .style(Desktop::surface)
        .scale_factor(Desktop::scale_factor)
        .subscription(Desktop::subscription)
        .settings(settings())
        .window(window::Settings {
            size,
            // It is shown once it has its size and its place on the screen.
            visible: false,
            exit_on_close_request: false,
            icon: icon(),
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: APPLICATION_ID.to_owned(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        });
    explaining_panics(move || application.run())??;
    Ok(())
}

impl Desktop {
    /// The window's colours. The background differs too little to be seen for each page, panel and sheet, authority and day, and for the
    /// rows in sight: the renderer then draws all of the window anew. Where it draws only what has changed, edges of words that lay
    /// between two pixels would stay behind, and where very many places have changed it takes several times as long.
    #[must_use]
    pub fn surface(&self, theme: &Theme) -> Style {
        let style = theme.base();
        let mut hasher = DefaultHasher::new();
        (self.session, self.open_item().map(|(_, item)| item)).hash(&mut hasher);
        (self.palette.is_some(), self.guide.is_some(), self.tour.is_some()).hash(&mut hasher);
        (self.shared.page as u8, self.shared.shown_authority(), self.shared.day()).hash(&mut hasher);
        self.screens.get(self.shared.page).sight_hash().hash(&mut hasher);
        self.about.as_ref().map(AboutScreen::sight_hash).hash(&mut hasher);
        if self.shared.page == Page::Router {
            // Each new message moves all others down.
            self.shared.rows.first().map(|row| row.number).hash(&mut hasher);
        }
        let [red, green, blue, ..] = hasher.finish().to_le_bytes();
        let darker = |light: f32, by: u8| (light - f32::from(by) * 1e-6).max(0.0);
        let Color { r, g, b, a } = style.background_color;
        Style { background_color: Color { r: darker(r, red), g: darker(g, green), b: darker(b, blue), a }, ..style }
    }
}

/// The settings of the window's renderer. The fonts come with the program, so that it looks the same everywhere.
#[must_use]
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: vec![
            typeface::REGULAR.into(),
            typeface::SEMIBOLD.into(),
            typeface::MONOSPACED.into(),
            lucide_icons::LUCIDE_FONT_BYTES.into(),
        ],
        default_font: theme::REGULAR,
        default_text_size: theme::BODY.into(),
        ..iced::Settings::default()
    }
}
