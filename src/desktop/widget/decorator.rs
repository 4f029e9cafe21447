use std::marker::PhantomData;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay, renderer};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// A widget that adds a behaviour to the one inside it. [`Decorated`] makes it a widget of the toolkit. Whatever it does not
/// define is left to the content, whose state is the first of its children.
pub(super) trait Decorator<'a, Message> {
    type State: Default + 'static;

    fn content(&self) -> &Element<'a, Message>;

    fn content_mut(&mut self) -> &mut Element<'a, Message>;

    /// Something shown over everything else, whose state is the second of its children.
    fn popup(&self) -> Option<&Element<'a, Message>> {
        None
    }

    /// The layout of the content, which is that of the whole unless [`Decorator::layout`] places it inside.
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

    fn update(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        self.update_content(tree, context);
    }

    /// Lets the content handle what happens.
    fn update_content(&mut self, tree: &mut Tree, context: &mut EventContext<'_, '_, Message>) {
        let within = self.within(context.layout);
        let EventContext { event, cursor, renderer, clipboard, shell, viewport, .. } = context;
        let content = self.content_mut().as_widget_mut();
        content.update(&mut tree.children[0], event, within, *cursor, renderer, *clipboard, shell, viewport);
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

    fn draw(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        self.draw_content(tree, renderer, context);
    }

    /// Draws the content.
    fn draw_content(&self, tree: &Tree, renderer: &mut Renderer, context: &DrawContext<'_>) {
        let within = self.within(context.layout);
        let DrawContext { theme, style, cursor, viewport, .. } = context;
        self.content().as_widget().draw(&tree.children[0], renderer, theme, style, within, *cursor, viewport);
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

/// An event, with what the toolkit passes along with it.
pub(super) struct EventContext<'c, 's, Message> {
    pub event: &'c Event,
    pub layout: Layout<'c>,
    pub cursor: mouse::Cursor,
    pub renderer: &'c Renderer,
    pub clipboard: &'c mut dyn Clipboard,
    pub shell: &'c mut Shell<'s, Message>,
    pub viewport: &'c Rectangle,
}

/// Where and how something is drawn.
#[derive(Clone, Copy)]
pub(super) struct DrawContext<'c> {
    pub theme: &'c Theme,
    pub style: &'c renderer::Style,
    pub layout: Layout<'c>,
    pub cursor: mouse::Cursor,
    pub viewport: &'c Rectangle,
}

/// A [`Decorator`] as a widget of the toolkit.
pub(super) struct Decorated<'a, Message, D> {
    decorator: D,
    content: PhantomData<Element<'a, Message>>,
}

impl<'a, Message, D: Decorator<'a, Message>> Decorated<'a, Message, D> {
    pub fn new(decorator: D) -> Self {
        Self { decorator, content: PhantomData }
    }
}

impl<'a, Message, D: Decorator<'a, Message>> Widget<Message, Theme, Renderer> for Decorated<'a, Message, D> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<D::State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(D::State::default())
    }

    fn children(&self) -> Vec<Tree> {
        std::iter::once(self.decorator.content()).chain(self.decorator.popup()).map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        let children: Vec<_> = std::iter::once(self.decorator.content()).chain(self.decorator.popup()).collect();
        tree.diff_children(&children);
    }

    fn size(&self) -> Size<Length> {
        self.decorator.size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.decorator.layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.decorator.operate(tree, layout, renderer, operation);
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
        self.decorator.update(tree, &mut EventContext { event, layout, cursor, renderer, clipboard, shell, viewport });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.decorator.mouse_interaction(tree, layout, cursor, viewport, renderer)
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
        self.decorator.draw(tree, renderer, &DrawContext { theme, style, layout, cursor, viewport });
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.decorator.overlay(tree, layout, renderer, viewport, translation)
    }
}
