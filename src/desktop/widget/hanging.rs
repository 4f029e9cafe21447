use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget};
use iced::advanced::{mouse, renderer};
use iced::{Element, Length, Rectangle, Renderer, Size, Theme};

use super::FIELD_SPACING;

/// A line of small words takes so much more than the space there is; nothing at all would not be drawn.
const LEAST: f32 = 2.3;

/// Words that stand in the space below a field, so that nothing moves when they come or go. Only what has no room there
/// moves what follows.
pub(super) struct Hanging<'a, Message> {
    content: Element<'a, Message>,
}

pub(super) fn hanging<'a, Message>(content: impl Into<Element<'a, Message>>) -> Hanging<'a, Message> {
    Hanging { content: content.into() }
}

impl<Message> Widget<Message, Theme, Renderer> for Hanging<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits.loose());
        let height = (content.size().height - FIELD_SPACING).max(LEAST);
        layout::Node::with_children(Size::new(limits.max().width, height), vec![content])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Some(content) = layout.children().next() else { return };
        self.content.as_widget_mut().operate(&mut tree.children[0], content, renderer, operation);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let Some(content) = layout.children().next() else { return };
        self.content.as_widget().draw(&tree.children[0], renderer, theme, style, content, cursor, viewport);
    }
}

impl<'a, Message: 'a> From<Hanging<'a, Message>> for Element<'a, Message> {
    fn from(it: Hanging<'a, Message>) -> Self {
        Element::new(it)
    }
}
