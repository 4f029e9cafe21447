use iced::widget::container;
use iced::{Element, Theme, border};
use lucide_icons::Icon;

use super::drawing::colour;
use crate::desktop::theme;
use crate::desktop::widget::icon::icon;
use crate::picture::Tone;

/// The size of a mark beside words, in logical pixels.
const SIDE: f32 = 18.0;
const SYMBOL: f32 = 11.0;
const LINE: f32 = 2.0;

/// The outline of a mark: things are not told apart by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum MarkShape {
    /// A full circle.
    Disc,
    /// A full square.
    Square,
    /// An empty circle.
    Ring,
    /// An empty square.
    Frame,
    /// A full rectangle with round corners, wider than high.
    Letter,
}

/// How a mark looks.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct MarkLook {
    pub shape: MarkShape,
    pub tone: Tone,
    pub symbol: Icon,
}

impl MarkShape {
    pub(super) fn is_empty(self) -> bool {
        matches!(self, Self::Ring | Self::Frame)
    }

    /// How round the corners of one of that height are.
    pub(super) fn radius(self, height: f32) -> f32 {
        match self {
            Self::Disc | Self::Ring => height / 2.0,
            Self::Square | Self::Frame => 2.0,
            Self::Letter => 4.0,
        }
    }
}

/// A mark beside words that say what it stands for.
pub(in crate::desktop) fn mark_sign<'a, Message: 'a>(look: MarkLook) -> Element<'a, Message> {
    let is_empty = look.shape.is_empty();
    let ink = move |theme: &Theme, tone: Tone| colour(tone.into(), &theme::shown_palette(theme));
    let symbol = icon(look.symbol).size(SYMBOL).line_height(1.0).style(move |theme: &Theme| {
        iced::widget::text::Style { color: Some(ink(theme, if is_empty { look.tone } else { Tone::Surface })) }
    });
    let height = if look.shape == MarkShape::Letter { SIDE - 4.0 } else { SIDE };
    let mark = container(symbol).center_x(SIDE).center_y(height).style(move |theme: &Theme| {
        let ground = ink(theme, if is_empty { Tone::Surface } else { look.tone });
        let border = border::rounded(look.shape.radius(SIDE)).color(ink(theme, look.tone)).width(LINE);
        container::Style { border, ..container::background(ground) }
    });
    container(mark).center_y(SIDE).into()
}
