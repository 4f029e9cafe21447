//! How large the window is.

use iced::Size;

use crate::desktop::model::preferences::Preferences;

/// How large the window is when it opens.
pub(super) const SIZE: Size = Size::new(1280.0, 800.0);
pub(super) const SMALLEST_SIZE: Size = Size::new(960.0, 600.0);

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

/// How wide the part is that stays the same on every screen.
pub(super) const SIDEBAR_WIDTH: f32 = 224.0;
