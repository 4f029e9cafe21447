use std::marker::PhantomData;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay, renderer};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// A widget around another one, as [`Wrapped`] makes it for the toolkit. What it does not do in a way of its own is left to
/// the content, whose state is the first of its children.
pub(super) trait Around<'a, Message> {
    type State: Default + 'static;

    fn content(&self) -> &Element<'a, Message>;

    fn content_mut(&mut self) -> &mut Element<'a, Message>;

    /// Something that lies over everything else, whose state is the second of its children.
    fn popup(&self) -> Option<&Element<'a, Message>> {
        None
    }

    /// Where the content lies: everywhere, unless [`Around::layout`] gives it a place within.
    fn within<'l>(&self, layout: Layout<'l>) -> Layout<'l> {
        layout
    }

    fn size(&self) -> Size<Length> {
        self.content().as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content_mut().as_widget_mut().layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let within = self.within(layout);
        self.content_mut().as_widget_mut().operate(&mut tree.children[0], within, renderer, operation);
    }

    #[expect(clippy::too_many_arguments, reason = "the toolkit has so many")]
    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let within = self.within(layout);
        let content = self.content_mut().as_widget_mut();
        content.update(&mut tree.children[0], event, within, cursor, renderer, clipboard, shell, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let within = self.within(layout);
        self.content().as_widget().mouse_interaction(&tree.children[0], within, cursor, viewport, renderer)
    }

    #[expect(clippy::too_many_arguments, reason = "the toolkit has so many")]
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
        let within = self.within(layout);
        self.content().as_widget().draw(&tree.children[0], renderer, theme, style, within, cursor, viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>>
    where
        'a: 'b,
        Message: 'b,
    {
        let within = self.within(layout);
        self.content_mut().as_widget_mut().overlay(&mut tree.children[0], within, renderer, viewport, translation)
    }
}

/// What is [`Around`] something else, as a widget of the toolkit.
pub(super) struct Wrapped<'a, Message, W> {
    around: W,
    content: PhantomData<Element<'a, Message>>,
}

impl<'a, Message, W: Around<'a, Message>> Wrapped<'a, Message, W> {
    pub fn new(around: W) -> Self {
        Self { around, content: PhantomData }
    }
}

impl<'a, Message, W: Around<'a, Message>> Widget<Message, Theme, Renderer> for Wrapped<'a, Message, W> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<W::State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(W::State::default())
    }

    fn children(&self) -> Vec<Tree> {
        std::iter::once(self.around.content()).chain(self.around.popup()).map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        let children: Vec<_> = std::iter::once(self.around.content()).chain(self.around.popup()).collect();
        tree.diff_children(&children);
    }

    fn size(&self) -> Size<Length> {
        self.around.size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.around.layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.around.operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        self.around.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.around.mouse_interaction(tree, layout, cursor, viewport, renderer)
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
        self.around.draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.around.overlay(tree, layout, renderer, viewport, translation)
    }
}
