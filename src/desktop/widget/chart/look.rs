//! How parts of a chart look.

use iced::advanced::{Renderer as _, renderer};
use iced::{Border, Color, Rectangle, Renderer, Theme};

use crate::desktop::theme::{self, Tone};

/// The look of one kind of part: pattern as well as colour, for people who cannot tell the colours apart.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Look {
    pub tone: Tone,
    pub pattern: Pattern,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Pattern {
    Solid,
    /// Horizontal lines.
    Across,
    /// Vertical lines.
    Upright,
    /// Only an outline.
    Hollow,
}

impl Look {
    pub(super) fn colour(self, theme: &Theme) -> Color {
        (self.tone)(theme).color.unwrap_or(theme::colours(theme).ink)
    }

    /// Fills an area.
    pub(super) fn fill(self, renderer: &mut Renderer, theme: &Theme, bounds: Rectangle) {
        /// The thickness of a pattern's lines, and the distance from one to the next.
        const LINE: f32 = 2.0;
        const PITCH: f32 = 4.0;
        let (colour, faint) =
            (self.colour(theme), theme::between(theme::colours(theme).surface, self.colour(theme), 0.22));
        match self.pattern {
            Pattern::Solid => quad(renderer, bounds, colour),
            Pattern::Across => {
                quad(renderer, bounds, faint);
                // From the bottom, where the bar begins.
                let mut up = 0.0;
                while up < bounds.height {
                    let height = LINE.min(bounds.height - up);
                    let y = bounds.y + bounds.height - up - height;
                    quad(renderer, Rectangle { y, height, ..bounds }, colour);
                    up += PITCH;
                }
            }
            Pattern::Upright => {
                quad(renderer, bounds, faint);
                let mut along = 0.0;
                while along < bounds.width {
                    let width = LINE.min(bounds.width - along);
                    quad(renderer, Rectangle { x: bounds.x + along, width, ..bounds }, colour);
                    along += PITCH;
                }
            }
            Pattern::Hollow => {
                let border = Border { color: colour, width: 1.0, radius: 0.0.into() };
                let bounds = Rectangle { width: bounds.width.max(2.0), height: bounds.height.max(2.0), ..bounds };
                let quad = renderer::Quad { bounds, border, snap: true, ..renderer::Quad::default() };
                renderer.fill_quad(quad, theme::colours(theme).surface);
            }
        }
    }
}

pub(in crate::desktop::widget) fn quad(renderer: &mut Renderer, bounds: Rectangle, colour: Color) {
    if bounds.width > 0.0 && bounds.height > 0.0 {
        renderer.fill_quad(renderer::Quad { bounds, snap: true, ..renderer::Quad::default() }, colour);
    }
}

/// The height of a count, where `most` fills the room.
#[expect(clippy::cast_precision_loss, reason = "a bar is not so high that it matters")]
pub(super) fn height(count: u64, most: u64, room: f32) -> f32 {
    if most == 0 { 0.0 } else { count as f32 / most as f32 * room }
}
