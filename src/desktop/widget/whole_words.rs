use iced::advanced::layout::{self, Layout};
use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self as core_text, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::Operation;
use iced::advanced::{Overlay, Renderer as _, mouse, overlay, renderer};
use iced::{Point, Rectangle, Renderer, Size, Theme, alignment, border};

use super::line_of_text::Paragraph;
use super::popup;
use crate::desktop::theme;

/// Vertical and horizontal padding.
const PADDING: [f32; 2] = [4.0, 8.0];
const MAX_WIDTH: f32 = 420.0;

/// The full text of a shortened line, shown beside it.
#[derive(Debug, Default)]
pub(super) struct WholeWords {
    drawn: Plain<Paragraph>,
}

impl WholeWords {
    /// Below or above the anchor. It handles neither mouse nor keys.
    pub fn beside<'a, Message: 'a>(
        &'a mut self,
        anchor: Rectangle,
        words: &'a str,
    ) -> overlay::Element<'a, Message, Theme, Renderer> {
        overlay::Element::new(Box::new(Beside { drawn: &mut self.drawn, anchor, words }))
    }
}

struct Beside<'a> {
    drawn: &'a mut Plain<Paragraph>,
    anchor: Rectangle,
    words: &'a str,
}

impl<Message> Overlay<Message, Theme, Renderer> for Beside<'_> {
    fn layout(&mut self, _: &Renderer, window: Size) -> layout::Node {
        let width = MAX_WIDTH.min(window.width - 2.0 * PADDING[1]).max(0.0);
        self.drawn.update(core_text::Text {
            content: self.words,
            bounds: Size::new(width, f32::INFINITY),
            size: theme::SMALL.into(),
            line_height: core_text::LineHeight::default(),
            font: theme::REGULAR,
            align_x: core_text::Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::default(),
            wrapping: Wrapping::WordOrGlyph,
        });
        let words = self.drawn.min_bounds();
        let size = Size::new(words.width.ceil() + 2.0 * PADDING[1], words.height.ceil() + 2.0 * PADDING[0]);
        layout::Node::new(size).move_to(popup::place(self.anchor, size, window))
    }

    fn draw(&self, renderer: &mut Renderer, theme: &Theme, _: &renderer::Style, layout: Layout<'_>, _: mouse::Cursor) {
        let (colours, bounds) = (theme::colours(theme), layout.bounds());
        let border = border::rounded(theme::ROUND);
        renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, colours.ink);
        let place = Point::new(bounds.x + PADDING[1], bounds.y + PADDING[0]);
        renderer.fill_paragraph(self.drawn.raw(), place, colours.page, bounds);
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), self.words);
    }
}
