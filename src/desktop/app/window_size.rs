//! The size and the place of the window, and how they are saved.

use iced::{Point, Rectangle, Size};

use crate::desktop::model::preferences::Preferences;

/// The size of a window that opens for the first time, in logical pixels.
pub(super) const SIZE: Size = Size::new(1280.0, 800.0);
/// A window cannot be made smaller, where its screen has room for that.
const SMALLEST_SIZE: Size = Size::new(960.0, 600.0);
/// A screen must have as much room as this, in logical pixels, however much everything is enlarged by the system and by zooming:
/// with less, pages could be reached but no longer be read.
pub(super) const LEAST_ROOM: Size = Size::new(760.0, 460.0);
/// What the system has of a screen's height for itself and for the window's title, before zooming.
const TAKEN: f32 = 80.0;
/// What the title has of that.
const TITLE: f32 = 40.0;

/// The size to open the window with: as it was last closed.
pub(super) fn size(preferences: &Preferences) -> Size {
    #[expect(clippy::cast_precision_loss, reason = "windows are not that large")]
    let size = |(width, height)| Size::new(width as f32, height as f32);
    preferences.window.map_or(SIZE, size).max(LEAST_ROOM)
}

/// The size to save, so that the window opens with it next time.
pub(super) fn size_to_save(size: Size) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are neither large nor negative")]
    let whole = |length: f32| length.round() as u32;
    (whole(size.width), whole(size.height))
}

/// The screen that the window is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenFacts {
    /// What the system enlarges everything by, without the program's own zooming.
    pub scale: f32,
    /// Its size in pixels that the system has enlarged; `None` where the system does not say.
    pub size: Option<Size>,
}

impl Default for ScreenFacts {
    fn default() -> Self {
        Self { scale: 1.0, size: None }
    }
}

impl ScreenFacts {
    /// How much everything can be enlarged on it besides what the system does.
    pub(super) fn most_zoom(&self) -> f32 {
        let most = |size: Size| (size.width / LEAST_ROOM.width).min((size.height - TAKEN) / LEAST_ROOM.height);
        self.size.map_or(f32::INFINITY, most).max(0.5)
    }

    /// The room that it has for a window, where everything is enlarged by so much.
    fn room(&self, zoom: f32) -> Option<Size> {
        self.size.map(|size| Size::new(size.width / zoom, (size.height - TAKEN).max(1.0) / zoom))
    }

    /// That size, or less where the screen has no room for it.
    pub(super) fn fitting(&self, size: Size, zoom: f32) -> Size {
        self.room(zoom).map_or(size, |room| size.min(room))
    }

    /// The least size that a window can be given.
    pub(super) fn smallest(&self, zoom: f32) -> Size {
        self.fitting(SMALLEST_SIZE * (1.0 / zoom.max(1.0)), zoom)
    }

    /// The height of a window with its title, in the screen's own pixels.
    pub(super) fn with_title(&self, height: f32) -> f32 {
        height + TITLE * self.scale
    }
}

/// Where a window of that size goes whose upper left corner was there, so that all of it can be seen on one of the screens, all in
/// the screens' own pixels: as near to that place as can be. `None` where no screen has any of it.
pub(super) fn visible_place(place: (i32, i32), size: Size, screens: &[Rectangle]) -> Option<Point> {
    #[expect(clippy::cast_precision_loss, reason = "desktops are not that large")]
    let window = Rectangle::new(Point::new(place.0 as f32, place.1 as f32), size);
    let shown = |screen: &Rectangle| screen.intersection(&window).map_or(0.0, |part| part.area());
    let screen = screens.iter().max_by(|one, other| shown(one).total_cmp(&shown(other)))?;
    if shown(screen) <= 0.0 {
        return None;
    }
    let within = |at: f32, length: f32, from: f32, room: f32| at.min(from + room - length).max(from);
    Some(Point::new(
        within(window.x, window.width, screen.x, screen.width),
        within(window.y, window.height, screen.y, screen.height),
    ))
}

/// What is known of the window's place.
#[derive(Debug, Clone, Default)]
pub(super) struct Placing {
    /// The screens that there were when the window was opened, each in its own pixels; empty where the system does not say.
    pub monitors: Vec<Rectangle>,
    /// Whether the window has its place on the screen.
    pub is_placed: bool,
    /// Where the window was moved to, if that was not by maximizing it.
    pub moved_to: Option<(i32, i32)>,
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
