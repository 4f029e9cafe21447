//! Rectangles and short lines of text, for widgets that draw themselves.

use iced::advanced::text::{self as core_text, Alignment, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::{Renderer as _, renderer};
use iced::{Color, Font, Pixels, Point, Rectangle, Renderer, Size, alignment};

use crate::desktop::theme;

const LABEL: f32 = 12.0;

/// A line of text.
pub(super) struct Words<'a> {
    pub line: &'a str,
    pub font: Font,
    pub colour: Color,
}

pub(super) fn words(words: &str, colour: Color) -> Words<'_> {
    Words { line: words, font: theme::REGULAR, colour }
}

impl Words<'_> {
    fn text<T>(&self, content: T, bounds: Size) -> core_text::Text<T, Font> {
        core_text::Text {
            content,
            bounds,
            size: Pixels(LABEL),
            line_height: core_text::LineHeight::default(),
            font: self.font,
            align_x: Alignment::Left,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::default(),
            wrapping: Wrapping::None,
        }
    }

    pub fn size(&self) -> Size {
        <Renderer as core_text::Renderer>::Paragraph::with_text(self.text(self.line, Size::INFINITE)).min_bounds()
    }

    /// Draws it to the right of and below a point, within the clip. The toolkit erases a text's bounds when it changes, so
    /// they must be finite and where the text is, which those of right-aligned text are not.
    pub fn write(&self, renderer: &mut Renderer, at: Point, clip: Rectangle) {
        let size = self.size().expand(Size::new(1.0, 1.0));
        // The toolkit would draw what sticks out of the clip all the same, over whatever is there.
        if at.y < clip.y || at.y + size.height > clip.y + clip.height {
            return;
        }
        renderer.fill_text(self.text(self.line.to_owned(), size), at, self.colour, clip);
    }
}

/// Fills a rectangle, if there is anything of it.
pub(super) fn quad(renderer: &mut Renderer, bounds: Rectangle, colour: Color) {
    if bounds.width > 0.0 && bounds.height > 0.0 {
        renderer.fill_quad(renderer::Quad { bounds, snap: true, ..renderer::Quad::default() }, colour);
    }
}
