use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::Tree;
use iced::{Element, Length, Renderer, Size};

use super::decorator::{Decorated, Decorator};

/// The space between the fields of a form in logical pixels: as much as a line below a field needs.
pub(in crate::desktop) const FIELD_SPACING: f32 = 16.0;
/// The layout height of the content, at least: a line of small words is this much higher than the space that there is, and
/// a widget without height would not be drawn.
const MIN_HEIGHT: f32 = 2.3;

/// Words drawn in the space below a field, so that the fields below do not move when words appear. Only what does not fit
/// there moves them.
pub(super) struct Hanging<'a, Message> {
    content: Element<'a, Message>,
}

pub(super) fn hanging<'a, Message>(content: impl Into<Element<'a, Message>>) -> Hanging<'a, Message> {
    Hanging { content: content.into() }
}

impl<'a, Message> Decorator<'a, Message> for Hanging<'a, Message> {
    type State = ();

    fn content(&self) -> &Element<'a, Message> {
        &self.content
    }

    fn content_mut(&mut self) -> &mut Element<'a, Message> {
        &mut self.content
    }

    fn within<'l>(&self, layout: Layout<'l>) -> Layout<'l> {
        layout.child(0)
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits.loose());
        let height = (content.size().height - FIELD_SPACING).max(MIN_HEIGHT);
        layout::Node::with_children(Size::new(limits.max().width, height), vec![content])
    }
}

impl<'a, Message: 'a> From<Hanging<'a, Message>> for Element<'a, Message> {
    fn from(it: Hanging<'a, Message>) -> Self {
        Element::new(Decorated::new(it))
    }
}
