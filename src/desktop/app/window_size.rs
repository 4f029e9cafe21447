//! The size of the window, and how it is saved.

use iced::Size;

use crate::desktop::model::preferences::Preferences;

/// The size of a window that opens for the first time.
pub(super) const SIZE: Size = Size::new(1280.0, 800.0);
pub(super) const SMALLEST_SIZE: Size = Size::new(960.0, 600.0);

/// The size to open the window with: as it was last closed.
pub(super) fn size(preferences: &Preferences) -> Size {
    #[expect(clippy::cast_precision_loss, reason = "windows are not that large")]
    let size = |(width, height)| Size::new(width as f32, height as f32);
    preferences.window.map_or(SIZE, size).max(SMALLEST_SIZE)
}

/// The size to save, so that the window opens with it next time.
pub(super) fn size_to_save(size: Size) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are neither large nor negative")]
    let whole = |length: f32| length.round() as u32;
    (whole(size.width), whole(size.height))
}

/// The width of the sidebar.
pub(super) const SIDEBAR_WIDTH: f32 = 224.0;

/// The width of the guide beside a screen, and over one, where the window has room for that.
pub(super) const GUIDE_BESIDE: f32 = 600.0;
pub(super) const GUIDE_OVER: f32 = 860.0;
/// From this width of the window on the guide stands beside the screen.
pub(super) const WIDE_FOR_GUIDE: f32 = 1720.0;

/// The width of the frame around a window that works on training data, and the height of the band that says so.
pub(super) const FRAME: f32 = 4.0;
pub(super) const TRAINING_BAND: f32 = 38.0;

/// The height of the line and of the track in the band that says that another day's rules are shown.
pub(super) const BAND_LINE: f32 = 42.0;
pub(super) const TRACK_HEIGHT: f32 = 40.0;
/// In lower windows the band has no track.
pub(super) const LOW_FOR_BAND: f32 = 640.0;

/// The height of that band, with the line below it.
pub(super) fn band_height(window: Size) -> f32 {
    1.0 + BAND_LINE + if window.height < LOW_FOR_BAND { 0.0 } else { TRACK_HEIGHT }
}
