use iced::{Element, Rectangle, Renderer, Size, Theme};

use super::drawing::Drawing;
use super::look::Look;

const SIZE: Size = Size::new(12.0, 12.0);

/// A sample of a look, for a legend.
pub(in crate::desktop) fn swatch<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    let draw = move |renderer: &mut Renderer, theme: &Theme, bounds: Rectangle| look.fill(renderer, theme, bounds);
    Drawing { size: SIZE, draw }.into()
}
