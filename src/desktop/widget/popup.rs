//! Places popups: what is shown over everything else, beside the widget that it belongs to.

use iced::advanced::{Renderer as _, Shell, renderer};
use iced::{Point, Rectangle, Renderer, Size, Theme, border};

use crate::desktop::theme;

/// The space between a popup and the edge of the window.
const MARGIN: f32 = 4.0;
/// The space between a popup and its anchor.
const GAP: f32 = 2.0;

/// The room for a popup, above or below its anchor, whichever is more.
pub(super) fn room(anchor: Rectangle, window: Size) -> Size {
    let below = window.height - (anchor.y + anchor.height);
    Size::new((window.width - 2.0 * MARGIN).max(0.0), (below.max(anchor.y) - MARGIN - GAP).max(0.0))
}

/// The position of a popup of that size: below its anchor, or above if it does not fit below and there is more room above.
/// It never reaches beyond the window.
pub(super) fn place(anchor: Rectangle, size: Size, window: Size) -> Point {
    let bottom = anchor.y + anchor.height;
    let below = window.height - bottom - MARGIN - GAP;
    let is_below = size.height <= below || below >= anchor.y - MARGIN - GAP;
    let y = if is_below { bottom + GAP } else { anchor.y - GAP - size.height };
    let most = window.width - MARGIN - size.width;
    let lowest = window.height - MARGIN - size.height;
    Point::new(anchor.x.min(most).max(MARGIN.min(anchor.x)), y.min(lowest).max(0.0))
}

/// Has the toolkit lay out and draw again, because a popup has opened, closed or changed.
pub(super) fn changed<Message>(shell: &mut Shell<'_, Message>) {
    shell.invalidate_layout();
    shell.request_redraw();
}

/// Draws the background of a popup.
pub(super) fn draw_sheet(renderer: &mut Renderer, theme: &Theme, bounds: Rectangle) {
    let colours = theme::colours(theme);
    let border = border::rounded(theme::ROUND).color(colours.strong_line).width(1);
    renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, colours.surface);
}
