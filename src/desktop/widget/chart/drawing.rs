use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{mouse, renderer};
use iced::{Element, Length, Rectangle, Renderer, Size, Theme};

/// A drawing of fixed size that handles no events.
pub(super) struct Drawing<F> {
    pub size: Size,
    pub draw: F,
}

impl<Message, F: Fn(&mut Renderer, &Theme, Rectangle)> Widget<Message, Theme, Renderer> for Drawing<F> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size.width), Length::Fixed(self.size.height))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.size.width, self.size.height)
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if layout.bounds().intersects(viewport) {
            (self.draw)(renderer, theme, layout.bounds());
        }
    }
}

impl<'a, Message: 'a, F: Fn(&mut Renderer, &Theme, Rectangle) + 'a> From<Drawing<F>> for Element<'a, Message> {
    fn from(drawing: Drawing<F>) -> Self {
        Element::new(drawing)
    }
}
